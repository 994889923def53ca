"""Where vendorgate's own modules are: each is compiled beside its source, where its name says, so nothing is searched.

In: names of modules, asked by `import`. Out: how each is loaded. Python lists a folder, tries every way in which there
could be a module of a name, and asks the system a dozen questions about each that it loads; a check takes a hundred.
Here a module is read in one go that `pip` compiled, or Python when it ran before, if it is of the source beside it by
the measure of `importlib`: time of change and size. All else is left to Python: what is not compiled, or has been
edited since, is compiled with hashes, for `-O` or to another folder, or stands in a ZIP file.
"""

from __future__ import annotations

import marshal
import os
import sys
from importlib._bootstrap import ModuleSpec  # `importlib.machinery` and `importlib.util` have them from there
from importlib._bootstrap_external import MAGIC_NUMBER, SourceFileLoader
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import CodeType, ModuleType

_SUFFIX: Final = ".py"
_CACHE: Final = "__pycache__"
_COMPILED: Final = f".{sys.implementation.cache_tag}.pyc"
_HEAD: Final = MAGIC_NUMBER + bytes(4)
"""With what a compiled module begins that is to be held against the time of change of its source (PEP 552)."""
_NUMBER: Final = 4
"""Bytes of a number in the head: time of change, then size of the source."""
_LENGTH: Final = len(_HEAD) + 2 * _NUMBER


def find_own_modules(package: str) -> None:
    """From now on, look for the modules of a package where their names say; nowhere else, where that is possible."""
    usual = sys.implementation.cache_tag and not sys.flags.optimize and sys.pycache_prefix is None
    if usual and not any(isinstance(one, OwnModules) for one in sys.meta_path):
        sys.meta_path.insert(0, OwnModules(package))


class OwnModules:
    """Finds what is below a package: a file of Python, or a package, compiled or not."""

    __slots__ = ("_before",)

    def __init__(self, package: str) -> None:
        self._before = f"{package}."

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """How a module is loaded; None where Python is to look for it itself."""
        if path is None or not name.startswith(self._before):
            return None
        folder, own = path[0], name.rpartition(".")[2]
        below = os.path.join(folder, own)
        # Python, too, takes the package where both are there, as when an older installation has left its module behind.
        return _spec(name, below, "__init__", [below]) or _spec(name, folder, own)


def _spec(name: str, folder: str, stem: str, below: list[str] | None = None) -> ModuleSpec | None:
    """A module of a folder, if its source is there; `below` has where its own modules are, if it is a package."""
    source = os.path.join(folder, f"{stem}{_SUFFIX}")
    try:
        status = os.stat(source)
    except (OSError, ValueError):
        return None
    compiled = os.path.join(folder, _CACHE, f"{stem}{_COMPILED}")
    spec = ModuleSpec(name, _Loader(name, source, compiled, status), origin=source, is_package=below is not None)
    if below is not None:
        spec.submodule_search_locations = below
    spec.cached, spec.has_location = compiled, True
    return spec


class _Loader(SourceFileLoader):
    """Python's own, that first looks whether the compiled module is of the source as it was found."""

    def __init__(self, name: str, source: str, compiled: str, status: os.stat_result) -> None:
        super().__init__(name, source)
        self._compiled, self._status = compiled, status

    def get_code(self, fullname: str) -> CodeType | None:
        """The code of the module.

        Raises:
            ImportError, SyntaxError: as Python's own does.
        """
        return _code(self.path, self._compiled, self._status) or super().get_code(fullname)


def _code(source: str, compiled: str, status: os.stat_result) -> CodeType | None:
    """What was compiled of a source of that time and size; None where Python has to decide."""
    try:
        handle = os.open(compiled, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        try:
            data = os.read(handle, os.fstat(handle).st_size)
        finally:
            os.close(handle)
    except OSError:
        return None
    known = (int(status.st_mtime), status.st_size)
    if data[:_LENGTH] != _HEAD + b"".join((one & 0xFFFFFFFF).to_bytes(_NUMBER, "little") for one in known):
        return None
    try:
        code: CodeType = marshal.loads(memoryview(data)[_LENGTH:])  # noqa: S302 as `import` does
    except (EOFError, ValueError, TypeError):
        return None  # damaged, of which Python says what it has to say
    return code if getattr(code, "co_filename", None) == source else None  # a folder that was moved is named anew
