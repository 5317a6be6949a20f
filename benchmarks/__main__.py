"""Measure everything: accuracy and speed of itlib, then, of a built book, the demos.

python -m benchmarks
"""

from benchmarks import speed

speed.main()

from benchmarks import demos  # noqa: E402  # speed sets threads before NumPy starts them

if demos.SITE.exists():
    demos.main()
else:
    print("The book is not built, so its demos were not measured: `make book`.")
