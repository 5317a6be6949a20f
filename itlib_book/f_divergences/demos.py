"""The demo of the chapter on Jensen–Shannon and the f-divergences."""

import numpy as np

from bookkit.demo.controls import Choice, Slider
from bookkit.demo.demo import Demo
from bookkit.demo.marks import Bars, Curve, Points, Text
from bookkit.demo.panel import Panel
from bookkit.demo.readouts import Readout
from bookkit.palette import light
from itlib import F_GENERATORS, f_divergence
from itlib_book.shared.coins import coin
from itlib_book.shared.units import information, unit_choice

# ---- demo-divergences: two coins, and the generator that weighs their ratios ----

NAMES = {
    "KL": "kl",
    "reverse KL": "reverse_kl",
    "Jensen–Shannon": "js",
    "total variation": "total_variation",
    "chi-squared": "chi_squared",
    "squared Hellinger": "squared_hellinger",
}
HEADS = np.linspace(0, 1, 81)
COINS = np.stack([HEADS, 1 - HEADS], axis=-1)
TS = np.linspace(0.01, 4, 81)


def kl(p, q):
    """D(p‖q) in nats."""
    return f_divergence(coin(p), coin(q), "kl")


def reverse_kl(p, q):
    """D(q‖p) in nats."""
    return f_divergence(coin(p), coin(q), "reverse_kl")


def js(p, q):
    """The Jensen–Shannon divergence in nats."""
    return f_divergence(coin(p), coin(q), "js")


def variation(p, q):
    """The total variation distance."""
    return f_divergence(coin(p), coin(q), "total_variation")


def chi_squared(p, q):
    """The chi-squared divergence of p from q."""
    return f_divergence(coin(p), coin(q), "chi_squared")


def hellinger(p, q):
    """The squared Hellinger distance."""
    return f_divergence(coin(p), coin(q), "squared_hellinger")


def ratios(p, q):
    """p/q for heads and for tails; infinite where only q is zero, missing where both are."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return coin(p) / coin(q)


def heights(f, p, q):
    """The generator at both ratios; a large number stands for what leaves the picture."""
    values = _generator(f, np.nan_to_num(ratios(p, q), nan=1, posinf=1e6))
    return np.nan_to_num(values, posinf=1e6)


def _generator(f, ts):
    with np.errstate(divide="ignore"):
        return np.asarray(F_GENERATORS[NAMES[f]](ts), dtype=float)


def generator(f):
    """The generator where it is drawn."""
    return _generator(f, TS)


def across(q):
    """Where the bars of heads and of tails begin and end: as wide as q finds them likely."""
    return [0, q], [q, 1]


def over_p(f, q):
    """The chosen divergence of every coin p from q."""
    return f_divergence(COINS, coin(q), NAMES[f])


def _over_p(name):
    def curve(q):
        return f_divergence(COINS, coin(q), name)

    return curve


def chosen(f, p, q):
    """The chosen divergence at p."""
    return f_divergence(coin(p), coin(q), NAMES[f])


def heads_middle(q):
    """The middle of the bar of heads."""
    return q / 2


def tails_middle(q):
    """The middle of the bar of tails."""
    return (1 + q) / 2


def heads_name(q):
    """A name where there is room for it."""
    return "heads" if q >= 0.15 else ""


def tails_name(q):
    """A name where there is room for it."""
    return "tails" if q <= 0.85 else ""


def _zero_line(ax):
    ax.axhline(0, linewidth=0.8, color=light("muted"))


def generator_axes(ax):
    """Axes for f(t)."""
    ax.set(xlim=(0, 4), ylim=(-0.6, 2), xlabel="t = p/q", title="the generator f(t)")
    _zero_line(ax)
    ax.axvline(1, linewidth=0.8, color=light("muted"))


def area_axes(ax):
    """Axes on which the signed area is the divergence."""
    ax.set(
        xlim=(0, 1),
        ylim=(-0.6, 2),
        xlabel="probability under q",
        title="width q × height f(p/q), summed",
    )
    _zero_line(ax)


def all_axes(ax):
    """Axes for all divergences over p."""
    ax.set(
        xlim=(0, 1),
        ylim=(0, 2),
        xlabel="p(heads)",
        ylabel="KL and JS in nats",
        title="the chosen one, and others",
    )


divergences = Demo(
    "divergences",
    controls=[
        Choice("f", tuple(NAMES), start="KL", label="divergence"),
        Slider("p", 0, 1, 0.025, start=0.75, label="p(heads)"),
        Slider("q", 0, 1, 0.05, start=0.5, label="q(heads)"),
        unit_choice("nats"),
    ],
    panels=[
        Panel(
            axes=generator_axes,
            marks=(
                Curve(x=TS, y=generator, colour="mix"),
                Points(x=ratios, y=heights, colour="p"),
            ),
            alt="The chosen generator as a curve over the ratio t, which is zero at t = 1; "
            "two dots mark the ratios of heads and of tails",
        ),
        Panel(
            axes=area_axes,
            marks=(
                Bars(
                    across=across,
                    base=0,
                    top=heights,
                    colour="mix",
                    down="muted",
                ),
                Text(x=heads_middle, y=1.8, text=heads_name),
                Text(x=tails_middle, y=1.8, text=tails_name),
            ),
            alt="Two bars, heads and tails, as wide as q finds them likely and as high as the "
            "generator at their ratio; grey ones go down and subtract",
        ),
        Panel(
            axes=all_axes,
            drag_x="p",
            marks=(
                *(
                    Curve(x=HEADS, y=_over_p(name), colour="muted", width=0.9)
                    for name in NAMES.values()
                ),
                Curve(x=HEADS, y=over_p, colour="mix", width=2.4),
                Points(x="p", y=chosen, colour="p"),
            ),
            alt="Six divergences of a coin p from the coin q over p's probability of heads; "
            "all are zero at q, the chosen one is thick, a dot marks the present p",
        ),
    ],
    readouts=[
        information(kl, label="KL, D(p‖q)", given_in="nats"),
        information(reverse_kl, label="reverse KL, D(q‖p)", given_in="nats"),
        information(js, label="Jensen–Shannon", given_in="nats"),
        Readout(of=variation, label="total variation"),
        Readout(of=chi_squared, label="χ²"),
        Readout(of=hellinger, label="squared Hellinger"),
    ],
    caption=(
        "One sum, $\\sum q\\, f(p/q)$, with six generators. "
        "First the generator, and its value at the two ratios. "
        "Then the sum: each outcome adds a bar as wide as $q$ finds it likely; "
        "where $q$ is 0 the bar has no width, and the limit it stands for is missing there. "
        "Last the result for every coin $p$, in nats for KL and JS whatever the read-outs show; "
        "drag the dot."
    ),
)
