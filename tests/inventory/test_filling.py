"""What a cell says, whose word that is, and what it says where there is nothing to say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest

from tests.inventory.worlds import Part, Told, register, told, view_of
from tests.world import AS_OF
from tests.yaml_text import value_of
from vendorgate.errors import InputError
from vendorgate.inventory.attributes_yaml import to_paste
from vendorgate.inventory.model import CellValue

DPA: Final[Part] = {
    "kind": "dpa",
    "offerings": ["alpha"],
    "status": "executed",
    "signed": "2026-01-15",
    "expires": "2027-01-14",
    "reference": "LEGAL-482",
}
CELL: Final[Part] = {
    "value": "yes_public",
    "confidence": "high",
    "verified": "2026-08-12",
    "source": "https://a.example/dpa",
}


def cell(folder: Path, path: str, usage: Part | None = None, **more: Any) -> Told:
    """What one column says of the only row."""
    (row,) = register(folder, view_of({"from": [path]}), usage or {}, **more).rows
    return told(row.cells[0])


def value(folder: Path, path: str, usage: Part | None = None, **more: Any) -> CellValue:
    """The only value of the only cell."""
    (row,) = register(folder, view_of({"from": [path]}), usage or {}, **more).rows
    (found,) = row.cells[0].values
    return found


# Declared.


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("usage.id", ("u0",)),
        ("usage.purpose", ("Sort letters",)),
        ("usage.data", ("pii", "phi")),
        ("usage.environment", ("production",)),
        ("usage.features", ("none",)),
        ("usage.attributes.large_scale", ("yes",)),
        ("usage.settings.data_sharing", ("no",)),
        ("project.name", ("p",)),
        ("project.owner", ("o@acme.example",)),
        ("route.kind", ("primary",)),
        ("route.name", ("alpha (account eu)",)),
        ("offering.platform", ("A",)),
        ("as_of", ("2026-11-23",)),
        ("snapshot.name", ("r",)),
        ("results.standing", ("blocked",)),
        ("results.blocking", ("p",)),
        ("results.failing", ("none",)),
        ("results.unknown", ("p",)),
    ],
)
def test_path_reads_what_is_declared_or_judged(path: str, words: tuple[str, ...], tmp_path: Path) -> None:
    usage = {
        "purpose": "Sort letters",
        "data": ["pii", "phi"],
        "account": "eu",
        "attributes": {"large_scale": True},
        "settings": {"data_sharing": False},
    }
    assert cell(tmp_path, path, usage, owner="o@acme.example") == Told(words, ())


@pytest.mark.parametrize(
    ("path", "help"),
    [
        ("usage.purpose", "say it as `purpose` of the usage in the manifest"),
        ("usage.models", "say it as `models` of the usage in the manifest"),
        ("usage.attributes.controller", "say it as attribute `controller` of the usage in the manifest"),
        ("usage.settings.region", "say it as setting `region` of the usage in the manifest"),
        ("project.owner", "say it as `owner` in the manifest"),
        ("bundle.name", "say it as `name` in bundle.yaml"),
        ("route.account", "say it as `account` of the usage in the manifest"),
    ],
)
def test_what_nobody_said_is_missing_with_where_to_say_it(path: str, help: str, tmp_path: Path) -> None:
    assert cell(tmp_path, path) == Told((), (help,))


def test_value_of_a_manifest_has_its_line(tmp_path: Path) -> None:
    found = value(tmp_path, "usage.purpose", {"purpose": "Sort letters"})
    assert found.said_by == "manifest"
    assert found.locate is not None
    place = found.locate()
    assert place is not None
    assert place.path.endswith("m0/vendorgate.yaml")


def test_what_holds_by_default_is_said_and_stands_nowhere(tmp_path: Path) -> None:
    found = value(tmp_path, "usage.tier")
    assert (found.words, found.said_by, found.locate and found.locate()) == ("self_serve", "manifest", None)


def test_declaration_that_another_contradicts_is_missing(tmp_path: Path) -> None:
    offering = {"implies": [{"models": ["*-preview"], "set": {"lifecycle": "preview"}}]}
    usage = {"models": ["m-preview"], "lifecycle": "ga"}
    found = cell(tmp_path, "usage.lifecycle", usage, offering=offering)
    assert found.values == ()
    assert "model `m-preview`" in found.missing[0]
    assert "make the two declarations agree" in found.missing[0]


@pytest.mark.parametrize(
    ("name", "wrong", "wanted"),
    [
        ("large_scale", "no", "true or false"),
        ("large_scale", 0, "true or false"),
        ("since", "last year", "a day as YYYY-MM-DD"),
        ("annual_cost", "much", "a number"),
    ],
)
def test_attribute_that_could_be_taken_for_its_contrary_is_missing(
    name: str, wrong: str | int, wanted: str, tmp_path: Path
) -> None:
    found = cell(tmp_path, f"usage.attributes.{name}", {"attributes": {name: wrong}})
    assert found.values == ()
    assert found.missing[0].startswith(f"`{wrong}` is not {wanted}; say it as attribute `{name}`")


def test_attribute_that_the_bundle_declares_is_what_the_bundle_says(tmp_path: Path) -> None:
    bundle = {"attributes": {"large_scale": {"one_of": ["yes", "no"]}}}
    found = cell(tmp_path, "usage.attributes.large_scale", {"attributes": {"large_scale": "no"}}, bundle=bundle)
    assert found == Told(("no",), ())


def test_attribute_that_a_closed_bundle_does_not_have_is_to_be_declared_there_first(tmp_path: Path) -> None:
    found = cell(tmp_path, "usage.attributes.controller", bundle={"attributes": {"dpia": {"type": "text"}}})
    assert found.missing[0].startswith("declare attribute `controller` in `attributes` of bundle.yaml")


# Documented.


def test_evidence_has_its_source_and_the_day_it_was_read(tmp_path: Path) -> None:
    offering = {"dimensions": {"gdpr_dpa": {**CELL, "facts": {"breach_notice_hours": 48}}}}
    found = value(tmp_path, "registry.gdpr_dpa.facts.breach_notice_hours", offering=offering)
    assert (found.value, found.words, found.said_by) == (48, "48 hours", "registry")
    assert (found.reference, found.verified) == ("https://a.example/dpa", "2026-08-12")


def test_cell_of_the_organization_is_its_own_and_has_its_place(tmp_path: Path) -> None:
    overlay = {"extends": "alpha", "dimensions": {"gdpr_dpa": {**CELL, "verified": "2026-11-01"}}}
    found = value(tmp_path, "registry.gdpr_dpa.value", overlays=[overlay])
    assert (found.words, found.said_by, found.verified) == ("yes_public", "bundle", "2026-11-01")
    assert found.locate is not None
    place = found.locate()
    assert place is not None
    assert place.path.endswith("offerings/0.yaml")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"verified": "2024-01-05"}, "evidence counts for 365 days"),
        ({"verified": None}, "the evidence has no day of verification"),
        ({"verified": "2026-12-24"}, "after the as-of day"),
        ({"valid_until": "2026-11-01"}, "the vendor announced that it ends"),
        ({"confidence": "low"}, "confidence `low` is below"),
        ({"value": "unclear"}, "graded `unclear`"),
        ({"value": "something new"}, "a grade that this version of vendorgate does not know"),
        ({"tier": "enterprise"}, "tier"),
        ({"scope": {"endpoints": {"only": ["batch"]}}}, "`endpoints` is not declared"),
    ],
)
@pytest.mark.parametrize("path", ["value", "facts.breach_notice_hours"])
def test_evidence_that_does_not_count_is_missing_and_says_why(
    change: Part, why: str, path: str, tmp_path: Path
) -> None:
    offering = {"dimensions": {"gdpr_dpa": {**CELL, "facts": {"breach_notice_hours": 48}, **change}}}
    found = cell(
        tmp_path,
        f"registry.gdpr_dpa.{path}",
        offering=offering,
        bundle={"registry": {"min_confidence": "medium"}},
    )
    assert found.values == ()
    assert why in found.missing[0]
    assert found.missing[0].endswith(
        "say it as cell `gdpr_dpa` of the registry or of your own in the bundle's offerings/"
    )


@pytest.mark.parametrize("field", ["source", "verified", "note"])
def test_no_field_of_a_cell_is_read_whose_evidence_does_not_count(field: str, tmp_path: Path) -> None:
    offering = {"dimensions": {"gdpr_dpa": {**CELL, "note": "n", "verified": "2024-01-05"}}}
    assert cell(tmp_path, f"registry.gdpr_dpa.{field}", offering=offering).values == ()


def test_no_is_a_value(tmp_path: Path) -> None:
    assert cell(
        tmp_path, "registry.gdpr_dpa.value", offering={"dimensions": {"gdpr_dpa": {**CELL, "value": "no"}}}
    ) == Told(("no",), ())


@pytest.mark.parametrize(
    ("complete", "words"), [(True, "us, de (complete)"), (False, "us, de (not said to be complete)")]
)
def test_listing_is_read_as_a_whole(complete: bool, words: str, tmp_path: Path) -> None:
    facts = {"hosting_countries": {"names": ["us", "de"], "complete": complete}}
    offering = {"dimensions": {"data_residency": {**CELL, "facts": facts}}}
    assert cell(tmp_path, "registry.data_residency.facts.hosting_countries", offering=offering) == Told((words,), ())


def test_cell_that_is_not_there_is_missing(tmp_path: Path) -> None:
    assert "the registry states nothing about gdpr_dpa of alpha" in cell(tmp_path, "registry.gdpr_dpa.value").missing[0]


def test_yes_says_what_the_view_has_for_it_and_no_leaves_the_next_source_to_say(tmp_path: Path) -> None:
    says = {"path": "registry.gdpr_dpa.facts.dpf", "says": "Data Privacy Framework"}
    view = view_of({"from": [says, "usage.attributes.transfer_mechanism"]})
    for dpf, expected in ((True, ("Data Privacy Framework",)), (False, ("binding corporate rules",))):
        offering = {"dimensions": {"gdpr_dpa": {**CELL, "facts": {"dpf": dpf}}}}
        usage = {"attributes": {"transfer_mechanism": "binding corporate rules"}}
        (row,) = register(tmp_path, view, usage, offering=offering).rows
        assert told(row.cells[0]).values == expected


def test_no_where_nothing_else_says_it_is_missing_and_never_a_yes(tmp_path: Path) -> None:
    offering = {"dimensions": {"gdpr_dpa": {**CELL, "facts": {"dpf": False}}}}
    view = view_of({"from": [{"path": "registry.gdpr_dpa.facts.dpf", "says": "Framework"}]})
    (row,) = register(tmp_path, view, {}, offering=offering).rows
    found = told(row.cells[0])
    assert found.values == ()
    assert "Framework: no" in found.missing[0]


# Signed.


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("reference", "LEGAL-482"),
        ("signed", "2026-01-15"),
        ("expires", "2027-01-14"),
        ("counterparty", "Alpha GmbH"),
        ("notice_days", "90"),
        ("scc_modules", "2"),
        ("owner", "legal@acme.example"),
        ("reviewed.on", "2026-10-01"),
    ],
)
def test_agreement_in_force_is_read_with_its_reference(field: str, words: str, tmp_path: Path) -> None:
    more = {
        "counterparty": "Alpha GmbH",
        "notice_days": 90,
        "scc_modules": [2],
        "owner": "legal@acme.example",
        "reviewed": {"by": "legal", "on": "2026-10-01"},
    }
    found = value(tmp_path, f"agreements.dpa.{field}", agreements=[{**DPA, **more}])
    assert (found.words, found.said_by, found.reference) == (words, "register", "LEGAL-482")


def test_agreement_without_an_end_says_so(tmp_path: Path) -> None:
    without = {key: one for key, one in DPA.items() if key != "expires"}
    assert cell(tmp_path, "agreements.dpa.expires", agreements=[without]) == Told(("no end",), ())


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"expires": "2026-11-22"}, "expired 2026-11-22"),
        ({"signed": "2026-12-01"}, "signed on 2026-12-01, after the as-of day"),
        ({"status": "pending"}, "pending"),
        ({"projects": ["other"]}, "the register lists none for this offering and project"),
        ({"offerings": ["beta"]}, "the register lists none for this offering and project"),
    ],
)
def test_agreement_that_is_not_in_force_is_missing(change: Part, why: str, tmp_path: Path) -> None:
    found = cell(tmp_path, "agreements.dpa.reference", agreements=[{**DPA, **change}])
    assert found.values == ()
    assert why in found.missing[0]
    assert found.missing[0].endswith("add an agreement to agreements.yaml (kind `dpa`)")


def test_field_that_an_agreement_does_not_state_is_to_be_said_there(tmp_path: Path) -> None:
    found = cell(tmp_path, "agreements.dpa.counterparty", agreements=[DPA])
    assert found.missing == ("say it as `counterparty` of the agreement `dpa` (LEGAL-482) in agreements.yaml",)


def test_review_of_a_day_to_come_is_none(tmp_path: Path) -> None:
    review = {"by": "legal", "on": "2026-11-24"}
    assert cell(tmp_path, "agreements.dpa.reviewed.on", agreements=[{**DPA, "reviewed": review}]).values == ()


def test_claim_fills_nothing(tmp_path: Path) -> None:
    found = cell(tmp_path, "agreements.dpa.status", {"agreements": ["dpa"]})
    assert found.values == ()
    assert "there is no agreements register" in found.missing[0]


# Unlisted vendors.


@pytest.mark.parametrize(
    "path", ["offering.platform", "registry.gdpr_dpa.value", "agreements.dpa.reference", "registry.gdpr_dpa.facts.dpf"]
)
def test_nothing_is_known_of_an_unlisted_vendor(path: str, tmp_path: Path) -> None:
    usage = {"offering": "unlisted", "vendor": "Acme Speech"}
    found = cell(tmp_path, path, usage, agreements=[{**DPA, "offerings": ["*"]}])
    assert found.values == ()
    assert "Acme Speech" in found.missing[0]


def test_unlisted_vendor_has_a_row_of_its_own_by_its_name(tmp_path: Path) -> None:
    usages: list[Part] = [
        {"offering": "unlisted", "vendor": "Acme Speech"},
        {"offering": "unlisted", "vendor": "acme speech"},
        {"fallbacks": ["beta"]},
    ]
    view = view_of({"from": ["offering.platform", "route.vendor"]}, rows="vendor")
    found = register(tmp_path, view, *usages)
    assert [(row.name, len(row.routes)) for row in found.rows] == [("A", 1), ("Acme Speech (unlisted)", 2), ("B", 1)]


# Sources in order, and several routes.


def test_first_source_that_has_a_value_fills_the_cell(tmp_path: Path) -> None:
    view = view_of({"from": ["usage.attributes.public_purpose", "usage.purpose"]})
    for attributes, words in (({"public_purpose": "Letters"}, "Letters"), ({}, "Sort letters")):
        (row,) = register(tmp_path, view, {"purpose": "Sort letters", "attributes": attributes}).rows
        assert told(row.cells[0]) == Told((words,), ())


def test_cell_that_no_source_fills_says_all_ways(tmp_path: Path) -> None:
    sources = [
        "usage.attributes.erasure_period",
        "registry.retention_zdr.facts.retention_days",
        "agreements.dpa.reference",
    ]
    (row,) = register(tmp_path, view_of({"from": sources}), {}, agreements=[]).rows
    (one,) = row.cells[0].missing
    assert (one.place, one.name) == ("manifest", "erasure_period")
    assert one.help == (
        "say it as attribute `erasure_period` of the usage in the manifest, or as cell `retention_zdr` of the registry"
        " or of your own in the bundle's offerings/, or add an agreement to agreements.yaml (kind `dpa`)"
    )
    assert one.why is not None
    assert "nothing about retention_zdr" in one.why


def test_what_routes_say_differently_is_said_of_each(tmp_path: Path) -> None:
    usage = {"region": "us", "fallbacks": [{"offering": "beta", "region": "de"}], "models": ["m"]}
    view = view_of({"from": ["usage.region"]}, {"from": ["usage.models"]}, {"from": ["usage.id"]})
    (row,) = register(tmp_path, view, usage).rows
    region, models, id = row.cells
    assert [(one.words, one.of) for one in region.values] == [("us", ("alpha",)), ("de", ("fallback beta",))]
    assert [(one.words, one.of) for one in models.values] == [("m", ("alpha",))]
    assert [(one.help, one.of) for one in models.missing] == [
        ("say it as `models` of the fallback in the manifest", ("fallback beta",))
    ]
    assert [(one.words, one.of) for one in id.values] == [("u0", ())]


def test_row_of_a_vendor_says_of_which_usages_what_is_missing(tmp_path: Path) -> None:
    usages = [{"purpose": "Letters"}, {}, {"purpose": "Letters"}]
    (row,) = register(tmp_path, view_of({"from": ["usage.purpose"]}, rows="vendor"), *usages).rows
    assert [(one.words, one.of) for one in row.cells[0].values] == [("Letters", ("p/u0", "p/u2"))]
    assert [one.of for one in row.cells[0].missing] == [("p/u1",)]


@pytest.mark.parametrize(
    ("rows", "ids"), [("usage", ["p/u0", "p/u1"]), ("route", ["p/u0/alpha", "p/u0/fallback beta", "p/u1/alpha"])]
)
def test_rows_have_ids_that_stay(rows: str, ids: list[str], tmp_path: Path) -> None:
    found = register(tmp_path, view_of({"from": ["usage.id"]}, rows=rows), {"fallbacks": ["beta"]}, {})
    assert [row.id for row in found.rows] == ids


def test_rows_that_would_be_called_alike_say_where_they_stand(tmp_path: Path) -> None:
    other = {"project": "p", "usages": [{"id": "u0", "offering": "beta", "data": ["pii"]}]}
    found = register(tmp_path, view_of({"from": ["usage.id"]}), {}, manifests=[other])
    ids = [row.id for row in found.rows]
    assert len(set(ids)) == 2
    assert all("vendorgate.yaml)" in id for id in ids)


# Rules.

LARGE: Final[Part] = {"var": "usage.attributes.large_scale"}
SENSITIVE: Final[Part] = {"!": {"disjoint": [{"var": "usage.data"}, ["phi"]]}}


@pytest.mark.parametrize(
    ("attributes", "data", "expected"),
    [
        ({"large_scale": True}, ["phi"], "met"),
        ({"large_scale": False}, ["phi"], "not met"),
        ({}, ["pii"], "not met"),
        ({}, ["phi"], None),
        ({"large_scale": "no"}, ["phi"], None),
        ({"large_scale": "yes"}, ["phi"], None),
    ],
)
def test_criterion_is_met_not_met_or_not_known(
    attributes: Part, data: list[str], expected: str | None, tmp_path: Path
) -> None:
    view = view_of({"met": {"and": [SENSITIVE, LARGE]}})
    (row,) = register(tmp_path, view, {"data": data, "attributes": attributes}).rows
    found = told(row.cells[0])
    assert found.values == (() if expected is None else (expected,))
    assert bool(found.missing) == (expected is None)


def test_criterion_that_is_not_known_says_what_would_tell(tmp_path: Path) -> None:
    (row,) = register(tmp_path, view_of({"met": {"and": [SENSITIVE, LARGE]}}), {"data": ["phi"]}).rows
    assert told(row.cells[0]).missing == ("say it as attribute `large_scale` of the usage in the manifest",)


def test_criterion_of_what_is_observed_is_asked_of_each_route(tmp_path: Path) -> None:
    read = {"version": 1, "offering": "beta", "observed": AS_OF.isoformat(), "settings": {"a": True}}
    path = tmp_path / "policies" / "observations" / "beta.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(read), "utf-8")
    met = {"and": [{"==": [{"var": "usage.purpose"}, "x"]}, {"observed": "usage.settings.a"}]}
    usages: list[Part] = [{"purpose": "x"}, {"purpose": "x", "fallbacks": ["beta"]}]
    rows = register(tmp_path, view_of({"met": met}), *usages).rows
    assert [told(row.cells[0]).values for row in rows] == [("not met",), ("met",)]


def test_criterion_says_by_what_it_is_met(tmp_path: Path) -> None:
    (row,) = register(tmp_path, view_of({"met": SENSITIVE}), {"data": ["phi"]}).rows
    (found,) = row.cells[0].values
    assert (found.said_by, found.reference) == ("rule", "usage.data: phi")


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        ({"a": True, "b": True}, "met"),
        ({"a": True, "b": False, "c": False}, "not met"),
        ({"a": True, "b": False}, None),
        ({"a": False, "b": False}, "not met"),
        ({}, None),
    ],
)
def test_enough_criteria_are_counted_with_what_is_not_known(
    flags: dict[str, bool], expected: str | None, tmp_path: Path
) -> None:
    criteria = [{"id": name, "met": {"var": f"usage.attributes.{name}"}} for name in "abc"]
    view = view_of(*criteria, {"id": "enough", "of": ["a", "b", "c"], "least": 2})
    (row,) = register(tmp_path, view, {"attributes": flags}).rows
    assert told(row.cells[3]).values == (() if expected is None else (expected,))
    assert bool(row.cells[3].missing) == (expected is None)


@pytest.mark.parametrize(("flag", "applies"), [(True, True), (False, False), (None, True)])
def test_column_is_asked_for_unless_it_is_known_not_to_be(flag: bool | None, applies: bool, tmp_path: Path) -> None:
    attributes = {} if flag is None else {"large_scale": flag}
    criterion = {"id": "large", "met": LARGE}
    view = view_of(
        criterion,
        {"from": ["usage.attributes.dpia"], "unless_not_met": "large"},
        {"from": ["usage.attributes.dpia"], "when": LARGE},
    )
    (row,) = register(tmp_path, view, {"attributes": attributes}).rows
    assert [told(one).applies for one in row.cells[1:]] == [applies, applies]


def test_what_is_not_asked_for_is_not_missing(tmp_path: Path) -> None:
    view = view_of({"from": ["usage.attributes.dpia"], "when": LARGE, "required": True})
    found = register(tmp_path, view, {"attributes": {"large_scale": False}})
    assert (found.counts.cells, found.counts.missing, found.completeness) == (0, 0, "whole")


def test_where_leaves_out_what_is_known_not_to_be_meant_and_counts_it(tmp_path: Path) -> None:
    view = view_of({"from": ["usage.id"]}, where=LARGE)
    found = register(tmp_path, view, {"attributes": {"large_scale": False}}, {}, {"attributes": {"large_scale": True}})
    assert [row.id for row in found.rows] == ["p/u1", "p/u2"]
    assert found.counts.left_out == 1


def test_counts_are_of_rows_cells_and_what_is_required(tmp_path: Path) -> None:
    view = view_of({"from": ["usage.purpose"], "required": True}, {"from": ["usage.region"]})
    found = register(tmp_path, view, {"purpose": "x"}, {})
    counts = found.counts
    assert (counts.rows, counts.usages, counts.cells, counts.filled, counts.missing, counts.missing_required) == (
        2,
        2,
        4,
        1,
        3,
        1,
    )
    assert found.completeness == "missing"


def test_no_usages_make_no_rows(tmp_path: Path) -> None:
    found = register(tmp_path, "systems")
    assert (found.rows, found.completeness) == ((), "whole")


@pytest.mark.parametrize(
    ("agreements", "why"),
    [
        (None, "there is no agreements register, so that no agreement is known"),
        ([], "no `enterprise` or `dpa` in force: the register lists none for this offering and project"),
    ],
)
def test_reason_that_several_agreements_share_is_said_once(
    agreements: list[Part] | None, why: str, tmp_path: Path
) -> None:
    column = {"from": ["agreements.enterprise.reference", "agreements.dpa.reference"]}
    (row,) = register(tmp_path, view_of(column), {"agreements": ["dpa"]}, agreements=agreements).rows
    (one,) = row.cells[0].missing
    assert one.why == why
    assert one.help == "add an agreement to agreements.yaml (kind `enterprise` or `dpa`)"
    assert one.called == "agreement `enterprise` or `dpa`"


def test_fact_that_is_not_stated_is_called_by_what_it_says(tmp_path: Path) -> None:
    stated = {"dimensions": {"gdpr_dpa": CELL}}
    column = {"from": ["registry.gdpr_dpa.facts.dpf"]}
    (row,) = register(tmp_path, view_of(column), {"endpoints": ["chat"]}, offering=stated).rows
    (one,) = row.cells[0].missing
    assert one.why == (
        "the registry does not state whether the vendor is certified under the EU-US Data Privacy Framework"
    )


# What to paste.


def test_attributes_that_are_required_and_missing_are_told_as_yaml_that_is_refused_until_it_is_filled(
    tmp_path: Path,
) -> None:
    columns = (
        {"title": "Since\n  x: y # z", "from": ["usage.attributes.since"], "required": True, "cites": ["Art. 1"]},
        {"from": ["usage.attributes.deployer"]},
        {"from": ["usage.attributes.large_scale"], "required": True},
        {"from": ["usage.attributes.gdpr_role"], "required": True},
    )
    inventory = register(tmp_path, view_of(*columns), {"attributes": {"gdpr_role": "processor"}}, {})
    head, *lines = to_paste(inventory)
    assert "to fill in" in head
    assert value_of("\n".join(lines)) == {"attributes": {"since": "", "large_scale": "", "gdpr_role": ""}}
    assert lines[1].endswith("; YYYY-MM-DD")
    assert "`true` or `false`" in lines[2]
    assert lines[3].endswith("; missing in 1 row")
    with pytest.raises(InputError, match="an empty text"):
        register(tmp_path, view_of(*columns), {"attributes": {"since": "", "large_scale": "", "gdpr_role": ""}})


def test_nothing_is_to_paste_where_no_attribute_is_missing_that_is_required(tmp_path: Path) -> None:
    columns = ({"from": ["usage.attributes.since"]}, {"from": ["usage.region"], "required": True})
    assert [*to_paste(register(tmp_path, view_of(*columns), {}))] == []


@pytest.mark.parametrize("public", [True, False])
def test_codes_are_put_in_words_where_everybody_reads_them(public: bool, tmp_path: Path) -> None:
    view = view_of({"from": ["usage.data"]}, {"from": ["usage.region"]}, public=public)
    (row,) = register(tmp_path, view, {"data": ["phi", "public"], "region": "us"}).rows
    words = [one.words for cell in row.cells for one in cell.values]
    assert words == (
        ["protected health information", "public information", "United States"] if public else ["phi", "public", "us"]
    )
    assert [one.value for cell in row.cells for one in cell.values] == ["phi", "public", "us"]
