"""What tests share: a real browser."""

import os

import pytest

from bookkit.browser import NoBrowserError, chromium


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium. Without one a test is skipped at home and fails where CI is set."""
    try:
        with chromium() as found:
            yield found
    except NoBrowserError as problem:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(str(problem))
