"""Which settings of a Jupyter Book this theme honours; what it would swallow it refuses in words."""

import os

from sphinx.errors import ConfigError

from bookkit.site import keys

_BUILDERS = {"html", "linkcheck"}
_MODES = {"cache", "force"}
_BUTTONS = ("use_repository_button", "use_edit_page_button", "use_issues_button")
_COUNTERS = ("google_analytics_id", "plausible_analytics_domain")
_ALONE = "a page of this book asks no other host for anything and reports to nobody"
_LAUNCHERS = {
    "jupyterhub_url": "the chapters need packages that a hub may lack; Binder and Colab install them",
    "deepnote_url": "the chapters need packages that Deepnote lacks; Binder and Colab install them",
    "thebe": _ALONE,
}


def setup(app):
    app.connect("config-inited", take_addresses, priority=100)
    app.connect("config-inited", check)
    app.connect("builder-inited", check_builder)


def take_addresses(app, config):
    """Let a publisher say where the book stands, where `_config.yml` leaves it open.

    So a copy of the repository is published under its own address, and no file is changed.
    """
    if not config.html_baseurl:
        config.html_baseurl = os.environ.get("BOOK_ADDRESS", "")
    options = config.html_theme_options
    if not options.get("repository_url"):
        options["repository_url"] = os.environ.get("BOOK_REPOSITORY", "")


def check(app, config):
    """Refuse what would be ignored; all of it at once."""
    if problems := [*refused(config), *keys.ignored(app.srcdir, config)]:
        raise ConfigError("_config.yml: " + "; ".join(problems))


def check_builder(app):
    if app.builder.name not in _BUILDERS:
        raise ConfigError(
            f"builder {app.builder.name}: demos, exercises and figures would be missing; "
            "`jupyter-book build .` makes the site, and `make pdf` prints it"
        )


def refused(config):
    """Yield a sentence for each setting that this book does not honour."""
    options = config.html_theme_options
    if any((options.get("analytics") or {}).get(counter) for counter in _COUNTERS):
        yield f"html.analytics is not supported: {_ALONE}"
    if any((config.comments_config or {}).values()):
        yield f"html.comments is not supported: {_ALONE}"
    if options.get("navbar_footer_text"):
        yield "html.navbar_footer_text is not supported: use html.extra_footer"
    if options.get("home_page_in_toc") is False:
        yield "html.home_page_in_navbar: false is not supported: the contents begin with it"
    for launcher, why in _LAUNCHERS.items():
        if (options.get("launch_buttons") or {}).get(launcher):
            yield f"launch_buttons.{launcher} is not supported: {why}"
    if config.nb_execution_mode not in _MODES:
        yield (
            f"execute.execute_notebooks: {config.nb_execution_mode} would leave out demos, "
            "exercises and figures, which notebooks make when they run; use cache or force"
        )
    if config.nb_execution_excludepatterns:
        yield (
            "execute.exclude_patterns would leave out the demos, exercises and figures of the "
            "notebooks that do not run"
        )
    if any(options.get(button) for button in _BUTTONS) and not options.get("repository_url"):
        yield "a button to the repository needs its address, repository.url"
