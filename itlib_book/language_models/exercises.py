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
    Slip,
    Step,
    Swap,
    varied,
)
from itlib import fit_ngrams, perplexity, self_information
from itlib_book.language_models.data import bits_per_character
from itlib_book.shared.common_mistakes import base_ten_for_bits, nats_for_bits

KEYS, CHOICES, LETTERS = 44, 15, 4.5
WITH_SPACE = LETTERS + 1

NEVER_NEGATIVE = Limit(
    "A number of bits is never negative here: no probability exceeds 1.", below=0.0
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
                "You rounded up. A code for single keys has to, an amount of information does not.",
            ),
        ],
        limits=[NEVER_NEGATIVE],
        hint="How surprising is one key?",
        solution=f"$\\log_2 {keys} = {bits:.4f}$ bits.",
    )


monkey = varied(_monkey, [61, 48, 83, 30, 101, 37, 72, 55, 88, 45])

_BOX, _LETTERS_SET = 6000, 5
_STROKES = _LETTERS_SET + 1
_SETTER = math.log2(_BOX) / _STROKES

typesetter = Number(
    "lm-typesetter",
    stars=1,
    minutes=4,
    unit="bits per character",
    tolerance=0.005,
    question=f"Another typesetter sets words from a box of {_BOX}, all equally likely, "
    f"{_LETTERS_SET} letters long on average, with a space after each. How many bits per "
    "character is that, the space counted as a character?",
    answer=_SETTER,
    why="A word costs the same however long it is, and its bits are shared by its letters and the "
    "space.",
    mistakes=[
        Mistake(
            math.log2(_BOX) / _LETTERS_SET,
            "You forgot the space. It is a character that he sets too.",
        ),
        Mistake(math.log2(_BOX), "That is per word. How many characters share it?"),
        Mistake(
            math.log2(_BOX / _STROKES),
            "Take the logarithm first, then divide by the number of characters.",
        ),
        Mistake(
            math.log2(_BOX) * _STROKES,
            "You multiplied. The bits of a word are shared by its characters.",
        ),
        nats_for_bits(_SETTER),
        base_ten_for_bits(_SETTER),
    ],
    limits=[NEVER_NEGATIVE],
    hint="How many bits per word? How many characters per word, the space included?",
    solution=f"$\\log_2 {_BOX} = {math.log2(_BOX):.4f}$ bits per word, over "
    f"{_STROKES} characters: {_SETTER:.4f}. Over the letters alone it would be "
    f"{math.log2(_BOX) / _LETTERS_SET:.4f}: the space then comes free.",
)

_FORTY, _LONGER = 40, 4.8
_WORD = math.log2(_FORTY) / (_LONGER + 1)

per_word = Number(
    "lm-per-word",
    stars=1,
    minutes=4,
    unit="bits per character",
    tolerance=0.005,
    question=f"A language model has perplexity {_FORTY} per word on a text whose words have "
    f"{_LONGER} letters on average, with a space after each. How many bits per character "
    "is that, the space counted?",
    answer=_WORD,
    why="The logarithm of the perplexity is bits per word, which the characters of a word share, "
    "its space among them.",
    mistakes=[
        Mistake(math.log2(_FORTY) / _LONGER, "You forgot the space."),
        Mistake(
            math.log2(_FORTY),
            "That is per word. It would be per character only if the perplexity were.",
        ),
        Mistake(
            _FORTY / (_LONGER + 1),
            "A perplexity is not shared out like bits. Take its logarithm first.",
        ),
        Mistake(math.log2(_FORTY / (_LONGER + 1)), "Take the logarithm first, then divide."),
        nats_for_bits(_WORD),
        base_ten_for_bits(_WORD),
    ],
    limits=[NEVER_NEGATIVE],
    hint="What of a perplexity can be shared out among characters?",
    solution=f"$\\log_2 {_FORTY} = {math.log2(_FORTY):.4f}$, over {_LONGER + 1} characters: "
    f"{_WORD:.4f} bits.",
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
    hint="What adds up over the characters of a word, and what multiplies?",
    solution=f"${CHOICES}^{{{WITH_SPACE}}} \\approx {_MILLIONS:.2f}$ million. Far more than the "
    "typesetter's 2000: unlike him this model does not even know which strings "
    "are words.",
)

