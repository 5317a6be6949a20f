"""Cells that run in a page, in Chromium, under the policy of the site and mostly from a disk."""

import http.server
import inspect
import threading

import pytest
from playwright.sync_api import expect
from python_pages import finished, run, write
from site_pages import Record, served

import itlib
from bookkit.python.absent import ADVICE, DRAWS, IN_ITS_PLACE, NO_NETWORK

CELLS = {
    1: "import numpy as np\nimport itlib",
    3: 'x = np.arange(3)\nprint("sum", x.sum())\nx',
    4: "hidden_name + 1",
    5: "import matplotlib.pyplot as plt\nplt.plot(x)",
    6: "def half(n):\n    return 1 / n\nhalf(0)",
}
SINGULAR = {
    "np.linalg.cholesky(np.zeros((2, 2)) - 1)": "Matrix is not positive definite",
    "np.linalg.inv([np.eye(2), np.zeros((2, 2))])": "Singular matrix",  # one of several
    "np.linalg.matrix_power(np.zeros((2, 2)), -1)": "Singular matrix",
    "np.linalg.tensorsolve(np.zeros((2, 2)), np.ones(2))": "Singular matrix",
    "np.linalg.pinv([[np.nan, 1]])": "SVD did not converge",
    "np.linalg.eigvalsh([[np.nan, 1], [1, 2]])": "Eigenvalues did not converge",
    "np.polyfit([1, 2, np.nan], [1, 2, 3], 1)": "SVD did not converge in Linear Least Squares",
}
ENDLESS = "while True:\n    pass"
FATAL_RECURSION = "def f(x):\n    return sorted([1, 2], key=f)\nf(1)"
FATAL_END = "import os\nos._exit(1)"
PRINTS = "for i in range(1_000_000):\n    print(i)"
EATER = "held = []\nwhile True:\n    held.append(np.empty(10_000_000))"
COUNTING = 'import time\ntime.sleep(0.2)\ncount = globals().get("count", 0) + 1\ncount'
HIDDEN = [(2, "hidden_name = 41\nfrom itlib_book.kl_divergence import figures")]


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The sample page, on disk."""
    return write(tmp_path_factory.mktemp("python"), CELLS, hidden=HIDDEN)


@pytest.fixture(scope="module")
def python(browser, page):
    """A tab from disk and offline, in which Python runs already."""
    context = browser.new_context(offline=True)
    tab = context.new_page()
    tab.complaints = []
    tab.on("console", lambda message: tab.complaints.append(message.text))
    tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
    tab.goto(page.as_uri())
    run(tab, 1)
    yield tab
    context.close()

    assert [] == tab.complaints


@pytest.fixture
def started(python):
    """That tab, in which every cell holds the text of the book."""
    yield python
    for button in python.locator('[data-action="stop"]:visible').all():
        button.click()
    for button in python.locator('[data-action="reset"]:visible').all():
        button.click()


def cell(tab, index):
    return tab.locator(f'[data-cell="{index}"]')


def status(tab, index):
    return cell(tab, index).locator(".cell-status")


def press(tab, index, action):
    cell(tab, index).locator(f'[data-action="{action}"]').click()


# --- loading ---


def test_nothing_of_python_is_asked_for_before_a_click(browser, page):
    """Over HTTP; and then only scripts of the page's own folder."""
    with served(page.parent) as address:
        tab = browser.new_page()
        record = Record(tab, address)
        tab.goto(f"{address}page.html")
        tab.wait_for_load_state("networkidle")

        assert not [url for url in record.requests if "/python/" in url]

        run(tab, 1)
        loaded = [url for url in record.requests if "/python/" in url]
        tab.close()

    assert loaded
    assert all(url.startswith(f"{address}_static/python/") for url in loaded)
    assert [] == record.strangers()
    assert [] == record.complaints


def test_a_part_that_is_missing_is_said_and_asked_for_again(browser, page):
    """At the next Run, and only what is missing."""
    with served(page.parent) as address:
        tab = browser.new_page()
        tab.goto(f"{address}page.html")
        tab.route("**/files-1.*", lambda route: route.abort())
        run(tab, 1)

        expect(status(tab, 1)).to_have_text(
            "Not run: a part of Python did not arrive; Run tries again."
        )
        tab.unroute("**/files-1.*")
        record = Record(tab, address)

        assert ("done", "") == run(tab, 1)
        asked = sorted(
            url.rpartition("/")[2].partition(".")[0] for url in record.requests if "/python/" in url
        )
        tab.close()

    assert ["files-1", "parts"] == asked


