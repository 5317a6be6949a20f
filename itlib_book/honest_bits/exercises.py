"""The exercises and predictions of the chapter on flows, diffusion and honest bits."""

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
from itlib import binary_entropy, elbo, evidence
from itlib.honest_bits import bits_per_byte, bits_per_dimension, masked_bound
from itlib_book.honest_bits import data, demos
from itlib_book.shared.common_mistakes import nats_for_bits

LN2 = math.log(2)

# ---- predictions ----

guess_sum = Prediction(
    "honest-sum",
    question="The referee asks the entry with a single bucket: what do your 44 predictions add up to? "
    "(One bucket holds every count, so that each character seems to have followed as often as anything came. Of each "
    "prediction nine tenths are what the table says, and a tenth is the uniform guess, so that nothing is impossible.)",
    happens=data.scores(0)[2],
    saw="Nine tenths for *each* of the 44 characters, and a tenth shared out: the sum is 39.7. With more "
    "buckets the sum falls, and the reported bits rise, because there is less to cheat with. Divided by "
    "its sum, the prediction of the single bucket is the uniform one and costs $\\log_2 44$ bits.",
)

guess_needles = Prediction(
    "honest-needles",
    question="A density model of the whole numbers 0 to 3 puts a narrow bell around each. As the bells "
    "become narrower, which way of scoring falls below the true two bits, and without end?",
    options=list(demos.KINDS) + ["none of them"],
    happens=demos.KINDS[0],
    saw="At the values themselves the needles score as low as one likes. With uniform noise they are "
    "punished, as nearly all of a cell lies where they are not. The mass of the cells is a quarter each, and "
    "two bits, as soon as the bells are much narrower than the cells.",
)

guess_sign = Prediction(
    "honest-sign",
    question="A fair sign is one bit. Diffusion sends it by way of four levels of noise, evenly spaced in the "
    f"logarithm of the SNR from {data.LOW:g} to {data.HIGH:g}, with the best guesses there are. How many bits does it pay?",
    unit="bits",
    happens=data.sign_bound(4).total,
    saw="With these four levels the stairs are far above the curve: five bits for a sign. From sixteen levels on, "
    "each doubling about halves what is wasted. The slider of the SNR changes nothing in the bound: it shows what "
    "is known at one level.",
)

guess_unmask = Prediction(
    "honest-unmask",
    question="Eight flips, of which each repeats the one before nine times in ten, are shown in two steps. In which "
    "order does the least go to waste?",
    options=list(data.ORDERS),
    happens=min(data.ORDERS, key=lambda order: data.unmasking(0.1, 2, order).sum()),
    saw="Flips that are shown together are guessed as if they knew nothing of each other, so those of one "
    "step should be far apart. In four steps that is nearly free; left to right, neighbours meet in one step. "
    "By lot they meet sometimes, and even with eight steps some waste is left. With one flip at a time "
    "every fixed order pays the entropy exactly.",
)

_PHOTO, _FLAT = (
    float(data.pixel_bits(picture))
    for picture in (data.photograph(), np.full_like(data.photograph(), 100))
)

guess_flat = Prediction(
    "honest-flat",
    question="A model has learnt from a photograph how greys differ from their left neighbours. For the "
    f"photograph it needs {_PHOTO:.2f} bits per pixel, the first pixel of each row aside. How many does it need "
    "for a flat grey picture, which it has never seen?",
    options=[
        "about 8, as a model that knows nothing",
        f"about {_PHOTO:.2f}, as for the photograph",
        f"about {_FLAT:.0f}",
        "nearly 0, as nothing ever changes",
    ],
    happens=f"about {_FLAT:.0f}",
    saw="No difference at all is the commonest one, and this model pays about two bits each time it comes. So a "
    "picture of nothing else is likelier than the photograph that it learnt from. All the same nobody will ever "
    "draw it: of pictures like it there are hardly any, of the others very many.",
)

# ---- sums ----


def _normalise(reported, total):
    return Number(
        "hb-normalise",
        stars=1,
        minutes=3,
        unit="bits per symbol",
        tolerance=5e-3,
        question=f"An entry reports {reported:g} bits per symbol. Each of its predictions adds up to {total}. "
        "How many bits per symbol does the model have that divides each prediction by its sum?",
        answer=reported + math.log2(total),
        why="Every probability becomes smaller by the same factor, and every surprise larger by its logarithm.",
        mistakes=[
            Mistake(
                reported * total,
                "The sum divides the probability. What does that do to a logarithm?",
            ),
            Mistake(
                reported - math.log2(total),
                "A smaller probability is a larger surprise: the logarithm is added.",
            ),
            Mistake(
                reported + math.log(total), "That adds nats to bits. Take the logarithm to base 2."
            ),
        ],
        limits=[
            Limit(
                "Each probability becomes smaller, so the bits become more than were reported.",
                below=reported,
            )
        ],
        hint=[
            "What happens to the surprise when a probability is divided by a number?",
            "$-\\log_2 \\frac{p}{S} = -\\log_2 p + \\log_2 S$.",
            f"Add $\\log_2 {total}$ to {reported:g}.",
        ],
        solution=f"${reported:g} + \\log_2 {total} = {reported + math.log2(total):.4f}$.",
    )


