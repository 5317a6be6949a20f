"""What a site must do without, said in words: a line at home, a failure where CI is set."""

import os
import sys

from sphinx.errors import ExtensionError


def say(problem):
    """Tell whoever builds what is missing; `-q` does not silence it, and `-W` does not stop at it.

    A page reads without it, so at home the build goes on. What is published should be whole.
    """
    if os.environ.get("CI"):
        raise ExtensionError(problem)
    print(f"note: {problem}", file=sys.stderr)
