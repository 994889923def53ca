"""What results rest on, as evidence of a bill of materials: cells, agreements, observations, waivers, each
once.

In: an evaluation. Out: evidence with its source and days, by reference. What a manifest claims is none.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator

from ..model.evaluation import Evaluation
from ..model.result import Citation, Result, Support
from ..terminal.escape import escape
from .account_fields import account_of
from .bill import Value
from .finding import source_line
from .resources import end_of, instant, web_address
from .resting import support_line


class Evidence:
    """All evidence of an evaluation."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.every: list[Value] = []
        """In the order in which results rest on it."""
        self._refs: dict[str, str] = {}
        applying = [result for result in evaluation.results if result.outcome != "not_applicable"]
        self._waivers: dict[int, list[str]] = {}
        self._of = {id(result): [*dict.fromkeys(self._found(result))] for result in applying}

    def of(self, result: Result) -> list[str]:
        """References of the evidence that a result rests on."""
        return self._of[id(result)]

    def waiver_of(self, result: Result) -> list[str]:
        """The reference of the waiver of a result, where it has one."""
        return self._waivers.get(id(result), [])

    def _found(self, result: Result) -> Iterator[str]:
        supports, offering = result.rests_on, result.subject.offering.id
        until = {one.what: one.until for one in supports if one.kind == "evidence"}
        for citation in result.evidence:
            if citation.cell is not None:
                last = until.pop(citation.dimension, None)
                yield self._kept(_cited(offering, citation, last))
        for one in supports:
            if one.kind != "claim" and (one.kind != "evidence" or one.what in until):
                whose = str(account_of(result.subject, one)) if one.kind == "observation" else offering
                ref = self._kept(_supported(whose, one))
                if one.kind == "waiver":
                    self._waivers.setdefault(id(result), []).append(ref)
                yield ref

    def _kept(self, made: dict[str, Value]) -> str:
        """The reference of a piece of evidence, of which one like it is kept once."""
        key = json.dumps(made)
        ref = self._refs.get(key)
        if ref is None:
            ref = self._refs[key] = f"evidence/{len(self._refs) + 1}"
            self.every.append({"bom-ref": ref, **made})
        return ref


def _cited(offering: str, citation: Citation, until: datetime.date | None) -> dict[str, Value]:
    assert citation.cell is not None
    written = citation.cell.written
    made: dict[str, Value] = {
        "propertyName": f"vendorgate:evidence:{escape(citation.dimension)}",
        "description": escape(f"{offering}: {source_line(citation)}; graded `{written.value}`"),
    }
    if (address := web_address(written.source)) is not None:
        made["data"] = [{"name": "source", "contents": {"url": address}}]
    if written.verified is not None:
        made["created"] = instant(written.verified)
    if until is not None:
        made["expires"] = end_of(until)
    return made


def _supported(offering: str, one: Support) -> dict[str, Value]:
    of_offering = f"{offering}: " if one.kind in ("evidence", "observation") else ""
    kind = f"{one.kind}:{one.what}" if one.kind == "observation" else one.kind
    return {
        "propertyName": f"vendorgate:{escape(kind)}",
        "description": escape(f"{of_offering}{support_line(one)}"),
        **({"created": instant(one.verified)} if one.kind == "observation" and one.verified is not None else {}),
        **({} if one.until is None else {"expires": end_of(one.until)}),
        **({} if one.attested_by is None else {"author": {"name": escape(one.attested_by)}}),
    }
