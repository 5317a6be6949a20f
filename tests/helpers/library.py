"""What the library offers, found by looking: the front room, and each module that has more."""

import importlib
import inspect
import pkgutil

import itlib


def public():
    """Return {name: object} of every public function and class, as written after `import itlib`.

    What the front room has goes by its name alone: `entropy`. What is only in a module or a
    sub-package has its name before: `gaussian_fits.mode_fold`.
    """
    found = {}
    for module in [itlib, *_modules(itlib)]:
        place = module.__name__.partition(".")[2]
        names = getattr(module, "__all__", None) or [n for n in vars(module) if n[0] != "_"]
        for name in names:
            thing = getattr(module, name)
            ours = (inspect.isfunction(thing) or inspect.isclass(thing)) and (
                thing.__module__.startswith("itlib")
            )
            if ours and thing not in found.values():
                found[f"{place}.{name}".lstrip(".")] = thing
    return found


def functions():
    """Return {name: function} of every public function."""
    return {name: thing for name, thing in public().items() if inspect.isfunction(thing)}


def classes():
    """Return {name: class} of everything public that functions return."""
    return {name: thing for name, thing in public().items() if inspect.isclass(thing)}


def _modules(package):
    """Yield the public modules below a package, each package before its modules."""
    for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        if found.name.rpartition(".")[2].startswith("_"):
            continue
        module = importlib.import_module(found.name)
        yield module
        if found.ispkg:
            yield from _modules(module)
