"""The exercises of the chapter on source coding."""

import math

import numpy as np

from bookkit.exercise import (
    Case,
    Choice,
    Code,
    Derivation,
    Item,
    Limit,
    Mistake,
    Number,
    Option,
    Ordering,
    Prediction,
    Slip,
    Step,
    Swap,
    varied,
)
from itlib import (
    arithmetic_code_length,
    binary_entropy,
    channel_capacity,
    entropy,
    expected_length,
    huffman_code,
    kl_divergence,
    kraft_sum,
    self_information,
)
from itlib_book.shared.coins import NINE_IN_TEN, huffman_rate
from itlib_book.shared.common_mistakes import (
    base_ten_for_bits,
    missing_minus,
    nats_for_bits,
)
from itlib_book.source_coding.data import (
    STAY,
    digits_for,
    from_the_left,
    learning_rate,
    photograph,
    surprises,
    text_numbers,
    waste,
    zlib_rate,
)
from itlib_book.source_coding.demos import wasted

NEVER_NEGATIVE = Limit("A number of bits is never negative here.", below=0.0)


def _rounded_up(p):
    """Return how many digits each outcome gets when its surprise is rounded up."""
    return np.ceil(self_information(p)).astype(int).tolist()


def _any_words(lengths):
    """Return words of these lengths, for measures that only look at lengths."""
    return ["0" * length for length in lengths]


# ---- predict ----


def _histogram(values):
    """Return the entropy of how often each value occurs."""
    counts = np.bincount(np.ravel(values))
    return float(entropy(counts / counts.sum()))


_TEXT_RATES = {
    "nearly twice the entropy": 11 / 6,
    "the entropy, and a little more": 1.05,
    "about three fifths of the entropy": 0.6,
}


def _nearest(options, value):
    """Return the option whose number is the closest."""
    return min(options, key=lambda option: abs(math.log(options[option] / value)))


_TEXT_BITS = _histogram(text_numbers())
_TEXT_ZLIB = zlib_rate(text_numbers().astype(np.uint8))

guess_text = Prediction(
    "code-text",
    question="What does `zlib` spend on a character of this text?",
    options=list(_TEXT_RATES),
    happens=_nearest(_TEXT_RATES, _TEXT_ZLIB / _TEXT_BITS),
    saw=f"Its file has {_TEXT_ZLIB:.1f} digits per character, where the frequencies have "
    f"{_TEXT_BITS:.1f} bits. The photograph is no better behaved: its PNG stays below the entropy "
    "of its greys, and no pixel is lost. And then there is a coin whose sides no code words can "
    "name for less than twice the entropy.",
)

_FREE = [ratio for ratio in (0.5, 1) if wasted(4, ratio, 1, "Huffman") < 1e-9]
_RATIOS = {
    "only $\\frac12$: each symbol is half as likely as the one before": [0.5],
    "only 1: all four are equally likely": [1],
    "both $\\frac12$ and 1": [0.5, 1],
    "none": [],
}

guess_huffman = Prediction(
    "code-huffman",
    question="The probability of each of four symbols is that of the one before it, times a fixed "
    "factor. For which of the factors $\\frac12$ and 1 does Huffman's code for single symbols "
    "waste nothing?",
    options=list(_RATIOS),
    happens=next(text for text, ratios in _RATIOS.items() if ratios == _FREE),
    saw="With two or four symbols of equal chances the code wastes nothing, since all surprises "
    "are whole. With the factor $\\frac12$ they are not, as the four chances must add up to 1; "
    f"{wasted(4, 0.5, 1, 'Huffman'):.3f} digits are lost. The waste of Huffman's code is largest "
    "at the left end, where one symbol is nearly certain and still costs a digit."
    " With two symbols the code cannot "
    "react at all; each has one digit, however uneven they are. Blocks do react, and the allowance "
    "shrinks to $\\frac1n$. A word may also be *shorter* than the surprise (green), which others "
    "pay for: the budget is one. In the code that rounds up some branches do not fork, unless all "
    "surprises are whole; each is a digit that decides nothing, and the Kraft sum falls below 1.",
)

_WASTES = [waste(0.9, flips) for flips in range(1, 11)]
_FALLS = ("yes, each time", "mostly, but now and then a longer block wastes more", "no, never")

guess_blocks = Prediction(
    "code-blocks",
    question="A coin shows heads nine times in ten. The blocks get longer, flip by flip. Does "
    "each step lower what Huffman's code wastes per flip?",
    options=list(_FALLS),
    happens=_FALLS[0 if max(np.diff(_WASTES)) < 0 else 1 if _WASTES[-1] < _WASTES[0] else 2],
    saw="The bound $\\frac1n$ falls with every flip, the waste itself does not: some block "
    "lengths happen to fit the coin. Blocks of six flips of "
    f"this coin waste {_WASTES[5]:.4f} digits per flip, blocks of seven {_WASTES[6]:.4f}.",
)

_LEARNING = {
    "about half a digit per flip": 500,
    "about a tenth more than before": 44,
    "about four digits in all": 4,
}
_ORDERS = math.log2(1001 * math.comb(1000, 100)) - 1000 * binary_entropy(0.9)

guess_unknown = Prediction(
    "code-unknown",
    question="Now suppose that nobody has told the coder how uneven the coin is; it has to learn "
    "it from the flips. How many digits more does it spend on the thousand flips?",
    options=list(_LEARNING),
    happens=_nearest(_LEARNING, _ORDERS),
    saw="Not knowing the coin costs a few digits per *message*. Every flip "
    "teaches it a little, and what is still unknown costs less and less.",
)

_SHARE_DIGITS = digits_for(0.999, 1000) / digits_for(0.5, 1000)
_SHARES_COST = {
    "about twice as many": 2.0,
    "about the same number": 1.0,
    "more and more times as many, the longer the message": 10.0,
}

guess_typical = Prediction(
    "code-typical",
    question="You number the likeliest messages of $n$ flips until they have 50 per cent of the "
    "probability; a colleague goes on until 99.9 per cent. How many digits per flip does the "
    "colleague need for large $n$, compared with you?",
    options=list(_SHARES_COST),
    happens=_nearest(_SHARES_COST, _SHARE_DIGITS),
    saw="For short messages it matters which share is asked for. For long ones it hardly does: "
    "at a thousand flips the colleague needs "
    f"{digits_for(0.999, 1000):.2f} digits per flip and you {digits_for(0.5, 1000):.2f}, and both "
    "approach the entropy. Nearly all of the probability sits on messages with about $H$ bits per "
    "flip.",
)

_STICKY_COST = {
    "as many as for the fair coin: heads and tails are equally frequent": 1.0,
    "a little less than for the fair coin": 0.85,
    "about half as many": 0.5,
    "a tenth as many": 0.1,
}

guess_sticky = Prediction(
    "code-sticky",
    question="How many digits per flip must a code for very long messages of the first coin spend, "
    "compared with the second one?",
    options=list(_STICKY_COST),
    happens=_nearest(_STICKY_COST, float(binary_entropy(STAY))),
    saw="Once the last flip is known, the next one is a coin of nine to one, and has "
    f"{binary_entropy(STAY):.2f} bits (green). Blocks approach that floor, slowly, since each "
    "block forgets what came before it.",
)

_CONTEXTS = ("no context", "one character", "three characters", "six characters")
_LEARNT = [learning_rate(k) for k in (0, 1, 3, 6)]

guess_contexts = Prediction(
    "code-contexts",
    question="A coder learns, while it reads, which characters follow each context of $k$ "
    "characters. Which context gives the shortest file?",
    options=list(_CONTEXTS),
    happens=_CONTEXTS[int(np.argmin(_LEARNT))],
    saw="With the frequencies of the finished text the cost falls and falls (blue); if they have to "
    "be learnt, it turns up again (orange). Six characters predict worse than two: for every third "
    "character such a context is new, or has been met only once, and little is known of it.",
)

