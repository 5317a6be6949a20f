"""The exercises of the chapter on language models."""

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
from itlib import fit_ngrams, perplexity, self_information
from itlib_book.language_models import demos
from itlib_book.language_models.data import bits_per_character, compressed, impossible_share
from itlib_book.language_models.figures import CONTEXTS
from itlib_book.shared.common_mistakes import base_ten_for_bits, nats_for_bits
from itlib_book.shared.words import times

KEYS, CHOICES, LETTERS = 44, 15, 4.5
WITH_SPACE = LETTERS + 1

NEVER_NEGATIVE = Limit(
    "A number of bits is never negative here: no probability exceeds 1.", below=0.0
)

# ---- predictions ----


def _nearest(options, value):
    return min(options, key=lambda text: abs(options[text] - value))


_TYPESETTER = math.log2(2000) / WITH_SPACE
_READINGS = [math.log2(CHOICES) / count < _TYPESETTER for count in (WITH_SPACE, 1)]
_BETTER = {
    "the model: it is left with 15 choices, he with 2000": [True, True],
    "the typesetter: his words are real ones": [False, False],
    "either: the number 15 alone does not say": [True, False],
}

guess_writers = Prediction(
    "lm-writers",
    question="Who spends fewer bits on a character, the typesetter or the model?",
    options=list(_BETTER),
    happens=next(text for text, readings in _BETTER.items() if readings == _READINGS),
    saw="If the maker meant 15 *per word*, the model spends less than a bit on a character, and far "
    f"less than the typesetter. If he meant 15 *per character*, it spends {math.log2(CHOICES):.1f} "
    "bits, and the typesetter does much better. Both readings occur in print, under the same name.",
)

_SPENT = demos.surprises(3, "Witten–Bell")
_LETTER = np.array([key.isalpha() for key in demos.SENTENCE])
_FIRST = _LETTER & ~np.append(False, _LETTER[:-1])
_LAST = _LETTER & ~np.append(_LETTER[1:], False) & ~_FIRST
_PLACES = {
    "where it begins": _FIRST,
    "in its middle": _LETTER & ~_FIRST & ~_LAST,
    "at its end": _LAST,
}

guess_place = Prediction(
    "lm-place",
    question="A model reads a sentence that it has never seen, one character after the other. Where "
    "in a word is it surprised most, on average?",
    options=list(_PLACES),
    happens=max(_PLACES, key=lambda text: np.mean(_SPENT[_PLACES[text]])),
    saw="On the whole a word costs most where it begins, and little once it is clear which word it "
    "is: “number” is settled with its second letter, and the rest comes nearly free. (Now and then a "
    "later letter is dearer than the first, as in “case” and in “to”.) “Nudged” is the great "
    "exception. The text that the model learnt from has no such word, and after “nu” it is sure of "
    "an m; the d leaves the picture. The perplexity per word is huge beside the one per character, "
    "although both say the same of the same sentence.",
)

_SHARES = {
    "none: nine tenths of a book show all that can follow": 0.0,
    "about one in ten thousand": 1e-4,
    "about one in twelve": 1 / 12,
    "about a half": 0.5,
}
_IMPOSSIBLE = impossible_share(5)

guess_unseen = Prediction(
    "lm-unseen",
    question="For how many characters of the held-out text does the model that looks back five "
    "characters have the probability zero?",
    options=list(_SHARES),
    happens=min(_SHARES, key=lambda text: abs(math.log((_SHARES[text] + 1e-9) / _IMPOSSIBLE))),
    saw=f"They are {100 * _IMPOSSIBLE:.1f} % of them, and one is enough to make the whole text "
    "impossible.",
)

_UNSEEN_BITS = [bits_per_character(n) for n in CONTEXTS]
_LOOKS = {
    "0: the frequencies alone cannot learn by heart": 0,
    "2 characters": 2,
    "5 characters": 5,
    "8 characters: the further, the better": 8,
}

guess_heart = Prediction(
    "lm-heart",
    question="Nine smoothed models look back 0 to 8 characters. Which of these predicts the held-out "
    "text best?",
    options=list(_LOOKS),
    happens=_nearest(_LOOKS, int(np.argmin(_UNSEEN_BITS))),
    saw="On the training text every additional character helps. On the held-out text the gain stops "
    "after five, and then turns into a loss: a model of eight characters needs "
    f"{_UNSEEN_BITS[8]:.2f} bits, more than one of three with {_UNSEEN_BITS[3]:.2f}.",
)

_TOOLS = {
    "`zlib`, which looks for repetitions nearby": "zlib",
    "`lzma`, which looks for repetitions everywhere": "lzma",
    "`bz2`, which sorts the text by context": "bz2",
}

guess_compressors = Prediction(
    "lm-compressors",
    question="Three compressors get the training text first and pay only for what the held-out text "
    "adds, as the model that looks back five characters does. Which of them comes closest to it?",
    options=list(_TOOLS),
    happens=min(
        _TOOLS,
        key=lambda text: abs(compressed(_TOOLS[text], after_training=True) - bits_per_character(5)),
    ),
    saw="To find a repetition and say where it was costs more on this prose than to know what "
    "*usually* follows. `bz2` lives on that as the model does, and gets as far.",
)

