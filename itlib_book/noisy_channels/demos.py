"""The demos of the chapter noisy channels and codes."""

import inspect
import math
from functools import cache, wraps

import numpy as np

from bookkit.demo.controls import Choice, Slider, Toggle
from bookkit.demo.demo import Demo
from bookkit.demo.marks import Bars, Curve, Image, Points, Text
from bookkit.demo.panel import Panel
from bookkit.demo.readouts import Play, Readout
from bookkit.palette import light
from itlib import channel_capacity, mutual_information
from itlib.error_correction import hamming_decode, hamming_encode
from itlib_book.noisy_channels.data import (
    SIDE,
    evolution,
    picture,
    received_picture,
    threshold,
)

# ---- demo-picture-line: one picture, sent in four ways ----


def _read(scheme):
    """Return the function that gives the pixels of the picture as they are read."""

    def pixels(p):
        return received_picture(scheme, p)

    return pixels


def _wrong(scheme, p):
    return int((received_picture(scheme, p) != picture()).sum())


def wrong_bare(p):
    """How many of the 4096 pixels are wrong."""
    return _wrong("bare", p)


def wrong_tripled(p):
    """How many are wrong after a vote among three copies."""
    return _wrong("tripled", p)


def wrong_hamming(p):
    """How many are wrong after Hamming's code."""
    return _wrong("Hamming", p)


def wrong_sparse(p):
    """How many are wrong after belief propagation."""
    return _wrong("sparse", p)


def _screen(title, scheme):
    def axes(ax):
        ax.set(xlim=(0, 1), ylim=(0, 1), xticks=[], yticks=[], title=title, aspect="equal")
        ax.spines[:].set_color(light("line"))

    return Panel(
        axes=axes,
        marks=(Image(pixels=_read(scheme), shape=(SIDE, SIDE), darkest=1),),
        alt=f"A pagoda in black and white, 64 by 64 pixels, as it is read; sent: {scheme}",
        width=132,  # on a phone there is room for two beside each other
        height=150,
    )


picture_line = Demo(
    "picture-line",
    controls=[Slider("p", 0, 0.2, 0.01, start=0.0, label="share of digits flipped, p")],
    panels=[
        _screen("bare: rate 1", "bare"),
        _screen("tripled: rate 1/3", "tripled"),
        _screen("Hamming: rate 4/7", "Hamming"),
        _screen("sparse: rate 1/2", "sparse"),
    ],
    readouts=[
        Readout(of=wrong_bare, label="bare", unit="wrong of 4096", digits=0),
        Readout(of=wrong_tripled, label="tripled", unit="wrong of 4096", digits=0),
        Readout(of=wrong_hamming, label="Hamming", unit="wrong of 4096", digits=0),
        Readout(of=wrong_sparse, label="sparse checks", unit="wrong of 4096", digits=0),
    ],
    buttons=[Play(control="p")],
    caption="The same 4096 pixels over the same line, sent in four ways. The luck of each digit is "
    "drawn once, so that a larger $p$ only adds flips. The sparse code has blocks of 2052 "
    "digits, each of them in three checks of six.",
)

# ---- demo-channel-explorer: any channel of two inputs and two outputs ----

SHARES = np.linspace(0, 1, 51)


def _table(a, b):
    return np.array([[1 - a, a], [b, 1 - b]])


def _used(a, b, share):
    return np.array([[1 - share], [share]]) * _table(a, b)


@cache
def _best(a, b):
    return channel_capacity(_table(a, b))


@cache
def information(a, b, share):
    """What arrives, in bits per use."""
    return mutual_information(_used(a, b, share))


def capacity(a, b):
    """The most that can arrive."""
    return _best(a, b).capacity


def best_share(a, b):
    """The share of ones that lets most arrive."""
    return float(_best(a, b).p_x[1])


def lost(a, b, share):
    """What this use of the channel leaves behind."""
    return max(capacity(a, b) - information(a, b, share), 0.0)


