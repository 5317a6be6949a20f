"""An exercise as an HTML form, for the site; `exercise.js` makes it answer.

Messages are rendered here and wait in <template> elements, so that the script never builds
HTML from text. Without JavaScript question, hint and solution can be read all the same.
"""

import json
import re
from functools import singledispatch
from html import escape

from bookkit.exercise import parts, scores
from bookkit.exercise.entries import (
    CodeEntry,
    OrderEntry,
    PickEntry,
    SlideEntry,
    TextEntry,
    TickEntry,
)
from bookkit.exercise.scores import LEVELS
from bookkit.markup import to_html

_SOLVED = ' <span class="exercise-solved" hidden>solved</span>'
# The script enables it: without one, a click would only reload the page.
_CHECK = '<button type="submit" disabled>Check</button>'
# Left out by whoever likes; the script shows it.
_LEVELS = "".join(f'<option value="{100 * p:.0f}">{100 * p:.0f} %</option>' for p in LEVELS)
_SURE = (
    f'<div class="exercise-sure" hidden><label>{parts.SURE} <select name="sure">'
    f'<option value="">{parts.UNSAID}</option>{_LEVELS}</select></label>\n'
    f"<details><summary>What for?</summary><div><p>{parts.WHAT_FOR} "
    f"The page of review keeps your scores. {parts.MAY_BE_LEFT_OUT}</p></div></details></div>\n"
)
_COMMIT = '<button type="submit" disabled>Check my guess</button>'


def render(exercise):
    """Return the form of an exercise; its other variants wait in <template> elements."""
    identity = f"ex-{exercise.name}"
    return (
        f'<form class="exercise" id="{identity}" data-kind="{exercise.kind}"'
        f' data-exercise="{_data(exercise)}"{_place(exercise.entry)} autocomplete="off" novalidate>\n'
        f"{parts.head(exercise, _SOLVED, link=f'#{identity}')}"
        f'<div class="exercise-body">{_body(exercise, identity)}</div>\n'
        "<noscript><p>Checking an answer needs JavaScript; the question, the hint and "
        "the solution can be read without.</p></noscript>\n"
        f"{_others(exercise, identity)}</form>\n"
    )


def _body(exercise, identity):
    """Return what differs between the variants of an exercise."""
    button = _SURE + _CHECK if isinstance(exercise.entry, PickEntry) else _CHECK
    return (
        f'<div class="exercise-question" id="{identity}-question">{parts.block(exercise.full_question)}'
        "</div>\n"
        f"{parts.hint(exercise)}"
        f'<div class="exercise-check">{_entry(exercise.entry, identity, button)}</div>\n'
        f'<output role="status" id="{identity}-verdict"></output>\n'
        f"{parts.solution(exercise)}"
        f"{_messages(exercise.rules)}"
    )


def _others(exercise, identity):
    """Return the variants after the first, and the button that shows the next one."""
    others = parts.variants(exercise)[1:]
    if not others:
        return ""
    waiting = "".join(
        f'<template class="exercise-variant" data-exercise="{_data(other)}">'
        f"{_body(other, identity)}</template>\n"
        for other in others
    )
    return (
        f'{waiting}<p class="exercise-more" hidden><button type="button">{parts.ANOTHER}</button> '
        f'<span aria-live="polite">1 of {len(others) + 1}</span> <span>{parts.COUNTS}</span></p>\n'
    )


def _data(exercise):
    return escape(json.dumps(exercise.data(), ensure_ascii=False, allow_nan=False))


def render_prediction(prediction):
    """Return the form of a prediction; what it reveals is `parts.reveal`."""
    identity = f"predict-{prediction.name}"
    data = escape(json.dumps(prediction.data(), ensure_ascii=False, allow_nan=False))
    return (
        f'<form class="prediction" id="{identity}" data-kind="{prediction.kind}"'
        f' data-prediction="{data}" autocomplete="off" novalidate>\n'
        f'<div class="exercise-question" id="{identity}-question">{parts.block(prediction.question)}'
        "</div>\n"
        f'<div class="exercise-check">{_entry(prediction.entry, identity, _COMMIT)}</div>\n'
        '<output role="status"></output>\n</form>\n'
    )


def numbered(html, numbers):
    """Return a form with its number of {name: number}, which the site gives; others stay."""
    return re.sub(
        r'(<a class="exercise-number" href="#ex-([\w-]+)">Exercise)</a>',
        lambda link: f"{link[1]} {numbers[link[2]]}</a>" if link[2] in numbers else link[0],
        html,
    )


