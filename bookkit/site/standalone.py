"""A page for each demo alone: full width, for a projector or a frame in another page."""

FOLDER = "demos"


def setup(app):
    app.connect("html-collect-pages", pages)


def pages(app):
    """Yield one page for each demo of the book."""
    for spec, docname in app.bookkit_demo_pages.items():
        name = name_of(spec)
        chapter = app.builder.get_relative_uri(f"{FOLDER}/{name}", docname)
        links = (
            f'<a href="{chapter}#demo-{name}">In its chapter</a>'
            '<a data-here href="#">Link to this state</a>'
            '<button type="button" data-copy hidden>Copy the link</button>'
        )
        context = {
            "title": f"Demo: {name.replace('-', ' ')}",
            "body": app.bookkit_baked[spec].placed("../_demos/", links),
        }
        yield f"{FOLDER}/{name}", context, "demo.html"


def name_of(spec):
    """Return the name of a demo, and of its page.

    >>> name_of("itlib_book.entropy.demos:demo-pixels")
    'pixels'
    """
    return spec.rpartition(":demo-")[2]


def link_to(spec, up):
    """Return the link from a chapter to the page of a demo."""
    return f'<a data-alone href="{up}{FOLDER}/{name_of(spec)}.html">Full width</a>'
