"""What a push makes, changes and leaves alone, in a stand-in that does what CISO Assistant does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.command import vendorgate
from tests.commands.push.stand_in import FOLDER, NAME, OTHER, TOKEN, Object, StandIn, standing_in
from tests.commands.push.world import FILES, WAIVER, asking, push, pushed, write
from tests.commands.review.repository import AUDITED, BAA, DAY, cell, manifest, offering, policies, usage


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    asking(monkeypatch)
    with standing_in() as found:
        yield found
        assert found.violations == [], "requests that the OpenAPI does not know"


@pytest.fixture
def world(tmp_path: Path) -> Path:
    write(tmp_path, FILES)
    return tmp_path


def named(server: StandIn, kind: str, beginning: str) -> Object:
    (found,) = [one for one in server.state.of(kind) if one["name"].startswith(beginning)]
    return found


def actions(report: Any) -> Mapping[str, int]:
    return {name: count for name, count in report["summary"].items() if count and name not in ("done", "undone")}


# Looking.


def test_without_yes_nothing_is_written_and_nothing_but_reading_is_asked_for(world: Path, server: StandIn) -> None:
    before = server.state.seen()
    report = json.loads(push(world, server, "--format", "json").stdout)
    assert (report["writes"], actions(report)) == (False, {"create": 6})
    assert {one["state"] for one in report["objects"]} == {"planned"}
    assert server.writes == []
    assert server.state.seen() == before


def test_look_says_what_a_push_then_does(world: Path, server: StandIn) -> None:
    planned = json.loads(push(world, server, "--format", "json").stdout)["objects"]
    done = pushed(world, server)["objects"]
    told = ("kind", "reference", "name", "action", "fields", "status")
    assert [[one[key] for key in told] for one in planned] == [[one[key] for key in told] for one in done]


@pytest.mark.parametrize(("more", "code"), [((), 0), (("--fail-when", "any"), 1), (("--fail-when", "never"), 0)])
def test_differences_end_with_1_where_that_is_asked_for(
    more: tuple[str, ...], code: int, world: Path, server: StandIn
) -> None:
    assert push(world, server, *more).code == code
    pushed(world, server)
    assert push(world, server, *more).code == 0


# Making.


def test_evidence_says_what_a_policy_comes_to_and_no_program_approves_it(world: Path, server: StandIn) -> None:
    report = pushed(world, server)
    assert report["summary"]["done"] == 6
    statuses = {one["name"].partition(" [")[0]: one["status"] for one in server.state.of("evidences")}
    assert statuses == {
        "clinic: PHI needs a BAA": "in_review",
        "clinic: Vendors are audited": "in_review",
        "lab: PHI needs a BAA": "missing",
        "lab: Vendors are audited": "rejected",
    }
    assert all(one["folder"] == FOLDER for kind in ("evidences", "entities") for one in server.state.of(kind))


def test_evidence_has_the_report_of_its_project_alone_which_is_the_one_of_a_check(world: Path, server: StandIn) -> None:
    pushed(world, server)
    evidence = named(server, "evidences", "lab: PHI")
    last = server.state.last_revision(evidence["id"])
    assert last is not None
    report = server.state.files[last["attachment"]].decode("ascii")
    checked = vendorgate("check", "lab/vendorgate.yaml", "--format", "json", "--as-of", DAY, folder=world)
    assert report == checked.stdout


def test_report_that_goes_with_an_evidence_can_be_verified(world: Path, server: StandIn) -> None:
    pushed(world, server)
    evidence = named(server, "evidences", "clinic: PHI")
    last = server.state.last_revision(evidence["id"])
    assert last is not None
    (world / "from-there.txt").write_bytes(server.state.files[last["attachment"]])
    ended = vendorgate("verify", "from-there.txt", folder=world)
    assert ended.code == 0, ended.stdout + ended.stderr
    assert "holds: from-there.txt" in ended.stdout


def test_exception_is_the_waiver(world: Path, server: StandIn) -> None:
    pushed(world, server)
    (found,) = server.state.of("security-exceptions")
    assert (found["severity"], found["status"], found["expiration_date"]) == (3, "approved", "2026-12-31")
    for words in ("Pilot on 12 patients with consent", "ciso@", "example.org", "SEC-991", "2026-12-31", "letters"):
        assert words in found["description"]


def test_entity_is_the_vendor_with_what_is_known_of_all_that_it_offers(world: Path, server: StandIn) -> None:
    pushed(world, server)
    (found,) = server.state.of("entities")
    assert found["name"] == "P"
    for words in ("Alpha", "Beta", "Gamma", "SOC 2 Type II report (read 2026-11-01)", "is unclear"):
        assert words in found["description"]


def test_vendor_that_nobody_has_looked_at_is_one_of_which_nothing_is_known(world: Path, server: StandIn) -> None:
    unlisted = {"id": "speech", "offering": "unlisted", "vendor": "Acme Speech", "data": ["phi"]}
    write(world, {"lab/vendorgate.yaml": manifest(unlisted, project="lab")})
    pushed(world, server)
    found = named(server, "entities", "Acme Speech")
    assert "nothing is known" in found["description"]


def test_what_the_organization_runs_itself_is_no_vendor(world: Path, server: StandIn) -> None:
    own = {**offering("own", hipaa_baa=cell()), "platform": "Ours", "category": "internal"}
    write(world, {"policies/offerings/own.yaml": own})
    write(world, {"lab/vendorgate.yaml": manifest(usage("reports", "own"), project="lab")})
    pushed(world, server)
    assert [one["name"] for one in server.state.of("entities")] == ["P"]


def test_link_goes_with_what_is_new(world: Path, server: StandIn) -> None:
    pushed(world, server, "--link", "https://ci.example.org/runs/1")
    assert {one["link"] for one in server.state.of("evidence-revisions")} == {"https://ci.example.org/runs/1"}
    server.forget()
    pushed(world, server, "--link", "https://ci.example.org/runs/2")
    assert server.writes == []


@pytest.mark.parametrize("kind", ["entity", "evidence", "exception"])
def test_kinds_can_be_chosen(kind: str, world: Path, server: StandIn) -> None:
    report = pushed(world, server, "--kind", kind)
    assert {one["kind"] for one in report["objects"]} == {kind}
    assert [name for name, objects in server.state.objects.items() if objects and name != "folders"]
    others = {"entities": "entity", "evidences": "evidence", "security-exceptions": "exception"}
    assert all(not server.state.of(name) for name, one in others.items() if one != kind)


def test_folder_is_found_by_its_id_too(world: Path, server: StandIn) -> None:
    assert push(world, server, "--folder", FOLDER.upper()).code == 0


# Again.


def test_second_push_asks_for_reading_alone(world: Path, server: StandIn) -> None:
    pushed(world, server)
    before = server.state.seen()
    server.forget()
    report = pushed(world, server)
    assert actions(report) == {"keep": 6}
    assert server.writes == []
    assert server.state.seen() == before


def test_another_day_on_which_the_same_holds_changes_nothing(world: Path, server: StandIn) -> None:
    pushed(world, server)
    server.forget()
    report = pushed(world, server, "--as-of", "2026-12-20")
    assert actions(report) == {"keep": 6}
    assert server.writes == []


def test_evidence_that_ages_before_its_end_changes_nothing(world: Path, server: StandIn) -> None:
    stale = offering("gamma", hipaa_baa=cell(verified="2025-01-01"), soc2_type2=cell("no"))
    write(world, {"registry-snapshot/offerings/gamma.yaml": stale})
    pushed(world, server)
    server.forget()
    assert actions(pushed(world, server, "--as-of", "2026-12-20")) == {"keep": 6}


def test_other_lines_and_other_manifests_beside_change_nothing(world: Path, server: StandIn) -> None:
    pushed(world, server)
    text = (world / "lab/vendorgate.yaml").read_text("utf-8")
    (world / "lab/vendorgate.yaml").write_text(f"# moved\n\n{text}", "utf-8")
    server.forget()
    pushed(world, server, "--link", "https://ci.example.org/runs/2")
    assert server.writes == []


def test_waiver_that_moves_in_its_file_stays_the_same(world: Path, server: StandIn) -> None:
    pushed(world, server)
    other = {**WAIVER, "policy": "audited", "project": "lab", "usage": "reports"}
    write(world, {"policies/waivers.yaml": {"version": 1, "waivers": [other, WAIVER]}})
    report = pushed(world, server)
    (kept,) = [one for one in report["objects"] if one["kind"] == "exception" and one["name"].startswith("clinic")]
    assert kept["action"] == "keep"


# Changes.


def test_what_changes_is_written_with_a_new_revision_and_looked_at_anew(world: Path, server: StandIn) -> None:
    pushed(world, server)
    evidence = named(server, "evidences", "lab: PHI")
    evidence |= {"status": "approved", "owner": "somebody"}
    write(world, {"lab/vendorgate.yaml": manifest(usage("reports", "alpha"), project="lab")})
    report = pushed(world, server)
    changed = {one["name"].partition(" [")[0]: one["fields"] for one in report["objects"] if one["action"] == "change"}
    fields = ["description", "expiry_date", "status", "attachment"]
    assert changed == {"lab: PHI needs a BAA": fields, "lab: Vendors are audited": fields}
    assert (evidence["status"], evidence["expiry_date"], evidence["owner"]) == ("in_review", "2027-11-01", "somebody")
    revisions = [one for one in server.state.of("evidence-revisions") if one["evidence"] == evidence["id"]]
    assert [one["version"] for one in revisions] == [1, 2]


def test_what_fails_from_now_on_is_rejected_although_a_new_revision_asks_for_review(
    world: Path, server: StandIn
) -> None:
    pushed(world, server)
    evidence = named(server, "evidences", "clinic: Vendors")
    write(world, {"clinic/vendorgate.yaml": manifest(usage("notes", "gamma"), project="clinic")})
    pushed(world, server)
    assert (evidence["status"], evidence["expiry_date"]) == ("rejected", None)


def test_what_is_as_it_was_before_gets_a_revision_all_the_same(world: Path, server: StandIn) -> None:
    there, back = (manifest(usage("reports", name), project="lab") for name in ("alpha", "gamma"))
    pushed(world, server)
    for content in (there, back):
        write(world, {"lab/vendorgate.yaml": content})
        pushed(world, server)
    evidence = named(server, "evidences", "lab: PHI")
    last = server.state.last_revision(evidence["id"])
    assert last is not None
    assert last["version"] == 3
    assert b'"offering": "gamma"' in server.state.files[last["attachment"]]
    server.forget()
    pushed(world, server)
    assert server.writes == []


def test_prolonged_waiver_changes_its_exception(world: Path, server: StandIn) -> None:
    pushed(world, server)
    write(world, {"policies/waivers.yaml": {"version": 1, "waivers": [{**WAIVER, "expires": "2027-01-31"}]}})
    pushed(world, server)
    (found,) = server.state.of("security-exceptions")
    assert found["expiration_date"] == "2027-01-31"


# What people do there.


def test_what_people_say_of_an_object_stays(world: Path, server: StandIn) -> None:
    pushed(world, server)
    evidence = named(server, "evidences", "lab: PHI")
    evidence |= {"status": "approved", "name": "BAA of the lab", "expiry_date": "2026-12-01"}
    evidence["description"] += "\n\nSeen by the auditor.\n"
    (exception,) = server.state.of("security-exceptions")
    exception |= {"status": "in_review", "name": "The pilot"}
    before = server.state.seen()
    report = pushed(world, server)
    assert actions(report) == {"keep": 6}
    assert server.state.seen() == before


def test_what_people_wrote_below_the_line_survives_a_change(world: Path, server: StandIn) -> None:
    pushed(world, server)
    evidence = named(server, "evidences", "lab: PHI")
    evidence["description"] += "\r\n\r\nSeen by the auditor.\r\nTwice."
    write(world, {"lab/vendorgate.yaml": manifest(usage("reports", "alpha"), project="lab")})
    pushed(world, server)
    assert "The policy is met" in evidence["description"]
    assert evidence["description"].endswith("\n\nSeen by the auditor.\nTwice.")


def test_what_is_changed_above_the_line_is_put_right_and_nothing_else(world: Path, server: StandIn) -> None:
    pushed(world, server)
    evidence = named(server, "evidences", "lab: Vendors")
    right = evidence["description"]
    evidence |= {"description": right.replace("is not met", "is met"), "status": "approved"}
    report = pushed(world, server)
    (changed,) = [one for one in report["objects"] if one["action"] == "change"]
    assert changed["fields"] == ["description"]
    assert (evidence["description"], evidence["status"]) == (right, "approved")


@pytest.mark.parametrize(("field", "value"), [("severity", 0), ("expiration_date", "2030-01-01")])
def test_what_a_waiver_says_is_put_right(field: str, value: object, world: Path, server: StandIn) -> None:
    pushed(world, server)
    (exception,) = server.state.of("security-exceptions")
    right, exception[field] = exception[field], value
    report = pushed(world, server)
    assert [one["fields"] for one in report["objects"] if one["action"] == "change"] == [[field]]
    assert exception[field] == right


def test_object_whose_line_is_gone_is_known_by_its_name_and_nothing_is_lost(world: Path, server: StandIn) -> None:
    pushed(world, server)
    evidence = named(server, "evidences", "lab: PHI")
    evidence["description"] = "Rewritten by hand."
    report = pushed(world, server)
    assert actions(report) == {"change": 1, "keep": 5}
    assert evidence["description"].endswith("\n\nRewritten by hand.")
    assert "vendorgate reference policy/lab/phi-needs-baa" in evidence["description"]


def test_exception_is_known_by_its_reference_whatever_became_of_the_rest(world: Path, server: StandIn) -> None:
    pushed(world, server)
    (exception,) = server.state.of("security-exceptions")
    exception |= {"name": "The pilot", "description": None}
    pushed(world, server)
    assert [one["name"] for one in server.state.of("security-exceptions")] == ["The pilot"]


def test_file_that_somebody_has_removed_comes_back(world: Path, server: StandIn) -> None:
    pushed(world, server)
    evidence = named(server, "evidences", "lab: Vendors")
    last = server.state.last_revision(evidence["id"])
    assert last is not None
    last["attachment"] = None
    pushed(world, server)
    assert evidence["status"] == "rejected"
    last = server.state.last_revision(evidence["id"])
    assert last is not None
    assert last["attachment"].startswith("vendorgate-")


def test_revision_that_somebody_else_adds_is_no_reason_for_another(world: Path, server: StandIn) -> None:
    pushed(world, server)
    evidence = named(server, "evidences", "lab: Vendors")
    server.state.add_revision(evidence["id"], None, ("minutes.pdf", b"%PDF"), folder=FOLDER)
    server.forget()
    pushed(world, server)
    assert server.writes == []


@pytest.mark.parametrize("folder", [FOLDER, OTHER])
def test_vendor_whom_somebody_else_has_entered_is_left_alone(folder: str, world: Path, server: StandIn) -> None:
    server.state.add("entities", name="p", folder=folder, description="Entered by hand.", ref_id="V-1")
    report = pushed(world, server)
    assert actions(report) == {"create": 5, "leave": 1}
    (left,) = [one for one in report["objects"] if one["action"] == "leave"]
    assert "is not ours" in left["why"]
    (entity,) = server.state.of("entities")
    assert (entity["description"], entity["ref_id"]) == ("Entered by hand.", "V-1")
    entity |= {"ref_id": left["help"].rpartition(" ")[2], "folder": FOLDER}
    report = pushed(world, server)
    assert actions(report) == {"change": 1, "keep": 5}
    assert entity["name"] == "p"
    assert entity["description"].endswith("Entered by hand.")


def test_object_that_stands_there_twice_is_told_and_the_older_one_kept_in_step(world: Path, server: StandIn) -> None:
    pushed(world, server)
    evidence = named(server, "evidences", "lab: PHI")
    copy = {key: value for key, value in evidence.items() if key != "id"}
    server.state.add("evidences", **{**copy, "name": "copy"})
    report = pushed(world, server)
    assert actions(report) == {"keep": 6, "leave": 1}
    (left,) = [one for one in report["objects"] if one["action"] == "leave"]
    assert (left["name"], "twice" in left["why"]) == ("copy", True)


@pytest.mark.parametrize("field", ["title", "require", "controls"])
def test_policy_that_asks_for_something_else_is_looked_at_anew(field: str, world: Path, server: StandIn) -> None:
    pushed(world, server)
    evidence = named(server, "evidences", "clinic: Vendors")
    evidence["status"] = "approved"
    other: dict[str, Any] = {
        "title": "Vendors are audited each year",
        "require": [{"or": [{"covered": "soc2_type2"}, {"covered": "hipaa_baa"}]}],
        "controls": [{"framework": "soc2", "id": "CC9.2"}],
    }
    write(world, {"policies/rules.yaml": policies(BAA, {**AUDITED, field: other[field]})})
    pushed(world, server)
    assert evidence["status"] == "in_review"


def test_object_of_another_reference_is_not_taken_whatever_it_is_called(world: Path, server: StandIn) -> None:
    pushed(world, server)
    evidence = named(server, "evidences", "lab: PHI")
    (exception,) = server.state.of("security-exceptions")
    ours = {one["id"]: one["description"] for one in (evidence, exception)}
    evidence["description"] = evidence["description"].replace("policy/lab/", "policy/elsewhere/")
    exception["description"] = exception["description"].replace("waiver/clinic/", "waiver/elsewhere/")
    evidence["name"], exception["name"] = "x", "y"
    before = {one["id"]: one["description"] for one in (evidence, exception)}
    pushed(world, server)
    assert {one["id"]: one["description"] for one in (evidence, exception)} == before != ours


# What is gone.


def gone_there(world: Path) -> None:
    """The policy on audits is no more, and nothing is waived any more."""
    write(world, {"policies/rules.yaml": policies(BAA)})
    write(world, {"clinic/vendorgate.yaml": manifest(usage("notes", "alpha"), project="clinic")})


def test_what_is_gone_is_told_and_left_alone(world: Path, server: StandIn) -> None:
    pushed(world, server)
    gone_there(world)
    ended = push(world, server, "--yes")
    assert ended.code == 0
    assert "gone here: evidence lab: Vendors are audited" in ended.stdout
    assert "what is gone here can be marked there: --mark-gone" in ended.stdout
    assert named(server, "evidences", "lab: Vendors")["status"] == "rejected"
    assert server.state.of("security-exceptions")[0]["status"] == "approved"


@pytest.mark.parametrize(("day", "status"), [(DAY, "resolved"), ("2027-02-01", "expired")])
def test_what_is_gone_is_marked_where_that_is_asked_for(day: str, status: str, world: Path, server: StandIn) -> None:
    pushed(world, server)
    gone_there(world)
    report = pushed(world, server, "--mark-gone", "--as-of", day)
    assert actions(report)["mark"] == 3
    evidence = named(server, "evidences", "lab: Vendors")
    assert evidence["status"] == "expired"
    assert evidence["description"].startswith("**No longer so:**")
    assert "The policy is not met." in evidence["description"]
    assert server.state.of("security-exceptions")[0]["status"] == status
    server.forget()
    assert "mark" not in actions(pushed(world, server, "--mark-gone", "--as-of", day))
    assert server.writes == []


def test_what_comes_back_is_as_it_was(world: Path, server: StandIn) -> None:
    pushed(world, server)
    before = named(server, "evidences", "lab: Vendors")["description"]
    gone_there(world)
    pushed(world, server, "--mark-gone")
    write(world, FILES)
    pushed(world, server)
    evidence = named(server, "evidences", "lab: Vendors")
    assert (evidence["status"], evidence["description"]) == ("rejected", before)
    assert server.state.of("security-exceptions")[0]["status"] == "approved"


def test_objects_of_projects_that_are_not_judged_are_nobodys_here_to_judge(world: Path, server: StandIn) -> None:
    pushed(world, server)
    before = server.state.seen()
    ended = push(world, server, "--yes", "--mark-gone", manifests=("lab",))
    assert ended.code == 0
    assert "gone" not in ended.stdout
    assert server.state.seen() == before


def test_project_that_uses_nothing_any_more_ends_all_of_its_evidences(world: Path, server: StandIn) -> None:
    pushed(world, server)
    write(world, {"lab/vendorgate.yaml": manifest(project="lab")})
    assert actions(pushed(world, server, "--mark-gone")) == {"mark": 2, "keep": 4}


# Whose it is.


def test_project_that_the_bundle_binds_to_nobody_takes_nobodys_place(world: Path, server: StandIn) -> None:
    pushed(world, server)
    before = server.state.seen()
    bound = {"version": 1, "projects": [{"project": "lab", "paths": ["lab/**"]}]}
    write(world, {"policies/bundle.yaml": bound})
    write(world, {"clinic/vendorgate.yaml": manifest(usage("notes", "gamma"), project="clinic")})
    report = pushed(world, server, "--mark-gone", "--kind", "evidence", "--kind", "exception")
    assert actions(report) == {"keep": 2, "leave": 1}
    assert server.state.seen() == before


def test_two_manifests_of_one_project_come_to_the_worst_of_both(world: Path, server: StandIn) -> None:
    write(world, {"clinic/more/vendorgate.yaml": manifest(usage("more", "gamma"), project="clinic")})
    pushed(world, server)
    assert named(server, "evidences", "clinic: PHI")["status"] == "missing"
    assert named(server, "evidences", "clinic: Vendors")["status"] == "rejected"


def test_where_a_manifest_is_not_judged_nothing_is_written(world: Path, server: StandIn) -> None:
    write(world, {"broken/vendorgate.yaml": manifest(usage("x", "nobody"), project="lab")})
    report = pushed(world, server, code=2)
    assert (report["writes"], report["verdict"]) == (False, "incomplete")
    assert "not every manifest was judged" in report["ended"]
    assert server.writes == []


def test_manifest_of_standard_input_is_read_once(world: Path, server: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    import sys

    text = (world / "lab/vendorgate.yaml").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
    ended = push(world, server, "--yes", manifests=("-",))
    assert ended.code == 0, ended.stdout + ended.stderr
    assert server.state.last_revision(named(server, "evidences", "lab: PHI")["id"]) is not None


# Texts and numbers.


@pytest.mark.parametrize(
    "title",
    ["x" * 300, "\u202egnp.exe", "a\x1b[31m\n::error::b", "<script>alert(1)</script>", "[a](javascript:b)", "é" * 250],
)
def test_hostile_and_long_titles_stay_apart_and_within_what_is_taken(title: str, world: Path, server: StandIn) -> None:
    rules = policies({**BAA, "title": title}, {**AUDITED, "title": title})
    write(world, {"policies/rules.yaml": rules})
    pushed(world, server)
    names = [one["name"] for one in server.state.of("evidences")]
    assert len({*names}) == 4
    for name in names:
        assert len(name) <= 200
        assert name.isprintable()
    texts = [one["description"] for one in server.state.of("evidences")]
    assert not any(re.search(r"(?<!\\)<script|(?<!\\)\]\(java|[\x00-\x09\x0b-\x1f]", text) for text in texts)
    server.forget()
    pushed(world, server)
    assert server.writes == []


def test_vendors_whose_long_names_begin_alike_stay_apart(world: Path, server: StandIn) -> None:
    usages = [
        {"id": f"u{number}", "offering": "unlisted", "vendor": f"{'Acme ' * 60}{number}", "data": ["public"]}
        for number in range(3)
    ]
    write(world, {"lab/vendorgate.yaml": manifest(*usages, project="lab")})
    pushed(world, server)
    names = [one["name"] for one in server.state.of("entities")]
    assert len({*names}) == 4
    assert max(map(len, names)) <= 200


def test_lists_are_read_page_by_page(world: Path, server: StandIn) -> None:
    for number in range(250):
        server.state.add("evidences", name=f"other {number}", folder=FOLDER)
    pushed(world, server)
    server.forget()
    pushed(world, server)
    pages = [target for _, target in server.asked if target.startswith("/api/evidences/")]
    assert [page.rpartition("offset=")[2] for page in pages] == ["0", "100", "200"]
    assert server.writes == []


def test_report_is_packed_where_it_is_large(world: Path, server: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    import gzip

    from vendorgate.commands.push.ciso_assistant import forms

    monkeypatch.setattr(forms, "LARGEST", 3_000)
    pushed(world, server)
    (name, data), *_ = server.state.files.items()
    assert name.endswith(".gz")
    assert json.loads(gzip.decompress(data))["schema"] == "vendorgate.report/1"
    server.forget()
    pushed(world, server)
    assert server.writes == []


def test_report_that_is_larger_than_what_is_taken_is_said(
    world: Path, server: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vendorgate.commands.push.ciso_assistant import forms

    monkeypatch.setattr(forms, "LARGEST", 100)
    report = pushed(world, server, code=2)
    assert {
        one["why"] is not None and "bytes when it is packed" in one["why"]
        for one in report["objects"]
        if one["kind"] == "evidence"
    } == {True}
    assert report["summary"]["done"] == 2


def test_token_is_said_to_the_server_in_its_own_way(world: Path, server: StandIn) -> None:
    pushed(world, server)
    assert {one["Authorization"] for one in server.seen_headers} == {f"Token {TOKEN}"}
    assert NAME not in str(server.seen_headers)
