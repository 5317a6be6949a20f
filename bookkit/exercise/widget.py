"""An exercise as ipywidgets, for the notebook: the same parts, rules and words as on the site."""

from collections.abc import Callable
from functools import singledispatch
from html import escape
from pathlib import Path
from typing import NamedTuple

import ipywidgets

from bookkit.exercise import parts, scores
from bookkit.exercise.attempts import Attempts
from bookkit.exercise.entries import (
    CodeEntry,
    OrderEntry,
    PickEntry,
    SlideEntry,
    TextEntry,
    TickEntry,
)
from bookkit.exercise.rules import WORDS
from bookkit.exercise.session import session
from bookkit.markup import stylesheet, to_html

_STYLES = [Path(__file__).with_name(name) for name in ("exercise.css", "widget.css")]
_FIT = {"width": "max-content"}


class Controls(NamedTuple):
    """What a reader fills in, the function that gives the reply in it, and whether they peeked."""

    box: ipywidgets.Box
    reply: Callable | None
    peeked: Callable = lambda: False  # whether the steps were looked at with nothing written


def bundle(exercise):
    """Return the mime bundle of the widget, without its text."""
    return bundle_of(live(exercise))


def bundle_of(widget):
    """Return the mime bundle of any widget, without its text."""
    data = widget._repr_mimebundle_()
    return {kind: value for kind, value in data.items() if kind != "text/plain"}


def live(exercise):
    """Return a widget that shows an exercise and judges what is entered in it."""
    variants = parts.variants(exercise)
    head = [_style(), ipywidgets.HTML(parts.head(exercise))]
    box = ipywidgets.VBox()
    another = ipywidgets.Button(description=parts.ANOTHER, layout=_FIT)
    told = ipywidgets.HTML()
    more = [ipywidgets.HBox([another, told])] if len(variants) > 1 else []
    shown = 0

    def show():
        told.value = f"{shown + 1} of {len(variants)} {parts.COUNTS}"
        box.children = [*head, *_body(variants[shown]), *more]

    def go_on(_):
        nonlocal shown
        shown = (shown + 1) % len(variants)
        show()

    another.on_click(go_on)
    show()
    return box.add_class("exercise").add_class("exercise-live")


def _body(exercise):
    """Return the widgets of one variant, as nobody has answered it yet."""
    hint = ipywidgets.HTML(parts.hint(exercise))
    feedback = ipywidgets.HTML()
    button = ipywidgets.Button(description="Check", layout=_FIT)
    entry, reply, peeked = _controls(exercise.entry)
    button.layout.display = "none" if reply is None else ""
    sure, forecast = _forecast(exercise)
    attempts, shown = Attempts(exercise.patience), 0

    def check(_=None):
        nonlocal shown
        answer = reply()
        verdict = exercise.judge(answer)
        if verdict.verdict != "unreadable":
            forecast(verdict.verdict == "correct")
        due = min(attempts.hints_after(answer, verdict), len(exercise.hints))
        opened = shown < due
        if opened:
            shown = due
            hint.value = parts.hint(exercise, opened=due)
        feedback.value = _feedback(verdict, opened, verdict and peeked())

    button.on_click(check)
    _check_on_enter(entry, check)
    question = f'<div class="exercise-question">{parts.block(exercise.full_question)}</div>'
    solution = ipywidgets.HTML(parts.solution(exercise))
    return [ipywidgets.HTML(question), hint, entry, *sure, button, feedback, solution]


def _forecast(exercise):
    """Return what asks how sure the reader is, and what keeps it with the first answer.

    Only a choice asks, as on the page.
    """
    if not isinstance(exercise.entry, PickEntry):
        return [], lambda right: None
    # A drop-down list whose value is None shows nothing.
    levels = [(parts.UNSAID, 0), *((f"{100 * p:.0f} %", p) for p in scores.LEVELS)]
    asked = ipywidgets.Dropdown(
        options=levels,
        description=parts.SURE,
        style={"description_width": "initial"},
        layout={"width": "max-content"},
    )
    why = ipywidgets.HTML(
        f"<details><summary>What for?</summary><p>{parts.WHAT_FOR} The block "
        f"<code>OwnScores()</code> shows your scores. {parts.MAY_BE_LEFT_OUT}</p></details>"
    )

    def keep(right):
        session.note(exercise.name, asked.value or None, right)

    return [ipywidgets.VBox([asked, why])], keep


