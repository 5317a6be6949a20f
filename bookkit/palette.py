"""The book's colours: one name, a shade for light pages and one for dark ones."""

# name -> (light, dark). Each shade has at least 3:1 contrast with its page, as graphics need.
COLOURS = {
    "p": ("#0072b2", "#56b4e9"),
    "q": ("#c44e00", "#ff9a4d"),
    "mix": ("#8a4f9e", "#c79bdc"),
    "good": ("#00795c", "#3fc39a"),
    "bad": ("#b3261e", "#ff8a80"),
    "muted": ("#6b7280", "#9aa4b2"),
    "line": ("#d0d5dd", "#3a4250"),
    "panel": ("#f7f8fa", "#1b2028"),
}


def light(name):
    """Return the light-page shade of a colour, the one matplotlib draws with.

    >>> light("p")
    '#0072b2'
    """
    return COLOURS[name][0]


_DARK_PAGE = 'html[data-theme="dark"]'
_DARK_NOTEBOOK = ':is([data-jp-theme-light="false"], .vscode-dark)'  # JupyterLab, VS Code


def stylesheet(dark_page=_DARK_PAGE):
    """Return the CSS that defines every colour as a variable, for light and dark pages.

    On paper every page is a light one.
    """
    bright, dark = (
        "".join(f"--it-{name}:{pair[i]};" for name, pair in COLOURS.items()) for i in (0, 1)
    )
    return f":root{{{bright}}}\n@media screen{{{dark_page}{{{dark}}}}}\n"


def notebook_stylesheet():
    """Return the same for the light and dark themes of a notebook."""
    return stylesheet(_DARK_NOTEBOOK)