_LESS = _histogram(photograph()) - _histogram(from_the_left())
_RESIDUES = {
    "it grows: a difference can be negative as well": -1.0,
    "it stays: nothing is lost, so the entropy is the same": 0.0,
    "it falls by more than two bits a pixel": 2.5,
}

guess_photo = Prediction(
    "code-photo",
    question="From every pixel of a photograph its left neighbour is subtracted, which can be "
    "undone. What becomes of the entropy of the histogram?",
    options=list(_RESIDUES),
    happens=min(_RESIDUES, key=lambda text: abs(_RESIDUES[text] - _LESS)),
    saw="Nothing is lost, and yet the histogram's entropy falls by "
    f"{_LESS:.1f} bits a pixel. A histogram knows nothing of what stands beside what; after "
    "the subtraction, part of that is in the values themselves.",
)

# ---- check numbers of the text ----


def _room(*words):
    total = kraft_sum(words)
    lengths = [len(word) for word in words]
    listed = ", ".join(f"`{word}`" for word in words[:-1]) + f" and `{words[-1]}`"
    return Number(
        "code-room",
        stars=1,
        minutes=2,
        tolerance=0.001,
        question=f"A code has the words {listed}. What is its Kraft sum?",
        answer=total,
        why=f"The words own {total:g} of the line; the rest, {1 - total:g}, has no owner.",
        mistakes=[
            Mistake(
                sum(lengths),
                "That is the sum of the lengths. A word of $\\ell$ digits counts $2^{-\\ell}$.",
            ),
            Mistake(np.mean(lengths), "That is the mean length."),
            Mistake(1, "It would be 1 if every long string began with some word. Does it?"),
            Mistake(1 - total, "That is what is left over."),
            Mistake(
                len(words) * 0.5 ** max(lengths),
                "That gives every word the share of the longest one; shorter words own more.",
            ),
        ],
        limits=[
            Limit("Each word adds a positive share.", below=0),
            Limit("The Kraft sum of a prefix code is at most 1.", above=1.0),
        ],
        hint=[
            "Which part of the line does each word own?",
            "$K = \\sum 2^{-\\ell}$.",
            f"The word `{words[0]}` owns $2^{{-{lengths[0]}}}$.",
        ],
        solution="$" + " + ".join(f"2^{{-{n}}}" for n in lengths) + f" = {total:g}$. As the sum is "
        "below 1, there is a code in which one of the longest words is a digit shorter.",
    )


room = varied(
    _room,
    [
        ("1", "000", "001", "0100"),
        ("00", "01", "100", "101"),
        ("0", "1110", "1111"),
        ("0", "100", "101", "110"),
        ("00", "010", "011", "100", "101"),
        ("0", "10", "11000"),
        ("11", "100", "101", "0111"),
        ("1", "01", "0000", "0010"),
        ("00", "01", "100", "1010", "11"),
        ("01", "10", "110", "0010"),
    ],
)

_CODES = {
    "1, 2, 2, 3": (1, 2, 2, 3),
    "2, 2, 2, 3, 3": (2, 2, 2, 3, 3),
    "2, 2, 2, 2, 3": (2, 2, 2, 2, 3),
    "1, 3, 3, 3, 3, 3": (1, 3, 3, 3, 3, 3),
}
_SUMS = {text: kraft_sum(_any_words(lengths)) for text, lengths in _CODES.items()}

possible = Choice(
    "code-possible",
    stars=1,
    minutes=3,
    question="Which of these lists holds the lengths of the words of some prefix code?",
    options=[
        Option(
            text,
            f"The Kraft sum is {total:g}"
            + (", so there is a code." if total <= 1 else ": more than there is."),
            right=total <= 1,
        )
        for text, total in _SUMS.items()
    ],
    hint=[
        "Is there room on the line for all of the words?",
        "Words of these lengths exist if and only if $\\sum 2^{-\\ell} \\le 1$.",
        "The first list begins with $\\frac12 + \\frac14 + \\frac14$.",
    ],
    solution="For 2, 2, 2, 3, 3 the words are `00`, `01`, `10`, `110`, `111`. The other lists "
    "promise more than the whole line.",
)


def _rounding_up(*chances):
    p = np.array(chances)
    lengths = _rounded_up(p)
    best = expected_length(p, huffman_code(p))
    up = expected_length(p, _any_words(lengths))
    first, second, third = chances
    return Number(
        "code-rounding-up",
        stars=2,
        minutes=4,
        unit="digits per symbol",
        tolerance=0.005,
        question=f"Three symbols have the probabilities {first}, {second} and {third}. How many "
        "digits per symbol does Huffman's code save against the one with the lengths "
        "$\\lceil -\\log_2 p \\rceil$?",
        answer=up - best,
        why=f"Rounding up gives lengths {lengths[0]}, {lengths[1]} and {lengths[2]}; Huffman's "
        "code has 1, 2 and 2.",
        mistakes=[
            Mistake(up, "That is what rounding up costs. Subtract what Huffman's code costs."),
            Mistake(best, "That is what Huffman's code costs. What does rounding up cost?"),
            Mistake(
                up - entropy(p),
                "You compared with the entropy, which Huffman's code does not reach.",
            ),
            Mistake(best - entropy(p), "That is what Huffman's code wastes."),
            Mistake(
                (sum(lengths) - 5) / 3,
                "You took the plain mean of the lengths. Likely symbols weigh more.",
            ),
            Mistake(best - up, "The size is right. It is a saving: the larger cost comes first."),
        ],
        limits=[
            Limit(
                "Huffman's code is the best one for single symbols; it never spends more.", below=0
            )
        ],
        hint=[
            "Which two symbols are joined first, and how long are the words then?",
            "$L = \\sum p(x)\\,\\ell(x)$, once for each code.",
            f"{third} and {second} are joined first; rounded up, they have {lengths[2]} and "
            f"{lengths[1]} digits.",
        ],
        solution="Rounding up: $"
        + " + ".join(f"{x} \\cdot {n}" for x, n in zip(chances, lengths, strict=True))
        + f" = {up:.2f}$. Huffman: ${first} \\cdot 1 + {second + third:.2f} \\cdot 2 = {best:.2f}$. "
        f"The difference is {up - best:.2f}. The entropy is {entropy(p):.4f} bits.",
    )


rounding_up = varied(
    _rounding_up,
    [
        (0.6, 0.3, 0.1),
        (0.7, 0.2, 0.1),
        (0.8, 0.15, 0.05),
        (0.55, 0.4, 0.05),
        (0.65, 0.2, 0.15),
        (0.75, 0.13, 0.12),
        (0.6, 0.28, 0.12),
        (0.45, 0.35, 0.2),
        (0.9, 0.07, 0.03),
        (0.7, 0.24, 0.06),
    ],
)

# ---- what a code wastes ----


def _waste_of(p, lengths):
    """Return Kraft's sum, the divergence from the code's belief, and what is wasted."""
    total = kraft_sum(_any_words(lengths))
    belief = 0.5 ** np.array(lengths) / total
    return total, float(kl_divergence(p, belief)), expected_length(p, _any_words(lengths))


def _listed(values):
    return ", ".join(map(str, values[:-1])) + f" and {values[-1]}"


