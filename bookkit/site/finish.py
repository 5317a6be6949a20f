"""What is made of the pages once they are written: fonts, search, sitemap; and what is dropped."""

import shutil
from html import escape
from pathlib import Path

from bookkit.site import favicon, fonts, search
from bookkit.site.assets import THEME

# Left by extensions for pages to load; our pages load none of it.
DROPPED = ("objects.inv", "searchindex.js", "genindex.html", ".buildinfo.bak")


def setup(app):
    app.connect("build-finished", finish, priority=900)  # after every other extension


def finish(app, exception):
    """Complete the site in its folder."""
    if exception or app.builder.format != "html":
        return
    out = Path(app.outdir)
    pages = {path.relative_to(out).as_posix(): path.read_text("utf-8") for path in html_files(out)}
    static = out / "_static"
    written = {
        "fonts.css": fonts.stylesheet(characters(pages, app.bookkit_assets), out.parent / ".cache"),
        "search-data.js": search.data_script(
            {name: text for name, text in pages.items() if not name.startswith("demos/")}
        ),
        "search.js": (THEME / "search.js").read_text("utf-8"),
        "favicon.svg": favicon.svg(),
    }
    for name, text in written.items():
        (static / name).write_text(text, "utf-8", newline="\n")
    drop(out, keep={*written, *app.bookkit_assets})
    (out / "index.html").write_text(redirect(app), "utf-8", newline="\n")
    (out / ".nojekyll").touch()
    write_sitemap(app, out, pages)


def html_files(out):
    """Return the pages of the site, in order; the redirect at its root is not one."""
    return sorted(path for path in out.rglob("*.html") if path != out / "index.html")


def characters(pages, assets):
    """Return every character that a page can show, now or when a script has changed it."""
    return set().union(*pages.values(), *assets.values())


def drop(out, keep):
    """Remove what no page loads."""
    for path in (out / "_static").iterdir():
        if path.name not in keep and path.name != "demos":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for name in DROPPED:
        (out / name).unlink(missing_ok=True)


def redirect(app):
    """Return the page at the root of the site, which leads to the front page."""
    front = app.builder.get_target_uri(app.config.root_doc)
    return (
        f'<!doctype html>\n<html lang="{app.config.language}">\n<meta charset="utf-8">\n'
        f"<title>{escape(app.config.html_title)}</title>\n"
        f'<meta http-equiv="refresh" content="0; url={front}">\n'
        f'<p><a href="{front}">{escape(app.config.html_title)}</a></p>\n'
    )


def write_sitemap(app, out, pages):
    """Write sitemap.xml when the address of the site is known."""
    base = app.config.html_baseurl.rstrip("/")
    if not base:
        return
    listed = sorted(pages.keys() - {"search.html"})
    addresses = (f"<url><loc>{escape(f'{base}/{page}')}</loc></url>" for page in listed)
    namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
    text = f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="{namespace}">\n'
    (out / "sitemap.xml").write_text(text + "\n".join(addresses) + "\n</urlset>\n", "utf-8")
