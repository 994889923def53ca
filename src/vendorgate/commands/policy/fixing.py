"""Fixes of lint findings, by file.

In: an open bundle and its findings. Out: new texts; what cannot be fixed without losing a comment stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable

from ...source import Path, Source
from .canonical_text import fixed
from .lint_model import Fix, LintFinding


def fixed_files(findings: Iterable[LintFinding]) -> dict[str, str]:
    """By path as shown: the text of each file that a fix changes."""
    by_file: dict[str, tuple[Source, list[Fix]]] = {}
    for finding in findings:
        if finding.fix is not None:
            by_file.setdefault(finding.source.path, (finding.source, []))[1].append(finding.fix)
    texts = {path: (source.text, fixed(source.text, _outermost(fixes))) for path, (source, fixes) in by_file.items()}
    return {path: new for path, (old, new) in texts.items() if new != old}


def _outermost(fixes: list[Fix]) -> list[Fix]:
    """Without fixes inside of what another one replaces; they have their turn when the file is read again."""
    places: list[Path] = [fix.place for fix in fixes]
    return [
        fix
        for index, fix in enumerate(fixes)
        if not any(
            other != index and fix.place[: len(place)] == place and (place != fix.place or other < index)
            for other, place in enumerate(places)
        )
    ]