class Listener(http.server.BaseHTTPRequestHandler):
    """Notes who asks, and would let everybody in."""

    heard = []

    def do_GET(self):
        self.heard.append(self.path)
        self.send_response(200)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()

    do_POST = do_OPTIONS = do_GET

    def log_message(self, *args):
        pass


@pytest.mark.parametrize("way", ["http", "file"])
def test_a_program_reaches_nothing_outside(browser, page, way):
    """By no means that a worker has; a second server listens, and hears nothing."""
    Listener.heard.clear()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        there = f"127.0.0.1:{server.server_port}"
        program = f"""
import js
from pyodide.code import run_js
told = []
for attempt in (
    "fetch('http://{there}/fetch')",
    "(() => {{ const r = new XMLHttpRequest(); r.open('GET', 'http://{there}/xhr', false); r.send(); }})()",
    "importScripts('http://{there}/script.js')",
    "new WebSocket('ws://{there}/socket')",
    "new EventSource('http://{there}/events')",
    "new Worker('http://{there}/worker.js')",
    "import('http://{there}/module.js')",
    "navigator.sendBeacon('http://{there}/beacon')",
):
    try:
        run_js(attempt)
    except Exception as problem:
        told.append(type(problem).__name__)
print(len(told) > 0)
"""
        with served(page.parent) as address:
            tab = browser.new_page()
            tab.goto(page.as_uri() if way == "file" else f"{address}page.html")
            press(tab, 1, "edit")
            cell(tab, 1).locator("textarea").fill(program)
            state, text = run(tab, 1)
            tab.evaluate("fetch('data:,').catch(() => 0)")  # whatever waits has been tried by now
            run(tab, 1)
            tab.close()
        server.shutdown()

    assert ("done", "True\n") == (state, text)
    assert [] == Listener.heard


# --- cells ---


def test_a_cell_shows_what_it_prints_and_its_value(started):
    """The cells above run first, those that the page hides as well; the book's text goes."""
    assert ("done", "sum 3\narray([0, 1, 2])") == run(started, 3)
    assert not cell(started, 3).locator(".cell_output .output").is_visible()
    assert ("done", "42") == run(started, 4)


def test_a_cell_that_needs_what_is_absent_says_so(started):
    """In words, with what to do; the book's output stays, but not below another program."""
    state, text = run(started, 5)

    assert "absent" == state
    assert "matplotlib.pyplot.plot is not on this page; download the notebook" in text
    assert cell(started, 5).locator(".cell_output .output").is_visible()
    edit(started, 5, "import scipy\nscipy.stats")
    assert "absent" == run(started, 5)[0]
    assert not cell(started, 5).locator(".cell_output .output").is_visible()


def test_whoever_draws_is_told_where_the_pictures_are(started):
    """And whoever answers an exercise in a cell, where it is answered; no traceback of ours."""
    told = {
        "figures.anything": DRAWS,
        "demos.bimodal_kl": DRAWS,
        "exercises.die.check(2)": IN_ITS_PLACE,
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])": ADVICE,
        "from bookkit.figure import Figure\nFigure('mine')": DRAWS,
    }
    edit(started, 3, "")
    for source, words in told.items():
        head = "from itlib_book.kl_divergence import demos, exercises, figures\n"
        cell(started, 3).locator("textarea").fill(head + source)
        state, text = run(started, 3)

        assert ("absent", True) == (state, text.endswith(words)), text


def test_a_slip_in_an_import_is_the_error_that_it_is_elsewhere(started):
    """With the name that was meant; what the build left out is absent, and says so."""
    told = {
        "from itlib import entrpy": (
            "error",
            "ImportError: cannot import name 'entrpy' from 'itlib' (/book/itlib/__init__.py). "
            "Did you mean: 'entropy'?",
        ),
        "import itlib.entropyy": ("error", "ModuleNotFoundError: No module named 'itlib.entropyy'"),
        "import pandas": (
            "error",
            "ModuleNotFoundError: No module named 'pandas' on this page, which installs nothing",
        ),
        "np.testing.assert_allclose(1, 1)": ("error", f"ModuleNotFoundError: unittest {ADVICE}"),
        "np.loadtxt('no.csv')": ("error", "FileNotFoundError: no.csv not found."),
        "from itlib_book import zz": (
            "error",
            "ImportError: cannot import name 'zz' from 'itlib_book' (/book/itlib_book/__init__.py)",
        ),
        "from collections import Countr": (
            "error",
            "ImportError: cannot import name 'Countr' from 'collections' "
            "(/lib/python312.zip/collections/__init__.pyc). Did you mean: 'Counter'?",
        ),
        "import urllib.request\nurllib.request": ("absent", f"urllib.request {NO_NETWORK}"),
        "from xml.dom import minidom\nminidom": ("absent", f"xml.dom.minidom {ADVICE}"),
        "exec('from numpy import *', found := {})\nfound['log2'](8)": ("done", "np.float64(3.0)"),
        "import tkinter\ntkinter.Tk()": ("absent", f"tkinter.Tk {ADVICE}"),
        "from bookkit.site import pages\npages": ("absent", f"bookkit.site.pages {DRAWS}"),
    }
    edit(started, 3, "")
    for source, words in told.items():
        cell(started, 3).locator("textarea").fill(source)
        state, text = run(started, 3)

        assert words == (state, text.splitlines()[-1])


