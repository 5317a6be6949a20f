"""The parts of an exercise that a page and a notebook show alike, as HTML."""

from bookkit.markup import to_html


def head(exercise, more=""):
    """Return the line with title, difficulty and time, and whatever else belongs on it."""
    title = f": {to_html(exercise.title, inline=True)}" if exercise.title else ""
    stars = "★" * exercise.stars + "☆" * (3 - exercise.stars)
    return (
        f'<p class="exercise-head"><strong><span class="exercise-number">Exercise</span>{title}'
        "</strong> "
        f'<span class="exercise-stars" role="img" aria-label="difficulty {exercise.stars} of 3">'
        f"{stars}</span> "
        f'<span class="exercise-minutes">about {exercise.minutes} min</span>{more}</p>\n'
    )


def block(markdown):
    """Return Markdown as HTML in which long lines of code can be scrolled by keyboard."""
    return to_html(markdown).replace("<pre>", '<pre tabindex="0">')


def hint(exercise, *, opened=False):
    """Return the hint, folded until it is asked for or opened."""
    return _folded("hint", "Hint", exercise.hint, opened)


def solution(exercise):
    """Return the solution, folded."""
    return _folded("solution", "Solution", exercise.full_solution)


def _folded(part, summary, markdown, opened=False):
    state = " open" if opened else ""
    return (
        f'<details class="exercise-{part}"{state}><summary>{summary}</summary>\n'
        f"<div>{block(markdown)}</div></details>\n"
    )
