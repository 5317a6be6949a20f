"""A headless Chromium: playwright's own or the one of this machine."""

import os
import shutil
from contextlib import contextmanager

_HOW_TO_GET_ONE = "no browser: `playwright install chromium`, or install Chromium or Chrome"
# The first is Chromium without what draws windows: it opens a page in a third of the time.
_NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
_QUIET = [
    "--font-render-hinting=none",  # letters have their widths, as in a window; it is rounded otherwise
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class NoBrowserError(RuntimeError):
    """Neither playwright nor this machine has a Chromium."""


@contextmanager
def chromium():
    """Start a Chromium and close it at the end.

    Raises
    ------
    NoBrowserError
        If there is none; the message says how to get one.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise NoBrowserError(_HOW_TO_GET_ONE) from None
    with sync_playwright() as playwright:
        browser = launch(playwright.chromium)
        yield browser
        browser.close()


def launch(kind, *arguments):
    """Start a browser of playwright's Chromium kind, with further arguments if there are any."""
    # Containers run as root, where Chromium's own sandbox cannot start.
    as_root = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
    return kind.launch(executable_path=_find(kind), args=[*_QUIET, *as_root, *arguments])


def _find(kind):
    own = kind.executable_path
    found = [own] if os.path.exists(own) else list(filter(None, map(shutil.which, _NAMES)))
    if not found:
        raise NoBrowserError(_HOW_TO_GET_ONE)
    return found[0]
