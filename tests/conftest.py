"""What tests share: a real browser, and how theorems are tried."""

import gc
import os
import sys

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import expect

from bookkit.browser import NoBrowserError, chromium

# Who reads a notebook loads what checks schemas, and with it, where it is installed, this parser of
# addresses: it takes a second to be made, and no schema of a notebook asks for it.
sys.modules.setdefault("rfc3987_syntax", None)

# Ten thousand tests, once found, are no garbage: to look through them again and again takes a sixth
# of the time to find them.
gc.set_threshold(100_000, 20, 20)

# The same examples at every run, so that a test passes or fails for good; `make fuzz` looks for new
# ones with the profile "free", and `make check` tries the first ten. A busy machine is no counterexample, so nothing is timed.
untimed = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow], "print_blob": True}
settings.register_profile("fixed", derandomize=True, max_examples=50, **untimed)
settings.register_profile("quick", derandomize=True, max_examples=10, **untimed)
settings.register_profile("free", max_examples=1000, **untimed)
settings.load_profile("fixed")

# Tests wait by `expect`, which asks from outside: `wait_for_function` looks a second time from inside
# the page, whose policy forbids that.
expect.set_options(timeout=30_000)


def pytest_collection_modifyitems(items):
    """Mark the tests that need a browser, which `make check` leaves out; the slow ones come first.

    So no worker begins a slow one when the others are done.
    """
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium. Without one a test is skipped at home and fails where CI is set."""
    try:
        with chromium() as found:
            yield found
    except NoBrowserError as problem:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(str(problem))
