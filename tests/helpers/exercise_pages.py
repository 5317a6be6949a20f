"""Pages that hold nothing but exercises, for tests and for looking at them.

    python tests/helpers/exercise_pages.py FOLDER

writes the samples as `exercises.html` and `exercises-dark.html` with their assets.
"""

import sys
from pathlib import Path

from bookkit import markup, palette
from bookkit.exercise import REVIEW_SCRIPT, SCORES_SCRIPT, SCRIPT, SELF_TEST_SCRIPT, STYLE, form
from bookkit.scripts import joined

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'"
PAGE_STYLE = """
html { color-scheme: light; background: #fff; color: #1f2328; }
html[data-theme="dark"] { color-scheme: dark; background: #14181e; color: #e6e8eb; }
body { max-width: 44rem; margin: 0 auto; padding: 1rem; font: 1.0625rem/1.6 system-ui, sans-serif; }
.equation { display: block; margin: 0.6rem 0; text-align: center; }
"""


def page(exercises, *, theme="light", before="", after=""):
    """Return a page that shows exercises in order, each in a box of its own as on the site."""
    boxes = "".join(f"<div>{form.render(exercise)}</div>" for exercise in exercises)
    return (
        f'<!doctype html><html lang="en" data-theme="{theme}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<title>Exercises</title><link rel="stylesheet" href="page.css">'
        '<link rel="stylesheet" href="exercise.css"><script defer src="exercise.js"></script>'
        '<script defer src="review.js"></script><script defer src="scores.js"></script>'
        '<script defer src="self_test.js"></script>'
        f"</head><body><main><h1>Exercises</h1>{before}{boxes}"
        f"{after}</main></body></html>"
    )


def files(exercises, **options):
    """Return the files of a page by name."""
    css = palette.stylesheet() + markup.stylesheet() + PAGE_STYLE
    assets = {"exercise.css": STYLE.read_text("utf-8"), "page.css": css}
    scripts = {
        "exercise.js": joined(SCRIPT),
        "review.js": joined(REVIEW_SCRIPT),
        "scores.js": joined(SCORES_SCRIPT),
        "self_test.js": joined(SELF_TEST_SCRIPT),
    }
    return {"exercises.html": page(exercises, **options), **assets, **scripts}


def form_of(tab, exercise):
    """Return the form of an exercise on a page."""
    return tab.locator(f"#ex-{exercise.name}")


TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}


def serve(context, contents):
    """Answer requests for http://book.test/ from memory, under the strictest policy."""

    def answer(route):
        name = route.request.url.rsplit("/", 1)[-1].partition("?")[0]
        if name not in contents:
            return route.fulfill(status=404, body="")
        kind = TYPES[Path(name).suffix]
        headers = {"content-type": f"{kind}; charset=utf-8", "content-security-policy": POLICY}
        return route.fulfill(body=contents[name], headers=headers)

    context.route("**/*", answer)


def open_page(browser, contents, *, width=1280, script="", **options):
    """Return an opened page that collects what goes wrong in its list `errors`.

    A script runs before those of the page, for instance to break the storage.
    """
    context = browser.new_context(viewport={"width": width, "height": 900}, **options)
    if script:
        context.add_init_script(script)
    serve(context, contents)
    tab = context.new_page()
    tab.errors = []
    tab.on("pageerror", lambda error: tab.errors.append(str(error)))
    tab.on("console", lambda m: tab.errors.append(m.text) if m.type == "error" else None)
    tab.goto("http://book.test/exercises.html")
    return tab


if __name__ == "__main__":
    from exercise_samples import SAMPLES

    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    after = form.forget_button()
    before = form.progress("samples")
    for name, content in files(SAMPLES, before=before, after=after).items():
        (folder / name).write_text(content, encoding="utf-8")
    dark = page(SAMPLES, theme="dark", before=before, after=after)
    (folder / "exercises-dark.html").write_text(dark, encoding="utf-8")
