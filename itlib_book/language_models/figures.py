"""The figures of the chapter on language models."""

import math

from bookkit.figure import Figure
from bookkit.palette import light
from itlib_book.language_models.data import COMPRESSORS, bits_per_character, compressed

LETTERS = 4.5  # of the typesetter's words, on average
CONTEXTS = range(9)


# ---- three writers ----


def draw_writers(ax):
    """Draw the bits per character of the writers of the puzzle, with the space and without."""
    rows = (
        ("monkey, 44 keys", math.log2(44), None),
        ("15 per character", math.log2(15), None),
        ("typesetter", math.log2(2000), LETTERS),
        ("15 per word", math.log2(15), LETTERS),
    )
    for y, (_, bits, letters) in enumerate(rows):
        if letters is None:
            ax.barh(y, bits, 0.55, color=light("p"))
            ax.text(bits + 0.08, y, f"{bits:.2f}", va="center")
        else:
            for side, count, colour in ((0.19, letters + 1, "p"), (-0.19, letters, "muted")):
                ax.barh(y - side, bits / count, 0.34, color=light(colour))
                ax.text(bits / count + 0.08, y - side, f"{bits / count:.2f}", va="center")
    ax.set(
        xlim=(0, 6.4),
        ylim=(3.6, -0.6),
        yticks=range(4),
        xlabel="bits per character",
        yticklabels=[name for name, *_ in rows],
    )
    ax.tick_params(axis="y", length=0)


writers = Figure(
    "lm-writers",
    draw_writers,
    width=400,
    height=200,
    caption="Blue: bits per keystroke, the space included. Grey: the same bits over the letters "
    "alone. One number 15, read in two ways, lies on either side of the drunk typesetter.",
    alt="Bars in bits per character: the monkey has most, then perplexity 15 per character, the "
    "typesetter, and least perplexity 15 per word",
)


# ---- learning by heart ----


def _draw_curves(ax, curves, title):
    """Draw (name, colour, bits per character) against how far the model looks back."""
    for name, colour, bits in curves:
        ax.plot(CONTEXTS, bits, "o-", color=light(colour), markersize=4)
        ax.text(8.25, bits[-1], name, color=light(colour), va="center", fontsize=8.5)
    ax.set(
        xlim=(-0.2, 10.4),
        ylim=(0, 4.6),
        xlabel="characters it looks back",
        title=title,
        ylabel="bits per character",
        xticks=range(0, 9, 2),
    )


def draw_both_texts(ax):
    """Draw the bits per character on both parts, with Witten and Bell's smoothing."""
    _draw_curves(
        ax,
        [
            (name, colour, [bits_per_character(n, held_out=held_out) for n in CONTEXTS])
            for name, colour, held_out in (("training", "p", False), ("held-out", "q", True))
        ],
        "Witten–Bell smoothing",
    )


def draw_weights(ax):
    """Draw the bits per character on the held-out part for several weights."""
    _draw_curves(
        ax,
        [
            (name, colour, [bits_per_character(n, weight) for n in CONTEXTS])
            for name, colour, weight in (
                ("w = 0.1", "muted", 0.1),
                ("w = 1", "mix", 1),
                ("Witten–Bell", "q", "witten-bell"),
                ("w = 10", "good", 10),
            )
        ],
        "held-out text, several weights",
    )


by_heart = Figure(
    "lm-by-heart",
    draw_both_texts,
    draw_weights,
    caption="First: the further a model looks back, the better it knows the text it was made from. "
    "On text it has not seen the gain turns into a loss: it has learnt by heart. Second: how "
    "much depends on the weight of what shorter contexts say. Witten and Bell's rule needs no "
    "choice; here a constant 10 would have done a little better. A weight of 0 has no "
    "curve: as soon as it looks back, every point is infinite.",
    alt="Bits per character against the look-back: on the training text falling all the way, on "
    "the held-out text lowest at five characters; and the held-out curve for several "
    "weights",
)


# ---- compressors ----


def draw_compressors(ax):
    """Draw the bits per character of compressors and models on the held-out part."""
    rows = [("frequencies alone", bits_per_character(0), "q")]
    rows += [(f"{name} alone", compressed(name), "muted") for name in COMPRESSORS]
    rows += [
        (f"{name} after training", compressed(name, after_training=True), "p")
        for name in COMPRESSORS
    ]
    rows += [("model, looks back 5", bits_per_character(5), "q")]
    for y, (_, bits, colour) in enumerate(rows):
        ax.barh(y, bits, 0.6, color=light(colour))
        ax.text(bits + 0.06, y, f"{bits:.1f}", va="center")
    ax.set(
        xlim=(0, 5),
        ylim=(len(rows) - 0.4, -0.6),
        yticks=range(len(rows)),
        yticklabels=[name for name, *_ in rows],
        xlabel="bits per character",
    )
    ax.tick_params(axis="y", length=0)


compressors = Figure(
    "lm-compressors",
    draw_compressors,
    width=400,
    height=250,
    caption="The same held-out text, nine tenths of the sample being known to those in blue and "
    "orange. `zlib` forgets what is more than 32 kB back; `lzma` remembers it all, but "
    "mainly looks for repetitions, where `bz2` and the model weigh what usually follows.",
    alt="Bars in bits per character: frequencies alone need most; every compressor needs less "
    "after the training text than alone; bz2 after it and the n-gram model need least",
)
