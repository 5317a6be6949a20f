"""The built site, in a real browser: what every reader relies on, on every page.

A page is visited once a situation (from a server, from disk), and all that can be asked there is
asked then: tests/helpers/visits.py.
"""

import os
import re

import pytest
from barriers import found_by_axe, in_each_theme
from playwright.sync_api import expect
from site_pages import (
    FRONT,
    PAGES,
    POLICY,
    PYTHON,
    SITE,
    InPieces,
    Record,
    broken_links,
    directives,
    read,
    served,
    tags,
)
from visits import (
    CROWDED,
    DESKTOP,
    FAINT,
    MOVED,
    NARROW,
    PAPER,
    PHONE,
    PLAIN,
    SAMPLES,
    SMALL,
    WATCH_SHIFTS,
    read_to_the_end,
    two_frames,
    unfold,
    visit_on_disk,
    visit_served,
)

from bookkit.browser import launch

MOST_BYTES = 250_000  # of a first view, gzipped
MOST_TO_SEARCH = 700_000  # the words of all chapters
LARGE = 32  # pixels: a reader's letters at twice the usual size
# One page of each kind: what letters, colours and scripts do is the same on all of a kind.
KINDS = [FRONT, "search.html"] + [
    f"chapters/{name}.html" for name in ("entropy", "reference", "glossary", "map_of_quantities")
]
NOTEBOOKS = [page for page in PAGES if 'class="cell_input' in read(page)]

every_page = pytest.mark.parametrize("page", PAGES)
of_each_kind = pytest.mark.parametrize("page", KINDS)
# The page at the root says what the front page says.
TEXTS = [page for page in PAGES if page != "index.html"]
every_text = pytest.mark.parametrize("page", TEXTS)


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


@pytest.fixture(scope="module", params=PAGES)
def served_page(request, address, _online):
    """Each page in turn, visited on a server."""
    tab = _online.new_page()
    found = visit_served(tab, address, request.param)
    tab.close()
    return found


@pytest.fixture(scope="module", params=TEXTS)
def page_from_disk(request, disk, _offline):
    """Each page in turn, visited on a disk."""
    tab = _offline.new_page()
    found = visit_on_disk(tab, disk, request.param, with_colours=request.param in KINDS)
    tab.close()
    return found


@pytest.fixture(scope="module")
def _online(browser):
    clipboard = ["clipboard-read", "clipboard-write"]
    context = browser.new_context(viewport=DESKTOP, permissions=clipboard)
    yield context
    context.close()


@pytest.fixture(scope="module")
def _offline(browser):
    context = browser.new_context(viewport=DESKTOP, offline=True)
    yield context
    context.close()


def test_the_site_is_built():
    """The other tests of this file look at _build/html."""
    if not PAGES and not os.environ.get("CI"):
        pytest.skip("no site: `make book` builds it")

    assert PAGES


# --- every page, from a server ---


def test_a_page_asks_nobody_else_and_complains_of_nothing(served_page):
    assert [] == served_page.strangers
    assert [] == served_page.complaints


def test_nothing_moves_when_fonts_and_demos_arrive(served_page):
    assert served_page.moved < 0.005


@pytest.mark.parametrize("page", ["chapters/cheat_sheet.html", "chapters/exercises.html"])
def test_a_long_table_that_arrives_in_pieces_moves_nothing(page, browser):
    """Its columns have their widths before the last row has come."""
    context = browser.new_context(viewport=DESKTOP)
    tab = context.new_page()
    tab.add_init_script(WATCH_SHIFTS)
    with served(SITE, by=InPieces) as address:
        tab.goto(address + page)
        read_to_the_end(tab)
        moved = tab.evaluate(MOVED)
        context.close()

    assert moved < 0.005


def test_a_first_view_is_light(served_page):
    assert served_page.weight < (
        MOST_TO_SEARCH if served_page.page == "search.html" else MOST_BYTES
    )


def test_code_is_copied_as_it_stands(served_page):
    assert served_page.code == served_page.copied
    assert served_page.code or served_page.page not in NOTEBOOKS


# --- every page, from disk ---


def test_a_page_from_disk_needs_no_network_and_complains_of_nothing(page_from_disk):
    assert [] == page_from_disk.strangers
    assert [] == page_from_disk.complaints
    assert 0 == page_from_disk.lost_fonts


def test_paper_hides_nothing_and_offers_nothing_to_click(page_from_disk):
    assert 0 == page_from_disk.folded_on_paper
    assert not page_from_disk.buttons_on_paper


def test_no_sheet_ends_within_a_box_or_between_code_and_what_it_prints(page_from_disk):
    assert [] == page_from_disk.torn_on_paper


def test_paper_cuts_nothing_off(page_from_disk):
    """It does not scroll; the widest tables have smaller letters, and their code is broken."""
    assert PAPER["width"] == page_from_disk.width_on_paper


def test_nothing_scrolls_sideways_on_a_phone_but_in_boxes_within_reach(page_from_disk):
    """At 360 pixels, unfolded. The end of a wide formula, code or table is reached without a mouse."""
    assert PHONE["width"] == page_from_disk.width_on_a_phone
    assert [] == page_from_disk.stuck_on_a_phone


def test_nothing_scrolls_sideways_for_whoever_spaces_letters_and_words(page_from_disk):
    assert NARROW["width"] == page_from_disk.width_when_spaced