def test_help_shows_what_a_function_of_the_book_is_for(started):
    """NumPy's texts do not travel, and there is no session to begin."""
    edit(started, 3, "help(itlib.entropy)")
    state, text = run(started, 3)

    assert ("done", True) == (state, text.startswith("entropy(p"))
    assert inspect.cleandoc(itlib.entropy.__doc__) in text
    for source, words in {
        "help(np.mean)": ("done", "Its help text is not on this page."),
        "help()": (
            "absent",
            "help(print) tells what print is for; name what you want to know of, without quotes",
        ),
    }.items():
        cell(started, 3).locator("textarea").fill(source)
        state, text = run(started, 3)

        assert words == (state, text.splitlines()[-1])


def test_an_error_names_its_lines(started):
    """Those of the cell, by its number on the page."""
    assert (
        "error",
        "cell 5, line 3: half(0)\ncell 5, line 2: return 1 / n\nZeroDivisionError: division by zero",
    ) == run(started, 6)


def test_linear_algebra_refuses_as_elsewhere(started):
    """WebAssembly has no flags to learn from; without care a NaN would come out."""
    edit(started, 3, "")
    for source, problem in SINGULAR.items():
        cell(started, 3).locator("textarea").fill(source)
        state, text = run(started, 3)

        assert ("error", f"LinAlgError: {problem}") == (
            state,
            text.splitlines()[-1].removeprefix("numpy.linalg."),
        )


def test_a_determinant_with_nan_is_nan_as_elsewhere(started):
    """Of each of several matrices: a pivot search that never takes a NaN finds 0."""
    edit(
        started,
        3,
        "several = [np.eye(2), [[np.nan, 0], [0, 1]]]\n"
        "np.linalg.det(several), np.linalg.slogdet(several).logabsdet",
    )

    assert ("done", "(array([ 1., nan]), array([ 0., nan]))") == run(started, 3)


def edit(tab, index, text):
    press(tab, index, "edit")
    area = cell(tab, index).locator('textarea[name="source"]')
    area.fill(text)
    return area


def test_a_cell_can_be_edited_and_reset(started):
    """Shift-Enter runs, Tab indents, Escape and then Tab leave; Reset brings all back."""
    area = edit(started, 3, "for i in range(2):")
    area.press("End")
    area.press("Enter")
    area.type("print(i)")
    area.press("Shift+Enter")

    assert ("done", "0\n1\n") == finished(cell(started, 3))
    assert "for i in range(2):\n    print(i)" == area.input_value()
    area.press("Home")
    area.press("Tab")
    assert area.input_value().endswith("\n        print(i)")
    area.press("Shift+Tab")
    area.press("Escape")
    area.press("Tab")
    assert not area.evaluate("area => area === document.activeElement")
    press(started, 3, "reset")

    assert 0 == cell(started, 3).locator("textarea").count()
    assert cell(started, 3).locator(".cell_input").is_visible()
    assert cell(started, 3).locator(".cell_output .output").is_visible()


def test_tab_indents_the_lines_that_are_selected(browser, page):
    """As every editor does; Shift-Tab takes it back, from none where there is nothing to take."""
    tab = browser.new_page()
    tab.goto(page.as_uri())
    area = edit(tab, 3, "a\n\nif b:\n    c\nd")
    for key, text in (
        ("Tab", "    a\n\n    if b:\n        c\n    d"),
        ("Shift+Tab", "a\n\nif b:\n    c\nd"),
        ("Shift+Tab", "a\n\nif b:\nc\nd"),
        ("Control+z", "a\n\nif b:\n    c\nd"),
    ):
        if key != "Control+z":
            area.press("Control+a")
        area.press(key)

        assert text == area.input_value()
    area.evaluate("area => area.setSelectionRange(1, 3)")  # up to the first sign of the third line
    area.press("Tab")
    area.type("!")
    assert "    a!if b:\n    c\nd" == area.input_value()
    area.evaluate("area => area.setSelectionRange(6, 6)")
    area.press("Shift+Tab")
    area.type("?")
    assert "a!?if b:\n    c\nd" == area.input_value()
    tab.close()


