"""Evaluate a demo at every state and write what its page needs; once, unless its sources change."""

import hashlib
import importlib
import json
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from bookkit import imports
from bookkit.demo.errors import DemoError
from bookkit.demo.page import figure_html
from bookkit.demo.readouts import Walk
from bookkit.demo.tables import cells_of

ENGINE = Path(__file__).parent


@dataclass(frozen=True)
class Baked:
    """What a demo becomes: its figure, its data, and the name of the data's file.

    The figure names its data by the placeholder `{source}`, since only a page knows
    how far it is from the folder of the data; so it does with `{links}` to other pages.
    """

    figure: str
    data: str
    file: str

    def placed(self, folder="", links=""):
        """Return the figure for a page from which the folder of the data has this address."""
        return self.figure.replace("{source}", f"{folder}{self.file}").replace("{links}", links)


def find(spec):
    """Return the demo that `module:demo-NAME` stands for."""
    module, ident = spec.split(":")
    if module == "__main__":
        raise DemoError(
            f"{ident}: declare the demo in a module; what a notebook declares "
            "cannot be found when the site is built"
        )
    for value in vars(importlib.import_module(module)).values():
        if getattr(value, "ident", None) == ident:
            return value
    raise DemoError(f"{ident}: module {module} has no such demo")


def bake(demo):
    """Return a demo's figure and data; every state of every table is evaluated here.

    Raises
    ------
    DemoError
        If a function fails, gives NaN, or gives something that cannot be stored;
        the message says which one, where and why.
    """
    cells = cells_of(demo.scene.tables)
    data = f"bookkit.baked({json.dumps(demo.ident)},{_compact(_data(demo, cells))});\n"
    digest = hashlib.sha256(data.encode()).hexdigest()[:10]
    rooms = [
        readout.room(_widest(demo, readout, table, cells[table]))
        for readout, table in zip(demo.readouts, demo.scene.readouts)
    ]
    return Baked(figure_html(demo, "{source}", rooms), data, f"{demo.ident}-{digest}.js")


def bake_all(specs, cache, watch, report=print):
    """Return {spec: Baked}; bakes what the folder `cache` lacks, on all cores.

    The key of the cache is all that a demo's module and this one import from the engine, from
    the packages `watch` and from the demo's own package, so touching one demo bakes one demo.
    """
    cache.mkdir(parents=True, exist_ok=True)
    keys = _keys(specs, watch)
    files = {spec: cache / f"{spec.split(':')[1]}-{key}.json" for spec, key in keys.items()}
    missing = [spec for spec in specs if not files[spec].exists()]
    with ProcessPoolExecutor() as pool:
        for i, (spec, baked) in enumerate(zip(missing, pool.map(_bake_spec, missing)), 1):
            files[spec].write_text(json.dumps(asdict(baked)), encoding="utf-8")
            report(
                f"baking demos {i}/{len(missing)}: {spec.split(':')[1]}, "
                f"{len(baked.data) / 1000:.0f} kB"
            )
    return {
        spec: Baked(**json.loads(file.read_text(encoding="utf-8"))) for spec, file in files.items()
    }


def _bake_spec(spec):
    return bake(find(spec))


def _keys(specs, watch):
    """Return {spec: hash of everything that the baked demo is made from}."""
    modules = {spec: spec.split(":")[0] for spec in specs}
    codes = {spec: [f"import {module}, {__name__}"] for spec, module in modules.items()}
    packages = {"bookkit", *watch, *(module.partition(".")[0] for module in modules.values())}
    return imports.keys(codes, packages)


def _widest(demo, readout, table, cells):
    """Return texts of a read-out among which its widest is: of numbers the ends, for each unit."""
    if readout.digits is None:
        return cells
    unit, depends = readout.unit_of, table.source.depends
    if not unit:
        return [readout.text(cell) for cell in _ends(cells)]
    (stops,) = (control.stops for control in demo.controls if control.name == unit)
    of_unit = [cells] * len(stops)
    if unit in depends:
        of_unit = np.moveaxis(cells.reshape(table.source.shape), depends.index(unit), 0)
    return [
        readout.text(cell, {unit: stop})
        for stop, part in zip(stops, of_unit)
        for cell in _ends(part)
    ]


def _ends(cells):
    there = cells[~np.isnan(cells)]
    ends = [int(there.min()), int(there.max())] if there.size else []
    return ends + [None] * (there.size < cells.size)


def _data(demo, cells):
    scene = demo.scene
    place = {id(table): i for i, table in enumerate(scene.tables)}
    names = [control.name for control in demo.controls]
    tables = [
        {
            "depends": [names.index(name) for name in table.source.depends],
            **table.packed(cells[table]),
        }
        for table in scene.tables
    ]
    return {
        "controls": [{"name": control.name, "texts": control.texts} for control in demo.controls],
        "tables": tables,
        "readouts": [
            _readout_data(readout, place[id(table)], names)
            for readout, table in zip(demo.readouts, scene.readouts)
        ],
        "marks": [
            bound.data(lambda table: place[id(table)], names)
            for marks in scene.marks
            for bound in marks
        ],
        "walks": [
            {"readout": button.readout, "over": [names.index(n) for n in button.over]}
            for button in demo.buttons
            if isinstance(button, Walk)
        ],
    }


def _readout_data(readout, place, names):
    return {
        "name": readout.name,
        "table": place,
        "digits": readout.digits,
        "unit": readout.unit,
        "unitOf": names.index(readout.unit_of) if readout.unit_of else -1,
    }


def _compact(data):
    return json.dumps(data, separators=(",", ":"), ensure_ascii=False)
