"""The demos of the chapter on flows, diffusion and honest bits."""

import math
from functools import cache

import numpy as np

from bookkit.demo.controls import Choice, Slider
from bookkit.demo.demo import Demo
from bookkit.demo.marks import Band, Bars, Curve, Points
from bookkit.demo.panel import Panel
from bookkit.demo.readouts import Readout
from bookkit.palette import light
from itlib.gaussian_channels import sign_information, sign_mmse
from itlib_book.honest_bits import data
from itlib_book.shared.sample_text import KEYS

FAR = 1e3  # stands for what has left the picture

# ---- demo-hashed-table: buckets and mixing ----

SIZES = np.arange(0, 21)
LEFTS = np.arange(len(KEYS)) - 0.4


@cache
def _scores(buckets, mix):
    return data.scores(int(buckets), mix)


def reported(buckets, mix):
    """Bits per character, by the probability given to what came."""
    return _scores(buckets, mix)[0]


def honest(buckets, mix):
    """Bits per character of the same predictions, each divided by its sum."""
    return _scores(buckets, mix)[1]


def mean_sum(buckets, mix):
    """What the 44 probabilities add up to, on average."""
    return _scores(buckets, mix)[2]


def shown(buckets, mix):
    """The prediction at one place, for each key."""
    return data.one_prediction(int(buckets), mix)


def sum_here(buckets, mix):
    """What the prediction at one place adds up to."""
    return float(shown(buckets, mix).sum())


def all_reported(mix):
    """The reported bits for all sizes."""
    return [_scores(size, mix)[0] for size in SIZES]


def all_honest(mix):
    """The honest bits for all sizes."""
    return [_scores(size, mix)[1] for size in SIZES]


def prediction_axes(ax):
    """Axes for one prediction."""
    before, came = data.at_the_place()
    ax.axvline(came, linewidth=0.8, color=light("muted"))
    ax.set(
        xlim=(-1, 44),
        ylim=(0, 1),
        xlabel="character",
        ylabel="probability",
        title=f"after “{before.strip()} ”; grey: what came",
    )
    named = [KEYS.index(key) for key in "afkpu05."]
    ax.set_xticks(named, [KEYS[i] for i in named])


def score_axes(ax):
    """Axes for bits over the size of the table."""
    ax.text(8, 5.55, "honest", color=light("good"))
    ax.text(12.3, 0.95, "reported", color=light("bad"))
    ax.set(
        xlim=(-0.5, 20.5),
        ylim=(0, 6.2),
        xlabel="buckets, as a power of 2",
        ylabel="bits per character",
        title="the held-out text",
        xticks=range(0, 21, 4),
    )


hashed_table = Demo(
    "hashed-table",
    controls=[
        Slider("buckets", 0, 20, 1, start=12, label="buckets, as a power of 2"),
        Slider("mix", 0.05, 0.55, 0.05, start=0.1, label="share of the uniform guess"),
    ],
    panels=[
        Panel(
            axes=prediction_axes,
            marks=(Bars(left=LEFTS, right=LEFTS + 0.8, base=0.0, top=shown, colour="p"),),
            alt="44 bars, the probability that the table gives to each character at one place",
        ),
        Panel(
            axes=score_axes,
            drag_x="buckets",
            marks=(
                Curve(x=SIZES, y=all_honest, colour="good"),
                Curve(x=SIZES, y=all_reported, colour="bad"),
                Points(x="buckets", y=honest, colour="good"),
                Points(x="buckets", y=reported, colour="bad"),
            ),
            alt="Two curves over the size of the table: honest bits fall with the size, reported "
            "bits rise, and at large tables they nearly meet",
        ),
    ],
    readouts=[
        Readout(of=sum_here, label="sum of these 44", digits=2),
        Readout(of=mean_sum, label="sum, on average", digits=2),
        Readout(of=reported, label="reported", unit="bits", digits=3, colour="bad"),
        Readout(of=honest, label="divided by the sum", unit="bits", digits=3, colour="good"),
    ],
    caption=(
        "A table of counts whose buckets are shared by chance. First: one of its predictions. "
        "Second: bits per character on the held-out text, as the entry reports them and after each "
        "prediction has been divided by its sum. Drag the dots."
    ),
)

