"""The built site, in a real browser: what every reader relies on, on every page."""

import os
import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from playwright.sync_api import expect
from site_pages import CONTENT_PAGES, PAGES, SITE, Record, broken_links, read, served, tags

MOST_BYTES = 400_000  # of a first view, gzipped
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = Path(find_spec("axe_playwright_python").origin).with_name("axe.min.js")

every_page = pytest.mark.parametrize("page", PAGES)
every_content_page = pytest.mark.parametrize("page", CONTENT_PAGES)


@pytest.fixture(scope="module", params=["http", "file"])
def base(request):
    """The address of the site, over HTTP and on disk."""
    if request.param == "file":
        yield SITE.as_uri() + "/"
    else:
        with served(SITE) as address:
            yield address


@pytest.fixture(scope="module")
def disk():
    """The address of the site on disk."""
    return SITE.as_uri() + "/"


@pytest.fixture
def visit(browser):
    """Open a page: visit(address, width=…, theme=…, offline=…) gives the tab."""
    contexts = []

    def opened(address, width=1280, theme="light", prepare=lambda tab: None, **options):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=theme, **options
        )
        contexts.append(context)
        tab = context.new_page()
        prepare(tab)
        tab.goto(address)
        return tab

    yield opened
    for context in contexts:
        context.close()


def read_to_the_end(tab):
    """Scroll through the page as a reader does, so that everything that waits is loaded."""
    tab.wait_for_load_state()
    tab.evaluate(
        """async () => {
            for (let y = 0; y < document.documentElement.scrollHeight; y += 400) {
                scrollTo({ top: y, behavior: "instant" });
                await new Promise(requestAnimationFrame);
            }
        }"""
    )
    expect(tab.locator("figure.demo:not([data-ready])")).to_have_count(0)


def two_frames(tab):
    """Wait until what follows from a change of the layout has happened."""
    tab.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def unfold(tab):
    """Open everything that is folded."""
    tab.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")


def test_the_site_is_built():
    """The other tests of this file look at _build/html."""
    if not PAGES and not os.environ.get("CI"):
        pytest.skip("no site: `make book` builds it")

    assert PAGES


# --- alone ---


@every_page
def test_a_page_asks_nobody_else_and_complains_of_nothing(page, base, visit):
    """Over HTTP and from disk, to the last line and with every demo loaded."""
    records = []
    tab = visit(base + page, prepare=lambda tab: records.append(Record(tab, base)))
    tab.wait_for_selector("h1")  # the page at the root leads on
    read_to_the_end(tab)

    assert [] == records[0].strangers()
    assert [] == records[0].complaints


@every_content_page
def test_a_page_works_without_a_network(page, disk, visit):
    """From disk and offline: text, fonts and demos are there."""
    tab = visit(disk + page, offline=True)
    read_to_the_end(tab)

    assert tab.evaluate("[...document.fonts].every(f => f.status !== 'error')")
    assert tab.locator("h1").is_visible()


@every_content_page
def test_a_page_has_a_strict_policy(page):
    """No inline script but the one whose hash is given, no inline style, no evaluation."""
    (policy,) = [m["content"] for m in tags(page).named("meta") if "http-equiv" in m]

    assert "default-src 'none'" in policy
    assert not re.search("unsafe|https?:|\\*", policy)


@every_content_page
def test_a_page_has_no_inline_style_and_no_inline_handler(page):
    """The policy would refuse them, silently."""
    attributes = {name for _, attributes in tags(page).tags for name in attributes}

    assert [] == sorted(n for n in attributes if n == "style" or n.startswith("on"))


# --- sound ---


def test_the_reference_names_every_function_at_the_head_of_its_group():
    """What each group holds can be seen before it is read."""
    page = read("chapters/reference.html")
    lists = re.findall(r'<dl class="[^"]*summary">(.*?)</dl>', page, re.DOTALL)
    named = [ident for part in lists for ident in re.findall(r'href="#(itlib\.\w+)"', part)]

    assert re.findall(r'<dt [^>]*id="(itlib\.\w+)"', page) == named


