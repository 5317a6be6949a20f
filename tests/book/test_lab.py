"""A chapter's demo in JupyterLab, driven in the browser: the same numbers at the same positions."""

import json
import re
import subprocess
import sys
import time
import urllib.request

import pytest
from playwright.sync_api import expect

from bookkit.demo.controls import Slider
from itlib_book.kl_divergence.demos import bimodal_kl, two_gaussians

pytestmark = pytest.mark.slow  # it starts JupyterLab

CELLS = (
    "from itlib_book.kl_divergence import demos\ndemos.bimodal_kl",
    "demos.two_gaussians",
    "from itlib_book.kl_divergence import exercises\nexercises.die",
)
TOKEN = "only-for-this-test"


@pytest.fixture(scope="module")
def notebook_address(browser, tmp_path_factory):
    """The address of a notebook in a JupyterLab that serves nothing else."""
    folder = tmp_path_factory.mktemp("lab")
    cells = [
        {
            "cell_type": "code",
            "id": f"cell-{i}",
            "source": source,
            "metadata": {},
            "outputs": [],
            "execution_count": None,
        }
        for i, source in enumerate(CELLS)
    ]
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    (folder / "live.ipynb").write_text(
        json.dumps({"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5})
    )
    log = folder / "log.txt"
    with log.open("w") as output:
        server = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "jupyterlab",
                "--no-browser",
                "--allow-root",
                "--port=0",
                f"--IdentityProvider.token={TOKEN}",
                f"--ServerApp.root_dir={folder}",
                "--LabApp.news_url=",
                "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
            ],
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
        )
    try:
        yield f"{_address(log, server)}/lab/tree/live.ipynb?token={TOKEN}"
    finally:
        server.terminate()
        server.wait(30)


def _address(log, server):
    for _ in range(300):
        found = re.search(r"http://(?:localhost|127\.0\.0\.1):\d+", log.read_text())
        if found:
            try:
                urllib.request.urlopen(f"{found.group()}/api?token={TOKEN}", timeout=5).close()
                return found.group()
            except OSError:
                pass
        assert server.poll() is None, log.read_text()
        time.sleep(0.2)
    raise AssertionError(log.read_text())


@pytest.fixture(scope="module")
def lab(browser, notebook_address):
    """The notebook in the browser, after all its cells ran."""
    # JupyterLab leaves out what is out of view, so let everything be in view.
    page = browser.new_page(viewport={"width": 1300, "height": 4000})
    page.goto(notebook_address)
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    page.get_by_text("| Idle").wait_for(timeout=60_000)  # cells run before that are forgotten
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_selector(".demo-two-gaussians output", timeout=120_000)
    page.wait_for_selector(".jp-Cell:nth-child(3) .widget-button", timeout=60_000)
    yield page
    page.close()


def positions(page, demo):
    """Return the texts beside the sliders, which say where they are."""
    return page.locator(f".{demo.ident} .widget-readout").all_text_contents()


def sliders(demo):
    """Return the sliders among the controls of a demo."""
    return [control for control in demo.controls if isinstance(control, Slider)]


def state_at(demo, texts):
    """Return the state that the texts beside the sliders stand for; the rest is at its start."""
    return demo.start | {
        slider.name: slider.stops[slider.texts.index(text)]
        for slider, text in zip(sliders(demo), texts, strict=True)
    }


def shown_in(page, demo):
    """Return the read-outs of the live demo."""
    return page.eval_on_selector_all(
        f".{demo.ident} output",
        "outputs => Object.fromEntries(outputs.map(o => [o.name, o.textContent]))",
    )


def wait_for(page, demo, expected):
    """Wait until the first read-out of the live demo has the expected text."""
    first = next(iter(expected))
    output = page.locator(f".{demo.ident} output[name={first}]")
    expect(output).to_have_text(expected[first], use_inner_text=True)


@pytest.mark.parametrize("demo", [bimodal_kl, two_gaussians], ids=lambda demo: demo.ident)
def test_a_slider_moved_in_jupyterlab_shows_what_the_page_shows(lab, demo):
    """The page is held to the same `shown` in every state by the tests of the site."""
    seen = {}
    for place in range(len(sliders(demo))):
        handle = lab.locator(f".{demo.ident} .widget-slider .noUi-handle").nth(place)
        for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowRight"):
            handle.focus()
            handle.press(key)
            expected = demo.shown(state_at(demo, positions(lab, demo)))
            wait_for(lab, demo, expected)
            shown = shown_in(lab, demo)

            assert expected == shown
            seen[tuple(positions(lab, demo))] = shown

    assert len(seen) >= 2 * len(sliders(demo))


def test_a_unit_chosen_in_jupyterlab_is_shown(lab):
    lab.locator(f".{two_gaussians.ident} select").select_option("bits")
    state = state_at(two_gaussians, positions(lab, two_gaussians)) | {"unit": "bits"}
    expected = two_gaussians.shown(state)
    wait_for(lab, two_gaussians, expected)

    assert expected == shown_in(lab, two_gaussians)
    assert all(text.endswith(" bits") for text in expected.values())
    lab.locator(f".{two_gaussians.ident} select").select_option(two_gaussians.start["unit"])


def test_an_exercise_in_jupyterlab_tells_a_usual_mistake(lab):
    cell = lab.locator(".jp-Cell:nth-child(3)")
    entry = cell.locator("input[type=text]")
    entry.fill("2.585")
    entry.press("Enter")
    cell.get_by_text("That is all that the fair code spends").wait_for(timeout=20_000)