# ---- demo-needles: a density, and three ways to score whole numbers by it ----

X = np.linspace(-1.5, 4.5, 241)
KINDS = ("at the values themselves", "with uniform noise", "by the mass of the cells")
LOGS = np.round(np.linspace(-2, 0.4, 41), 2)


def _noise():
    """Return places in a cell and their weights: finer and finer towards the edges, where kinks are."""
    nodes, weights = np.polynomial.legendre.leggauss(12)
    far = 0.5 - 0.5 ** np.arange(1, 20)
    edges = np.concatenate([-far[::-1], far[1:]])
    edges[0], edges[-1] = -0.5, 0.5
    middles, halves = (edges[1:] + edges[:-1]) / 2, np.diff(edges) / 2
    return (middles[:, None] + halves[:, None] * nodes).ravel(), np.outer(halves, weights).ravel()


NOISE, WEIGHTS = _noise()


def _density(x, width):
    z = (np.asarray(x)[..., None] - data.VALUES) / width
    return np.exp(-0.5 * z**2).sum(axis=-1) / (4 * width * math.sqrt(2 * math.pi))


def _log_density(x, width):
    z = (np.asarray(x)[..., None] - data.VALUES) / width
    return np.logaddexp.reduce(-0.5 * z**2, axis=-1) - math.log(4 * width * math.sqrt(2 * math.pi))


def _cell_masses(width):
    edges = (data.EDGES[:, None] - data.VALUES) / (width * math.sqrt(2))
    below = np.vectorize(math.erf)(edges).sum(axis=1) / 8
    return np.diff(below)


@cache
def _bits(log_width, kind):
    width = 10.0**log_width
    if kind == KINDS[0]:
        return -float(np.mean(_log_density(data.VALUES, width))) / math.log(2)
    if kind == KINDS[1]:
        noisy = data.VALUES[:, None] + NOISE
        return -float(np.mean(_log_density(noisy, width) @ WEIGHTS)) / math.log(2)
    return -float(np.mean(np.log2(_cell_masses(width))))


def width(log_width):
    """The deviation of each needle."""
    return 10.0**log_width


def heights(log_width):
    """The density, cut off above the picture."""
    return np.minimum(_density(X, 10.0**log_width), FAR)


def score(log_width, kind):
    """The bits per value that this way of scoring gives."""
    return _bits(log_width, kind)


def all_scores(kind):
    """The bits for all widths."""
    return np.clip([_bits(float(log), kind) for log in LOGS], -FAR, FAR)


def verdict(log_width, kind):
    """Whether a code of that length exists."""
    return "impossible: the truth is 2" if _bits(log_width, kind) < 2 - 1e-9 else "possible"


def density_axes(ax):
    """Axes for the density of four needles."""
    for edge in data.EDGES:
        ax.axvline(edge, linewidth=0.7, color=light("line"))
    ax.set(xlim=(-1.5, 4.5), ylim=(0, 2), xlabel="x", ylabel="density", xticks=data.VALUES)
    ax.set_yticks([0, 0.5, 1, 1.5, 2])
    ax.set_title("four needles; grey: the cells")


def needle_axes(ax):
    """Axes for bits over the width of the needles."""
    ax.axhline(2, linewidth=0.8, color=light("muted"))
    ax.text(-1.95, 2.2, "truth", color=light("muted"))
    ax.set(
        xlim=(-2, 0.4), ylim=(-4, 6), xlabel="log₁₀ σ", ylabel="bits per value", title="the score"
    )