def test_run_pressed_twice_runs_once(started):
    """And an edit while a cell runs is for the next run."""
    area = edit(started, 3, COUNTING)
    # Both in one task of the page, so that the first run cannot have ended before the second press.
    area.evaluate("""area => { for (let i = 0; i < 2; i += 1) area.dispatchEvent(
        new KeyboardEvent("keydown", { key: "Enter", shiftKey: true, bubbles: true })); }""")
    area.fill("count * 100")
    first = finished(cell(started, 3))

    assert ("done", "1") == first
    assert ("done", "100") == run(started, 3)


def test_input_and_exit_end_in_words(started):
    """There is nobody to ask, and no program to end."""
    edit(started, 3, 'input("Your name?")')
    assert (
        "absent",
        "input() has nobody to ask on this page; write the answer into the cell",
    ) == run(started, 3)
    cell(started, 3).locator("textarea").fill("raise SystemExit(3)")
    assert ("error", "cell 2, line 1: raise SystemExit(3)\nSystemExit: 3") == run(started, 3)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("for i in range(3): print(i, 'of 3', end='\\r')", "2 of 3\r"),
        (
            "import time\nfor i in range(3):\n    print(i, end='\\r')\n    time.sleep(0.06)\nprint('!')",
            "!\n",
        ),
        ("print('a\\r\\nb\\rc')", "a\r\nc\n"),
        ("print('\\x1b[1;31mred\\x1b[0m')", "red\n"),
        ("print('x', end='')\n3", "x\n3"),
        ("display('x')\n3", "'x'\n3"),
    ],
)
def test_prints_look_as_in_a_notebook(started, source, text):
    """A carriage return begins the line anew, a value stands in a line of its own, colours are left out."""
    edit(started, 3, source)

    assert ("done", text) == run(started, 3)


def test_threads_and_programs_end_in_words(started):
    """As they would do nothing, or speak of another computer."""
    edit(started, 3, "")
    for source, words in {
        "import threading\nthreading.Thread(target=print).start()": "RuntimeError: a page has one thread",
        "import os\nos.system('ls')": "OSError: a page starts no other program",
        "import subprocess\nsubprocess.run('ls')": "OSError: a page starts no other program",
        "import socket\nsocket.create_connection(('a.b', 80))": "BlockingIOError: a page has no network",
        "import asyncio\nasyncio.run(asyncio.sleep(0))": "RuntimeError: a page cannot wait",
        "import js\njs.close()": "pyodide.ffi.JsException: Error: Stop ends Python",
        "import js\njs.self.postMessage = None\nexit()": "SystemExit: the cell ends here",
        "exit()": "SystemExit: the cell ends here, and Python goes on",
    }.items():
        cell(started, 3).locator("textarea").fill(source)
        state, text = run(started, 3)

        assert ("error", True) == (state, text.splitlines()[-1].startswith(words)), text


def test_a_million_prints_end_in_words(started):
    """A page shows a hundred thousand characters, and says that there were more."""
    edit(started, 3, PRINTS)
    state, text = run(started, 3)

    assert "error" == state
    assert "TooMuchOutput: a cell prints at most 100,000 characters on this page" in text
    assert 100_000 < len(text) < 100_300


def test_a_full_memory_ends_in_words(started):
    """And Python goes on."""
    edit(started, 3, EATER)
    state, text = run(started, 3)
    cell(started, 3).locator("textarea").fill("held = 0\n1 + 1")

    assert "error" == state
    assert "MemoryError" in text or "memory" in text
    assert ("done", "2") == run(started, 3)


@pytest.mark.parametrize(
    ("program", "words"),
    [(FATAL_RECURSION, "The recursion went too deep"), (FATAL_END, "Python has ended")],
)
def test_a_program_that_kills_python_ends_in_words(started, program, words):
    """Python starts anew, the cells above run first, and the page goes on."""
    edit(started, 3, program)
    state, text = run(started, 3)

    assert "error" == state
    assert words in text
    expect(status(started, 3)).to_contain_text("Python starts anew")
    press(started, 3, "reset")
    assert ("done", "sum 3\narray([0, 1, 2])") == run(started, 3)


