"""One demo with two sliders, made by this book's engine and by what one would take instead.

    python -m benchmarks.comparison

The picture is the same for all: a two-humped density, a Gaussian that two sliders move,
and the two divergences between them. Needs the peers of requirements.txt and a browser.
"""

import shutil
import tempfile
import time
from pathlib import Path

import matplotlib
import numpy as np

from benchmarks.demos import gzipped
from bookkit.browser import chromium
from bookkit.demo.bake import ENGINE, bake
from bookkit.demo.controls import Slider
from bookkit.demo.demo import Demo
from bookkit.demo.marks import Band, Curve
from bookkit.demo.panel import Panel
from bookkit.demo.readouts import Readout
from itlib import mixture_gaussian_kl

HUMPS = ([0.5, 0.5], [-2.0, 2.0], [1.0, 1.0])
XS = np.linspace(-6, 6, 121)
MU = Slider("mu", -4, 4, 0.2, start=0, label="mean of q")
SIGMA = Slider("sigma", 0.5, 4.3, 0.2, start=2.1, label="width of q")
STATES = [(mu, sigma) for mu in MU.stops for sigma in SIGMA.stops]
STEPS = 60


def bell(mu, sigma):
    """Return the density of N(mu, sigma²)."""
    return np.exp(-0.5 * ((XS - mu) / sigma) ** 2) / (sigma * np.sqrt(2 * np.pi))


P = sum(weight * bell(mean, sigma) for weight, mean, sigma in zip(*HUMPS))


def forward(mu, sigma):
    """Return D(p‖q) in bits."""
    return mixture_gaussian_kl(*HUMPS, mu, sigma)


def reverse(mu, sigma):
    """Return D(q‖p) in bits."""
    return mixture_gaussian_kl(*HUMPS, mu, sigma, direction="reverse")


def title(mu, sigma):
    """Return the numbers as the peers show them, above the picture."""
    return f"D(p‖q) = {forward(mu, sigma):.4f} bits, D(q‖p) = {reverse(mu, sigma):.4f} bits"


# ---- the candidates: each writes a page and returns (bytes of its own, bytes of libraries) ----


def baked(folder):
    """This book's engine."""
    demo = Demo(
        "comparison",
        controls=[MU, SIGMA],
        caption="",
        panels=[
            Panel(
                axes=lambda ax: ax.set(xlim=(-6, 6), ylim=(0, 0.8)),
                alt="p and q",
                marks=(Band(x=XS, low=0, high=P), Curve(x=XS, y=bell, colour="q")),
            )
        ],
        readouts=[
            Readout(of=forward, label="D(p‖q)", unit="bits"),
            Readout(of=reverse, label="D(q‖p)", unit="bits"),
        ],
    )
    made = bake(demo)
    (folder / made.file).write_text(made.data, encoding="utf-8")
    player, style = ((ENGINE / name).read_text("utf-8") for name in ("player.js", "demo.css"))
    (folder / "index.html").write_text(
        f"<!doctype html><meta charset=utf-8><style>{style}</style>"
        f"{made.figure.replace('{source}', made.file)}<script>{player}</script>",
        encoding="utf-8",
    )
    return gzipped(made.data + made.figure), gzipped(player + style)


def panel(folder):
    """Panel, which saves the difference that every state makes to a Bokeh figure."""
    import panel as pn
    from bokeh.plotting import figure
    from bokeh.resources import INLINE

    mu = pn.widgets.DiscreteSlider(name="mu", options=list(MU.stops), value=MU.start)
    sigma = pn.widgets.DiscreteSlider(name="sigma", options=list(SIGMA.stops), value=SIGMA.start)
    plot = figure(width=480, height=300, x_range=(-6, 6), y_range=(0, 0.8))
    plot.varea(XS, 0, P, alpha=0.3)
    line = plot.line(XS, bell(MU.start, SIGMA.start))
    words = pn.pane.HTML(title(MU.start, SIGMA.start))
    picture = pn.pane.Bokeh(plot)

    def update(_event):
        line.data_source.data = {"x": XS, "y": bell(mu.value, sigma.value)}
        words.object = title(mu.value, sigma.value)

    mu.param.watch(update, "value")
    sigma.param.watch(update, "value")
    pn.Column(mu, sigma, words, picture).save(
        folder / "index.html",
        embed=True,
        resources=INLINE,
        progress=False,
        max_states=len(STATES),
        max_opts=max(len(MU.stops), len(SIGMA.stops)),
    )
    whole = (folder / "index.html").read_text("utf-8")
    pn.Column("nothing").save(folder / "empty.html", resources=INLINE)
    library = gzipped((folder / "empty.html").read_text("utf-8"))
    return gzipped(whole) - library, library


def plotly(folder):
    """Plotly, whose sliders cannot be combined: one slider runs through all pairs."""
    import plotly.graph_objects as go
    from plotly.offline import get_plotlyjs

    def traces(mu, sigma):
        return [go.Scatter(x=XS, y=P, fill="tozeroy"), go.Scatter(x=XS, y=bell(mu, sigma))]

    def frame(i, state):
        return go.Frame(
            name=str(i),
            data=[traces(*state)[1]],
            traces=[1],
            layout={"title": {"text": title(*state)}},
        )

    steps = [
        {
            "label": f"{mu:.1f}, {sigma:.1f}",
            "method": "animate",
            "args": [[str(i)], {"mode": "immediate", "frame": {"duration": 0}}],
        }
        for i, (mu, sigma) in enumerate(STATES)
    ]
    page = go.Figure(traces(*STATES[0]), frames=[frame(*f) for f in enumerate(STATES)])
    page.update_layout(sliders=[{"steps": steps}], template="none")
    page.write_html(folder / "index.html", include_plotlyjs=True, div_id="plot")
    library = gzipped(get_plotlyjs())
    return gzipped((folder / "index.html").read_text("utf-8")) - library, library


