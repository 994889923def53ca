"""The text of a new manifest.

In: a draft, its offering. Out: YAML; what the draft does not say stands in comments, where it can be filled in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ...logic import Json
from ...model.registry import Offering
from ...rewriting.orders import USAGES
from ...rewriting.yaml_text import mapping_lines
from ...terminal.escape import escape
from .draft import SETTINGS, Draft
from .files import modeline

_MOST: Final = 8
_UNKNOWN: Final = "    # What is left out is unknown, and unknown is never a pass."


def manifest_text(draft: Draft, offering: Offering | None) -> str:
    """A manifest of one usage."""
    about = [*mapping_lines({"version": 1, **draft.about})]
    if "owner" not in draft.about:
        about.append("# owner: who answers for it")
    lines = [*about, "usages:", *_usage(draft.usage, offering)]
    return modeline("manifest") + "\n".join(lines) + "\n"


def in_order(usage: Mapping[str, Json]) -> dict[str, Json]:
    """A usage with its fields as people read them."""
    return {field: usage[field] for field in USAGES if field in usage}


def _usage(usage: Mapping[str, Json], offering: Offering | None) -> Iterator[str]:
    before = "  - "
    for line in mapping_lines(in_order(usage)):
        yield f"{before}{line}"
        before = "    "
    hints = [hint for field, hint in _hints(usage, offering) if field not in usage]
    if hints:
        yield _UNKNOWN
        yield from hints
    if SETTINGS in usage and offering is not None:
        left = offering.settings_read - set(_settings(usage))
        yield from (
            f"    # settings.{escape(name)}: commitments of this offering depend on it, too" for name in sorted(left)
        )


def _settings(usage: Mapping[str, Json]) -> Iterable[str]:
    settings = usage.get(SETTINGS)
    return settings if isinstance(settings, dict) else ()


def _hints(usage: Mapping[str, Json], offering: Offering | None) -> Iterator[tuple[str, str]]:
    """A line for each field that may be declared."""
    listed = None if offering is None else offering.written
    endpoints, features = (listed.endpoints, listed.features) if listed is not None else (None, None)
    yield "purpose", "    # purpose: what it is used for"
    yield "endpoints", f"    # endpoints: []  # as the registry names them: {_listed(endpoints)}"
    yield "models", "    # models: []  # as the vendor writes them"
    yield "subjects", "    # subjects: []  # where the people behind the data are: de, us, eu, …"
    yield "region", "    # region: eu  # the place that the account is pinned to"
    yield "features", f"    # features: []  # vendor features switched on: {_listed(features)}"
    if offering is not None and offering.settings_read:
        names = "".join(f"\n    #   {escape(name)}:" for name in sorted(offering.settings_read))
        words = "how the account is configured; commitments of this offering depend on"
        yield SETTINGS, f"    # settings:  # {words}{names}"
    if offering is not None:
        yield "agreements", "    # agreements: []  # claims: baa, dpa, zdr, scc, …"
    yield "environment", "    # environment: production  # or staging, development"
    yield "fallbacks", "    # fallbacks: []  # other offerings that this traffic may take"
    yield "recipients", "    # recipients: []  # who else gets the prompts: tracing, evaluation, guardrails"


def _listed(words: Iterable[str] | None) -> str:
    found = [escape(word) for word in words or ("any",)]
    return ", ".join(found[:_MOST]) + (", …" if len(found) > _MOST else "")
