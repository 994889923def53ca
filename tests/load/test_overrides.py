"""How a bundle lets policies count: what becomes of them, what is told of it, and which entries are refused."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.command import vendorgate
from tests.commands.policy.bundles import policies, policy, run, write
from tests.world import AS_OF, OFFERING, SNAPSHOT, Part
from vendorgate import Gate, InputError
from vendorgate.errors import Problem
from vendorgate.frame.formats import FORMATS
from vendorgate.load.files import folder
from vendorgate.load.overrides import Counting
from vendorgate.load.policy_globs import check_globs
from vendorgate.logic.functions import matches_glob
from vendorgate.model.additions import PolicyOverride
from vendorgate.model.evaluation import Evaluation
from vendorgate.source import Source

NEVER: Part = {"title": "T", "require": [False]}
REASON = {"reason": "decided in POL-7"}


def written(folder: Path, overrides: Sequence[Part], **more: Part) -> Path:
    """A bundle of the policies `a`, `b-one` and `b-two`, which nobody meets."""
    entries = [{"id": id, **NEVER, **more.get(id.replace("-", "_"), {})} for id in ("a", "b-one", "b-two")]
    manifest = {"version": 1, "project": "p", "usages": [{"id": "u", "offering": "alpha", "data": ["public"]}]}
    files: Part = {
        "registry/snapshot.yaml": SNAPSHOT,
        "registry/offerings/alpha.yaml": {"id": "alpha", **OFFERING, "dimensions": {}},
        "policies/bundle.yaml": {"overrides": list(overrides), "optional_packs": ["extra"]},
        "policies/p.yaml": policies(*entries),
        "policies/extra/p.yaml": policies({"id": "extra-one", **NEVER}),
        "policies/agreements.yaml": {"version": 1, "agreements": []},
        "vendorgate.yaml": manifest,
    }
    return write(folder, files)


def judged(folder: Path, *overrides: Part, packs: Sequence[str] = (), **more: Part) -> Evaluation:
    written(folder, overrides, **more)
    gate = Gate(folder / "policies", folder / "registry", packs)
    return gate.check(folder / "vendorgate.yaml", as_of=AS_OF)


def severities(evaluation: Evaluation) -> dict[str, str]:
    return {result.policy.id: result.severity for result in evaluation.results}


def test_override_gives_policies_another_severity(tmp_path: Path) -> None:
    found = judged(tmp_path, {"policy": "b-*", "severity": "note", **REASON})
    assert severities(found) == {"a": "error", "b-one": "note", "b-two": "note"}
    assert [result.blocks for result in found.results] == [True, False, False]


def test_override_may_be_stricter_than_the_policy(tmp_path: Path) -> None:
    found = judged(tmp_path, {"policy": "a", "severity": "error", **REASON}, a={"severity": "note"})
    assert severities(found)["a"] == "error"


def test_override_gives_policies_another_day(tmp_path: Path) -> None:
    tomorrow = (AS_OF + datetime.timedelta(days=1)).isoformat()
    found = judged(tmp_path, {"policy": "b-one", "enforce_from": tomorrow, **REASON})
    assert severities(found) == {"a": "error", "b-one": "warning", "b-two": "error"}


def test_of_several_overrides_the_last_one_counts_alone(tmp_path: Path) -> None:
    first = {"policy": "*", "severity": "note", **REASON}
    second = {"policy": "b-one", "enforce_from": AS_OF.isoformat(), **REASON}
    assert severities(judged(tmp_path, first, second)) == {"a": "note", "b-one": "error", "b-two": "note"}
    assert severities(judged(tmp_path, second, first)) == {"a": "note", "b-one": "note", "b-two": "note"}


def test_policy_that_is_off_judges_nobody_and_is_named(tmp_path: Path) -> None:
    found = judged(tmp_path, {"policy": "b-*", "off": True, **REASON})
    assert list(severities(found)) == ["a"]
    told = [(one.severity, one.message, one.location) for one in found.notices if one.id == "policy-off"]
    assert [(severity, message) for severity, message, _ in told] == [
        ("note", "the policy `b-one` is off: decided in POL-7"),
        ("note", "the policy `b-two` is off: decided in POL-7"),
    ]
    assert {str(location) for _, _, location in told} == {f"{tmp_path}/policies/bundle.yaml:1:27"}


def test_entry_undoes_that_a_policy_is_off(tmp_path: Path) -> None:
    found = judged(tmp_path, {"policy": "*", "off": True, **REASON}, {"policy": "a", "off": False, **REASON})
    assert severities(found) == {"a": "error"}
    assert [one.message for one in found.notices if one.id == "policy-off"] == [
        "the policy `b-one` is off: decided in POL-7",
        "the policy `b-two` is off: decided in POL-7",
    ]


def test_policy_of_an_optional_pack_may_be_overridden_though_it_is_not_in_force(tmp_path: Path) -> None:
    entry = {"policy": "extra-*", "severity": "note", **REASON}
    assert "extra-one" not in severities(judged(tmp_path, entry))
    assert severities(judged(tmp_path, entry, packs=["extra"]))["extra-one"] == "note"


def test_unknown_that_is_open_stays_below_what_the_override_says(tmp_path: Path) -> None:
    more: Part = {"require": [{"covered": "hipaa_baa"}], "on_unknown": "warn", "severity": "note"}
    assert severities(judged(tmp_path, {"policy": "a", "severity": "error", **REASON}, a=more))["a"] == "warning"


@pytest.mark.parametrize(
    ("overrides", "mistakes"),
    {
        "nothing is said": (
            [{"policy": "a", **REASON}],
            [("nothing is said of `a`", "add `severity`, `enforce_from` or `off: true`, or take the entry out")],
        ),
        "off and a severity": (
            [{"policy": "a", "off": True, "severity": "note", **REASON}],
            [("`off: true` beside `severity`", "a policy that is off judges nobody: keep one of the two")],
        ),
        "off and a day": (
            [{"policy": "a", "off": True, "enforce_from": "2027-01-01", **REASON}],
            [("`off: true` beside `enforce_from`", "a policy that is off judges nobody: keep one of the two")],
        ),
        "no policy of that name": (
            [{"policy": "b-onn", "severity": "note", **REASON}],
            [("`b-onn` names no policy of the bundle", "did you mean `b-one`?")],
        ),
        "no policy that the glob fits": (
            [{"policy": "c-*", "off": True, **REASON}],
            [("`c-*` names no policy of the bundle", "known: `a`, `b-one`, `b-two`, `extra-one`")],
        ),
        "all are off": (
            [{"policy": "a", "off": True, **REASON}, {"policy": "b-*", "off": True, **REASON}],
            [
                (
                    "every policy of the bundle is off",
                    "a bundle that asks nothing of anybody judges nobody: leave on what is to judge",
                )
            ],
        ),
        "a reason that nobody sees": (
            [{"policy": "a", "off": True, "reason": " \u200b"}],
            [("a blank text", "write something")],
        ),
        "no reason": (
            [{"policy": "a", "off": True}],
            [("`reason` is missing", "add `reason`, a text")],
        ),
    }.values(),
)
def test_override_that_would_do_something_else_than_it_says_is_refused(
    overrides: list[Part], mistakes: list[tuple[str, str]], tmp_path: Path
) -> None:
    with pytest.raises(InputError) as refused:
        judged(tmp_path, *overrides)
    assert [(one.title, one.help) for one in refused.value.problems] == mistakes


def test_policies_that_are_off_are_tested_and_linted_all_the_same(tmp_path: Path) -> None:
    entries = policies(policy(), policy("vague", require=[True], tests=None))
    plain = {"p.yaml": entries}
    off = {"bundle.yaml": {"overrides": [{"policy": "vague", "off": True, **REASON}]}, "p.yaml": entries}
    for command in ("lint", "test"):
        ends = [run(command, ".", folder=write(tmp_path / name, files)) for name, files in (("a", plain), ("b", off))]
        assert ends[0].stdout == ends[1].stdout
        assert "vague" in ends[0].stdout or command == "test"


def test_every_format_names_what_is_off(tmp_path: Path) -> None:
    written(tmp_path, [{"policy": "a", "off": True, **REASON}])
    for format in FORMATS.keys() - {"xlsx"}:
        arguments = ("--registry", "registry", "--as-of", AS_OF.isoformat(), "--format", format)
        assert "decided in POL-7" in vendorgate("check", *arguments, folder=tmp_path).stdout, format


GLOBS = st.lists(st.sampled_from(["a", "b", "a*", "*", "*b", "?", "none"]), max_size=6)
IDS = st.frozensets(st.sampled_from(["a", "b", "ab", "c", "abb"]), max_size=4)


@given(GLOBS, IDS)
def test_last_entry_that_fits_counts_as_if_each_were_asked(globs: list[str], ids: frozenset[str]) -> None:
    counting = Counting([PolicyOverride(policy=glob, reason="r", severity="note") for glob in globs])
    for id in ids:
        fitting = [index for index, glob in enumerate(globs) if matches_glob(id, glob)]
        assert counting.last_fitting(id) == (fitting[-1] if fitting else None)


@given(GLOBS, IDS)
def test_globs_that_name_nothing_are_those_that_fit_no_policy(globs: list[str], ids: frozenset[str]) -> None:
    problems: list[Problem] = []
    places = [(glob, ("overrides", index, "policy")) for index, glob in enumerate(globs)]
    with tempfile.TemporaryDirectory() as empty:
        check_globs(places, Source("b.yaml", "", lambda text: None), ids, folder(empty), problems)
    unmet = [glob for glob in globs if not any(matches_glob(id, glob) for id in ids)]
    assert [one.title for one in problems] == [f"`{glob}` names no policy of the bundle" for glob in unmet]
