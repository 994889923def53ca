"""libyaml's parser, without the rest of PyYAML as long as nobody asks for that.

PyYAML's `yaml._yaml` reads all its package for the classes of its errors; the rest of the package is a parser and an
emitter in Python, which nobody needs beside libyaml, and which took longer to import than a check takes to judge. So
`yaml` is put in place without its content, and gets that when somebody asks for anything else of it; it is then in
every respect the module that it would have been. Where that cannot be, it is imported as ever: while other threads
run, where it is imported already, without libyaml, or in a layout that is not known.
"""

from __future__ import annotations

import sys
from _thread import _count
from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from ..postponed import Postponed, Postponing

if TYPE_CHECKING:
    from typing import Protocol

    from yaml import events
    from yaml.error import MarkedYAMLError, YAMLError
    from yaml.nodes import Node

    class Mark(Protocol):
        """A place in a text, from 0."""

        line: int
        column: int

    class Event(Protocol):
        """What libyaml's parser met; which of these it has, its class says."""

        start_mark: Mark
        end_mark: Mark
        anchor: str | None
        tag: str | None
        value: str
        implicit: tuple[bool, bool]


__all__ = ["LOADER", "Event", "Mark", "MarkedYAMLError", "YAMLError", "compose", "events", "parse"]

_YAML: Final = "yaml"
_BINDING: Final = "yaml._yaml"
_NEEDED: Final = ("error", "events", "nodes")
"""Modules that libyaml's binding makes things of."""
_LATER: Final = (
    *("tokens", "reader", "scanner", "parser", "composer", "constructor"),
    *("emitter", "serializer", "representer"),
)
"""Modules of which it takes classes, and seldom or never makes anything: tokens, and errors of each part."""


class _Package(Postponed):
    """PyYAML's package before anybody has asked for what it has itself."""

    @staticmethod
    def _finish() -> None:
        """Give libyaml's binding the classes that it was not given before."""
        binding = sys.modules[_BINDING]
        for name, value in list(vars(binding).items()):
            if isinstance(value, _MadeLater):
                setattr(binding, name, value.kind())


class _MadeLater:
    """In the place of a class: a thing of that class, which is imported to make it."""

    __slots__ = ("_module", "_name")

    def __init__(self, module: str, name: str) -> None:
        self._module, self._name = module, name

    def kind(self) -> Any:
        """The class."""
        return getattr(import_module(self._module), self._name)

    def __call__(self, *given: object) -> Any:
        return self.kind()(*given)


class _ClassesLater:
    """In the place of a module: whatever class it is asked for, it takes for one that will be imported."""

    __slots__ = ("_module",)

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, name: str) -> _MadeLater:
        return _MadeLater(self._module, name)


def _bind() -> None:
    """Import libyaml's binding alone.

    Raises:
        ImportError, AttributeError: it is not there, or not as it is known.
    """
    with Postponing(_YAML, kind=_Package):
        package = import_module(_YAML)
    for name in _NEEDED:
        import_module(f"{_YAML}.{name}")
    for name in _LATER:
        setattr(package, name, _ClassesLater(f"{_YAML}.{name}"))
    import_module(_BINDING)
    for name in _LATER:
        delattr(package, name)


def _import() -> None:
    """Import what is needed, or all of it."""
    if _YAML not in sys.modules and not _count():
        before = frozenset(sys.modules)
        try:
            _bind()
        except (ImportError, AttributeError):
            for name in frozenset(sys.modules) - before:
                if name == _YAML or name.startswith("yaml."):
                    del sys.modules[name]
    import_module(_YAML)


if not TYPE_CHECKING:
    _import()
    events = import_module("yaml.events")
    MarkedYAMLError = import_module("yaml.error").MarkedYAMLError
    YAMLError = import_module("yaml.error").YAMLError


def _loader() -> Any:
    """libyaml's parser, or where PyYAML has none the same in Python."""
    binding: Any = sys.modules.get(_BINDING)
    if binding is None:
        return import_module(_YAML).BaseLoader

    class Loader(binding.CParser):  # type: ignore[misc]  # it has no types
        """Composes nodes with no more of a tag than is written."""

        def resolve(self, kind: type, value: object, implicit: object) -> str:
            return _TAGS[kind.__name__]

        def descend_resolver(self, parent: object, index: object) -> None:
            """No tag depends on where a node stands."""

        def ascend_resolver(self) -> None:
            """So that there is nothing to forget."""

    return Loader


_TAGS: Final = {
    "ScalarNode": "tag:yaml.org,2002:str",
    "SequenceNode": "tag:yaml.org,2002:seq",
    "MappingNode": "tag:yaml.org,2002:map",
}
LOADER: Any = _loader()


def parse(text: str) -> Iterator[Event]:
    """All events of a text.

    Raises:
        YAMLError: it is not YAML.
    """
    next_event = LOADER(text).get_event
    while (event := next_event()) is not None:
        yield event


def compose(text: str) -> Node | None:
    """The nodes of a document.

    Raises:
        YAMLError: it is not YAML.
    """
    node: Node | None = LOADER(text).get_single_node()
    return node
