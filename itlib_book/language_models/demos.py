"""The demos of the chapter on language models."""

import math
from functools import lru_cache

import numpy as np

from bookkit.demo.controls import Choice, Slider
from bookkit.demo.demo import Demo
from bookkit.demo.marks import Bars, Curve, Points, Text
from bookkit.demo.panel import Panel
from bookkit.demo.readouts import Play, Readout
from bookkit.svg import INK
from itlib import self_information
from itlib_book.language_models.data import model
from itlib_book.shared.sample_text import KEYS
from itlib_book.shared.units import information, unit_choice

# ---- the sample, cut in two, and the models that learn from it ----


# ---- demo-perplexity: a sentence that the model has not seen, one character after the other ----

SENTENCE = "zero is a case, not a number to be nudged."
WORDS = len(SENTENCE.split())
MOST = 12  # bits; a higher bar leaves the picture
LIKELIEST = 10
ROWS = np.arange(LIKELIEST)
WEIGHTS = {"none": 0, "w = 0.1": 0.1, "w = 1": 1, "w = 10": 10, "Witten–Bell": "witten-bell"}


@lru_cache
def _after(place):
    """Return what has been read before the character after a place, as numbers."""
    return [KEYS.index(key) for key in ". " + SENTENCE[:place]]


@lru_cache(maxsize=4096)
def _prediction(context, smoothing, place):
    """Return the distribution of the character at a place, counted from 1."""
    return model(int(context), WEIGHTS[smoothing])(_after(int(place) - 1))


@lru_cache(maxsize=256)
def _surprises(context, smoothing):
    """Return the bits of every character of the sentence."""
    return self_information(
        [
            _prediction(context, smoothing, place)[KEYS.index(key)]
            for place, key in enumerate(SENTENCE, 1)
        ]
    )


def _shown(key):
    return "␣" if key == " " else key


@lru_cache(maxsize=4096)
def _ranking(context, smoothing, place):
    return np.argsort(-_prediction(context, smoothing, place), kind="stable")[:LIKELIEST]


def likeliest(context, smoothing, place):
    """The probabilities of the likeliest next characters."""
    return _prediction(context, smoothing, place)[_ranking(context, smoothing, place)]


def came(context, smoothing, place):
    """The probability of the character that came."""
    return _prediction(context, smoothing, place)[KEYS.index(SENTENCE[int(place) - 1])]


def came_key(place):
    """The character that came."""
    return _shown(SENTENCE[int(place) - 1])


def seen(context, place):
    """What the model looks at."""
    past = _after(int(place) - 1)
    recent = past[max(len(past) - int(context), 0) :]
    return f"it sees “{''.join(_shown(KEYS[key]) for key in recent)}”"


def _name(row):
    """Return the mark that names the bar in a row."""

    def key(context, smoothing, place):
        return _shown(KEYS[_ranking(context, smoothing, place)[row]])

    return Text(x=-0.03, y=row + 0.28, text=key)


def surprises(context, smoothing):
    """The bits of every character of the sentence, as far as the picture goes."""
    return np.minimum(_surprises(context, smoothing), MOST + 1)


def means(context, smoothing):
    """The mean bits up to every character, as far as the picture goes."""
    counts = np.arange(1, len(SENTENCE) + 1)
    return np.minimum(np.cumsum(_surprises(context, smoothing)) / counts, MOST + 1)


def surprise(context, smoothing, place):
    """The bits of the character that came."""
    return _surprises(context, smoothing)[int(place) - 1]


def height(context, smoothing, place):
    """The same, as far as the picture goes."""
    return surprises(context, smoothing)[int(place) - 1]


def mean(context, smoothing, place):
    """The mean so far, as far as the picture goes."""
    return means(context, smoothing)[int(place) - 1]


def bar(place):
    """Where the bar of the place begins and ends."""
    return place - 0.4, place + 0.4


