"""Edits of what judges, and what each does to the gate."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.commands.review.repository import (
    AUDITED,
    BAA,
    WORLD,
    Content,
    cell,
    changed,
    manifest,
    notices,
    offering,
    policies,
    usage,
)
from vendorgate.comparison.edits import edits
from vendorgate.load.bundle_files import BundleFiles, read_bundle
from vendorgate.load.files import folder

Files = Mapping[str, Any]
RULES = {"rules.yaml": policies(BAA)}
MARK = "sha256:" + "0" * 64
WAIVER = {"policy": "p", "reason": "r", "approved_by": "a", "expires": "2026-12-31"}
BOUND = {"project": "p", "paths": ["p/**"]}
SIGNED = {"kind": "baa", "offerings": ["alpha"], "status": "executed", "signed": "2026-01-01", "expires": "2027-01-01"}


def rule(**more: Any) -> Files:
    return {"rules.yaml": policies({**BAA, **more})}


def waivers(*entries: dict[str, Any]) -> Files:
    return {**RULES, "waivers.yaml": {"version": 1, "waivers": list(entries)}}


def ruled(rules: dict[str, Any], *entries: dict[str, Any]) -> Files:
    """Waivers in a bundle that demands something of them."""
    return {**waivers(*entries), "bundle.yaml": {"waivers": rules}}


def register(*entries: dict[str, Any]) -> Files:
    return {**RULES, "agreements.yaml": {"version": 1, "agreements": list(entries)}}


def bundle(**fields: Any) -> Files:
    return {**RULES, "a/a.yaml": policies(AUDITED), "b/b.yaml": policies({**AUDITED, "id": "b"}), "bundle.yaml": fields}


W, S, C = "weaker", "stricter", "changed"
OVERRIDE_EDITS: tuple[tuple[str, list[Any], list[Any], str], ...] = (
    ("a policy is switched off", [], [{"off": True}], W),
    ("a policy is switched on", [{"off": True}], [], S),
    ("a policy is softened", [], [{"severity": "note"}], W),
    ("a policy is softened less", [{"severity": "note"}], [{"severity": "warning"}], S),
    ("a policy is enforced later", [], [{"enforce_from": "2030-01-01"}], W),
    ("a policy is enforced earlier", [{"enforce_from": "2030-01-01"}], [{"enforce_from": "2029-01-01"}], S),
    ("a later entry counts", [{"severity": "note"}], [{"severity": "note"}, {"severity": "error"}], S),
    ("an earlier entry does not", [{"severity": "note"}], [{"off": True}, {"severity": "note"}], C),
    ("another reason", [{"severity": "note"}], [{"severity": "note", "reason": "another"}], C),
    ("sooner and less", [{"enforce_from": "2030-01-01"}], [{"enforce_from": "2029-01-01", "severity": "note"}], W),
)


def overrides(entries: list[Any]) -> Files:
    return bundle(overrides=[{"policy": "b", "reason": "r", **one} for one in entries])


OVERRIDES = {
    f"overrides: {name}": (overrides(old), overrides(new), [("bundle", "overrides", "changed", effect)])
    for name, old, new, effect in OVERRIDE_EDITS
}


SCRIPTS = {"path": "scripts/**", "reason": "r", "expires": "2027-01-31"}
OPENAI = {"offering": "openai-api", "reason": "r"}
DETECT_EDITS: tuple[tuple[str, str, Any, Any, str], ...] = (
    ("fewer uses count", "statuses", ["used", "ci"], ["used"], W),
    ("more uses count", "statuses", ["used"], ["used", "optional", "test"], S),
    ("other uses count", "statuses", ["used"], ["optional"], W),
    ("uses in another order", "statuses", ["used", "optional"], ["optional", "used"], C),
    ("the usual uses count again", "statuses", ["used"], None, S),
    ("a kind matters more", "severity", None, {"undeclared-model": "error"}, S),
    ("a kind matters less", "severity", {"undeclared-model": "error"}, None, W),
    ("a kind is off", "severity", None, {"undeclared-offering": "off"}, W),
    ("a kind that is a note by default is a warning", "severity", None, {"declared-not-found": "warning"}, S),
    ("a kind is as by default", "severity", None, {"undeclared-model": "warning"}, C),
    ("one more and one less", "severity", {"route-mismatch": "note"}, {"region-mismatch": "note"}, W),
    ("an exception comes", "except", None, [SCRIPTS], W),
    ("an exception goes", "except", [SCRIPTS, OPENAI], [OPENAI], S),
    ("an exception lasts longer", "except", [SCRIPTS], [{**SCRIPTS, "expires": "2027-02-01"}], W),
    ("an exception lasts for ever", "except", [SCRIPTS], [{**SCRIPTS, "expires": None}], W),
    ("an exception ends", "except", [OPENAI], [{**OPENAI, "expires": "2027-02-01"}], S),
    ("an exception for another reason", "except", [OPENAI], [{**OPENAI, "reason": "s"}], C),
    ("an exception of other files", "except", [SCRIPTS], [{**SCRIPTS, "path": "tools/**"}], W),
    ("comments count", "comments", None, {"max_days": 30}, W),
    ("comments count for longer", "comments", {"max_days": 30}, {"max_days": 90}, W),
    ("comments count for less long", "comments", {"max_days": 90}, {"max_days": 30}, S),
    ("comments do not count", "comments", {"max_days": 30}, None, S),
)


def detect(field: str, value: Any) -> Files:
    if isinstance(value, list) and isinstance(value[0], dict):
        value = [{key: said for key, said in one.items() if said is not None} for one in value]
    return bundle(detect={} if value is None else {field: value})


DETECT = {
    f"detect: {name}": (detect(field, old), detect(field, new), [("bundle", f"detect.{field}", "changed", effect)])
    for name, field, old, new, effect in DETECT_EDITS
}


def brought(**words: Any) -> Files:
    """A file of policies that brings words."""
    return {**RULES, "more.yaml": {**policies({**AUDITED, "id": "more"}), **words}}


INTERNAL = {"id": "own", "name": "Own", "developer": "D", "platform": "P", "category": "internal"}


def overlays(**files: Any) -> Files:
    return {**RULES, **{f"offerings/{name}.yaml": value for name, value in files.items()}}


def extension(**cells: Any) -> Files:
    return overlays(alpha={"extends": "alpha", "dimensions": cells})


OVERLAYS: Mapping[str, tuple[Files, Files, list[tuple[str, str, str, str]]]] = {
    "a cell of ours comes": (RULES, extension(gdpr_dpa=cell()), [("bundle", "cell gdpr_dpa of alpha", "added", W)]),
    "a cell of ours says no": (
        RULES,
        extension(gdpr_dpa=cell("no"), hipaa_baa=None),
        [("bundle", "cell gdpr_dpa of alpha", "added", C)],
    ),
    "a cell of ours goes": (extension(gdpr_dpa=cell()), RULES, [("bundle", "cell gdpr_dpa of alpha", "removed", C)]),
    "a cell of ours that says no goes": (
        extension(gdpr_dpa=cell("no")),
        RULES,
        [("bundle", "cell gdpr_dpa of alpha", "removed", W)],
    ),
    "a cell of ours grants it everywhere": (
        extension(gdpr_dpa=cell(scope={"regions": {"only": ["us"]}})),
        extension(gdpr_dpa=cell(scope={})),
        [("bundle", "cell gdpr_dpa of alpha", "changed", W)],
    ),
    "a cell of ours grants it elsewhere": (
        extension(gdpr_dpa=cell(scope={"regions": {"only": ["us"]}})),
        extension(gdpr_dpa=cell(scope={"regions": {"only": ["eu"]}})),
        [("bundle", "cell gdpr_dpa of alpha", "changed", C)],
    ),
    "a cell of ours that says no says it everywhere": (
        extension(gdpr_dpa=cell("no", scope={"regions": {"only": ["us"]}})),
        extension(gdpr_dpa=cell("no", scope={})),
        [("bundle", "cell gdpr_dpa of alpha", "changed", C)],
    ),
    "a cell of ours grants": (
        extension(gdpr_dpa=cell("no")),
        extension(gdpr_dpa=cell("partial")),
        [("bundle", "cell gdpr_dpa of alpha", "changed", W)],
    ),
    "a cell of ours is read again": (
        extension(gdpr_dpa=cell()),
        extension(gdpr_dpa=cell(verified="2026-11-20")),
        [("bundle", "cell gdpr_dpa of alpha", "changed", C)],
    ),
    "nothing in another file": (
        extension(gdpr_dpa=cell()),
        overlays(other={"extends": "alpha", "dimensions": {"gdpr_dpa": cell()}}),
        [],
    ),
    "an offering of our own": (
        RULES,
        overlays(own={**INTERNAL, "dimensions": {"soc2_type2": cell()}}),
        [("bundle", "offering own", "added", C), ("bundle", "cell soc2_type2 of own", "added", W)],
    ),
    "an offering that we run ourselves now": (
        overlays(own={**INTERNAL, "category": "product", "dimensions": {}}),
        overlays(own={**INTERNAL, "dimensions": {}}),
        [("bundle", "offering own", "changed", W)],
    ),
}
TWICE = [{"covered": "hipaa_baa"}, {"covered": "soc2_type2"}]
CASES: Mapping[str, tuple[Files, Files, list[tuple[str, str, str, str]]]] = {
    **OVERLAYS,
    "nothing": (RULES, RULES, []),
    "another file": (RULES, {"moved/elsewhere.yaml": policies(BAA)}, []),
    "a policy comes": (RULES, {"rules.yaml": policies(BAA, AUDITED)}, [("policy", "audited", "added", S)]),
    "a policy goes": ({"rules.yaml": policies(BAA, AUDITED)}, RULES, [("policy", "audited", "removed", W)]),
    "a policy by another name": (
        RULES,
        rule(id="n"),
        [("policy", "phi-needs-baa", "removed", W), ("policy", "n", "added", S)],
    ),
    "less severe": (RULES, rule(severity="note"), [("policy", "phi-needs-baa", "changed", W)]),
    "more severe": (rule(severity="note"), RULES, [("policy", "phi-needs-baa", "changed", S)]),
    "unknown passes": (RULES, rule(on_unknown="pass"), [("policy", "phi-needs-baa", "changed", W)]),
    "unknown fails": (rule(on_unknown="warn"), RULES, [("policy", "phi-needs-baa", "changed", S)]),
    "enforced later": (RULES, rule(enforce_from="2027-01-01"), [("policy", "phi-needs-baa", "changed", W)]),
    "enforced even later": (
        rule(enforce_from="2027-01-01"),
        rule(enforce_from="2028-01-01"),
        [("policy", "phi-needs-baa", "changed", W)],
    ),
    "enforced at once": (rule(enforce_from="2027-01-01"), RULES, [("policy", "phi-needs-baa", "changed", S)]),
    "for fewer": (
        {"rules.yaml": policies(AUDITED)},
        {"rules.yaml": policies({**AUDITED, "when": BAA["when"]})},
        [("policy", "audited", "changed", W)],
    ),
    "for all": (
        {"rules.yaml": policies({**AUDITED, "when": BAA["when"]})},
        {"rules.yaml": policies(AUDITED)},
        [("policy", "audited", "changed", S)],
    ),
    "for others": (
        RULES,
        rule(when={"in": ["pii", {"var": "usage.data"}]}),
        [("policy", "phi-needs-baa", "changed", C)],
    ),
    "one requirement more": (RULES, rule(require=TWICE), [("policy", "phi-needs-baa", "changed", S)]),
    "one requirement less": (rule(require=TWICE), RULES, [("policy", "phi-needs-baa", "changed", W)]),
    "another requirement": (RULES, rule(require=TWICE[1:]), [("policy", "phi-needs-baa", "changed", C)]),
    "another message": (
        RULES,
        rule(require=[{"that": TWICE[0], "message": "m"}]),
        [("policy", "phi-needs-baa", "changed", C)],
    ),
    "another title": (RULES, rule(title="T"), [("policy", "phi-needs-baa", "changed", C)]),
    "stricter in one and weaker in another": (
        rule(severity="note"),
        rule(on_unknown="pass"),
        [("policy", "phi-needs-baa", "changed", W)],
    ),
    "a waiver comes": (RULES, waivers(WAIVER), [("waiver", "p on *, *, *", "added", W)]),
    "a waiver goes": (waivers(WAIVER), RULES, [("waiver", "p on *, *, *", "removed", S)]),
    "a waiver lasts": (
        waivers(WAIVER),
        waivers({**WAIVER, "expires": "2027-01-01"}),
        [("waiver", "p on *, *, *", "changed", W)],
    ),
    "a waiver ends": (
        waivers(WAIVER),
        waivers({**WAIVER, "expires": "2026-01-01"}),
        [("waiver", "p on *, *, *", "changed", S)],
    ),
    "a waiver for others": (
        waivers(WAIVER),
        waivers({**WAIVER, "project": "q"}),
        [("waiver", "p on *, *, *", "removed", S), ("waiver", "p on q, *, *", "added", W)],
    ),
    "a second waiver of the same": (
        waivers(WAIVER),
        waivers(WAIVER, {**WAIVER, "ticket": "t"}),
        [("waiver", "p on *, *, * (number 2)", "added", W)],
    ),
    "another approver": (
        waivers(WAIVER),
        waivers({**WAIVER, "approved_by": "b"}),
        [("waiver", "p on *, *, *", "changed", C)],
    ),
    "another approver, where nobody approves their own": (
        ruled({"forbid_self_approval": True}, WAIVER),
        ruled({"forbid_self_approval": True}, {**WAIVER, "approved_by": "b"}),
        [("waiver", "p on *, *, *", "changed", W)],
    ),
    "a ticket": (
        waivers(WAIVER),
        waivers({**WAIVER, "ticket": "t"}),
        [("waiver", "p on *, *, *", "changed", C)],
    ),
    "a ticket, where one is demanded": (
        ruled({"require_ticket": True}, WAIVER),
        ruled({"require_ticket": True}, {**WAIVER, "ticket": "t"}),
        [("waiver", "p on *, *, *", "changed", W)],
    ),
    "no ticket, where one is demanded": (
        ruled({"require_ticket": True}, {**WAIVER, "ticket": "t"}),
        ruled({"require_ticket": True}, WAIVER),
        [("waiver", "p on *, *, *", "changed", C)],
    ),
    "an unlisted vendor of the name that an account had": (
        waivers({**WAIVER, "account": "acme"}),
        waivers({**WAIVER, "vendor": "acme"}),
        [("waiver", "p on *, *, *, acme", "changed", W)],
    ),
    "a waiver gets a fingerprint": (
        waivers(WAIVER),
        waivers({**WAIVER, "fingerprint": MARK}),
        [("waiver", "p on *, *, *", "changed", S)],
    ),
    "a waiver loses its fingerprint": (
        waivers({**WAIVER, "fingerprint": MARK}),
        waivers(WAIVER),
        [("waiver", "p on *, *, *", "changed", W)],
    ),
    "a waiver of other reasons": (
        waivers({**WAIVER, "fingerprint": MARK}),
        waivers({**WAIVER, "fingerprint": MARK.replace("0", "1")}),
        [("waiver", "p on *, *, *", "changed", W)],
    ),
    **{
        f"waivers {field}: from {old} to {new}": (
            bundle(waivers={} if old is None else {field: old}),
            bundle(waivers={} if new is None else {field: new}),
            [("bundle", f"waivers.{field}", "changed", effect)],
        )
        for field, old, new, effect in (
            ("max_days", None, 90, S),
            ("max_days", 90, 30, S),
            ("max_days", 30, 90, W),
            ("max_days", 90, None, W),
            ("require_ticket", None, True, S),
            ("require_ticket", True, False, W),
            ("forbid_self_approval", False, True, S),
            ("forbid_self_approval", True, None, W),
            ("forbid_policies", None, ["p"], S),
            ("forbid_policies", ["p", "q"], ["p"], W),
            ("forbid_policies", ["p"], ["q"], W),
            ("forbid_policies", ["p", "q"], ["q", "p"], C),
        )
    },
    **OVERRIDES,
    **DETECT,
    "a register comes": (RULES, register(SIGNED), [("bundle", "agreements register", "added", C)]),
    "a register goes": (register(SIGNED), RULES, [("bundle", "agreements register", "removed", W)]),
    "an agreement comes": (register(), register(SIGNED), [("agreement", "baa with alpha for *", "added", W)]),
    "an agreement that is not signed comes": (
        register(),
        register({**SIGNED, "status": "pending"}),
        [("agreement", "baa with alpha for *", "added", C)],
    ),
    "an agreement goes": (register(SIGNED), register(), [("agreement", "baa with alpha for *", "removed", S)]),
    "an agreement is signed": (
        register({**SIGNED, "status": "pending"}),
        register(SIGNED),
        [("agreement", "baa with alpha for *", "changed", W)],
    ),
    "an agreement is terminated": (
        register(SIGNED),
        register({**SIGNED, "status": "terminated"}),
        [("agreement", "baa with alpha for *", "changed", S)],
    ),
    "an agreement lasts": (
        register(SIGNED),
        register({**SIGNED, "expires": "2028-01-01"}),
        [("agreement", "baa with alpha for *", "changed", W)],
    ),
    "an agreement ends": (
        register({key: value for key, value in SIGNED.items() if key != "expires"}),
        register(SIGNED),
        [("agreement", "baa with alpha for *", "changed", S)],
    ),
    "an agreement was signed later": (
        register(SIGNED),
        register({**SIGNED, "signed": "2026-02-01"}),
        [("agreement", "baa with alpha for *", "changed", S)],
    ),
    "an agreement is reviewed": (
        register(SIGNED),
        register({**SIGNED, "reviewed": {"by": "legal", "on": "2026-06-01"}}),
        [("agreement", "baa with alpha for *", "changed", W)],
    ),
    "a review is said to have been earlier": (
        register({**SIGNED, "reviewed": {"by": "legal", "on": "2026-06-01"}}),
        register({**SIGNED, "reviewed": {"by": "legal", "on": "2026-03-01"}}),
        [("agreement", "baa with alpha for *", "changed", S)],
    ),
    "a review goes": (
        register({**SIGNED, "reviewed": {"by": "legal", "on": "2026-06-01"}}),
        register(SIGNED),
        [("agreement", "baa with alpha for *", "changed", C)],
    ),
    "another paper, owner and notice": (
        register({**SIGNED, "document": "a.pdf", "owner": "legal", "notice_days": 30}),
        register({**SIGNED, "document": "b.pdf", "sha256": "0" * 64, "owner": "it", "notice_days": 60}),
        [("agreement", "baa with alpha for *", "changed", C)],
    ),
    "modules of clauses come": (
        register({**SIGNED, "kind": "scc", "scc_modules": [2]}),
        register({**SIGNED, "kind": "scc", "scc_modules": [2, 3]}),
        [("agreement", "scc with alpha for *", "changed", W)],
    ),
    "an agreement with others": (
        register(SIGNED),
        register({**SIGNED, "offerings": ["*"]}),
        [("agreement", "baa with alpha for *", "removed", S), ("agreement", "baa with * for *", "added", W)],
    ),
    "a pack brings an attribute": (
        brought(),
        brought(attributes={"dpia": {"type": "text"}}),
        [("bundle", "attributes of policy files", "changed", C)],
    ),
    "a pack means something else by an attribute": (
        brought(attributes={"dpia": {"type": "text"}}),
        brought(attributes={"dpia": {"one_of": ["none", "done"]}}),
        [("bundle", "attributes of policy files", "changed", C)],
    ),
    "a pack brings other words": (
        brought(data_classes=["letters"], agreement_kinds=["aoc"], region_groups={"home": ["de"]}),
        brought(data_classes=["diaries"], agreement_kinds=["aoc"], region_groups={"home": ["de", "fr"]}),
        [
            ("bundle", "data_classes of policy files", "changed", C),
            ("bundle", "region_groups of policy files", "changed", C),
        ],
    ),
    "laxer": (bundle(fail_on="warning"), bundle(fail_on="never"), [("bundle", "fail_on", "changed", W)]),
    "as strict as can be": (bundle(), bundle(fail_on="note"), [("bundle", "fail_on", "changed", S)]),
    "evidence counts for longer": (
        bundle(registry={"max_evidence_age_days": 90}),
        bundle(registry={"max_evidence_age_days": 900}),
        [("bundle", "registry.max_evidence_age_days", "changed", W)],
    ),
    "evidence counts for less long": (
        bundle(),
        bundle(registry={"max_evidence_age_days": 9}),
        [("bundle", "registry.max_evidence_age_days", "changed", S)],
    ),
    "evidence counts as it is": (
        bundle(),
        bundle(registry={"max_evidence_age_days": {"default": 365, "hipaa_baa": 365}}),
        [("bundle", "registry.max_evidence_age_days", "changed", C)],
    ),
    "evidence of one dimension counts for longer": (
        bundle(),
        bundle(registry={"max_evidence_age_days": {"default": 9, "hipaa_baa": 900}}),
        [("bundle", "registry.max_evidence_age_days", "changed", W)],
    ),
    "evidence of one dimension counts for less long": (
        bundle(registry={"max_evidence_age_days": {"default": 90, "hipaa_baa": 30}}),
        bundle(registry={"max_evidence_age_days": {"default": 90, "hipaa_baa": 29}}),
        [("bundle", "registry.max_evidence_age_days", "changed", S)],
    ),
    "evidence of one dimension counts as long as any": (
        bundle(registry={"max_evidence_age_days": {"default": 90, "hipaa_baa": 30}}),
        bundle(registry={"max_evidence_age_days": 90}),
        [("bundle", "registry.max_evidence_age_days", "changed", W)],
    ),
    **{
        f"another day may judge: from {old} to {new}": (
            bundle(**({} if old is None else {"as_of": {"within_days": old}})),
            bundle(**({} if new is None else {"as_of": {"within_days": new}})),
            [("bundle", "as_of", "changed", effect)],
        )
        for old, new, effect in ((None, 31, S), (31, 7, S), (7, 31, W), (31, None, W))
    },
    "less confidence": (
        bundle(registry={"min_confidence": "high"}),
        bundle(registry={"min_confidence": "medium"}),
        [("bundle", "registry.min_confidence", "changed", W)],
    ),
    "pinned": (bundle(), bundle(registry={"sha256": "0" * 64}), [("bundle", "registry.sha256", "changed", S)]),
    "not pinned": (bundle(registry={"sha256": "0" * 64}), bundle(), [("bundle", "registry.sha256", "changed", W)]),
    "pinned to another": (
        bundle(registry={"sha256": "0" * 64}),
        bundle(registry={"sha256": "1" * 64}),
        [("bundle", "registry.sha256", "changed", C)],
    ),
    "optional": (
        bundle(),
        bundle(optional_packs=["a"]),
        [("policy", "audited", "removed", W), ("bundle", "optional_packs", "changed", W)],
    ),
    "not optional": (
        bundle(optional_packs=["a"]),
        bundle(),
        [("policy", "audited", "added", S), ("bundle", "optional_packs", "changed", S)],
    ),
    "other data classes": (bundle(), bundle(data_classes=["own"]), [("bundle", "data_classes", "changed", C)]),
    "names are bound": (bundle(), bundle(projects=[BOUND]), [("bundle", "projects", "changed", S)]),
    "names are not bound": (bundle(projects=[BOUND]), bundle(), [("bundle", "projects", "changed", W)]),
    "another name is bound": (
        bundle(projects=[BOUND]),
        bundle(projects=[BOUND, {**BOUND, "project": "q"}]),
        [("bundle", "projects", "changed", W)],
    ),
    "a name is not bound": (
        bundle(projects=[BOUND, {**BOUND, "project": "q"}]),
        bundle(projects=[BOUND]),
        [("bundle", "projects", "changed", S)],
    ),
    "a name is bound to another place": (
        bundle(projects=[BOUND]),
        bundle(projects=[{**BOUND, "paths": ["q/**"]}]),
        [("bundle", "projects", "changed", W)],
    ),
    "a name is bound to another repository, too": (
        bundle(projects=[{"project": "p", "repositories": ["acme/p"]}]),
        bundle(projects=[{"project": "p", "repositories": ["acme/p", "acme/*"]}]),
        [("bundle", "projects", "changed", W)],
    ),
    "a name is bound to fewer places": (
        bundle(projects=[{**BOUND, "paths": ["p/**", "q/**"]}]),
        bundle(projects=[{**BOUND, "repositories": ["acme/p"]}]),
        [("bundle", "projects", "changed", S)],
    ),
    "a name is bound in whichever repository": (
        bundle(projects=[{**BOUND, "repositories": ["acme/p"]}]),
        bundle(projects=[BOUND]),
        [("bundle", "projects", "changed", W)],
    ),
    "a name is bound to another owner": (
        bundle(projects=[BOUND]),
        bundle(projects=[{**BOUND, "owner": "o"}]),
        [("bundle", "projects", "changed", W)],
    ),
    "names are bound in another order": (
        bundle(projects=[BOUND, {**BOUND, "project": "q"}]),
        bundle(projects=[{**BOUND, "project": "q"}, BOUND]),
        [("bundle", "projects", "changed", C)],
    ),
    "another name": (bundle(name="a"), bundle(name="b"), [("bundle", "name", "changed", C)]),
}


def read(files: Files, at: Path) -> BundleFiles:
    for name, content in files.items():
        path = at / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content), encoding="utf-8")
    problems: list[Any] = []
    found = read_bundle(folder(at), problems)
    assert found is not None
    assert problems == []
    return found


@pytest.mark.parametrize("name", CASES)
def test_edit_is_told_with_what_it_does_to_the_gate(name: str, tmp_path: Path) -> None:
    old, new, expected = CASES[name]
    found = edits(read(old, tmp_path / "old"), read(new, tmp_path / "new"))
    assert [(one.what, one.name, one.kind, one.effect) for one in found] == expected
    assert all(bool(one.fields) == (one.kind == "changed") for one in found)


def test_pack_that_is_not_required_any_more_takes_its_policies_with_it(tmp_path: Path) -> None:
    old = read({**RULES, "bundle.yaml": {"packs": ["pci"]}}, tmp_path / "old")
    new = read({**RULES, "bundle.yaml": {}}, tmp_path / "new")
    found = edits(old, new)
    # Its kinds of agreement and its attributes go with it.
    assert {(one.what, one.effect) for one in found} == {("policy", W), ("bundle", W), ("bundle", C)}
    assert ("bundle", "packs") in {(one.what, one.name) for one in found}


def test_bundle_that_comes_or_goes_is_all_its_policies(tmp_path: Path) -> None:
    one = read({"rules.yaml": policies(BAA, AUDITED)}, tmp_path / "b")
    assert [(edit.kind, edit.effect) for edit in edits(None, one)] == [("added", S)] * 2
    assert [(edit.kind, edit.effect) for edit in edits(one, None)] == [("removed", W)] * 2
    assert edits(None, None) == ()


def test_edits_are_shown_with_both_sides(tmp_path: Path) -> None:
    edit: dict[str, Content] = {
        "policies/rules.yaml": policies({**BAA, "severity": "note", "require": TWICE}, AUDITED),
        "policies/bundle.yaml": {"fail_on": "warning"},
        "policies/x.test.yaml": {
            "version": 1,
            "tests": [
                {"name": "n", "policy": "audited", "usage": {"offering": "alpha", "data": ["phi"]}, "expect": "pass"}
            ],
        },
        "policies/README.md": "no rule",
    }
    repository = changed(tmp_path, {"vendorgate.yaml": manifest()}, edit)
    shown = repository.review().stdout
    assert "the change edits what judges, not in force in this review:" in shown
    assert "  weaker: policy `phi-needs-baa`: require [" in shown
    assert "; severity error -> note" in shown
    assert "  stricter: bundle `fail_on`: error -> warning" in shown
    report = repository.report()["edits"]
    assert report["files"] == ["policies/bundle.yaml", "policies/rules.yaml", "policies/x.test.yaml"]
    (policy,) = [one for one in report["edits"] if one["what"] == "policy"]
    assert [(one["field"], one["effect"]) for one in policy["fields"]] == [("require", S), ("severity", W)]
    assert "in force in this review:" in repository.review("--trust-head").stdout
    assert "not in force" not in repository.review("--trust-head").stdout


def test_edits_of_the_registry_are_told_better_or_worse(tmp_path: Path) -> None:
    files: dict[str, Content] = {
        "registry-snapshot/offerings/alpha.yaml": offering("alpha", hipaa_baa=cell("no"), soc2_type2=cell()),
        "registry-snapshot/offerings/delta.yaml": offering("delta", hipaa_baa=cell()),
        "registry-snapshot/offerings/gamma.yaml": None,
        "registry-snapshot/NOTES.md": "x",
    }
    repository = changed(tmp_path, {"vendorgate.yaml": manifest(usage("u", "alpha"))}, files)
    report = repository.report()
    told = {(one["offering"], one["dimension"], one["kind"], one["direction"]) for one in report["edits"]["registry"]}
    assert told == {
        ("alpha", "hipaa_baa", "changed", "worse"),
        ("delta", None, "added", "better"),
        ("gamma", None, "removed", "worse"),
    }
    assert report["verdict"] == "pass"
    assert report["edits"]["files"] == [
        f"registry-snapshot/offerings/{name}.yaml" for name in ("alpha", "delta", "gamma")
    ]
    shown = repository.review().stdout
    assert "  worse: registry `alpha` hipaa_baa: value yes_public -> no" in shown
    assert "  better: registry `delta` added" in shown


def test_registry_that_does_not_load_at_head_stops_nothing(tmp_path: Path) -> None:
    repository = changed(
        tmp_path,
        {"vendorgate.yaml": manifest(usage("u", "alpha"))},
        {"registry-snapshot/offerings/beta.yaml": "id: b\n"},
    )
    report = repository.report()
    assert report["edits"]["registry"] == []
    assert report["edits"]["files"] == ["registry-snapshot/offerings/beta.yaml"]
    assert repository.review("--trust-head").code == 0  # nothing names it


def test_registry_that_is_taken_away_is_told_by_its_files(tmp_path: Path) -> None:
    gone: dict[str, Content] = {name: None for name in WORLD if name.startswith("registry")}
    repository = changed(tmp_path, {"vendorgate.yaml": manifest(usage("u", "alpha"))}, gone)
    report = repository.report()
    assert len(report["edits"]["files"]) == 4
    assert "edits-not-in-force" in notices(report)
