"""Right answers to the code exercises of a chapter, as four readers would write them: `PROGRAMS`."""

import importlib
import pkgutil

MODULES = [
    importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)
]
PROGRAMS = {name: found for module in MODULES for name, found in module.PROGRAMS.items()}