def _waste_last_step(p, lengths):
    total, divergence, mean = _waste_of(p, lengths)
    unused = -math.log2(total)
    wasted_digits = mean - float(entropy(p))
    return Number(
        "code-waste-last-step",
        stars=1,
        minutes=2,
        unit="digits per symbol",
        tolerance=0.001,
        question=f"Symbols with the probabilities {_listed(p)} get words of {_listed(lengths)} "
        "digits.\n\n"
        f"1. The Kraft sum is $K = {total:g}$.\n"
        f"2. The divergence from the code's belief is $D(p‖r) = {divergence:.4f}$ bits.\n"
        "3. What does the code waste?",
        answer=wasted_digits,
        why="What a wrong belief costs and what unused room costs add up.",
        mistakes=[
            Mistake(divergence, "That is the price of the belief. Some room is unused, too."),
            Mistake(unused, "That is the price of the unused room. The belief costs, too."),
            Mistake(divergence - unused, "Unused room costs: $\\log_2 \\frac1K$ is added."),
            Mistake(
                divergence + 1 - total, "The room left over is counted in bits: $\\log_2 \\frac1K$."
            ),
            Mistake(mean, "That is what the code spends. What does it waste?"),
        ],
        limits=[Limit("No code that can be read spends less than the entropy.", below=0.0)],
        hint=[
            "Which two things does a code waste digits on?",
            "$L - H(p) = D(p‖r) + \\log_2 \\frac1K$.",
            f"The second term is $\\log_2 \\frac{{1}}{{{total:g}}}$.",
        ],
        solution=f"${divergence:.4f} + {unused:.4f} = {wasted_digits:.4f}$. The same the long way: "
        f"$L - H = {mean:.4f} - {float(entropy(p)):.4f}$.",
    )


waste_last_step = varied(
    _waste_last_step,
    [
        ((0.4, 0.4, 0.2), (1, 2, 4)),
        ((0.6, 0.3, 0.1), (1, 2, 3)),
        ((0.7, 0.2, 0.1), (1, 2, 4)),
        ((0.4, 0.4, 0.2), (1, 3, 3)),
        ((0.5, 0.4, 0.1), (1, 2, 4)),
        ((0.6, 0.2, 0.2), (1, 3, 3)),
        ((0.8, 0.1, 0.1), (1, 3, 3)),
        ((0.7, 0.15, 0.15), (1, 3, 3)),
        ((0.45, 0.35, 0.2), (1, 3, 3)),
        ((0.55, 0.35, 0.1), (1, 2, 4)),
    ],
)


def _waste_alone(p, lengths):
    total, divergence, mean = _waste_of(p, lengths)
    bits = float(entropy(p))
    return Number(
        "code-waste-alone",
        stars=2,
        minutes=4,
        unit="digits per symbol",
        tolerance=0.001,
        question=f"Symbols with the probabilities {_listed(p)} get words of {_listed(lengths)} "
        "digits. How much does this code waste?",
        answer=mean - bits,
        why="The waste is the mean length less the entropy, whichever way it is computed.",
        mistakes=[
            Mistake(divergence, "That is the price of the belief. Some room is unused, too."),
            Mistake(-math.log2(total), "That is the price of the unused room alone."),
            Mistake(mean, "That is what the code spends. What does it waste?"),
            Mistake(bits, "That is the entropy. What does the code spend beyond it?"),
            Mistake(np.mean(lengths) - bits, "Likely symbols weigh more in the mean length."),
            Mistake(bits - mean, "The size is right. The mean length is the larger one."),
            Mistake(
                mean - bits * math.log(2), "You subtracted nats. The entropy is needed in bits."
            ),
        ],
        limits=[Limit("No code that can be read spends less than the entropy.", below=0.0)],
        hint=[
            "What does the code spend, and what is needed?",
            "$L - H(p)$, or $D(p‖r) + \\log_2 \\frac1K$.",
            f"$L$ begins with ${p[0]} \\cdot {lengths[0]}$.",
        ],
        solution=f"$L = {mean:.4f}$ and $H = {bits:.4f}$, so $L - H = {mean - bits:.4f}$. In the "
        f"other way, $K = {total:g}$ and ${divergence:.4f} + {-math.log2(total):.4f}$.",
    )


waste_alone = varied(
    _waste_alone,
    [
        ((0.4, 0.3, 0.2, 0.1), (2, 2, 3, 3)),
        ((0.7, 0.1, 0.1, 0.1), (1, 3, 4, 4)),
        ((0.5, 0.2, 0.2, 0.1), (2, 2, 3, 3)),
        ((0.6, 0.2, 0.1, 0.1), (1, 3, 3, 4)),
        ((0.3, 0.3, 0.3, 0.1), (2, 2, 2, 3)),
        ((0.4, 0.4, 0.1, 0.1), (2, 2, 3, 3)),
        ((0.5, 0.3, 0.1, 0.1), (1, 3, 3, 4)),
        ((0.6, 0.3, 0.05, 0.05), (1, 3, 4, 4)),
        ((0.8, 0.1, 0.05, 0.05), (1, 3, 4, 4)),
        ((0.35, 0.35, 0.2, 0.1), (2, 2, 3, 3)),
    ],
)

# ---- order, decide ----


_SINGLE_UP = expected_length(NINE_IN_TEN, _any_words(_rounded_up(NINE_IN_TEN)))
_COSTS = {
    "Huffman's code for pairs of flips": huffman_rate(2),
    "Huffman's code for single flips": huffman_rate(1),
    "an arithmetic coder for a million flips": float(entropy(NINE_IN_TEN)),
    "single flips, each surprise rounded up": _SINGLE_UP,
    "Huffman's code for triples of flips": huffman_rate(3),
}

order = Ordering(
    "code-order",
    stars=2,
    minutes=4,
    question="A coin shows heads nine times in ten. Order these codes by the digits they spend per "
    "flip.",
    items=[Item(text, value) for text, value in _COSTS.items()],
    direction="the fewest digits first",
    mistakes=[
        Swap(
            "single flips, each surprise rounded up",
            "Huffman's code for single flips",
            "The surprise at tails is 3.32 bits. Rounded up, tails gets four digits where one "
            "would do.",
        ),
        Swap(
            "Huffman's code for single flips",
            "Huffman's code for pairs of flips",
            "A single flip costs a whole digit. In a pair, two heads share one.",
        ),
    ],
    hint=[
        "How often does each code round?",
        "Per flip a block of $n$ loses less than $\\frac1n$; the arithmetic coder loses less than two "
        "digits in all.",
        "Single flips cost one digit; rounded up, heads costs one and tails four.",
    ],
    why="A block of $n$ flips shares one rounding and loses less than $\\frac1n$ a flip; among "
    "blocks of one, two and three flips the longer one does lose less.",
    solution="In digits per flip: "
    + "; ".join(f"{text} {value:.4f}" for text, value in sorted(_COSTS.items(), key=lambda x: x[1]))
    + ".",
)

_IDEAL = self_information(0.3)

fraction = Choice(
    "code-fraction",
    stars=1,
    minutes=2,
    question=f"An outcome of probability 0.3 has a surprise of {_IDEAL:.2f} bits. What does this "
    "say about codes?",
    options=[
        Option(f"Its word has {_IDEAL:.2f} digits.", "A word has a whole number of digits."),
        Option(
            "Its word has 2 digits in every good code.",
            "In Huffman's code its length also "
            "depends on the other outcomes; next to 0.7 alone it gets one digit.",
        ),
        Option(
            "A code for whole messages can let it add "
            f"{_IDEAL:.2f} digits, up to a rounding once per message.",
            "This is what an arithmetic coder does: the interval shrinks by the factor 0.3.",
            right=arithmetic_code_length([0.7, 0.3], [1] * 100) == math.ceil(100 * _IDEAL) + 1,
        ),
        Option(
            "Nothing: code lengths are whole numbers, surprises are not.",
            "Long messages, and blocks, come as close to the surprise as one likes.",
        ),
    ],
    hint=[
        "One hundred such outcomes in a row: how wide is their interval?",
        "A message of probability $P$ costs less than $-\\log_2 P + 2$ digits.",
        "Here $P = 0.3^{100}$.",
    ],
    solution=f"A hundred of them have $100 \\cdot {_IDEAL:.4f}$ bits, and the coder spends "
    f"{arithmetic_code_length([0.7, 0.3], [1] * 100)} digits.",
)

