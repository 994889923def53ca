"""Under which name a system knows a result again, wherever its line has moved to.

In: results. Out: a name for each; no two of a report share one.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

from ..model.result import Result
from .diagnostic import Diagnostic
from .surroundings import Surroundings


def identities(results: Iterable[Result], surroundings: Surroundings) -> Iterator[str]:
    """`hash:1`, as GitHub writes it: of policy, manifest, usage and offering; the number tells repetitions apart."""
    seen: Counter[str] = Counter()
    for result in results:
        subject = result.subject
        parts = (result.policy.id, surroundings.path(subject.manifest.source.path), subject.usage, str(subject.name))
        name = _hashed(parts)
        seen[name] += 1
        yield f"{name}:{seen[name]}"


def diagnostic_identities(diagnostics: Iterable[Diagnostic], surroundings: Surroundings) -> Iterator[str]:
    """The same of what is no result: of what it is, the file that it is in, and what it is about."""
    seen: Counter[str] = Counter()
    for one in diagnostics:
        path = "" if one.location is None else surroundings.path(one.location.path)
        name = _hashed((one.id, path, *one.about))
        seen[name] += 1
        yield f"{name}:{seen[name]}"


def _hashed(parts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
