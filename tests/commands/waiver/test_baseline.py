"""`vendorgate waiver add --all` waives what blocks, each result by itself, and nothing that blocks otherwise."""

from __future__ import annotations

import datetime
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from tests.command import Ended, vendorgate
from tests.commands.plan.worlds import START, Part, worlds
from tests.commands.plan.worlds import write as write_world
from tests.commands.waiver.folder import FILES, INPUTS, NO, WAIVERS, check, write
from tests.thoroughness import share
from tests.world import elsewhere
from vendorgate import InputError
from vendorgate.commands.waiver.baseline import baseline
from vendorgate.commands.waiver.entries import plain
from vendorgate.commands.waiver.permission import Permission, judged_with, key
from vendorgate.evaluate.fingerprint import fingerprint
from vendorgate.model.evaluation import Evaluation
from vendorgate.model.result import Result

WORDS = ("--reason", "adopted in November", "--approved-by", "ciso@example.org", "--expires", "2026-12-31")
BUNDLE = "policies/bundle.yaml"


def add_all(folder: Path, *more: str, manifests: tuple[str, ...] = ("vendorgate.yaml",)) -> Ended:
    return vendorgate("waiver", "add", *manifests, "--all", *WORDS, *INPUTS, *more, folder=folder)


def blocking(folder: Path) -> set[tuple[str, str, str]]:
    return {(one["policy"], one["usage"], one["offering"]) for one in check(folder)["results"] if one["blocks"]}


def usage(id: str, offering: str, *data: str, **more: Any) -> Part:
    return {"id": id, "offering": offering, "data": [*data] or ["public"], **more}


def manifest(project: str, *usages: Part) -> Part:
    return {"version": 1, "project": project, "owner": "team@example.org", "usages": [*usages]}


def test_all_that_blocks_is_waived_each_by_an_entry_of_its_own(tmp_path: Path) -> None:
    write(tmp_path)
    ended = add_all(tmp_path, "--ticket", "SEC-1")
    assert ended.code == 0, ended.stderr
    assert blocking(tmp_path) == set()
    assert check(tmp_path)["summary"]["waived"] == 3
    text = (tmp_path / WAIVERS).read_text("utf-8")
    assert text.count("    fingerprint: sha256:") == text.count("    ticket: SEC-1\n") == text.count("- policy: ") == 3
    assert "*" not in text
    assert ended.stdout == (
        "waived until 2026-12-31 by ciso@example.org:\n"
        "   needs-baa for usage `notes` on alpha, project `demo`\n"
        "   needs-baa for usage `notes` (fallback) on beta, project `demo`\n"
        "   needs-baa for usage `other` on alpha, project `demo`\n"
        "added to policies/waivers.yaml: 3 waivers\n"
        "waived now: 3 results; 3 blocking before, 0 now\n"
    )


def test_second_time_writes_nothing(tmp_path: Path) -> None:
    write(tmp_path)
    add_all(tmp_path)
    before = (tmp_path / WAIVERS).read_bytes()
    ended = add_all(tmp_path)
    assert ended.code == 0
    assert ended.stdout == (
        "nothing blocks, so there is nothing to waive\nwaived now: 0 results; 0 blocking before, 0 now\n"
    )
    assert (tmp_path / WAIVERS).read_bytes() == before


def test_what_is_waived_already_gets_no_second_waiver_and_no_byte_of_the_file_changes(tmp_path: Path) -> None:
    entry = b"- {policy: needs-baa, usage: 'notes', reason: r, approved_by: a, expires: 2027-01-01} # why"
    before = b"\xef\xbb\xbfversion: 1\r\nwaivers:\r\n" + entry + b"\r\n"
    write(tmp_path, **{WAIVERS: before})
    ended = add_all(tmp_path)
    assert ended.code == 0
    after = (tmp_path / WAIVERS).read_bytes()
    assert after.startswith(before)
    assert after.count(b"policy: needs-baa") == 2
    assert b"usage: other" in after[len(before) :]


