"""The Sphinx extension: what stands between the chapters and a site that needs nothing else."""

from importlib import import_module

# In the order in which a page comes about.
PARTS = (
    "settings", "freshness", "execution", "demos", "standalone", "equations", "folds", "reference",
    "topics", "listings", "decks", "progress", "spoken", "typography", "assets", "pages", "head", "python", "cards", "finish",
)  # fmt: skip


def setup(app):
    """Set up every part; each file of this package has one."""
    for part in PARTS:
        import_module(f"{__name__}.{part}").setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
