"""What can be taken along as a whole, listed on the front page: each file that is there, its size."""

import re
from html import escape
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
SITE = ROOT / "_build" / "html"
FOLDER = "downloads"
_PLACE = re.compile(r"<!--downloads-->.*?<!--/downloads-->", re.DOTALL)
_OFFERED = {".apkg", ".csv", ".pdf", ".zip"}


def setup(app):
    # {file below downloads/: what it is called}, in the order of the list; others follow by name.
    app.add_config_value("bookkit_downloads", {}, "html")


def from_settings():
    """Return what the files are called, for a program that runs after the build."""
    settings = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    return settings["sphinx"]["config"]["bookkit_downloads"]


def update(site, names):
    """List the files that are there now on the front page, at both of its addresses."""
    for page in site.rglob("*.html"):
        html = page.read_text("utf-8")
        up = "../" * len(page.relative_to(site).parent.parts)
        if (now := offering(html, site, names, up)) != html:
            page.write_text(now, "utf-8", newline="\n")


def offering(html, site, names, up, without=()):
    """Return the front page with its list of files; without any it has no such section."""
    files = [file for file in offered(site / FOLDER, names) if file.name not in without]
    items = "".join(
        f'<li><a download href="{up}{FOLDER}/{file.name}">{escape(names.get(file.name, file.name))}'
        f"</a>, {size(file.stat().st_size)}</li>\n"
        for file in files
    )
    listed = f'<section id="take-along"><h2>Take it along</h2>\n<ul>\n{items}</ul></section>\n'
    return _PLACE.sub(lambda _: f"<!--downloads-->{listed if items else ''}<!--/downloads-->", html)


def offered(folder, names):
    """Return the files in the order in which they are named."""
    order = list(names)
    return sorted(
        (file for file in folder.glob("*") if file.suffix in _OFFERED),
        key=lambda file: (order.index(file.name) if file.name in names else len(order), file.name),
    )


def size(count):
    """Return a number of bytes in words.

    >>> size(6_712_345), size(40_960), size(12)
    ('6.7 MB', '41 kB', '1 kB')
    """
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(1, round(count / 1e3))} kB"