def curve(a, b):
    """What arrives, for every share of ones."""
    return [information(a, b, share) for share in SHARES]


def information_axes(ax):
    """Axes for bits against the share of ones."""
    ax.set(xlim=(0, 1), ylim=(0, 1.02), xlabel="share of ones sent", title="I(X;Y), bits per use")


def arriving(a, b, share):
    """How often a 1 arrives: after a 0, after a 1, and on the whole."""
    return [a, 1 - b, (1 - share) * a + share * (1 - b)]


def output_axes(ax):
    """Axes for three chances of a 1."""
    ax.set(
        xlim=(-0.6, 2.6),
        ylim=(0, 1.02),
        xticks=[0, 1, 2],
        xticklabels=["0 sent", "1 sent", "mean"],
        title="how often a 1 arrives",
    )


explorer = Demo(
    "channel-explorer",
    controls=[
        Slider("a", 0, 1, 0.05, start=0.1, label="0 arrives as 1, a"),
        Slider("b", 0, 1, 0.05, start=0.3, label="1 arrives as 0, b"),
        Slider("share", 0, 1, 0.02, start=0.5, label="share of ones sent"),
    ],
    panels=[
        Panel(
            axes=information_axes,
            marks=(
                Curve(x=SHARES, y=curve),
                Curve(x=best_share, y=(0, 1), colour="good", dashed=True, width=1.2),
                Points(x=best_share, y=capacity, colour="good"),
                Points(x="share", y=information, colour="q", radius=5),
            ),
            alt="The information that arrives against the share of ones: an arch that is zero at "
            "both ends, with its top marked, and the chosen share as a dot",
            drag_x="share",
        ),
        Panel(
            axes=output_axes,
            marks=(
                Bars(left=np.arange(3) - 0.32, right=np.arange(3) + 0.32, base=0, top=arriving),
            ),
            alt="Three bars: how often a 1 arrives if 0 is sent, if 1 is sent, and on the whole",
        ),
    ],
    readouts=[
        Readout(of=information, label="arrives", unit="bits per use", colour="q"),
        Readout(of=capacity, label="capacity C", unit="bits per use", colour="good"),
        Readout(of=best_share, label="best share of ones", colour="good"),
        Readout(of=lost, label="left behind", unit="bits per use", colour="bad"),
    ],
    caption="Any channel of two inputs and two outputs. With $a = b$ it is the symmetric one, with "
    "$a = 0$ or $b = 0$ a Z channel. Where the first two bars are equally high, nothing "
    "arrives. The dashed line is at the best share of ones.",
)

# ---- demo-seven-bits: Hamming's code on circles ----

DATA = (1, 0, 1, 1)
SENT = hamming_encode(DATA)
DATA_PLACES = [2, 4, 5, 6]
# Position 1 to 7: in circle 1 if its number has a 1 in binary, in circle 2 a 2, in circle 3 a 4.
PLACES = [(-1.2, 0.75), (1.2, 0.75), (0, 0.98), (0, -1.45), (-0.72, -0.32), (0.72, -0.32), (0, 0.2)]
CENTRES = [(-0.6, 0.4), (0.6, 0.4), (0, -0.62)]
RADIUS = 1.16
TURN = np.linspace(0, 2 * math.pi, 61)


def of_flips(*places):
    """Let a function of flips, 0 or 1 for each of these places, name the toggles it depends on."""
    names = [f"f{place + 1}" for place in places]

    def named(function):
        @wraps(function)
        def in_state(**state):
            return function(np.array([int(state[name]) for name in names]))

        parameters = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY) for name in names]
        in_state.__signature__ = inspect.Signature(parameters)
        return in_state

    return named


ALL = range(7)


@of_flips(*ALL)
def received(flips):
    """The seven digits that arrive."""
    return "".join(map(str, SENT ^ flips))


def _mended(flips):
    return hamming_decode(SENT ^ flips)


