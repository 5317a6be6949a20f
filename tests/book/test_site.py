"""The built site, in a real browser: what every reader relies on, on every page.

A page is visited once a situation (from a server, from disk, with large text, without scripts), and all that can be asked there is asked then.
"""

import os
import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from playwright.sync_api import expect
from site_pages import (
    FRONT,
    PAGES,
    POLICY,
    PYTHON,
    SITE,
    Record,
    broken_links,
    directives,
    read,
    served,
    tags,
)

from bookkit.browser import launch

MOST_BYTES = 400_000  # of a first view, gzipped
MOST_TO_SEARCH = 700_000  # the words of all chapters
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = Path(find_spec("axe_playwright_python").origin).with_name("axe.min.js")
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 800}
LARGE = 32  # pixels: a reader's letters at twice the usual size
# One page of each kind: what differs in the dark are colours, and these have them all.
KINDS = [FRONT, "search.html"] + [
    f"chapters/{name}.html" for name in ("entropy", "reference", "glossary", "map_of_quantities")
]
NOTEBOOKS = [page for page in PAGES if 'class="cell_input' in read(page)]

every_page = pytest.mark.parametrize("page", PAGES)
of_each_kind = pytest.mark.parametrize("page", KINDS)
# The page at the root says what the front page says.
every_text = pytest.mark.parametrize("page", [page for page in PAGES if page != "index.html"])


@pytest.fixture(scope="session")
def address():
    """The address of the site, served as any host would serve it."""
    with served(SITE) as address:
        yield address


@pytest.fixture(scope="session")
def disk():
    """The address of the site on disk."""
    return SITE.as_uri() + "/"


@pytest.fixture(scope="session")
def large_text(browser):
    """A browser whose reader has set letters of twice the usual size."""
    found = launch(browser.browser_type, f"--blink-settings=defaultFontSize={LARGE}")
    yield found
    found.close()


