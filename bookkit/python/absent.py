"""What stands in a page for libraries that do not travel with it.

A cell imports several things in its first lines and may use one of them. So an import of what is
absent succeeds; whoever then uses it is told, in words, what to do instead.
"""

import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

ADVICE = "is not on this page; download the notebook of this page to run this"
DRAWS = (
    "is not on this page, where nothing is drawn anew: pictures and demos stand in the text as they "
    "were made with the book; download the notebook of this page to draw"
)
NO_NETWORK = "is not on this page, which has no network; write the data into the cell"
# What would not help on another computer, or is not needed there; by the first part of a name.
_OTHERWISE = dict.fromkeys(
    "ftplib http imaplib poplib smtplib socketserver ssl urllib webbrowser xmlrpc".split(),
    NO_NETWORK,
) | {
    "multiprocessing": "is not on this page, which has one process; call the function itself",
    "pdb": "is not on this page; print what you want to look at",
}
IN_ITS_PLACE = "is answered in its place on this page, not in a cell"


class NotOnThisPage(Exception):
    """Something that works on the reader's own computer and does not travel with a page."""


class Absent:
    """Stands for a name that was imported from what is absent, and complains when it is used."""

    def __init__(self, what, advice=ADVICE):
        self.__dict__["_what"], self.__dict__["_advice"] = what, advice

    def __getattr__(self, name):
        if name.startswith("__"):  # asked for by Python itself, for instance when copying
            raise AttributeError(f"{self._what}.{name} {self._advice}")
        raise NotOnThisPage(f"{self._what}.{name} {self._advice}")

    def _complain(self, *args, **options):
        raise NotOnThisPage(f"{self._what} {self._advice}")

    def __repr__(self):
        return f"{self._what} {self._advice}"


# What operators, functions and statements of Python ask of an object.
_USES = """call getitem setitem delitem contains iter next reversed len bool setattr delattr array
enter exit await aiter aenter aexit mro_entries instancecheck subclasscheck format
eq ne lt le gt ge neg pos abs invert int float complex index round trunc floor ceil"""
_BETWEEN = "add sub mul matmul truediv floordiv mod divmod pow lshift rshift and or xor"
for _use in [*_USES.split(), *_BETWEEN.split(), *(f"r{name}" for name in _BETWEEN.split())]:
    setattr(Absent, f"__{_use}__", Absent._complain)


class AbsentModule(ModuleType):
    """Stands for a module that is absent; whatever is taken from it is absent as well."""

    __path__ = ()
    _advice = ADVICE

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(f"{self.__name__}.{name} {self._advice}")
        return Absent(f"{self.__name__}.{name}", self._advice)

    def __repr__(self):
        return f"{self.__name__} {self._advice}"


class Finder(MetaPathFinder, Loader):
    """Finds, after all others have failed, what readers and the book may import.

    Parameters
    ----------
    names : iterable of str
        Modules for which to stand in, with all that would be below them. What is not among them
        and not there, such as a name with a slip, is nowhere: Python itself then says so.
    stand_ins : dict
        Modules that the page has under other names: {"sklearn.datasets": "book.irises"}.
    asking : function
        asking(file) says whether a module is the reader's or the book's. Everybody else, such as
        NumPy, which looks what there is, gets the ImportError that it waits for.
    """

    def __init__(self, names, stand_ins, asking):
        self.names, self.stand_ins, self.asking = frozenset(names), dict(stand_ins), asking

    def find_spec(self, name, path=None, target=None):
        parent = sys.modules.get(name.rpartition(".")[0])
        known = name in self.stand_ins or name in self.names or isinstance(parent, AbsentModule)
        if not known:
            return None
        if not self.asking(_asking_file()):
            raise ModuleNotFoundError(f"{name} {_advice(name)}", name=name)
        return ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        module = AbsentModule(spec.name)
        if spec.name in self.stand_ins:
            __import__(self.stand_ins[spec.name])
            present = vars(sys.modules[self.stand_ins[spec.name]])
            vars(module).update({k: v for k, v in present.items() if not k.startswith("__")})
        module._advice = DRAWS if self._draws(spec.name) else _advice(spec.name)
        return module

    def _draws(self, name):
        """Return whether a module is a part of a package of the book: what draws is left out there."""
        parent = sys.modules.get(name.rpartition(".")[0])
        if isinstance(parent, AbsentModule):
            return parent._advice is DRAWS
        return any(self.asking(f"{path}/") for path in getattr(parent, "__path__", ()))

    def exec_module(self, module):
        pass


def _advice(name):
    return _OTHERWISE.get(name.partition(".")[0], ADVICE)


def _asking_file():
    """Return the file whose import statement is being carried out."""
    frame = sys._getframe(2)
    while frame and (
        "importlib" in frame.f_code.co_filename or frame.f_code.co_name == "import_module"
    ):
        frame = frame.f_back
    return frame.f_code.co_filename if frame else ""
