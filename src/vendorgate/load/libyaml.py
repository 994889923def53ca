"""libyaml's parser, without the rest of PyYAML as long as nobody asks for that.

PyYAML's `yaml._yaml` reads all its package for the classes of its errors; the rest of the package is a parser and an
emitter in Python, which nobody needs beside libyaml, and which took longer to import than a check takes to judge. So
`yaml` is put in place without its content, and gets that when somebody asks for anything else of it; it is then in
every respect the module that it would have been. Where that cannot be, it is imported as ever: while other threads
run, where it is imported already, without libyaml, or in a layout that is not known.
"""

from __future__ import annotations

import sys
from _thread import RLock, _count
from collections.abc import Iterator, Mapping
from importlib import import_module
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from _thread import RLock
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
_NEEDED: Final = ("error", "tokens", "events", "nodes")
"""Modules that libyaml's binding makes things of."""
_ERRORS: Final[Mapping[str, str]] = {
    "reader": "ReaderError",
    "scanner": "ScannerError",
    "parser": "ParserError",
    "composer": "ComposerError",
    "constructor": "ConstructorError",
    "emitter": "EmitterError",
    "serializer": "SerializerError",
    "representer": "RepresenterError",
}
"""Modules of which it takes the class of an error, and that alone."""
_LOADING: Final = RLock()


class _Postponed(ModuleType):
    """PyYAML's package before anybody has asked for what it has itself."""

    def __getattr__(self, name: str) -> Any:
        with _LOADING:
            if type(self) is _Postponed:
                _complete(self)
        return ModuleType.__getattribute__(self, name)


class _Completing(_Postponed):
    """The same while it is executed; another thread waits for the end of that."""


def _complete(module: ModuleType) -> None:
    """Execute the package, and give libyaml's binding the classes that it was not given before."""
    assert module.__spec__ is not None
    assert module.__spec__.loader is not None
    module.__class__ = _Completing
    try:
        module.__spec__.loader.exec_module(module)
        for name, error in _ERRORS.items():
            setattr(sys.modules["yaml._yaml"], error, getattr(import_module(f"yaml.{name}"), error))
    except BaseException:
        module.__class__ = _Postponed
        raise
    module.__class__ = ModuleType


def _made_later(name: str, error: str) -> SimpleNamespace:
    """In the place of a module with the class of an error: an error of that class, which is imported to make it."""

    def make(*given: object) -> Exception:
        made: Exception = getattr(import_module(f"yaml.{name}"), error)(*given)
        return made

    return SimpleNamespace(**{error: make})


def _bind() -> None:
    """Import libyaml's binding alone.

    Raises:
        ImportError, AttributeError: it is not there, or not as it is known.
    """
    spec = next(filter(None, (finder.find_spec(_YAML, None) for finder in sys.meta_path)), None)
    if spec is None or spec.loader is None or spec.submodule_search_locations is None or spec.origin is None:
        raise ImportError(_YAML)
    package = _Postponed(_YAML)
    # As `importlib.util.module_from_spec` does it, which takes longer to import than all of this.
    package.__spec__, package.__loader__, package.__package__ = spec, spec.loader, _YAML
    package.__path__, package.__file__ = spec.submodule_search_locations, spec.origin
    if spec.cached is not None:
        vars(package)["__cached__"] = spec.cached
    sys.modules[_YAML] = package
    for name in _NEEDED:
        import_module(f"yaml.{name}")
    for name, error in _ERRORS.items():
        setattr(package, name, _made_later(name, error))
    import_module("yaml._yaml")
    for name in _ERRORS:
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
    binding: Any = sys.modules.get("yaml._yaml")
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
