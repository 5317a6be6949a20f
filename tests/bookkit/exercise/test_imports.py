"""What the engine of exercises needs where there is little: in a browser's Python, in a pipe."""

import subprocess
import sys

import pytest

LATER = ("markdown_it", "mdit_py_plugins", "math_core", "latex2mathml", "ipywidgets", "IPython")
JUDGE = f"""
import sys
for name in {LATER!r}:
    sys.modules[name] = None  # importing it is an error
from bookkit.exercise import Case, Code
from statistics import mean
middle = Code("middle", stars=3, minutes=1, question="Write $2x ≥ x$ for ‖x‖.", hint="!",
              solution=mean, reference=mean, cases=[Case("A case.", ([1, 2],))], why="So −1 → 1.",
              call="middle.check(mean)")
print(middle.check(mean))
print(middle)
"""


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "ascii"])
def test_an_answer_is_judged_and_printed_without_markdown_widgets_or_unicode(encoding):
    """A judge needs NumPy alone, and no character stops a pipe."""
    done = subprocess.run(
        [sys.executable, "-c", JUDGE],
        capture_output=True,
        env={"PYTHONPATH": ":".join(sys.path), "PYTHONIOENCODING": encoding},
    )

    assert (0, "") == (done.returncode, done.stderr.decode())
    text = done.stdout.decode(encoding)
    assert "Right. So" in text
    assert ("★★★" if encoding == "utf-8" else "***") in text
