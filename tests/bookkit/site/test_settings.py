"""A setting that Jupyter Book users know is honoured, or refused in words."""

from types import SimpleNamespace

import pytest
from jupyter_book.config import yaml_to_sphinx
from sphinx.errors import ConfigError

from bookkit.site.pages import buttons, launch_links
from bookkit.site.settings import check_builder, refused, take_addresses

REPOSITORY = {"url": "https://github.com/a/b", "branch": "trunk", "path_to_book": "book"}
USUAL = {"comments_config": {}, "nb_execution_mode": "cache", "nb_execution_excludepatterns": []}


def config(**keys):
    """What Sphinx is told when `_config.yml` holds these keys."""
    merged, replaced, _ = yaml_to_sphinx(keys)
    return SimpleNamespace(**{**USUAL, **merged, **replaced})


@pytest.mark.parametrize(
    ("key", "keys"),
    [
        ("html.analytics", {"html": {"analytics": {"google_analytics_id": "G-1"}}}),
        ("html.analytics", {"html": {"analytics": {"plausible_analytics_domain": "a.org"}}}),
        ("html.comments", {"html": {"comments": {"hypothesis": True}}}),
        ("html.comments", {"html": {"comments": {"utterances": {"repo": "a/b"}}}}),
        ("html.navbar_footer_text", {"html": {"navbar_footer_text": "words"}}),
        ("html.home_page_in_navbar", {"html": {"home_page_in_navbar": False}}),
        ("launch_buttons.thebe", {"launch_buttons": {"thebe": True}}),
        ("launch_buttons.jupyterhub_url", {"launch_buttons": {"jupyterhub_url": "h.org"}}),
        ("launch_buttons.deepnote_url", {"launch_buttons": {"deepnote_url": "d.org"}}),
        ("execute.execute_notebooks: off", {"execute": {"execute_notebooks": "off"}}),
        ("execute.execute_notebooks: auto", {"execute": {"execute_notebooks": "auto"}}),
        ("execute.exclude_patterns", {"execute": {"exclude_patterns": ["kl*"]}}),
    ],
)
def test_what_would_be_swallowed_is_refused_by_its_name(key, keys):
    (problem,) = refused(config(**keys))

    assert problem.startswith(key)


def test_a_button_without_a_repository_is_refused():
    problems = refused(SimpleNamespace(html_theme_options={"use_edit_page_button": True}, **USUAL))

    assert ["a button to the repository needs its address, repository.url"] == list(problems)


def test_what_is_usual_is_not_refused():
    """Also with every key that a Jupyter Book sets by itself."""
    keys = {
        "html": {
            "analytics": {"plausible_analytics_url": "https://plausible.io/js/script.js"},
            "comments": {"hypothesis": False, "utterances": False},
            "home_page_in_navbar": True,
            "announcement": "words",
            "extra_footer": "words",
            "favicon": "a.svg",
        },
        "launch_buttons": {"notebook_interface": "classic", "thebe": False, "deepnote_url": ""},
        "execute": {"execute_notebooks": "force", "exclude_patterns": []},
    }

    assert [] == list(refused(config(**keys)))


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml", "latex", "text"])
def test_a_builder_that_would_lose_the_demos_is_refused(builder):
    with pytest.raises(ConfigError, match=f"^builder {builder}: demos, exercises and figures"):
        check_builder(SimpleNamespace(builder=SimpleNamespace(name=builder)))


@pytest.mark.parametrize("builder", ["html", "linkcheck"])
def test_the_builders_of_the_book_are_not_refused(builder):
    check_builder(SimpleNamespace(builder=SimpleNamespace(name=builder)))


def test_the_buttons_lead_to_the_page_in_the_repository():
    switches = ("use_repository_button", "use_edit_page_button", "use_issues_button")
    options = config(repository=REPOSITORY, html=dict.fromkeys(switches, True)).html_theme_options

    assert [
        ("Repository", "https://github.com/a/b"),
        ("Edit this page", "https://github.com/a/b/edit/trunk/book/chapters/kl.ipynb"),
        ("Report an error", "https://github.com/a/b/issues/new?title=chapters/kl.ipynb"),
    ] == buttons(options, "chapters/kl.ipynb")


def test_the_launchers_can_be_elsewhere():
    places = {"colab_url": "https://c.org/", "binderhub_url": "https://b.org"}
    options = config(repository=REPOSITORY, launch_buttons=places).html_theme_options

    assert [
        ("Open in Colab", "https://c.org/github/a/b/blob/plain/kl.ipynb"),
        ("Open in Binder", "https://b.org/v2/gh/a/b/plain?urlpath=lab/tree/kl.ipynb"),
        ("Source", "https://github.com/a/b/blob/trunk/book/chapters/kl.ipynb"),
    ] == launch_links(options, "kl.ipynb", "chapters/kl.ipynb", "plain")


@pytest.mark.parametrize(
    ("wanted", "said"),
    [("https://a.org", ""), ("https://b.org", "https://b.org")],
)
def test_a_publisher_may_say_what_the_settings_leave_open(monkeypatch, wanted, said):
    """Where the site stands, and where its repository is; the settings come first."""
    monkeypatch.setenv("BOOK_ADDRESS", "https://a.org")
    monkeypatch.setenv("BOOK_REPOSITORY", "https://a.org")
    config = SimpleNamespace(html_baseurl=said, html_theme_options={"repository_url": said})
    take_addresses(None, config)

    assert wanted == config.html_baseurl == config.html_theme_options["repository_url"]
