"""One visit to a page of the site, and what it tells: from a server, and from disk.

A browser takes most of its time to open a page and to read it to the end. So that is done once in a
situation, everything is asked there, and each test looks at its own part of what was found.
"""

from dataclasses import dataclass

from barriers import COLOURS, found_by_axe
from playwright.sync_api import expect
from site_pages import Record

DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 800}
NARROW = {"width": 320, "height": 800}
PAPER = {"width": 672, "height": 984}  # A4 without its margins


@dataclass
class Served:
    """What a page did that came from a server, without a cache."""

    page: str
    strangers: list  # requests that left the site
    complaints: list
    moved: float  # the sum of all shifts of the layout
    weight: int  # bytes of the first view, gzipped
    code: str | None  # of the first cell that is seen
    copied: str | None  # what its button put on the clipboard


@dataclass
class FromDisk:
    """What a page did that came from a disk, without a network, and what it looked like."""

    page: str
    strangers: list
    complaints: list
    lost_fonts: int
    folded_on_paper: int
    buttons_on_paper: bool  # the head of the page
    torn_on_paper: list  # what may be half on one sheet and half on the next
    width_on_paper: int
    crowded: list  # words of pictures that leave them or lie upon each other
    faint: list  # letters that stand out too little
    faint_in_the_dark: list
    barriers: list  # what axe complains of, in both themes
    width_on_a_phone: int
    width_when_spaced: (
        int  # on the narrowest phone, with the room between letters that WCAG asks for
    )
    stuck_on_a_phone: list  # what scrolls sideways and is out of reach for the Tab key
    small: list  # what is too small to be hit, and too near to something else


WATCH_SHIFTS = """globalThis.shifts = [];
    new PerformanceObserver(list => list.getEntries().forEach(entry => shifts.push(entry.value)))
        .observe({ type: "layout-shift", buffered: true });"""

MOVED = "shifts.reduce((sum, shift) => sum + shift, 0)"


def visit_served(tab, address, page):
    """Open a page as if for the first time, see all that arrives late, copy its first cell."""
    tab.context.new_cdp_session(tab).send("Network.setCacheDisabled", {"cacheDisabled": True})
    tab.add_init_script(WATCH_SHIFTS)
    record = Record(tab, address)
    tab.goto(address + page)
    two_frames(tab)
    weight = record.weight()
    bring_into_view(tab, "figure.demo, form.exercise")
    strangers, complaints = record.strangers(), list(record.complaints)
    moved = tab.evaluate(MOVED)
    return Served(page, strangers, complaints, moved, weight, *_copy_the_first_cell(tab))


def _copy_the_first_cell(tab):
    unfold(tab)
    cell = tab.locator(".cell_input .highlight >> visible=true").first
    if not cell.count():
        return None, None
    cell.hover()
    cell.locator("button.copy").click()
    expect(tab.locator("button.copy:has-text('Copied')")).to_have_count(1)
    return cell.locator("pre").inner_text().strip(), tab.evaluate("navigator.clipboard.readText()")


def visit_on_disk(tab, disk, page, with_colours):
    """See every demo of a page, then look at it on paper, in both themes, on a phone, and with axe.

    axe's own looks at colours and at the sizes of what is clicked take it longer than all else; with
    `with_colours` it is asked for them, of colours with a few formulas, pieces of code and pictures.
    FAINT looks at all letters, and SMALL at all that is clicked, on every page.
    """
    record = Record(tab, disk)
    tab.goto(disk + page)
    bring_into_view(tab)
    seen = {
        "page": page,
        "strangers": record.strangers(),
        "complaints": list(record.complaints),
        "lost_fonts": tab.evaluate("[...document.fonts].filter(f => f.status === 'error').length"),
    }

    tab.evaluate("dispatchEvent(new Event('beforeprint'))")  # it opens all folds
    seen["crowded"] = tab.evaluate(CROWDED)
    seen["small"] = tab.evaluate(SMALL)
    seen["faint"] = tab.evaluate(FAINT)
    tab.evaluate("document.documentElement.dataset.theme = 'dark'")
    seen["faint_in_the_dark"] = tab.evaluate(FAINT)

    tab.emulate_media(media="print")
    tab.set_viewport_size(PAPER)
    seen["folded_on_paper"] = tab.locator("details:not([open])").count()
    seen["buttons_on_paper"] = tab.locator("header.top").is_visible()
    seen["torn_on_paper"] = tab.evaluate(TORN)
    seen["width_on_paper"] = tab.evaluate("document.documentElement.scrollWidth")

    tab.emulate_media(media="screen")
    tab.set_viewport_size(PHONE)
    two_frames(tab)
    seen["width_on_a_phone"] = tab.evaluate("document.documentElement.scrollWidth")
    seen["stuck_on_a_phone"] = tab.evaluate(STUCK)
    seen["width_when_spaced"] = _width_when_spaced(tab)

    tab.evaluate(PLAIN, SAMPLES if with_colours else 0)
    tab.set_viewport_size(DESKTOP)
    two_frames(tab)  # until the page has seen which boxes scroll now
    sizes = [] if with_colours else ["target-size"]
    seen["barriers"] = found_by_axe(tab, without=[*COLOURS["values"], *sizes])
    if with_colours:
        tab.evaluate(FEWER, SAMPLES)
        seen["barriers"] += found_by_axe(tab, COLOURS)  # in the dark, still
        tab.evaluate("document.documentElement.dataset.theme = 'light'")
        seen["barriers"] += found_by_axe(tab, COLOURS)
    return FromDisk(**seen)


