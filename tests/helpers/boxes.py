"""What stands in a widget of a notebook."""


def descendants(widget):
    """Yield the widget and all within it, in the order of the page."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from descendants(child)


def pieces(widget, kind):
    """Return what is of a kind."""
    return [x for x in descendants(widget) if isinstance(x, kind)]
