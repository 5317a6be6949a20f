"""Citations: what sets them is looked for once."""

from importlib.util import find_spec


def setup(app):
    app.connect("config-inited", find_once)


def find_once(app, config):
    """Register what sets citations: at each, pybtex would look through all packages for it."""
    if "bibtex_default_style" not in config or not find_spec("pybtex"):
        return
    from pybtex.plugin import find_plugin, register_plugin

    used = {"pybtex.backends": "plaintext", "pybtex.style.formatting": config.bibtex_default_style}
    for group, name in used.items():
        register_plugin(group, name, find_plugin(group, name), force=True)
