"""Whether a report is what a check says of its inputs: byte for byte, and if not, what stands in the way."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.command import ROOT, Ended, process, vendorgate
from tests.commands.impact.sides import WORLD
from tests.commands.review.repository import AUDITED, BAA, cell, manifest, offering, policies, usage
from tests.documents import TEXT
from tests.golden.cast import CAST
from tests.golden.replayed import verify as of_the_cast
from tests.thoroughness import share
from vendorgate.archive import report_file

DAY = "2026-11-23"
M = "vendorgate.yaml"
WAIVER = {"policy": "*", "usage": "w", "reason": "r", "approved_by": "a", "expires": "2026-12-01"}
Report = dict[str, Any]


class Kept:
    """A project whose report was kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        waivers = {"version": 1, "waivers": [WAIVER, {**WAIVER, "usage": "nobody"}]}
        self.write({**WORLD, "policies/waivers.yaml": waivers})
        self.write(
            {M: manifest(usage("u", "beta"), usage("v", "gamma", "public"), usage("w", "beta", fallbacks=["alpha"]))}
        )
        self.report = folder / "report.json"
        self.keep()

    def write(self, files: Mapping[str, Any]) -> None:
        for name, value in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(value), encoding="utf-8")

    def keep(self, *arguments: str) -> None:
        """Check, and keep the report."""
        inputs = ("--registry", "registry", "--as-of", DAY, "--format", "json")
        ended = vendorgate("check", *inputs, *arguments, folder=self.folder)
        assert ended.code in (0, 1), ended.stderr
        self.report.write_text(ended.stdout, encoding="utf-8")

    def edit(self, change: Callable[[Report], object]) -> None:
        """Change what the report says, in the form in which vendorgate writes it."""
        report = json.loads(self.report.read_text(encoding="utf-8"))
        change(report)
        self.report.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")

    def verify(self, *arguments: str) -> Ended:
        return vendorgate("verify", "report.json", "--registry", "registry", *arguments, folder=self.folder)

    def said(self, *arguments: str) -> Report:
        """What it says as JSON; it must have checked."""
        ended = self.verify("--format", "json", *arguments)
        assert ended.code in (0, 1), ended.stderr
        found: Report = json.loads(ended.stdout)
        assert found["holds"] == (found["outcome"] == "holds")
        return found


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path)


def outline(found: Report) -> list[tuple[Any, ...]]:
    return [(one["what"], one["field"], one["recorded"], one["found"]) for one in found["divergences"]]


def test_report_that_is_as_it_was_holds(kept: Kept) -> None:
    ended = kept.verify()
    assert ended.code == 0
    first, note = ended.stdout.splitlines()
    assert first == f"holds: report.json: byte for byte what vendorgate 0.1.0 says of these inputs as of {DAY}"
    assert note.startswith("  = note: the report's own word, which no input confirms: ")
    assert kept.said()["divergences"] == []


