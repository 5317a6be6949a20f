"""A headless Chromium: playwright's own or the one of this machine."""

import os
import shutil
from contextlib import contextmanager

HOW_TO_GET_ONE = "no browser: `playwright install chromium`, or install Chromium or Chrome"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class NoBrowserError(RuntimeError):
    """Neither playwright nor this machine has a Chromium."""


@contextmanager
def chromium(*arguments):
    """Start a Chromium, with further arguments if there are any, and close it at the end.

    Raises
    ------
    NoBrowserError
        If there is none; the message says how to get one.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise NoBrowserError(HOW_TO_GET_ONE) from None
    with sync_playwright() as playwright:
        # Containers run as root, where Chromium's own sandbox cannot start.
        as_root = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
        browser = playwright.chromium.launch(
            executable_path=_find(playwright), args=QUIET + as_root + list(arguments)
        )
        yield browser
        browser.close()


def _find(playwright):
    own = playwright.chromium.executable_path
    found = [own] if os.path.exists(own) else list(filter(None, map(shutil.which, NAMES)))
    if not found:
        raise NoBrowserError(HOW_TO_GET_ONE)
    return found[0]