_BY_CHARACTER = 2 ** bits_per_character(5)
_PAIRED = {
    "the same: nothing about the model has changed": _BY_CHARACTER,
    "half of it: there are half as many tokens": _BY_CHARACTER / 2,
    "twice as large": 2 * _BY_CHARACTER,
    "its square": _BY_CHARACTER**2,
}

guess_pairs = Prediction(
    "lm-pairs",
    question="Pairs of characters are counted in place of characters. What becomes of the "
    "perplexity?",
    options=list(_PAIRED),
    happens=_nearest(_PAIRED, 2 ** (2 * bits_per_character(5))),
    saw="The probability of the text is the same, the root taken of it is another one. The "
    "perplexity is squared, and nothing has become worse; the bits per byte have stayed.",
)

# ---- the puzzle ----


def _monkey(keys):
    bits = math.log2(keys)
    return Number(
        "lm-monkey",
        stars=1,
        minutes=2,
        unit="bits per character",
        tolerance=0.005,
        question=f"A child hits the {keys} keys of a keyboard at random, each as often as any "
        "other. How many bits per character is that?",
        answer=bits,
        why="Equally likely keys are as uncertain as a distribution over so many keys can be.",
        mistakes=[
            nats_for_bits(bits),
            base_ten_for_bits(bits),
            Mistake(keys, "That is the perplexity. Its logarithm to base 2 is the number of bits."),
            Mistake(math.log2(26), f"There are {keys} keys, not only the 26 letters."),
            Mistake(
                math.ceil(bits),
                "You rounded up. Words of one length have to, an amount of information does not.",
            ),
        ],
        limits=[NEVER_NEGATIVE],
        hint=[
            "How surprising is one key?",
            "A uniform choice among $k$ has $\\log_2 k$ bits.",
            f"Here $k = {keys}$; no key is likelier than another.",
        ],
        solution=f"$\\log_2 {keys} = {bits:.4f}$ bits.",
    )


monkey = varied(_monkey, [61, 48, 83, 30, 101, 37, 72, 55, 88, 45])


def _typesetter(box, letters):
    strokes = letters + 1
    word = math.log2(box)
    spent = word / strokes
    return Number(
        "lm-typesetter",
        stars=1,
        minutes=4,
        unit="bits per character",
        tolerance=0.005,
        question=f"Another typesetter sets words from a box of {box}, all equally likely, "
        f"{letters} letters long on average, with a space after each. How many bits per "
        "character is that, the space counted as a character?",
        answer=spent,
        why="A word costs the same however long it is, and its bits are shared by its letters and "
        "the space.",
        mistakes=[
            Mistake(word / letters, "You forgot the space. It is a character that he sets too."),
            Mistake(word, "That is per word. How many characters share it?"),
            Mistake(
                math.log2(box / strokes),
                "Take the logarithm first, then divide by the number of characters.",
            ),
            Mistake(
                word * strokes, "You multiplied. The bits of a word are shared by its characters."
            ),
            nats_for_bits(spent),
            base_ten_for_bits(spent),
        ],
        limits=[NEVER_NEGATIVE],
        hint=[
            "How many bits per word? How many characters share them?",
            "Bits per character are bits per word over characters per word, the space included.",
            f"A word has $\\log_2 {box}$ bits, and {strokes:g} characters.",
        ],
        solution=f"$\\log_2 {box} = {word:.4f}$ bits per word, over {strokes:g} characters: "
        f"{spent:.4f}. Over the letters alone it would be {word / letters:.4f}: the space then "
        "comes free.",
    )


typesetter = varied(
    _typesetter,
    [
        (6000, 5),
        (3000, 4),
        (10000, 5),
        (500, 4),
        (8000, 6),
        (1500, 5.5),
        (20000, 6),
        (4000, 4.2),
        (700, 3.8),
        (12000, 5.4),
    ],
)

# ---- from one unit to another ----


def _units_mistakes(choices, letters):
    """Return what goes wrong on the way from a perplexity per word to one per character."""
    strokes = letters + 1
    bits = math.log2(choices) / strokes
    return [
        Mistake(
            choices / strokes, "A perplexity is not shared out like bits. Take its logarithm first."
        ),
        Mistake(choices ** (1 / letters), "You forgot the space. It is a character, too."),
        Mistake(bits, "That is bits per character. The perplexity is 2 to that power."),
        Mistake(math.exp(bits), "You raised $e$ to a number of bits. Bits go with 2."),
        Mistake(2 ** (bits * math.log(2)), "You raised 2 to a number of nats. Nats go with $e$."),
        Mistake(choices**strokes, "You multiplied. The characters *share* the bits of a word."),
    ]


PERPLEXITY = Limit("A perplexity is at least 1.", below=1.0)


