"""A reader as a forecaster of right answers, scored: the twin of scripts/scores.js, for notebooks."""

import math
from html import escape
from typing import NamedTuple

LEVELS = (0.5, 0.75, 0.95)  # what may be said beside a choice
_FEWEST = 10  # answers from which on a curve is drawn
_ENOUGH = 5  # answers at one level from which on advice is given


class Forecast(NamedTuple):
    """How sure a reader was before the first answer to a choice, and whether it was right."""

    said: float
    right: bool


class Level(NamedTuple):
    """How many answers were given with one confidence, and how many of them were right."""

    said: float
    count: int
    hits: int


def log_loss(said, share):
    """Return the mean log loss, in nats, of always saying `said` when a share is right.

    >>> round(log_loss(0.75, 0.75), 3)
    0.562
    """
    return -share * math.log(said) - (1 - share) * math.log(1 - said)


def levels(forecasts):
    """Return the `Level` of each confidence that was said, the lowest first.

    >>> levels([Forecast(0.75, True), Forecast(0.5, False), Forecast(0.75, False)])
    [Level(said=0.5, count=1, hits=0), Level(said=0.75, count=2, hits=1)]
    """
    said = {p: [right for q, right in forecasts if q == p] for p, _ in forecasts}
    return [Level(p, len(said[p]), sum(said[p])) for p in sorted(said)]


def sentences(forecasts):
    """Return what is said of the scores: mean log loss and Brier score, and what would cost less.

    >>> sentences([Forecast(0.75, True)])
    ['Over one answer your mean log loss is 0.288 nats, your Brier score 0.063.']
    """
    if not forecasts:
        return ["You have not yet said how sure you are."]
    count = len(forecasts)
    loss = sum(log_loss(said, right) for said, right in forecasts) / count
    brier = sum((right - said) ** 2 for said, right in forecasts) / count
    answers = "one answer" if count == 1 else f"{count} answers"
    words = f"Over {answers} your mean log loss is {_three(loss)} nats, your Brier score {_three(brier)}."
    return [words, *_advice(levels(forecasts))]


def honesty(share=0.75):
    """Return in a sentence what each confidence costs whoever is right in such a share."""
    cost = {said: log_loss(said, share) for said in LEVELS}
    others = " and ".join(f"{cost[x]:.3f} for {x:.0%}" for x in LEVELS if x != share)
    return (
        f"Who is right in {100 * share:.0f} of 100 answers pays {cost[share]:.3f} nats an answer "
        f"for saying {share:.0%}, but {others}: nothing is cheaper than the truth."
    ).replace("%", "\N{NARROW NO-BREAK SPACE}%")


def block():
    """Return the block that the site's script fills with the reader's scores; its words stay without one."""
    return (
        '<div class="own-scores"><div class="own-scores-shown"><p>Your own scores stand here '
        "once you have said beside some questions how sure you are. They need JavaScript, and "
        f"stay in this browser.</p></div>\n<p>{honesty()}</p></div>\n"
    )


def html(forecasts):
    """Return the scores in words, as a curve and as a table."""
    found = levels(forecasts)
    words = "".join(f"<p>{escape(words)}</p>" for words in sentences(forecasts))
    if not found:
        return words
    few = f"<p>That is too few for a curve; it is drawn from {_FEWEST} answers on.</p>"
    return words + (few if len(forecasts) < _FEWEST else _curve(found)) + _table(found)


def _advice(found):
    """Return where another of the levels would have cost less, the worst case alone."""
    worse = []
    for said, count, hits in found:
        best = min(LEVELS, key=lambda level: log_loss(level, hits / count))
        gain = log_loss(said, hits / count) - log_loss(best, hits / count)
        if count >= _ENOUGH and best != said:
            worse.append((gain, said, count, hits, best))
    if not worse:
        return []
    gain, said, count, hits, best = max(worse)
    return [
        f"Where you said {_percent(said)} you were right in {hits} of {count}: "
        f"{_percent(best)} would have cost {_three(gain)} nats less an answer."
    ]


def _curve(found):
    """Return the picture of what was right against what was said; on the diagonal both agree."""
    label = "; ".join(f"{_percent(p)} said: {hits} of {count} right" for p, count, hits in found)
    lines = [
        (_x(0.4), _y(0), _x(1), _y(0), "axis"),
        (_x(0.4), _y(0), _x(0.4), _y(1), "axis"),
        (_x(0.4), _y(0.4), _x(1), _y(1), "honest"),
    ]
    texts = [(_x(0.4) - 6, _y(share) + 4, _percent(share), "end") for share in (0, 0.5, 1)]
    texts += [(_x(p), _y(0) + 16, _percent(p), "middle") for p in LEVELS]
    texts += [
        (_x(0.7), _y(0) + 34, "so sure you were", "middle"),
        (_x(0.4) + 6, _y(1) + 2, "so often right", "start"),
    ]
    points = [(_x(p), _y(hits / count), min(9, 3 + math.sqrt(count))) for p, count, hits in found]
    return "".join(
        [
            '<svg viewBox="0 0 310 232" role="img" ',
            f'aria-label="Calibration curve. {label}.">',
            *(
                f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" class="{name}"></line>'
                for x1, y1, x2, y2, name in lines
            ),
            *(
                f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}">{words}</text>'
                for x, y, words, anchor in texts
            ),
            f'<polyline points="{" ".join(f"{x:g},{y:g}" for x, y, _ in points)}" class="curve">',
            "</polyline>",
            *(
                f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" class="point"></circle>'
                for x, y, r in points
            ),
            "</svg>",
        ]
    )


def _table(found):
    rows = "".join(
        f"<tr><td>{_percent(p)}</td><td>{hits} of {count}</td></tr>" for p, count, hits in found
    )
    head = "<tr><th>You were so sure</th><th>and right</th></tr>"
    return f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"


def _x(said):
    return 44 + 250 * (said - 0.4) / 0.6


def _y(share):
    return 190 - 170 * share


def _three(value):
    """Return the number with three decimals, a half rounded up as in the page."""
    return f"{math.nextafter(value, math.inf):.3f}"


def _percent(p):
    return f"{100 * p:.0f} %"
