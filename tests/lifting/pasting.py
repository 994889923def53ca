"""Pasting what a proposal says into the text of a manifest, as a person would: whole lines, at the place named."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Literal

import yaml

from vendorgate import Gate
from vendorgate.lifting.proposals import proposals
from vendorgate.load.manifest import GivenManifest, manifest_from
from vendorgate.model.evaluation import Evaluation
from vendorgate.model.proposal import Proposal
from vendorgate.report.proposal_yaml import Pasted, proposal_yaml

Document = dict[str, Any]
Blocked = set[tuple[str, str]]
"""The name of a route as people call it, and a policy."""


Style = Literal["lines", "brackets", "one line"]
_FLOW: dict[Style, bool | None] = {"lines": False, "brackets": None, "one line": True}


def text_of(manifest: Document, style: Style = "lines") -> str:
    """A manifest as people write it, the name first: one key a line; with the innermost lists and mappings in brackets
    and braces; or with all of them."""
    flow = _FLOW[style]
    return yaml.safe_dump(
        _in_order(manifest), sort_keys=False, allow_unicode=True, width=100_000, default_flow_style=flow
    )


def _in_order(value: Any) -> Any:
    if isinstance(value, list):
        return [_in_order(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {key: _in_order(value[key]) for key in sorted(value, key=lambda key: key not in ("id", "offering"))}


def pasted(text: str, several: Iterable[Pasted]) -> str:
    """The text with all lines where they belong, from the last place to the first."""
    lines = text.splitlines()
    for one in sorted(several, key=lambda one: (one.location.line, one.location.column), reverse=True):
        at = one.location.line - 1
        if one.in_flow:
            begin, end = one.location.column - 1, one.location.column - 1 + one.location.width
            new_text = one.text.rstrip("\n")
            if not one.instead:
                begin, end, new_text = begin + 1, begin + 1, f"{new_text}, "
            lines[at] = lines[at][:begin] + new_text + lines[at][end:]
            continue
        indent = len(lines[at]) - len(lines[at].lstrip(" "))
        new = one.text.splitlines()
        if one.instead:
            lines[at : at + 1] = [" " * indent + line for line in new]
            continue
        beside = one.location.column - 1 + (2 if one.path[-1] in ("settings", "attributes") else 0)
        lines[at + 1 : at + 1] = [" " * beside + line for line in new]
    return "".join(f"{line}\n" for line in lines)


def judged(gate: Gate, text: str, as_of: Any, fail_on: Any = None) -> Evaluation:
    """What the gate says of a text; refused where it is no manifest."""
    problems: list[Any] = []
    read = manifest_from(text.encode(), "vendorgate.yaml", problems)
    assert not problems, (text, problems)
    return gate.judge([GivenManifest("vendorgate.yaml", read, ())], as_of=as_of, fail_on=fail_on)


def blocked(evaluation: Evaluation) -> Blocked:
    return {(str(one.subject.name), one.policy.id) for one in evaluation.results if one.blocks}


def named(results: Iterable[Any]) -> Blocked:
    return {(str(one.subject.name), one.policy.id) for one in results}


def proposal_for(evaluation: Evaluation) -> Proposal | None:
    """The proposal for the only usage."""
    found = proposals(evaluation)
    assert len(found) <= 1
    return found[0] if found else None


def without_comments(text: str) -> str:
    return re.sub(r"  # (?:or |in your own words).*", "", text)


__all__ = ["blocked", "judged", "named", "pasted", "proposal_for", "proposal_yaml", "text_of", "without_comments"]
