"""Firefox and WebKit, driven as far as a test or a measurement needs: open a page, ask it, look at it.

Playwright's own builds of the two are not what readers have. Firefox speaks WebDriver BiDi by
itself; WebKitGTK comes with a driver that speaks the older WebDriver. Both are started without a
window (WebKit draws for Xvfb, a screen that nobody sees), with a profile of their own.

    with firefox() as engine:
        engine.open("file:///…/page.html")
        engine.ask("document.title")
"""

import base64
import json
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path

_PATIENCE = 120  # seconds for anything


class NoEngineError(RuntimeError):
    """This machine has not the browser; the message says which program is missing."""


class Engine:
    """A browser with one page.

    `ask(expression)` gives the value of a JavaScript expression in the page, as Python data;
    a promise is waited for. `press(keys)` types, one key after the other.
    """

    def open(self, address):
        raise NotImplementedError

    def ask(self, expression):
        raise NotImplementedError

    def press(self, keys):
        raise NotImplementedError

    def wait(self, expression, patience=_PATIENCE):
        """Ask again and again until the answer is true, and return it."""
        end = time.monotonic() + patience
        while not (found := self.ask(expression)):
            if time.monotonic() > end:
                raise TimeoutError(f"still false: {expression}")
            time.sleep(0.05)
        return found


class _Firefox(Engine):
    """Speaks WebDriver BiDi over a websocket."""

    def __init__(self, address):
        import websocket

        self._socket = _patiently(
            lambda: websocket.create_connection(
                f"{address}/session", timeout=_PATIENCE, suppress_origin=True
            )
        )
        self._last = 0
        self._say("session.new", capabilities={})
        (tree,) = self._say("browsingContext.getTree")["contexts"]
        self._page = tree["context"]

    def _say(self, method, **params):
        self._last += 1
        self._socket.send(json.dumps({"id": self._last, "method": method, "params": params}))
        while True:
            answer = json.loads(self._socket.recv())
            if answer.get("id") == self._last:  # all else are events
                break
        if answer["type"] == "error":
            raise RuntimeError(f"{method}: {answer['error']}: {answer['message']}")
        return answer["result"]

    def open(self, address):
        self._say("browsingContext.navigate", context=self._page, url=address, wait="complete")

    def ask(self, expression):
        # The value crosses as text, for BiDi wraps every part of an object.
        answer = self._say(
            "script.evaluate",
            expression=f"Promise.resolve({expression}).then((value) => JSON.stringify(value ?? null))",
            target={"context": self._page},
            awaitPromise=True,
        )
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    def press(self, keys):
        self._say("input.performActions", context=self._page, actions=_strokes(keys))

    def printed(self):
        """Return the page as a PDF."""
        return base64.b64decode(self._say("browsingContext.print", context=self._page)["data"])

    def close(self):
        self._say("browser.close")
        self._socket.close()


class _WebKit(Engine):
    """Speaks WebDriver over HTTP."""

    def __init__(self, address, binary):
        self._address = address
        options = {"binary": binary, "args": ["--automation"]}
        wanted = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}}
        self._session = _patiently(lambda: self._say("POST", "/session", wanted))["sessionId"]
        self._say("POST", f"/session/{self._session}/timeouts", {"script": 1000 * _PATIENCE})

    def _say(self, method, path, content=None):
        data = None if content is None else json.dumps(content).encode()
        request = urllib.request.Request(self._address + path, data, method=method)
        try:
            with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as problem:
            raise RuntimeError(json.load(problem)["value"]["message"]) from problem

    def open(self, address):
        self._say("POST", f"/session/{self._session}/url", {"url": address})

    def ask(self, expression):
        script = (
            "const done = arguments[arguments.length - 1];"
            f"Promise.resolve({expression}).then("
            "(value) => done(JSON.stringify(value ?? null)), (problem) => done(String(problem)));"
        )
        path = f"/session/{self._session}/execute/async"
        return json.loads(self._say("POST", path, {"script": script, "args": []}))

    def press(self, keys):
        self._say("POST", f"/session/{self._session}/actions", {"actions": _strokes(keys)})

    def close(self):
        self._say("DELETE", f"/session/{self._session}")


@contextmanager
def firefox(*, offline=False, settings=None):
    """Start a Firefox without a window; offline, everything outside leads to a closed port.

    `settings` are its own, as `{"ui.prefersReducedMotion": 1}`.
    """
    binary = _program("firefox-esr", "firefox")
    port = _free_port()
    settings = {"remote.active-protocols": 1, **(settings or {})}
    if offline:
        settings |= {
            "network.proxy.type": 1,
            "network.proxy.http": "127.0.0.1",
            "network.proxy.http_port": 9,
            "network.proxy.ssl": "127.0.0.1",
            "network.proxy.ssl_port": 9,
        }
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        lines = (f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in settings.items())
        Path(profile, "user.js").write_text("".join(lines))
        command = [
            binary,
            "--headless",
            "--no-remote",
            "--profile",
            profile,
            "--remote-debugging-port",
            str(port),
        ]
        with _running(command), ExitStack() as stack:
            engine = _Firefox(f"ws://127.0.0.1:{port}")
            stack.callback(engine.close)
            yield engine


@contextmanager
def webkit():
    """Start a WebKitGTK without a window."""
    driver = _program("WebKitWebDriver")
    found = sorted(Path("/usr").glob("lib*/**/webkit*gtk-*/MiniBrowser"))
    if not found:
        raise NoEngineError("no MiniBrowser of WebKitGTK")
    port = _free_port()
    screen, names = _screen()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home, ExitStack() as stack:
        environment = {
            "HOME": home,
            "XDG_RUNTIME_DIR": home,
            "PATH": "/usr/bin:/bin",
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            **names,
        }
        stack.enter_context(_running(screen, environment))
        command = [driver, f"--port={port}", "--host=127.0.0.1"]
        stack.enter_context(_running(command, environment))
        engine = _WebKit(f"http://127.0.0.1:{port}", str(found[-1]))
        stack.callback(engine.close)
        yield engine


ENGINES = {"firefox": firefox, "webkit": webkit}


def _screen():
    """Return the command of a screen that nobody sees, and what programs must know to find it."""
    number = _free_port() % 1000 + 100
    command = [_program("Xvfb"), f":{number}", "-screen", "0", "1280x1000x24"]
    return command, {"GDK_BACKEND": "x11", "DISPLAY": f":{number}"}


def _program(*names):
    found = next(filter(None, map(shutil.which, names)), None)
    if not found:
        raise NoEngineError(f"no {names[0]} on this machine")
    return found


def _free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _strokes(keys):
    """Return WebDriver's words for keys that are pressed and let go in turn."""
    actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
    return [{"type": "key", "id": "keyboard", "actions": actions}]


def _patiently(action, patience=60):
    """Return what an action gives, once the program it talks to has started."""
    end = time.monotonic() + patience
    while True:
        try:
            return action()
        except (OSError, RuntimeError):
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


@contextmanager
def _running(command, environment=None):
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