def _units_last_step(choices, letters):
    strokes = letters + 1
    bits = math.log2(choices) / strokes
    return Number(
        "lm-units-last-step",
        stars=1,
        minutes=2,
        tolerance=0.005,
        question=f"A model has perplexity {choices} per word on a text whose words have {letters} "
        "letters on average and a space.\n\n"
        f"1. A word costs $\\log_2 {choices} = {math.log2(choices):.4f}$ bits.\n"
        f"2. Its {strokes:g} characters share them: {bits:.4f} bits per character.\n"
        "3. What is the perplexity per character?",
        answer=2**bits,
        why="A perplexity is 2 to the power of bits, per whatever the bits are counted.",
        mistakes=_units_mistakes(choices, letters),
        limits=[PERPLEXITY],
        hint=[
            "How many equally likely choices have so many bits?",
            "$\\mathrm{PP} = 2^{\\mathrm{CE}}$ with the cross-entropy in bits.",
            f"The exponent is {bits:.4f}, per character.",
        ],
        solution=f"$2^{{{bits:.4f}}} = {2**bits:.4f}$.",
    )


units_last_step = varied(
    _units_last_step,
    [
        (60, 5),
        (80, 4.5),
        (120, 5.2),
        (200, 4.8),
        (30, 4.2),
        (500, 5.6),
        (250, 4),
        (1000, 6),
        (45, 3.6),
        (90, 5.8),
    ],
)


def _units_alone(choices, letters):
    strokes = letters + 1
    bits = math.log2(choices) / strokes
    return Number(
        "lm-units-alone",
        stars=2,
        minutes=4,
        tolerance=0.005,
        question=f"On a text whose words have {letters} letters on average, and a space each, a model "
        f"has perplexity {choices} per word. What is its perplexity per character, the space counted?",
        answer=2**bits,
        why="Bits can be shared out among the characters of a word; perplexities are powers of them.",
        mistakes=_units_mistakes(choices, letters),
        limits=[PERPLEXITY],
        hint=[
            "What of a perplexity can be shared out among characters?",
            "Take the logarithm to base 2, divide it by the characters per word, and raise 2 to that.",
            f"A word has $\\log_2 {choices}$ bits and {strokes:g} characters.",
        ],
        solution=f"$\\log_2 {choices} = {math.log2(choices):.4f}$ bits per word, {bits:.4f} per "
        f"character, and $2^{{{bits:.4f}}} = {2**bits:.4f}$; in one step "
        f"${choices}^{{1/{strokes:g}}}$.",
    )


units_alone = varied(
    _units_alone,
    [
        (150, 4.7),
        (70, 4.4),
        (35, 5.1),
        (400, 5.3),
        (25, 4),
        (800, 5.5),
        (300, 4.6),
        (50, 3.9),
        (600, 6.2),
        (110, 4.9),
    ],
)


def _per_word(choices, letters):
    strokes = letters + 1
    word = math.log2(choices)
    spent = word / strokes
    return Number(
        "lm-per-word",
        stars=1,
        minutes=4,
        unit="bits per character",
        tolerance=0.005,
        question=f"A language model has perplexity {choices} per word on a text whose words have "
        f"{letters} letters on average, with a space after each. How many bits per character "
        "is that, the space counted?",
        answer=spent,
        why="The logarithm of the perplexity is bits per word, which the characters of a word "
        "share, its space among them.",
        mistakes=[
            Mistake(word / letters, "You forgot the space."),
            Mistake(
                word, "That is per word. It would be per character only if the perplexity were."
            ),
            Mistake(
                choices / strokes,
                "A perplexity is not shared out like bits. Take its logarithm first.",
            ),
            Mistake(math.log2(choices / strokes), "Take the logarithm first, then divide."),
            nats_for_bits(spent),
            base_ten_for_bits(spent),
        ],
        limits=[NEVER_NEGATIVE],
        hint=[
            "What of a perplexity can be shared out among characters?",
            "Divide the $\\log_2 \\mathrm{PP}$ bits of a word by its characters.",
            f"A word with its space has {strokes:g} characters.",
        ],
        solution=f"$\\log_2 {choices} = {word:.4f}$, over {strokes:g} characters: "
        f"{spent:.4f} bits.",
    )


per_word = varied(
    _per_word,
    [
        (40, 4.8),
        (75, 4.6),
        (20, 5),
        (130, 5.4),
        (260, 4.3),
        (350, 5.7),
        (55, 4.1),
        (900, 5.9),
        (28, 3.7),
        (180, 5.2),
    ],
)

_MILLIONS = CHOICES**WITH_SPACE / 1e6