def test_dry_run_prints_the_entries_and_writes_nothing(tmp_path: Path) -> None:
    write(tmp_path)
    ended = add_all(tmp_path, "--dry-run")
    assert ended.code == 0
    assert not (tmp_path / WAIVERS).exists()
    assert ended.stdout.count("- policy: needs-baa\n") == 3
    assert ended.stderr.endswith("nothing is written; for policies/waivers.yaml:\n")
    entries = "".join(f"  {line}\n" for line in ended.stdout.splitlines())
    write(tmp_path, **{WAIVERS: f"version: 1\nwaivers:\n{entries}"})
    assert blocking(tmp_path) == set()


def test_route_is_named_by_its_account_and_an_unlisted_vendor_whole(tmp_path: Path) -> None:
    routes = [{"offering": "alpha", "account": "eu"}, {"offering": "unlisted", "vendor": "Acme Cloud"}]
    write(tmp_path, **{"vendorgate.yaml": manifest("demo", usage("notes", "alpha", "phi", fallbacks=routes))})
    assert add_all(tmp_path).code == 0
    assert blocking(tmp_path) == set()
    text = (tmp_path / WAIVERS).read_text("utf-8")
    assert text.count("    account: eu\n") == text.count("    vendor: Acme Cloud\n") == 1
    routes[1]["vendor"] = "Acme Clouds"
    write(tmp_path, **{"vendorgate.yaml": manifest("demo", usage("notes", "alpha", "phi", fallbacks=routes))})
    (tmp_path / WAIVERS).write_text(text, "utf-8")
    assert blocking(tmp_path) == {("needs-baa", "notes", "unlisted")}


def test_folders_and_globs_are_waived_at_once(tmp_path: Path) -> None:
    one, two = (manifest(name, usage("notes", "alpha")) for name in ("one", "two"))
    write(tmp_path, **{"a/vendorgate.yaml": one, "b/deep/vendorgate.yaml": two, "vendorgate.yaml": None})
    ended = add_all(tmp_path, manifests=("a", "b/**"))
    assert ended.code == 0, ended.stderr
    assert "project: one\n" in (tmp_path / WAIVERS).read_text("utf-8")
    assert "   needs-baa for usage `notes` on alpha, project `two` (b/deep/vendorgate.yaml)\n" in ended.stdout
    assert "2 blocking before, 0 now\n" in ended.stdout


def test_same_finding_of_one_project_in_two_manifests_has_one_waiver(tmp_path: Path) -> None:
    same = manifest("one", usage("notes", "alpha"))
    write(tmp_path, **{"a/vendorgate.yaml": same, "b/vendorgate.yaml": same, "vendorgate.yaml": None})
    ended = add_all(tmp_path, manifests=("a", "b"))
    assert ended.code == 0
    assert ended.stdout.endswith("1 waiver\nwaived now: 2 results; 2 blocking before, 0 now\n")


RULES: dict[str, tuple[Part, str]] = {
    "max_days": ({"max_days": 30}, "it runs for 38 more days, and the bundle allows 30"),
    "require_ticket": ({"require_ticket": True}, "it has no ticket, and the bundle demands one"),
    "forbid_policies": ({"forbid_policies": ["needs-*"]}, "the bundle forbids waivers of `needs-baa` (`needs-*`)"),
}


@pytest.mark.parametrize(("rules", "told"), RULES.values(), ids=RULES)
@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_what_a_rule_of_the_bundle_voids_is_named_and_goes_on_blocking(
    rules: Part, told: str, more: tuple[str, ...], tmp_path: Path
) -> None:
    write(tmp_path, **{BUNDLE: {"waivers": rules}})
    ended = add_all(tmp_path, *more)
    assert ended.code == 1
    assert f"not waived, since it would be void: {told}" in (ended.stderr if more else ended.stdout)
    assert not (tmp_path / WAIVERS).exists()
    assert len(blocking(tmp_path)) == 3


