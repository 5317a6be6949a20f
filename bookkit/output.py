"""Where an object is being shown: on a page of the built site, or live in a notebook."""

import os

SITE_VARIABLE = "BOOKKIT_SITE"


def on_site():
    """Return True in the kernels that the site's build starts."""
    return os.environ.get(SITE_VARIABLE) == "1"
