"""The figures of the chapter on source coding, and the text and the photograph that it codes."""

import math

import numpy as np

from bookkit.figure import Figure
from bookkit.palette import light
from bookkit.svg import INK
from itlib import (
    arithmetic_encode,
    binary_entropy,
    entropy,
    expected_length,
    huffman_code,
    normalize,
)
from itlib_book.shared.pictures import png_size
from itlib_book.shared.sample_text import sample_text
from itlib_book.source_coding.data import (
    DEPTH,
    HEADS,
    STAY,
    cells,
    digits_for,
    from_the_left,
    learning_rate,
    lzma_rate,
    photograph,
    run_entropy,
    sticky_blocks,
    sticky_flips,
    surprises,
    text_numbers,
    waste,
    zlib_rate,
)

# ---- the puzzle ----


def _histogram(values):
    """Return the entropy of how often each value occurs."""
    return entropy(normalize(np.bincount(np.ravel(values))))


def draw_puzzle(ax):
    """Draw the entropy of the values beside what a code spends, for a text, a picture and a coin."""
    grey = photograph()
    text = text_numbers()
    rows = {
        "text: characters": _histogram(text),
        "text: zlib": zlib_rate(text.astype(np.uint8)),
        "photograph: greys": _histogram(grey),
        "photograph: PNG": 8 * png_size(grey) / grey.size,
        "coin of 9 to 1: flips": binary_entropy(HEADS),
        "coin of 9 to 1: best words": 1.0,
    }
    for i, bits in enumerate(rows.values()):
        y = i + 0.4 * (i // 2)
        ax.barh(y, bits, 0.8, color=light("q" if i % 2 else "p"), alpha=0.75)
        ax.text(bits + 0.08, y, f"{bits:.1f}" if bits > 1 else f"{bits:.2f}", va="center")
    ax.set(
        xlim=(0, 8.6),
        ylim=(6.3, -0.6),
        yticks=[i + 0.4 * (i // 2) for i in range(6)],
        yticklabels=list(rows),
        xlabel="bits or digits, per character, pixel, flip",
    )
    ax.tick_params(axis="y", length=0)


puzzle = Figure(
    "code-puzzle",
    draw_puzzle,
    width=400,
    height=210,
    caption="The entropy of the frequencies (blue) and what a lossless code spends (orange). Two of "
    "the codes are below the bound, and the best words for a single flip far above it.",
    alt="Three pairs of bars: for a text and a photograph the code is shorter than the entropy of "
    "the frequencies, for a coin of nine to one it is more than twice as long",
)

# ---- words and their shares ----


def _draw_shares(ax, code, title):
    """Draw every word of up to four digits as its interval, and which ones a code takes."""
    owners = np.zeros(2**DEPTH, dtype=int)
    for word in code:
        owners[cells(word)] += 1
    for digits in range(1, DEPTH + 1):
        for number in range(2**digits):
            word = f"{number:0{digits}b}"
            _draw_word(ax, word, word in code, owners[cells(word)])
    ax.set(
        xlim=(0, 1),
        ylim=(DEPTH, 0),
        xticks=[0, 0.25, 0.5, 0.75, 1],
        yticks=[0.5, 1.5, 2.5, 3.5],
        yticklabels=range(1, DEPTH + 1),
        ylabel="digits",
        title=title,
    )
    ax.tick_params(axis="y", length=0)
    ax.spines[:].set_visible(False)


def _draw_word(ax, word, taken, owners):
    width, row = 0.5 ** len(word), len(word) - 1
    colour = light("bad" if owners.max() > 1 else "p")
    alpha = 0.75 if taken else 0.16 if owners.min() > 0 else 0
    ax.bar(int(word, 2) * width, 0.94, width, row + 0.03, align="edge", color=colour, alpha=alpha)
    ax.bar(
        int(word, 2) * width,
        0.94,
        width,
        row + 0.03,
        align="edge",
        color="none",
        edgecolor=light("line"),
        linewidth=0.6,
    )
    if len(word) < DEPTH:
        ax.text(
            (int(word, 2) + 0.5) * width,
            row + 0.52,
            word,
            ha="center",
            va="center",
            color="white" if taken else light("muted"),
        )


def draw_prefix_code(ax):
    """Draw a prefix code: its intervals do not meet."""
    _draw_shares(ax, ["0", "10", "110", "111"], "0, 10, 110, 111: nothing shared")


def draw_ambiguous_code(ax):
    """Draw a code that is not a prefix code: an interval with two owners."""
    _draw_shares(ax, ["0", "10", "01", "111"], "0, 10, 01, 111: claimed twice")


shares = Figure(
    "code-shares",
    draw_prefix_code,
    draw_ambiguous_code,
    height=190,
    caption="All words of up to four digits; each stands above the words that it begins, and owns "
    "an interval. First: the words of a prefix code own intervals that do not meet, so "
    "their widths add up to at most 1. Second: `0` begins `01`, and both claim the same "
    "interval (red).",
    alt="Two grids of binary words, longer ones below; the words of a code are filled and what "
    "they own below them is shaded. In the second the share of the word 01 is owned twice",
)


# ---- coding flips in blocks ----

COINS = {0.7: "good", 0.9: "q", 0.99: "mix"}
FLIPS = np.arange(1, 11)


def draw_waste(ax):
    """Draw the waste of Huffman's code against the length of the block, and its limit."""
    ax.plot(FLIPS, 1 / FLIPS, color=light("muted"), linestyle="--", linewidth=1.2)
    ax.text(10.2, 0.1, "1/n", color=light("muted"), va="center")
    for heads, colour in COINS.items():
        wasted = [waste(heads, int(n)) for n in FLIPS]
        ax.plot(FLIPS, wasted, "o-", color=light(colour), markersize=3.5)
        ax.text(10.2, wasted[-1], f"{heads}", color=light(colour), va="center")
    ax.set(
        xlim=(1, 11.2),
        yscale="log",
        xticks=FLIPS,
        xlabel="flips coded together, n",
        ylabel="digits per flip",
        title="wasted: L/n − H, for three coins",
    )


blocks = Figure(
    "code-blocks",
    draw_waste,
    width=400,
    height=240,
    caption="What Huffman's code for blocks wastes per flip, for coins with $P(\\text{heads})$ = "
    "0.7, 0.9 and 0.99. All stay below $1/n$, and on the whole they fall, though for the "
    "first two coins not at every step: some block lengths happen to fit a coin. The coin of 99 "
    "to 1 needs long blocks, and a block of ten already needs a table of 1024 words.",
    alt="Wasted digits per flip on a logarithmic axis against block lengths of 1 to 10, for three "
    "coins, below the dashed line 1/n",
)


# ---- a message is an interval ----

MESSAGE = (0, 0, 1, 0)


def _draw_narrowing(ax, heads):
    """Draw how the message 0010 narrows [0, 1), and the digits that name its interval."""
    low, width = 0.0, 1.0
    for row, outcome in enumerate((*MESSAGE, None)):
        ax.barh(row, 1, 0.72, color=light("line"), alpha=0.6)
        if outcome is None:
            break
        for start, share, colour in ((low, heads, "p"), (low + heads * width, 1 - heads, "q")):
            ax.barh(row, share * width, 0.72, start, color=light(colour), alpha=0.75)
        low, width = (
            (low, heads * width) if outcome == 0 else (low + heads * width, (1 - heads) * width)
        )
    ax.barh(4, width, 0.72, low, color=light("mix"))
    digits = arithmetic_encode([heads, 1 - heads], MESSAGE)
    share = 0.5 ** len(digits)
    ax.barh(5, share, 0.72, int(digits, 2) * share, color=INK)
    ax.text((int(digits, 2) + 1.6) * share, 5, digits, va="center")
    ax.set(
        xlim=(0, 1),
        ylim=(5.6, -0.6),
        xticks=[0, 0.25, 0.5, 0.75, 1],
        yticks=range(6),
        yticklabels=["", "0", "00", "001", "0010", "digits"],
        title=f"P(0) = {heads}: {-math.log2(width):.2f} bits",
    )
    ax.tick_params(axis="y", length=0)
    ax.spines[["left", "bottom"]].set_visible(False)


def draw_fair_message(ax):
    """Draw the interval of 0010 for a fair coin."""
    _draw_narrowing(ax, 0.5)


def draw_uneven_message(ax):
    """Draw the interval of 0010 for a coin that shows 0 three times in four."""
    _draw_narrowing(ax, 0.75)


intervals = Figure(
    "code-intervals",
    draw_fair_message,
    draw_uneven_message,
    height=220,
    caption="The message 0010, one flip a row. What is left of the line is split in the "
    "proportion of the coin, blue for 0 and orange for 1, and the flip keeps one part. The "
    "purple interval is as wide as the message is likely. Last row: an interval inside it "
    "that binary digits can name, and its name. What is likelier keeps more room.",
    alt="Two pictures of the line from 0 to 1 that is narrowed four times, for a fair coin and for "
    "a coin of three to one; the last interval is wider in the second one, and a short "
    "bar with its binary digits lies inside it",
)


# ---- typical messages ----

RATE = binary_entropy(HEADS)


def draw_spread(ax):
    """Draw how the surprise per flip is distributed, for three lengths of the message."""
    for flips, colour in ((10, "good"), (100, "q"), (1000, "p")):
        surprise, likely = surprises(flips)
        seen = likely > likely.max() / 500
        surprise, likely = surprise[seen], likely[seen]
        ax.vlines(
            surprise,
            0,
            likely / likely.max(),
            color=light(colour),
            linewidth={10: 2.5, 100: 1.6, 1000: 0.7}[flips],
            alpha=0.8,
        )
    for flips, colour, x, y in (
        (10, "good", 0.81, 0.4),
        (100, "q", 0.6, 0.58),
        (1000, "p", 0.53, 0.95),
    ):
        ax.text(x, y, f"n = {flips}", color=light(colour))
    ax.axvline(RATE, color=INK, linewidth=1, linestyle="--")
    ax.text(RATE - 0.015, 1.06, f"H = {RATE:.3f}", ha="right")
    ax.set(
        xlim=(0.1, 1.15),
        ylim=(0, 1.18),
        yticks=[],
        xlabel="bits per flip",
        title="−1/n log₂ P of n flips",
    )


def draw_sets(ax):
    """Draw how many digits per flip number all messages but a rest, against the length."""
    lengths = np.unique(np.rint(np.geomspace(1, 1000, 40)).astype(int))
    for share, colour in ((0.999, "mix"), (0.9, "p"), (0.5, "good")):
        ax.plot(lengths, [digits_for(share, int(n)) for n in lengths], color=light(colour))
    ax.text(30, 0.85, "99.9 %", color=light("mix"))
    ax.text(50, 0.6, "90 %", color=light("p"))
    ax.text(24, 0.24, "50 %", color=light("good"))
    ax.axhline(RATE, color=INK, linewidth=1, linestyle="--")
    ax.set(
        xlim=(1, 1000),
        ylim=(0, 1.05),
        xscale="log",
        xlabel="flips, n",
        ylabel="digits per flip",
        title="to number the likeliest messages",
    )


typical = Figure(
    "code-typical",
    draw_spread,
    draw_sets,
    caption="A coin with $P(\\text{heads}) = 0.9$. First: the surprise of a message per flip, each "
    "curve scaled to its highest point; in long messages hardly anything but the entropy "
    "occurs. Second: the digits per flip that suffice to give a number to enough messages "
    "to have 50, 90 or 99.9 per cent of the probability. Whatever share "
    "short of all one asks for, it costs about $H$ in long messages.",
    alt="First: distributions of the surprise per flip for 10, 100 and 1000 flips, narrower and "
    "narrower around a dashed line at the entropy. Second: three curves against the length of "
    "the message, which close in on the entropy",
)


# ---- a source with a memory ----


def _draw_strip(ax, flips, title):
    ax.imshow(flips.reshape(8, -1), cmap="gray", interpolation="none", aspect="equal")
    ax.set(xticks=[], yticks=[], title=title)
    ax.spines[:].set_color(light("line"))


def draw_sticky(ax):
    """Draw flips of the sticky coin, row by row."""
    _draw_strip(ax, sticky_flips(8 * 40), "repeats nine times in ten")


def draw_free(ax):
    """Draw flips of a fair coin, row by row."""
    _draw_strip(ax, np.random.default_rng(1).integers(2, size=8 * 40), "fair and independent")


def draw_rates(ax):
    """Draw what blocks of the sticky coin cost, and what they would cost at least."""
    floor = binary_entropy(STAY)
    per_flip = [entropy(sticky_blocks(int(n))) / n for n in FLIPS]
    coded = [
        expected_length(sticky_blocks(int(n)), huffman_code(sticky_blocks(int(n)))) / n
        for n in FLIPS
    ]
    given_past = [1.0] + [floor] * (len(FLIPS) - 1)
    ax.plot(FLIPS, coded, "o", color=light("q"), markersize=4)
    ax.plot(FLIPS, per_flip, color=light("p"))
    ax.plot(FLIPS, given_past, color=light("good"))
    ax.text(10, coded[-1] + 0.12, "dots: Huffman", color=light("q"), ha="right")
    ax.text(5.2, 0.68, "H of n flips, by n", color=light("p"))
    ax.text(10, floor - 0.1, "H of a flip, given those before", color=light("good"), ha="right")
    ax.set(
        xlim=(0.7, 10.3),
        ylim=(0.3, 1.1),
        xticks=FLIPS,
        xlabel="flips, n",
        ylabel="bits per flip",
        title="the sticky coin",
    )


memory = Figure(
    "code-memory",
    draw_sticky,
    draw_free,
    height=100,
    caption="Flips of two coins, row by row. In the long run black and white are equally frequent "
    "in both, so a code for single flips cannot tell them apart.",
    alt="Two strips of black and white cells: the first in long runs, the second like noise",
)

rates = Figure(
    "code-rates",
    draw_rates,
    width=400,
    height=240,
    caption="Given the flips before it, a flip of the sticky coin has $h(0.9)$ bits from the "
    "second on (green). Averaged over a block the first flip still counts with its full "
    "bit (blue), and Huffman's code for blocks (dots) is never below that average.",
    alt="Bits per flip against the block length: a green line that drops at once to the entropy "
    "rate, a blue curve that falls towards it slowly, and dots on or above the blue curve",
)


# ---- a real text ----

LONGEST = 6


def draw_contexts(ax):
    """Draw bits per character against the length of the context, counted and learnt."""
    contexts = np.arange(LONGEST + 1)
    counted = [run_entropy(int(k) + 1) - run_entropy(int(k)) for k in contexts]
    learnt = [learning_rate(int(k)) for k in contexts]
    data = sample_text().encode()
    for name, rate in (("zlib", zlib_rate(data)), ("lzma", lzma_rate(data))):
        ax.axhline(rate, color=light("muted"), linewidth=1)
        ax.text(0, rate + 0.06, name, color=light("muted"))
    ax.plot(contexts, counted, "o--", color=light("p"), markersize=4)
    ax.plot(contexts, learnt, "o-", color=light("q"), markersize=4)
    ax.text(4.6, 0.65, "frequencies known", color=light("p"), ha="right")
    ax.text(6, learnt[-1] + 0.2, "frequencies learnt", color=light("q"), ha="right")
    ax.set(
        xlim=(-0.3, 6.3),
        ylim=(0, 4.6),
        xlabel="characters of context, k",
        ylabel="bits per character",
        title="the next character, given k before it",
    )


contexts = Figure(
    "code-contexts",
    draw_contexts,
    width=400,
    height=260,
    caption="Blue: the conditional entropy of the empirical frequencies falls towards 0, because a "
    "long context occurs once and then “predicts” the one character that followed it. "
    "Orange: what a coder needs that has to learn these frequencies while it reads. Grey: "
    "two compressors.",
    alt="Bits per character against the length of the context: a dashed curve that falls below 1, "
    "a solid one that turns up again after three characters, and two level lines",
)


# ---- a real photograph ----


def draw_photograph(ax):
    """Draw the photograph."""
    ax.imshow(photograph(), cmap="gray", vmin=0, vmax=255, interpolation="none")
    ax.set(xticks=[], yticks=[], title="the photograph")
    ax.spines[:].set_visible(False)


def draw_differences(ax):
    """Draw the differences to the left neighbour, grey for none."""
    centred = (from_the_left().astype(int) + 128) % 256
    ax.imshow(centred, cmap="gray", vmin=0, vmax=255, interpolation="none")
    ax.set(xticks=[], yticks=[], title="less its left neighbour")
    ax.spines[:].set_visible(False)


def _draw_histogram(ax, values, start, colour):
    share = normalize(np.bincount(((values.astype(int) - start) % 256).ravel(), minlength=256))
    ax.stairs(share, np.arange(start, start + 257), fill=True, color=light(colour))
    ax.set(
        xlim=(start, start + 256),
        ylim=(0, 0.06),
        yticks=[],
        title=f"{entropy(share):.2f} bits a pixel",
    )


def draw_greys(ax):
    """Draw the histogram of the greys."""
    _draw_histogram(ax, photograph(), 0, "p")
    ax.set(xlabel="grey")


def draw_steps(ax):
    """Draw the histogram of the differences, on the same scale."""
    _draw_histogram(ax, from_the_left(), -128, "q")
    ax.text(6, 0.055, f"{np.mean(from_the_left() == 0):.2f} at zero", color=light("q"))
    ax.set(xlabel="difference, modulo 256")


photo = Figure(
    "code-photo",
    draw_photograph,
    draw_differences,
    draw_greys,
    draw_steps,
    height=225,
    caption="A photograph, what is left of it when every pixel's left neighbour is subtracted, and "
    "the histograms of both, on one scale (the peak at zero is cut off). Nothing is lost "
    "on the way: the differences add up to the picture. Photograph by danielbuechele, from "
    "scikit-learn; [CC BY 2.0](https://creativecommons.org/licenses/by/2.0/), reduced, cut "
    "out and made grey.",
    alt="A Chinese pavilion with curved roofs in grey; the same as an engraving of edges on even "
    "grey; a broad histogram with many peaks; a narrow one around zero",
)