def test_others_are_waived_all_the_same(tmp_path: Path) -> None:
    rules = {"waivers": {"forbid_policies": ["no-pci"]}}
    pci = manifest("demo", usage("notes", "alpha", "pci"))
    write(tmp_path, **{BUNDLE: rules, "vendorgate.yaml": pci})
    ended = add_all(tmp_path)
    assert ended.code == 1
    assert blocking(tmp_path) == {("no-pci", "notes", "alpha")}
    assert ended.stdout == (
        "waived until 2026-12-31 by ciso@example.org:\n"
        "   needs-baa for usage `notes` on alpha, project `demo`\n"
        "   only-pci for usage `notes` on alpha, project `demo`\n"
        "not waived, since it would be void: the bundle forbids waivers of `no-pci` (`no-pci`);"
        " mend the usage, or have the bundle allow it\n"
        "   no-pci for usage `notes` on alpha, project `demo`\n"
        "added to policies/waivers.yaml: 2 waivers\n"
        "waived now: 2 results; 3 blocking before, 1 now\n"
    )


def test_owner_waives_nothing_of_the_own_project_and_others_of_another(tmp_path: Path) -> None:
    mine = {**manifest("mine", usage("notes", "alpha")), "owner": "ciso@example.org"}
    files = {"a/vendorgate.yaml": mine, "b/vendorgate.yaml": manifest("theirs", usage("notes", "alpha"))}
    write(tmp_path, **{BUNDLE: {"waivers": {"forbid_self_approval": True}}, **files, "vendorgate.yaml": None})
    ended = add_all(tmp_path, manifests=("a", "b"))
    assert ended.code == 1
    assert "void: ciso@example.org approved it and owns project `mine`" in ended.stdout
    assert ended.stdout.endswith("2 blocking before, 1 now\n")


def test_project_that_nobody_binds_gets_no_waiver(tmp_path: Path) -> None:
    projects = [{"project": "demo", "paths": ["elsewhere/**"]}]
    write(tmp_path, **{BUNDLE: {"projects": projects}})
    ended = add_all(tmp_path)
    assert ended.code == 1
    assert "void: no entry of `projects` in bundle.yaml binds project `demo`; " in ended.stdout
    assert not (tmp_path / WAIVERS).exists()


def test_what_does_not_block_is_not_waived(tmp_path: Path) -> None:
    rules = json.loads(json.dumps(FILES["policies/rules.yaml"]))
    rules["policies"][0]["severity"] = "warning"
    write(tmp_path, **{"policies/rules.yaml": rules})
    assert add_all(tmp_path).stdout.startswith("nothing blocks")
    assert not (tmp_path / WAIVERS).exists()
    ended = add_all(tmp_path, "--fail-on", "warning")
    assert ended.stdout.endswith("3 blocking before, 0 now\n")


def test_bundle_that_only_reports_can_have_its_baseline_before_it_blocks(tmp_path: Path) -> None:
    write(tmp_path, **{BUNDLE: {"fail_on": "never"}})
    ended = add_all(tmp_path)
    assert ended.code == 0
    assert ended.stdout.startswith("nothing blocks, because the bundle's fail_on is never; ")
    assert "--fail-on error" in ended.stdout
    assert add_all(tmp_path, "--fail-on", "error").code == 0
    write(tmp_path, **{WAIVERS: (tmp_path / WAIVERS).read_bytes()})
    assert blocking(tmp_path) == set()


def test_new_finding_of_another_kind_still_blocks(tmp_path: Path) -> None:
    write(tmp_path)
    add_all(tmp_path)
    waivers = (tmp_path / WAIVERS).read_bytes()
    notes = usage("notes", "alpha", "phi", "pci", fallbacks=["beta", "gamma"])
    more = usage("third", "beta", "phi")
    write(tmp_path, **{WAIVERS: waivers, "vendorgate.yaml": manifest("demo", notes, usage("other", "alpha"), more)})
    pci = {(policy, "notes", offering) for policy in ("no-pci", "only-pci") for offering in ("alpha", "beta", "gamma")}
    assert blocking(tmp_path) == {*pci, ("needs-baa", "third", "beta")}
    unclear = {"id": "alpha", **FILES["registry/offerings/alpha.yaml"]}
    unclear["dimensions"] = {"hipaa_baa": {**NO, "value": "unclear"}}
    write(tmp_path, **{WAIVERS: waivers, "registry/offerings/alpha.yaml": unclear})
    assert blocking(tmp_path) == {("needs-baa", "notes", "alpha"), ("needs-baa", "other", "alpha")}