per_character = Number(
    "lm-per-character",
    stars=2,
    minutes=5,
    unit="million",
    tolerance=0.02,
    question=f"Another model has perplexity {CHOICES} per *character*. What is its perplexity per "
    f"word, in millions, if a word with its space is {WITH_SPACE} characters long?",
    answer=_MILLIONS,
    why="Bits add up over the characters of a word, so perplexities multiply.",
    mistakes=[
        Mistake(CHOICES**LETTERS / 1e6, "You forgot the space."),
        Mistake(
            CHOICES * WITH_SPACE / 1e6,
            "Perplexities multiply, they do not add: it is bits that add.",
            tolerance=2e-5,
        ),
        Mistake(CHOICES**WITH_SPACE, "That is not in millions.", tolerance=2e4),
        Mistake(WITH_SPACE * math.log2(CHOICES), "That is the number of bits per word."),
    ],
    limits=[
        Limit("A perplexity is at least 1.", below=1e-6),
    ],
    hint=[
        "What adds up over the characters of a word, and what multiplies?",
        "$\\mathrm{PP}_{\\text{word}} = 2^{\\text{bits per word}}$, and bits add up.",
        f"A word has ${WITH_SPACE} \\cdot \\log_2 {CHOICES}$ bits.",
    ],
    solution=f"${CHOICES}^{{{WITH_SPACE}}} \\approx {_MILLIONS:.2f}$ million. Far more than the "
    "typesetter's 2000: the model leaves far more strings open than there are words in his box.",
)


def _geometric(*spelt):
    p = np.array(spelt)
    mean = float(np.mean(self_information(p)))
    listed = ", ".join(f"{x:g}" for x in spelt)
    return Number(
        "lm-geometric",
        stars=1,
        minutes=4,
        tolerance=0.005,
        question=f"A model gives the {p.size} characters of a word the probabilities {listed}, each "
        "given those before it. What is the perplexity per character of the word?",
        answer=2**mean,
        why="A perplexity is one over the geometric mean of the probabilities.",
        mistakes=[
            Mistake(
                1 / np.mean(p),
                "That is one over the arithmetic mean. Probabilities of a sequence multiply.",
            ),
            Mistake(float(np.mean(1 / p)), "That is the mean of $1/p$. Average the logarithms."),
            Mistake(
                1 / np.prod(p),
                "That is one over the probability of the word: its "
                f"perplexity per word. Take the root of order {p.size}.",
            ),
            Mistake(mean, "That is bits per character. The perplexity is 2 to that power."),
            Mistake(
                math.exp(mean), "You raised $e$ to a number of bits. Bits go with 2, nats with $e$."
            ),
            Mistake(2**-mean, "That is the geometric mean itself. The perplexity is one over it."),
        ],
        limits=[PERPLEXITY],
        hint=[
            "Which mean belongs to numbers that multiply?",
            "$\\mathrm{PP} = q(x_1 \\dots x_N)^{-1/N}$.",
            f"The product of the probabilities is {np.prod(p):.6g}, and $N = {p.size}$.",
        ],
        solution=f"The product is {np.prod(p):.6g}, its root of order {p.size} is {2**-mean:.4f}, and "
        f"one over that {2**mean:.4f}. The same from {mean:.4f} bits per character.",
    )


geometric = varied(
    _geometric,
    [
        (0.05, 0.5, 0.8, 0.2, 0.9),
        (0.1, 0.4, 0.9, 0.5),
        (0.02, 0.6, 0.7, 0.95),
        (0.3, 0.05, 0.8),
        (0.2, 0.1, 0.6, 0.9, 0.9),
        (0.04, 0.25, 0.5, 0.7),
        (0.15, 0.8, 0.03),
        (0.01, 0.9, 0.9, 0.9),
        (0.5, 0.07, 0.3, 0.85),
        (0.08, 0.35, 0.6, 0.75, 0.95),
    ],
)


def _loss(hundredths):
    nats = hundredths / 100
    return Number(
        "lm-loss",
        stars=1,
        minutes=3,
        tolerance=0.005,
        question=f"A framework reports a loss of {nats:g} for a character model. Its losses are in "
        "nats. What is the perplexity per character?",
        answer=math.exp(nats),
        why=f"Nats go with $e$: the perplexity is $e^{{{nats:g}}}$.",
        mistakes=[
            Mistake(2**nats, "You raised 2 to a number of nats. Nats go with $e$, bits with 2."),
            Mistake(
                2 ** (nats * math.log(2)),
                "You multiplied by $\\ln 2$. Nats *divided* by $\\ln 2$ are bits.",
            ),
            Mistake(10**nats, "You raised 10 to a number of nats."),
            Mistake(
                nats / math.log(2), "That is the loss in bits. The perplexity is 2 to that power."
            ),
            Mistake(math.log(nats), "You took a logarithm; the loss is one already. Undo it."),
        ],
        limits=[PERPLEXITY],
        hint=[
            "The loss is a mean of $-\\ln p$. What undoes $\\ln$?",
            "$\\mathrm{PP} = e^{\\mathrm{CE}}$ with the cross-entropy in nats.",
            f"The exponent is {nats:g}. In bits it would be ${nats:g} / \\ln 2$, with the base 2.",
        ],
        solution=f"$e^{{{nats:g}}} = {math.exp(nats):.4f}$. By way of bits: "
        f"${nats:g} / \\ln 2 = {nats / math.log(2):.4f}$, and 2 to that power is the same.",
    )


