"""One valid call of every function of a module of itlib: `VALID`, in a module of the same name."""

import importlib
import pkgutil

MODULES = [
    importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)
]
VALID = {name: call for module in MODULES for name, call in module.VALID.items()}