normalise = varied(
    _normalise,
    [(0.5, 9), (0.06, 278), (0.7, 5), (1.2, 3), (0.3, 20), (0.9, 6), (0.2, 40), (1.5, 2.5), (0.8, 12), (0.4, 30)],
)  # fmt: skip

# ---- units ----


def _per_byte(nats, length):
    return Number(
        "hb-per-byte",
        stars=1,
        minutes=3,
        unit="bits per byte",
        tolerance=2e-3,
        question=f"The test loss of a language model is {nats:g} nats per token, and a token is {length:g} "
        "bytes of text on average. How many bits per byte is that?",
        answer=bits_per_byte(nats * 1000, round(length * 1000)),
        why="Nats become bits by dividing by $\\ln 2$, and a token's bits are shared by its bytes.",
        mistakes=[
            Mistake(nats / length, "That is in nats per byte."),
            Mistake(nats / LN2, "That is per token. Its bytes share it."),
            Mistake(
                nats * LN2 / length,
                "A bit is smaller than a nat, so there are more of them: divide by $\\ln 2$.",
            ),
        ],
        limits=[Limit("No text takes a negative number of bits on average.", below=0.0)],
        hint=[
            "Two conversions: of the unit of information, and of what it is shared by.",
            "bits per byte $= \\dfrac{\\text{nats per token}}{\\ln 2 \\cdot \\text{bytes per token}}$.",
            f"$\\dfrac{{{nats:g}}}{{0.6931 \\cdot {length:g}}}$",
        ],
        solution=f"${nats:g} / (0.6931 \\cdot {length:g}) = {nats / LN2 / length:.4f}$.",
    )


per_byte = varied(
    _per_byte,
    [(3.1, 4.2), (2.8, 4.5), (2.2, 3.5), (1.9, 2.8), (3.4, 4.8), (2.6, 3.9), (2.1, 4.1), (1.7, 3.1), (2.9, 3.7), (3.6, 5.2)],
)  # fmt: skip

_WORD = "naïve – 5 €"

token_bytes = Number(
    "hb-token-bytes",
    stars=1,
    minutes=3,
    unit="bytes",
    tolerance=0,
    question=f"How many bytes of UTF-8 is the text “{_WORD}”? (Letters of English, digits and spaces are one "
    "byte each, ï is two; the dash and the euro sign are three each.)",
    answer=len(_WORD.encode()),
    why="Bytes are counted of the text as it is stored, whatever the tokeniser made of it.",
    mistakes=[
        Mistake(len(_WORD), "Those are the characters. Three of them take more than one byte."),
        Mistake(
            len(_WORD.replace(" ", "").encode()),
            "Three bytes are missing. The spaces are bytes, too.",
        ),
        Mistake(3 * len(_WORD), "Only two of the characters take three bytes."),
    ],
    limits=[
        Limit(
            f"There are {len(_WORD)} characters, and each takes a byte at least.", below=len(_WORD)
        )
    ],
    hint=[
        "Which characters are not plain ASCII?",
        "Add up: one byte each for the plain ones, two for ï, three for the dash and for €.",
        "There are 8 plain characters, three of them spaces.",
    ],
    solution="$8 + 2 + 3 + 3 = 16$.",
)

# ---- densities ----

last_step = Number(
    "hb-density-last-step",
    stars=1,
    minutes=3,
    unit="bits per dimension",
    tolerance=5e-4,
    question="A flow reports a log-density of $-1200$ nats for a grey picture of $28 \\times 28$ values, each of "
    "256 steps, that were brought to $[-1, 1)$ with uniform noise in every step. *Values:* $d = 784$. *Nats per "
    "value:* $1200/784 = 1.5306$. *In bits:* $1.5306/\\ln 2 = 2.2082$. What are the bits per dimension?",
    answer=float(bits_per_dimension(-1200, 784, scale=128)),
    why="A step is $1/128$ wide, and a density times the width is a probability: seven bits more.",
    mistakes=[
        Mistake(
            float(bits_per_dimension(-1200, 784, scale=256)),
            "Eight is for values in $[0, 1)$. How wide is a step here?",
        ),
        Mistake(
            float(bits_per_dimension(-1200, 784, scale=1)),
            "That is for values that were left as 0 to 255. The width of a step is missing.",
        ),
        Mistake(
            7 - float(bits_per_dimension(-1200, 784, scale=1)),
            "The log-density is negative, so the bits are more than seven, not fewer.",
        ),
    ],
    limits=[
        Limit(
            "With noise in every step the score bounds the length of a code, which is not negative.",
            below=0.0,
        )
    ],
    hint=[
        "How wide is a step, when 256 of them fill the interval from −1 to 1?",
        "bits $= -\\dfrac{\\ln f}{d \\ln 2} + \\log_2 \\dfrac{1}{\\text{width}}$.",
        "The width is $2/256$; add $\\log_2 128$ to 2.2082.",
    ],
    solution="$2.2082 + 7 = 9.2082$: worse than no model at all, which pays 8.",
)


