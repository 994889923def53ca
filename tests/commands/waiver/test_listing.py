"""`vendorgate waiver list`: every waiver, where it stands and why, as text and as JSON that keeps its schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from tests.command import Ended, process, vendorgate
from tests.commands.waiver.folder import INPUTS, WAIVERS, add, write
from tests.golden.cast import CAST
from tests.world import WAIVER, Part

SOON = {"expires": "2026-12-23"}
LATER = {"expires": "2027-06-30"}


def listed(folder: Path, *more: str) -> Ended:
    return vendorgate("waiver", "list", *INPUTS, *more, folder=folder)


def waived(folder: Path, *waivers: Part, **files: Any) -> Path:
    """The usual project, with these waivers."""
    entries = [{**WAIVER, "policy": "needs-baa", **waiver} for waiver in waivers]
    return write(folder, **{WAIVERS: {"version": 1, "waivers": entries}, **files})


@pytest.mark.parametrize(
    ("waiver", "heading"),
    [
        (LATER, "in use, 219 days left: needs-baa on project *, usage *, offering *"),
        (SOON, "ends soon, 30 days left: needs-baa"),
        ({"expires": "2026-11-23"}, "ends soon, 0 days left: "),
        ({"expires": "2026-11-24"}, "ends soon, 1 day left: "),
        ({"expires": "2026-11-22"}, "expired, 1 day over: "),
        ({"expires": "2026-11-21"}, "expired, 2 days over: "),
        ({"usage": "nothing"}, "unused, 38 days left: needs-baa on project *, usage nothing, offering *"),
        ({"fingerprint": "sha256:" + "0" * 64}, "void, 38 days left: "),
    ],
)
def test_state_and_days_stand_first(waiver: Part, heading: str, tmp_path: Path) -> None:
    ended = listed(waived(tmp_path, waiver))
    assert ended.code == 0
    assert ended.stdout.startswith(heading)


def test_text_says_what_is_waived_and_what_is_not(tmp_path: Path) -> None:
    assert add(write(tmp_path), "--ticket", "SEC-1", offering="alpha").code == 0
    mark = json.loads(listed(tmp_path, "--format", "json").stdout)["waivers"][0]["fingerprint"]
    ended = listed(waived(tmp_path, {"fingerprint": mark, "ticket": "SEC-1"}))
    assert (
        ended.stdout
        == """\
in use, 38 days left: needs-baa on project *, usage *, offering *
 --> policies/waivers.yaml:1:29
   until 2026-12-31 by a (SEC-1): r
   waives needs-baa for usage `notes` on alpha, project `demo`
   waives needs-baa for usage `other` on alpha, project `demo`
   void: it was given for other reasons (its fingerprint is FIRST…, the finding's OTHER…); look at them again, and run \
`vendorgate waiver add`
   does not waive needs-baa for usage `notes` (fallback) on beta, project `demo`

1 waiver as of 2026-11-23: 1 in use, 0 ends soon, 0 expired, 0 void, 0 outlived, 0 unused; 2 results waived
""".replace("FIRST", mark[:15]).replace("OTHER", "sha256:" + ended.stdout.partition("finding's sha256:")[2][:8])
    )


def test_long_lists_are_cut_and_counted(tmp_path: Path) -> None:
    usages = [{"id": f"u{number}", "offering": "alpha", "data": ["phi"]} for number in range(12)]
    ended = listed(waived(tmp_path, LATER, **{"vendorgate.yaml": {"version": 1, "project": "p", "usages": usages}}))
    assert ended.stdout.count("   waives ") == 10
    assert "\n   and 2 more\n" in ended.stdout


def test_no_waivers_are_a_list_of_none(tmp_path: Path) -> None:
    ended = listed(write(tmp_path))
    assert ended.stdout == (
        "0 waivers as of 2026-11-23: 0 in use, 0 ends soon, 0 expired, 0 void, 0 outlived, 0 unused; 0 results waived\n"
    )


def test_several_manifests_are_looked_at_together(tmp_path: Path) -> None:
    waived(tmp_path, LATER, **{"b/vendorgate.yaml": {"version": 1, "project": "b", "usages": []}})
    other = {"version": 1, "project": "c", "usages": [{"id": "x", "offering": "alpha", "data": ["phi"]}]}
    write(tmp_path, **{WAIVERS: (tmp_path / WAIVERS).read_text(encoding="utf-8"), "c/vendorgate.yaml": other})
    ended = listed(tmp_path, "vendorgate.yaml", "?/vendorgate.yaml", "--format", "json")
    report = json.loads(ended.stdout)
    assert [one["project"] for one in report["waivers"][0]["waives"]] == ["demo", "demo", "demo", "c"]
    assert len(report["inputs"]["manifests"]) == 3


def schema(folder: Path) -> Any:
    return json.loads(vendorgate("schema", "waiver-list", *INPUTS[:4], folder=folder).stdout)


@pytest.mark.parametrize("folder", [None, CAST])
def test_json_keeps_its_schema_and_its_counts_add_up(folder: Path | None, tmp_path: Path) -> None:
    place = folder or waived(tmp_path, LATER, SOON, {"usage": "nothing"}, {"fingerprint": "sha256:" + "1" * 64})
    report = json.loads(listed(place, "--format", "json").stdout)
    jsonschema_rs.validator_for(schema(place)).validate(report)
    assert report["schema"] == "vendorgate.waivers/1"
    states = [one["state"] for one in report["waivers"]]
    assert report["summary"] == {state: states.count(state) for state in report["summary"]}
    assert report["waived"] == sum(len(one["waives"]) for one in report["waivers"])
    checked = json.loads(vendorgate("check", *INPUTS, "--format", "json", folder=place).stdout)
    assert report["waived"] == checked["summary"]["waived"]
    assert report["inputs"] == checked["inputs"]
    void = [one for one in checked["notices"] if one["id"] == "void-waiver"]
    assert len(void) == sum(len(one["void"]) for one in report["waivers"])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("missing.yaml",), "no such file"),
        (("no/*.yaml",), "no manifest matches"),
        (("--format", "yaml"), "'yaml' is not one of"),
        (("--policies", "nowhere"), "no such file"),
        (("--as-of", "2026-02-30"), "`2026-02-30` is not a day"),
        (("policies",), "below this folder"),
    ],
)
def test_bad_input_is_refused(arguments: tuple[str, ...], told: str, tmp_path: Path) -> None:
    write(tmp_path)
    given = INPUTS if not arguments[0].startswith("--p") else INPUTS[2:]
    ended = vendorgate("waiver", "list", *given, *arguments, folder=tmp_path)
    assert (ended.code, ended.stdout) == (2, "")
    assert told in ended.stderr


def test_without_a_manifest_nothing_is_listed(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "vendorgate.yaml").unlink()
    ended = listed(tmp_path)
    assert (ended.code, ended.stdout) == (2, "")
    assert "no vendorgate.yaml or vendorgate.yml here" in ended.stderr


def test_colour_is_for_terminals_only(tmp_path: Path) -> None:
    waived(tmp_path, LATER)
    assert "\x1b" not in process("waiver", "list", *INPUTS, folder=tmp_path).stdout
