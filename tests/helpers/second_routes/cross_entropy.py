"""Cross-entropy, a second time."""

import math

from mpmath import e, exp, findroot, ln, log, mpf
from precise import exact
from scipy import special, stats


def bill(p=0.75, q=0.9):
    """Return what a coin's tosses cost in another coin's code, in bits."""
    p, q = exact(p), exact(q)
    return -p * log(q, 2) - (1 - p) * log(1 - q, 2)


def best_constant(share=0.1):
    """Return the least mean loss of a constant, found where its slope is zero."""
    p = exact(share)
    q = findroot(lambda q: -p / q + (1 - p) / (1 - q), p * mpf("1.1"))
    return -p * ln(q) - (1 - p) * ln(1 - q)


ANSWERS = {
    "xent-batch": lambda: -ln(mpf("0.8") * mpf("0.3")) / 2,
    "xent-bill-last-step": lambda: mpf(1) / 2 * 2 + mpf(1) / 4 * 2 + mpf(1) / 4,
    "xent-wrong-coin": bill,
    "xent-uniform-start": lambda k=10: ln(k),
    "xent-typical": lambda mean=0.35: 1 / exp(exact(mean)),
    "xent-base-rate": best_constant,
    "xent-twice": lambda k=4: ln(e + k - 1) - 1,
}


def wrong_code(p, q, **_):
    tossed, believed = [p, 1 - p], [q, 1 - q]
    return {
        "needed": stats.entropy(tossed, base=2),
        "spent": abs(special.xlogy(tossed, believed).sum()) / math.log(2),
        "wasted": stats.entropy(tossed, believed, base=2),
    }


DEMOS = {"wrong-code": wrong_code}

# ---- figures ----

MAILS = ("0.9", 1), ("0.2", 0), ("0.7", 1), ("0.4", 1), ("0.1", 0)  # what is said, what it was


def mail_loss(k):
    said, label = MAILS[round(k)]
    return -ln(mpf(said) if label else 1 - mpf(said))


# A row a model: what it gives to cat, dog, fox and hen.
SAID = (
    ("1", "0", "0", "0"),
    ("0.85", "0.05", "0.05", "0.05"),
    ("0.25", "0.25", "0.25", "0.25"),
    ("0.15", "0.7", "0.1", "0.05"),
    ("0.01", "0.97", "0.01", "0.01"),
)


def stack(kind):
    """Return where the shares of a kind begin and end: the corners of bars, a row a model."""

    def corner(k):
        row, which = divmod(int(k), 5)
        return sum(map(mpf, SAID[row][: kind + (which in (1, 2))]))

    return corner


def surprise(p):
    return -ln(mpf(p))


def lost(z):
    """Return the loss of a filter that is z logits sure of the wrong kind: ln(1 + e^z)."""
    return ln(1 + exp(mpf(z)))


def capped(ceiling):
    return lambda z: min(lost(z), ceiling)


FIGURES = {
    "xent-five-mails": [
        {
            "muted": lambda k: mpf(MAILS[round(k)][0]),
            "p/dots": lambda k: MAILS[round(k)][1],
        },
        {"q": mail_loss, "ink": lambda _: sum(map(mail_loss, range(5))) / 5},
    ],
    "xent-binary-curves": [
        {
            "y = 1": surprise,
            "y = 0": lambda p: -ln(1 - mpf(p)),
            "ink": surprise,
        },
        {"mix": surprise, "mix/dots": surprise, "bad/dots all": surprise},
    ],
    "xent-five-models": [
        {
            f"{colour}/shape all x": stack(kind)
            for kind, colour in enumerate(("p", "q", "mix", "muted"))
        },
        {"p": lambda row: surprise(SAID[round(row)][0])},
    ],
    "xent-ceilings": [
        {
            "from the logit": lost,
            "log cut": capped(100),
            "machine precision": capped(52 * ln(2)),
            "1e-7": capped(7 * ln(10)),
        }
    ],
}