def live_scores(session):
    """Return a widget that shows the scores of a session, and follows them."""
    shown = ipywidgets.HTML()

    def show():
        told = scores.html(session.forecasts)
        shown.value = f'<div class="own-scores">{told}<p>{scores.honesty()}</p></div>'

    session.listeners.append(show)
    show()
    return ipywidgets.VBox([_style(), shown]).add_class("exercise-live")


def live_prediction(prediction):
    """Return a widget that asks for a prediction and accepts it once."""
    entry, reply, _ = _controls(prediction.entry)
    button = ipywidgets.Button(description="Check my guess", layout=_FIT)
    told = ipywidgets.HTML()

    def commit(_=None):
        if button.disabled:
            return
        verdict = prediction.commit(reply())
        if verdict is not prediction.reveal:
            told.value = _feedback(verdict, False)
            return
        button.disabled = True
        said = to_html(prediction.said, inline=True)
        told.value = f'<output role="status" data-verdict="accepted">You said: {said}</output>'
        for show in prediction.reveal.listeners:
            show(opened=True)

    prediction.said, prediction.guess = "", None  # a cell that is run again asks again
    button.on_click(commit)
    _check_on_enter(entry, commit)
    question = f'<div class="exercise-question">{parts.block(prediction.question)}</div>'
    box = ipywidgets.VBox([_style(), ipywidgets.HTML(question), entry, button, told])
    return box.add_class("prediction").add_class("exercise-live")


def live_reveal(reveal):
    """Return a widget that opens when the prediction has been made."""
    shown = ipywidgets.HTML()

    def show(opened=False):
        said = reveal.prediction.said
        shown.value = parts.reveal(reveal.prediction, said=said, opened=opened)

    reveal.listeners.append(show)
    show(opened=bool(reveal.prediction.said))
    return ipywidgets.VBox([_style(), shown]).add_class("exercise-live")


def _style():
    css = stylesheet() + "".join(style.read_text("utf-8") for style in _STYLES)
    return ipywidgets.HTML(f"<style>{css}</style>")


def _feedback(verdict, hint_opened, only_read=False):
    message = (
        escape(verdict.message)
        if verdict.verdict == "unreadable"
        else to_html(verdict.message, inline=True)
    )
    echoes = [
        escape(verdict.echo()),
        "The hint is open now." if hint_opened else "",
        parts.UNWRITTEN if only_read else "",
    ]
    word = "Read." if only_read else WORDS[verdict.verdict]
    pieces = [
        f'<span class="exercise-word">{word}</span>',
        f'<span class="exercise-message">{message}</span>',
        *(f'<span class="exercise-echo">{echo}</span>' for echo in echoes if echo),
    ]
    return f'<output role="status" data-verdict="{verdict.verdict}">{" ".join(pieces)}</output>'


def _check_on_enter(entry, check):
    """Check when Enter is pressed in a text field."""
    for text in (child for child in entry.children if isinstance(child, ipywidgets.Text)):
        # The message itself, as observing the value would check on leaving the field, too.
        text.on_msg(lambda _, content, buffers: content.get("event") == "submit" and check())


@singledispatch
def _controls(entry):
    """Return the `Controls` of an entry."""
    raise TypeError(f"no widget shows {type(entry).__name__}")


@_controls.register
def _text(entry: TextEntry):
    text = ipywidgets.Text(description="Your answer", style={"description_width": "initial"})
    asks = ipywidgets.HTML(f'<span class="exercise-asks">({escape(entry.asks_for())})</span>')
    return Controls(ipywidgets.HBox([text, asks]), lambda: text.value)