@pytest.fixture
def visit(browser):
    """Open a page: visit(address, width=…, theme=…, offline=…) gives the tab."""
    contexts = []

    def opened(
        address, width=1280, theme="light", prepare=lambda tab: None, within=browser, **options
    ):
        context = within.new_context(
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
    tab.evaluate(
        """async () => {
            for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
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


# What scrolls sideways in its own box, and holds nothing that the Tab key reaches.
STUCK = """() => [...document.querySelectorAll("article *")].filter(box =>
    box.scrollWidth > box.clientWidth + 1 && box.clientWidth
    && ["auto", "scroll"].includes(getComputedStyle(box).overflowX)
    && box.tabIndex < 0 && !box.querySelector("a, button, input, select, summary"))
   .map(box => box.outerHTML.slice(0, 120))"""

# Of words in code, formulas and emphasis one of each kind is enough: those with the
# same elements and classes around them have the same colours, and axe looks at each for long.
ONE_OF_EACH = """() => {
    const seen = new Set();
    const kind = (element) => element.localName === "article" ? ""
        : `${kind(element.parentElement)} ${element.localName}.${element.className}`;
    const parts = document.querySelectorAll("article :is(math, math *, em, strong, cite, pre span, dt span, code span)");
    for (const part of [...parts].reverse()) {  // what is within comes before what is around it
        if (part.childElementCount) continue;
        const name = kind(part);
        if (seen.has(name)) part.replaceWith(part.textContent);
        seen.add(name);
    }
}"""


# Exercises of one kind, and cells, come from one template: of each the first few are looked at.
FIRST_OF_EACH = """() => {
    const seen = {};
    for (const part of document.querySelectorAll("article :is(form.exercise, .cell[data-cell])")) {
        const kind = part.dataset.kind ?? "cell";
        seen[kind] = (seen[kind] ?? 0) + 1;
        if (seen[kind] > 4) part.remove();
    }
}"""


def found_by_axe(tab):
    """Return what axe complains of: WCAG 2.2 AA and good practice."""
    tab.evaluate(FIRST_OF_EACH)
    tab.evaluate(ONE_OF_EACH)
    tab.evaluate(AXE.read_text("utf-8"))
    # All that axe finds in order would be megabytes; only what it complains of is asked for.
    violations = tab.evaluate(
        """tags => axe.run(document, { resultTypes: ["violations"], runOnly:
            { type: "tag", values: tags } }).then(results => results.violations)""",
        WCAG,
    )
    return [
        f"{violation['id']}: {node['html'][:200]} {node.get('failureSummary', '')[:300]}"
        for violation in violations
        for node in violation["nodes"]
    ]


def test_the_site_is_built():
    """The other tests of this file look at _build/html."""
    if not PAGES and not os.environ.get("CI"):
        pytest.skip("no site: `make book` builds it")

    assert PAGES


# --- every page, visited ---


@every_page
def test_a_page_is_served_alone_at_rest_and_light(page, address, visit):
    """It asks nobody else, complains of nothing, moves nothing when fonts and demos arrive; its
    first view is light, and its code can be copied, without prompts."""
    records = []
    watch = """globalThis.shifts = [];
        new PerformanceObserver(list => list.getEntries().forEach(entry => shifts.push(entry.value)))
            .observe({ type: "layout-shift", buffered: true });"""

    def prepare(tab):
        tab.add_init_script(watch)
        records.append(Record(tab, address))

    clipboard = ["clipboard-read", "clipboard-write"]
    tab = visit(address + page, prepare=prepare, permissions=clipboard)
    two_frames(tab)
    weight = records[0].weight()
    read_to_the_end(tab)

    assert [] == records[0].strangers()
    assert [] == records[0].complaints
    assert sum(tab.evaluate("shifts")) < 0.005
    assert weight < (MOST_TO_SEARCH if page == "search.html" else MOST_BYTES)

    unfold(tab)
    block = tab.locator(".cell_input .highlight >> visible=true").first
    if page in NOTEBOOKS and block.count():
        block.hover()
        block.locator("button.copy").click()
        expect(tab.locator("button.copy:has-text('Copied')")).to_have_count(1)

        assert block.locator("pre").inner_text().strip() == tab.evaluate(
            "navigator.clipboard.readText()"
        )


@every_text
def test_a_page_works_from_disk_without_a_network_on_paper_on_a_phone_and_for_everybody(
    page, disk, visit
):
    """Fonts and demos are there; print hides nothing and offers nothing to click; at 360 pixels,
    unfolded, nothing scrolls sideways but wide formulas, code and tables, in their own boxes, whose
    end is reached without a mouse; axe finds nothing."""
    records = []
    tab = visit(disk + page, offline=True, prepare=lambda tab: records.append(Record(tab, disk)))
    read_to_the_end(tab)

    assert [] == records[0].strangers()
    assert [] == records[0].complaints
    assert tab.evaluate("[...document.fonts].every(f => f.status !== 'error')")

    tab.emulate_media(media="print")
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")

    assert 0 == tab.locator("details:not([open])").count()
    assert not tab.locator("header.top").is_visible()

    tab.emulate_media(media="screen")
    tab.set_viewport_size(PHONE)
    two_frames(tab)

    assert PHONE["width"] == tab.evaluate("document.documentElement.scrollWidth")
    assert [] == tab.evaluate(STUCK)

    tab.set_viewport_size(DESKTOP)

    assert [] == found_by_axe(tab)


@pytest.mark.parametrize("page", [FRONT, "chapters/entropy.html"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_a_page_as_it_loads(page, theme, disk, visit):
    """Demos that are not near yet wait for their data."""
    tab = visit(disk + page, theme=theme)
    two_frames(tab)
    unfold(tab)

    assert [] == found_by_axe(tab)


@of_each_kind
def test_axe_finds_nothing_in_the_dark(page, disk, visit):
    """The colours of the dark are the same on every page of a kind."""
    tab = visit(disk + page, theme="dark")
    read_to_the_end(tab)
    unfold(tab)

    assert [] == found_by_axe(tab)


@of_each_kind
def test_a_page_fits_a_phone_whose_letters_are_large(page, disk, visit, large_text):
    """At twice the usual size nothing scrolls sideways, from 320 pixels on. (Firefox looks at every
    page so.)"""
    tab = visit(disk + page, width=320, within=large_text)
    unfold(tab)
    two_frames(tab)

    assert tab.evaluate("matchMedia('(width: 10rem)').matches")  # the letters are large
    assert 320 == tab.evaluate("document.documentElement.scrollWidth")


@of_each_kind
def test_a_page_can_be_read_without_scripts(page, disk, visit):
    """Text, formulas and pictures are in the page itself."""
    tab = visit(disk + page, java_script_enabled=False)

    assert tab.locator("h1").is_visible()
    assert all(picture.is_visible() for picture in tab.locator("figure.demo svg").all())


# --- every page, read as a file ---


@every_page
def test_a_page_has_the_policy_directive_by_directive(page):
    """No inline script but the one whose hash is given, no inline style, no evaluation."""
    (policy,) = [m["content"] for m in tags(page).named("meta") if "http-equiv" in m]

    runs = "data-cell=" in read(page) or 'data-kind="code"' in read(page)

    assert {**POLICY, **(PYTHON if runs else {})} == directives(policy)


@every_page
def test_a_page_has_no_inline_style_and_no_inline_handler(page):
    """The policy would refuse them, silently."""
    attributes = {name for _, attributes in tags(page).tags for name in attributes}

    assert [] == sorted(n for n in attributes if n == "style" or n.startswith("on"))


@every_page
def test_links_within_the_book_lead_somewhere(page):
    """To a file that is there, and to an anchor that is in it."""
    assert [] == broken_links(page)


@every_page
def test_ids_are_unique(page):
    """A link to an id leads to one place."""
    ids = tags(page).ids()

    assert [] == sorted({name for name in ids if ids.count(name) > 1})


@every_page
def test_a_page_says_what_it_is(page):
    """Language, title, description, icon, and one heading of the first level."""
    assert ["en"] == [html.get("lang") for html in tags(page).named("html")]
    assert 1 == len(tags(page).named("h1"))
    assert re.search("<title>[^<]{4,}</title>", read(page))
    assert 1 == len([link for link in tags(page).named("link") if link["rel"] == "icon"])
    (description,) = [
        m["content"] for m in tags(page).named("meta") if m.get("name") == "description"
    ]
    assert 10 < len(description) < 210


@every_page
def test_what_a_page_loads_is_named_by_its_content(page):
    """So that a cache may keep it for ever."""
    loaded = [link["href"] for link in tags(page).named("link") if link["rel"] != "canonical"]
    loaded += [script["src"] for script in tags(page).named("script") if "src" in script]
    loaded += [figure["data-src"] for figure in tags(page).named("figure") if "data-src" in figure]

    assert loaded
    assert [] == [name for name in loaded if not re.search(r"[.-][0-9a-f]{8,}\.\w+$", name)]


@every_page
def test_a_page_lets_nothing_be_fetched_ahead(page):
    """A browser that did so would be refused by the policy, and complain."""
    ahead = {"next", "prev", "prefetch", "preload", "prerender", "dns-prefetch", "preconnect"}

    assert [] == [link for link in tags(page).named("link") if link["rel"] in ahead]


def test_titles_are_unique():
    """Each page has its own name in tabs, histories and search engines."""
    titles = [
        re.search("<title>(.*?)</title>", read(page))[1] for page in PAGES if page != "index.html"
    ]

    assert len(titles) == len(set(titles))


def test_the_page_at_the_root_is_the_front_page():
    """The same words at both addresses, with links that hold at each."""

    def words(page):
        return re.sub(r"<[^>]+>", "", read(page))

    assert words(FRONT) == words("index.html")


def test_the_reference_names_every_function_at_the_head_of_its_group():
    """What each group holds can be seen before it is read."""
    page = read("chapters/reference.html")
    lists = re.findall(r'<dl class="[^"]*summary">(.*?)</dl>', page, re.DOTALL)
    named = [ident for part in lists for ident in re.findall(r'href="#(itlib\.\w+)"', part)]

    assert re.findall(r'<dt [^>]*id="(itlib\.\w+)"', page) == named


# --- the frame of a page ---


def test_the_theme_follows_the_system_and_the_reader(address, visit):
    """The system's choice first, the reader's once made, on every later page."""
    tab = visit(address + FRONT, theme="dark")
    assert "dark" == tab.evaluate("document.documentElement.dataset.theme")

    tab.locator("button.theme").click()
    assert "light" == tab.evaluate("document.documentElement.dataset.theme")

    tab.goto(address + PAGES[0])
    assert "light" == tab.evaluate("document.documentElement.dataset.theme")


def test_paper_is_white_and_its_ink_dark_from_the_dark_theme_too(disk, visit):
    """Text, code, and the axes and letters of figures: every colour as from the light theme."""
    script = """() => [...document.querySelectorAll(
        "body, article p, h1, pre, pre span, figcaption, svg text, svg path, svg use, th, a, output")]
        .map(e => { const s = getComputedStyle(e);
            return [e.tagName, s.color, s.backgroundColor, s.fill, s.stroke].join(" "); })"""

    def colours(theme):
        tab = visit(disk + "chapters/entropy.html", theme=theme)
        read_to_the_end(tab)
        tab.emulate_media(media="print", color_scheme=theme)
        two_frames(tab)
        return tab.evaluate(script)

    light, dark = colours("light"), colours("dark")

    assert light == dark
    assert len(light) > 1000


def test_code_longer_than_a_line_of_paper_is_wrapped(disk, visit):
    """Paper does not scroll: A4 between its margins is 672 pixels wide."""
    wide = 0
    for page in NOTEBOOKS[:3]:
        tab = visit(disk + page, width=672)
        wide += tab.evaluate(
            "[...document.querySelectorAll('pre')].filter(p => p.scrollWidth > p.clientWidth).length"
        )
        tab.emulate_media(media="print")
        tab.evaluate("dispatchEvent(new Event('beforeprint'))")

        assert 0 == tab.evaluate(
            "[...document.querySelectorAll('pre, .equation')].filter(p => p.scrollWidth > p.clientWidth + 1).length"
        )
    assert wide


def test_the_first_key_offers_to_skip_to_the_text(disk, visit):
    """Keyboard readers need not pass the contents on every page."""
    tab = visit(disk + FRONT)
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")

    assert "main" == tab.evaluate("document.activeElement.id")


def test_the_contents_open_on_a_phone(disk, visit):
    """A button shows them, Escape hides them."""
    tab = visit(disk + FRONT, width=360)
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
    tab.locator("#contents").get_by_role("link", name=re.compile(r"^\d.*Exercises$")).click()

    expect(tab.locator("#contents")).to_be_hidden()
    expect(tab.get_by_role("heading", name="Exercises")).to_be_in_viewport()


def test_all_code_can_be_hidden_and_stays_hidden(address, visit):
    """What it printed stays; the next page remembers."""
    tab = visit(address + "chapters/entropy.html")
    tab.get_by_role("button", name="Hide all code").click()

    expect(tab.locator(".cell_input").first).to_be_hidden()
    expect(tab.locator(".cell_output").first).to_be_visible()

    tab.goto(address + "chapters/kl_divergence.html")

    assert 0 == tab.locator(".cell_input:visible").count()

    tab.get_by_role("button", name="Hide all code").click()

    assert tab.locator(".cell_input:visible").count()


def test_arrow_keys_turn_the_page_where_nothing_else_listens(disk, visit):
    tab = visit(disk + "chapters/entropy.html")
    tab.keyboard.press("ArrowRight")
    tab.wait_for_url("**/joint_and_mutual_information.html")
    tab.keyboard.press("ArrowLeft")
    tab.wait_for_url("**/entropy.html")
    tab.locator("figure.demo input[type=range]").first.focus()
    tab.keyboard.press("ArrowRight")
    two_frames(tab)

    assert tab.url.endswith("chapters/entropy.html")


@every_text
def test_the_map_and_the_questions_are_within_reach(page):
    """They stand above the contents, which are long."""
    (contents,) = re.findall('<nav class="contents".*?class="caption"', read(page), re.DOTALL)
    wanted = {"chapters/map_of_quantities.html", "chapters/faq.html"} - {page}

    assert wanted == {name for name in wanted if name.rpartition("/")[2] in contents}


def test_a_formula_is_copied_as_a_line_of_text(address, visit):
    """With its fractions, and no sign on a line of its own."""
    tab = visit(
        address + "chapters/entropy.html", permissions=["clipboard-read", "clipboard-write"]
    )
    sentence = tab.locator("article p:has(mfrac):not(.exercise p)").first
    sentence.evaluate("p => getSelection().selectAllChildren(p)")
    tab.keyboard.press("Control+c")
    copied = tab.evaluate("navigator.clipboard.readText()")

    assert "/" in copied
    assert "\n" not in copied.strip()
    assert not re.search("[\u2061-\u2064]", copied)
    assert 0 == tab.locator("body > div.skip").count()
