"""Firefox and WebKit, each started once."""

import os

import pytest
from watched import watched

from bookkit.engines import ENGINES, NoEngineError


def driven(name, **options):
    """Yield a browser; without it a test is skipped at home and fails where CI is set."""
    try:
        with ENGINES[name](**options) as found:
            found.name = name
            yield found
    except NoEngineError as problem:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(str(problem))


@pytest.fixture(scope="session", params=sorted(ENGINES))
def engine(request):
    """A browser as it comes."""
    yield from driven(request.param)


@pytest.fixture(scope="module")
def large():
    """A Firefox whose reader has set letters of twice the usual size."""
    yield from driven("firefox", settings={"font.size.variable.x-western": 32})


@pytest.fixture(scope="module")
def careful():
    """A Firefox whose reader has chosen colours of their own, and less motion."""
    settings = {"browser.display.document_color_use": 2, "ui.prefersReducedMotion": 1}
    yield from driven("firefox", settings=settings)


@pytest.fixture(scope="session")
def address():
    """The address of the site, from a server that lets its pages be watched."""
    with watched() as found:
        yield found