def rate(context, smoothing, place):
    """The mean bits per character so far."""
    return np.mean(_surprises(context, smoothing)[: int(place)])


def per_character(context, smoothing, place):
    """The perplexity per character so far."""
    return 2 ** rate(context, smoothing, place)


def per_word(context, smoothing, place):
    """The perplexity per word at that rate, spaces and full stop counted."""
    choices = 2 ** (rate(context, smoothing, place) * len(SENTENCE) / WORDS)
    if choices < 1e6:
        return f"{choices:,.0f}"
    return "∞" if math.isinf(choices) else f"10 to the power of {math.log10(choices):.1f}"


def ranking_axes(ax):
    """Axes for the likeliest next characters, and below them the one that came."""
    ax.set(
        xlim=(-0.06, 1),
        ylim=(LIKELIEST + 1.4, -0.6),
        xlabel="probability",
        yticks=[],
        xticks=[0, 0.25, 0.5, 0.75, 1],
        title="the likeliest next characters",
    )
    ax.axvline(0, linewidth=0.8, color=INK)


def sentence_axes(ax):
    """Axes for the surprise at every character of the sentence."""
    ax.set(
        xlim=(0.2, len(SENTENCE) + 0.8),
        ylim=(0, MOST),
        ylabel="bits",
        xticks=range(1, len(SENTENCE) + 1),
        title="surprise, and its mean so far",
    )
    ax.set_xticklabels([_shown(key) for key in SENTENCE], fontsize=6.5)
    ax.tick_params(axis="x", length=0, pad=2)


PLACES = np.arange(1, len(SENTENCE) + 1)

perplexity = Demo(
    "perplexity",
    controls=[
        Slider("context", 0, 6, 1, start=3, label="characters it looks back"),
        Choice("smoothing", tuple(WEIGHTS), start="Witten–Bell", label="smoothing"),
        Slider("place", 1, len(SENTENCE), 1, start=23, label="place in the sentence"),
        unit_choice(),
    ],
    panels=[
        Panel(
            axes=ranking_axes,
            marks=(
                Bars(left=0, right=likeliest, base=ROWS + 0.4, top=ROWS - 0.4, colour="p"),
                *(_name(row) for row in ROWS),
                Bars(left=0, right=came, base=LIKELIEST + 1.1, top=LIKELIEST + 0.3, colour="q"),
                Text(x=-0.03, y=LIKELIEST + 0.98, text=came_key, colour="q"),
                Text(x=0.98, y=LIKELIEST - 0.6, text=seen, anchor="end"),
                Text(x=0.98, y=LIKELIEST + 0.98, text="what came", anchor="end", colour="q"),
            ),
            alt="Bars of the probabilities of the ten likeliest next characters, and below them of "
            "the character that came",
        ),
        Panel(
            axes=sentence_axes,
            drag_x="place",
            marks=(
                Bars(
                    left=PLACES - 0.4,
                    right=PLACES + 0.4,
                    base=0,
                    top=surprises,
                    colour="muted",
                    opacity=0.6,
                ),
                Bars(across=bar, base=0, top=height, colour="q"),
                Curve(x=PLACES, y=means, colour="mix"),
                Points(x="place", y=mean, colour="mix"),
            ),
            alt="A bar for the surprise at each character of the sentence, and a line for the mean "
            "of all bars so far",
        ),
    ],
    readouts=[
        information(surprise, label="this character", colour="q"),
        information(rate, label="per character so far", colour="mix"),
        Readout(of=per_character, label="perplexity per character", digits=2, colour="mix"),
        Readout(of=per_word, label="perplexity per word", digits=None),
    ],
    buttons=[Play(control="place", label="Read on")],
    caption=f"A sentence of {len(SENTENCE)} characters and {WORDS} words from the held-out text. "
    "Orange: the character that came, and what it cost; a bar that is cut off is longer. "
    "Purple: the mean so far. "
    "The perplexity per word goes on at that rate, spaces and full stop counted.",
)