late = Choice(
    "code-late",
    stars=2,
    minutes=3,
    question="The code `0`, `01`, `011` is not a prefix code. Can messages in it still be read?",
    options=[
        Option(
            "No: `0` begins the other two words, so no message can be divided with certainty.",
            "Look for the zeros. Each word has exactly one, and where?",
        ),
        Option(
            "Yes, but after `0` or `01` only the next digit tells whether the word is over.",
            "Every word begins with the only zero that it has, so the zeros mark the "
            "beginnings. A prefix code with the same lengths, `0`, `10`, `110`, does not wait.",
            right=kraft_sum(["0", "01", "011"]) == kraft_sum(["0", "10", "110"]),
        ),
        Option(
            "Yes, since its Kraft sum is below 1.",
            "The sum is below 1, but that is not "
            "enough: `0`, `00`, `000` has the same lengths and cannot be read.",
        ),
        Option("Only if the words are separated by commas.", "The zeros do what commas would do."),
    ],
    hint=[
        "Where in each word is the zero?",
        "A row can be read if there is only one way to divide it into words.",
        "Take the row `001011`: which of its digits begin a word?",
    ],
    solution="Codes that can be read need not be prefix codes. They gain nothing by it: "
    "McMillan's theorem says that they keep Kraft's inequality, and then a prefix code "
    "with the same lengths exists.",
)

# ---- compute ----


def _message(heads, tails, nines=9):
    coin = np.array([nines / 10, 1 - nines / 10])
    flips = [0] * heads + [1] * tails
    spent = arithmetic_code_length(coin, flips)
    bits = float(self_information(coin[flips]).sum())
    total = heads + tails
    return Number(
        "code-message",
        stars=2,
        minutes=5,
        unit="digits",
        tolerance=0.0,
        question=f"A coin with $P(\\text{{heads}}) = {nines / 10}$ shows {heads} heads and {tails} "
        "tails, in an order that has to be kept. How many bits or binary digits does the arithmetic "
        "coder of this chapter write, $\\lceil -\\log_2 P \\rceil + 1$?",
        answer=spent,
        why="The surprises of all flips add up, and only their sum is rounded.",
        mistakes=[
            Mistake(spent - 1, "One more: the surprise is rounded up, and one is added."),
            Mistake(
                total * binary_entropy(nines / 10),
                f"That is the *mean* over all messages of {total} flips, not this one.",
                tolerance=0.6,
            ),
            Mistake(total, "That is one digit per flip, as written down plainly."),
            Mistake(bits, "That is the surprise. Round it up and add one.", tolerance=0.1),
            Mistake(bits * math.log(2), "That is the surprise in nats.", tolerance=0.6),
            Mistake(
                math.ceil(bits - math.log2(math.comb(total, tails))) + 1,
                "You counted all orders of these flips as one. The order has to be kept.",
            ),
        ],
        limits=[Limit("A number of digits is never negative.", below=0)],
        hint=[
            "How surprising is the whole message?",
            "$-\\log_2 P$ is the sum over the flips; round it up and add one.",
            f"The heads add $-{heads} \\log_2 {nines / 10}$.",
        ],
        solution=f"The surprise is {bits:.2f} bits, so {spent} digits.",
    )


message = varied(
    _message,
    [
        (96, 4),
        (81, 19),
        (85, 15),
        (86, 14, 8),
        (88, 12, 8),
        (71, 9, 8),
        (68, 32, 8),
        (55, 25, 8),
        (90, 14, 8),
        (51, 9, 7),
    ],
)


def _weather(sunny, rainy):
    table = np.array([[sunny, 100 - sunny], [100 - rainy, rainy]]) / 100
    share = (100 - rainy) / (200 - sunny - rainy)
    shares = np.array([share, 1 - share])
    rate = float(shares @ entropy(table))
    stays, changes = sunny / 100, (100 - rainy) / 100
    return Number(
        "code-weather",
        stars=2,
        minutes=4,
        unit="bits per day",
        tolerance=0.001,
        question=f"A sunny day is followed by another one with probability {stays}, a rainy day by "
        f"another one with probability {rainy / 100}. In the long run the share of sunny "
        f"days is {share:g}. What is the entropy rate, per day?",
        answer=rate,
        why="Each kind of day leaves its own uncertainty about the next, and counts as often as it "
        "comes.",
        mistakes=[
            Mistake(
                entropy(shares), "That is the entropy of a day on its own. Yesterday is known."
            ),
            Mistake(
                float(entropy(table).mean()),
                "Sunny and rainy days are not equally frequent: weight the two entropies.",
            ),
            Mistake(
                binary_entropy(float(shares @ np.diag(table))),
                "You averaged the probabilities and then took the entropy. Take the entropies "
                "first.",
            ),
            Mistake(entropy(shares) + rate, "That is the entropy of two days."),
            nats_for_bits(rate),
            base_ten_for_bits(rate),
            missing_minus(rate),
            Mistake(
                1.0,
                "That would be right if sun and rain were equally likely and independent of "
                "yesterday.",
            ),
        ],
        limits=[NEVER_NEGATIVE],
        hint=[
            "How uncertain is tomorrow after a sunny day, how uncertain after a rainy one?",
            "The rate is the mean of the rows' entropies, weighted with how often each day comes.",
            f"The first term is ${share:g} \\, h({stays})$.",
        ],
        solution=f"${share:g} \\cdot {binary_entropy(stays):.4f} + {1 - share:g} \\cdot "
        f"{binary_entropy(changes):.4f} = {rate:.4f}$ bits. The chain keeps its shares: "
        f"${share:g} \\cdot {stays} + {1 - share:g} \\cdot {changes} = {share:g}$.",
    )


weather = varied(
    _weather,
    [
        (90, 70),
        (80, 40),
        (96, 84),
        (85, 40),
        (88, 52),
        (70, 10),
        (97, 73),
        (91, 64),
        (80, 70),
        (93, 72),
    ],
)


def _sticky(percent):
    again = percent / 100
    rate = binary_entropy(again)
    return Number(
        "code-stick",
        stars=1,
        minutes=2,
        unit="bits per flip",
        tolerance=0.001,
        question=f"A coin repeats its last result with probability {again}, and heads and tails are "
        "equally frequent. What is its entropy rate?",
        answer=rate,
        why="Given the last flip, the next one is a coin with these two chances.",
        mistakes=[
            Mistake(1.0, "That is the entropy of one flip for somebody who saw none before it."),
            Mistake(again, "That is how often it repeats. How uncertain is the next flip?"),
            Mistake(1 - again, "That is how often it changes. How uncertain is the next flip?"),
            Mistake(1 - rate, "That is what the last flip tells about the next one."),
            nats_for_bits(rate),
            base_ten_for_bits(rate),
            missing_minus(rate),
        ],
        limits=[NEVER_NEGATIVE, Limit("A flip has at most one bit.", above=1.0)],
        hint=[
            "How uncertain is the next flip when the last one is known?",
            "Both rows of the transition table have the same entropy, $h$ of that probability.",
            f"$h({again}) = -{again} \\log_2 {again} - \\dots$",
        ],
        solution=f"$h({again}) = {rate:.4f}$ bits.",
    )


sticky = varied(_sticky, [80, 70, 95, 60, 75, 85, 99, 65, 97, 93])


