"""The built site, served over HTTP and read from disk, and a record of what its pages do."""

import functools
import gzip
import http.server
import re
import threading
import time
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

SITE = Path(__file__).parents[2] / "_build" / "html"
ALL_PAGES = sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html"))
# A demo alone is a page of another kind, with tests of its own.
DEMO_PAGES = [page for page in ALL_PAGES if page.startswith("demos/")]
PAGES = [page for page in ALL_PAGES if page not in DEMO_PAGES]
FRONT = "chapters/index.html"  # the page at the root shows the same
# What every page may load, directive by directive.
POLICY = {
    "default-src": "'none'",
    "script-src": "'self' file: 'sha256-HASH'",
    "style-src": "'self' file:",
    "img-src": "'self' file: data:",
    "font-src": "'self' file: data:",
    "form-action": "'self' file:",
    "base-uri": "'none'",
}

# What a page may do besides that can run Python when its reader asks for it.
PYTHON = {
    "script-src": f"{POLICY['script-src']} 'wasm-unsafe-eval'",
    "worker-src": "blob:",
}
LEFT = "net::ERR_ABORTED"  # how Chromium calls a request whose page was left, or that a script broke off


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and writes no log."""

    def log_message(self, *args):
        pass


class InPieces(Quiet):
    """Sends pages as a slow line does: piece by piece, so that a browser shows the first ones."""

    def copyfile(self, source, outputfile):
        """Send the head of a page, and what is in its article in 25 pieces."""
        sent = source.read()
        head = sent.find(b"<article>")
        size = max(12_000, len(sent) // 25)
        pieces = [sent[start : start + size] for start in range(head, len(sent), size)]
        for piece in [sent[:head], *pieces] if head > 0 else [sent]:
            outputfile.write(piece)
            outputfile.flush()
            time.sleep(0.05)


@contextmanager
def served(folder, by=Quiet):
    """Serve a folder on this machine; gives the address."""
    handler = functools.partial(by, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()


def directives(policy):
    """Return a policy as {directive: what it allows}; the hash of the inline script is left out."""
    plain = re.sub(r"'sha256-[A-Za-z0-9+/]{43}='", "'sha256-HASH'", policy)
    return dict(part.strip().split(" ", 1) for part in plain.split(";"))


class Record:
    """What a page asked for, and what it complained of."""

    def __init__(self, page, base):
        self.requests, self.complaints, self.base = [], [], base
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("requestfailed", self._failure)
        page.on("response", self._answer)
        page.on("console", self._message)
        page.on("pageerror", lambda error: self.complaints.append(f"error {error}"))

    def forget(self):
        """Begin anew."""
        self.requests.clear()
        self.complaints.clear()

    def _failure(self, request):
        """What a page has not got when it is left, an icon say, is broken off, and nobody's fault."""
        if request.failure != LEFT:
            self.complaints.append(f"failed {request.url}: {request.failure}")

    def _answer(self, response):
        if response.status >= 400:
            self.complaints.append(f"{response.status} {response.url}")

    def _message(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type} {message.text}")

    def strangers(self):
        """Return the requests that left the site."""
        return [url for url in self.requests if not url.startswith((self.base, "data:", "blob:"))]

    def files(self):
        """Return the files of the site that the page loaded."""
        paths = {unquote(urlsplit(url).path) for url in self.requests if url.startswith(self.base)}
        root = unquote(urlsplit(self.base).path)
        return sorted(SITE / path.removeprefix(root) for path in paths)

    def weight(self):
        """Return the bytes that the page loaded, gzipped."""
        return sum(map(_gzipped, self.files()))


@functools.cache
def _gzipped(path):
    return len(gzip.compress(path.read_bytes(), 9, mtime=0))


class Tags(HTMLParser):
    """Every start tag of a page: [(name, attributes)]; what a template holds is not in the page yet."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.waiting, self.templates = [], [], 0
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        self.waiting.append(self.templates > 0)
        self.templates += tag == "template"

    def handle_endtag(self, tag):
        self.templates -= tag == "template"

    def named(self, *names):
        return [attributes for tag, attributes in self.tags if tag in names]

    @functools.cached_property
    def anchors(self):
        """Every id, those of templates too, which come when their reader asks."""
        return {attributes["id"] for _, attributes in self.tags if "id" in attributes}

    def ids(self):
        return [
            attributes["id"]
            for (_, attributes), waits in zip(self.tags, self.waiting, strict=True)
            if "id" in attributes and not waits
        ]


@functools.cache
def read(page):
    """Return the HTML of a page."""
    return (SITE / page).read_text("utf-8")


@functools.cache
def tags(page):
    """Return the tags of a page."""
    return Tags(read(page))


def broken_links(page):
    """Return the links and sources of a page that lead to nothing in the site."""
    return [target for target in sorted(_targets(page)) if not _leads_somewhere(page, target)]


def _targets(page):
    for _, attributes in tags(page).tags:
        yield from filter(None, (attributes.get("href"), attributes.get("src")))


def _leads_somewhere(page, target):
    address, anchor = urldefrag(target)
    if urlsplit(address).scheme:
        return True  # leaves the book: `make linkcheck`
    path = (SITE / page).parent / unquote(urlsplit(address).path) if address else SITE / page
    if not path.is_file():
        return False
    place = path.resolve().relative_to(SITE.resolve()).as_posix()
    return not anchor or unquote(anchor) in tags(place).anchors