_SPELT = np.array([0.05, 0.5, 0.8, 0.2, 0.9])
_MEAN = float(np.mean(self_information(_SPELT)))
_SPELT_TEXT = ", ".join(f"{p:g}" for p in _SPELT)

geometric = Number(
    "lm-geometric",
    stars=1,
    minutes=4,
    tolerance=0.005,
    question=f"A model gives the five characters of a word the probabilities {_SPELT_TEXT}, each "
    "given those before it. What is the perplexity per character of the word?",
    answer=2**_MEAN,
    why="One over the geometric mean of the probabilities.",
    mistakes=[
        Mistake(
            1 / np.mean(_SPELT),
            "That is one over the arithmetic mean. Probabilities of a sequence multiply.",
        ),
        Mistake(float(np.mean(1 / _SPELT)), "That is the mean of $1/p$. Average the logarithms."),
        Mistake(
            1 / np.prod(_SPELT),
            "That is one over the probability of the word: its "
            "perplexity per word. Take the fifth root.",
        ),
        Mistake(_MEAN, "That is bits per character. The perplexity is 2 to that power."),
        Mistake(
            math.exp(_MEAN), "You raised $e$ to a number of bits. Bits go with 2, nats with $e$."
        ),
        Mistake(2**-_MEAN, "That is the geometric mean itself. The perplexity is one over it."),
    ],
    limits=[Limit("A perplexity is at least 1.", below=1.0)],
    hint="Which mean belongs to numbers that multiply?",
    solution=f"The product is {np.prod(_SPELT):.4f}, its fifth root {2**-_MEAN:.4f}, and one over "
    f"that {2**_MEAN:.4f}. The same from {_MEAN:.4f} bits per character.",
)

_NATS = 1.25

loss = Number(
    "lm-loss",
    stars=1,
    minutes=3,
    tolerance=0.005,
    question=f"A framework reports a loss of {_NATS} for a character model. Its losses are in "
    "nats. What is the perplexity per character?",
    answer=math.exp(_NATS),
    why="Nats go with $e$: the perplexity is $e^{1.25}$.",
    mistakes=[
        Mistake(2**_NATS, "You raised 2 to a number of nats. Nats go with $e$, bits with 2."),
        Mistake(
            2 ** (_NATS * math.log(2)),
            "You multiplied by $\\ln 2$. Nats *divided* by $\\ln 2$ are bits.",
        ),
        Mistake(10**_NATS, "You raised 10 to a number of nats."),
        Mistake(
            _NATS / math.log(2), "That is the loss in bits. The perplexity is 2 to that power."
        ),
        Mistake(math.log(_NATS), "You took a logarithm; the loss is one already. Undo it."),
    ],
    limits=[Limit("A perplexity is at least 1.", below=1.0)],
    hint="The loss is a mean of $-\\ln p$. What undoes $\\ln$?",
    solution=f"$e^{{{_NATS}}} = {math.exp(_NATS):.4f}$. By way of bits: "
    f"${_NATS} / \\ln 2 = {_NATS / math.log(2):.4f}$, and 2 to that power is the same.",
)

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
    hint="Turn everything into bits per character: logarithm, then divide by 5.5 where it is per "
    "word.",
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
            "Tokens of half the length would alone explain it. Ask for bits per byte.",
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
    hint="Three things have to be the same or absent.",
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
    hint="What is the probability of the whole text?",
    solution="Infinite, and rightly so: no code built on this model can transmit the text. The "
    "repair is to smooth the model, not the number.",
)

# ---- count and smooth ----

_FOLLOWED, _SHORT = {"u": 7, "i": 2, "a": 1}, 0.06
_TOTAL, _KINDS = sum(_FOLLOWED.values()), len(_FOLLOWED)
_NEW = _KINDS * _SHORT / (_TOTAL + _KINDS)