_CHANCE = {75: "three times in four", 80: "four times in five", 70: "seven times in ten"}
_CHANCE |= {90: "nine times in ten", 60: "three times in five", 95: "nineteen times in twenty"}
_CHANCE |= {55: "eleven times in twenty", 85: "seventeen times in twenty"}
_CHANCE |= {98: "forty-nine times in fifty", 72: "eighteen times in twenty-five"}


def _thousand(percent):
    heads = percent / 100
    bits = 1000 * binary_entropy(heads)
    return Number(
        "code-digits",
        stars=1,
        minutes=3,
        unit="bits",
        tolerance=1.0,
        question=f"A thousand independent flips of a coin that shows heads {_CHANCE[percent]} are "
        "written as a thousand digits. How many bits do they carry on average?",
        answer=bits,
        why=f"A digit is a place, and each of these places carries $h({heads})$ bits.",
        mistakes=[
            Mistake(
                1000,
                "That would be right for a fair coin. Here the next digit can be guessed "
                "better than by chance.",
                tolerance=5.0,
            ),
            Mistake(10 * percent, "That is how many heads to expect.", tolerance=5.0),
            Mistake(1000 - 10 * percent, "That is how many tails to expect.", tolerance=0.1),
            Mistake(1000 * self_information(heads), "That is a thousand heads. Tails come too."),
            Mistake(binary_entropy(heads), "That is one flip.", tolerance=0.01),
            Mistake(bits * math.log(2), "That is in nats."),
        ],
        limits=[
            NEVER_NEGATIVE,
            Limit("A binary digit carries at most one bit on average.", above=1000.0),
        ],
        hint=[
            "How many bits does one flip carry?",
            "Independent flips have $n\\,h(p)$ bits together.",
            f"$h({heads}) = -{heads} \\log_2 {heads} - \\dots$",
        ],
        solution=f"$1000 \\cdot {binary_entropy(heads):.4f} = {bits:.0f}$ bits; an arithmetic "
        "coder writes them with about as many digits.",
    )


digits = varied(_thousand, list(_CHANCE))


def _counting(length, saved):
    kept = length - saved
    share = 2.0 ** (1 - saved)
    return Number(
        "code-counting",
        stars=3,
        minutes=6,
        tolerance=share / 40,
        question=f"There are $2^{{{length}}}$ files of {length} digits. Which fraction of them can "
        f"a lossless compressor shorten by {saved} digits or more, at best?",
        answer=share,
        why=f"There are only $2^{{{kept + 1}}} - 1$ strings of at most {kept} digits, and no two "
        "files may get the same one.",
        mistakes=[
            Mistake(
                share / 2,
                f"That counts the strings of exactly {kept} digits. Shorter ones may be used too.",
            ),
            Mistake(saved / length, "That is the part of the *length* saved. Count the files."),
            Mistake(kept / length, "That is the share of the digits that stay. Count the files."),
            Mistake(100 * share, "That is in per cent."),
            Mistake(1.0, "Then two files would share a compressed form."),
            Mistake(0.5, "That is the limit for saving two digits or more."),
        ],
        limits=[
            Limit("No fraction of the files is negative.", below=0),
            Limit("No fraction of the files exceeds 1.", above=1),
        ],
        hint=[
            f"How many strings of at most {kept} digits are there?",
            "$1 + 2 + 4 + \\dots + 2^m = 2^{m+1} - 1$.",
            f"So at most $2^{{{kept + 1}}} - 1$ files can become so short.",
        ],
        solution=f"$1 + 2 + \\dots + 2^{{{kept}}} = 2^{{{kept + 1}}} - 1$, a share of "
        f"$2^{{-{saved - 1}}} \\approx {share:.3g}$. Real files can be shortened because they are "
        "among the very few that mean something.",
    )


counting = varied(
    _counting,
    [
        (1000, 10),
        (1200, 8),
        (2000, 12),
        (500, 6),
        (800, 9),
        (1000, 5),
        (4000, 7),
        (3000, 11),
        (600, 4),
        (1500, 13),
    ],
)


_ONE_IN = {20: "twenty", 50: "fifty", 6: "six", 5: "five", 8: "eight"}
_ONE_IN |= {25: "twenty-five", 100: "a hundred", 30: "thirty", 16: "sixteen", 12: "twelve"}


def _line(one_in):
    flipped = 1 / one_in
    capacity = channel_capacity([[1 - flipped, flipped], [flipped, 1 - flipped]])[0]
    return Number(
        "code-line",
        stars=2,
        minutes=3,
        unit="bits per digit",
        tolerance=0.001,
        question=f"A line flips one binary digit in {_ONE_IN[one_in]}, at random. What is its "
        "capacity per digit?",
        answer=capacity,
        why=f"What is lost is the entropy of the flips, $h(\\frac{{1}}{{{one_in}}})$.",
        mistakes=[
            Mistake(1 - flipped, "So many digits arrive unharmed, but nobody knows which ones."),
            Mistake(binary_entropy(flipped), "That is what is lost."),
            Mistake(
                1 - 2 * flipped,
                "That is the straight line from one bit without flips to none at one half. The "
                "capacity lies below it in between.",
            ),
            Mistake(1.0, "That is a line without noise."),
            nats_for_bits(capacity),
        ],
        limits=[
            NEVER_NEGATIVE,
            Limit("On average a binary digit cannot carry more than one bit.", above=1.0),
        ],
        hint=[
            "How uncertain is one, at each digit, whether it was flipped?",
            "The capacity is $1 - h(p)$.",
            f"Here $p = \\frac{{1}}{{{one_in}}}$.",
        ],
        solution=f"$1 - {binary_entropy(flipped):.4f} = {capacity:.4f}$ bits per digit.",
    )


line = varied(_line, list(_ONE_IN))

# ---- short ones, one idea each ----


def _numbers(flips, bits):
    return Number(
        "code-numbers",
        stars=1,
        minutes=2,
        unit="digits",
        tolerance=0.5,
        question=f"A source without memory has an entropy of {bits} bits per symbol, and shows one "
        f"of 16 symbols. About how many digits does it take to number the typical messages of "
        f"{flips} symbols?",
        answer=flips * bits,
        why="There are about $2^{nH}$ of them.",
        mistakes=[
            Mistake(4 * flips, "That numbers all messages, typical or not."),
            Mistake(flips, "That would be right for an entropy of one bit."),
            Mistake(bits, "That is one symbol."),
            Mistake(2.0**bits, "A message has many symbols. Their surprises add up."),
        ],
        limits=[Limit("A number of digits is never negative.", below=0)],
        hint=[
            "How surprising is a typical message?",
            "About $2^{nH}$ messages are typical.",
            f"$n$ is {flips}; a list of $2^m$ entries is numbered with $m$ digits.",
        ],
        solution=f"$nH = {flips} \\cdot {bits} = {flips * bits:g}$ digits, and somewhat more for the "
        "$\\epsilon$ in the definition of typical.",
    )


numbers = varied(
    _numbers,
    [
        (200, 1.5),
        (500, 2.2),
        (1000, 1.4),
        (300, 3.1),
        (400, 2.5),
        (600, 1.7),
        (800, 1.2),
        (250, 3.4),
        (100, 2.7),
        (1000, 1.9),
    ],
)


def _cut(row):
    """Return the phrases of a row, each the shortest that has not come before."""
    seen, word = [], ""
    for digit in row:
        word += digit
        if word not in seen:
            seen.append(word)
            word = ""
    return seen