@every_page
def test_links_within_the_book_lead_somewhere(page):
    """To a file that is there, and to an anchor that is in it."""
    assert [] == broken_links(page)


@every_content_page
def test_ids_are_unique(page):
    """A link to an id leads to one place."""
    ids = tags(page).ids()

    assert [] == sorted({name for name in ids if ids.count(name) > 1})


@every_content_page
def test_a_page_says_what_it_is(page):
    """Language, title, description, and one heading of the first level."""
    assert ["en"] == [html.get("lang") for html in tags(page).named("html")]
    assert 1 == len(tags(page).named("h1"))
    assert re.search("<title>[^<]{4,}</title>", read(page))
    (description,) = [
        m["content"] for m in tags(page).named("meta") if m.get("name") == "description"
    ]
    assert 10 < len(description) < 210


def test_titles_are_unique():
    """Each page has its own name in tabs, histories and search engines."""
    titles = [re.search("<title>(.*?)</title>", read(page))[1] for page in CONTENT_PAGES]

    assert len(titles) == len(set(titles))


@pytest.mark.parametrize("page", [page for page in CONTENT_PAGES if "<details" in read(page)])
def test_a_printed_page_hides_nothing(page, disk, visit):
    """On paper nothing can be unfolded, and there is nothing to click."""
    tab = visit(disk + page)
    tab.emulate_media(media="print")
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")

    assert 0 == tab.locator("details:not([open])").count()
    assert not tab.locator("header.top").is_visible()


# --- comfortable ---


@every_content_page
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(page, theme, disk, visit):
    """WCAG 2.2 AA and good practice, with everything unfolded."""
    tab = visit(disk + page, theme=theme)
    read_to_the_end(tab)
    unfold(tab)
    tab.evaluate(AXE.read_text("utf-8"))
    # All that axe finds in order would be megabytes; only what it complains of is asked for.
    violations = tab.evaluate(
        """tags => axe.run(document, { resultTypes: ["violations"], runOnly:
            { type: "tag", values: tags } }).then(results => results.violations)""",
        WCAG,
    )

    found = [
        f"{violation['id']}: {node['html'][:200]} {node.get('failureSummary', '')[:300]}"
        for violation in violations
        for node in violation["nodes"]
    ]
    assert [] == found


@every_content_page
def test_a_narrow_page_does_not_scroll_sideways(page, disk, visit):
    """At 360 pixels, unfolded; wide formulas and tables scroll in their own boxes."""
    tab = visit(disk + page, width=360)
    read_to_the_end(tab)
    unfold(tab)

    assert 360 == tab.evaluate("document.documentElement.scrollWidth")


@every_content_page
def test_what_scrolls_sideways_can_be_focused(page, disk, visit):
    """A reader without a mouse reaches the end of every formula and every line of code."""
    tab = visit(disk + page, width=360)
    unfold(tab)
    two_frames(tab)
    stuck = tab.evaluate(
        """[...document.querySelectorAll("article *")].filter(box =>
            box.scrollWidth > box.clientWidth + 1 && box.clientWidth
            && ["auto", "scroll"].includes(getComputedStyle(box).overflowX)
            && box.tabIndex < 0 && !box.querySelector("a, button, input, select, summary"))
           .map(box => box.outerHTML.slice(0, 120))"""
    )

    assert [] == stuck


@every_content_page
def test_nothing_moves_when_fonts_and_demos_arrive(page, visit):
    """No layout shift, from the first paint to the end of the page."""
    watch = """globalThis.shifts = [];
        new PerformanceObserver(list => list.getEntries().forEach(entry => shifts.push(entry.value)))
            .observe({ type: "layout-shift", buffered: true });"""
    with served(SITE) as address:
        tab = visit(address + page, prepare=lambda tab: tab.add_init_script(watch))
        read_to_the_end(tab)

    assert sum(tab.evaluate("shifts")) < 0.005


@every_content_page
def test_a_first_view_is_light(page, visit):
    """Everything that loads before the reader scrolls."""
    records = []
    with served(SITE) as address:
        tab = visit(address + page, prepare=lambda tab: records.append(Record(tab, address)))
        tab.wait_for_load_state("networkidle")

    assert records[0].weight() < MOST_BYTES


