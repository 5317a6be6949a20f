"""What the library offers, found by looking: the front room, and each module that has more."""

import functools
import importlib
import inspect
import pkgutil

import itlib


@functools.cache
def public():
    """Return {name: object} of every public function and class, named as after `import itlib`.

    What the front room has goes by its name alone: `entropy`.  What only a module or a
    sub-package has comes with its place: `gaussian_fits.mode_fold`.
    """
    found = {}
    for module in (itlib, *filter(_is_public, modules(itlib))):
        place = module.__name__.partition(".")[2]
        for name in getattr(module, "__all__", None) or _defined_in(module):
            thing = getattr(module, name)
            if callable(thing) and thing not in found.values():
                found[f"{place}.{name}".lstrip(".")] = thing
    return found


@functools.cache
def functions():
    """Return {name: function} of every public function."""
    return {name: thing for name, thing in public().items() if inspect.isfunction(thing)}


@functools.cache
def classes():
    """Return {name: class} of what public functions return."""
    return {name: thing for name, thing in public().items() if inspect.isclass(thing)}


def modules(package):
    """Yield all modules below a package, each sub-package before its modules."""
    for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        module = importlib.import_module(found.name)
        yield module
        if found.ispkg:
            yield from modules(module)


def _is_public(module):
    return not module.__name__.rpartition(".")[2].startswith("_")


def _defined_in(module):
    return [
        name
        for name, thing in vars(module).items()
        if not name.startswith("_") and getattr(thing, "__module__", None) == module.__name__
    ]
