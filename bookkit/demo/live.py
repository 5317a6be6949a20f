"""The live half of a demo: real ipywidgets that compute what they show."""

import time
import weakref
from pathlib import Path

import ipywidgets

from bookkit.demo.page import panels_html, readouts_html
from bookkit.demo.readouts import Walk, downhill
from bookkit.markup import to_html
from bookkit.palette import notebook_stylesheet

_STYLE = Path(__file__).with_name("demo.css")
SECONDS_A_STEP = 0.05
_NO_DRAGGING = "(In a notebook the sliders move what is dragged on a page.)"
_shown = weakref.WeakSet()  # the live demos of this notebook, which follow each other's choices
_chosen = {}  # what was last chosen in a shared choice, by name


def live(demo):
    """Return the demo as a widget: sliders, numbers and pictures that follow them."""
    return _Live(demo).box


def _caption(demo):
    """Return what there is to see, and that nothing is dragged here."""
    told = f" {_NO_DRAGGING}" if "drag" in demo.caption.lower() else ""
    return to_html(demo.caption + told, inline=True)


class _Live:
    def __init__(self, demo):
        self.demo = demo
        self.widgets = {control.name: control.widget() for control in demo.controls}
        self.picture, self.numbers = ipywidgets.HTML(), ipywidgets.HTML()
        self.paused = False
        self.shared = [control for control in demo.controls if control.shared]
        self.adopt()
        for widget in self.widgets.values():
            widget.observe(self.changed, "value")
        style = ipywidgets.HTML(f"<style>{notebook_stylesheet()}{_STYLE.read_text()}</style>")
        self.box = ipywidgets.VBox(
            [
                style,
                self.picture,
                self.numbers,
                *self.widgets.values(),
                ipywidgets.HBox(self._buttons()),
                ipywidgets.HTML(f"<figcaption>{_caption(demo)}</figcaption>"),
            ]
        )
        self.box.add_class("demo")
        self.box.add_class("demo-live")
        self.box.add_class(demo.ident)
        _shown.add(self)
        self.show()

    @property
    def state(self):
        return {name: widget.value for name, widget in self.widgets.items()}

    def adopt(self):
        """Take over what the reader chose in another demo."""
        for control in self.shared:
            chosen = _chosen.get(control.name)
            if chosen in control.stops:
                self.widgets[control.name].value = chosen

    def changed(self, change):
        """Tell the other demos what was chosen, and draw."""
        if self.paused:
            return
        for control in self.shared:
            if change["owner"] is self.widgets[control.name]:
                _chosen[control.name] = change["new"]
                for other in list(_shown):
                    other.adopt()
        self.show()

    def show(self):
        """Compute and draw the present state."""
        state = self.state
        panels = "".join(
            f'<div class="demo-panel">{svg}</div>' for svg in self.demo.scene.svgs(state)
        )
        self.picture.value = panels_html(self.demo, panels)
        self.numbers.value = readouts_html(self.demo, state)

    def move(self, state):
        """Move several controls at once and draw once."""
        self.paused = True
        for name, value in state.items():
            self.widgets[name].value = value
        self.paused = False
        self.show()

    def _buttons(self):
        buttons = [
            (button.label, lambda b=button: self._walk(b) if isinstance(b, Walk) else self._play(b))
            for button in self.demo.buttons
        ]
        made = []
        for label, action in [*buttons, ("Start again", self._reset)]:
            widget = ipywidgets.Button(description=label, layout={"width": "max-content"})
            widget.on_click(lambda _, action=action: action())
            made.append(widget)
        return made

    def _reset(self):
        kept = {control.name for control in self.shared}
        self.move({name: stop for name, stop in self.demo.start.items() if name not in kept})

    def _walk(self, button):
        stops = [self._control(name).stops for name in button.over]
        readout = next(i for i, r in enumerate(self.demo.readouts) if r.name == button.readout)
        table, state = self.demo.scene.readouts[readout], self.state

        def value(*places):
            cell = table.row(state | self._at(button.over, places))[0]
            return float("inf") if cell is None else cell

        start = [stops_.index(state[name]) for name, stops_ in zip(button.over, stops)]
        for places in downhill(value, [len(s) for s in stops], start):
            self.move(self._at(button.over, places))
            time.sleep(SECONDS_A_STEP)

    def _play(self, button):
        for stop in self._control(button.control).stops:
            self.move({button.control: stop})
            time.sleep(SECONDS_A_STEP)

    def _control(self, name):
        return next(control for control in self.demo.controls if control.name == name)

    def _at(self, names, places):
        return {name: self._control(name).stops[i] for name, i in zip(names, places)}