needles = Demo(
    "needles",
    controls=[
        Slider("log_width", -2, 0.4, 0.06, start=-0.5, label="width of a needle, log₁₀ σ"),
        Choice("kind", KINDS, start=KINDS[1], label="scored"),
    ],
    panels=[
        Panel(
            axes=density_axes,
            marks=(Curve(x=X, y=heights, colour="p"),),
            alt="A density of four bells at 0, 1, 2 and 3, which become needles",
        ),
        Panel(
            axes=needle_axes,
            drag_x="log_width",
            marks=(
                Curve(x=LOGS, y=all_scores, colour="p"),
                Points(x="log_width", y=score, colour="p"),
            ),
            alt="Bits per value over the width of the needles, for the chosen way of scoring; a grey "
            "line at the true two bits",
        ),
    ],
    readouts=[
        Readout(of=width, label="σ", digits=3),
        Readout(of=score, label="score", unit="bits", colour="p"),
        Readout(of=verdict, label="as a code", digits=None),
    ],
    caption=(
        "A model of four equally likely whole numbers: a quarter of the mass in a bell around "
        "each. Make the bells narrow and compare three ways to turn the density into bits. "
        "Drag the dot."
    ),
)

# ---- demo-sign-in-noise: one bit, blurred ----

Y = np.linspace(-8, 8, 161)
SNRS = np.linspace(0, 20, 201)
LEVELS = ("4", "8", "16", "32", "64", "128")


def _snr(decibels):
    return 10.0 ** (decibels / 10)


def snr(decibels):
    """The signal-to-noise ratio as a number."""
    return _snr(decibels)


def _bell(y, middle):
    return np.exp(-0.5 * (y - middle) ** 2) / math.sqrt(2 * math.pi) / 2


def plus(decibels):
    """The density of readings when the sign is plus, times one half."""
    return _bell(Y, math.sqrt(_snr(decibels)))


def minus(decibels):
    """The density of readings when the sign is minus, times one half."""
    return _bell(Y, -math.sqrt(_snr(decibels)))


def guess(decibels):
    """The best guess at the sign, from −1 to 1, brought to the height of the picture."""
    return 0.125 + 0.1 * np.tanh(math.sqrt(_snr(decibels)) * Y)


def error(decibels):
    """The mean squared error of the best guess."""
    return sign_mmse(_snr(decibels))


def learnt(decibels):
    """What the reading tells about the sign, in bits."""
    return sign_information(_snr(decibels))


def noise_error(decibels):
    """The mean squared error of the best guess at the noise."""
    return _snr(decibels) * sign_mmse(_snr(decibels))


@cache
def _bound(levels):
    return data.sign_bound(int(levels))


def total(levels):
    """The bound on the bits of a sign."""
    return _bound(levels).total


def denoising(levels):
    """What the steps pay, in bits."""
    return _bound(levels).denoising


def ends(levels):
    """What the two ends pay, in bits."""
    return _bound(levels).prior + _bound(levels).reconstruction


def _grid(levels):
    return np.geomspace(data.LOW, data.HIGH, int(levels))


def stair_places(levels):
    """Where the stairs begin and end."""
    return np.repeat(_grid(levels), 2)[1:-1]


def stairs(levels):
    """The error at the noisier end of each step."""
    return np.repeat(sign_mmse(_grid(levels)[:-1]), 2)


def reading_axes(ax):
    """Axes for the densities of the reading."""
    ax.text(-7.6, 0.24, "best guess, −1 to 1", color=light("mix"))
    ax.set(xlim=(-8, 8), ylim=(0, 0.26), xlabel="reading y", ylabel="density", title="what arrives")
    ax.axhline(0.125, linewidth=0.6, color=light("line"))


def mmse_axes(ax):
    """Axes for the error over the signal-to-noise ratio."""
    ax.plot(SNRS, sign_mmse(SNRS), color=light("p"))
    ax.set(xlim=(0, 20), ylim=(0, 1), xlabel="SNR", ylabel="mean squared error")
    ax.set_title("error of the best guess, and steps")


