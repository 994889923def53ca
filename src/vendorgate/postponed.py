"""Modules that are executed when somebody first asks for anything that they have.

In: names of modules that others import on the way, and of which a process mostly needs nothing. Out: modules in their
place, each of which then becomes what it would have been. `importlib.util.LazyLoader` does the same, and takes as long
to import as is saved here.
"""

from __future__ import annotations

import sys
from _thread import RLock
from collections.abc import Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from importlib.abc import Loader
    from importlib.machinery import ModuleSpec

_EXECUTING: Final = RLock()


class Postponed(ModuleType):
    """A module before anybody has asked for what it has itself; it has what `import` gives to each."""

    def __getattr__(self, name: str) -> Any:
        with _EXECUTING:
            kind = type(self)
            if issubclass(kind, Postponed) and kind is not _Executing:
                _execute(self, kind)
        return ModuleType.__getattribute__(self, name)

    @staticmethod
    def _finish() -> None:
        """Done when it has been executed."""


class _Executing(Postponed):
    """The same while it is executed; another thread waits for the end of that."""


def _execute(module: ModuleType, kind: type[Postponed]) -> None:
    """Make it what it would have been; where that fails, it stays what it was, and the next who asks tries again."""
    assert module.__spec__ is not None
    assert module.__spec__.loader is not None
    before = {**vars(module)}
    module.__class__ = _Executing
    try:
        module.__spec__.loader.exec_module(module)
        kind._finish()
    except BaseException:
        module.__class__ = kind
        vars(module).clear()  # what has a name already would be found, and not the rest that it needs
        vars(module).update(before)
        raise
    module.__class__ = ModuleType


class Postponing:
    """While it lasts, modules of some names are found, and put in place without being executed."""

    __slots__ = ("_kind", "_names")

    def __init__(self, *names: str, kind: type[Postponed] = Postponed) -> None:
        self._names, self._kind = frozenset(names), kind

    def __enter__(self) -> None:
        sys.meta_path.insert(0, self)

    def __exit__(self, *raised: object) -> None:
        sys.meta_path.remove(self)

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Asked by `import`: how a module of one of the names is loaded."""
        if name not in self._names or not all(hasattr(finder, "find_spec") for finder in sys.meta_path):
            return None  # Python before 3.12 asks finders of the old kind in another way
        others = (finder.find_spec(name, path, target) for finder in sys.meta_path if finder is not self)
        found = next(filter(None, others), None)
        if found is not None and found.loader is not None:
            found.loader = _Later(found.loader, self._kind)  # type: ignore[assignment]  # an `import` needs no more
        return found


class _Later:
    """In the place of the loader of a module, which it leaves to be asked later."""

    __slots__ = ("_kind", "_loader")

    def __init__(self, loader: Loader, kind: type[Postponed]) -> None:
        self._loader, self._kind = loader, kind

    def create_module(self, spec: ModuleSpec) -> None:
        """Any module: `import` looks at what it has, and is not to be taken for somebody who asks."""

    def exec_module(self, module: ModuleType) -> None:
        assert module.__spec__ is not None
        module.__spec__.loader = module.__loader__ = self._loader
        module.__class__ = self._kind