novel = Number(
    "lm-novel",
    stars=2,
    minutes=5,
    tolerance=0.0005,
    question=f"After a certain context came u {_FOLLOWED['u']} times, i {_FOLLOWED['i']} times and "
    f"a once. The shorter context gives e the probability {_SHORT}. What is the "
    "probability of e by Witten and Bell's smoothing?",
    answer=_NEW,
    why="Three different sequels have come, so the shorter context counts as much as three "
    "observations.",
    mistakes=[
        Mistake(0.0, "That is the frequency without smoothing. e never came, but it may."),
        Mistake(_SHORT, "That is what the shorter context says alone. The counts speak too."),
        Mistake(
            _KINDS / (_TOTAL + _KINDS),
            "That is the probability of everything new together. e gets its share of it.",
        ),
        Mistake(
            _SHORT / (_TOTAL + 1),
            "You gave the shorter context weight 1. Its weight is the number of different sequels.",
        ),
        Mistake(
            (1 + _KINDS * _SHORT) / (_TOTAL + _KINDS),
            "e has not come after this context: its count is 0.",
        ),
    ],
    limits=[Limit("That is no probability.", below=0.0, above=1.0)],
    hint="How many different characters came? That is how many counts the shorter context is "
    "worth.",
    solution=f"$w = {_KINDS}$, so $\\frac{{{_KINDS} \\cdot {_SHORT}}}{{{_TOTAL} + {_KINDS}}} = "
    f"{_NEW:.4f}$.",
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
    hint="`fit_ngrams` takes the weight as `smoothing`; the chapter has a function that measures "
    "a model on a piece of text.",
    solution=f"{_HELD_OUT:.4f} on the held-out text, {_SEEN:.4f} on the training text: a gap of "
    f"{_GAP:.4f} bits per character, smaller than with Witten and Bell's weights, which here "
    "trust the long contexts more.",
)

# ---- code ----

_CONTENT, _LENGTH = 3000.4, 3002

coder = Number(
    "lm-coder",
    stars=2,
    minutes=4,
    unit="bytes",
    tolerance=0,
    question=f"A model gives a text of 2000 characters the probability $2^{{-{_CONTENT}}}$. How "
    "many bytes does the arithmetic coder of this book need for it?",
    answer=math.ceil(_LENGTH / 8),
    why="$\\lceil -\\log_2 P \\rceil + 1$ bits, rounded up to whole bytes.",
    mistakes=[
        Mistake(_LENGTH, "Those are bits. A byte has eight."),
        Mistake(2000, "That is a byte for each character, without a model."),
        Mistake(math.ceil(math.log2(KEYS) * 2000 / 8), "That is what the monkey's model needs."),
        Mistake(
            _CONTENT / 8,
            "That is the information content in bytes. A file has whole bytes.",
            tolerance=0.02,
        ),
        Mistake(
            _LENGTH / 8,
            "The digits are right, but a file has whole bytes.",
            tolerance=0.02,
        ),
        Mistake(
            _LENGTH // 8,
            "So many bytes are full. The digits that are left over need one more.",
        ),
    ],
    hint="How many digits name an interval that is as wide as the text is likely?",
    solution=f"$\\lceil {_CONTENT} \\rceil + 1 = {_LENGTH}$ bits are {_LENGTH / 8:.2f} bytes, so "
    f"{math.ceil(_LENGTH / 8)}.",
)


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
        Case(_LONG, ([0.01] * 500,)),
    ],
    mistakes=[
        Slip(_summed, _UNIFORM),
        Slip(_wrong_base, _UNIFORM),
        Slip(_mean_first, _MIXED),
        Slip(_clipped, _ZERO),
        Slip(_product, _LONG),
    ],
    hint="A product of many probabilities underflows. Which sum carries the same information? "
    "Its zeros may warn: `np.errstate(divide='ignore')`.",
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
    hint="Write both as powers of the one $P$.",
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
    why="One probability, two roots of it.",
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
    "and that no bound holds for $2^{\\mathrm{CE}(p, q)}$ whatever $q$ is.",
    hint="$\\mathrm{CE}(p, q) = H(p) + D(p‖q)$.",
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
    hint="Which letter does the model expect least after an a, and what does it take the "
    "probability of that letter from?",
    solution="$p_0(c) = \\frac{2 \\cdot 1/3}{42}$ without context, and after an a, which was "
    "followed 20 times, always by b, $p_1(c) = \\frac{1 \\cdot p_0(c)}{21}$: a perplexity "
    f"of {_WORST:.0f} in an alphabet of three letters.",
)
