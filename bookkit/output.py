"""Where an object is being shown: on a page of the built site, or live in a notebook."""

import os
import sys

SITE_VARIABLE = "BOOKKIT_SITE"
_TYPEWRITER = str.maketrans(
    {"★": "*", "−": "-", "≤": "<=", "≥": ">=", "→": "->", "≈": "~", "∞": "inf", "‖": "||"}
)


def on_site():
    """Return True in the kernels that the site's build starts."""
    return os.environ.get(SITE_VARIABLE) == "1"


def printable(text):
    """Return a text as the standard output can carry it.

    A pipe on Windows carries 200 characters, and `print` stops at any other one.
    """
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_TYPEWRITER).encode(encoding, "replace").decode(encoding)
    return text