def _density_alone(nats, side, low):
    d, steps = 3 * side * side, 256 if low == 0 else 128
    right = float(bits_per_dimension(nats, d, scale=steps))
    bare = float(bits_per_dimension(nats, d, scale=1))
    return Number(
        "hb-density-alone",
        stars=2,
        minutes=4,
        unit="bits per dimension",
        tolerance=5e-4,
        question=f"Colour pictures of ${side} \\times {side}$ pixels, three colours of 256 steps each, were brought "
        f"to $[{low}, 1)$, with uniform noise in every step. A model has a mean log-density of {nats:+,} nats. How "
        "many bits per dimension is that?",
        answer=right,
        why="First nats to bits, then a share for each value, then the logarithm of the steps in a unit.",
        mistakes=[
            Mistake(bare, "The width of a step is missing: a density is no probability."),
            Mistake(
                bare + (7 if low == 0 else 8),
                "Seven is for $[-1, 1)$, eight for $[0, 1)$: how many steps fit into one unit?",
            ),
            Mistake(
                float(bits_per_dimension(nats, side * side, scale=steps)),
                "A pixel has three values. Bits per dimension count each of them.",
            ),
            Mistake(math.log2(steps) - bare, "The sign: a higher log-density means fewer bits."),
            Mistake(
                bare * math.log(2) + math.log2(steps),
                "You added bits to nats. Divide the nats by $\\ln 2$ first.",
            ),
        ],
        limits=[
            Limit(
                "With noise in every step the score bounds the length of a code, which is not negative.",
                below=0.0,
            )
        ],
        hint=[
            "How many values has a picture, and how many steps are there in one unit?",
            f"$-\\dfrac{{\\ln f}}{{d \\ln 2}} + \\log_2 {steps}$ with $d = 3 \\cdot {side}^2$.",
            f"$d = {d}$, so it is ${-nats}/({d} \\cdot 0.6931) + {int(math.log2(steps))}$.",
        ],
        solution=f"${bare:.4f} + {int(math.log2(steps))} = {right:.4f}$.",
    )


density_alone = varied(
    _density_alone,
    [
        (9000, 32, 0),
        (6500, 32, -1),
        (8200, 32, 0),
        (7000, 32, -1),
        (38_000, 64, 0),
        (30_000, 64, -1),
        (10_500, 32, 0),
        (5200, 32, -1),
        (41_000, 64, 0),
        (27_000, 64, -1),
    ],
)


def _grid(k):
    return Number(
        "hb-grid",
        stars=3,
        minutes=5,
        unit="bits per value",
        tolerance=2e-5 if k > 100 else 5e-4,
        question=f"Values from 0 to {k - 1} were divided by {k - 1}. A program adds uniform noise of the width "
        f"$1/{k}$ to each and turns densities into bits with the offset $\\log_2 {k - 1}$, that of the steps. By how "
        "much is what it reports below an honest score?",
        answer=math.log2(k / (k - 1)),
        why="What is a probability is the density times the width over which the noise was spread.",
        mistakes=[
            Mistake(0.0, "Width of the noise and offset belong to different grids here."),
            Mistake(
                math.log2(k), "That is the honest offset itself; asked is how much is lacking."
            ),
            Mistake(math.log(k / (k - 1)), "That is in nats. Take the logarithm to base 2.", 2e-5),
        ],
        limits=[Limit("What it reports is too low, so the difference is positive.", below=0.0)],
        hint=[
            "Which width turns the mean log-density into a bound on the logarithm of a probability?",
            f"The noise fills cells of the width $1/{k}$, so that the honest offset is $\\log_2 {k}$.",
            f"Subtract $\\log_2 {k - 1}$ from it.",
        ],
        solution=f"$\\log_2 {k} - \\log_2 {k - 1} = {math.log2(k / (k - 1)):.5f}$ bits for nothing.",
    )


grid = varied(_grid, [16, 8, 4, 32, 64, 128, 5, 6, 10, 12])

scaling = Choice(
    "hb-scaling",
    stars=2,
    minutes=3,
    question="A flow takes values 0 to 255, divides them by 256 *inside* its first layer, and counts that layer's "
    "log-determinant in its log-density. Noise of the width 1 was added before. Which offset does its score need?",
    options=[
        Option(
            "8 bits per dimension",
            "The layer has added $-\\ln 256$ nats per value already; a second time is once too often.",
        ),
        Option("7 bits per dimension", "Nothing was brought to $[-1, 1)$."),
        Option(
            "none",
            "The log-density is one of the values 0 to 255 as they were, in which a step is 1 wide.",
            right=True,
        ),
        Option(
            "−8 bits per dimension",
            "The log-determinant is in the log-density with its right sign.",
        ),
    ],
    hint=[
        "What is the density a density of: the values before or after the division?",
        "$\\ln f_X(x) = \\ln f_Z(z) + \\ln |\\mathrm{d}z/\\mathrm{d}x|$, and the layer's part is in it.",
        "In the unit of $x$ a step is 1 wide. What is $\\log_2 1$?",
    ],
    solution="Count the change of scale exactly once: in the flow, or as an offset.",
)

