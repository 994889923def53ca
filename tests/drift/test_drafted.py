"""What is drafted of code declares what that code does: nothing that could be written down differs afterwards."""

from __future__ import annotations

import datetime
import json
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import UNSET

from tests.detection.known import shipped_catalogue
from tests.thoroughness import share
from vendorgate.detection.model import Detection, Finding
from vendorgate.detection.summary import offerings
from vendorgate.drift.declared import declarations
from vendorgate.drift.drafting import drafts
from vendorgate.drift.drifting import drift
from vendorgate.drift.question import Question
from vendorgate.drift.regions import Geography
from vendorgate.load.files import shipped
from vendorgate.load.manifest import manifest_from
from vendorgate.model.detect import DetectRules
from vendorgate.model.identity import Whereabouts
from vendorgate.model.manifest import Manifest
from vendorgate.model.registry import Snapshot
from vendorgate.snapshots import read_snapshot
from vendorgate.source import Location

DAY = datetime.date(2026, 11, 29)


@cache
def registry() -> Snapshot:
    return read_snapshot(shipped("registry-snapshot"), rules=False)


def seen(name: str, line: int, endpoint: int | None, model: str | None) -> Finding:
    """A use of somebody, with one of the endpoints that can be declared; of a recipient neither that nor a model."""
    provider = shipped_catalogue().providers[name]
    if provider.role == "recipient":
        endpoint = model = None
    endpoints = provider.endpoints or ("chat completions",)
    return Finding(
        name if provider.listed else None,
        None if provider.listed else name,
        "used",
        "call",
        Location("src/a.py", line, 1),
        endpoint=None if endpoint is None else endpoints[endpoint % len(endpoints)],
        model=model,
        is_recipient=provider.role == "recipient",
    )


def drafted(findings: list[Finding]) -> Manifest:
    """The manifest that is drafted, with data that somebody said."""
    detection = Detection(1, (), offerings(findings), tuple(findings))
    usages: list[Any] = [{**one.fields, "data": ["public"]} for one in drafts(detection, registry().offerings)]
    text = json.dumps({"version": 1, "project": "p", "usages": usages})
    problems: list[Any] = []
    read = manifest_from(text.encode(), "vendorgate.yaml", problems)
    assert read is not None, problems
    return Manifest("p", None, read.written.usages, read.source, read.sha256, Whereabouts(path="vendorgate.yaml"))


NAMES = st.sampled_from(
    sorted(id for id, one in shipped_catalogue().providers.items() if one.role not in ("local", "gateway"))
)
FINDINGS = st.lists(
    st.builds(
        seen,
        NAMES,
        st.integers(1, 9),
        st.one_of(st.none(), st.integers(0, 30)),
        st.sampled_from([None, "m-1", "m-2"]),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=share(300))
@given(FINDINGS)
def test_what_is_drafted_of_code_differs_from_it_in_nothing(findings: list[Finding]) -> None:
    manifest = drafted(findings)
    question = Question(declarations([manifest]), shipped_catalogue(), DetectRules(), DAY, Geography())
    found = drift(Detection(1, (), offerings(findings), tuple(findings)), question).drift
    assert [(one.kind, one.message) for one in found] == []


@pytest.mark.parametrize("odd", ["m-*", "m-1 ", "m-\u200b1", "m-\uff11"])
def test_no_name_is_drafted_that_no_manifest_takes(odd: str) -> None:
    (usage,) = drafted([seen("openai-api", 1, 0, "m-1"), seen("openai-api", 2, 0, odd)]).usages
    assert usage.models == ("m-1",)
    (usage,) = drafted([seen("openai-api", 1, 0, odd)]).usages
    assert usage.models is UNSET
