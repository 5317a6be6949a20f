"""The addresses in a page that is shown at another place than it was written for."""

import re
from posixpath import normpath

# The attributes that hold addresses, but for what begins at the page, the host or elsewhere.
_RELATIVE = re.compile(
    r'(?<= )(href|src|action|data-src|data-variants)="(?![#/]|[a-z][a-z0-9+.-]*:)([^"#?]+)'
)


def moved(html, folder):
    """Return the HTML of a page with its relative addresses seen from the root of the site.

    >>> moved('<a href="entropy.html#x"><img src="../_static/a.svg"><a href="#y">', "chapters")
    '<a href="chapters/entropy.html#x"><img src="_static/a.svg"><a href="#y">'
    """
    return _RELATIVE.sub(lambda m: f'{m[1]}="{normpath(f"{folder}/{m[2]}")}', html)


def rooted(html, root):
    """Return the HTML of a page at the root of the site, for showing it at any depth.

    >>> rooted('<a href="index.html"><a href="https://example.org">', "/book/")
    '<a href="/book/index.html"><a href="https://example.org">'
    """
    return _RELATIVE.sub(lambda m: f'{m[1]}="{root}{m[2]}', html)
