"""The pages as they were read, for those who look through all of them."""

_kept = {}  # {page: (its environment, its tree)}


def as_read(env, page):
    """Return a page as it was read, loaded once for all who ask; nobody may change it.

    Sphinx loads it from the disk at every question, since it hands it to those who change it.
    It may be asked for when all pages are read (from `env-updated` on), not before.
    """
    owner, tree = _kept.get(page, (None, None))
    if owner is not env:
        tree = env.get_doctree(page)
        _kept[page] = (env, tree)
    return tree
