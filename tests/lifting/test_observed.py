"""What lifts a result that rests on how an account is set up: one small world a row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.command import vendorgate
from tests.lifting.applying import RealGate
from tests.lifting.pasting import judged, proposal_for, text_of
from tests.lifting.test_cases import world
from tests.lifting.test_laws import answer
from tests.lifting.worlds import AS_OF, written
from vendorgate import Gate

Document = dict[str, Any]
FLAG = {"===": [{"var": "usage.settings.a"}, True]}
SEEN_FLAG = {"observed": "usage.settings.a"}
EEA = {"within": [{"var": "usage.region"}, "eea"]}
CLAIMED = {"settings": {"a": True}}
ATTESTED = {"attested": {"by": "ciso@example.org", "evidence": "console.png"}}
MUST = {"required": ["alpha"]}
READ = "`vendorgate observe alpha`"
OR_ATTEST = ", or where the vendor has no API for it `vendorgate observe attest alpha`"
WHOSE = "the account of alpha"


def observed(given: Document, *observations: Document, **rules: Any) -> Document:
    dated = [{"offering": "alpha", "observed": "2026-11-20", **one} for one in observations]
    return {**given, "observations": dated, "observing": rules}


CASES: dict[str, tuple[Document, list[list[str]]]] = {
    "an observed setting is changed at the vendor, whatever is claimed": (
        observed(world([FLAG], CLAIMED), {"settings": {"a": False}}),
        [[f"set `a` to true (now false) at the vendor for {WHOSE}, then {READ}"]],
    ),
    "what must be observed is observed": (
        observed(world([FLAG], CLAIMED), **MUST),
        [[f"have `a` of {WHOSE} observed, to be true: {READ}"]],
    ),
    "what must be observed and is claimed to be otherwise is changed first": (
        observed(world([FLAG], {"settings": {"a": False}}), **MUST),
        [[f"set `a` to true (now false) at the vendor for {WHOSE}, then {READ}"]],
    ),
    "what people attest is told of where it counts": (
        observed(world([FLAG]), **MUST, attested=True),
        [[f"have `a` of {WHOSE} observed, to be true: {READ}{OR_ATTEST}"]],
    ),
    "what a person attests is read where it does not count": (
        observed(world([FLAG]), {"settings": {"a": True}, **ATTESTED}, **MUST),
        [[f"have `a` of {WHOSE} observed, to be true: {READ}"]],
    ),
    "an observation that is too old leaves what is claimed to count": (
        observed(world([FLAG]), {"settings": {"a": False}, "observed": "2026-09-01"}),
        [["declare `settings.a`: true"]],
    ),
    "an observation of another field leaves what is claimed to count": (
        observed(world([FLAG]), {"settings": {"b": False}}),
        [["declare `settings.a`: true"]],
    ),
    "what is asked to be observed is observed as it is claimed": (
        observed(world([SEEN_FLAG], CLAIMED)),
        [[f"have `a` of {WHOSE} observed, to be true: {READ}"]],
    ),
    "an account that is pinned elsewhere is pinned anew": (
        observed(world([{"==": [{"var": "usage.region"}, "de"]}], {"region": "de"}), {"region": "us"}),
        [[f"set `region` to `de` (now `us`) at the vendor for {WHOSE}, then {READ}"]],
    ),
    "a feature that is on at the vendor is switched off there": (
        observed(world([{"!": {"in": ["web", {"var": "usage.features"}]}}]), {"features": ["web"]}),
        [[f"switch feature `web` off at the vendor for {WHOSE}, then {READ}"]],
    ),
    "an observed tier is raised at the vendor": (
        observed(world([{"==": [{"var": "usage.tier"}, "enterprise"]}], {"tier": "enterprise"}), {"tier": "free"}),
        [[f"set `tier` to `enterprise` (now `free`) at the vendor for {WHOSE}, then {READ}"]],
    ),
    "a model for which another value was read may do as well": (
        observed(
            world([FLAG], {"models": ["m-2"]}),
            {
                "settings": {"a": True},
                "scoped_settings": [{"scope": {"models": {"only": ["m-2"]}}, "settings": {"a": False}}],
            },
        ),
        [
            ["instead of model `m-2` use `m-1`"],
            [f"set `a` to true (now false) at the vendor for {WHOSE}, then {READ}"],
        ],
    ),
}


@pytest.mark.parametrize(("given", "expected"), CASES.values(), ids=CASES)
def test_repair(given: Document, expected: list[list[str]], tmp_path: Path) -> None:
    manifest, register = written(tmp_path, given)
    found = answer(tmp_path, "repair")
    assert [[change["words"] for change in one["changes"]] for one in found["repairs"]] == expected
    for one in found["repairs"]:
        RealGate(tmp_path, "u", AS_OF).assert_smallest(manifest, register, one["changes"])


def test_place_of_what_is_changed_at_the_vendor_is_in_its_observation(tmp_path: Path) -> None:
    written(tmp_path, observed(world([FLAG], CLAIMED), {"settings": {"a": False}}))
    (repair,) = answer(tmp_path, "repair")["repairs"]
    (change,) = repair["changes"]
    assert (change["kind"], change["location"]["path"]) == ("account", "policies/observations/alpha-read.yaml")


@pytest.mark.parametrize(
    "given",
    [
        observed(world([FLAG], CLAIMED), {"settings": {"a": False}}),
        observed(world([FLAG]), {"settings": {"a": False}}),
        observed(world([FLAG]), **MUST),
        observed(world([EEA]), {"region": "us"}),
        observed(world([SEEN_FLAG])),
    ],
)
def test_no_declaration_is_proposed_of_what_it_does_not_change(given: Document, tmp_path: Path) -> None:
    manifest, _ = written(tmp_path, given)
    found = judged(Gate(tmp_path / "policies", tmp_path / "registry"), text_of(manifest), AS_OF)
    assert found.verdict == "fail"
    assert proposal_for(found) is None


def test_what_is_left_to_declare_is_still_proposed(tmp_path: Path) -> None:
    manifest, _ = written(tmp_path, observed(world([FLAG, EEA]), {"settings": {"a": True}}))
    found = proposal_for(judged(Gate(tmp_path / "policies", tmp_path / "registry"), text_of(manifest), AS_OF))
    assert found is not None
    assert [one.field for one in found.declarations] == ["region"]


def test_what_is_done_at_the_vendor_is_not_written_into_a_manifest(tmp_path: Path) -> None:
    given = observed(world([FLAG, EEA], CLAIMED), {"settings": {"a": False}})
    written(tmp_path, given)
    before = (tmp_path / "vendorgate.yaml").read_bytes()
    inputs = ("--policies", "policies", "--registry", "registry", "--as-of", AS_OF.isoformat())
    ended = vendorgate("repair", "vendorgate.yaml", "--usage", "u", *inputs, "--write", folder=tmp_path)
    told = ended.stdout.partition("not written, because others sign or decide it")[2]
    assert f"set `a` to true (now false) at the vendor for {WHOSE}, then {READ}" in told
    assert (tmp_path / "vendorgate.yaml").read_bytes() == before
    assert ended.code == 1