def animation(folder):
    """matplotlib's `to_jshtml`: a PNG for every state, and one slider through all pairs."""
    from matplotlib import pyplot
    from matplotlib.animation import FuncAnimation

    matplotlib.use("agg")
    matplotlib.rcParams["animation.embed_limit"] = 200
    figure, ax = pyplot.subplots(figsize=(4.7, 2.9))
    ax.set(xlim=(-6, 6), ylim=(0, 0.8))
    ax.fill_between(XS, 0, P, alpha=0.3)
    (line,) = ax.plot(XS, P)

    def draw(state):
        line.set_ydata(bell(*state))
        ax.set_title(title(*state), fontsize=8)

    text = FuncAnimation(figure, draw, frames=STATES).to_jshtml(default_mode="once")
    (folder / "index.html").write_text(f"<!doctype html><meta charset=utf-8>{text}", "utf-8")
    return gzipped(text), 0


def widgets(folder):
    """The state of ipywidgets saved into the page: sliders that move and change nothing."""
    import ipywidgets
    from ipywidgets.embed import dependency_state, embed_minimal_html

    controls = [MU.widget(), SIGMA.widget(), ipywidgets.HTML(title(MU.start, SIGMA.start))]
    box = ipywidgets.VBox(controls)
    embed_minimal_html(folder / "index.html", [box], state=dependency_state([box]))
    # The script that shows them comes from a content-delivery network; this is its copy for
    # notebooks, which is what one would have to ship instead.
    import jupyterlab_widgets

    manager = (
        Path(jupyterlab_widgets.__file__).parents[4]
        / "share/jupyter/nbextensions/jupyter-js-widgets/extension.js"
    )
    return gzipped((folder / "index.html").read_text("utf-8")), gzipped(manager.read_text("utf-8"))


# ---- a step of a slider, from the event to the painted frame ----

TIMED = """async ([steps, count, code]) => {
  const step = new Function("i", "return (" + code + ")(i)"), times = [];
  for (let k = 0; k < steps; k++) {
    times.push(await new Promise((done) => requestAnimationFrame(async () => {
      const start = performance.now(), channel = new MessageChannel();
      channel.port1.onmessage = () => done(performance.now() - start);
      await step(Math.floor(count * ((k * 0.618) % 1)));
      channel.port2.postMessage(null);
    })));
  }
  return times.sort((a, b) => a - b)[Math.floor(steps / 2)];
}"""

INPUT = """(i) => {{ const input = document.querySelectorAll("input[type=range]")[i % {n}];
  input.value = +input.min + (input.max - input.min) * i / {count};
  input.dispatchEvent(new Event("input", {{ bubbles: true }})); }}"""

CANDIDATES = {
    "this book": (baked, "figure[data-ready]", INPUT.format(n=2, count=len(STATES))),
    "Panel, embed=True": (
        panel,
        ".bk-Canvas, canvas",
        """(i) => {
      const models = Array.from(Bokeh.documents[0]._all_models.values())
        .filter((m) => m.type.endsWith("Slider"));
      const slider = models[i % models.length];
      slider.value = Math.round(slider.start + (slider.end - slider.start) * i / 820); }""",
    ),
    "Plotly": (
        plotly,
        ".main-svg",
        """(i) => Plotly.animate("plot", [String(i)],
      { mode: "immediate", frame: { duration: 0 }, transition: { duration: 0 } })""",
    ),
    "matplotlib to_jshtml": (animation, "img", INPUT.format(n=1, count=len(STATES))),
    "ipywidgets embed": (widgets, None, None),
}


def step_time(browser, page, ready, code):
    """Return the median time of a step in milliseconds."""
    tab = browser.new_page(viewport={"width": 900, "height": 800})
    tab.goto(page.as_uri())
    tab.wait_for_selector(ready)
    tab.wait_for_timeout(1500)
    median = tab.evaluate(TIMED, [STEPS, len(STATES), code])
    tab.close()
    return median


def main():
    """Print a row for each candidate."""
    print(f"\n## One demo, two sliders, {len(STATES)} states\n")
    print("| made by | demo, KB | libraries, KB | build, s | step, ms | sliders |")
    print("|---|---:|---:|---:|---:|---|")
    with chromium() as browser:
        for name, (make, ready, code) in CANDIDATES.items():
            folder = Path(tempfile.mkdtemp())
            start = time.process_time()
            own, library = make(folder)
            built = time.process_time() - start
            step = step_time(browser, folder / "index.html", ready, code) if code else None
            sliders = {
                "Plotly": "one, through all pairs",
                "matplotlib to_jshtml": "one, through all pairs",
                "ipywidgets embed": "two that change nothing",
            }
            print(
                f"| {name} | {own / 1000:,.1f} | {library / 1000:,.1f} | {built:.1f} | "
                f"{'' if step is None else f'{step:.1f}'} | {sliders.get(name, 'two')} |",
                flush=True,
            )
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