impossible = Choice(
    "hb-impossible",
    stars=2,
    minutes=3,
    question="Which of these claims about pictures of 256 steps per value needs no look at the program: it cannot be?",
    options=[
        Option("“A log-density of +12,000 nats for 3072 values.”", "A density may exceed 1."),
        Option("“2.9 bits per dimension.”", "Pictures are far from random."),
        Option(
            "“−0.4 bits per dimension, on the test set.”",
            "No code has a negative length, whatever the data.",
            right=True,
        ),
        Option(
            "“8.3 bits per dimension.”", "A model may be worse than the uniform one, which pays 8."
        ),
        Option("“0.2 bits per dimension, on black pictures.”", "Some data are nearly certain."),
    ],
    hint=[
        "Which numbers belong to densities, which to probabilities?",
        "Bits per dimension are the mean length of a code, over the number of values.",
        "Can the mean length of a code be negative?",
    ],
    solution="Most likely the density was evaluated on the grid itself, without noise.",
)

# ---- flows ----


def _logdet(x1, x2, s, t):
    z2 = (x2 - t) * math.exp(-s)
    right = -math.log(2 * math.pi) - (x1**2 + z2**2) / 2 - s
    return Number(
        "hb-logdet",
        stars=2,
        minutes=5,
        unit="nats",
        tolerance=2e-3,
        question=f"A coupling layer keeps $z_1 = x_1$ and makes $z_2 = (x_2 - t)\\,e^{{-s}}$; at $x_1 = {x1:g}$ its two "
        f"small networks give $s = {s:g}$ and $t = {t:g}$. Both $z$ are standard normal. What is $\\ln f(x)$ at "
        f"$x_2 = {x2:g}$?",
        answer=right,
        why="The log-density of $z$ plus the logarithm of how much $z$ moves when $x$ does.",
        mistakes=[
            Mistake(
                right + 2 * s,
                "The sign of the log-determinant: $\\partial z_2/\\partial x_2 = e^{-s}$, whose logarithm is $-s$.",
            ),
            Mistake(right + s, "That is the density of $z$; the log-determinant is missing."),
            Mistake(
                right + math.log(2 * math.pi) / 2,
                "There are two normal densities, each with its $-\\frac12 \\ln 2\\pi$.",
            ),
        ],
        hint=[
            "Where is the point after the layer, and how much does the layer stretch there?",
            "$\\ln f(x) = \\ln N(z_1) + \\ln N(z_2) + \\ln |\\det \\partial z/\\partial x|$.",
            f"$z_2 = {z2:.4f}$, the two normal densities give "
            f"$-\\ln 2\\pi - \\frac12(({x1:g})^2 + ({z2:.4f})^2)$, and the "
            f"determinant is $e^{{-s}}$.",
        ],
        solution=f"$-1.8379 - {(x1**2 + z2**2) / 2:.4f} {'-' if s > 0 else '+'} {abs(s):g} = {right:.4f}$.",
    )


logdet = varied(
    _logdet,
    [
        (-2, 3, 0.5, 1),
        (0.5, 1, -0.4, -1),
        (2, 1, 0.8, 2),
        (0.5, 3, 0.4, -1),
        (2, -1, -0.6, 0.5),
        (-2, 2, 0.4, 1),
        (0.5, 2, -0.5, 1),
        (-2, 1, 0.5, -1),
        (2, -2, -0.3, 0.5),
        (0.5, -2, -0.6, -1),
    ],
)

# ---- diffusion ----


def _enough(bits):
    levels = 4
    while data.sign_bound(levels).total > bits:
        levels += 1
    return levels


_LEVELS = _enough(1.1)

levels = Number(
    "hb-levels",
    stars=2,
    minutes=6,
    unit="levels",
    tolerance=0,
    question="How many levels, evenly spaced in the logarithm from SNR 0.01 to 20, does diffusion need at least "
    "for a fair sign in 1.1 bits, with the best guesses? (Write a loop around the cell above.)",
    answer=_LEVELS,
    why="For many levels, what is wasted falls like one over their number.",
    mistakes=[
        Mistake(_LEVELS - 1, "With so many it is still above 1.1: that is the last that fails."),
        Mistake(64, "That is enough; look for the fewest."),
        Mistake(_enough(1.2), "With so many it is below 1.2."),
        Mistake(
            1,
            "One level stays at SNR 0.01 and does not reach 20: no step is paid for, and nearly all is left to "
            "the end. Begin with two.",
        ),
    ],
    limits=[Limit("There are two ends, so there are two levels at least.", below=2)],
    hint=[
        "From two levels on the bound falls with every level. Try one number after another.",
        "`snr = np.geomspace(0.01, 20, n)`, then `diffusion_bound`.",
        "`n = 4`, `while bound(np.geomspace(0.01, 20, n)).total > 1.1: n += 1`.",
    ],
    solution=f"{_LEVELS} levels pay {data.sign_bound(_LEVELS).total:.4f} bits, one fewer "
    f"{data.sign_bound(_LEVELS - 1).total:.4f}.",
)


