"""The table of files that are no source code: which of them an extractor wants, and what it makes of them.

In: paths, texts, the catalogue. Out: sightings. What an extractor needs is imported when there is a file for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any, Final

import msgspec

from .catalogue.catalogue import Catalogue
from .sighting import Sighting

Wants = Callable[[str], bool]
Looks = Callable[[str], bool]
Extract = Callable[[str, str, Catalogue], Iterable[Sighting]]


class Extractor(msgspec.Struct, frozen=True):
    """One kind of file."""

    name: str
    wants: Wants
    """By its path, with forward slashes."""
    extract: Extract
    """Of path and text. It raises `Unreadable` where nothing can be told."""
    looks: Looks | None = None
    """At the text, where the name does not decide."""


def _called(*patterns: str) -> Wants:
    """Wants files whose name is one of these regular expressions; one with a `/` looks at the whole path."""
    names = re.compile("|".join(f"(?:{one})" for one in patterns if "/" not in one) or r"(?!)", re.IGNORECASE)
    paths = re.compile("|".join(f"(?:.*/)?(?:{one})" for one in patterns if "/" in one) or r"(?!)", re.IGNORECASE)
    return lambda path: bool(names.fullmatch(path.rpartition("/")[2]) or paths.fullmatch(path))


def _by(place: str) -> Any:
    """A function of a module that is imported when it is first needed, such as `configuration.compose:extract`."""
    module, _, name = place.partition(":")
    return lambda *given: getattr(import_module(f".{module}", __package__), name)(*given)


_YAML: Final = r".*\.ya?ml(?:\.(?:example|sample|template|dist|tpl))?"

EXTRACTORS: Final[tuple[Extractor, ...]] = (
    Extractor(
        "Python packages",
        _called(
            r"[\w.-]*requirements[\w.-]*\.(?:txt|in)",
            r"(?:.*/)?requirements/[\w.-]+\.(?:txt|in)",
            r"pyproject\.toml|pixi\.toml|Pipfile|setup\.py|setup\.cfg",
            r"environment[\w.-]*\.ya?ml",
        ),
        _by("configuration.dependencies.python:extract"),
    ),
    Extractor(
        "JavaScript packages",
        _called(r"package\.json|deno\.jsonc?|import_map\.json"),
        _by("configuration.dependencies.javascript:extract"),
    ),
    Extractor("Maven", _called(r"pom\.xml|.*\.pom"), _by("configuration.dependencies.jvm:extract_pom")),
    Extractor("Gradle", _called(r".*\.gradle(?:\.kts)?"), _by("configuration.dependencies.jvm:extract_gradle")),
    Extractor(
        "Gradle versions", _called(r".*\.versions\.toml"), _by("configuration.dependencies.jvm:extract_versions")
    ),
    Extractor("Go modules", _called(r"go\.mod"), _by("configuration.dependencies.others:extract_go")),
    Extractor("gems", _called(r"Gemfile|gems\.rb|.*\.gemspec"), _by("configuration.dependencies.others:extract_ruby")),
    Extractor("crates", _called(r"Cargo\.toml"), _by("configuration.dependencies.others:extract_rust")),
    Extractor(
        "NuGet packages",
        _called(r".*\.(?:cs|fs|vb)proj|Directory\.Build\.(?:props|targets)|packages\.config"),
        _by("configuration.dependencies.dotnet:extract"),
    ),
    Extractor("Composer packages", _called(r"composer\.json"), _by("configuration.dependencies.others:extract_php")),
    Extractor(
        "environment variables",
        _called(
            r"\.env(?:[._-].*)?|[\w.-]+\.env(?:\.[\w-]+)*|env\.(?:example|sample|template|dist)|\.envrc|\.dev\.vars.*"
        ),
        _by("configuration.env_file:extract"),
    ),
    Extractor(
        "compose",
        _called(r"[\w.-]*compose[\w.-]*\.ya?ml(?:\.\w+)?"),
        _by("configuration.compose:extract"),
    ),
    Extractor(
        "Dockerfile",
        _called(r"(?:Docker|Container)file(?:[._-].*)?|.*\.(?:docker|container)file"),
        _by("configuration.dockerfile:extract"),
    ),
    Extractor(
        "LiteLLM",
        _called(_YAML),
        _by("configuration.litellm:extract"),
        _by("configuration.litellm:looks"),
    ),
)
"""Every kind of file that is read beside source code; a file may be of several kinds."""
