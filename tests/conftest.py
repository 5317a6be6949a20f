"""What tests share: a real browser."""

import os
import shutil

import pytest

HOW_TO_GET_ONE = "no browser: `playwright install chromium`, or install Chromium or Chrome"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ["--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def find_browser(playwright):
    """Return the path of a Chromium, playwright's own or the system's, or None."""
    own = playwright.chromium.executable_path
    found = (shutil.which(name) for name in NAMES)
    return own if os.path.exists(own) else next(filter(None, found), None)


def no_browser():
    """End a test that needs a browser: skipped at home, failed where CI is set."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(HOW_TO_GET_ONE)


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        no_browser()
    with sync_playwright() as playwright:
        path = find_browser(playwright) or no_browser()
        # Containers run as root, where Chromium's own sandbox cannot start.
        as_root = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
        chromium = playwright.chromium.launch(executable_path=path, args=QUIET + as_root)
        yield chromium
        chromium.close()
