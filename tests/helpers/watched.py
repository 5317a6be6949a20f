"""The built site from a server that adds a watch to each page, and a frame to look at pages in.

A driver of WebKit tells nothing of a page's console. So the server puts a script before all others
(from the site itself, as the page's policy demands) that notes what goes wrong. And a page of the
server's own shows any page in a frame, whose width is exact where that of a window is not.
"""

import functools
import http.server
import io
import threading
from contextlib import contextmanager

from site_pages import SITE

WATCH = """
globalThis.complaints = [];
for (const kind of ["error", "warn"]) {
    const own = console[kind];
    console[kind] = (...words) => { complaints.push(`${kind}: ${words.join(" ")}`); own(...words); };
}
addEventListener("error", (event) => complaints.push(`error: ${event.message || event.target.outerHTML}`), true);
addEventListener("unhandledrejection", (event) => complaints.push(`rejected: ${event.reason}`));
document.addEventListener("securitypolicyviolation", (event) =>
    complaints.push(`policy: ${event.violatedDirective} ${event.blockedURI}`));
"""
FRAME = """<!doctype html><html lang="en"><title>Frame</title><link rel="icon" href="data:,">
<style>body { margin: 0; } iframe { border: 0; height: 640px; }</style>
<iframe title="a page of the book"></iframe></html>"""
OWN = {"/watch.js": ("text/javascript", WATCH), "/frame.html": ("text/html", FRAME)}


class Watching(http.server.SimpleHTTPRequestHandler):
    """Serves the site; every page loads the watch first."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        """Write no log."""

    def send_head(self):
        path = self.path.partition("?")[0]
        if path in OWN:
            return self._give(*OWN[path])
        if path.endswith(".html"):
            file = SITE / path.lstrip("/")
            if file.is_file():
                html = file.read_text("utf-8")
                return self._give(
                    "text/html",
                    html.replace("<title>", '<script src="/watch.js"></script><title>', 1),
                )
        return super().send_head()

    def _give(self, kind, text):
        content = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return io.BytesIO(content)


@contextmanager
def watched():
    """Serve the site on this machine; gives the address."""
    handler = functools.partial(Watching, directory=str(SITE))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