def _phrases(row):
    phrases = _cut(row)
    return Number(
        "code-phrases",
        stars=1,
        minutes=2,
        unit="phrases",
        tolerance=0.0,
        question=f"Cut the row `{row}` into phrases, each the shortest that has not come before. "
        "How many phrases are there?",
        answer=len(phrases),
        why="Each phrase is an earlier one, or nothing, with one digit more.",
        mistakes=[
            Mistake(len(row), "That is the number of digits; phrases get longer than one."),
            Mistake(2, "After `0` and `1` every new phrase needs more than one digit."),
            Mistake(len(phrases) - 1, "One is missing. Does the first digit count as a phrase?"),
            Mistake(len(phrases) + 1, "One too many: did you cut the same phrase twice?"),
        ],
        hint=[
            "Which is the shortest beginning of the rest that is no phrase yet?",
            "A phrase is an earlier one, or nothing, with one digit added.",
            f"The first two are `{phrases[0]}` and `{phrases[1]}`.",
        ],
        solution=f"The {len(phrases)} phrases are `" + "` `".join(phrases) + "`.",
    )


phrases = varied(
    _phrases,
    [
        "0001110010010",
        "1101001110011010",
        "00101100001",
        "010001001011001011",
        "1000010001001011110",
        "0110001011110011000001",
        "1011100100000101001100010",
        "00101100",
        "00010111011110010",
        "11000000101110000000",
    ],
)


def _next_character(runs, longer):
    """Both in hundredths of a bit, for runs of two and of three characters."""
    two, three = runs / 100, longer / 100
    added = (longer - runs) / 100
    return Number(
        "code-next-character",
        stars=1,
        minutes=2,
        unit="bits",
        tolerance=0.005,
        question=f"In a text runs of two characters have an entropy of {two} bits, runs of three "
        f"{three} bits. What does a character add when the two before it are known?",
        answer=added,
        why="By the chain rule the longer run has the entropy of the shorter one, and what is added.",
        mistakes=[
            Mistake(three / 3, "That is the mean over the three; the first of them knows nothing."),
            Mistake(three, "That is all three characters together."),
            Mistake(
                three - two / 2,
                "You subtracted half of the run of two. Both of its characters are known.",
            ),
            Mistake(-added, "The size is right: the longer run has more."),
            Mistake(three + two, "What a character adds is a difference."),
        ],
        limits=[NEVER_NEGATIVE],
        hint=[
            "What does a run of three have that a run of two has not?",
            "$H(X_3 \\mid X_1, X_2) = H(X_1, X_2, X_3) - H(X_1, X_2)$.",
            f"Begin with the run of three, {three} bits.",
        ],
        solution=f"${three} - {two} = {added:.2f}$ bits.",
    )


next_character = varied(
    _next_character,
    [
        (757, 1010),
        (740, 980),
        (720, 945),
        (790, 1065),
        (765, 995),
        (700, 905),
        (810, 1102),
        (735, 940),
        (775, 1040),
        (680, 870),
    ],
)


def _ramp(columns):
    bits = math.log2(columns)
    return Number(
        "code-ramp",
        stars=1,
        minutes=2,
        unit="bits per pixel",
        tolerance=0.005,
        question=f"Every row of a picture climbs from grey 0 to grey {columns - 1}, one grey a pixel. "
        "From every pixel but the first of its row the left neighbour is subtracted. By how much "
        "is the entropy of the histogram of these differences below that of the greys?",
        answer=bits,
        why="All differences are 1, and what is certain has no entropy.",
        mistakes=[
            nats_for_bits(bits),
            base_ten_for_bits(bits),
            Mistake(
                0, "That is the entropy of the differences. How far below that of the greys is it?"
            ),
            Mistake(columns, "That is the number of greys. What is their entropy?"),
            Mistake(1, "That is each difference. What is the entropy of their histogram?"),
        ],
        limits=[NEVER_NEGATIVE],
        hint=[
            "Which differences occur, and how often?",
            "$n$ equally frequent values have an entropy of $\\log_2 n$ bits.",
            f"The greys are {columns} values, all equally frequent.",
        ],
        solution=f"The greys have $\\log_2 {columns} = {bits:.4f}$ bits, the differences none.",
    )


ramp = varied(_ramp, [64, 128, 256, 32, 200, 100, 240, 24, 48, 160])


def _loss(hundredths):
    nats = hundredths / 100
    spent = nats / math.log(2)
    return Number(
        "code-loss",
        stars=1,
        minutes=2,
        unit="digits per character",
        tolerance=0.005,
        question=f"A language model has a mean log loss of {nats} nats per character on a long "
        "text. About how many binary digits per character does an arithmetic coder spend on this "
        "text with its predictions?",
        answer=spent,
        why="The loss is the mean surprise, in nats; the coder spends it in bits.",
        mistakes=[
            Mistake(nats, "The loss is in nats, digits are binary: divide by $\\ln 2$."),
            Mistake(nats * math.log(2), "A nat is more than a bit. Divide by $\\ln 2$."),
            Mistake(math.ceil(spent), "Nothing is rounded up but the sum over the whole text."),
            Mistake(math.exp(nats), "That is the perplexity."),
        ],
        limits=[NEVER_NEGATIVE],
        hint=[
            "In which unit is the loss?",
            "One bit is $\\ln 2$ nats.",
            "So a loss is a larger number in bits than in nats.",
        ],
        solution=f"${nats} / \\ln 2 = {spent:.4f}$ digits per character, up to two digits for the "
        "whole text.",
    )


loss = varied(_loss, [160, 120, 95, 210, 185, 75, 240, 135, 105, 175])


def _wrong(percent):
    believed = percent / 100
    spent = float(np.mean(self_information([believed, 1 - believed])))
    return Number(
        "code-wrong",
        stars=2,
        minutes=3,
        unit="digits per flip",
        tolerance=0.002,
        question="The flips of a fair coin are written by an arithmetic coder that gives heads "
        f"the probability {believed}. How many digits per flip does it spend on a long message?",
        answer=spent,
        why="It spends the cross-entropy: surprises by its belief, frequencies by the coin.",
        mistakes=[
            Mistake(1.0, "That is what the right belief costs."),
            Mistake(
                binary_entropy(believed),
                "The coin decides how often heads come: half of the flips.",
            ),
            Mistake(spent - 1, "That is what the wrong belief costs on top."),
            Mistake(self_information(believed), "That is a head. Half of the flips are tails."),
            Mistake(self_information(1 - believed), "That is a tail. Half of the flips are heads."),
            nats_for_bits(spent),
        ],
        limits=[Limit("Fair flips cost at least one digit each.", below=1.0)],
        hint=[
            "What does a head cost this coder, and what a tail?",
            "$\\mathrm{CE}(p, q) = -\\sum p(x) \\log_2 q(x)$.",
            f"Half of the flips cost $-\\log_2 {believed}$ digits each.",
        ],
        solution=f"$\\frac12 \\cdot {self_information(believed):.4f} + \\frac12 \\cdot "
        f"{self_information(1 - believed):.4f} = {spent:.4f}$ digits per flip.",
    )


wrong = varied(_wrong, [90, 83, 72, 95, 70, 97, 85, 78, 98, 92])

# ---- decide what a number means ----

_SURPRISE, _LIKELY = surprises(1000)

all_heads = Choice(
    "code-all-heads",
    stars=2,
    minutes=3,
    question="A coin shows heads nine times in ten. Which statement about 1000 flips is right?",
    options=[
        Option(
            "The most likely message is typical, for nothing comes more often.",
            f"Its surprise is {_SURPRISE[0]:.3f} bits per flip, far from the entropy "
            f"{binary_entropy(0.9):.3f}: there is only one such message.",
        ),
        Option(
            "All heads is the most likely message, yet a message with about 100 tails is what "
            "one will see.",
            "Each of them is far less likely than all heads, but there are so many of them.",
            right=bool(_SURPRISE.argmin() == 0 and abs(int(_LIKELY.argmax()) - 100) <= 2),
        ),
        Option(
            "All messages are about equally likely.",
            "All *typical* ones are, roughly. All heads is very much more likely than any of them.",
        ),
        Option(
            "A message with about 100 tails is the most likely one.",
            "The *number* 100 is the most likely number of tails. Each message with 100 tails "
            "is far less likely than the one without.",
        ),
    ],
    hint=[
        "Is a message a number of tails, or a whole sequence in order?",
        "The probability of a sequence with $t$ tails is $0.9^{1000 - t} \\, 0.1^t$.",
        "One tail more makes a sequence nine times less likely. How many sequences are there?",
    ],
    solution="Probability of one message times number of such messages: the first factor falls "
    "with the number of tails, the second rises, and the product has its peak at a tenth.",
)

