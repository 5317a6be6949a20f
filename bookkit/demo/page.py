"""The figure element of a demo: picture, numbers and controls at the start position."""

from html import escape
from itertools import zip_longest

from bookkit.demo.readouts import Walk
from bookkit.markup import permalink, to_html

_SHORT = 28  # characters of a name and its words that stand in one column


def figure_html(demo, source, rooms):
    """Return the `<figure>` of a demo; `source` is the address of its data, from the page.

    Beside the buttons it leaves the placeholder `{links}` for links to other pages.

    Everything is there before any script runs: without JavaScript the start position stands.
    `rooms` are the texts for which the read-outs need room, as `readouts_html` takes them.
    """
    pictures = "".join(
        f'<div class="demo-panel"{_drag(panel, drawn)}>{svg}</div>'
        for panel, drawn, svg in zip(demo.panels, demo.scene.panels, demo.scene.svgs(demo.start))
    )
    return (
        f'<figure class="demo" id="{demo.ident}" data-src="{source}">'
        f'<div class="demo-stage">{panels_html(demo, pictures)}'
        f'<div class="demo-desk">{readouts_html(demo, demo.start, rooms)}'
        f'<div class="demo-controls">{_controls(demo, shared=False)}</div></div></div>'
        f'{_buttons(demo)}<p class="demo-told" role="status"></p>'
        f"<figcaption>{to_html(demo.caption, inline=True)}{permalink(demo.ident, 'demo')}</figcaption>"
        "<noscript><p>The sliders need JavaScript; this is the start position.</p></noscript>"
        "</figure>"
    )


def readouts_html(demo, state, rooms=()):
    """Return the list of numbers that a demo shows at a state.

    With `rooms`, a text for each, they get as much room as these need, so that nothing jumps.
    """
    if not demo.readouts:
        return ""
    shown = demo.shown(state)
    still = ' aria-live="off"' if rooms else ""  # the page tells by itself what has changed
    items = "".join(
        f'<div class="demo-readout{_kind(readout, shown[readout.name], room)}"><label for="{demo.ident}-{readout.name}">'
        f'{escape(readout.label)}</label> <div class="demo-room"{_room(room)}>'
        f'<output id="{demo.ident}-{readout.name}" name="{readout.name}"{still}>'
        f"{escape(shown[readout.name])}</output></div></div>"
        for readout, room in zip_longest(demo.readouts, rooms)
    )
    return f'<div class="demo-readouts">{items}</div>'


def panels_html(demo, pictures):
    """Return the pictures side by side, in as many columns as their number asks for."""
    columns = ("one", "two", "three")[demo.columns - 1]
    return f'<div class="demo-panels demo-{columns}">{pictures}</div>'


def _room(room):
    return f' data-room="{escape(room)}"' if room else ""


def _kind(readout, text, room):
    ink = "" if readout.colour == "ink" else f" demo-ink-{readout.colour}"
    words = readout.digits is None
    short = room is not None and len(f"{readout.label} {room or text}") <= _SHORT
    return ink + (" demo-words" if words and not short else "")


def _controls(demo, *, shared):
    lines = []
    for control in demo.controls:
        if control.shared != shared:
            continue
        ident = f"{demo.ident}-{control.name}"
        text = control.texts[control.stops.index(control.start)]
        lines.append(
            f'<div class="demo-control"><label for="{ident}">{escape(control.label)}</label>'
            f'{control.html(ident)}<span class="demo-value" aria-hidden="true">{escape(text)}'
            "</span></div>"
        )
    return "".join(lines)


def _buttons(demo):
    texts = [
        f'<button type="button" data-walk="{button.readout} {" ".join(button.over)}">'
        if isinstance(button, Walk)
        else f'<button type="button" data-play="{button.control}">'
        for button in demo.buttons
    ]
    made = "".join(
        f"{text}{escape(button.label)}</button>" for text, button in zip(texts, demo.buttons)
    )
    return (
        f'<div class="demo-buttons">{made}'
        f'<button type="button" data-reset>Start again</button>'
        f"{{links}}{_controls(demo, shared=True)}</div>"
    )


def _drag(panel, drawn):
    """Say on the panel which sliders a drag on the picture moves, and from where to where."""
    text = ""
    for axis, name, scale in (("x", panel.drag_x, drawn.x), ("y", panel.drag_y, drawn.y)):
        if name:
            text += f' data-drag-{axis}="{name} {scale.for_dragging()}"'
    return text
