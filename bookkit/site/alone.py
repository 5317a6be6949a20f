"""The same site by Sphinx alone, without Jupyter Book, which is in maintenance: the way on.

    python -m bookkit.site.alone

`_config.yml` is read here as Jupyter Book reads it; a test compares the two.
"""

import sys

import yaml
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from bookkit.site.offers import ROOT, SITE

_DOCTREES = SITE.parent / ".doctrees-alone"  # those of another Sphinx cannot be read
_WITHOUT = {"jupyter_book"}  # of the extensions; it declares settings that only Jupyter Book reads
NUMBERING = "sphinx_multitoc_numbering"  # which Jupyter Book adds: chapters are counted through
_ALWAYS = {
    "external_toc_path": "_toc.yml",
    "html_sourcelink_suffix": "",
    "myst_url_schemes": ["mailto", "http", "https"],
    "nb_execution_cache_path": "",
    "suppress_warnings": ["myst.domains"],
}
# Where a key of `_config.yml` goes: to a setting of Sphinx, or to an option of the theme.
SETTINGS = {
    "title": "html_title",
    "author": "author",
    "copyright": "copyright",
    "logo": "html_logo",
    "only_build_toc_files": "external_toc_exclude_missing",
    "bibtex_bibfiles": "bibtex_bibfiles",
    "html.baseurl": "html_baseurl",
    "html.favicon": "html_favicon",
    "html.comments": "comments_config",
    "execute.allow_errors": "nb_execution_allow_errors",
    "execute.exclude_patterns": "nb_execution_excludepatterns",
    "execute.execute_notebooks": "nb_execution_mode",
    "execute.raise_on_error": "nb_execution_raise_on_error",
    "execute.show_tb": "nb_execution_show_tb",
    "execute.stderr_output": "nb_output_stderr",
    "execute.timeout": "nb_execution_timeout",
    "parse.myst_substitutions": "myst_substitutions",
    "parse.myst_url_schemes": "myst_url_schemes",
}
OPTIONS = {
    "repository.url": "repository_url",
    "repository.branch": "repository_branch",
    "repository.path_to_book": "path_to_docs",
    "launch_buttons": "launch_buttons",
    "html.analytics": "analytics",
    "html.announcement": "announcement",
    "html.extra_footer": "extra_footer",
    "html.home_page_in_navbar": "home_page_in_toc",
    "html.navbar_footer_text": "navbar_footer_text",
    "html.use_repository_button": "use_repository_button",
    "html.use_edit_page_button": "use_edit_page_button",
    "html.use_issues_button": "use_issues_button",
}
_NEVER_PAGES = ["**.ipynb_checkpoints", ".DS_Store", "Thumbs.db", "_build"]


def main():
    """Build the site, as strictly as `make book` does; return what the build returns."""
    told = settings(yaml.safe_load((ROOT / "_config.yml").read_text("utf-8")))
    strict = {"warningiserror": True, "keep_going": True}
    with docutils_namespace():
        app = Sphinx(ROOT, None, SITE, _DOCTREES, "html", told, status=None, **strict)
        app.build()
    return app.statuscode


def settings(book):
    """Return what Sphinx is told by the content of a `_config.yml`.

    >>> settings({"title": "Codes", "repository": {"url": "u"}})["html_theme_options"]
    {'repository_url': 'u'}
    """
    told = _ALWAYS | renamed(book, SETTINGS)
    told["exclude_patterns"] = sorted({*_NEVER_PAGES, *book.get("exclude_patterns", [])})
    told["html_theme_options"] = renamed(book, OPTIONS)
    told |= (book.get("sphinx") or {}).get("config") or {}
    extensions = [name for name in told.get("extensions", []) if name not in _WITHOUT]
    told["extensions"] = [*extensions, NUMBERING]
    return told


def renamed(book, names):
    """Return the values of the keys that are there, under their other names.

    >>> renamed({"html": {"favicon": "a.svg"}}, {"html.favicon": "html_favicon", "logo": "html_logo"})
    {'html_favicon': 'a.svg'}
    """
    found = {}
    for key, name in names.items():
        place, _, inner = key.rpartition(".")
        section = (book.get(place) or {}) if place else book
        if inner in section:
            found[name] = section[inner]
    return found


if __name__ == "__main__":
    sys.exit(main())