def _place(entry):
    """Return where the page's Python finds an exercise that it judges."""
    return f' data-module="{escape(entry.module)}"' if isinstance(entry, CodeEntry) else ""


def progress(chapter, names=None):
    """Return the line that says how many exercises of a chapter are solved.

    The script fills it. On the chapter's own page it counts the forms it finds there; elsewhere,
    as on the contents page, `names` lists the exercises.
    """
    listed = "" if names is None else f' data-exercises="{escape(" ".join(names))}"'
    return f'<p class="exercise-progress" data-chapter="{escape(chapter)}"{listed} hidden></p>\n'


def forget_button():
    """Return the button that forgets all solved exercises; the script shows it."""
    return '<button type="button" class="exercise-forget" hidden>Forget solved exercises</button>\n'


# As `_pick` and `_order` write it.
_LETTERED = re.compile(
    r'class="exercise-letter">\w\)</span> <span>(?P<option>.*?)</span></label>'
    r'|<li data-letter="\w"><span id="[\w-]+">(?P<item>.*?)</span><span class="exercise-moves">',
    re.DOTALL,
)


def lettered(html):
    """Return what the letters of a form stand for, in their order, as HTML; [] if it has none."""
    return [found["option"] or found["item"] for found in _LETTERED.finditer(html)]


def review(exercises):
    """Return what the page of review fills in.

    Parameters
    ----------
    exercises : list of dict
        `name`, `label`, `href`, `page` and `chapter` of every exercise of the book; its `kind`, and
        as `letters` what `lettered` finds in its form, so that an answer is said again in words.
    """
    listed = [{k: v for k, v in one.items() if k != "letters"} for one in exercises]
    data = escape(json.dumps(listed, ensure_ascii=False))
    words = "".join(
        f'<template data-name="{one["name"]}">{_spans(one["letters"])}</template>\n'
        for one in exercises
        if one.get("letters")
    )
    return (
        f'<div class="exercise-review" data-exercises="{data}" hidden>\n'
        '<h3>Due now</h3>\n<ol class="review-due"></ol>\n'
        '<h3>To look at again</h3>\n<ul class="review-again"></ul>\n'
        '<h3>What you have answered</h3>\n<ul class="review-tally"></ul>\n'
        '<h3>How well you know what you know</h3>\n<div class="review-calibration">'
        f"{scores.block()}</div>\n"
        "<h3>Take it along</h3>\n"
        '<p><button type="button" class="review-save">Save to a file</button> '
        '<label>Read back <input type="file" class="review-file" accept=".json,application/json">'
        f'</label></p>\n<p class="review-told" role="status"></p>\n{words}</div>\n'
        "<noscript><p>The review needs JavaScript, which keeps your answers.</p></noscript>\n"
    )


def _spans(texts):
    return "".join(f"<span>{html}</span>" for html in texts)


def _messages(rules):
    return "".join(f"<template>{to_html(rule.message, inline=True)}</template>\n" for rule in rules)


@singledispatch
def _entry(entry, identity, button):
    raise TypeError(f"no form shows {type(entry).__name__}")


@_entry.register
def _text(entry: TextEntry, identity, button):
    unit = f' <span class="exercise-unit">{escape(entry.unit)}</span>' if entry.unit else ""
    return (
        f'<label for="{identity}-answer">Your answer '
        f'<span class="exercise-asks">({escape(entry.asks_for())})</span></label>\n'
        f'<div class="exercise-row"><span class="exercise-field"><input type="text" name="answer"'
        f' id="{identity}-answer" aria-describedby="{identity}-question" spellcheck="false"'
        f' autocapitalize="off" autocorrect="off" autocomplete="off" enterkeyhint="done">'
        f"{unit}</span> {button}</div>"
    )


@_entry.register
def _slide(entry: SlideEntry, identity, button):
    sketch = entry.sketch
    unit = f' <span class="exercise-unit">{escape(entry.unit)}</span>' if entry.unit else ""
    return (
        f"{sketch.html(f'sketch-{identity}', mark=sketch.middle)}"
        f'<label for="{identity}-answer">Drag the mark, or move it here '
        f'<span class="exercise-asks">({escape(sketch.label)})</span></label>\n'
        f'<div class="exercise-row"><input type="range" name="answer" id="{identity}-answer"'
        f' min="{sketch.low!r}" max="{sketch.high!r}" step="{sketch.step!r}" value="{sketch.middle!r}"'
        f' aria-describedby="{identity}-question" autocomplete="off">'
        f'<span class="sketch-value" aria-hidden="true"></span>{unit} {button}</div>'
    )


