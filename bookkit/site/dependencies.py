"""The picture of how the chapters depend on each other, drawn from their lines "You need"."""

import textwrap
from html import escape

_WIDTH, _HEIGHT = 128, 62  # of a box, in units of the picture
_ACROSS, _DOWN = 12, 40  # between boxes
_LINE = 13


def layers(needs):
    """Return the chapters in rows: each stands below all that it needs.

    >>> layers({"a": [], "b": ["a"], "c": ["a"], "d": ["b", "c"]})
    [['a'], ['b', 'c'], ['d']]
    """
    depth = {}

    def below(page, above=()):
        if page in above:
            raise ValueError(f"{page} needs itself, by way of {', '.join(above)}")
        if page not in depth:
            depth[page] = 1 + max((below(x, (*above, page)) for x in needs[page]), default=-1)
        return depth[page]

    for page in needs:
        below(page)
    return [
        [page for page in needs if depth[page] == row] for row in range(max(depth.values()) + 1)
    ]


def direct(needs):
    """Return the needs without those that follow from others.

    >>> direct({"a": [], "b": ["a"], "c": ["a", "b"]})
    {'a': [], 'b': ['a'], 'c': ['b']}
    """

    def all_above(page):
        return set().union(*({x} | all_above(x) for x in needs[page]))

    return {
        page: [x for x in above if not any(x in all_above(y) for y in above if y != x)]
        for page, above in needs.items()
    }


def needs_of(chapters):
    """Return {page: pages of earlier chapters that it links as needed}."""
    pages = {chapter.page for chapter in chapters}
    return {c.page: [x for x in dict.fromkeys(c.needs) if x in pages - {c.page}] for c in chapters}


def picture(chapters, address):
    """Return the picture: a box with a link for each chapter, a line for each need.

    >>> picture([], str)  # a book whose chapters have no numbers
    ''
    """
    if not chapters:
        return ""
    needs = direct(needs_of(chapters))
    rows = layers(needs)
    widest = max(map(len, rows))
    width = widest * (_WIDTH + _ACROSS) - _ACROSS
    places = {
        page: (
            (width - len(row) * (_WIDTH + _ACROSS) + _ACROSS) / 2 + at * (_WIDTH + _ACROSS),
            y * (_HEIGHT + _DOWN),
        )
        for y, row in enumerate(rows)
        for at, page in enumerate(row)
    }
    lines = "".join(
        _line(places[above], places[page]) for page, many in needs.items() for above in many
    )
    boxes = "".join(_box(chapter, address, *places[chapter.page]) for chapter in chapters)
    height = len(rows) * (_HEIGHT + _DOWN) - _DOWN
    return (
        '<div class="table-box" tabindex="0"><svg class="dependencies" '
        f'viewBox="-2 -2 {width + 4:g} {height + 4:g}">\n{lines}{boxes}</svg></div>\n'
    )


def in_words(chapters, address):
    """Return what each chapter needs as a list, folded."""
    titles = {chapter.page: chapter for chapter in chapters}
    needs = needs_of(chapters)

    def link(page):
        chapter = titles[page]
        return f'<a href="{address(page)}">{chapter.number} {escape(chapter.title)}</a>'

    items = "".join(
        f"<li>{link(page)} needs {', '.join(map(link, above)) or 'no other chapter'}</li>\n"
        for page, above in needs.items()
    )
    return f"<details><summary>The same in words</summary>\n<ul>{items}</ul></details>\n"


def _line(above, below):
    x0, y0 = above[0] + _WIDTH / 2, above[1] + _HEIGHT
    x1, y1 = below[0] + _WIDTH / 2, below[1]
    middle = (y1 - y0) / 2
    return f'<path d="M{x0:g} {y0:g}c0 {middle:g} {x1 - x0:g} {y1 - y0 - middle:g} {x1 - x0:g} {y1 - y0:g}"/>\n'


def _box(chapter, address, x, y):
    lines = textwrap.wrap(f"{chapter.number} {chapter.title}", 21, max_lines=4, placeholder=" …")
    first = y + _HEIGHT / 2 - _LINE * (len(lines) - 1) / 2 + 4
    text = "".join(
        f'<tspan x="{x + _WIDTH / 2:g}" y="{first + _LINE * i:g}">{escape(line)}</tspan>'
        for i, line in enumerate(lines)
    )
    return (
        f'<a href="{address(chapter.page)}"><rect x="{x:g}" y="{y:g}" width="{_WIDTH}" '
        f'height="{_HEIGHT}" rx="6"/><text>{text}</text></a>\n'
    )