@every_content_page
def test_a_page_can_be_read_without_scripts(page, disk, visit):
    """Text, formulas and pictures are in the page itself."""
    tab = visit(disk + page, java_script_enabled=False)

    assert tab.locator("h1").is_visible()
    assert all(picture.is_visible() for picture in tab.locator("figure.demo svg").all())


# --- useful ---


def test_search_finds_a_phrase(base, visit):
    """Words in any order, hyphens and capitals aside; each result leads to its section."""
    tab = visit(base + CONTENT_PAGES[0])
    tab.locator("header input[type=search]").fill("Kullback leibler")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#results li")
    results = tab.locator("#results a").all()

    assert tab.url.startswith(base + "search.html")
    assert results
    assert tab.locator("#results mark").first.inner_text().lower() in ("kullback", "leibler")
    results[0].click()
    tab.wait_for_selector("article h1")
    assert "leibler" in tab.locator("article").inner_text().lower()


def test_search_says_when_it_finds_nothing(disk, visit):
    """Markup in a query is text."""
    tab = visit(disk + "search.html?q=%3Cimg%20src=x%20onerror=alert(1)%3E")

    assert "No sections" == tab.locator("#found").inner_text()
    assert 0 == tab.locator("#results *").count()


def test_the_theme_follows_the_system_and_the_reader(visit):
    """The system's choice first, the reader's once made, on every later page."""
    with served(SITE) as address:
        tab = visit(address + CONTENT_PAGES[0], theme="dark")
        assert "dark" == tab.evaluate("document.documentElement.dataset.theme")

        tab.locator("button.theme").click()
        assert "light" == tab.evaluate("document.documentElement.dataset.theme")

        tab.goto(address + CONTENT_PAGES[-1])
        assert "light" == tab.evaluate("document.documentElement.dataset.theme")


def test_the_first_key_offers_to_skip_to_the_text(disk, visit):
    """Keyboard readers need not pass the contents on every page."""
    tab = visit(disk + CONTENT_PAGES[0])
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")

    assert "main" == tab.evaluate("document.activeElement.id")


def test_the_contents_open_on_a_phone(disk, visit):
    """A button shows them, Escape hides them."""
    tab = visit(disk + CONTENT_PAGES[0], width=360)
    contents = tab.locator("#contents")
    assert not contents.is_visible()

    tab.locator("button.menu").click()
    assert contents.is_visible()

    tab.keyboard.press("Escape")
    assert not contents.is_visible()


def test_a_section_is_found_from_the_contents_on_a_phone(disk, visit):
    """They show the sections of the page that is read, and make room for the one that is chosen."""
    tab = visit(disk + "chapters/entropy.html", width=360)
    tab.locator("button.menu").click()
    tab.locator("#contents").get_by_role("link", name="Exercises").click()

    expect(tab.locator("#contents")).to_be_hidden()
    expect(tab.get_by_role("heading", name="Exercises")).to_be_in_viewport()


NOTEBOOKS = [page for page in CONTENT_PAGES if 'class="cell_input' in read(page)]


@pytest.mark.parametrize("page", NOTEBOOKS)
def test_code_can_be_copied(page, visit):
    """The button gives the code, without prompts and without its own label."""
    with served(SITE) as address:
        tab = visit(address + page, permissions=["clipboard-read", "clipboard-write"])
        unfold(tab)
        block = tab.locator(".cell_input .highlight").first
        block.hover()
        block.locator("button.copy").click()
        tab.wait_for_selector("button.copy:has-text('Copied')")

        assert block.locator("pre").inner_text().strip() == tab.evaluate(
            "navigator.clipboard.readText()"
        )


@pytest.mark.parametrize("page", NOTEBOOKS)
def test_a_chapter_offers_its_notebook(page):
    """The file that JupyterLab opens, as git holds it."""
    links = [a["href"] for a in tags(page).named("a") if "download" in a]

    assert ["../_sources/" + page.replace(".html", ".ipynb")] == links