def _gaussian(snr):
    right = 0.5 * math.log1p(snr)
    return Number(
        "hb-gaussian",
        stars=2,
        minutes=5,
        unit="nats",
        tolerance=5e-4,
        question="A standard normal number is guessed from $y = \\sqrt{s}\\,x + n$ with the mean squared error "
        f"$1/(1 + s)$. What does $y$ tell about $x$ at $s = {snr:g}$, by the area under the error?",
        answer=right,
        why="Half the area under the error from 0 to the SNR is the information, in nats.",
        mistakes=[
            Mistake(2 * right, "That is the whole area; the information is half of it."),
            Mistake(right / LN2, "That is in bits. The area is in nats."),
            Mistake(
                snr / (1 + snr) / 2, "The error changes on the way from 0 to the SNR: integrate it."
            ),
        ],
        limits=[Limit("A reading never tells less than nothing.", below=0.0)],
        hint=[
            "The slope of the information is half the error. Where does it start?",
            "$I = \\frac12 \\int_0^s \\frac{\\mathrm{d}u}{1 + u}$.",
            f"$\\frac12 \\ln(1 + {snr:g})$",
        ],
        solution=f"$\\frac12 \\ln {1 + snr:g} = {right:.4f}$: the capacity of Gaussian noise, in nats.",
    )


gaussian = varied(_gaussian, [3, 8, 2, 4, 7, 9, 15, 0.5, 24, 5])


def _floor(snr):
    right = snr / (1 + snr)
    return Number(
        "hb-floor-gaussian",
        stars=2,
        minutes=4,
        unit="",
        tolerance=5e-4,
        question="The data are standard normal numbers. A network sees $y = \\sqrt{s}\\,x + n$ and guesses the noise "
        f"$n$. What is the least mean squared error it can have at $s = {snr:g}$?",
        answer=right,
        why="Whoever guesses $x$ guesses $n = y - \\sqrt s\\,x$, with $s$ times the squared error.",
        mistakes=[
            Mistake(
                1 / (1 + snr),
                "That is the error of the guess at $x$. The noise's is $s$ times as large.",
            ),
            Mistake(0.0, "A loss of 0 would mean that $y$ gives the noise away exactly."),
            Mistake(
                math.sqrt(snr) / (1 + snr), "The squared error goes with the square of $\\sqrt s$."
            ),
        ],
        limits=[
            Limit("A squared error is never negative.", below=0.0),
            Limit("Whoever guesses 0 has the error 1, so the least is not above that.", above=1.0),
        ],
        hint=[
            "If the guess at $x$ is off by $e$, by how much is the guess at $n$ off?",
            "error of the noise $= s \\cdot \\text{mmse}$, with $\\text{mmse} = 1/(1 + s)$ for normal data.",
            f"${snr:g} \\cdot \\frac{{1}}{{1 + {snr:g}}}$",
        ],
        solution=f"${snr:g}/{1 + snr:g} = {right:.4f}$.",
    )


floor_gaussian = varied(_floor, [0.25, 0.5, 2, 3, 4, 0.1, 9, 0.2, 5, 7])


def _score(y):
    right = math.tanh(y) - y
    return Number(
        "hb-score",
        stars=2,
        minutes=4,
        unit="",
        tolerance=5e-4,
        question="A fair sign is read at SNR 1, and the best guess at it is $\\tanh y$. What is the slope of the "
        f"log-density of the reading at $y = {y:g}$?",
        answer=right,
        why="By Tweedie's formula the best guess at the signal is the reading plus this slope.",
        mistakes=[
            Mistake(
                -right,
                "The sign: the guess is the reading *plus* the slope, which pulls inwards here.",
            ),
            Mistake(-y, "That would be the slope for pure noise, without any signal."),
            Mistake(math.tanh(y), "That is the best guess. Subtract the reading."),
        ],
        hint=[
            "Which formula joins the best guess and the slope?",
            "$E[\\sqrt s\\,x \\mid y] = y + \\frac{\\mathrm{d}}{\\mathrm{d}y} \\ln f(y)$.",
            f"$\\tanh {y:g} = {math.tanh(y):.4f}$.",
        ],
        solution=f"${math.tanh(y):.4f} - {y:g} = {right:.4f}$.",
    )


score = varied(_score, [0.5, 1, 1.5, 2, 2.5, 0.8, 1.2, 3, 0.6, 1.8])

