"""One exercise of every kind, of no particular subject, for tests of the engine."""

import math

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
    limits=[Limit("No share is above 100 %.", above=100)],
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

growth = Ordering(
    "growth",
    stars=1,
    minutes=2,
    question="Which number is how large?",
    direction="the smallest first",
    items=[
        Item("$2^{10}$", 2**10),
        Item("$10!$, the number of ways to line up ten people", math.factorial(10)),
        Item("$10^2$", 10**2),
        Item("$10^{10}$", 10**10),
    ],
    mistakes=[
        Swap(
            "$10!$, the number of ways to line up ten people",
            "$2^{10}$",
            "Nine of the ten factors of $10!$ are at least $2$, and most are far more.",
        )
    ],
    why="Powers of ten are easy to place, and $2^{10}$ is just above $10^3$.",
    hint="$2^{10} = 1024$. How many digits has $10!$?",
    solution=f"$10^2 = {10**2}$, $2^{{10}} = {2**10}$, $10! = {math.factorial(10)}$, "
    f"$10^{{10}} = {10**10}$.",
)

odd_sum = Derivation(
    "odd-sum",
    stars=3,
    minutes=8,
    question="Prove that the first $n$ odd numbers add up to $n^2$.",
    steps=[
        Step("For $n = 1$ the sum is $1 = 1^2$.", "Where does the induction begin?"),
        Step(
            "Suppose $1 + 3 + \\dots + (2n - 1) = n^2$.",
            "An induction needs the claim for $n$ before it can go on to $n + 1$.",
        ),
        Step(
            "The next odd number is $2n + 1$, and $n^2 + 2n + 1 = (n + 1)^2$.",
            "Add the next odd number to both sides: what square appears?",
        ),
    ],
    why="The claim holds at the start and is handed on from every $n$ to the next.",
    hint="Draw a square of dots, and put an L-shaped border around it.",
    solution="The picture of the hint is the same proof: the L has $2n + 1$ dots.",
)


def mean(xs):
    """Return the arithmetic mean of numbers."""
    return sum(xs) / len(xs)


def middle(xs):
    return sorted(xs)[len(xs) // 2]


write_mean = Code(
    "write-mean",
    stars=2,
    minutes=5,
    question="Write the arithmetic mean yourself.",
    solution=mean,
    reference=lambda xs: math.fsum(xs) / len(xs),
    cases=[
        Case("A single number is its own mean.", ([3.0],)),
        Case("Far-off numbers pull the mean.", ([0.0, 1.0, 8.0],)),
        Case("The mean of no numbers is an error.", ([],)),
    ],
    mistakes=[Slip(middle, "Far-off numbers pull the mean.")],
    why="Sum and length are all it takes.",
    hint="`sum` and `len` are all you need.",
    call="write_mean.check(mean)",
    remark="For long lists `math.fsum` keeps the last digits right.",
)

stairs = Number(
    "stairs",
    stars=1,
    minutes=2,
    question="A staircase has 3 + 5 + 7 steps. How many are they?",
    answer=3 + 5 + 7,
    why="The middle flight is the mean of the three.",
    hint=["Is there a *mean* flight?", "The mean times their number.", "$3 \\cdot 5 = \\dots$"],
    solution="$3 \\cdot 5 = 15$.",
)


def _square(side):
    return Number(
        "square-room",
        stars=1,
        minutes=1,
        question=f"A square room is {side} m wide. How large is its floor?",
        unit="square metres",
        answer=side**2,
        why="Width times width.",
        mistakes=[Mistake(4 * side, f"That is the way round: four walls of ${side}$ m.")],
        hint=["What is asked for, a length or an area?", f"${side} \\cdot {side}$ is what?"],
        solution=f"${side} \\cdot {side} = {side**2}$.",
    )


room = varied(_square, [5, 7, 12])

SAMPLES = [area, diverges, share, primes, growth, odd_sum, write_mean]
