"""The Sphinx extension: what stands between the chapters and a site that needs nothing else."""

import gc
from importlib import import_module

# In the order in which a page comes about.
_PARTS = (
    "settings", "freshness", "execution", "anchors", "demos", "standalone", "equations", "folds", "reference",
    "topics", "listings", "self_tests", "decks", "progress", "citations", "spoken", "typography", "assets", "pages",
    "head", "footer", "python", "cards", "downloads", "offers", "finish",
)  # fmt: skip


def setup(app):
    """Set up every part; each file of this package has one."""
    # A build makes millions of objects that stay; to look for rubbish among them again and again
    # took a sixth of its time.
    gc.set_threshold(200_000, 50, 100)
    for part in _PARTS:
        import_module(f"{__name__}.{part}").setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