weights = Choice(
    "hb-weights",
    stars=2,
    minutes=3,
    question="A paper trains with the plain mean squared error of the noise over uniformly drawn steps, and reports "
    "this loss, 0.024, as “0.035 bits”. Why is that no number of bits?",
    options=[
        Option("It is one: $0.024/\\ln 2 = 0.035$.", "A squared error is not in nats at all."),
        Option(
            "The loss has to be divided by the number of values first.",
            "It is a mean over values already, and still no information.",
        ),
        Option(
            "A mean over steps is no bound: each step needs its weight, and the two ends are missing.",
            "The bound weighs the error of the noise evenly over log SNR, times one half, and adds the ends.",
            right=True,
        ),
        Option(
            "It was measured in training.", "On a test set it would be no number of bits, either."
        ),
    ],
    hint=[
        "What is the unit of a mean squared error of noise of variance 1?",
        "Bound $= \\text{prior} + \\frac12 \\int (\\text{error of the noise})\\,\\mathrm{d}\\ln s + \\text{reconstruction}$.",
        "Which of these parts does a plain mean over steps contain, and with which weights?",
    ],
    solution="The same network has a bound in bits; it must be evaluated with the bound's weights.",
)

# ---- hiding ----


def _masked(agree, steps):
    h = binary_entropy(agree)
    right = float(masked_bound(np.array([[agree, 1 - agree], [1 - agree, agree]]) / 2, steps))
    return Number(
        "hb-masked",
        stars=2,
        minutes=5,
        unit="bits",
        tolerance=2e-3,
        question=f"Two fair flips agree with the chance {agree:g}. Masked diffusion in {steps} steps, with true "
        "conditionals: how much does it pay? (Both are shown in the same step with the chance "
        f"$1/{steps}$, by symmetry.)",
        answer=right,
        why="Shown together they cost two bits, shown one after the other their entropy.",
        mistakes=[
            Mistake(1 + h, "That is the entropy: what is paid if they are never shown together."),
            Mistake(2.0, "So much is paid if they are always shown together."),
            Mistake(
                1 + h + (1 - h) / 2**steps,
                f"The second falls into the step of the first with the chance $1/{steps}$.",
            ),
            nats_for_bits(right),
        ],
        limits=[
            Limit("It pays for the entropy of the two flips, at least.", below=1 + h),
            Limit(
                "Two flips that are shown together cost 2 bits, and it never pays more.", above=2.0
            ),
        ],
        hint=[
            "What is paid in the two cases, together and apart?",
            "$\\frac1T \\cdot 2 + (1 - \\frac1T)(1 + h)$ with the entropy $h$ of the second, given the first.",
            f"$h({agree:g}) = {h:.4f}$, so it is $1 + {h:.4f} + {1 - h:.4f}/{steps}$.",
        ],
        solution=f"$1 + {h:.4f} + {1 - h:.4f}/{steps} = {right:.4f}$.",
    )


masked = varied(
    _masked,
    [(0.9, 3), (0.8, 3), (0.95, 5), (0.9, 5), (0.8, 4), (0.95, 3), (0.85, 3), (0.85, 5), (0.99, 4), (0.75, 3)],
)  # fmt: skip

no_bound = Choice(
    "hb-no-bound",
    stars=2,
    minutes=3,
    question="To make training steadier a program takes the integral over the share of hidden tokens from 0.1 to 1 "
    "only, and reports this part as a bound on the surprise. What does it report?",
    options=[
        Option("a looser bound", "What is left out is a sum of surprises, and these are positive."),
        Option(
            "possibly less than the truth",
            "The guesses with few hidden tokens are left out, and nobody pays for them.",
            right=True,
        ),
        Option("the same, as the weight is small there", "The weight $1/t$ is largest there."),
        Option("nothing that depends on the model", "It does; it just leaves a part out."),
    ],
    hint=[
        "Which guesses are left out, and what do they cost?",
        "The bound is $\\int_0^1 \\frac{1}{t}\\, E[\\text{cost of the hidden}]\\,\\mathrm{d}t$.",
        "The integrand is positive. What does a smaller domain do?",
    ],
    solution="For four sticky flips it reports less than their entropy.",
)

# ---- comparing ----

_PRIOR, _LIKELY = np.array([0.5, 0.5]), np.array([0.5, 0.9])
_UNIFORM_BOUND = -elbo(_PRIOR, _PRIOR, _LIKELY)
_PAIRS = float(
    np.mean([-math.log2((_LIKELY[i] + _LIKELY[j]) / 2) for i in range(2) for j in range(2)])
)

