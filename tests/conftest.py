"""What tests share: a real browser."""

import os

import pytest
from playwright.sync_api import expect

from bookkit.browser import NoBrowserError, chromium

# Tests wait by `expect`, which asks from outside: `wait_for_function` looks a second time from inside
# the page, whose policy forbids that.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium. Without one a test is skipped at home and fails where CI is set."""
    try:
        with chromium() as found:
            yield found
    except NoBrowserError as problem:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(str(problem))