REFUSED: dict[str, tuple[tuple[str, ...], Part, str]] = {
    "all and something of it": (("--policy", "needs-baa", "--usage", "notes"), {}, "--usage with --all"),
    "day that is over": (("--expires", "2026-11-22"), {}, "ends on 2026-11-22, before the day to judge by"),
    "threshold that is laxer": (("--fail-on", "never"), {}, "is laxer than the bundle's fail_on: error"),
    "manifest with a mistake": ((), {"vendorgate.yaml": "version: 1\nproject: [x]\n"}, "vendorgate.yaml:2"),
    "waivers with a mistake": ((), {WAIVERS: "version: 1\nwaivers: [{}]\n"}, "`reason` is missing"),
}


@pytest.mark.parametrize(("words", "files", "told"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_judged_or_meant_is_refused(
    words: tuple[str, ...], files: Part, told: str, tmp_path: Path
) -> None:
    write(tmp_path, **{"good/vendorgate.yaml": manifest("good", usage("notes", "alpha")), **files})
    before = (tmp_path / WAIVERS).read_bytes() if WAIVERS in files else None
    ended = add_all(tmp_path, *words, manifests=("vendorgate.yaml", "good"))
    assert (ended.code, ended.stdout) == (2, "")
    assert told in ended.stderr
    assert ((tmp_path / WAIVERS).read_bytes() if (tmp_path / WAIVERS).exists() else None) == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("vendorgate.yaml",), "neither --policy nor --all"),
        (("a", "b", "--policy", "needs-baa"), "2 manifests, and a waiver of one policy is for one"),
        (("--policy", "needs-baa", "--fail-on", "error"), "--fail-on without --all"),
    ],
)
def test_what_only_a_waiver_of_all_has_is_refused_elsewhere(words: tuple[str, ...], told: str, tmp_path: Path) -> None:
    ended = vendorgate("waiver", "add", *words, *WORDS, *INPUTS, folder=write(tmp_path))
    assert (ended.code, ended.stdout) == (2, "")
    assert told in ended.stderr


# The law: whatever changes, what a baseline waives is what blocked when it was given.


def judged(folder: Path, files: Part) -> Evaluation:
    return write_world(folder, files).check(folder / "vendorgate.yaml", as_of=START)


def finding(result: Result) -> tuple[object, ...]:
    return (*key(result)[1:], fingerprint(result.policy, result.subject, result.requirements))


@settings(max_examples=share(100), suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(worlds(), worlds(), st.data())
def test_whatever_changes_a_baseline_waives_only_what_blocked(first: Part, second: Part, data: st.DataObject) -> None:
    both = {**second, **first, "registry/offerings/elsewhere.yaml": elsewhere(first, second)}
    names = sorted(name for name in second if name != "registry/offerings/elsewhere.yaml")
    changed = {**both, **{name: second[name] for name in data.draw(st.sets(st.sampled_from(names)))}}
    permission = Permission("r", "a", START + datetime.timedelta(days=5), "T-1")
    with tempfile.TemporaryDirectory() as folder:
        try:
            before, bare = judged(Path(folder, "one"), both), judged(Path(folder, "two"), changed)
        except InputError:
            assume(False)
        found = baseline(before, permission)
        now = judged_with(before, found.entries)
        own = changed.get("policies/waivers.yaml", {"version": 1, "waivers": []})["waivers"]
        waivers = [*own, *(json.loads(json.dumps(plain(entry), default=str)) for entry in found.entries)]
        after = judged(Path(folder, "three"), {**changed, "policies/waivers.yaml": {"version": 1, "waivers": waivers}})
    left = {key(one) for _, results in found.left for one in results}
    assert {key(one) for one in now.results if one.blocks} == left
    blocked = {finding(one) for one in before.results if one.blocks}
    newly = [one for one, was in zip(after.results, bare.results, strict=True) if one.waiver and not was.waiver]
    event(f"{'some' if newly else 'none'} waived after the change, {'some' if left else 'none'} left")
    for one, was in zip(after.results, bare.results, strict=True):
        if one.waiver is None or was.waiver is not None:
            assert one.blocks == was.blocks
        else:
            assert finding(was) in blocked
