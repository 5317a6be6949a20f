"""What is made of the pages once they are written: fonts, search, the root; and what is dropped."""

import re
import shutil
import tomllib
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from bookkit import store
from bookkit.site import favicon, fonts, notices, offers, search, standalone, variants
from bookkit.site.addresses import moved, rooted
from bookkit.site.assets import THEME, named
from bookkit.site.python import FOLDER as PYTHON
from bookkit.site.signs import signs

# Left by extensions for pages to load; our pages load none of it.
_DROPPED = ("objects.inv", "searchindex.js", "genindex.html", ".buildinfo.bak")
# Only a site whose address is known has these.
_FOR_HOSTS = ("404.html", "sitemap.xml", "robots.txt")
# Pages that lead on rather than say something.
_ASIDE = {"search.html", "404.html"}
# Pages that say again what others say, which is found there.
_REPEATING = {f"chapters/{page}.html" for page in ("exercises", "cheat_sheet", "topics")}


def setup(app):
    app.add_config_value("bookkit_synonyms", "", "html")  # a file beside the chapters
    app.connect("build-finished", finish, priority=900)  # after every other extension


def finish(app, exception):
    """Complete the site in its folder."""
    if exception or app.builder.format != "html":
        return
    out = Path(app.outdir)
    base = app.config.html_baseurl.rstrip("/")
    drop(out, {*app.bookkit_assets, *own_pictures(app), PYTHON}, addressed=bool(base))
    pages = {path.relative_to(out).as_posix(): path.read_text("utf-8") for path in html_files(out)}
    pages |= variants.set_apart(out, pages)
    pages |= name_late(out, pages, late_assets(app, out, pages))
    write(out / "index.html", at_the_root(app, pages))
    offers.update(out, app.config.bookkit_downloads)
    (out / ".nojekyll").touch()
    if base:
        front = app.builder.get_target_uri(app.config.root_doc)
        write_for_hosts(out, base, pages, sorted(chapters_of(pages) - {front}))


def html_files(out):
    """Return the pages of the site, in order; the one at its root is a second copy of the first."""
    return sorted(path for path in out.rglob("*.html") if path != out / "index.html")


def drop(out, keep, addressed):
    """Remove what no page loads."""
    for path in (out / "_static").iterdir():
        if path.name not in keep:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for name in _DROPPED:
        (out / name).unlink(missing_ok=True)
    if not addressed:
        for name in _FOR_HOSTS:
            (out / name).unlink(missing_ok=True)


def chapters_of(pages):
    """Return the pages that search and search engines list: no helpers, no demo that stands alone."""
    return {page for page in pages.keys() - _ASIDE if not page.startswith(f"{standalone.FOLDER}/")}


def own_pictures(app):
    """Return the names of the logo and the favicon that `_config.yml` chooses."""
    chosen = (app.config.html_logo, app.config.html_favicon)
    return {Path(path).name for path in chosen if path}


def late_assets(app, out, pages):
    """Return the files {name: text} that only finished pages determine, or that few pages load."""
    listed = {page: pages[page] for page in sorted(chapters_of(pages))}
    shown = [*pages.values(), *variants.texts(out)]
    return {
        "fonts.css": fonts.stylesheet(
            characters(shown, app.bookkit_assets),
            signs(shown),
            out.parent / ".cache",
            notices.say,
        ),
        "search-data.js": searched(out, listed, synonyms(app)),
        "search.js": (THEME / "search.js").read_text("utf-8"),
        "favicon.svg": favicon.svg(),
    }


def searched(out, pages, same):
    """Return what the search looks through; taken apart only if a page has changed."""
    articles = {page: search.article(html) for page, html in pages.items()}
    made_of = (
        repr((sorted(articles.items()), same, sorted(_REPEATING))).encode()
        + Path(search.__file__).read_bytes()
    )
    script = store.remembered(
        store.beside(out, "search"),
        "data",
        made_of,
        lambda: search.data_script(pages, same, _REPEATING).encode(),
    )
    return script.decode()


def synonyms(app):
    """Return the groups of words that readers use for one thing."""
    path = app.config.bookkit_synonyms
    return tomllib.loads(Path(app.srcdir, path).read_text("utf-8"))["same"] if path else []


def characters(texts, assets):
    """Return every character that a page can show, now or when a script has changed it."""
    return set().union(*texts, *assets.values())


def name_late(out, pages, files):
    """Write files under names that hold a hash; return the pages that now load those names."""
    names = {name: named(name, text) for name, text in files.items()}
    for name, text in files.items():
        write(out / "_static" / names[name], text)
    renamed = {page: renamed_in(html, names) for page, html in pages.items()}
    changed = {page: html for page, html in renamed.items() if html != pages[page]}
    for page, html in changed.items():
        write(out / page, html)
    return changed


def renamed_in(html, names):
    """Return a page that loads files by the names they have now.

    >>> renamed_in('<link href="../_static/a.01234567.css">', {"a.css": "a.89abcdef.css"})
    '<link href="../_static/a.89abcdef.css">'
    """
    for name, now in names.items():
        stem, suffix = name.rsplit(".", 1)
        html = re.sub(
            rf'(?<=/_static/|"_static/){stem}(\.[0-9a-f]{{8}})?\.{suffix}"', f'{now}"', html
        )
    return html


def at_the_root(app, pages):
    """Return the page at the root of the site: the front page, seen from there."""
    front = app.builder.get_target_uri(app.config.root_doc)
    return moved(pages[front], front.rpartition("/")[0])


def write_for_hosts(out, base, pages, listed):
    """Write what a site needs whose address is known: a map of it, and a page for wrong addresses."""
    addresses = (f"<url><loc>{escape(f'{base}/{page}')}</loc></url>" for page in ["", *listed])
    namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
    text = f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="{namespace}">\n'
    write(out / "sitemap.xml", text + "\n".join(addresses) + "\n</urlset>\n")
    write(out / "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {base}/sitemap.xml\n")
    write(out / "404.html", rooted(pages["404.html"], urlsplit(base).path + "/"))


def write(path, text):
    path.write_text(text, "utf-8", newline="\n")