balanced = Choice(
    "code-balanced",
    stars=2,
    minutes=3,
    question="In a long file 0 and 1 are equally frequent. What follows for a lossless compressor?",
    options=[
        Option(
            "It cannot shorten the file on average, since the entropy is 1 bit per digit.",
            f"The sticky coin is balanced too, and its entropy rate is "
            f"{binary_entropy(STAY):.2f} bits.",
        ),
        Option(
            "It can shorten the file only if it is allowed to lose some digits.",
            "A file `0101…` is balanced, and a few words describe it without any loss.",
        ),
        Option(
            "Nothing: it depends on what the digits before tell about the next one.",
            "Equally likely is one half of incompressible, independent is the other.",
            right=binary_entropy(0.5) == 1 and binary_entropy(STAY) < 1,
        ),
        Option(
            "It can always shorten the file to a half.",
            "Flips of a fair coin are balanced, and nothing shortens them.",
        ),
    ],
    hint=[
        "Do equal frequencies say what follows what?",
        "The floor is the entropy rate $\\bar H$: the uncertainty given all digits before.",
        "Think of `0101…`, of the sticky coin and of the fair coin.",
    ],
    solution="The entropy of the frequencies bounds codes that treat every digit alike and alone. "
    "The entropy rate bounds the mean length of every code that can be read, and lies anywhere "
    "from 0 to that.",
)

long_context = Choice(
    "code-long-context",
    stars=2,
    minutes=3,
    question="Given the six characters before it, a character of a text has an empirical "
    "conditional entropy of less than one bit. The best compressor at hand needs two. "
    "Why?",
    options=[
        Option("The compressor is bad.", "A better one would gain something, but not this."),
        Option(
            "The conditional entropy was computed from the frequencies of the very text, which "
            "a decoder does not know.",
            "Most contexts of six characters occur once or twice "
            "and “predict” what followed them. To send these frequencies costs more than "
            "they save.",
            right=True,
        ),
        Option(
            "Conditional entropy is no bound for codes that use more than six characters.",
            "True, but such codes would be *shorter* still.",
        ),
        Option(
            "The entropy rate of a text is not defined.",
            "That is a fair doubt for a single "
            "text, but it does not explain a gap in this direction.",
        ),
    ],
    hint=[
        "What does the decoder have to know?",
        "A file has to hold, or to let one learn, the frequencies with which it was written.",
        "How often does a context of six characters occur in a text of some hundred pages?",
    ],
    solution="This is overfitting, in bits. A coder that learns the frequencies as it reads pays "
    "for them, and its cost turns up again where contexts get too long to be met twice.",
)

smaller_jpeg = Choice(
    "code-jpeg",
    stars=1,
    minutes=2,
    question="A photograph takes fewer bits per pixel as a PNG than its histogram's entropy, and "
    "fewer still as a JPEG. Which of the two files shows that this entropy is no bound "
    "for lossless compression?",
    options=[
        Option("Both: each is below it.", "The JPEG gives back another picture."),
        Option(
            "The JPEG, since it is farther below.",
            "It saves by changing the picture; a white page would save more still.",
        ),
        Option(
            "The PNG only: it gives back every pixel.",
            "A lossless code below the histogram's "
            "entropy shows that the pixels depend on each other.",
            right=True,
        ),
        Option(
            "Neither: entropy bounds every lossless code.",
            "The entropy of the *source* does, on average. "
            "The histogram's is that of a source whose pixels do not know each other.",
        ),
    ],
    hint=[
        "Which of the two is lossless?",
        "A bound for lossless codes is broken only by a lossless code.",
        "Compare the pixels that come out of a PNG, and out of a JPEG, with those that went in.",
    ],
    solution="PNG predicts each pixel from its neighbours and codes the rest. JPEG decides what an "
    "eye will not miss, which is another subject: rate and distortion.",
)

# ---- prove ----

identity = Derivation(
    "code-identity",
    stars=2,
    minutes=8,
    question="A code has lengths $\\ell(x)$ and Kraft sum $K \\le 1$. Put $r(x) = "
    "2^{-\\ell(x)}/K$. Show that $L - H(p) = D(p‖r) + \\log_2 \\frac{1}{K}$, and read "
    "off when a code wastes nothing.",
    hint=[
        "What do the lengths say about $r$?",
        "Solve $r(x) = 2^{-\\ell(x)}/K$ for $\\ell(x)$.",
        "$\\ell(x) = -\\log_2 r(x) - \\log_2 K$; take the mean over $p$.",
    ],
    steps=[
        Step(
            "$r$ is a distribution: it is positive, and dividing by $K$ makes it sum to 1.",
            "Say why a divergence from $r$ makes sense.",
        ),
        Step(
            "$\\ell(x) = -\\log_2 r(x) - \\log_2 K$.",
            "Take the logarithm of the definition of $r$.",
        ),
        Step(
            "Averaged over $p$: $L = \\mathrm{CE}(p, r) + \\log_2 \\frac1K$, with the "
            "cross-entropy $-\\sum_x p(x) \\log_2 r(x)$.",
            "Multiply by $p(x)$ and add up.",
        ),
        Step(
            "$\\mathrm{CE}(p, r) = H(p) + D(p‖r)$ gives the identity.", "Split the cross-entropy."
        ),
        Step(
            "Neither term is negative, so $L \\ge H(p)$, with equality exactly if $K = 1$ and "
            "$p(x) = 2^{-\\ell(x)}$.",
            "Use $D(p‖r) \\ge 0$ and $K \\le 1$, and say when both are zero.",
        ),
    ],
    why="A code is a belief, $r$, and perhaps some unused room; it wastes what the wrong belief "
    "costs and what the room is worth.",
)

siblings = Derivation(
    "code-siblings",
    stars=2,
    minutes=8,
    question="Show that some best prefix code has the two least likely symbols as siblings: words "
    "of the greatest length that differ in their last digit only. Why does this prove "
    "Huffman's algorithm right?",
    hint=[
        "What happens to the mean length if two words are exchanged?",
        "Exchanging the words of $x$ and $y$ changes $L$ by $-(p(x) - p(y))(\\ell(x) - \\ell(y))$.",
        "Begin with $p(x) > p(y)$ and $\\ell(x) > \\ell(y)$.",
    ],
    steps=[
        Step(
            "If $p(x) > p(y)$ but $\\ell(x) > \\ell(y)$, exchanging the two words changes $L$ by "
            "$-(p(x) - p(y))(\\ell(x) - \\ell(y)) < 0$. So in a best code less likely symbols "
            "have words at least as long.",
            "Compare the mean lengths before and after an exchange.",
        ),
        Step(
            "A longest word has a sibling that is a word: otherwise its last digit could be "
            "dropped.",
            "What would happen to a longest word without a sibling?",
        ),
        Step(
            "So there are two siblings of the greatest length. The two least likely symbols can "
            "have them: exchanging words of equal length, or of equally likely symbols, costs "
            "nothing.",
            "Move the two least likely symbols to these places.",
        ),
        Step(
            "Join the siblings into one symbol of probability $p(x) + p(y)$. Every code of the "
            "smaller source gives one of the larger, longer by $p(x) + p(y)$ on average; and every "
            "code of the larger source in which the two are siblings arises so.",
            "Relate the mean lengths of the two problems.",
        ),
        Step(
            "That surplus is the same whatever the code, so a best code of the smaller source gives "
            "a best one of those with these siblings, which is a best one of all; by induction the algorithm is right.",
            "Conclude by induction on the number of symbols.",
        ),
    ],
    why="An exchange costs nothing, and what remains is the same problem with one symbol fewer.",
    solution="As a by-product, $L$ is the sum of the weights of all joinings.",
)