def _width_when_spaced(tab):
    """Return how wide the page is on the narrowest phone with the text spacing of WCAG 1.4.12.

    A reader's own style sheet sets it. It comes before the width: each of both alone would lay out
    the whole page once more.
    """
    tab.evaluate(SPACED)
    tab.set_viewport_size(NARROW)
    width = tab.evaluate("document.documentElement.scrollWidth")
    tab.evaluate("document.adoptedStyleSheets.pop()")
    return width


SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { letter-spacing: .12em !important; word-spacing: .16em !important; line-height: 1.5 !important; }");
  document.adoptedStyleSheets.push(sheet);
}"""


# A promise that the next frame is drawn; a browser that draws none for seconds is not waited for.
FRAME = """new Promise((done) => {
    requestAnimationFrame(done);
    setTimeout(done, 5000);
})"""


def read_to_the_end(tab):
    """Scroll through the page as a reader does, so that everything that waits is loaded."""
    tab.evaluate(
        f"""async () => {{
            for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {{
                scrollTo({{ top: y, behavior: "instant" }});
                await {FRAME};
            }}
        }}"""
    )
    expect(tab.locator("figure.demo:not([data-ready])")).to_have_count(0)


def bring_into_view(tab, what="figure.demo"):
    """Bring each demo into view, or whatever else waits to be seen before it is loaded."""
    tab.evaluate(
        f"""async (what) => {{
            for (const waiting of document.querySelectorAll(what)) {{
                waiting.scrollIntoView({{ behavior: "instant" }});
                await {FRAME};
                await {FRAME};
            }}
        }}""",
        what,
    )
    expect(tab.locator("figure.demo:not([data-ready])")).to_have_count(0)


def two_frames(tab):
    """Wait until what follows from a change of the layout has happened."""
    tab.evaluate(f"async () => {{ await {FRAME}; await {FRAME}; }}")


def unfold(tab):
    """Open everything that is folded, and wait until the page has seen which boxes scroll."""
    tab.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    two_frames(tab)


# An output that has its code above it stays with it.
TORN = """() => [...document.querySelectorAll("form.exercise, form.prediction, figure, .highlight, .cell_input ~ .cell_output")]
    .filter((box) => getComputedStyle(box)[box.matches(".cell_output") ? "breakBefore" : "breakInside"] === "auto")
    .map((box) => box.outerHTML.slice(0, 80))"""

STUCK = """() => [...document.querySelectorAll("article *")].filter(box =>
    box.scrollWidth > box.clientWidth + 1 && box.clientWidth
    && ["auto", "scroll"].includes(getComputedStyle(box).overflowX)
    && box.tabIndex < 0 && !box.querySelector("a, button, input, select, summary"))
   .map(box => box.outerHTML.slice(0, 120))"""

# What is clicked and fits into no circle of 24 pixels that is its own (WCAG 2.2, 2.5.8): [box, box that
# is too near]. Links within a sentence are as high as its letters; the contents scroll under the head.
SMALL = """() => {
    const within = (target) => target.matches("a") && getComputedStyle(target).display === "inline"
        && target.parentElement.textContent.trim() !== target.textContent.trim();
    const targets = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
        .filter((target) => target.checkVisibility({ visibilityProperty: true }) && !target.matches(":disabled"))
        .map((target) => [target, (target.closest("label") ?? target).getBoundingClientRect()])
        .filter(([, box]) => box.width && box.height)
        .sort(([, one], [, other]) => one.top - other.top);
    const part = (target) => target.closest("header, nav, main");
    const small = ({ width, height }) => width < 24 || height < 24;
    const middle = ({ left, right, top, bottom }) => [(left + right) / 2, (top + bottom) / 2];
    const near = (one, other) => {  // the circle around the first meets the other, or its circle
        const [x, y] = middle(one), [u, v] = middle(other);
        const across = Math.max(other.left - x, 0, x - other.right), down = Math.max(other.top - y, 0, y - other.bottom);
        return Math.hypot(across, down) < 12 || small(other) && Math.hypot(u - x, v - y) < 24;
    };
    return targets.filter(([target, box]) => small(box) && !within(target)).flatMap(([target, box]) => targets
        .filter(([other, there]) => other !== target && part(other) === part(target)
            && !target.contains(other) && !other.contains(target) && there.top < box.bottom + 24
            && there.bottom > box.top - 24 && near(box, there))
        .map(([other]) => [target.outerHTML.slice(0, 120), other.outerHTML.slice(0, 120)]));
}"""

# Letters that stand out too little from their ground by WCAG 2.2, 1.4.3: [contrast, element]. axe
# says the same, and knows of what lies above something else, but takes most of its time for it.
FAINT = """() => {
    const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const known = new Map();
    const channels = (colour) => {  // whatever the words for it are
        if (!known.has(colour)) {
            pen.clearRect(0, 0, 1, 1);
            pen.fillStyle = colour;
            pen.fillRect(0, 0, 1, 1);
            const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
            known.set(colour, [r, g, b, a / 255]);
        }
        return known.get(colour);
    };
    const over = ([r, g, b, a], below) => [r, g, b].map((c, i) => a * c + (1 - a) * below[i]);
    const grounds = new Map([[null, [255, 255, 255]]]);
    const ground = (element) => {  // null under a picture
        if (!grounds.has(element)) {
            const { backgroundColor, backgroundImage } = getComputedStyle(element);
            const below = ground(element.parentElement);
            grounds.set(element, !below || backgroundImage !== "none" ? null : over(channels(backgroundColor), below));
        }
        return grounds.get(element);
    };
    const light = (colour) => colour.map((c) => c / 255)
        .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0.05);
    const contrast = (letters, below) => {
        const [dark, bright] = [light(over(letters, below)), light(below)].sort((one, other) => one - other);
        return bright / dark;
    };
    const beneath = (text) => {  // the colour of what a picture has drawn under a word
        const { left, right, top, bottom } = text.getBoundingClientRect();
        const [x, y] = [(left + right) / 2, (top + bottom) / 2];
        const shapes = [...text.ownerSVGElement.querySelectorAll("path, rect, circle")].filter((shape) => {
            const box = shape.getBoundingClientRect();
            return shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING
                && getComputedStyle(shape).fill !== "none" && box.left < x && x < box.right && box.top < y && y < box.bottom;
        });
        return shapes.reduce((below, shape) => over(channels(getComputedStyle(shape).fill), below), ground(text));
    };
    const faint = [];
    for (const element of document.querySelectorAll("body, body *")) {
        const says = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
        if (!says && !element.matches("input, select, textarea") || element.matches(":disabled")) continue;
        if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
        const { color, fill, fontSize, fontWeight } = getComputedStyle(element), below = ground(element);
        if (!below) continue;
        const drawn = element instanceof SVGElement, letters = channels(drawn ? fill : color);
        const enough = parseFloat(fontSize) * (fontWeight >= 700 ? 24 / 18.66 : 1) < 24 ? 4.5 : 3;
        let found = contrast(letters, below);
        if (found < enough && drawn) found = contrast(letters, beneath(element));
        if (found < enough) faint.push([found.toFixed(2), element.outerHTML.slice(0, 120)]);
    }
    return faint;
}"""

# Words of pictures that leave their picture, or lie upon each other: [picture, words, words]. The
# boxes of words have some air around the letters, so a little of it may be shared.
CROWDED = """() => {
    const found = [];
    for (const svg of document.querySelectorAll("article svg")) {
        const frame = svg.getBoundingClientRect();
        if (!frame.width) continue;
        const name = svg.closest("figure")?.id ?? svg.getAttribute("class");
        const words = [...svg.querySelectorAll("text")].filter((text) => text.textContent.trim())
            .map((text) => [text.textContent.trim(), text.getBoundingClientRect()]);
        words.forEach(([one, box], i) => {
            const out = Math.max(frame.left - box.left, box.right - frame.right, frame.top - box.top, box.bottom - frame.bottom);
            if (out > 3) found.push([name, one, "the edge"]);
            for (const [other, beside] of words.slice(i + 1)) {
                const width = Math.min(box.right, beside.right) - Math.max(box.left, beside.left);
                const height = Math.min(box.bottom, beside.bottom) - Math.max(box.top, beside.top);
                if (width > 1.5 && height > 3.5) found.push([name, one, other]);
            }
        });
    }
    return found;
}"""

# Signs of formulas, words of code and lines of pictures, thousands of elements on a page, have
# nothing but their colours that axe could complain of, and those are like those of the first ones.
# Nothing becomes wider by it: what then had to scroll would be found before the page has seen it.
PLAIN = """(samples) => {
    const further = (parts) => [...document.querySelectorAll(parts)].slice(samples);
    for (const formula of further("article math")) formula.textContent = formula.textContent.slice(0, 1);
    for (const box of further("article pre")) {
        const code = box.querySelector(":scope > code") ?? box; // which has letters of its own size
        code.textContent = code.textContent;
    }
    for (const picture of further("article svg:not(:has(a))")) picture.replaceChildren();
}"""
FEWER = """(samples) => [...document.querySelectorAll("article dl.py")].slice(samples).forEach((part) => part.remove())"""
SAMPLES = 4  # formulas, pieces of code, pictures and docstrings whose colours axe compares as well
