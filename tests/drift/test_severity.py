"""How much differences matter, which block, and that nobody gets rid of an error by declaring less."""

from __future__ import annotations

from typing import Any

import pytest

from tests.drift.world import held, manifest, rules, seen, usage
from vendorgate.model.detect import DRIFT_KINDS, severity_of
from vendorgate.model.vocabulary import FailOn

OPENAI = manifest(usage("openai-api", endpoints=["responses"]))
E, W, N, OFF = "error", "warning", "note", "off"


def test_everything_is_a_warning_but_what_is_not_seen() -> None:
    found = {kind: severity_of(kind, {}) for kind in DRIFT_KINDS}
    assert found.pop("declared-not-found") == N
    assert set(found.values()) == {W}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ({"undeclared-offering": E}, {"undeclared-offering": E, "route-mismatch": E, "not-in-a-project": E}),
        ({"undeclared-offering": E}, {"undeclared-recipient": E, "undeclared-endpoint": W, "declared-not-found": N}),
        ({"undeclared-offering": E, "route-mismatch": N}, {"route-mismatch": N, "not-in-a-project": E}),
        ({"undeclared-endpoint": E}, {"undeclared-offering": E, "not-in-a-project": E, "undeclared-model": W}),
        ({"setting-mismatch": E, "undeclared-offering": W}, {"undeclared-offering": W, "route-mismatch": W}),
        ({"undeclared-model": OFF}, {"undeclared-model": OFF, "undeclared-offering": W}),
        ({"undeclared-offering": OFF}, {"undeclared-offering": OFF, "not-in-a-project": OFF, "undeclared-model": W}),
        ({"declared-not-found": E}, {"declared-not-found": E, "undeclared-offering": W}),
    ],
)
def test_what_is_not_named_is_as_severe_as_what_it_would_hide(written: Any, expected: Any) -> None:
    assert {kind: severity_of(kind, written) for kind in expected} == expected


@pytest.mark.parametrize(
    ("severity", "fail_on", "blocks"),
    [(E, E, True), (W, E, False), (W, W, True), (N, W, False), (N, N, True), (E, "never", False)],
)
def test_what_reaches_the_threshold_blocks(severity: str, fail_on: FailOn, blocks: bool) -> None:
    by = rules(severity={"undeclared-endpoint": severity})
    (found,) = held([seen("openai-api", endpoint="files")], OPENAI, by=by, fail_on=fail_on).drift
    assert (found.severity, found.blocks) == (severity, blocks)


def test_kind_that_is_off_is_named_with_how_much_it_would_tell() -> None:
    by = rules(severity={"undeclared-endpoint": OFF})
    code = [seen("openai-api", endpoint="files"), seen("openai-api", "b.py:1", endpoint="batches")]
    found = held(code, OPENAI, by=by)
    assert found.drift == ()
    assert [(one.id, one.severity) for one in found.notices] == [("drift-off", N)]
    assert "undeclared-endpoint is off" in found.notices[0].message
    assert "2 places" in found.notices[0].message
    assert held([seen("openai-api", endpoint="responses")], OPENAI, by=by).notices == ()


def test_host_that_nobody_can_tell_is_a_note_where_something_declared_could_be_it() -> None:
    by = rules(severity={"undeclared-offering": E})
    (found,) = held([seen("openai-compatible")], OPENAI, by=by).drift
    assert (found.severity, found.blocks) == (N, False)
    (found, *_) = held([seen("openai-compatible")], manifest(usage("assistant")), by=by).drift
    assert (found.severity, found.blocks) == (E, True)


def test_taking_the_usage_out_does_not_turn_an_error_into_a_warning() -> None:
    by = rules(severity={"undeclared-endpoint": E})
    code = [seen("openai-api", endpoint="files")]
    assert any(one.blocks for one in held(code, OPENAI, by=by).drift)
    assert any(one.blocks for one in held(code, manifest(), by=by).drift)
    assert any(one.blocks for one in held(code, manifest(usage("azure-openai")), by=by).drift)
    assert any(one.blocks for one in held(code, by=by).drift)
