"""The keys of a `_config.yml` that reach the site, and why others do not.

Jupyter Book passes some keys on, drops others without a word, and lets a misspelt one stand.
"""

from pathlib import Path

import yaml

HONOURED = set(
    """
    title author copyright logo exclude_patterns only_build_toc_files bibtex_bibfiles
    repository.url repository.branch repository.path_to_book
    launch_buttons.binderhub_url launch_buttons.colab_url
    html.favicon html.baseurl html.announcement html.extra_footer
    html.use_repository_button html.use_edit_page_button html.use_issues_button
    execute.execute_notebooks execute.timeout execute.allow_errors execute.raise_on_error
    execute.stderr_output execute.show_tb
    parse.myst_substitutions parse.myst_url_schemes
    sphinx.config latex.use_jupyterbook_latex
    """.split()
)
# Seen by Sphinx as well: `settings.refused` has a word for the values that are refused.
JUDGED_LATER = set(
    """
    html.analytics html.comments html.navbar_footer_text html.home_page_in_navbar
    html.google_analytics_id launch_buttons.jupyterhub_url launch_buttons.deepnote_url
    launch_buttons.thebe execute.exclude_patterns
    """.split()
)
_NO_LATEX = "`make pdf` prints the pages of the site, without LaTeX"
_LISTED = "add it to sphinx.config.extensions, which lists all of them"
OWN = "the theme has its own styles and scripts, in bookkit/site/theme, and ships nothing else"
REASONS = {
    "bibtex_reference_style": "set it below sphinx.config",
    "execute.cache": "runs are kept in _build/.cache/notebooks, by what a notebook imports",
    "execute.eval_regex": "chapters name no variables in their text",
    "execute.run_in_temp": "a chapter runs in its own folder, to find what lies beside it",
    "html.extra_navbar": "use html.extra_footer",
    "latex.latex_documents": _NO_LATEX,
    "latex.latex_engine": _NO_LATEX,
    "parse.myst_enable_extensions": "set myst_enable_extensions below sphinx.config",
    "project": "pages show the title",
    "sphinx.extra_extensions": _LISTED,
    "sphinx.local_extensions": _LISTED,
    "sphinx.recursive_update": "what stands below sphinx.config replaces what Jupyter Book would set",
}
# Usual settings of Sphinx that speak of its own themes.
_OF_THEMES = {
    "html_css_files": OWN,
    "html_js_files": OWN,
    "html_static_path": OWN,
    "html_style": OWN,
    "html_sidebars": "the contents stand there",
    "html_last_updated_fmt": "the foot of a page shows the edition",
    "html_theme_options": "Jupyter Book's keys, such as html.announcement, set them",
}
# Below settings of the extension that have keys of their own: the keys of each.
_INNER = {
    "bookkit_python": {"packages", "first", "absent", "stand_ins", "about"},
    "bookkit_install": {"packages", "folder"},
}
BOTH_WAYS = {
    "html.use_multitoc_numbering": (True, "chapters are counted through from part to part"),
    "launch_buttons.notebook_interface": ("jupyterlab", "Binder opens JupyterLab"),
}  # what is always so, and why another value is refused


def ignored(srcdir, known):
    """Yield a sentence for each key of a book's `_config.yml` that would have no effect.

    `known` holds the names of all settings that Sphinx and the extensions of the book declare.
    """
    path = Path(srcdir, "_config.yml")
    if path.exists():
        book = yaml.safe_load(path.read_text("utf-8")) or {}
        yield from without_effect(book)
        yield from undeclared((book.get("sphinx") or {}).get("config") or {}, known)


def undeclared(settings, known):
    """Yield a sentence for each setting below `sphinx.config` that nobody reads.

    >>> list(undeclared({"numfig": True, "bookkit_pyton": {}}, {"numfig", "bookkit_python"}))
    ['sphinx.config.bookkit_pyton is no setting of Sphinx or of an extension that is listed']
    """
    for name, value in settings.items():
        if name not in known and name != "extensions":
            yield f"sphinx.config.{name} is no setting of Sphinx or of an extension that is listed"
        elif name in _INNER:
            for key in set(value or ()) - _INNER[name]:
                yield f"sphinx.config.{name}.{key} is no setting of this book"


def without_effect(book):
    """Yield a sentence for each key without effect; one that asks for nothing is let be.

    >>> list(without_effect({"html": {"favicon": "a.svg", "anouncement": "words", "extra_navbar": ""}}))
    ['html.anouncement is no setting of this book']
    """
    for key, value in flat(book):
        if key in BOTH_WAYS:
            always, why = BOTH_WAYS[key]
            if value not in (always, "", None):
                yield f"{key}: {value} is not supported: {why}"
        elif key in HONOURED | JUDGED_LATER or value in (None, "", False, [], {}):
            continue
        elif key in REASONS:
            yield f"{key} is not supported: {REASONS[key]}"
        else:
            yield f"{key} is no setting of this book"
    for name in ((book.get("sphinx") or {}).get("config") or {}).keys() & _OF_THEMES.keys():
        yield f"sphinx.config.{name} is not supported: {_OF_THEMES[name]}"


def flat(book):
    """Yield (key, value) with the keys of sections written as `html.favicon`."""
    sections = {key.partition(".")[0] for key in HONOURED if "." in key}
    for key, value in book.items():
        if key in sections and isinstance(value, dict):
            yield from ((f"{key}.{inner}", below) for inner, below in value.items())
        else:
            yield key, value