loss = varied(_loss, [125, 110, 140, 90, 160, 180, 75, 205, 230, 150])

# ---- judge ----

order = Ordering(
    "lm-order",
    stars=2,
    minutes=4,
    direction="the fewest bits per character first",
    question="Order by bits per character. Words have 4.5 letters and a space; "
    "all are measured on the same text.",
    items=[
        Item("a model with perplexity 15 per character", math.log2(15)),
        Item("a model with perplexity 2000 per word", math.log2(2000) / WITH_SPACE),
        Item("a model with perplexity 3 per character", math.log2(3)),
        Item("a model with perplexity 15 per word", math.log2(15) / WITH_SPACE),
        Item("a model with a loss of 3 nats per character", 3 / math.log(2)),
    ],
    mistakes=[
        Swap(
            "a model with perplexity 15 per character",
            "a model with perplexity 15 per word",
            "Per word the logarithm of 15 is shared by 5.5 characters.",
        ),
        Swap(
            "a model with perplexity 2000 per word",
            "a model with perplexity 3 per character",
            "2000 per word is its 5.5th root per character: about 4.",
        ),
        Swap(
            "a model with a loss of 3 nats per character",
            "a model with perplexity 15 per character",
            "Three nats are a perplexity of $e^3$, more than 15.",
        ),
    ],
    hint=[
        "Into which unit can all five be turned?",
        "Take the logarithm for bits, and divide by the characters of a word where it is per word.",
        "Per word divide by 5.5; nats divide by $\\ln 2$.",
    ],
    why="Only bits over the same characters can be compared.",
    solution=f"{math.log2(15) / WITH_SPACE:.2f}, {math.log2(3):.2f}, "
    f"{math.log2(2000) / WITH_SPACE:.2f}, {math.log2(15):.2f} and {3 / math.log(2):.2f} "
    "bits per character.",
)

comparable = Choice(
    "lm-comparable",
    stars=2,
    minutes=3,
    question="Which of these comparisons says that A predicts better than B?",
    options=[
        Option(
            "A has perplexity 15 per token, B has 30, on the same text, each with its own tokens.",
            "If A's tokens are three quarters as long as B's, A predicts worse. Ask for bits per byte.",
        ),
        Option(
            "A has perplexity 15 per word on news, B has 30 per word on poems.",
            "The texts differ, and poems may be harder for everybody.",
        ),
        Option(
            "A has 0.9 bits per byte, B has 1.0, on the same text, which neither has seen.",
            "Same text, same unit, and nobody knew it by heart.",
            right=True,
        ),
        Option(
            "A has 0.9 bits per byte, B has 1.0, on the text that A was trained on.",
            "A may know it by heart. Held-out text is what counts.",
        ),
    ],
    hint=[
        "What has to be the same for both, and what absent?",
        "A perplexity belongs to a text and a unit, and counts on text that nobody was trained on.",
        "Strike out the pairs with two texts, with two units, or with a text that one has read.",
    ],
    solution="Same text, same unit, unseen by both. Even then it is about that kind of text only.",
)

impossible = Choice(
    "lm-impossible",
    stars=2,
    minutes=3,
    question="On a test text of a million characters one has probability 0 under the model, and "
    "all others are predicted superbly. What is the perplexity?",
    options=[
        Option(
            "Superb: one in a million does not matter in a mean.",
            "It does when it is infinite: the surprise at it is $-\\log 0$.",
        ),
        Option(
            "Infinite.",
            "The text has probability 0, and no number of good guesses repairs a "
            "product with a 0 in it.",
            right=math.isinf(2 ** np.mean(self_information([0.9] * 9 + [0.0]))),
        ),
        Option(
            "It is not defined, so that character is left out.",
            "Then the model is paid for ruling out what it cannot handle.",
        ),
        Option(
            "That of the text with $10^{-12}$ in place of 0.",
            "That would say which constant you chose: another one gives another perplexity.",
        ),
    ],
    hint=[
        "What is the probability of the whole text?",
        "$\\mathrm{PP} = q(x_1 \\dots x_N)^{-1/N}$, and $q$ is a product.",
        "One of the million factors is 0.",
    ],
    solution="Infinite, and rightly so: no code built on this model can transmit the text. The "
    "repair is to smooth the model, not the number.",
)

# ---- count and smooth ----