def test_an_endless_loop_leaves_the_page_alone_and_can_be_stopped(started):
    """A timer of the page is hardly delayed meanwhile; what comes after runs as before."""
    edit(started, 3, ENDLESS)
    press(started, 3, "run")
    expect(cell(started, 3).locator('[data-action="stop"]')).to_be_visible()
    late = started.evaluate(
        """async () => {
            let late = 0;
            for (let i = 0; i < 40; i += 1) {
                const begin = performance.now();
                await new Promise((done) => setTimeout(done, 5));
                late = Math.max(late, performance.now() - begin - 5);
            }
            return late;
        }"""
    )
    press(started, 3, "stop")

    assert ("stopped", "") == finished(cell(started, 3))
    assert late < 500  # a frozen page would be late for ever; how little it is, benchmarks say
    assert ("done", "42") == run(started, 4)


def test_no_start_compiles_the_library(started):
    """Its bytecode lies beside its sources, which can still be read."""
    edit(
        started,
        3,
        """
import inspect, os, sys, itlib
mine = [m for name, m in sys.modules.items() if name.split(".")[0] == "itlib"]
print(len(mine) > 20, [m.__name__ for m in mine if not os.path.exists(m.__cached__)])
inspect.getsource(itlib.entropy)[:12]""",
    )
    assert ("done", "True []\n'def entropy('") == run(started, 3)


def test_the_next_worker_compiles_nothing(started):
    """What the first one has compiled is handed on."""
    started.evaluate("""() => {
        const names = (compiled) => [...compiled?.keys() ?? []].map(String);
        const { postMessage } = Worker.prototype;
        Worker.prototype.postMessage = function (message) {
            if (message.kind === "start") {
                window.before = names(message.compiled);
                this.addEventListener("message", ({ data }) => {
                    if (data.kind === "ready") window.after = names(data.compiled);
                });
            }
            postMessage.call(this, message);
        };
        bookkit.python.stop();
    }""")
    assert ("done", "42") == run(started, 4)

    before, after = started.evaluate("[before, after]")
    assert "wasm" in before
    assert len([name for name in before if name.isdigit()]) > 10  # the libraries of NumPy
    assert before == after


def test_what_a_cell_waits_for_is_said(started):
    """That is a cell above, by its name, or its turn, or its own end: Python has started long ago."""
    edit(started, 1, "")
    press(started, 1, "reset")  # and so it runs first
    edit(started, 1, ENDLESS)
    press(started, 3, "run")
    press(started, 4, "run")
    expect(status(started, 3)).to_have_text("Running cell 1 first …")
    expect(status(started, 4)).to_have_text("Waiting for its turn …")
    press(started, 3, "stop")
    press(started, 1, "run")
    expect(status(started, 1)).to_have_text("Running …")


def test_stop_while_python_loads_leaves_no_cell_out(browser, page):
    """Neither the imports above nor the cell itself had begun."""
    with served(page.parent) as address:
        tab, held = browser.new_page(), []
        tab.route("**/parts.js*", lambda route: held.append(route))
        for index in (3, 1):
            tab.goto(f"{address}page.html")
            with tab.expect_request("**/parts.js*"):
                press(tab, index, "run")
            press(tab, index, "stop")
            expect(status(tab, index)).to_have_text(
                "Stopped. Python starts anew at the next Run, and the cells above run first."
            )
            held.pop().continue_()

            assert ("done", "sum 3\narray([0, 1, 2])") == run(tab, 3)
            expect(status(tab, 3)).to_have_text("")
        tab.close()


def test_a_cell_that_was_stopped_is_named_below_a_later_one(started):
    """It does not run by itself again, and whoever misses it is told what ran without it."""
    edit(started, 1, ENDLESS)
    press(started, 1, "run")
    expect(status(started, 1)).to_have_text("Running …")
    press(started, 1, "stop")
    state, _ = run(started, 3)

    assert "error" == state
    expect(status(started, 3)).to_have_text("It ran without cell 1 (stopped).")
    press(started, 1, "reset")
    assert ("done", "42") == run(started, 4)
    expect(status(started, 4)).to_have_text("")


def test_a_tab_that_slept_goes_on(browser, page):
    """A browser freezes tabs that nobody looks at."""
    tab = browser.new_page()
    tab.goto(page.as_uri())
    run(tab, 1)
    wire = tab.context.new_cdp_session(tab)
    wire.send("Page.setWebLifecycleState", {"state": "frozen"})
    wire.send("Page.setWebLifecycleState", {"state": "active"})

    assert ("done", "42") == run(tab, 4)
    tab.close()
