"""A page that holds one demo and nothing else, and what tests do to it in a browser."""

import itertools
import random
from contextlib import contextmanager

from bookkit.demo.bake import ENGINE, bake
from bookkit.palette import stylesheet

# Move the controls to each of the given states and read what the page shows there.
READ_STATES = """([ident, states, pictures]) => {
  const figure = document.getElementById(ident);
  const controls = states.length ? Object.keys(states[0]).map((name) =>
    figure.querySelector(`.demo-control [name="${name}"]`)) : [];
  return states.map((state) => {
    Object.values(state).forEach((value, k) => {
      if (controls[k].type === "checkbox") controls[k].checked = value;
      else controls[k].value = String(value);
    });
    controls[0].dispatchEvent(new Event("input", {bubbles: true}));
    const shown = {};
    figure.querySelectorAll("output").forEach((o) => { shown[o.name] = o.textContent; });
    if (pictures) shown.marks = Array.from(figure.querySelectorAll("g.mark"), (g) =>
      Array.from(g.children, (e) => e.getAttribute("d") ??
        `${e.getAttribute("x")} ${e.getAttribute("y")} ${e.textContent}`));
    return shown;
  });
}"""


# What of a demo's best seen picture is in view, at most, while its first control is: by the
# demo's ident, as a share of the picture's height.
SEEN = """() => Object.fromEntries([...document.querySelectorAll("figure.demo")].map((demo) => {
  const box = (part) => part.getBoundingClientRect();
  const head = document.querySelector(".top"), desk = demo.querySelector(".demo-desk");
  const start = box(demo).top + scrollY, end = start + box(demo).height;
  let most = 0;
  for (let y = start - innerHeight; y < end; y += 8) {
    scrollTo({ top: y, behavior: "instant" });
    const top = head ? Math.max(0, box(head).bottom) : 0, control = box(desk.querySelector(".demo-control"));
    if (control.top < top || control.bottom > innerHeight) continue;
    for (const picture of demo.querySelectorAll(".demo-panel svg")) {
      const { top: high, bottom, left, right, height } = box(picture), over = box(desk);
      const under = left < over.right && over.left < right && high < over.bottom;
      const low = Math.min(bottom, innerHeight, under ? over.top : bottom);
      most = Math.max(most, (low - Math.max(high, top)) / height);
    }
  }
  return [demo.id, most];
}))"""


def write_page(demos, folder, theme="light", links=""):
    """Bake a demo, or several, into a page of its own and return the page's address on disk."""
    demos = demos if isinstance(demos, list) else [demos]
    figures = ""
    for demo in demos:
        baked = bake(demo)
        (folder / baked.file).write_text(baked.data, encoding="utf-8")
        figures += baked.placed(links=links)
    page = folder / f"{demos[0].ident}.html"
    page.write_text(
        f'<!doctype html><html lang="en" data-theme="{theme}"><meta charset="utf-8">'
        f"<title>{demos[0].ident}</title><style>{stylesheet()}{(ENGINE / 'demo.css').read_text()}"
        f"</style><script defer src='{(ENGINE / 'player.js').as_uri()}'></script>"
        f"<main><h1>Demo</h1>{figures}</main>",
        encoding="utf-8",
    )
    return page.as_uri()


def all_states(demo):
    """Return every state of a demo."""
    names = [control.name for control in demo.controls]
    return [
        dict(zip(names, stops))
        for stops in itertools.product(*(control.stops for control in demo.controls))
    ]


def every_stop(demo):
    """Return a state for every stop of each control, the others at their start."""
    return [
        {**demo.start, control.name: stop} for control in demo.controls for stop in control.stops
    ]


def some_states(demo, count, settings=40, seed=1):
    """Return about `count` random states, and all corners of the controls.

    All controls but the last two are drawn `settings` times only, and the states come in that
    order: what is slow to compute for a setting is computed once.
    """
    rng, names = random.Random(seed), [control.name for control in demo.controls]
    corners = list(itertools.product(*((c.stops[0], c.stops[-1]) for c in demo.controls)))
    slow, quick = demo.controls[:-2], demo.controls[-2:]
    drawn = []
    for _ in range(settings):
        setting = [rng.choice(c.stops) for c in slow]
        drawn += [
            (*setting, *(rng.choice(c.stops) for c in quick)) for _ in range(count // settings)
        ]
    return [dict(zip(names, stops)) for stops in corners + drawn]


def drawn_marks(demo, state):
    """Return what Python draws at a state, as READ_STATES gives it with pictures."""
    return [
        [
            shape["d"] if "d" in shape else f"{shape['x']} {shape['y']} {shape['text']}"
            for shape in bound.shapes(state)
        ]
        for bound in itertools.chain.from_iterable(demo.scene.marks)
    ]


@contextmanager
def each_value_once(demo):
    """Let a demo remember what its functions gave: many states ask for the same value."""
    sources = {table.source for table in demo.scene.tables}
    for source in sources:
        source.at = _remembering(source)
    yield
    for source in sources:
        del source.at


def _remembering(source):
    compute, known = source.at, {}

    def at(state):
        asked = tuple(state[name] for name in source.depends)
        if asked not in known:
            known[asked] = compute(state)
        return known[asked]

    return at


def shown(page):
    """Return the read-outs on the page."""
    return page.eval_on_selector_all(
        "output", "outputs => Object.fromEntries(outputs.map(o => [o.name, o.textContent]))"
    )