def _novel(often, some, once, hundredths):
    short = hundredths / 100
    total, kinds = often + some + once, 3
    new = kinds * short / (total + kinds)
    return Number(
        "lm-novel",
        stars=2,
        minutes=5,
        tolerance=0.0005,
        question=f"After a certain context came u {times(often)}, i {times(some)} and a "
        f"{times(once)}. The shorter context gives e the probability "
        f"{short:g}. What is the probability of e by Witten and Bell's smoothing?",
        answer=new,
        why="Three different sequels have come, so the shorter context counts as much as three "
        "observations.",
        mistakes=[
            Mistake(0.0, "That is the frequency without smoothing. e never came, but it may."),
            Mistake(short, "That is what the shorter context says alone. The counts speak too."),
            Mistake(
                kinds / (total + kinds),
                "That is the probability of everything new together. e gets its share of it.",
            ),
            Mistake(
                short / (total + 1),
                "You gave the shorter context weight 1. Its weight is the number of different "
                "sequels.",
            ),
            Mistake(
                (1 + kinds * short) / (total + kinds),
                "e has not come after this context: its count is 0.",
            ),
        ],
        limits=[Limit("That is no probability.", below=0.0, above=1.0)],
        hint=[
            "How many different characters came after this context?",
            "$q_m(x) = (\\text{count} + w\\, q_{m-1}(x)) / (\\text{total} + w)$, with $w$ the number of "
            "different sequels.",
            f"The count of e is 0, the total is {total}, and $q_{{m-1}} = {short:g}$.",
        ],
        solution=f"$w = {kinds}$, so $\\frac{{{kinds} \\cdot {short:g}}}{{{total} + {kinds}}} = "
        f"{new:.4f}$.",
    )


novel = varied(
    _novel,
    [
        (7, 2, 1, 5),
        (9, 3, 1, 8),
        (5, 3, 2, 12),
        (12, 4, 1, 10),
        (5, 1, 1, 9),
        (15, 5, 2, 11),
        (6, 3, 1, 7),
        (10, 6, 4, 9),
        (8, 1, 1, 7),
        (3, 1, 1, 14),
    ],
)

_HELD_OUT, _SEEN = (bits_per_character(6, 10, held_out=unseen) for unseen in (True, False))
_GAP = _HELD_OUT - _SEEN

gap = Number(
    "lm-gap",
    stars=2,
    minutes=8,
    unit="bits per character",
    tolerance=0.005,
    question="Fit the model that looks back 6 characters to the training text of the chapter, with "
    "the constant weight $w = 10$. By how many bits per character is it worse on the held-out text "
    "than on a piece of the training text of the same length, its beginning?",
    answer=_GAP,
    why="It knows by heart what it has read, and that does not help with what it has not.",
    mistakes=[
        Mistake(
            _HELD_OUT,
            "That is the figure for the held-out text. Subtract the one for the training text.",
        ),
        Mistake(_SEEN, "That is the figure for the training text."),
        Mistake(
            bits_per_character(6) - bits_per_character(6, held_out=False),
            "That is the gap with Witten and Bell's weights. Here the weight is 10 everywhere.",
        ),
        Mistake(_GAP * math.log(2), "That is in nats."),
        Mistake(-_GAP, "The size is right. On which text is it worse?"),
    ],
    limits=[
        Limit("It is worse on the text that it has not seen.", below=0),
    ],
    hint=[
        "Which two pieces of text are compared, under which one model?",
        "`fit_ngrams` takes the weight as `smoothing`; `self_information` of the model's "
        "`probabilities` has a mean.",
        "Begin with `model = fit_ngrams(training, 44, context=6, smoothing=10)`.",
    ],
    solution=f"{_HELD_OUT:.4f} on the held-out text, {_SEEN:.4f} on the training text: a gap of "
    f"{_GAP:.4f} bits per character, smaller than with Witten and Bell's weights, which here "
    "trust the long contexts more.",
)

# ---- compress ----


def _coder(tenths, characters):
    content = tenths / 10
    digits = math.ceil(content) + 1
    return Number(
        "lm-coder",
        stars=2,
        minutes=4,
        unit="bytes",
        tolerance=0,
        question=f"A model gives a text of {characters} characters the probability "
        f"$2^{{-{content:g}}}$. How many bytes does the arithmetic coder of this book need for it?",
        answer=math.ceil(digits / 8),
        why="The coder writes $\\lceil -\\log_2 P \\rceil + 1$ bits, rounded up to whole bytes.",
        mistakes=[
            Mistake(digits, "Those are bits. A byte has eight."),
            Mistake(characters, "That is a byte for each character, without a model."),
            Mistake(
                math.ceil((math.ceil(math.log2(KEYS) * characters) + 1) / 8),
                "That is what the monkey's model needs.",
            ),
            Mistake(
                content / 8,
                "That is the information content in bytes. A file has whole bytes.",
                tolerance=0.02,
            ),
            Mistake(
                digits / 8,
                "The digits are right, but a file has whole bytes.",
                tolerance=0.02,
            ),
            Mistake(
                digits // 8,
                "So many bytes hold the surprise, rounded up. The one digit more that the coder "
                "writes needs another byte.",
            ),
        ],
        limits=[
            Limit("A text of so small a probability takes a byte at least.", below=1),
        ],
        hint=[
            "How many digits name an interval that is as wide as the text is likely?",
            "$\\lceil -\\log_2 P \\rceil + 1$ digits; eight of them are a byte.",
            f"$-\\log_2 P = {content:g}$; round it up first.",
        ],
        solution=f"$\\lceil {content:g} \\rceil + 1 = {digits}$ bits are {digits / 8:.2f} bytes, so "
        f"{math.ceil(digits / 8)}.",
    )


