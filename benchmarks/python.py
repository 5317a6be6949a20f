"""What Python in the page weighs, and how long it takes to the first output.

    python -m benchmarks python

Needs the built site (`make book`) and Chromium; Firefox and WebKit are asked where they are. The
cell is the third of the chapter on KL divergence, so the two above it run as well.
"""

import statistics
import time
from contextlib import contextmanager

from benchmarks.demos import SITE
from benchmarks.pages import packed, served
from bookkit.browser import chromium
from bookkit.engines import ENGINES, NoEngineError

PAGE = "chapters/kl_divergence.html"
PLACE = 2  # of the cell among the page's cells
RUNS = 3  # the median counts
# Seconds before the click. A window of WebKitGTK draws its scroll bars for five after a page has come,
# which takes more than one of two processors where no graphics card helps.
REST = 7
LINE = (10e6, 20)  # bits a second, ms
LATE = """async () => {
    let late = 0;
    for (let i = 0; i < 100; i += 1) {
        const begin = performance.now();
        await new Promise((done) => setTimeout(done, 5));
        late = Math.max(late, performance.now() - begin - 5);
    }
    return late;
}"""

# What every engine is asked; the page measures in its own time.
CELL = f'document.querySelectorAll("[data-cell]")[{PLACE}]'
UNTIL_OUTPUT = f"""(async () => {{
    const begin = performance.now(), cell = {CELL};
    cell.querySelector('[data-action="run"]').click();
    while (cell.querySelector("output.cell-python").dataset.state !== "done")
        await new Promise((done) => setTimeout(done, 10));
    return performance.now() - begin;
}})()"""
LOOP = f"""(() => {{
    const cell = {CELL};
    cell.querySelector('[data-action="edit"]').click();
    const area = cell.querySelector("textarea");
    area.value = "while True:\\n    pass";
    area.dispatchEvent(new Event("input", {{ bubbles: true }}));
    cell.querySelector('[data-action="run"]').click();
}})()"""
STOP = f"""(async () => {{
    const button = (action) => {CELL}.querySelector(`[data-action="${{action}}"]`);
    button("stop").click();
    while (button("reset").disabled) await new Promise((done) => setTimeout(done, 10));
    button("reset").click();
}})()"""


def weights():
    """Return the gzipped bytes of each kind of part."""
    found = {}
    for path in sorted((SITE / "_static" / "python").glob("*.js")):
        kind = path.name.partition("-")[0].removesuffix(".js")
        found[kind] = found.get(kind, 0) + len(packed(path)[0])
    return found


@contextmanager
def opened(browser, address, line=None):
    """Open the page in a browser that has seen nothing, over a slow line if one is given."""
    context = browser.new_context()
    tab = context.new_page()
    if line:
        rate, delay = line
        wire = context.new_cdp_session(tab)
        wire.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": delay,
                "downloadThroughput": rate / 8,
                "uploadThroughput": rate / 8,
            },
        )
    tab.goto(address)
    yield tab
    context.close()


def until_output(ask):
    """Return the seconds from a click on Run to the output; `ask` evaluates a script in the page."""
    return ask(UNTIL_OUTPUT) / 1000


def first_output(browser, address, line=None):
    """Return the median over some browsers that have seen nothing."""
    found = []
    for _ in range(RUNS):
        with opened(browser, address, line) as tab:
            found.append(until_output(tab.evaluate))
    return statistics.median(found)


def next_page(browser, address):
    """Return the seconds to the first output on a second page, whose parts are in the cache."""
    with opened(browser, address) as tab:
        until_output(tab.evaluate)
        tab.reload()
        return until_output(tab.evaluate)


def loop_and_restart(ask):
    """Return how late a timer is during an endless loop in ms, and the seconds of Run after Stop."""
    ask(LOOP)
    late = ask(f"({LATE})()")
    ask(STOP)
    return late, until_output(ask)


def elsewhere(name, address):
    """Return the seconds to the first output in another engine, and what `loop_and_restart` gives;
    the medians of some pages that were opened anew."""
    found = []
    with ENGINES[name]() as engine:
        for _ in range(RUNS):
            engine.open(address)
            time.sleep(REST)
            found.append((until_output(engine.ask), *loop_and_restart(engine.ask)))
    return [statistics.median(column) for column in zip(*found)]


def main():
    """Print what was measured."""
    sizes = weights()
    print("Python in the page, gzipped:")
    for kind, size in sizes.items():
        print(f"  {kind:6} {size / 1e6:6.2f} MB")
    print(f"  {'all':6} {sum(sizes.values()) / 1e6:6.2f} MB")
    disk = (SITE / PAGE).as_uri()
    with chromium() as browser, served(SITE) as base:
        print(f"click to first output, from disk     {first_output(browser, disk):5.1f} s")
        print(
            f"  at 10 Mbit/s and 20 ms             {first_output(browser, base + PAGE, LINE):5.1f} s"
        )
        print(f"  next page, parts in the cache      {next_page(browser, base + PAGE):5.1f} s")
        with opened(browser, disk) as tab:
            until_output(tab.evaluate)
            late, again = loop_and_restart(tab.evaluate)
        print(f"a timer during an endless loop late  {late:5.0f} ms")
        print(f"Stop, and run again                  {again:5.1f} s")
    for name in ENGINES:
        try:
            first, late, again = elsewhere(name, disk)
        except NoEngineError as problem:
            print(f"{name}: {problem}")
        else:
            print(
                f"{name:8} from disk {first:5.1f} s, Stop and again {again:5.1f} s, late {late:3.0f} ms"
            )


if __name__ == "__main__":
    main()