order = Ordering(
    "hb-order",
    stars=3,
    minutes=6,
    question="A coin is fair or shows heads nine times in ten, with even odds; it shows heads. Four ways to "
    "pay for that, all with $q(z)$ = even odds. Order them.",
    items=[
        Item("the bound (ELBO)", _UNIFORM_BOUND),
        Item("the importance-weighted bound, two samples", _PAIRS),
        Item("sending z, drawn from q, and then x given z", _UNIFORM_BOUND + 1),
        Item("the exact surprise", -evidence(_PRIOR, _LIKELY)),
    ],
    direction="the fewest bits first",
    mistakes=[
        Swap(
            "the importance-weighted bound, two samples",
            "the exact surprise",
            "A bound on the probability from below is a bound on the bits from above.",
        ),
        Swap(
            "the bound (ELBO)",
            "the importance-weighted bound, two samples",
            "More samples make the bound tighter; with one it is the ELBO.",
        ),
        Swap(
            "sending z, drawn from q, and then x given z",
            "the bound (ELBO)",
            "The bound subtracts the entropy of $q$: these bits come back.",
        ),
    ],
    hint=[
        "Which of them are bounds on which?",
        "A bound on the probability from below is one on the bits from above; more samples tighten it.",
        "Bits back returns $H(q)$, one bit here. Which of the four does without that?",
    ],
    why="Two samples cost more than the exact sum, a single one (the ELBO) more than two; sending "
    "z costs in addition the bits of the choice, which do not come back.",
    solution=f"The surprise is $-\\log_2(\\frac12 \\cdot 0.5 + \\frac12 \\cdot 0.9) = {-evidence(_PRIOR, _LIKELY):.4f}$ "
    f"bits, the ELBO costs the mean of two surprises, $\\frac12(-\\log_2 0.5 - \\log_2 0.9) = {_UNIFORM_BOUND:.4f}$. Two "
    f"samples are two different coins half of the time, which costs the surprise, and else two equal ones, which "
    f"costs the ELBO: {_PAIRS:.4f}, the middle of both. Sending $z$ costs one bit more than the ELBO, {_UNIFORM_BOUND + 1:.4f}.",
)


def _bits_back(a, b):
    right = -(math.log2(a) + math.log2(b)) / 2
    exact = -math.log2((a + b) / 2)
    return Number(
        "hb-bits-back",
        stars=2,
        minutes=5,
        unit="bits",
        tolerance=2e-3,
        question="A latent choice has even odds before and under $q$. The datum has the probabilities "
        f"{a:g} and {b:g} under the two. How much does bits-back coding pay for the datum, on average?",
        answer=right,
        why="The bit for the choice comes back, as $q$ has one bit of freedom; the rest is the mean surprise.",
        mistakes=[
            Mistake(
                right + 1, "The choice was drawn with bits of another message: one bit comes back."
            ),
            Mistake(exact, "That is the surprise itself, which only the exact posterior reaches."),
            Mistake(right - 1, "The choice costs one bit and gives one back: no more than that."),
            nats_for_bits(right),
        ],
        limits=[Limit("On average it pays for the surprise at the datum, at least.", below=exact)],
        hint=[
            "What is paid for the choice, what for the datum, and what comes back?",
            "$E_q[-\\log_2 p(x \\mid z)] + E_q[-\\log_2 p(z)] - H(q)$.",
            f"$\\frac12(-\\log_2 {a:g} - \\log_2 {b:g}) + 1 - 1$",
        ],
        solution=f"$\\frac12({-math.log2(a):.4f} + {-math.log2(b):.4f}) = {right:.4f}$.",
    )


bits_back = varied(
    _bits_back,
    [
        (0.2, 0.7),
        (0.1, 0.6),
        (0.3, 0.8),
        (0.05, 0.5),
        (0.25, 0.9),
        (0.1, 0.3),
        (0.2, 0.9),
        (0.15, 0.5),
        (0.05, 0.3),
        (0.4, 0.9),
    ],
)

compare = Choice(
    "hb-compare",
    stars=2,
    minutes=3,
    question="Which two numbers may be compared as they stand?",
    options=[
        Option(
            "perplexity 12 per token of one tokeniser, 15 per token of another, on one text",
            "The second may have longer tokens and fewer bits per byte.",
        ),
        Option(
            "3.4 bits per dimension on pictures of 32 × 32, 3.1 on the same ones enlarged to 64 × 64",
            "Enlarged pictures are easier to guess, value by value.",
        ),
        Option(
            "0.93 bits per byte of one tokeniser, 0.96 of another, on the same bytes",
            "Both say how long the same file gets.",
            right=True,
        ),
        Option(
            "an exact 3.2 bits per dimension with 5-bit colours, a bound of 3.5 with 8-bit ones",
            "Eight bits hold more than five; and one of them is a bound.",
        ),
    ],
    hint=[
        "Of which of them could one make files, of the same thing?",
        "Same data, same steps, same size, and the same thing to share by.",
        "Go through the options: what differs besides the model?",
    ],
    solution="Total bits for the same data can be compared, whoever made them.",
)


def _origin(d):
    return Number(
        "hb-origin",
        stars=2,
        minutes=4,
        unit="nats",
        tolerance=0.5,
        question=f"The values of a picture, {d:,} of them, are independent standard normal numbers. By how many nats is "
        "the all-zero picture likelier than a draw is on average?",
        answer=d / 2,
        why="Each value of a draw costs half its square, one half on average.",
        mistakes=[
            Mistake(float(d), "It is *half* the square of each value."),
            Mistake(0.5, "That is for each value. How many are there?", 0.01),
            Mistake(d / 2 / LN2, "That is in bits."),
        ],
        limits=[
            Limit(
                "The all-zero picture is the likelier one, so the difference is positive.",
                below=0.0,
            )
        ],
        hint=[
            "Where do the two log-densities differ?",
            "$\\ln f(x) = \\text{const} - \\frac12 \\sum x_i^2$, and $E\\,x_i^2 = 1$.",
            f"The sum of {d:,} squares is {d:,} on average.",
        ],
        solution=f"${d}/2 = {d / 2:g}$ nats: $e^{{{d / 2:g}}}$ times as likely, and never seen.",
    )


