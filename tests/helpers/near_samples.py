"""Replies to numbers with too few digits, and how they are judged."""

from bookkit.exercise import Limit, Mistake, Number

BASE = {"stars": 1, "minutes": 1, "hint": "Count.", "solution": "So.", "why": "So it is."}
loss = Number(
    "loss",
    **BASE,
    unit="bits",
    answer=0.46899559,
    tolerance=0.0005,
    question="How many bits per throw does a coin carry?",
    mistakes=[Mistake(0.5, "That is the chance."), Mistake(0.4712, "That is the other coin.")],
    limits=[Limit("Never negative.", below=0)],
)
worst = Number(
    "worst",
    **BASE,
    answer=1323,
    tolerance=0.5,
    question="How large?",
    mistakes=[Mistake(1.3, "That is the other.", tolerance=0.05)],
)
small = Number("small", **BASE, answer=0.0138, tolerance=0.00005, question="How much?")
slope = Number("slope", **BASE, answer=-0.162, tolerance=0.0005, question="Which slope?")
many = Number(
    "many",
    **BASE,
    answer=2048,
    tolerance=0,
    question="How many?",
    mistakes=[Mistake(11, "That is the exponent.")],
    limits=[Limit("At most a million.", above=1e6)],
)
exact = Number("exact", **BASE, answer=10_000_000_001, tolerance=0, question="How many, exactly?")
whole = Number("whole", **BASE, answer=344, tolerance=0, question="How many rows?")
average = Number(
    "average",
    **BASE,
    answer=105.976,
    question="How many, on average?",
    mistakes=[Mistake(210, "You counted twice.")],
)
confused = Number(
    "confused",
    **BASE,
    answer=2.0794,
    question="How much?",
    otherwise="Nobody knows.",
    mistakes=[
        Mistake(3.4657, "That is a."),
        Mistake(3.1234, "That is b."),
        Mistake(3.1299, "That is c."),
        Mistake(-2.0794, "That is the sign."),
    ],
    limits=[Limit("Never negative.", below=0)],
)
ROUNDED = [
    ("3.5", "That is a."),
    ("3.47", "That is a."),
    ("3.46", "That is a."),  # cut off
    ("3.4657", "That is a."),
    ("3", "Nobody knows."),  # one digit: too little to tell
    ("3.1", "Nobody knows."),  # two mistakes are
    ("3.13", "That is c."),
    ("-2.1", "That is the sign."),
    ("-2.3", "Never negative."),
    ("7/2", "Nobody knows."),  # a formula is exact
]

heads = Number(
    "heads",
    **BASE,
    answer=0.7219,
    question="How much is a toss?",
    otherwise="Nobody knows.",
    mistakes=[Mistake(0.5004, "That is in nats."), Mistake(1, "That is the fair one.")],
)
GUESSED = [
    ("0.5", "Nobody knows."),  # a guess, whose value is not the slip's
    (".5", "Nobody knows."),
    ("1/2", "That is in nats."),  # a formula is exact, and within the tolerance
    ("0.500", "That is in nats."),  # as exact as is asked for
    ("0.50", "That is in nats."),
    ("0.5004", "That is in nats."),
    ("1", "That is the fair one."),  # the very value
]

tosses = Number(
    "tosses",
    **BASE,
    answer=344.11,
    tolerance=0.05,
    question="How many?",
    otherwise="Nobody knows.",
    mistakes=[Mistake(99.66, "That is for the other coin."), Mistake(2, "That is for two.")],
)
ROUND = [
    ("100", "Nobody knows."),  # a guess
    ("99.7", "That is for the other coin."),
    ("99", "That is for the other coin."),  # cut off
    ("2", "That is for two."),
]

REPLIES = [
    (loss, "0.469", "correct"),
    (loss, "0.47", "near"),  # rounded; and not the other coin's number
    (loss, "0.46", "near"),  # cut off
    (loss, "0,47 bits", "near"),
    (loss, "4.7e-1", "near"),
    (loss, "4.7 × 10^-1", "near"),
    (loss, "4.7·10⁻¹", "near"),
    (loss, "4.7*10^(-1)", "near"),
    (loss, "(0.47)", "near"),
    (loss, "0.47 bits/throw", "near"),
    (loss, "1.88*2^-2", "wrong"),  # a formula, since its base is not ten
    (loss, "1-0.53", "near"),  # what is subtracted was rounded
    (loss, "0.97-0.51", "near"),  # cut off
    (loss, "1.25-0.75", "wrong"),  # 0.50, which has two digits
    (loss, "0.4712", "wrong"),
    (loss, "0.5", "wrong"),  # a known mistake, which one digit cannot be told from
    (loss, "0.4", "wrong"),  # one digit, cut off: too little to be right
    (loss, "0.48", "wrong"),
    (loss, "0.470", "wrong"),  # three digits, and the third is off
    (loss, "0", "wrong"),
    (loss, "47/100", "wrong"),  # a formula is exact
    (loss, "-0.47", "wrong"),
    (loss, "0.469 bits per throw", "correct"),
    (loss, "0.469 bits/throw", "correct"),
    (loss, "0.469 bits per coin", "correct"),
    (loss, "0.469 nats per throw", "unreadable"),
    (loss, "0.469 bits per word", "unreadable"),
    (worst, "1,323", "correct"),
    (worst, "1 323", "correct"),
    (worst, "1'323", "correct"),
    (worst, "1.3e3", "near"),
    (worst, "1,300", "unreadable"),  # 1.3, or 1300?
    (worst, "1.323", "wrong"),
    (worst, "2,646/2", "correct"),
    (small, "0.014", "near"),
    (small, "0.01", "near"),
    (small, "1.4%", "near"),
    (small, "0.0", "wrong"),
    (small, "27,600/2,000,000", "correct"),
    (small, "2,123", "wrong"),  # nothing from 1000 on can be meant
    (small, "2,123/2", "unreadable"),
    (many, "2,048", "correct"),
    (many, "2.048", "unreadable"),  # 2.048, or 2048?
    (many, "1.024", "unreadable"),
    (many, "−1.024", "unreadable"),
    (many, "102.400", "unreadable"),
    (many, "2.0480", "wrong"),
    (many, "1.024*2", "wrong"),  # a formula
    (many, "11.000", "wrong"),  # a known mistake
    (small, "2.048", "wrong"),  # nothing from 1000 on is asked for
    (slope, "−0.16", "near"),
    (slope, "0.16", "wrong"),
    (exact, "10000000001", "correct"),
    (exact, "10000000002", "wrong"),
    (whole, "344 rows", "correct"),
    (whole, "343", "wrong"),
    (whole, "340", "wrong"),
    (whole, "3.4e2", "near"),
    (average, "106", "near"),
    (average, "110", "near"),  # which is no guess, and nothing that was counted
    (average, "100", "wrong"),
    (average, "120", "wrong"),
    (average, "1.1e2", "near"),
    (average, "210", "wrong"),  # a known mistake
]
