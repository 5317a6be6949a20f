"""The Sphinx extension: what stands between the chapters and a site that needs nothing else."""

from importlib import import_module
from importlib.util import find_spec

# In the order in which a page comes about.
PARTS = (
    "execution", "demos", "standalone", "equations", "folds", "reference", "topics", "progress",
    "assets", "pages", "head", "cards", "finish",
)  # fmt: skip


def setup(app):
    """Set up every part; each file of this package has one."""
    for part in PARTS:
        if find_spec(f"{__name__}.{part}"):
            import_module(f"{__name__}.{part}").setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