origin = varied(_origin, [3072, 784, 12_288, 64, 256, 1024, 4096, 192, 100, 2352])

# ---- at the end ----

proof = Derivation(
    "hb-noise-bounds",
    stars=3,
    minutes=10,
    question="Values $x$ are whole numbers with the probabilities $p(x)$, and $u$ is uniform on $[-\\frac12, "
    "\\frac12)$. Show that for any density $f$ the score $E[-\\log_2 f(x + u)]$ is at least the entropy of $p$.",
    hint=[
        "Which probabilities does a density give to whole numbers?",
        "$P(x) = \\int f(x + u)\\,\\mathrm{d}u$ over a cell; and the logarithm is concave.",
        "Begin with one $x$: $E_u[\\log_2 f(x + u)] \\le \\log_2 E_u[f(x + u)]$.",
    ],
    steps=[
        Step(
            "Define $P(x) = \\int_{-1/2}^{1/2} f(x + u)\\,\\mathrm{d}u$, the mass in the cell of $x$.",
            "A density gives no probability to a point: say which interval belongs to $x$.",
        ),
        Step(
            "As cells do not overlap, $\\sum_x P(x) \\le \\int f = 1$.",
            "Say why the $P(x)$ are probabilities, or sum to less than 1.",
        ),
        Step(
            "By Jensen's inequality $E_u[\\log_2 f(x + u)] \\le \\log_2 E_u[f(x + u)] = \\log_2 P(x)$, as $u$ has the "
            "density 1.",
            "Compare the mean of the logarithm with the logarithm of the mean.",
        ),
        Step(
            "So $E[-\\log_2 f(x + u)] \\ge \\sum_x p(x) \\log_2 \\frac{1}{P(x)}$, a cross-entropy.",
            "Take the mean over $x$, and turn the sign.",
        ),
        Step(
            "By Gibbs' inequality this is at least $H(p)$, also where the $P(x)$ sum to less than 1.",
            "A cross-entropy is at least an entropy.",
        ),
    ],
    why="Bits are given away twice: by the concave logarithm in the cell, and by the wrong model.",
)


def my_bpd(nats, dimensions, low, high):
    """Return bits per dimension of 256 steps that fill [low, high), from a loss in nats."""
    return nats / (dimensions * math.log(2)) + math.log2(256 / (high - low))


def _reference(nats, dimensions, low, high):
    return bits_per_dimension(-nats, dimensions, scale=256 / (high - low))


def _no_offset(nats, dimensions, low, high):
    return nats / (dimensions * math.log(2))


def _always_8(nats, dimensions, low, high):
    return nats / (dimensions * math.log(2)) + 8


def _in_nats(nats, dimensions, low, high):
    return nats / dimensions + math.log2(256 / (high - low))


def _around_zero(nats, dimensions, low, high):
    return my_bpd(nats, dimensions, 0, high + abs(low))


def _in_total(nats, dimensions, low, high):
    return nats / math.log(2) + math.log2(256 / (high - low))


_WIDTH = "The steps have the width of the interval over 256."
_OFFSET = "A density is no probability: the width of a step belongs to it."
_UNITS = "The loss is in nats, the answer in bits, and a larger loss is more bits."
_SHARE = "The loss is shared by the dimensions."

code = Code(
    "hb-code",
    stars=2,
    minutes=10,
    question="Write `my_bpd(nats, dimensions, low, high)`: the bits per dimension of a model whose loss for a "
    "datum, minus the log-density, is `nats`, where 256 steps fill the interval from `low` to `high`.",
    solution=my_bpd,
    reference=_reference,
    cases=[
        Case(_OFFSET, (0.0, 10, 0.0, 1.0)),
        Case(_UNITS, (10.0, 1, 0.0, 1.0)),
        Case(_SHARE, (100.0, 10, 0.0, 1.0)),
        Case(_WIDTH, (-500.0, 3072, -1.0, 1.0)),
        Case(_WIDTH, (300.0, 784, 0.5, 3.0)),
    ],
    mistakes=[
        Slip(_no_offset, _OFFSET),
        Slip(_in_nats, _UNITS),
        Slip(_in_total, _SHARE),
        Slip(_always_8, _WIDTH),
        Slip(_around_zero, _WIDTH),
    ],
    hint=[
        "Two parts: the loss as bits per value, and what a density lacks to be a probability.",
        "$\\dfrac{\\text{nats}}{d \\ln 2} + \\log_2 \\dfrac{256}{\\text{high} - \\text{low}}$",
        "Begin: `bits = nats / (dimensions * math.log(2))`.",
    ],
    why="A density times the width of a step is a probability.",
    call="exercises.code.check(my_bpd)",
)