def test_letters_stand_out_from_their_ground_in_both_themes(page_from_disk):
    """All of them, those of pictures too: 4.5 to 1, large ones 3 to 1 (WCAG 2.2, 1.4.3)."""
    assert [] == page_from_disk.faint
    assert [] == page_from_disk.faint_in_the_dark


def test_words_of_pictures_keep_within_them_and_apart(page_from_disk):
    assert [] == page_from_disk.crowded


def test_what_is_clicked_is_large_enough_or_stands_alone(page_from_disk):
    """24 pixels (WCAG 2.2, 2.5.8)."""
    assert [] == page_from_disk.small


def test_axe_finds_no_barrier(page_from_disk):
    """By WCAG 2.2 AA and good practice; of colours and sizes it is asked on one page of each kind."""
    assert [] == page_from_disk.barriers


def test_a_file_that_is_missing_is_complained_of_and_one_whose_page_is_left_is_not(
    tmp_path, browser
):
    (tmp_path / "page.html").write_text('<img alt="" src="missing.png"><img alt="" src="late.png">')
    context = browser.new_context()
    tab = context.new_page()
    record = Record(tab, tmp_path.as_uri())
    tab.route("**/late.png", lambda route: None)  # it never comes

    with tab.expect_event("requestfailed"):  # the missing one
        tab.goto(f"{tmp_path.as_uri()}/page.html", wait_until="commit")
    with tab.expect_event("requestfailed"):  # the late one
        tab.goto("about:blank")
    context.close()

    failures = [complaint for complaint in record.complaints if complaint.startswith("failed")]
    assert [f"failed {tmp_path.as_uri()}/missing.png: net::ERR_FILE_NOT_FOUND"] == failures


def test_crowded_words_are_found(browser):
    """The look at pictures sees what it is for: words upon words, and words beyond the edge."""
    page = browser.new_page()
    page.set_content(
        """<body><article><figure id="fig-a"><svg width="300" height="100"><text x="10" y="30">alone</text>
        <text x="10" y="60">one</text><text x="20" y="65">two</text><text x="280" y="90">beyond</text>
        </svg></figure></article>"""
    )
    found = page.evaluate(CROWDED)
    page.close()

    assert [["fig-a", "one", "two"], ["fig-a", "beyond", "the edge"]] == found


def test_faint_letters_are_found(browser):
    """The look at letters sees what it is for: grey on white, in a picture, below what is see-through."""
    page = browser.new_page()
    page.set_content(
        """<body><p style="color: #777">faint</p><p style="color: #767676">not faint</p>
        <p style="color: #888; font-size: 24px">large</p><p style="display: none; color: #fff">unseen</p>
        <div style="background: #000"><div style="background: #fff8"><p style="color: #555">between</p></div></div>
        <svg><text y="20" fill="#777">drawn</text><path d="M0 40H90V60H0Z"/>
        <text x="9" y="55" fill="#fff">on a shape</text></svg>"""
    )
    found = [element.split(">")[1].split("<")[0] for _, element in page.evaluate(FAINT)]
    page.close()

    assert ["faint", "between", "drawn"] == found


def test_small_targets_are_found(browser):
    """The look at what is clicked sees what it is for: two boxes that are small and near, or one beside another."""
    page = browser.new_page()
    page.set_content(
        """<body><main style="font: 12px/14px sans-serif"><p><a href="#">one</a> of a sentence, <a href="#">two</a></p>
        <div><a href="#">near</a></div><div><a href="#">nearer</a></div><div style="height: 40px"></div>
        <div><a href="#">alone</a></div><div style="height: 40px"></div>
        <button style="width: 90px; height: 30px">large</button><div><a href="#">below</a></div></main>"""
    )
    found = [[box.split(">")[1].split("<")[0] for box in pair] for pair in page.evaluate(SMALL)]
    page.close()

    assert [["near", "nearer"], ["nearer", "near"], ["below", "large"]] == found


@pytest.mark.parametrize("page", [FRONT, "chapters/entropy.html"])
@in_each_theme
def test_axe_finds_no_barrier_on_a_page_as_it_loads(page, theme, rules, disk, visit):
    """Demos that are not near yet wait for their data."""
    tab = visit(disk + page, theme=theme)
    unfold(tab)
    tab.evaluate(PLAIN, SAMPLES)

    assert [] == found_by_axe(tab, rules)


@of_each_kind
def test_a_page_fits_a_phone_whose_letters_are_large(page, disk, visit, large_text):
    """At twice the usual size nothing scrolls sideways, from 320 pixels on. (Firefox looks at every
    page so.)"""
    tab = visit(disk + page, width=320, within=large_text)
    unfold(tab)

    assert tab.evaluate("matchMedia('(width: 10rem)').matches")  # the letters are large
    assert 320 == tab.evaluate("document.documentElement.scrollWidth")


@of_each_kind
def test_a_page_can_be_read_without_scripts(page, disk, visit):
    """Text, formulas and pictures are seen."""
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


@every_page
def test_a_demo_without_scripts_is_the_picture_of_its_start(page):
    """Drawn in the page itself, with its numbers."""
    figures = re.findall(r'<figure class="demo".*?</figure>', read(page), re.DOTALL)

    assert [] == [
        figure[:80] for figure in figures if not re.search("<svg.*<(path|text)", figure, re.DOTALL)
    ]


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
