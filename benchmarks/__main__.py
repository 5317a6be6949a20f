"""Measure everything: accuracy and speed of itlib, a demo beside its rivals, a built book's demos.

python -m benchmarks
"""

from benchmarks import speed

speed.main()

from benchmarks import comparison, demos  # noqa: E402  # speed sets threads before NumPy starts

comparison.main()

if demos.SITE.exists():
    demos.main()
else:
    print("The book is not built, so its demos were not measured: `make book`.")