@of_flips(*ALL)
def syndrome(flips):
    """The number that the failed checks spell."""
    return _mended(flips).flipped + 1


@of_flips(*ALL)
def does(flips):
    """What the decoder does."""
    place = _mended(flips).flipped
    return f"flips position {place + 1}" if place >= 0 else "leaves all as it is"


def _left(flips):
    return int((hamming_encode(_mended(flips).bits) != SENT).sum())


@of_flips(*ALL)
def still_wrong(flips):
    """How many of the seven are wrong afterwards."""
    return _left(flips)


@of_flips(*ALL)
def verdict(flips):
    """What has become of the data."""
    if _left(flips):
        return "wrong, and nobody is told"
    return "mended" if flips[DATA_PLACES].any() else "as they were sent"


@of_flips(*ALL)
def mended_place(flips):
    """Where the decoder flips a digit, if it does."""
    place = _mended(flips).flipped
    return PLACES[place] if place >= 0 else (math.nan, math.nan)


def _digit(place):
    """Return the marks of one position: its digit, and a ring if it was flipped."""
    x, y = PLACES[place]

    @of_flips(place)
    def digit(flips):
        return str(SENT[place] ^ flips[0])

    @of_flips(place)
    def ring(flips):
        return x if flips[0] else math.nan

    return (
        Points(x=ring, y=y, colour="bad", radius=9, hollow=True),
        Text(x=x, y=y - 0.08, text=digit, size=13),
    )


def _odd_circle(check):
    """Return the outline of a circle, drawn where its digits do not sum to an even number."""
    places = [place for place in ALL if (place + 1) >> check & 1]
    x, y = CENTRES[check]

    @of_flips(*places)
    def outline(flips):
        return y + RADIUS * np.sin(TURN) if flips.sum() % 2 else np.full(TURN.size, math.nan)

    return Curve(x=x + RADIUS * np.cos(TURN), y=outline, colour="bad", width=2.6, broken=True)


def circle_axes(ax):
    """Three circles that meet, and the numbers of the positions."""
    names = {"check 1": (-1.75, 1.38), "check 2": (1.75, 1.38), "check 4": (1.5, -1.5)}
    for (x, y), (name, place) in zip(CENTRES, names.items()):
        ax.plot(x + RADIUS * np.cos(TURN), y + RADIUS * np.sin(TURN), color=light("muted"))
        ax.text(*place, name, color=light("muted"), ha="center")
    for place, (x, y) in enumerate(PLACES):
        ax.text(x + 0.17, y - 0.26, str(place + 1), color=light("muted"), fontsize=9.5)
    ax.set(xlim=(-2.6, 2.6), ylim=(-1.95, 1.75), aspect="equal")
    ax.axis("off")


seven_bits = Demo(
    "seven-bits",
    controls=[Toggle(f"f{i}", start=False, label=f"flip position {i}") for i in range(1, 8)],
    panels=[
        Panel(
            axes=circle_axes,
            marks=(
                *(_odd_circle(check) for check in range(3)),
                *(mark for place in ALL for mark in _digit(place)),
                Points(xy=mended_place, colour="good", radius=12, hollow=True),
            ),
            alt="Three circles that meet, with a digit in each of their seven regions. A circle "
            "whose digits do not sum to an even number is drawn thick, a flipped digit has a "
            "small ring, and the digit that the decoder flips back a larger one",
            width=400,
            height=285,
        )
    ],
    readouts=[
        Readout(of=received, label="arrives", digits=None),
        Readout(of=syndrome, label="failed checks, added up", digits=0),
        Readout(of=does, label="the decoder", digits=None, colour="good"),
        Readout(of=still_wrong, label="still wrong", unit="of 7", digits=0, colour="bad"),
        Readout(of=verdict, label="the four data digits", digits=None),
    ],
    caption="Sent is 0110011, the word of the data 1011, which stand at the positions 3, 5, 6 and "
    "7. In every circle the digits must sum to an even number; a thick circle is one that does "
    "not. Small rings are what the line flipped, the large one is what the decoder flips.",
)

