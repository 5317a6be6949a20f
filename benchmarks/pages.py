"""What a first view of a page weighs, and how long it takes, beside a default Jupyter Book page.

    python -m benchmarks.pages

Needs the built site (`make book`) and a browser. The default page is a chapter of the book,
built by Jupyter Book with nothing but a title in its configuration. What it fetches from other
hosts is counted but neither weighed nor waited for.
"""

import functools
import gzip
import http.server
import mimetypes
import shutil
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks.demos import SITE
from bookkit.browser import chromium

ROOT = Path(__file__).parents[1]
BESIDE = "kl_divergence"  # the chapter that is also built as a default page
LINES = {"10 Mbit/s, 40 ms": (10e6, 40), "1.6 Mbit/s, 150 ms": (1.6e6, 150)}
VIEWS = 3  # the median counts


class Zipped(http.server.BaseHTTPRequestHandler):
    """Serves files as a well-kept server does: text is gzipped."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args, folder):
        self.folder = folder
        super().__init__(*args)

    def do_GET(self):
        """Answer with the file, gzipped if that helps."""
        path = self.folder / self.path.split("?")[0].lstrip("/")
        if not path.is_file():
            self.send_error(404)
            return
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        body, zipped = packed(path)
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if zipped:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        with suppress(ConnectionError):  # the browser has seen enough and hung up
            self.wfile.write(body)

    def log_message(self, *args):
        """Write no log."""


@functools.cache
def packed(path):
    """Return the bytes that are sent, and whether they are gzipped."""
    data = path.read_bytes()
    small = gzip.compress(data, 9, mtime=0)
    return (small, True) if len(small) < len(data) else (data, False)


@contextmanager
def served(folder):
    """Serve a folder; gives the address."""
    handler = functools.partial(Zipped, folder=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def default_book(folder):
    """Build a chapter as Jupyter Book does by default; gives the folder of the site."""
    source = folder / "source"
    source.mkdir()
    shutil.copy(ROOT / "chapters" / f"{BESIDE}.ipynb", source)
    shutil.copy(ROOT / "references.bib", source)
    (source / "_toc.yml").write_text(f"format: jb-book\nroot: {BESIDE}\n")
    (source / "_config.yml").write_text(
        "title: A default book\nbibtex_bibfiles: [references.bib]\n"
    )
    command = [Path(sys.executable).with_name("jupyter-book"), "build", source, "-q"]
    subprocess.run(command, check=True, capture_output=True)
    return source / "_build" / "html"


def first_view(browser, address, base, line):
    """Return (bytes from the site, requests elsewhere, ms until loaded) of one cold view."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.route(lambda url: not url.startswith(base), lambda route: route.abort())
    tab, elsewhere, files = context.new_page(), [], {}
    tab.on(
        "request",
        lambda r: elsewhere.append(r.url) if not r.url.startswith((base, "data:")) else None,
    )
    tab.on("response", lambda r: files.update({r.url: int(r.headers.get("content-length", 0))}))
    rate, latency = line
    session = context.new_cdp_session(tab)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": latency,
            "downloadThroughput": rate / 8,
            "uploadThroughput": rate / 8,
        },
    )
    tab.goto(address, wait_until="load")
    loaded = tab.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    context.close()
    return sum(files.values()), len(elsewhere), loaded


def row(browser, name, address, base):
    """Return the row of a page."""
    seconds = []
    for line in LINES.values():
        views = [first_view(browser, address, base, line) for _ in range(VIEWS)]
        seconds.append(sorted(view[2] for view in views)[VIEWS // 2] / 1000)
    size, elsewhere, _ = views[0]
    return (
        f"| {name} | {size / 1000:.0f} | {elsewhere} | "
        + " | ".join(f"{second:.2f}" for second in seconds)
        + " |"
    )


def main():
    """Print a row for each page."""
    print(
        "\n## First views\n\nGzipped; the time is until everything of the first view is loaded.\n"
    )
    print("| page | KB | requests elsewhere |", " | ".join(f"s at {name}" for name in LINES), "|")
    print("|---|---:|---:|" + "---:|" * len(LINES))
    with chromium() as browser, tempfile.TemporaryDirectory() as folder:
        with served(SITE) as base:
            for page in sorted((SITE / "chapters").glob("*.html")):
                print(row(browser, page.stem, f"{base}chapters/{page.name}", base), flush=True)
        with served(default_book(Path(folder))) as base:
            print(row(browser, f"{BESIDE}, default Jupyter Book", f"{base}{BESIDE}.html", base))


if __name__ == "__main__":
    main()
