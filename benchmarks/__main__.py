"""Measure everything: accuracy and speed of itlib, a demo beside its rivals, a built book's demos and pages.

python -m benchmarks
"""

from benchmarks import speed

speed.main()

from benchmarks import comparison, demos, pages  # noqa: E402  # speed sets threads before NumPy starts

comparison.main()

if demos.SITE.exists():
    demos.main()
    pages.main()
else:
    print("The book is not built, so its pages were not measured: `make book`.")
