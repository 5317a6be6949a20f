"""Measure everything: itlib, a demo beside its rivals, the demos and pages of a built book.

python -m benchmarks
"""

from benchmarks import speed

speed.main()

# Only now: speed sets the number of threads before NumPy starts them.
from benchmarks import comparison, demos, pages  # noqa: E402

comparison.main()

if demos.SITE.exists():
    demos.main()
    pages.main()
else:
    print("The book is not built, so its pages were not measured: `make book`.")
