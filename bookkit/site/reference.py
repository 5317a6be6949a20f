"""Reads docstrings, which are written for `help`, as the markup that Sphinx expects."""


def setup(app):
    app.connect("autodoc-process-docstring", keep_bars)


def keep_bars(app, what, name, obj, options, lines):
    """Let the bars of |p − q| and H(Y|X) be bars: as ASCII they would be markup.

    The sign for “divides” looks the same, and is as wide, so that tables keep their columns.
    """
    for i, line in enumerate(lines):
        if not line.lstrip().startswith((">>>", "...")):
            lines[i] = line.replace("|", "∣")