mcmillan = Derivation(
    "code-mcmillan",
    stars=3,
    minutes=15,
    question="A code is uniquely decodable if no two messages are written alike. Prove McMillan's "
    "theorem: then its Kraft sum $K$ is at most 1, prefix code or not.",
    hint=[
        "What is $K^n$, multiplied out?",
        "Sort its terms by the number of digits of the message.",
        "With $a_m$ messages of $m$ digits, $K^n = \\sum_m a_m 2^{-m}$.",
    ],
    steps=[
        Step(
            "$K^n = \\sum 2^{-(\\ell(x_1) + \\dots + \\ell(x_n))}$ over all messages of $n$ "
            "symbols: a message of $m$ digits adds $2^{-m}$.",
            "Multiply the sum out.",
        ),
        Step(
            "With $a_m$ the number of messages of $n$ symbols that are written with $m$ digits, "
            "$K^n = \\sum_m a_m 2^{-m}$, and $m \\le n \\ell_{\\max}$.",
            "Collect messages of equal length.",
        ),
        Step(
            "Messages are written differently, so $a_m \\le 2^m$: there are not more strings of "
            "$m$ digits.",
            "Use unique decodability to bound $a_m$.",
        ),
        Step(
            "So $K^n \\le n \\ell_{\\max}$ for every $n$.",
            "Put the bound into the sum; how many terms are there?",
        ),
        Step(
            "If $K$ were greater than 1, the left side would grow exponentially in $n$ and the "
            "right side only linearly. So $K \\le 1$.",
            "Let $n$ grow.",
        ),
    ],
    why="Long messages are too many to be written differently if the Kraft sum exceeds 1.",
    solution="Giving up the prefix property therefore buys no shorter lengths.",
)


# ---- code ----


def my_words(lengths):
    """Return words of these lengths, side by side."""
    words, start, longest = [], 0, int(max(lengths))
    for length in map(int, lengths):
        if start >> longest:
            raise ValueError("the Kraft sum exceeds 1")
        words.append(f"{start >> longest - length:0{length}b}")
        start += 1 << longest - length
    return words


def _unpadded(lengths):
    return [bin(int(word, 2))[2:] for word in my_words(lengths)]


def _counted(lengths):
    if kraft_sum(_any_words(lengths)) > 1:
        raise ValueError("too long")
    return [f"{i:0{length}b}" for i, length in enumerate(lengths)]


def _by_one_digit(lengths):
    words, number = [], 0
    for length, after in zip(lengths, [*lengths[1:], 0]):
        words.append(f"{number:0{length}b}")
        number = (number + 1) * (2 if after > length else 1)
    return words


def _careless(lengths):
    starts = np.cumsum([0.0] + [2.0**-length for length in lengths[:-1]])
    return [f"{int(s * 2**n):0{n}b}" for s, n in zip(starts, lengths)]


_ZEROS = "A word keeps its leading zeros: it has as many digits as asked for."
_SIDE = "Each interval begins where the one before it ends."
_REFUSES = "Lengths whose Kraft sum exceeds 1 are refused with a ValueError."

words = Code(
    "code-words",
    stars=2,
    minutes=10,
    question="Write `my_words(lengths)`: for lengths from 1 on, in ascending order, the words of a prefix "
    "code, whose intervals lie side by side from 0. Refuse what is impossible with a "
    "`ValueError`.",
    solution=my_words,
    reference=my_words,
    cases=[
        Case(_ZEROS, ([2, 2, 2, 2],)),
        Case(_SIDE, ([1, 2, 3, 3],)),
        Case(_SIDE, ([2, 3, 3, 3, 4, 4],)),
        Case(_SIDE, ([1, 3, 3, 6],)),
        Case(_REFUSES, ([1, 2, 2, 3],)),
    ],
    mistakes=[
        Slip(_unpadded, _ZEROS),
        Slip(_counted, _SIDE),
        Slip(_by_one_digit, _SIDE),
        Slip(_careless, _REFUSES),
    ],
    hint=[
        "Where does the next interval start, and how many of its widths is that?",
        "The word that starts at $s$ is the number $s \\cdot 2^\\ell$ in $\\ell$ binary digits.",
        '`f"{number:0{length}b}"` writes them; stop when a start reaches 1.',
    ],
    call="exercises.words.check(my_words)",
    why="With short words first, every start is a whole multiple of the interval's width.",
    remark="The solution counts in whole units of the longest word. In floats the starts would be "
    "rounded once words have more than about fifty digits.",
)


def my_length(p):
    """Return the sum of the weights of all joinings."""
    groups, total = sorted(p), 0.0
    while len(groups) > 1:
        joined = groups[0] + groups[1]
        groups, total = sorted([joined, *groups[2:]]), total + joined
    return total


def _huffman_length(p):
    return expected_length(p, huffman_code(p))


def _likeliest_first(p):
    groups, total = sorted(p, reverse=True), 0.0
    while len(groups) > 1:
        joined = groups[0] + groups[1]
        groups, total = sorted([joined, *groups[2:]], reverse=True), total + joined
    return total


def _halved(p):
    p, total = sorted(p, reverse=True), sum(p)
    if len(p) == 1:
        return 0
    cut = min(range(1, len(p)), key=lambda i: abs(total - 2 * sum(p[:i])))
    return total + _halved(p[:cut]) + _halved(p[cut:])


def _in_a_row(p):
    groups = sorted(p)
    return sum(np.cumsum(groups)[1:].tolist())


_LEAST = "The two least likely groups are joined."
_AGAIN = "A joined group takes its place among the others by its weight."

length = Code(
    "code-length",
    stars=3,
    minutes=12,
    question="Write `my_length(p)`: the mean length of Huffman's code, without building a single "
    "word. Each joining makes the words of both groups one digit longer.",
    solution=my_length,
    reference=_huffman_length,
    cases=[
        Case(_LEAST, ([0.5, 0.25, 0.125, 0.125],)),
        Case(_LEAST, ([0.1, 0.6, 0.3],)),
        Case(_AGAIN, ([0.25, 0.25, 0.25, 0.25],)),
        Case(_AGAIN, ([0.2, 0.2, 0.2, 0.2, 0.1, 0.1],)),
        # Halving from above is as short in the cases before this one.
        Case(_LEAST, ([0.35, 0.17, 0.17, 0.16, 0.15],)),
        Case("A coin needs one digit, however uneven it is.", ([0.99, 0.01],)),
    ],
    mistakes=[
        Slip(_likeliest_first, _LEAST),
        Slip(_halved, _LEAST),
        Slip(_in_a_row, _AGAIN),
    ],
    hint=[
        "How much does a joining of weight $w$ add to the mean length?",
        "$L$ is the sum of the weights of all joinings.",
        "Sort the weights, join the first two, and put the sum back among the others.",
    ],
    call="exercises.length.check(my_length)",
    why="A joining of weight $w$ adds one digit to words that are used with probability $w$.",
    remark="Sorting anew each time is wasteful. Joined groups come in ascending order of their "
    "weights, so `itlib` sorts once, puts the joined ones in a second queue and looks at the "
    "fronts of the two.",
)