sign_in_noise = Demo(
    "sign-in-noise",
    controls=[
        Slider("decibels", -20, 13, 1, start=0, label="SNR in decibels"),
        Choice("levels", LEVELS, start="8", label="levels of noise"),
    ],
    panels=[
        Panel(
            axes=reading_axes,
            marks=(
                Curve(x=Y, y=plus, colour="p"),
                Curve(x=Y, y=minus, colour="q"),
                Curve(x=Y, y=guess, colour="mix", dashed=True),
            ),
            alt="Two bells, the readings when the sign is minus and plus, and a dashed curve that "
            "rises from left to right between −1 and 1, the best guess",
        ),
        Panel(
            axes=mmse_axes,
            marks=(
                Band(x=stair_places, low=0.0, high=stairs, colour="bad", opacity=0.2),
                Curve(x=stair_places, y=stairs, colour="bad"),
                Points(x=snr, y=error, colour="p"),
            ),
            alt="The mean squared error falls with the signal-to-noise ratio; stairs stand above it",
        ),
    ],
    readouts=[
        Readout(of=snr, label="SNR", digits=2),
        Readout(of=error, label="error of the guess"),
        Readout(of=noise_error, label="error of the noise"),
        Readout(of=learnt, label="learnt", unit="bits"),
        Readout(of=denoising, label="the steps pay", unit="bits", colour="bad"),
        Readout(of=ends, label="the ends pay", unit="bits"),
        Readout(of=total, label="bound", unit="bits", colour="bad"),
    ],
    caption=(
        "A fair sign in Gaussian noise. First: readings that plus (blue) and minus (orange) lead "
        "to, and the best guess. Second: its error over the SNR, and the stairs that diffusion "
        f"pays for: half the shaded area, in nats. The error of the noise is that of the best guess at $n$. The levels are evenly spaced in the logarithm of the SNR, "
        f"from {data.LOW:g} to {data.HIGH:g}."
    ),
)

# ---- demo-unmask: eight sticky flips ----

SLOTS = np.arange(1, 9)
STEPS = np.arange(1, 9)


def each_step(change, steps, order):
    """What each step pays; nothing where there is no step."""
    paid = data.unmasking(change, int(steps), order)
    return np.append(paid, np.zeros(8 - len(paid)))


def paid_total(change, steps, order):
    """What all steps pay, in bits."""
    return float(np.sum(data.unmasking(change, int(steps), order)))


def needed(change):
    """The entropy of the eight flips, in bits."""
    return data.sticky_entropy(change, tuple(range(8)))


def wasted(change, steps, order):
    """What is paid beyond the entropy."""
    return max(paid_total(change, steps, order) - needed(change), 0.0)


def over_steps(change, order):
    """What all steps pay, for one to eight steps."""
    return [paid_total(change, n, order) for n in STEPS]


def step_axes(ax):
    """Axes for what each step pays."""
    ax.set(xlim=(0.4, 8.6), ylim=(0, 8.2), xlabel="step", ylabel="bits", title="each step pays")


def total_axes(ax):
    """Axes for the total over the number of steps."""
    ax.text(8.4, 0.3, "grey: the entropy", color=light("muted"), ha="right")
    ax.set(xlim=(0.6, 8.4), ylim=(0, 8.4), xlabel="steps", ylabel="bits", title="in total")


unmask = Demo(
    "unmask",
    controls=[
        Slider("change", 0, 0.5, 0.025, start=0.1, label="chance that a flip changes"),
        Slider("steps", 1, 8, 1, start=2, label="steps"),
        Choice("order", data.ORDERS, start="by lot", label="order"),
    ],
    panels=[
        Panel(
            axes=step_axes,
            marks=(Bars(left=SLOTS - 0.4, right=SLOTS + 0.4, base=0.0, top=each_step, colour="p"),),
            alt="A bar for each step: what it pays, in bits",
        ),
        Panel(
            axes=total_axes,
            drag_x="steps",
            marks=(
                Curve(x=(0.6, 8.4), y=needed, colour="muted"),
                Curve(x=STEPS, y=over_steps, colour="p"),
                Points(x="steps", y=paid_total, colour="p"),
            ),
            alt="The total over the number of steps, from eight bits for one step down to near the "
            "entropy, a grey line, though not at every step",
        ),
    ],
    readouts=[
        Readout(of=paid_total, label="paid", unit="bits", colour="p"),
        Readout(of=needed, label="entropy", unit="bits"),
        Readout(of=wasted, label="wasted", unit="bits"),
    ],
    caption=(
        "Eight flips, each of which differs from the one before with the chance that you set. All "
        "are hidden; each step shows some of them and pays for each as if alone, given what was "
        "visible before. “By lot” is masked diffusion: at each step every hidden flip is shown with "
        "the same chance. Drag the dot."
    ),
)