coder = varied(
    _coder,
    [
        (30074, 2000),
        (11993, 800),
        (45037, 3000),
        (7995, 500),
        (20155, 1500),
        (33358, 2500),
        (15037, 1200),
        (51754, 4000),
        (9917, 700),
        (27436, 1800),
    ],
)

# ---- tokens ----


def _bytes(hundredths, tenths):
    nats, size = hundredths / 100, tenths / 10
    token = nats / math.log(2)
    return Number(
        "lm-bytes",
        stars=1,
        minutes=3,
        unit="bits per byte",
        tolerance=0.005,
        question=f"A network has a loss of {nats:g} nats per token on a text, and its tokens are "
        f"{size:g} bytes long on average. How many bits per byte is that?",
        answer=token / size,
        why="Nats become bits by a division by $\\ln 2$, and a token's bits are shared by its bytes.",
        mistakes=[
            Mistake(token, "That is bits per *token*. How many bytes share them?"),
            Mistake(nats / size, "That is nats per byte. Divide by $\\ln 2$."),
            Mistake(
                nats * math.log(2) / size,
                "Nats are *divided* by $\\ln 2$ to get bits, not multiplied.",
            ),
            Mistake(token * size, "You multiplied. The bytes of a token share its bits."),
            Mistake(math.exp(nats) / size, "A perplexity is not shared out. Stay with the loss."),
        ],
        limits=[NEVER_NEGATIVE],
        hint=[
            "Two units change: that of the loss, and that of the text for which it is counted.",
            "Bits per byte are bits per token over bytes per token; bits are nats over $\\ln 2$.",
            f"A token has ${nats:g} / \\ln 2$ bits.",
        ],
        solution=f"${nats:g} / \\ln 2 = {token:.4f}$ bits per token, over {size:g} bytes: "
        f"{token / size:.4f} bits per byte.",
    )


bytes_shared = varied(
    _bytes,
    [
        (250, 38),
        (310, 45),
        (280, 44),
        (220, 35),
        (340, 48),
        (275, 40),
        (195, 33),
        (360, 51),
        (230, 44),
        (305, 37),
    ],
)

# ---- write a program ----


def my_perplexity(p):
    """Return the perplexity per outcome of a sequence."""
    p = np.asarray(p, float)
    with np.errstate(divide="ignore", over="ignore"):
        return np.exp(-np.mean(np.log(p)))


def _reference(p):
    return 2 ** np.mean(self_information(p))


def _product(p):
    return np.prod(np.asarray(p, float)) ** (-1 / len(p))


def _mean_first(p):
    return 1 / np.mean(p)


def _wrong_base(p):
    return np.exp(np.mean(self_information(p)))


def _clipped(p):
    return _reference(np.maximum(np.asarray(p, float), 1e-10))


def _summed(p):
    return 2 ** np.sum(self_information(p))


_UNIFORM, _MIXED, _ZERO, _LONG = (
    "One of four equally likely choices, again and again, is perplexity 4.",
    "The mean is over logarithms.",
    "What was impossible and came makes it infinite.",
    "A long text has a probability too small for a float.",
)

code = Code(
    "lm-code",
    stars=2,
    minutes=10,
    question="Write `my_perplexity(p)`: the perplexity per character of a text whose characters "
    "got the probabilities `p`. Texts may be long.",
    solution=my_perplexity,
    reference=_reference,
    cases=[
        Case(_UNIFORM, ([0.25] * 6,)),
        Case(_MIXED, ([0.9, 0.1, 0.5],)),
        Case(_ZERO, ([0.5, 0.0, 0.5],)),
        Case(_LONG, ([0.01] * 5000,)),
    ],
    mistakes=[
        Slip(_summed, _UNIFORM),
        Slip(_wrong_base, _UNIFORM),
        Slip(_mean_first, _MIXED),
        Slip(_clipped, _ZERO),
        Slip(_product, _LONG),
    ],
    hint=[
        "A product of many probabilities underflows. Which sum carries the same information?",
        "$\\mathrm{PP} = 2^{\\mathrm{CE}}$ with the mean of $-\\log_2 p$.",
        "Begin with the mean of `np.log(p)`; its zeros may warn: `np.errstate(divide='ignore')`.",
    ],
    why="Sums of logarithms do not underflow, and base and power belong together.",
    call="exercises.code.check(my_perplexity)",
)

# ---- prove ----

