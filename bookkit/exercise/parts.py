"""The parts of an exercise that a page and a notebook show alike, as HTML."""

from bookkit.markup import to_html

ANOTHER = "Another one"
COUNTS = "with other numbers. Each begins afresh, and counts for this exercise."

SURE = "How sure are you?"
UNSAID = "not said"
WHAT_FOR = (
    "What you say before your first answer is scored as a forecast, of 50 % at least: the surer "
    "you were, the less a right answer costs and the more a wrong one."
)
MAY_BE_LEFT_OUT = "You may leave it out."

_MARKS = "<p>Your mark is drawn through, what happens is dashed.</p>\n"
OWN = "Your own answer"
KEPT = "kept in this browser, for you alone"
LOCKED = "The worked answer opens when you have written your own, however short."
TICKS_LOCKED = "Without Python you can tick off what you have written above."
UNLOCK = "Go on without writing"
UNWRITTEN = "Nothing was written first, so it counts as read."


def head(exercise, more="", link=""):
    """Return the line with title, difficulty and time, and whatever else belongs on it."""
    name = f'<a class="exercise-number" href="{link}">Exercise</a>' if link else "Exercise"
    title = f": {to_html(exercise.title, inline=True)}" if exercise.title else ""
    stars = "★" * exercise.stars + "☆" * (3 - exercise.stars)
    return (
        f'<p class="exercise-head"><strong>{name}{title}'
        "</strong> "
        f'<span class="exercise-stars" role="img" aria-label="difficulty {exercise.stars} of 3">'
        f"{stars}</span> "
        f'<span class="exercise-minutes">about {exercise.minutes} min</span>{more}</p>\n'
    )


def block(markdown):
    """Return Markdown as HTML in which long lines of code can be scrolled by keyboard."""
    return to_html(markdown).replace("<pre>", '<pre tabindex="0">')


def hint(exercise, *, opened=0):
    """Return the hints, each folded into the one before it; so many are opened."""
    html, count = "", len(exercise.hints)
    for place in range(count, 0, -1):
        summary = "Hint" if count == 1 else f"Hint {place} of {count}"
        text = exercise.hints[place - 1]
        html = _folded("hint", summary, text, place <= opened, html)
    return html


def solution(exercise):
    """Return the solution, folded: the right reply, where it has words, and how it is found."""
    told = filter(None, (exercise.right_reply, exercise.full_solution))
    return _folded("solution", "Solution", "\n\n".join(told))


def _folded(part, summary, markdown, opened=False, more=""):
    state = " open" if opened else ""
    return (
        f'<details class="exercise-{part}"{state}><summary>{summary}</summary>\n'
        f"<div>{block(markdown)}{more}</div></details>\n"
    )


def variants(exercise):
    """Return the variants of an exercise; one that is not varied is its only one."""
    return getattr(exercise, "variants", [exercise])


def reveal(prediction, *, said="", opened=False):
    """Return what there was to see, folded; the page or the widget puts in what was said."""
    state, hidden = " open" if opened else "", "" if said else " hidden"
    said = to_html(said, inline=True)
    sketch = prediction.sketch
    picture = sketch and sketch.html(
        f"seen-{prediction.name}",
        truth=prediction.happens,
        mark=sketch.middle if prediction.guess is None else prediction.guess,
        hidden=not said,
    )
    return (
        f'<details class="reveal" data-for="predict-{prediction.name}"{state}>'
        "<summary>What you saw</summary>\n<dl>"
        f'<div class="reveal-said"{hidden}><dt>You said</dt><dd>{said}</dd></div>'
        f"<div><dt>What happens</dt><dd>{to_html(prediction.outcome, inline=True)}</dd></div></dl>\n"
        f"{picture + _MARKS if picture else ''}{block(prediction.saw)}</details>\n"
    )
