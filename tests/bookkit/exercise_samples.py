"""One exercise of every kind, of no particular subject, for tests of the engine."""

import math

from bookkit.checking import Choice, Limit, Mistake, Number, Option

area = Number(
    "circle-area",
    stars=1,
    minutes=2,
    title="A round table",
    question="A round table has a radius of $r = 0.8$ m. How large is its top, $A = \\pi r^2$?",
    unit="square metres",
    tolerance=0.005,
    answer=math.pi * 0.8**2,
    why="The radius is squared before it is multiplied by $\\pi$.",
    mistakes=[
        Mistake(2 * math.pi * 0.8, "That is the circumference, $2\\pi r$: a length, not an area."),
        Mistake(math.pi * 1.6**2, "You took the diameter for the radius."),
        Mistake((math.pi * 0.8) ** 2, "You squared $\\pi$ as well: only $r$ is squared."),
    ],
    limits=[Limit("An area is never negative.", below=0)],
    hint="Square the radius first. What is $0.8^2$?",
    solution="$$A = \\pi r^2 = \\pi \\cdot 0.8^2 \\approx 2.011.$$\n\nA square that just holds the "
    "table has an area of $1.6^2 = 2.56$, so a value a little below that is to be expected.",
)

diverges = Number(
    "harmonic-sum",
    stars=3,
    minutes=5,
    question="To what does $1 + \\frac12 + \\frac13 + \\dots$ add up?",
    answer=math.inf,
    why="Grouped in twos, fours, eights, every group adds at least one half.",
    mistakes=[
        Mistake(2, "That is the sum of $1 + \\frac12 + \\frac14 + \\dots$"),
        Mistake(-math.inf, "The terms are positive."),
    ],
    hint="Compare the third and fourth term with $\\frac14$ each.",
    solution="Every group of terms from $1/(2^k + 1)$ to $1/2^{k+1}$ adds at least $1/2$.",
)

share = Number(
    "share",
    stars=1,
    minutes=1,
    question="Three of eight windows are open. What share is that?",
    unit="%",
    tolerance=0.05,
    answer=100 * 3 / 8,
    why="Three divided by eight, times a hundred.",
    mistakes=[Mistake(3 / 8, "That is the fraction; as a percentage it is a hundred times this.")],
    hint="First the fraction.",
    solution="$3/8 = 0.375 = 37.5\\,\\%$.",
)

primes = Choice(
    "largest-prime",
    stars=2,
    minutes=3,
    question="Is there a largest prime number? Choose the argument that is **correct**.",
    options=[
        Option(
            "Yes: above a certain size every number has been found to have a divisor other than "
            "one and itself, as the gaps between primes grow and grow.",
            "The gaps do grow on average, and yet primes never end.",
        ),
        Option(
            "No: if $p_1, \\dots, p_n$ were all of them, then $p_1 p_2 \\cdots p_n + 1$ would have "
            "a prime divisor that is none of them.",
            "Dividing $p_1 \\cdots p_n + 1$ by any $p_i$ leaves 1.",
            right=True,
        ),
        Option(
            "No: $p_1 p_2 \\cdots p_n + 1$ is always prime.",
            "The conclusion is right, the reason is not: the primes up to $13$ give "
            f"${2 * 3 * 5 * 7 * 11 * 13 + 1} = 59 \\cdot 509$.",
        ),
    ],
    hint="Suppose there were one, and multiply all primes up to it.",
    solution="Euclid's argument: the product of all primes, plus one, is divisible by none of them.",
)

SAMPLES = [area, diverges, share, primes]