regroup = Derivation(
    "lm-regroup",
    stars=2,
    minutes=8,
    question="A text of $N$ characters is cut into $M$ tokens, and both are read by the same "
    "model, so that its probability is the same $P$. Show that the perplexities per token "
    "and per character obey $\\mathrm{PP}_t = \\mathrm{PP}_c^{N/M}$, and that bits per "
    "character do not change.",
    hint=[
        "What do the two perplexities have in common?",
        "Write both as powers of the one $P$: minus one over the count.",
        "$\\mathrm{PP}_c = P^{-1/N}$. Solve it for $P$.",
    ],
    steps=[
        Step(
            "Per character $\\mathrm{PP}_c = P^{-1/N}$, per token $\\mathrm{PP}_t = P^{-1/M}$.",
            "Perplexity is the probability of the text to the power of minus one over the count.",
        ),
        Step(
            "$P = \\mathrm{PP}_c^{-N}$, hence $\\mathrm{PP}_t = (\\mathrm{PP}_c^{-N})^{-1/M} = "
            "\\mathrm{PP}_c^{N/M}$.",
            "Solve the first for $P$ and put it into the second.",
        ),
        Step(
            "If $M < N$ and $\\mathrm{PP}_c > 1$, the perplexity per token is the larger one.",
            "Tokens are longer than characters: compare $N/M$ with 1.",
        ),
        Step(
            "The text costs $-\\log_2 P$ bits and has $N$ characters; neither depends on $M$.",
            "Bits per character need only $P$ and $N$.",
        ),
    ],
    why="There is one probability, and two roots of it are taken.",
    solution="So perplexities per token of models with different tokens cannot be compared, and "
    "bits per character, or per byte, can.",
)

_SURE = perplexity([0.5, 0.5], [0.99, 0.01])

beyond = Derivation(
    "lm-beyond",
    stars=3,
    minutes=10,
    question="Let $p$ be a distribution over $k \\ge 2$ outcomes and $q$ a model. Show that the "
    "perplexity $2^{\\mathrm{CE}(p, q)}$ is at least $2^{H(p)}$, that $2^{H(p)} \\le k$, "
    "and that no number bounds $2^{\\mathrm{CE}(p, q)}$ from above for every $q$.",
    hint=[
        "What does the model's ignorance add to the entropy?",
        "$\\mathrm{CE}(p, q) = H(p) + D(p‖q)$.",
        "For the last part let $q(x) \\to 0$ for one $x$ with $p(x) > 0$.",
    ],
    steps=[
        Step(
            "$\\mathrm{CE}(p, q) - H(p) = D(p‖q) \\ge 0$ by Gibbs' inequality, and $2^x$ rises.",
            "What is the difference between cross-entropy and entropy?",
        ),
        Step(
            "$H(p) \\le \\log_2 k$, with equality for the uniform distribution.",
            "Which distribution has the largest entropy?",
        ),
        Step(
            "Take any outcome $x$ with $p(x) > 0$ and let $q(x) \\to 0$, in favour of another "
            "outcome: the term $-p(x) \\log_2 q(x)$ grows beyond all bounds, and the others are not negative.",
            "Let the model come close to ruling out what happens.",
        ),
        Step("At $q(x) = 0$ the perplexity is infinite.", "What if the model does rule it out?"),
    ],
    why="The model's mistakes are counted, and there is no limit to how wrong one can be.",
    solution=f"Two outcomes suffice: for $p = (0.5, 0.5)$ and $q = (0.99, 0.01)$ the perplexity is "
    f"{_SURE:.2f}. Perplexity does not say how uncertain the model is (this one is very "
    "sure), but how it fares.",
)

# ---- break it ----

_THREE = fit_ngrams([0, 1] * 20, 3, context=1)
_WORST = 1 / min(_THREE([0]))

worst = Number(
    "lm-worst",
    stars=3,
    minutes=10,
    tolerance=0.5,
    question="A model of the three letters a, b, c (`fit_ngrams` with `context=1`, Witten–Bell) "
    "has read abababab…, 40 letters in all. What is the largest perplexity that a single "
    "next letter can have after an a?",
    answer=_WORST,
    why="c has never been seen at all, and gets only a share of the shares.",
    mistakes=[
        Mistake(
            3,
            "That is the size of the alphabet. A model that is sure of something else can "
            "be far worse.",
        ),
        Mistake(
            float(1 / _THREE([0])[0]),
            "That is for another a. There is a letter that surprises even more.",
        ),
        Mistake(float(1 / _THREE([0])[1]), "That is for a b, the letter it expects."),
        Mistake(math.log2(_WORST), "Those are bits. The perplexity is 2 to that power."),
    ],
    limits=[Limit("A perplexity is at least 1.", below=1.0)],
    hint=[
        "Which letter does the model expect least after an a, and where does it take the "
        "probability of that letter from?",
        "$q_m(x) = (\\text{count} + w\\, q_{m-1}(x)) / (\\text{total} + w)$, first for no context.",
        "Without context 40 letters of two kinds came, so $q_0(c) = (0 + 2 \\cdot \\frac13) / 42$.",
    ],
    solution="$q_0(c) = \\frac{2 \\cdot 1/3}{42}$ without context, and after an a, which was "
    "followed 20 times, always by b, $q_1(c) = \\frac{1 \\cdot q_0(c)}{21}$: a perplexity "
    f"of {_WORST:.0f} in an alphabet of three letters.",
)
