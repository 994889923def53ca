"""All rows of a report as the page carries them: columns of numbers, each text once.

In: a fleet. Out: JSON that no browser takes for markup. The script of the page reads it, and draws only what is seen.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Final

import msgspec

from ....report.lines import shortened
from .model import FACETS, LETTERS, CaseView, Fleet, Manifest, NoticeRow, Subjects
from .naming import Texts

_BELOW: Final = " "
"""Before the rest of a path that begins with its repository; no path begins with a space."""
_PROBLEMS: Final = 5
_LONGEST: Final = 300
"""Characters of a problem."""
_ESCAPED: Final = {ord(one): f"\\u{ord(one):04x}" for one in "<>&"}


def page_data(fleet: Fleet) -> str:
    """The same fleet gives the same text."""
    texts = Texts()
    data = {
        "names": {facet: fleet.names[facet] for facet in FACETS},
        "policies": [(one.id, one.title, one.severity) for one in fleet.policies],
        "manifests": _manifests(fleet.manifests),
        "cases": _cases(fleet.cases, texts),
        "subjects": _subjects(fleet.subjects, len(fleet.manifests)),
        "texts": fleet.subjects.texts,
        "ends": [*map(msgspec.structs.astuple, fleet.ends.endings)],
        "repositories": [*map(msgspec.structs.astuple, fleet.repositories)],
        "drift": [[texts.number(text) for text in msgspec.structs.astuple(one)] for one in fleet.drift],
        "notices": [_notice(one, texts) for one in fleet.notices],
        "words": texts.all(),
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)


def _manifests(manifests: Sequence[Manifest]) -> dict[str, object]:
    return {
        "path": [_path(one) for one in manifests],
        "project": [one.project for one in manifests],
        "team": [one.team for one in manifests],
        "place": [one.place for one in manifests],
        "problems": [(number, _first(one.problems)) for number, one in enumerate(manifests) if one.problems],
    }


def _first(problems: Sequence[str]) -> list[str]:
    """The first few, each in short: a manifest may have thousands."""
    more = [f"and {len(problems) - _PROBLEMS:,} more"] if len(problems) > _PROBLEMS else []
    return [*(shortened(one, _LONGEST) for one in problems[:_PROBLEMS]), *more]


def _notice(one: NoticeRow, texts: Texts) -> list[int | None]:
    """Its texts by their numbers: many notices say the same."""
    id, severity, message, usage = map(texts.number, (one.id, one.severity, one.message, one.usage))
    return [id, severity, message, one.manifest, one.case, usage]


def _path(manifest: Manifest) -> str:
    """A path without what its place says already."""
    repository = manifest.repository
    if repository is not None and manifest.path.startswith(f"{repository}/"):
        return f"{_BELOW}{manifest.path[len(repository) :]}"
    return manifest.path


def _cases(cases: Sequence[CaseView], texts: Texts) -> dict[str, object]:
    return {
        "platform": [one.platform for one in cases],
        "region": [one.region for one in cases],
        "data": [one.data for one in cases],
        "verdicts": [one.verdicts for one in cases],
        "worst": "".join(LETTERS[one.outcome].upper() if one.blocks else LETTERS[one.outcome] for one in cases),
        "reasons": [_by_policy(one.reasons, texts) for one in cases],
        "waivers": [_by_policy(one.waivers, texts) for one in cases],
    }


def _by_policy(words: Mapping[int, str], texts: Texts) -> list[int]:
    """Policies and texts in turn."""
    return [*chain.from_iterable((policy, texts.number(words[policy])) for policy in sorted(words))]


def _subjects(subjects: Subjects, manifests: int) -> dict[str, object]:
    many = array("i", bytes(4 * manifests))
    for manifest in subjects.manifest:
        many[manifest] += 1
    names = ("case", "offering", "usage", "account", "route", "line")
    return {"many": many.tolist(), **{name: _column(getattr(subjects, name)) for name in names}}


def _column(numbers: array[int]) -> object:
    """A number that all have is said once."""
    first = numbers[0] if numbers else 0
    return first if numbers.count(first) == len(numbers) else numbers.tolist()