@_entry.register
def _pick(entry: PickEntry, identity, button):
    options = zip(entry.letters, entry.options, strict=True)
    # The letter is a name in words, also for an option that is nothing but a formula.
    boxes = "".join(
        _box("radio", x, text, f'<span class="exercise-letter">{x})</span> ') for x, text in options
    )
    return _group("Choose one", boxes, identity) + button


@_entry.register
def _tick(entry: TickEntry, identity, button):
    return (
        f'<div class="exercise-written" hidden><label for="{identity}-written">{parts.OWN} '
        f'<span class="exercise-asks">({parts.KEPT})</span></label>\n'
        f'<textarea id="{identity}-written" rows="4" aria-describedby="{identity}-question">'
        f"</textarea></div>\n{_locked(parts.LOCKED)}"
        f'<details class="exercise-steps"><summary>{entry.summary}</summary>\n'
        f"<div>{_group(entry.legend, _boxes(entry), identity)}</div></details>\n{button}"
    )


@_entry.register
def _code(entry: CodeEntry, identity, button):
    # The field is shown by the site if its pages run Python.
    return (
        '<div class="exercise-typed" hidden>'
        f'<label for="{identity}-answer">Your function '
        '<span class="exercise-asks">in Python, with <code>np</code> and <code>math</code>; import '
        "what else you need</span></label>\n"
        f'<textarea id="{identity}-answer" name="answer" rows="3" spellcheck="false"'
        f' aria-describedby="{identity}-keys">\n{escape(entry.stub)}\n    </textarea>\n'
        f'<p class="exercise-asks" id="{identity}-keys">Tab indents, Escape and then Tab leave the '
        "field, Shift-Enter checks.</p>\n"
        f'<div class="cell-bar">{button}'
        '<button type="button" data-action="stop" hidden>Stop</button>'
        '<span class="cell-status" aria-live="polite"></span></div></div>\n'
        f"{_locked(parts.TICKS_LOCKED)}"
        '<details class="exercise-steps"><summary>Without Python</summary>\n'
        "<div><p>In the notebook of this chapter, "
        f"{to_html(entry.call, inline=True)} tests your function on hidden cases. Here you can tick "
        "what you have tested; the exercise then counts as read.</p>\n"
        f"{_group(entry.legend, _boxes(entry, 'tested'), identity)}"
        '<button type="submit" name="by" value="ticks" disabled>Count as read</button></div></details>\n'
    )


@_entry.register
def _order(entry: OrderEntry, identity, button):
    items = "".join(
        _item(x, text, identity) for x, text in zip(entry.letters, entry.items, strict=True)
    )
    listed = f'<ol class="exercise-order">{items}</ol>'
    reply = f'<input type="hidden" name="answer" value="{" ".join(entry.letters)}">'
    moved = '<span class="exercise-moved" aria-live="polite"></span>'
    return _group(f"Put in order: {entry.direction}", listed + reply + moved, identity) + button


def _locked(words):
    """Return what stands in place of steps that wait for something written; the script shows it."""
    return (
        f'<p class="exercise-locked" hidden>{words} '
        f'<button type="button">{parts.UNLOCK}</button> <span>It then counts as read.</span></p>\n'
    )


def _group(legend, content, identity):
    return (
        f'<fieldset aria-describedby="{identity}-question">'
        f"<legend>{to_html(legend, inline=True)}</legend>\n{content}</fieldset>\n"
    )


def _boxes(entry, name="answer"):
    return "".join(
        _box("checkbox", i, text, name=name) for i, text in enumerate(entry.steps, start=1)
    )


def _box(kind, value, text, letter="", name="answer"):
    return (
        f'<label class="exercise-box"><input type="{kind}" name="{name}" value="{value}"> {letter}'
        f"<span>{to_html(text, inline=True)}</span></label>\n"
    )


def _item(letter, text, identity):
    label = f"{identity}-{letter}"
    moves = "".join(
        f'<button type="button" data-move="{step}" aria-label="{word}" hidden'
        f' aria-describedby="{label}">{arrow}</button>'
        for step, word, arrow in ((-1, "Move up", "↑"), (1, "Move down", "↓"))
    )
    return (
        f'<li data-letter="{letter}"><span id="{label}">{to_html(text, inline=True)}</span>'
        f'<span class="exercise-moves">{moves}</span></li>\n'
    )
