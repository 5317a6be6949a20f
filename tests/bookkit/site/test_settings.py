"""A setting that Jupyter Book users know is honoured, or refused in words."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from jupyter_book.config import PATH_JSON_SCHEMA, yaml_to_sphinx
from sphinx.application import Sphinx
from sphinx.errors import ConfigError
from sphinx.util.docutils import docutils_namespace

from bookkit.output import SITE_VARIABLE
from bookkit.site import alone
from bookkit.site.alone import OPTIONS, SETTINGS
from bookkit.site.keys import (
    BOTH_WAYS,
    HONOURED,
    JUDGED_LATER,
    REASONS,
    ignored,
    undeclared,
    without_effect,
)
from bookkit.site.pages import buttons, launch_links
from bookkit.site.settings import check_builder, refused, take_addresses

ROOT = Path(__file__).parents[3]
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


@pytest.mark.parametrize(
    ("key", "book"),
    [
        ("html.anouncement is no setting of this book", {"html": {"anouncement": "words"}}),
        ("theme is no setting of this book", {"theme": "other"}),
        (
            "html.extra_navbar is not supported: use html.extra_footer",
            {"html": {"extra_navbar": "w"}},
        ),
        ("execute.cache is not supported", {"execute": {"cache": "folder"}}),
        ("execute.run_in_temp is not supported", {"execute": {"run_in_temp": True}}),
        ("parse.myst_enable_extensions is not", {"parse": {"myst_enable_extensions": ["amsmath"]}}),
        ("sphinx.extra_extensions is not", {"sphinx": {"extra_extensions": ["sphinx_design"]}}),
        ("sphinx.local_extensions is not", {"sphinx": {"local_extensions": {"own": "folder"}}}),
        ("sphinx.config.html_css_files is", {"sphinx": {"config": {"html_css_files": ["a.css"]}}}),
        ("latex.latex_engine is not supported", {"latex": {"latex_engine": "xelatex"}}),
        (
            "launch_buttons.notebook_interface: classic is not supported",
            {"launch_buttons": {"notebook_interface": "classic"}},
        ),
        ("html.use_multitoc_numbering: False", {"html": {"use_multitoc_numbering": False}}),
    ],
)
def test_a_key_without_effect_is_refused_by_its_name(key, book):
    (problem,) = without_effect(book)

    assert problem.startswith(key)


def test_every_key_of_jupyter_book_is_honoured_or_refused_by_its_name():
    """Its own list of keys, from the schema by which it checks them."""
    schema = json.loads(PATH_JSON_SCHEMA.read_text("utf-8"))["properties"]
    keys = {
        f"{key}.{inner}" if "properties" in section else key
        for key, section in schema.items()
        for inner in section.get("properties", [""])
    }
    swallowed_by_itself = {"parse.myst_dmath_double_inline"}

    assert swallowed_by_itself == keys - HONOURED - JUDGED_LATER - REASONS.keys() - BOTH_WAYS.keys()


def test_a_key_that_is_honoured_is_honoured_without_jupyter_book_too():
    """But for those that only Jupyter Book has, or that it does not pass on either."""
    elsewhere = {"exclude_patterns", "sphinx.config", "latex.use_jupyterbook_latex"}
    passed_on = {*SETTINGS, *OPTIONS}

    assert elsewhere == {key for key in HONOURED if not passed_on & {key, key.partition(".")[0]}}


@pytest.fixture(scope="module")
def declared(tmp_path_factory):
    """All settings that Sphinx and the extensions of this book declare."""
    folder = tmp_path_factory.mktemp("sphinx")
    told = alone.settings(yaml.safe_load((ROOT / "_config.yml").read_text("utf-8")))
    with pytest.MonkeyPatch.context() as patch, docutils_namespace():
        patch.setenv(SITE_VARIABLE, "")  # which the extension sets for the notebooks that it runs
        return Sphinx(ROOT, None, folder, folder, "html", told, status=None).config


def test_the_settings_of_this_book_all_have_an_effect(declared):
    assert [] == list(ignored(ROOT, declared))


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ({"bookkit_pyton": {}}, "bookkit_pyton"),
        ({"myst_enable_extension": []}, "myst_enable_extension"),
        ({"bookkit_python": {"packages": [], "frist": ""}}, "bookkit_python.frist"),
        ({"bookkit_install": {"folders": ""}}, "bookkit_install.folders"),
    ],
)
def test_a_misspelt_setting_of_an_extension_is_refused_by_its_name(settings, name, declared):
    """Sphinx takes it without a word, and what was wanted is not there."""
    (problem,) = undeclared(settings, declared)

    assert problem.startswith(f"sphinx.config.{name} is no setting of ")