# ---- demo-staircase: density evolution on erasures ----

DEGREES = {"(2, 4)": (2, 4), "(3, 6)": (3, 6), "(4, 8)": (4, 8), "(5, 10)": (5, 10)}
GRID = np.linspace(0, 1, 101)
STEPS = 30
CLEAN = 1e-6


def _after_a_round(e, x, code):
    each, in_check = DEGREES[code]
    return e * (1 - (1 - x) ** (in_check - 1)) ** (each - 1)


@cache
def _messages(e, code):
    """Return the share of erased messages round by round, until it is clean or stands still."""
    shares = [e]
    while shares[-1] >= CLEAN:
        shares.append(float(_after_a_round(e, shares[-1], code)))
        if shares[-2] - shares[-1] < 1e-9:
            break
    return shares


def rounds(e, code):
    """How many rounds it takes until less than a millionth of the messages is erased."""
    shares = _messages(e, code)
    return len(shares) - 1 if shares[-1] < CLEAN else math.inf


def at_most(code):
    """The largest share of erasures that dies out."""
    return threshold(*DEGREES[code])


def left(e, code):
    """The share of digits that stay erased."""
    shares = _messages(e, code)
    if shares[-1] < CLEAN:
        return 0.0
    each, in_check = DEGREES[code]
    return e * (1 - (1 - shares[-1]) ** (in_check - 1)) ** each


def round_curve(e, code):
    """What a round makes of any share of erased messages."""
    return _after_a_round(e, GRID, code)


def stairs(e, code):
    """The steps down, or as far as they go."""
    shares = evolution(e, *DEGREES[code], STEPS)
    xs, ys = np.repeat(shares, 2)[:-1], np.repeat(shares, 2)[1:]
    return xs, ys


def stairs_axes(ax):
    """Axes for the share before and after a round."""
    ax.plot([0, 1], [0, 1], color=light("muted"), linewidth=1)
    ax.set(
        xlim=(0, 0.65),
        ylim=(0, 0.65),
        xlabel="erased messages before a round",
        title="erased messages after a round",
    )


def fall(e, code):
    """The share after 0, 1, 2 … rounds."""
    return evolution(e, *DEGREES[code], STEPS)


def fall_axes(ax):
    """Axes for the share against the rounds."""
    ax.set(xlim=(0, STEPS), ylim=(0, 0.65), xlabel="rounds", title="erased messages")


staircase = Demo(
    "staircase",
    controls=[
        Slider("e", 0, 0.6, 0.01, start=0.3, label="share of digits erased, e"),
        Choice("code", tuple(DEGREES), start="(3, 6)", label="code"),
    ],
    panels=[
        Panel(
            axes=stairs_axes,
            marks=(
                Curve(x=GRID, y=round_curve),
                Curve(xy=stairs, colour="q", width=1.4),
            ),
            alt="A curve that says what share of messages is erased after a round, the diagonal, "
            "and a staircase of thirty rounds between them that goes down towards zero, or no lower "
            "than where they meet",
            drag_x="e",
        ),
        Panel(
            axes=fall_axes,
            marks=(Curve(x=np.arange(STEPS + 1), y=fall, colour="q"),),
            alt="The share of erased messages against the number of rounds",
        ),
    ],
    readouts=[
        Readout(of=rounds, label="rounds until clean", digits=0, colour="q"),
        Readout(of=left, label="digits lost for good", colour="bad"),
        Readout(of=at_most, label="threshold of the code"),
    ],
    buttons=[Play(control="e")],
    caption="Endless blocks whose digits are erased with probability $e$. In the (3, 6) code a digit stands in 3 checks and a check has 6 digits; all four codes have rate "
    "½, and no code of rate ½ can bear more than half. The staircase falls as long as the curve "
    "stays below the diagonal.",
)