@pytest.mark.parametrize("project", sorted(path.parent.name for path in ROOT.glob("examples/*/vendorgate.yaml")))
@pytest.mark.parametrize("day", ["2026-11-24", "2027-06-30"])
def test_report_of_every_example_holds_with_what_comes_with_vendorgate(project: str, day: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples" / project, tmp_path, dirs_exist_ok=True)
    ended = vendorgate("check", "--as-of", day, "--format", "json", folder=tmp_path)
    (tmp_path / "report.json").write_text(ended.stdout, encoding="utf-8")
    assert vendorgate("verify", "report.json", folder=tmp_path).code == 0


def test_report_of_hostile_inputs_holds(tmp_path: Path) -> None:
    inputs = ("--policies", "policies", "--registry", "registry")
    ended = vendorgate("check", *inputs, "--as-of", DAY, "--format", "json", folder=CAST)
    (tmp_path / "report.json").write_text(ended.stdout, encoding="utf-8")
    assert vendorgate("verify", str(tmp_path / "report.json"), *inputs, folder=CAST).code == 0


def test_day_of_the_run_does_not_matter(kept: Kept) -> None:
    # The report names the day, and no option could name another.
    ended = kept.verify("--as-of", "2030-01-01")
    assert ended.code == 2
    assert "--as-of" in ended.stderr


def flip(report: Report) -> None:
    report["results"][0]["outcome"] = "pass"


def consistently(report: Report) -> None:
    for one in report["results"]:
        one["blocks"] = False
    report["summary"]["blocking"] = 0
    report["verdict"] = "pass"


def take_out(report: Report) -> None:
    del report["results"][0]


def turn_round(report: Report) -> None:
    report["results"].reverse()


def say_otherwise(report: Report) -> None:
    report["notices"][0]["message"] = "all is well"


def mean_one_for_true(report: Report) -> None:
    report["results"][0]["requirements"][0]["expression"] = {"covered": True}


TAMPERED: Mapping[str, tuple[Callable[[Report], object], tuple[Any, ...]]] = {
    "an outcome": (flip, ("result", "outcome", "pass", "fail")),
    "a verdict": (lambda report: report.update(verdict="pass"), ("verdict", "", "pass", "fail")),
    "all that blocks": (consistently, ("verdict", "", "pass", "fail")),
    "a count": (lambda report: report["summary"].update(fail=0), ("summary", "fail", 0, 2)),
    "a result less": (take_out, ("result", "", None, "fail")),
    "a result twice": (
        lambda report: report["results"].append(report["results"][-1]),
        ("order", "[8]", "vendorgate.yaml w fallback alpha audited", None),
    ),
    "another order": (
        turn_round,
        (
            *("order", "[0]", "vendorgate.yaml w fallback alpha audited"),
            "vendorgate.yaml u primary beta phi-needs-baa",
        ),
    ),
    "a citation": (
        lambda report: report["results"][0]["evidence"][0].update(verified="2020-01-01"),
        ("result", "evidence[0].verified", "2020-01-01", "2026-11-01"),
    ),
    "an expression": (mean_one_for_true, ("result", "requirements[0].expression.covered", True, "hipaa_baa")),
    "a waiver": (
        lambda report: report["results"][4]["waiver"].update(approved_by="me"),
        ("result", "waiver.approved_by", "me", "a"),
    ),
    "an inventory": (
        lambda report: report["usages"][0].update(region="us"),
        ("usage", "region", "us", None),
    ),
    "a usage less": (lambda report: report["usages"].pop(), ("usage", "", "u, v", "u, v, w")),
    "a notice": (say_otherwise, ("notice", "", "note: all is well", None)),
    "a notice less": (lambda report: report["notices"].pop(), ("notice", "policies/waivers.yaml:1:120")),
    "what counts as an agreement": (
        lambda report: report["inputs"].update(agreements="register"),
        ("agreements", "", "register", "self-declared"),
    ),
}


@pytest.mark.parametrize(("change", "first"), TAMPERED.values(), ids=TAMPERED)
def test_report_that_somebody_changed_does_not_hold(
    change: Callable[[Report], object], first: tuple[Any, ...], kept: Kept
) -> None:
    kept.edit(change)
    found = kept.said()
    assert found["outcome"] == "differs"
    assert outline(found)[0][: len(first)] == first
    ended = kept.verify()
    assert ended.code == 1
    assert ended.stdout.startswith("does not hold: report.json: of the same inputs")


LEAVES = st.one_of(st.booleans(), st.integers(0, 3), st.sampled_from(["pass", "fail", "note", "x"]), st.none())


OF_THE_RUN = [("as_of_given",)]
"""Whether somebody named the day is nothing that inputs tell."""


@pytest.mark.parametrize(("given", "words"), [(True, "somebody"), (False, "nobody")])
def test_who_chose_the_day_is_said_to_be_the_word_of_the_report(given: bool, words: str, tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    text = re.sub('"as_of_given": (true|false)', f'"as_of_given": {str(given).lower()}', kept.report.read_text("utf-8"))
    kept.report.write_text(text, "utf-8")
    ended = kept.verify()
    assert ended.code == 0
    assert f"which no input confirms: that {words} chose the day, that no repository was known" in ended.stdout
    assert json.loads(kept.verify("--format", "json").stdout)["taken_from_report"][1] == "as_of_given"


@pytest.fixture(scope="module")
def changing(tmp_path_factory: pytest.TempPathFactory) -> tuple[Kept, bytes]:
    """A project whose report every example of a law writes anew, and what the report was."""
    kept = Kept(tmp_path_factory.mktemp("kept"))
    return kept, kept.report.read_bytes()


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place of a report that holds no list or object with anything in it."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [one for key, inner in pairs for one in leaves(inner, (*path, key))] or [path]


@settings(max_examples=share(300), deadline=None)
@given(data=st.data())
def test_whatever_somebody_changes_is_found(data: st.DataObject, changing: tuple[Kept, bytes]) -> None:
    kept, before = changing
    report = json.loads(before)
    *path, last = data.draw(st.sampled_from([place for place in leaves(report) if place not in OF_THE_RUN]))
    place = report
    for step in path:
        place = place[step]
    place[last] = data.draw(LEAVES)
    changed = (json.dumps(report, indent=2) + "\n").encode()
    kept.report.write_bytes(changed)
    assert (kept.verify().code == 0) == (changed == before)


@settings(max_examples=share(200), deadline=None)
@given(data=st.data())
def test_whatever_byte_changes_is_found_and_does_no_harm(data: st.DataObject, changing: tuple[Kept, bytes]) -> None:
    kept, before = changing
    place = data.draw(st.integers(0, len(before) - 1))
    other = data.draw(st.sampled_from([b"", b'"', b"}", b"0", b"\\", b"\xff", b"\n", b" ", b"e", b"\x00"]))
    changed = before[:place] + other + before[place + 1 :]
    kept.report.write_bytes(changed)
    ended = kept.verify()
    assert ended.code in ((0,) if changed == before else (1, 2))
    assert bool(ended.stdout) == (ended.code < 2)


FORMS: Mapping[str, Callable[[bytes], bytes]] = {
    "with other spacing": lambda data: json.dumps(json.loads(data)).encode(),
    "with other spacing, ": lambda data: data + b"\n",
    "with a byte-order mark": lambda data: b"\xef\xbb\xbf" + data,
    "with CRLF": lambda data: data.replace(b"\n", b"\r\n"),
    "escapes": lambda data: data.replace(b'"verdict"', b'"\\u0076erdict"'),
    "order of keys": lambda data: (json.dumps(json.loads(data), indent=2, sort_keys=True) + "\n").encode(),
}


@pytest.mark.parametrize(("words", "change"), FORMS.items(), ids=FORMS)
def test_report_that_was_written_anew_holds_but_for_its_form(
    words: str, change: Callable[[bytes], bytes], kept: Kept
) -> None:
    kept.report.write_bytes(change(kept.report.read_bytes()))
    ended = kept.verify()
    assert ended.code == 1
    assert ended.stdout.startswith("holds but for its form: report.json")
    assert words in ended.stdout
    assert [one["what"] for one in kept.said()["divergences"]] == ["form"]


def test_report_of_another_version_holds_but_for_that(kept: Kept) -> None:
    kept.edit(lambda report: report["tool"].update(version="0.0.9"))
    assert kept.verify().code == 1
    assert kept.verify("--any-version").code == 0
    found = kept.said("--any-version")
    assert (found["outcome"], outline(found)) == ("other-version", [("version", "version", "0.0.9", "0.1.0")])
    assert kept.verify().stdout.startswith("holds but for the version: report.json: vendorgate 0.1.0 says the same")


def test_another_version_excuses_nothing_else(kept: Kept) -> None:
    def change(report: Report) -> None:
        report["tool"]["version"] = "0.0.9"
        flip(report)

    kept.edit(change)
    ended = kept.verify("--any-version")
    assert ended.code == 1
    assert "made by vendorgate 0.0.9, whose rules may differ" in ended.stdout


def test_another_version_in_another_form_is_told_of_both(kept: Kept) -> None:
    kept.edit(lambda report: report["tool"].update(version="0.0.9"))
    kept.report.write_bytes(kept.report.read_bytes() + b"\n")
    found = kept.said("--any-version")
    assert (found["outcome"], [one["what"] for one in found["divergences"]]) == ("other-form", ["version", "form"])
    assert kept.verify("--any-version").code == 1


INPUTS: Mapping[str, tuple[Mapping[str, Any], str, str]] = {
    "manifest": ({M: manifest(usage("u", "alpha"))}, "manifest", "--manifest"),
    "policies": ({"policies/rules.yaml": policies(BAA, {**AUDITED, "title": "T"})}, "bundle", "--policies"),
    "waivers": ({"policies/waivers.yaml": {"version": 1, "waivers": []}}, "bundle", "--policies"),
    "registry": ({"registry/offerings/zeta.yaml": offering("zeta", hipaa_baa=cell())}, "registry", "--registry"),
}


@pytest.mark.parametrize(("files", "what", "option"), INPUTS.values(), ids=INPUTS)
def test_other_inputs_are_named_and_say_nothing_about_the_report(
    files: Mapping[str, Any], what: str, option: str, kept: Kept
) -> None:
    kept.write(files)
    found = kept.said()
    assert found["outcome"] == "other-inputs"
    assert outline(found)[0][:2] == (what, "sha256")
    ended = kept.verify()
    assert ended.code == 1
    assert ended.stdout.startswith("not reproduced: report.json: these are not the inputs of the report")
    assert f"name them: {option}" in ended.stdout


def test_other_inputs_that_are_not_valid_are_named_too(kept: Kept) -> None:
    digest = json.loads(kept.report.read_text(encoding="utf-8"))["inputs"]["manifests"][0]["sha256"]
    kept.write({M: manifest(usage("u", "zeta"))})
    ended = kept.verify()
    assert (ended.code, ended.stdout) == (2, "")
    assert "`zeta` is not an offering" in ended.stderr
    assert f"this is not the manifest of the report, whose SHA-256 is {digest}" in ended.stderr


def test_stricter_threshold_is_found_out(kept: Kept) -> None:
    kept.keep("--fail-on", "warning")
    found = kept.said()
    assert (found["outcome"], found["fail_on"]) == ("other-threshold", "warning")
    ended = kept.verify()
    assert ended.code == 1
    assert ended.stdout.startswith("holds with --fail-on warning: report.json")
    assert kept.verify("--fail-on", "warning").code == 0


def test_threshold_excuses_nothing_that_no_threshold_does(kept: Kept) -> None:
    kept.keep("--fail-on", "warning")
    kept.edit(lambda report: report["results"][0].update(blocks=False))
    found = kept.said()
    assert (found["outcome"], found["fail_on"]) == ("differs", None)


def test_only_stricter_thresholds_are_tried(kept: Kept) -> None:
    kept.write({"policies/bundle.yaml": {"fail_on": "warning"}})
    kept.keep()
    kept.edit(consistently)
    found = kept.said()
    assert (found["outcome"], found["fail_on"]) == ("differs", None)


def test_true_is_not_one(kept: Kept) -> None:
    rule = {"id": "p", "title": "T", "require": [{"==": [{"var": "usage.settings.n"}, 1]}]}
    kept.write({"policies/rules.yaml": policies(rule), M: manifest(usage("u", "beta", settings={"n": 2}))})
    kept.keep()
    text = kept.report.read_text(encoding="utf-8")
    assert len(re.findall(r"^ +1$", text, re.MULTILINE)) == 1
    kept.report.write_text(re.sub(r"^( +)1$", r"\1true", text, flags=re.MULTILINE), encoding="utf-8")
    found = kept.said()
    assert found["outcome"] == "differs"
    assert outline(found) == [("result", "requirements[0].expression.==[1]", True, 1)]


def test_laxer_threshold_than_the_bundles_is_refused(kept: Kept) -> None:
    ended = kept.verify("--fail-on", "never")
    assert ended.code == 2
    assert "laxer" in ended.stderr


def test_packs_that_the_report_was_made_with_are_found_out(kept: Kept) -> None:
    extra = {"id": "extra", "title": "T", "require": [{"covered": "hipaa_baa"}]}
    kept.write({"policies/bundle.yaml": {"optional_packs": ["more"]}, "policies/more/p.yaml": policies(extra)})
    kept.keep("--pack", "more")
    found = kept.said()
    assert (found["outcome"], found["packs"]) == ("other-inputs", ["more"])
    ended = kept.verify()
    assert "the report has policies of packs: give --pack more" in ended.stdout
    assert "--policies" not in ended.stdout
    assert kept.verify("--pack", "more").code == 0


def test_packs_of_the_library_are_found_out(tmp_path: Path) -> None:
    shutil.copy(ROOT / "examples" / "clinic" / M, tmp_path / M)
    ended = vendorgate("check", "--pack", "iso-42001-suppliers", "--as-of", DAY, "--format", "json", folder=tmp_path)
    (tmp_path / "report.json").write_text(ended.stdout, encoding="utf-8")
    said = vendorgate("verify", "report.json", folder=tmp_path)
    assert said.code == 1
    assert "give --pack iso-42001-suppliers" in said.stdout
    assert vendorgate("verify", "report.json", "--pack", "iso-42001-suppliers", folder=tmp_path).code == 0


def test_packs_in_another_order_are_found_out(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples" / "own-bundle", tmp_path, dirs_exist_ok=True)
    packs = ("--pack", "hipaa", "--pack", "baseline")
    ended = vendorgate("check", *packs, "--as-of", DAY, "--format", "json", folder=tmp_path)
    (tmp_path / "report.json").write_text(ended.stdout, encoding="utf-8")
    assert vendorgate("verify", "report.json", *packs, folder=tmp_path).code == 0
    said = vendorgate("verify", "report.json", "--pack", "baseline", "--pack", "hipaa", folder=tmp_path)
    assert said.code == 1
    assert "give them in that of then" in said.stdout


def test_manifest_elsewhere_is_judged_under_its_path_in_the_report(kept: Kept) -> None:
    (kept.folder / "kept").mkdir()
    (kept.folder / M).rename(kept.folder / "kept" / "then.yaml")
    assert "not here" in kept.verify().stderr
    assert kept.verify("--manifest", "kept/then.yaml").code == 0


def test_policies_elsewhere_hold_under_the_name_that_they_had(kept: Kept) -> None:
    assert "policies/waivers.yaml" in kept.report.read_text(encoding="utf-8")
    (kept.folder / "policies").rename(kept.folder / "archived")
    assert kept.verify("--policies", "archived").code == 0
    assert kept.verify("--policies", str(kept.folder / "archived")).code == 0


def test_places_in_files_of_the_bundle_hold_under_the_name_that_it_had(kept: Kept) -> None:
    entry = {"kind": "baa", "offerings": ["*"], "status": "executed", "signed": "2026-01-01", "reference": "L-1"}
    contract = {"value": "yes_contract", "agreement": "L-1", "verified": "2026-11-01"}
    overlay = {"extends": "gamma", "dimensions": {"hipaa_baa": contract}}
    kept.write({"policies/agreements.yaml": {"version": 1, "agreements": [entry]}})
    kept.write({"policies/offerings/gamma.yaml": overlay})
    kept.write({M: manifest(usage("u", "gamma", "phi"), usage("w", "beta"))})
    kept.keep()
    places = {
        one["location"]["path"]
        for result in json.loads(kept.report.read_text(encoding="utf-8"))["results"]
        for one in result["rests_on"]
        if one["from"] in ("register", "bundle")
    }
    assert places == {"policies/agreements.yaml", "policies/offerings/gamma.yaml", "policies/waivers.yaml"}
    (kept.folder / "policies").rename(kept.folder / "archived")
    assert kept.verify("--policies", str(kept.folder / "archived")).code == 0


def test_report_of_a_version_that_did_not_list_usages_or_say_what_results_rest_on_holds(kept: Kept) -> None:
    kept.edit(_of_another_version)
    assert [one["what"] for one in kept.said()["divergences"]] == ["version"]
    for change in TAKEN_OUT:
        kept.edit(change)
        said = kept.said()
        assert (said["outcome"], [one["what"] for one in said["divergences"]]) == ("other-version", ["version", "form"])
    assert said["divergences"][1]["recorded"] == "without the usages, what passes on claims alone, what results rest on"
    kept.keep()
    kept.edit(lambda report: report["results"][0].pop("rests_on"))
    assert [one["name"] for one in kept.said()["divergences"]] != []


def _of_another_version(report: dict[str, Any]) -> None:
    report["tool"]["version"] = "0.0.1"


def _before_claims_were_counted(report: dict[str, Any]) -> None:
    """Make a report one of a version that did not count claims or date evidence."""
    report["summary"].pop("on_claims_alone")
    for result in report["results"]:
        result.pop("on_claims_alone")
        for one in result["rests_on"]:
            one.pop("verified", None)
            one.pop("confidence", None)


TAKEN_OUT: Final = (
    _before_claims_were_counted,
    lambda report: [one.pop("rests_on") for one in report["results"]],
    lambda report: report.pop("usages"),
)
"""What a report of an earlier version does not have, the latest first."""


@pytest.mark.parametrize(
    ("change", "what"), [*zip(TAKEN_OUT, ("summary", "result", "usage"), strict=True)], ids=range(3)
)
def test_report_of_this_version_from_which_something_was_taken_out_does_not_hold(
    change: Any, what: str, kept: Kept
) -> None:
    kept.edit(change)
    said = kept.said()
    assert said["holds"] is False
    assert what in {one["what"] for one in said["divergences"]}


@pytest.mark.parametrize(
    "change",
    [
        lambda report: report["summary"].update(on_claims_alone=report["summary"]["on_claims_alone"] + 1),
        lambda report: report["results"][0].pop("on_claims_alone"),
        lambda report: report["results"][0].update(on_claims_alone=not report["results"][0]["on_claims_alone"]),
        lambda report: [one.pop("verified", None) for result in report["results"] for one in result["rests_on"]],
    ],
)
def test_report_that_counts_claims_says_of_every_result_what_it_rests_on(change: Any, kept: Kept) -> None:
    kept.edit(change)
    assert kept.said()["outcome"] == "differs"


def test_bundle_at_the_root_of_the_folder_holds_elsewhere(kept: Kept) -> None:
    inside = kept.folder / "policies"
    arguments = ("check", f"../{M}", "--policies", ".", "--registry", "../registry", "--as-of", DAY, "--format", "json")
    kept.report.write_text(vendorgate(*arguments, folder=inside).stdout, encoding="utf-8")
    assert '"path": "waivers.yaml"' in kept.report.read_text(encoding="utf-8")
    assert kept.verify("--manifest", M).code == 0


@pytest.fixture
def several(kept: Kept) -> Kept:
    """Three projects in one report."""
    for number in range(3):
        kept.write({f"p{number}/{M}": manifest(usage("u", "beta"), project=f"p{number}")})
    kept.keep(*(f"p{number}/{M}" for number in range(3)))
    return kept


def test_manifests_are_found_where_the_report_has_them(several: Kept) -> None:
    assert several.verify().code == 0


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
def test_manifests_elsewhere_are_told_apart_by_their_digests(order: tuple[int, ...], several: Kept) -> None:
    for number in range(3):
        (several.folder / f"p{number}" / M).rename(several.folder / f"{number}.yaml")
    given = [word for number in order for word in ("--manifest", f"{number}.yaml")]
    assert several.verify(*given).code == 0
    # Those that are not given are looked for where the report has them.
    ended = several.verify(*given[:2])
    assert ended.code == 2
    assert ended.stderr.count("the report is of a manifest that is not here") == 2


def test_manifests_of_another_content_are_matched_by_path_then_by_order(several: Kept) -> None:
    several.write({f"p1/{M}": manifest(usage("u", "alpha"), project="p1")})
    found = several.said("--manifest", f"p1/{M}")
    assert [(one["what"], one["name"]) for one in found["divergences"]][:1] == [("manifest", f"p1/{M}")]
    for number in range(3):
        several.write({f"{number}.yaml": manifest(usage("u", "alpha"), project=f"p{number}")})
    found = several.said(*(word for number in range(3) for word in ("--manifest", f"{number}.yaml")))
    assert [one["name"] for one in found["divergences"] if one["what"] == "manifest"] == [f"p{n}/{M}" for n in range(3)]


def test_files_that_are_no_manifests_of_the_report_are_refused(several: Kept) -> None:
    several.write({"other.yaml": manifest(usage("u", "alpha"))})
    ended = several.verify("--manifest", "other.yaml")
    assert (ended.code, ended.stdout) == (2, "")
    assert "not a manifest of the report" in ended.stderr
    assert f"p0/{M}, p1/{M}, p2/{M}" in ended.stderr


OUTSIDE = ["/etc/hostname", "../secret.yaml", "a/../../secret.yaml", "link.yaml", "x\0y", ""]


@pytest.mark.parametrize("path", OUTSIDE, ids=repr)
def test_path_of_a_report_opens_nothing_outside_of_the_folder(path: str, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("secret: 1\n", encoding="utf-8")
    (tmp_path / "in").mkdir()
    kept = Kept(tmp_path / "in")
    os.symlink("../secret.yaml", kept.folder / "link.yaml")
    kept.edit(lambda report: report["inputs"]["manifests"][0].update(path=path))
    ended = kept.verify()
    assert (ended.code, ended.stdout) == (2, "")
    assert "secret:" not in ended.stderr
    assert "the report is of a manifest" in ended.stderr
    assert "--manifest PATH" in ended.stderr


def test_device_or_pipe_at_a_path_of_a_report_is_not_read(kept: Kept) -> None:
    os.mkfifo(kept.folder / "pipe")
    kept.edit(lambda report: report["inputs"]["manifests"][0].update(path="pipe"))
    assert "not here" in kept.verify().stderr


REASON = b'[{"kind": "scope", "dimension": null, "outcome": "fail", "message": "m", "reasons": '
BAD: Mapping[str, tuple[bytes | Callable[[bytes], bytes], str]] = {
    "empty": (b"", "no JSON: expecting value"),
    "no JSON": (b"version: 1\n", "no JSON"),
    "cut": (lambda data: data[: len(data) // 2], "no JSON"),
    "more behind it": (lambda data: data + b"{}", "no JSON: extra data"),
    "a key twice": (
        lambda data: data.replace(b'"verdict": "fail"', b'"verdict": "pass", "verdict": "fail"'),
        "the key `verdict` stands twice in one object",
    ),
    "no number": (lambda data: data.replace(b'"subjects": 4', b'"subjects": NaN'), "`NaN` is no number"),
    "an endless number": (lambda data: data.replace(b'"subjects": 4', b'"subjects": -Infinity'), "is no number"),
    "a long number": (lambda data: data.replace(b'"subjects": 4', b'"subjects": ' + b"4" * 5000), "too long"),
    "a comma too many": (lambda data: data.replace(b'"subjects": 4,', b'"subjects": 4,,'), "no JSON"),
    "not UTF-8": (lambda data: data.replace(b"verdict", b"verd\xffct"), "not UTF-8: the byte 0xff"),
    "UTF-16": (lambda data: data.decode().encode("utf-16"), "not UTF-8"),
    "deep": (b"[" * 100_000 + b"]" * 100_000, "nested too deeply"),
    "deep reasons": (
        lambda data: data.replace(b'"reasons": []', b'"reasons": ' + REASON * 20_000 + b"[]" + b"}]" * 20_000, 1),
        "nested too deeply",
    ),
    "a list": (b"[]", "not a report, which is an object"),
    "null": (b"null", "not a report"),
    "no schema": (b"{}", "no `schema`"),
    "a review": (lambda data: data.replace(b"report/1", b"review/1"), "`vendorgate.review/1`, not"),
    "a later report": (lambda data: data.replace(b"report/1", b"report/2"), "`vendorgate.report/2`, not"),
    "a schema that is a list": (b'{"schema": [1]}', "not `vendorgate.report/1`"),
    "a long schema": (b'{"schema": "' + b"x" * 1_000_000 + b'"}', "xxx…"),
    "a long key": (lambda data: data.replace(b'"verdict"', b'"' + b"k" * 1_000_000 + b'"'), "unknown field `kkk"),
    "a long key twice": (b'{"' + b"k" * 1_000_000 + b'": 1, "' + b"k" * 1_000_000 + b'": 1}', "the key `kkk"),
    "a long path": (lambda data: data.replace(b'"vendorgate.yaml"', b'"' + b"p" * 1_000_000 + b'"', 1), "ppp…"),
    "a key less": (lambda data: data.replace(b'"verdict": "fail",', b""), "missing required field `verdict`"),
    "a key more": (lambda data: data.replace(b'"verdict"', b'"extra": 1, "verdict"'), "unknown field `extra`"),
    "another type": (lambda data: data.replace(b'"subjects": 4', b'"subjects": "4"'), "$.summary.subjects"),
    "another word": (lambda data: data.replace(b'"verdict": "fail"', b'"verdict": "failed"'), "$.verdict"),
    "no day": (lambda data: data.replace(DAY.encode(), b"2026-02-30"), "no day: as_of is `2026-02-30`"),
    "a day by another name": (lambda data: data.replace(DAY.encode(), b"20261123"), "no day"),
    "no day of a waiver": (lambda data: data.replace(b'"expires": "', b'"expires": "x'), "date - at `$.results[4]"),
}


@pytest.mark.parametrize(("change", "said"), BAD.values(), ids=BAD)
def test_what_is_no_report_is_refused(change: bytes | Callable[[bytes], bytes], said: str, kept: Kept) -> None:
    data = kept.report.read_bytes()
    assert b'"subjects": 4' in data
    kept.report.write_bytes(change if isinstance(change, bytes) else change(data))
    ended = kept.verify()
    assert (ended.code, ended.stdout) == (2, "")
    assert said in ended.stderr
    assert len(ended.stderr) < 3000
    assert "report.json:" in ended.stderr or "the report is of a manifest" in ended.stderr


def test_long_names_in_a_report_are_cut(kept: Kept) -> None:
    def change(report: Report) -> None:
        report["tool"]["version"] = "v" * 1_000_000
        report["results"][0]["usage"] = "u" * 1_000_000
        report["results"][1]["outcome"] = "pass"
        report["results"][1]["requirements"][0]["expression"] = {"e" * 1_000_000: 1}
        report["notices"][0]["message"] = "m" * 1_000_000

    kept.edit(change)
    ended = kept.verify()
    assert ended.code == 1
    assert len(ended.stdout) < 3000


@pytest.mark.parametrize("depth", [10, 100, 300, 1000, 3000])
def test_reasons_of_any_depth_do_no_harm(depth: int, kept: Kept) -> None:
    data = kept.report.read_bytes()
    deep = data.replace(b'"reasons": []', b'"reasons": ' + REASON * depth + b"[]" + b"}]" * depth, 1)
    kept.report.write_bytes(deep)
    assert kept.verify().code in (1, 2)


def test_report_without_manifests_is_refused(kept: Kept) -> None:
    kept.edit(lambda report: report["inputs"].update(manifests=[]))
    assert "a report without manifests" in kept.verify().stderr


def test_file_that_is_too_large_is_refused(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    size = kept.report.stat().st_size
    monkeypatch.setattr(report_file, "LARGEST_REPORT", size)
    assert kept.verify().code == 0
    monkeypatch.setattr(report_file, "LARGEST_REPORT", size - 1)
    ended = kept.verify()
    assert ended.code == 2
    assert "a file of more than" in ended.stderr


WRONG: Mapping[str, tuple[tuple[str, ...], str]] = {
    "no report": ((), "REPORT.json"),
    "no such report": (("nowhere.json",), "no such file"),
    "a folder": (("policies",), "is a directory"),
    "no such policies": (("report.json", "--policies", "nowhere"), "no such file"),
    "no such registry": (("report.json", "--registry", "nowhere"), "no such file\n --> nowhere"),
    "no such manifest": (("report.json", "--registry", "registry", "--manifest", "nowhere.yaml"), "no such file"),
    "no such pack": (("report.json", "--registry", "registry", "--pack", "hippa"), "did you mean `hipaa`?"),
    "another format": (("report.json", "--format", "markdown"), "text"),
    "an option with a typo": (("report.json", "--polices", "x"), "--policies"),
}


@pytest.mark.parametrize(("arguments", "said"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_done_is_said_on_stderr_alone(arguments: tuple[str, ...], said: str, kept: Kept) -> None:
    ended = vendorgate("verify", *arguments, folder=kept.folder)
    assert (ended.code, ended.stdout) == (2, "")
    assert said in ended.stderr


def test_json_report_is_what_its_schema_says() -> None:
    schema = json.loads(vendorgate("schema", "verify", folder=ROOT).stdout)
    validator = jsonschema_rs.Draft7Validator(schema, validate_formats=True)
    report = json.loads(of_the_cast("json"))
    validator.validate(report)
    for field in report:
        assert not validator.is_valid({key: value for key, value in report.items() if key != field}), field
    assert report["divergences"]


def test_many_differences_are_counted_in_text_and_whole_in_json(kept: Kept) -> None:
    usages = [usage(f"u{number}", "beta") for number in range(60)]
    kept.write({M: manifest(*usages)})
    kept.keep()
    kept.edit(lambda report: [one.update(title="T") for one in report["results"]])
    assert len(kept.said()["divergences"]) == 120
    lines = kept.verify().stdout.splitlines()
    assert lines[-2] == "  and 100 more; --format json has all of them"
    assert len(lines) == 23


def test_same_report_gives_the_same_bytes(kept: Kept) -> None:
    kept.edit(lambda report: report["results"].reverse())
    for format in ("text", "json"):
        arguments = ("verify", "report.json", "--registry", "registry", "--format", format)
        worlds = ({"PYTHONHASHSEED": "1", "LC_ALL": "C"}, {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo"})
        runs = [process(*arguments, folder=kept.folder, environment=world) for world in worlds]
        assert runs[0].stdout == runs[1].stdout != ""


def test_readme_shows_a_verification_as_it_is(tmp_path: Path) -> None:
    ((arguments, shown),) = re.findall(r"```console verify\n\$ vendorgate (.*)\n((?:.*\n)*?)```", TEXT)
    shutil.copy(ROOT / "examples" / "clinic" / M, tmp_path / M)
    for name in ("policies", "registry-snapshot"):
        shutil.copytree(ROOT / name, tmp_path / name)
    vendorgate("check", "--as-of", "2026-11-24", "--output", "json=report.json", folder=tmp_path)
    ended = vendorgate(*arguments.split(), folder=tmp_path)
    assert (ended.code, ended.stdout) == (0, shown)


def test_report_of_many_results_is_not_too_large(kept: Kept) -> None:
    """As large as one of forty thousand results, each with what it rests on."""
    report = json.loads(kept.report.read_text(encoding="utf-8"))
    each = max(len(json.dumps(one, indent=2)) for one in report["results"])
    assert 40_000 * each < report_file.LARGEST_REPORT


def test_report_of_a_version_that_did_not_know_of_sign_offs_holds(kept: Kept) -> None:
    kept.edit(lambda report: report["inputs"]["bundle"].pop("signoff"))
    assert kept.said()["outcome"] == "holds"


def test_report_holds_only_with_the_sign_off_that_it_was_made_with(kept: Kept) -> None:
    """Whether it holds depends on the files alone, and on the day."""
    settings = kept.folder / "policies" / "bundle.yaml"
    before = settings.read_bytes() if settings.exists() else b""
    settings.write_bytes(before + f'\nsignoff: {{by: Dana, on: 2026-01-01, digest: "{"ab" * 32}"}}\n'.encode())
    kept.keep()
    assert json.loads(kept.report.read_text("utf-8"))["inputs"]["bundle"]["signoff"]["holds"] is False
    assert kept.said()["outcome"] == "holds"
    kept.edit(lambda report: report["inputs"]["bundle"]["signoff"].update(holds=True))
    assert [one["field"] for one in kept.said()["divergences"]] == ["signoff.holds"]
    kept.edit(lambda report: report["inputs"]["bundle"].pop("signoff"))
    assert [one["field"] for one in kept.said()["divergences"]] == ["signoff"]
    kept.edit(_of_another_version)
    assert kept.said()["outcome"] == "other-version"