@_controls.register
def _slide(entry: SlideEntry):
    sketch, moved = entry.sketch, []
    picture = ipywidgets.HTML()
    slider = ipywidgets.FloatSlider(
        sketch.middle,
        min=sketch.low,
        max=sketch.high,
        step=sketch.step,
        description=f"{sketch.label}:",
        style={"description_width": "initial"},
        layout={"width": "100%", "max_width": "30rem"},
    )

    def show(change=None):
        moved.extend([change] if change else [])
        picture.value = sketch.html("sketch-live", mark=slider.value)

    slider.observe(show, "value")
    show()
    return Controls(ipywidgets.VBox([picture, slider]), lambda: slider.value if moved else None)


@_controls.register
def _pick(entry: PickEntry):
    options = list(zip(entry.options, entry.letters, strict=True))
    above = []
    if any(to_html(text, inline=True) != escape(text) for text, _ in options):
        # Radio buttons show plain text only: options with formulas are listed above them.
        lines = (f"<p>{letter}) {to_html(text, inline=True)}</p>" for text, letter in options)
        above = [ipywidgets.HTML("".join(lines))]
        options = [(letter, letter) for _, letter in options]
    radios = ipywidgets.RadioButtons(options=options, index=None, layout={"width": "max-content"})
    return Controls(ipywidgets.VBox([*above, radios]), lambda: radios.value)


@_controls.register
def _tick(entry: TickEntry):
    boxes = [
        ipywidgets.Checkbox(description=str(i), indent=False, layout={"width": "4em"})
        for i in range(1, len(entry.steps) + 1)
    ]
    rows = [
        ipywidgets.HBox([box, ipywidgets.HTML(to_html(step, inline=True))])
        for box, step in zip(boxes, entry.steps, strict=True)
    ]
    legend = ipywidgets.HTML(to_html(entry.legend, inline=True))
    steps = ipywidgets.Accordion([ipywidgets.VBox([legend, *rows])], titles=[entry.summary])
    own = ipywidgets.Textarea(rows=4, layout={"width": "auto"})
    lock, peeked = _lock(own, steps)
    box = ipywidgets.VBox([ipywidgets.HTML(f"<p>{parts.OWN}</p>"), own, lock, steps])

    def ticked():
        return [i for i, tick in enumerate(boxes, start=1) if tick.value]

    return Controls(box, ticked, peeked)


def _lock(own, steps):
    """Return what stands in place of steps until something is written, and what tells who went on without."""
    unlock = ipywidgets.Button(description=parts.UNLOCK, layout=_FIT)
    lock = ipywidgets.VBox([ipywidgets.HTML(f"<p>{parts.LOCKED}</p>"), unlock])
    peeked = False

    def show():
        is_open = peeked or bool(own.value.strip())
        lock.layout.display, steps.layout.display = ("none", "") if is_open else ("", "none")

    def peek(_):
        nonlocal peeked
        peeked = True
        show()

    unlock.on_click(peek)
    own.observe(lambda _: show(), "value")
    show()
    return lock, lambda: peeked


@_controls.register
def _code(entry: CodeEntry):
    call = ipywidgets.HTML(
        f"<p>Write it in a cell, then let {to_html(entry.call, inline=True)} test it.</p>"
    )
    return Controls(ipywidgets.VBox([call]), None)


@_controls.register
def _order(entry: OrderEntry):
    items = dict(zip(entry.letters, entry.items, strict=True))
    order = list(entry.letters)
    rows = ipywidgets.VBox()
    made = {letter: _movable(letter, text) for letter, text in items.items()}

    def show():
        rows.children = [made[letter] for letter in order]

    def mover(letter, step):
        def move(_):
            i = order.index(letter)
            if 0 <= i + step < len(order):
                order.insert(i + step, order.pop(i))
                show()

        return move

    for letter, row in made.items():
        for button, step in zip(row.children[:2], (-1, 1), strict=True):
            button.on_click(mover(letter, step))
    show()
    legend = ipywidgets.HTML(f"Put in order: {to_html(entry.direction, inline=True)}")
    return Controls(ipywidgets.VBox([legend, rows]), lambda: list(order))


def _movable(letter, text):
    buttons = [
        ipywidgets.Button(description=arrow, tooltip=f"Move {letter} {word}", layout=_FIT)
        for arrow, word in (("↑", "up"), ("↓", "down"))
    ]
    return ipywidgets.HBox([*buttons, ipywidgets.HTML(to_html(text, inline=True))])
