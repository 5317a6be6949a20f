"""Measure everything: itlib, a demo beside its rivals, the demos and pages of a built book.

python -m benchmarks             # all of it
python -m benchmarks libraries   # or some: speed, libraries, comparison, demos, pages, python
"""

import sys

from benchmarks import comparison, demos, libraries, pages, python, speed

PARTS = {
    "speed": speed,
    "libraries": libraries,
    "comparison": comparison,
    "demos": demos,
    "pages": pages,
    "python": python,
}

for name in sys.argv[1:]:
    if name not in PARTS:
        sys.exit(f"There is no {name!r}; there are {', '.join(PARTS)}.")
for name in sys.argv[1:] or PARTS:
    if name in ("demos", "pages", "python") and not demos.SITE.exists():
        print(f"The book is not built, so its {name} were not measured: `make book`.")
    else:
        PARTS[name].main()
