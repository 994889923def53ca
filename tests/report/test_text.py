"""The text for people tells what blocks by its cause, names a way out where there is one, and ends with a verdict."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.command import ROOT, Ended, vendorgate
from tests.load.test_linear import assert_in_proportion
from tests.report import many
from tests.report.evaluations import judge
from tests.report.one import world
from vendorgate.model.evaluation import Evaluation
from vendorgate.report.finding import command_words
from vendorgate.report.look import TextLook
from vendorgate.report.statistics import tables
from vendorgate.report.text import render
from vendorgate.terminal.style import PLAIN

Part = dict[str, Any]
FINE: Part = {"value": "yes_public", "confidence": "high", "verified": "2026-11-01", "source": "https://a.example"}
SHARING: Part = {"==": [{"var": "usage.settings.data_sharing"}, False]}
BAA: Part = {"covered": "hipaa_baa"}


def policy(id: str, rule: Any, **more: Any) -> Part:
    return {"id": id, "title": f"Title of {id}", "require": [rule], **more}


def usage(id: str, **more: Any) -> Part:
    return {"id": id, "offering": "alpha", "data": ["phi"], **more}


def judged(
    folder: Path,
    policies: list[Part],
    usages: list[Part],
    cell: Part | None = None,
    beside: dict[str, Part] | None = None,
) -> Evaluation:
    """Policies on usages of one manifest; `cell` is the registry's `hipaa_baa` of alpha, `beside` are more files."""
    files = world()
    offering = files["registry/offerings/alpha.yaml"]
    offering |= {"endpoints": ["chat", "batch"], "dimensions": {} if cell is None else {"hipaa_baa": {**FINE, **cell}}}
    files["registry/offerings/beta.yaml"] = {**offering, "id": "beta", "name": "Beta", "model_family": "x"}
    files["policies/p.yaml"] = {"version": 1, "policies": policies}
    del files["policies/waivers.yaml"]
    files["services/a/vendorgate.yaml"] |= {"usages": usages}
    return judge({**files, **(beside or {})}, folder)


def told(*arguments: Any, **more: Any) -> str:
    """The report, its places without the folder that the world stands in."""
    found = judged(*arguments, **more)
    return render(found).replace(f"{arguments[0]}/", "")


def headlines(text: str) -> list[str]:
    return re.findall(r"^(?:error|warning|note): .*", text, re.MULTILINE)


def marked(text: str, mark: str) -> list[str]:
    return re.findall(rf"^   = {mark}: (.*)", text, re.MULTILINE)


def test_what_shares_a_cause_is_told_once_with_how_much_it_hits(tmp_path: Path) -> None:
    policies = [policy("a", SHARING), policy("b", SHARING), policy("c", BAA)]
    text = told(tmp_path, policies, [usage("one"), usage("two")], {"value": "no"})
    assert headlines(text) == [
        "error: `settings.data_sharing` is not declared: 2 policies of 2 usages",
        "error: hipaa_baa of alpha: the vendor documents that it does not offer this: 1 policy of 2 usages",
    ]
    assert marked(text, "policy") == ["a: Title of a", "b: Title of b", "c: Title of c"]
    assert marked(text, "also at") == ["services/a/vendorgate.yaml:1:114 (usage `two`)"] * 2


def test_cause_that_hits_most_comes_first_and_errors_before_warnings(tmp_path: Path) -> None:
    policies = [policy("w", {"known": "usage.region"}, severity="warning"), policy("c", BAA), policy("a", SHARING)]
    usages = [usage("one", settings={"data_sharing": False}), usage("two"), usage("three")]
    cells = {"policies/bundle.yaml": {"fail_on": "warning"}}
    text = told(tmp_path, policies, usages, {"scope": {"endpoints": {"only": ["chat"]}}}, cells)
    assert [line.partition(" is")[0] for line in headlines(text)] == [
        "error: `endpoints`",
        "error: `settings.data_sharing`",
        "warning: `region`",
    ]


def test_one_result_is_told_without_counts_at_the_place_that_shows_it_best(tmp_path: Path) -> None:
    scope = {"scope": {"endpoints": {"only": ["chat"]}}}
    text = told(tmp_path, [policy("a", BAA)], [usage("one", endpoints=["chat", "batch"])], scope)
    assert headlines(text) == ["error: endpoint `batch` of alpha is outside what is documented for hipaa_baa"]
    assert re.search(r"\"batch\".*\n.*\^{7} usage `one`, phi\n", text)
    assert marked(text, "evidence") == ["hipaa_baa: https://a.example, verified 2026-11-01, confidence high"]
    assert marked(text, "fix") == ["instead of `batch` use `chat`"]


@pytest.mark.parametrize(
    ("cell", "stated", "lines"),
    [
        ({"value": "no"}, {}, ["nothing in the manifest lifts this: the registry's grade decides"]),
        (None, {}, ["nothing in the manifest lifts this: the registry's grade decides"]),
        (
            {"valid_until": "2026-11-02"},
            {},
            ["nothing in the manifest lifts this: the registry's evidence decides"],
        ),
    ],
)
def test_no_fix_is_named_where_nothing_on_our_side_lifts(
    tmp_path: Path, cell: Part | None, stated: Part, lines: list[str]
) -> None:
    rule = policy("a", BAA, remediation="Sign a BAA")
    text = told(tmp_path, [rule], [usage("one", **stated)], cell)
    assert marked(text, "fix") == []
    assert all(f"   = {line}\n" in text for line in lines)
    assert marked(text, "or")[0].startswith("vendorgate alternatives ")
    assert "next: vendorgate alternatives " in text
    assert marked(text, "advice") == ["Sign a BAA"]


def test_own_contract_is_named_for_what_can_be_signed_and_the_file_where_it_goes(tmp_path: Path) -> None:
    found = judged(
        tmp_path, [policy("a", BAA), policy("b", {"covered": "soc2_type2"})], [usage("one")], {"value": "no"}
    )
    text = render(found, look=TextLook(bundle="acme/policies"))
    line = "your signed BAA counts when the bundle says so, by `yes_contract`: acme/policies/offerings/alpha.yaml"
    assert text.count(" counts when the bundle says so") == text.count(f"   = {line}\n") == 1
    assert "policies/offerings/alpha.yaml, in a bundle (vendorgate init bundle)" in render(found)


@pytest.mark.parametrize(
    ("cell", "stated", "fix"),
    [
        ({"verified": "2024-01-01"}, {}, "vendorgate registry update; "),
        ({"tier": "enterprise"}, {}, "move to tier `enterprise` or above"),
        ({"conditions": [{"agreement": "baa"}]}, {}, "bring `baa` with alpha into force, and claim it in `agreements`"),
        ({"conditions": [{"known": "usage.region"}]}, {}, "declare `region`"),
        (
            {"conditions": [{"==": [{"var": "usage.region"}, "us"]}]},
            {"region": "de"},
            "change `region` as it asks, and declare what is then true",
        ),
    ],
)
def test_fix_says_what_lifts(tmp_path: Path, cell: Part, stated: Part, fix: str) -> None:
    text = told(tmp_path, [policy("a", BAA)], [usage("one", **stated)], cell)
    assert [line[: len(fix)] for line in marked(text, "fix")] == [fix]


def test_which_data_is_sent_is_no_fix_and_no_other_offering_would_do(tmp_path: Path) -> None:
    text = told(tmp_path, [policy("a", {"disjoint": [{"var": "usage.data"}, ["phi"]]})], [usage("one")])
    assert "   = nothing in the manifest lifts this: which data is sent decides\n" in text
    assert (marked(text, "fix"), marked(text, "or")) == ([], [])


def test_register_is_where_an_agreement_goes_and_one_that_must_run_longer_is_renewed(tmp_path: Path) -> None:
    rules = [{"agreement": "baa"}, {">=": [{"days_until": {"var": "agreements.dpa.expires"}}, 30]}]
    agreement = {
        "kind": "dpa",
        "offerings": ["*"],
        "status": "executed",
        "signed": "2026-01-01",
        "expires": "2026-12-01",
    }
    register = {"policies/agreements.yaml": {"version": 1, "agreements": [agreement]}}
    found = judged(tmp_path, [policy(str(n), rule) for n, rule in enumerate(rules)], [usage("one")], beside=register)
    assert marked(render(found, look=TextLook(bundle="b")), "fix") == [
        "bring `baa` with alpha into force, and enter it in b/agreements.yaml",
        "renew `dpa` with alpha as it asks, and have b/agreements.yaml say so",
    ]


def test_what_else_is_needed_is_said_and_what_would_do_instead(tmp_path: Path) -> None:
    both = {"and": [{"agreement": "baa"}, SHARING, {"known": "usage.region"}]}
    text = told(tmp_path / "a", [policy("a", both)], [usage("one")])
    assert marked(text, "also needed") == ["declare `settings.data_sharing`, `region`"]
    either = {"or": [SHARING, {"agreement": "baa"}]}
    text = told(tmp_path / "b", [policy("a", either)], [usage("one")])
    assert (marked(text, "fix"), marked(text, "or")) == (
        ["declare `settings.data_sharing`"],
        ["bring `baa` into force"],
    )


def test_policy_that_applies_because_nobody_said_names_the_declaration_that_would_tell(tmp_path: Path) -> None:
    when = {"in": ["us", {"var": "usage.subjects"}]}
    policies = [policy("a", BAA, when=when), policy("b", BAA, when=when)]
    text = told(tmp_path, policies, [usage("one")], {"value": "no"})
    words = "`subjects` is not declared, so that it is not known whether a, b apply: 2 policies of 1 usage"
    assert headlines(text) == [f"error: {words}"]
    assert marked(text, "fix") == ["declare `subjects`, which says whether it applies"]


@pytest.mark.parametrize(
    ("field", "value", "mapping"),
    [
        ("fallbacks", ["beta"], ", in the place of its name: `{offering: beta, settings: {data_sharing: …}}`"),
        ("via", "beta", ", in the place of its name: `{offering: beta, settings: {data_sharing: …}}`"),
        ("recipients", ["beta"], ", in the place of its name: `{offering: beta, settings: {data_sharing: …}}`"),
        ("fallbacks", [{"offering": "beta"}], ""),
    ],
)
def test_route_that_is_only_named_is_shown_as_a_mapping(tmp_path: Path, field: str, value: Any, mapping: str) -> None:
    one = usage("one", settings={"data_sharing": False}, **{field: value})
    text = told(tmp_path, [policy("a", SHARING)], [one])
    assert marked(text, "fix") == [f"declare `settings.data_sharing`{mapping}"]
    route = {"fallbacks": "fallback", "via": "gateway", "recipients": "recipient"}[field]
    assert marked(text, "or") == [f"do without the {route} beta"]


def test_agreement_that_nobody_claims_is_one_cause_whoever_it_would_be_with(tmp_path: Path) -> None:
    usages = [usage("one"), usage("two", offering="beta"), usage("three", fallbacks=["beta"], agreements=["dpa"])]
    text = told(tmp_path, [policy("a", {"agreement": "dpa"})], usages)
    words = "agreement `dpa` with alpha, beta is not in force: the manifest does not claim it"
    assert headlines(text) == [f"error: {words}: 1 policy of 3 usages"]
    assert marked(text, "fix") == ["bring `dpa` with alpha, beta into force, and claim it in `agreements`"]


def test_claim_of_a_route_that_is_only_named_goes_into_a_mapping(tmp_path: Path) -> None:
    text = told(tmp_path, [policy("a", {"agreement": "dpa"})], [usage("o", agreements=["dpa"], fallbacks=["beta"])])
    mapping = "in the place of its name: `{offering: beta, agreements: [dpa]}`"
    assert marked(text, "fix") == [f"bring `dpa` with beta into force, and claim it in `agreements`, {mapping}"]


def test_what_a_policy_asks_and_advises_is_told_once(tmp_path: Path) -> None:
    both = policy("a", {"and": [SHARING]}, references=["Art. 1"], remediation="Ask Legal")
    usages = [usage("one"), usage("two", settings={"data_sharing": True})]
    text = told(tmp_path, [both], usages)
    assert marked(text, "policy") == ["a: Title of a (Art. 1)", "a"]
    assert marked(text, "advice") == ["Ask Legal"]


def test_fix_of_a_result_told_in_full_stands_only_where_something_lifts_it_too(tmp_path: Path) -> None:
    policies = [policy("a", SHARING, remediation="Switch it off"), policy("b", BAA, remediation="Sign a BAA")]
    judged(tmp_path, policies, [usage("one")], {"value": "no"})
    text = run(tmp_path, "--verbose").stdout
    assert marked(text, "fix") == ["Switch it off", "declare `settings.data_sharing` in the manifest"]
    assert marked(text, "advice") == ["Sign a BAA"]
    junit = run(tmp_path, "--format", "junit").stdout
    assert ("\nfix: Switch it off\n" in junit, "\nadvice: Sign a BAA" in junit) == (True, True)


def test_vendor_that_nobody_looked_at_is_told_how_to_be_listed(tmp_path: Path) -> None:
    text = told(tmp_path, [policy("a", BAA)], [usage("one", offering="unlisted", vendor="Acme")])
    assert headlines(text) == ["error: nobody has looked at `Acme`, which the registry does not list"]
    assert marked(text, "way")[0].startswith("have the registry list the vendor, or your bundle describe it")
    assert marked(text, "fix") == []


def test_whether_a_policy_applies_to_a_vendor_that_nobody_looked_at_is_no_matter_of_declaring(tmp_path: Path) -> None:
    when = {"==": [{"var": "offering.platform"}, "A"]}
    text = told(tmp_path, [policy("a", BAA, when=when)], [usage("one", offering="unlisted", vendor="Acme")])
    assert "so that it is not known whether a applies" in headlines(text)[0]
    assert (
        "   = nothing in the manifest lifts this: who a vendor is, and what it documents, a manifest cannot say\n"
        in text
    )
    assert marked(text, "or")[0].startswith("vendorgate alternatives ")


@pytest.mark.parametrize(
    ("rule", "decides", "other"),
    [
        ({"!=": [{"var": "offering.platform"}, "A"]}, "which offering it is decides", True),
        ({"==": [{"var": "offering.model_family"}, "x"]}, "which offering it is decides", True),
        ({"==": [{"var": "registry.hipaa_baa.value"}, "no"]}, "the registry's evidence decides", True),
        (False, "the policy's rule decides", False),
    ],
)
def test_what_decides_is_named_and_another_offering_only_where_it_would_matter(
    tmp_path: Path, rule: Any, decides: str, other: bool
) -> None:
    text = told(tmp_path, [policy("a", rule)], [usage("one")], {})
    assert f"   = nothing in the manifest lifts this: {decides}\n" in text
    assert bool(marked(text, "or")) is other


def test_no_command_is_named_for_a_manifest_that_was_piped(tmp_path: Path) -> None:
    found = judged(tmp_path, [policy("a", BAA)], [usage("one")], {"value": "no"})
    source = found.manifests[0].source
    source.path = "-"
    text = render(found)
    assert marked(text, "or") == ["use another offering"]
    assert "next:" not in text


def test_what_does_not_block_has_a_line_for_each_cause(tmp_path: Path) -> None:
    policies = [policy("w", SHARING, severity="warning"), policy("n", SHARING, severity="note"), policy("x", True)]
    text = told(tmp_path, policies, [usage("one"), usage("two")])
    place = "services/a/vendorgate.yaml:1:61"
    assert text.splitlines()[0] == f"warning: `settings.data_sharing` is not declared (w, n of 2 usages; {place})"
    assert "   = " not in text
    assert (
        text.splitlines()[-1]
        == "PASS  2 usages, 3 policies, as of 2026-11-23: 2 pass, 2 warn, 2 noted; 0 rest on claims alone"
    )


def test_waived_results_are_counted_and_not_told(tmp_path: Path) -> None:
    waiver = {"policy": "a", "reason": "Pilot", "approved_by": "ciso", "expires": "2027-11-30"}
    waivers = {"policies/waivers.yaml": {"version": 1, "waivers": [waiver]}}
    found = judged(tmp_path, [policy("a", BAA)], [usage("one")], beside=waivers)
    assert "hipaa_baa" not in render(found)
    closing = "0 pass, 1 waived; 0 rest on claims alone; first to end: 2027-11-30 (vendorgate plan --until 2027-12-01)"
    assert render(found).endswith(f"as of 2026-11-23: {closing}\n")
    assert "waived[a]" in render(found, look=TextLook("all"))


def test_closing_of_several_manifests_counts_them(tmp_path: Path) -> None:
    other = {"version": 1, "project": "b", "usages": [usage("three", settings={"data_sharing": False})]}
    beside = {"services/b/vendorgate.yaml": other}
    text = told(tmp_path, [policy("a", SHARING)], [usage("one"), usage("two")], beside=beside)
    judged_by = "FAIL  2 manifests, 3 usages, 1 policy, as of 2026-11-23: "
    assert text.splitlines()[-2] == f"{judged_by}2 results block (1 cause) in 1 of 2 manifests; 1 passes"


def run(folder: Path, *options: str, manifest: str = "services/a/vendorgate.yaml") -> Ended:
    judges = ("--policies", "policies", "--registry", "registry", "--as-of", "2026-11-23")
    return vendorgate("check", manifest, *judges, *options, folder=folder)


def test_next_command_takes_the_options_of_this_run_and_finds_the_way_out(tmp_path: Path) -> None:
    judged(tmp_path, [policy("a", SHARING)], [usage("one")])
    line = run(tmp_path, "--fail-on", "warning").stdout.splitlines()[-1]
    judges = "--policies policies --registry registry --as-of 2026-11-23 --fail-on warning"
    assert line == f"next: vendorgate repair services/a/vendorgate.yaml --usage one --diff {judges}"
    repaired = vendorgate(*line.removeprefix("next: vendorgate ").split(), folder=tmp_path)
    assert (repaired.code, "declare `settings.data_sharing`: false" in repaired.stdout) == (0, True)


@pytest.mark.parametrize("door", [(), ("--show-waived",)])
def test_looks_are_of_the_text_alone_and_never_of_the_exit_code(tmp_path: Path, door: tuple[str, ...]) -> None:
    judged(tmp_path, [policy("a", SHARING), policy("b", BAA), policy("c", True)], [usage("one")], {"value": "no"})
    plain = run(tmp_path, *door)
    for look in ("--verbose", "--quiet", "--statistics"):
        ended = run(tmp_path, look, *door)
        assert ended.code == plain.code == 1
        assert ended.stdout != plain.stdout
        assert plain.stdout.splitlines()[-2] in ended.stdout.splitlines()
        assert run(tmp_path, look, "--format", "json", *door).stdout == run(tmp_path, "--format", "json", *door).stdout
    assert run(tmp_path, "--quiet", *door).stdout == plain.stdout.splitlines()[-2] + "\n"


@pytest.mark.parametrize("door", [(), ("--show-waived",)])
@pytest.mark.parametrize("more", ["--verbose", "--statistics"])
def test_quiet_and_more_exclude_each_other(tmp_path: Path, more: str, door: tuple[str, ...]) -> None:
    judged(tmp_path, [policy("a", SHARING)], [usage("one")])
    ended = run(tmp_path, "--quiet", more, *door)
    assert (ended.code, ended.stdout) == (2, "")
    assert f"--quiet and {more} exclude each other" in ended.stderr


def test_what_a_usage_could_declare_is_told_as_lines_that_make_it_pass_when_pasted(tmp_path: Path) -> None:
    policies = [policy("a", SHARING), policy("b", {"in": [{"var": "usage.region"}, ["eu", "us"]]})]
    judged(tmp_path, policies, [usage("one")])
    manifest = tmp_path / "services/a/vendorgate.yaml"
    manifest.write_text(
        "version: 1\nproject: p\nusages:\n  - id: one\n    offering: alpha\n    data: [phi]\n", encoding="utf-8"
    )
    ended = run(tmp_path)
    words, _, rest = ended.stdout.partition("add to ")[2].partition(":\n\n")
    place = "usage `one` (services/a/vendorgate.yaml:4)"
    assert words == f"{place}, if it is true; it lifts all 2 results that block in it"
    lines = rest.partition("\n\n")[0]
    assert lines == "    region: eu  # or us\n    settings:\n      data_sharing: false"
    manifest.write_text(f"{manifest.read_text(encoding='utf-8')}{lines}\n", encoding="utf-8")
    assert run(tmp_path).code == 0


def test_lines_to_paste_are_told_of_three_usages_and_how_many_more_there_are(tmp_path: Path) -> None:
    judged(tmp_path, [policy("a", SHARING)], [usage(f"u{n}") for n in range(5)])
    text = run(tmp_path).stdout
    assert re.findall(r"^add to usage `(u\d)`, in its braces .* lifts the result that", text, re.MULTILINE) == [
        "u0",
        "u1",
        "u2",
    ]
    assert "\n2 more usages could declare something: vendorgate repair MANIFEST --usage ID\n" in text


def test_no_lines_are_searched_for_where_that_would_take_long(tmp_path: Path) -> None:
    judged(tmp_path, [policy(f"p{n}", SHARING) for n in range(30)], [usage("one"), usage("two")])
    text = run(tmp_path).stdout
    assert "if it is true" not in text
    assert "\n2 usages could declare something: vendorgate repair MANIFEST --usage ID\n" in text
    assert (
        "\n### To add\n\n2 usages could declare something: `vendorgate repair MANIFEST --usage ID`\n"
        in run(tmp_path, "--format", "markdown").stdout
    )


def test_route_that_is_only_named_has_lines_of_its_own(tmp_path: Path) -> None:
    judged(tmp_path, [policy("a", SHARING)], [usage("one", fallbacks=["beta"])])
    text = run(tmp_path).stdout
    assert "; it lifts all 2 results that block in it:\n\n    settings: {data_sharing: false}\n\n" in text
    assert re.search(r"\nwrite in the place of fallback `beta` of usage `one` \(\S+:1\), too:\n\n    {offering", text)


def test_nothing_is_proposed_where_no_declaration_lifts(tmp_path: Path) -> None:
    judged(tmp_path, [policy("a", BAA)], [usage("one")], {"value": "no"})
    assert "if it is true" not in run(tmp_path).stdout


@pytest.mark.parametrize("register", [False, True])
def test_what_passes_says_how_much_is_only_claimed_and_what_ends_first(tmp_path: Path, register: bool) -> None:
    agreement = {
        "kind": "dpa",
        "offerings": ["*"],
        "status": "executed",
        "signed": "2026-01-01",
        "expires": "2027-02-01",
    }
    beside = {"policies/agreements.yaml": {"version": 1, "agreements": [agreement]}} if register else None
    policies = [policy("a", BAA), policy("b", {"agreement": "dpa"})]
    judged(tmp_path, policies, [usage("one", agreements=["dpa"])], {}, beside)
    claimed, month = ("0 rest", "2027-02") if register else ("1 rests", "2027-11")
    closing = f"2 pass; {claimed} on claims alone; first to end: {month}-01 (vendorgate plan --until {month}-02)"
    assert run(tmp_path).stdout.splitlines()[-1].endswith(closing)


def test_command_behind_what_ends_first_shows_what_happens_then(tmp_path: Path) -> None:
    judged(tmp_path, [policy("a", BAA)], [usage("one")], {})
    command = run(tmp_path).stdout.rpartition("(vendorgate ")[2].removesuffix(")\n")
    judges = ("--policies", "policies", "--registry", "registry", "--as-of", "2026-11-23")
    ahead = vendorgate(*command.split(), "services/a/vendorgate.yaml", *judges, folder=tmp_path)
    assert "1 result will start to block by 2027-11-02, on 2027-11-02" in ahead.stdout


def test_what_never_ends_is_no_day_after_the_last_one(tmp_path: Path) -> None:
    waiver = {"policy": "a", "reason": "Pilot", "approved_by": "ciso", "expires": "9999-12-31"}
    waivers = {"policies/waivers.yaml": {"version": 1, "waivers": [waiver]}}
    found = judged(tmp_path, [policy("a", BAA)], [usage("one")], beside=waivers)
    assert render(found).endswith("first to end: 9999-12-31 (vendorgate plan --until 9999-12-31)\n")


def test_verbose_tells_every_result_with_its_reasons_and_every_count(tmp_path: Path) -> None:
    judged(tmp_path, [policy("a", SHARING), policy("b", SHARING)], [usage("one")])
    text = run(tmp_path, "--verbose").stdout
    assert re.findall(r"^\w+\[.*?\]", text, re.MULTILINE) == ["error[a]", "error[b]", "note[self-declared]"]
    assert "\n0 failed, 2 unknown, 0 waived, 0 passed (0 on claims alone), 0 not applicable; 2 blocking\n" in text


def test_quiet_says_on_the_error_stream_what_was_not_judged(tmp_path: Path) -> None:
    judged(tmp_path, [policy("a", SHARING)], [usage("one")])
    (tmp_path / "broken.yaml").write_text("version: 2\n", encoding="utf-8")
    ended = vendorgate(
        *("check", "services/a/vendorgate.yaml", "broken.yaml", "--policies", "policies", "--registry", "registry"),
        *("--as-of", "2026-11-23", "--quiet"),
        folder=tmp_path,
    )
    assert ended.code == 2
    assert ended.stdout.startswith("INCOMPLETE  1 of 2 manifests judged, 1 usage, 1 policy, as of 2026-11-23 (given): ")
    assert ended.stdout.count("\n") == 1
    assert "broken.yaml:1:10" in ended.stderr


def test_statistics_count_as_the_evaluation_does() -> None:
    found = many.evaluation()
    blocking = sum(one.blocks for one in found.results)
    for table in [*tables(found, PLAIN)][:-1]:
        heading, *rows = table.splitlines()
        assert heading.split()[-4:] == ["blocks", "warns", "waived", "passes"]
        if not rows[-1].startswith("and "):
            assert sum(int(row.split()[-4]) for row in rows) == blocking
    assert [table.split()[1] for table in [*tables(found, PLAIN)][:-1]] == ["policy", "offering", "project", "cause"]


def test_owners_are_counted_where_any_is_stated(tmp_path: Path) -> None:
    found = judged(
        tmp_path,
        [policy("a", SHARING)],
        [usage("one")],
        beside={"services/b/vendorgate.yaml": {"version": 1, "project": "b", "owner": "x@y", "usages": [usage("two")]}},
    )
    (owners,) = [table for table in tables(found, PLAIN) if table.startswith("by owner")]
    assert [row.split() for row in owners.splitlines()[1:]] == [
        ["(not", "stated)", "1", "0", "0", "0"],
        ["x@y", "1", "0", "0", "0"],
    ]


def test_three_hundred_manifests_are_told_in_less_than_four_hundred_lines() -> None:
    found = many.evaluation()
    assert (len(found.manifests), sum(len(one.usages) for one in found.manifests)) == (300, 740)
    text = render(found)
    assert len(text.splitlines()) < 400
    assert "--verbose" in text
    assert len(render(found, look=TextLook(statistics=True)).splitlines()) < 100


def test_more_causes_than_fit_are_counted(tmp_path: Path) -> None:
    rules = [policy(f"p{n}", {"known": f"usage.settings.s{n}"}) for n in range(60)]
    more = [policy(f"w{n}", {"known": f"usage.settings.w{n}"}, severity="warning") for n in range(20)]
    text = told(tmp_path, [*rules, *more], [usage("one")])
    assert len(headlines(text)) == 50 + 12
    assert "\nand 10 more that block (10 results): --verbose\n" in text
    assert "\nand 8 more that do not block (8 results): --verbose\n" in text
    assert "60 results block (60 causes)" in text


def test_notices_of_one_kind_are_told_up_to_three_but_every_policy_that_is_off(tmp_path: Path) -> None:
    settings = {f"unread-{n}": 1 for n in range(9)}
    overrides = [{"policy": f"off{n}", "off": True, "reason": "r"} for n in range(5)]
    policies = [policy("a", True), *(policy(f"off{n}", True) for n in range(5))]
    bundle = {"policies/bundle.yaml": {"overrides": overrides}}
    text = told(tmp_path, policies, [usage("one", settings=settings)], beside=bundle)
    assert text.count("note[unread-setting]: nothing reads") == 3
    assert "note[unread-setting]: and 6 more like these: --verbose\n" in text
    assert text.count("note[policy-off]: ") == 5


def test_telling_takes_time_in_proportion_to_what_is_told() -> None:
    many.evaluation(40, 100)
    many.evaluation(320, 800)
    assert_in_proportion(lambda size: lambda: render(many.evaluation(size, size * 5 // 2)), 40)


def test_check_that_passes_imports_nothing_that_tells_of_what_does_not() -> None:
    command = (sys.executable, "-X", "importtime", "-m", "vendorgate", "check", "examples/newsletter/vendorgate.yaml")
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    imported = set(re.findall(r"vendorgate\.report\.(\S+)$", ended.stderr, re.MULTILINE))
    assert imported == {"look", "closing", "text", "notice_lines"}


def test_json_names_the_cause_that_the_text_tells(tmp_path: Path) -> None:
    judged(tmp_path, [policy("a", SHARING)], [usage("one")])
    (result,) = json.loads(run(tmp_path, "--format", "json").stdout)["results"]
    assert f"error: {result['cause']}\n" in run(tmp_path).stdout


def test_verbose_tells_of_each_pass_and_each_waived_result_what_it_rests_on(tmp_path: Path) -> None:
    agreement = {"kind": "dpa", "offerings": ["*"], "status": "executed", "signed": "2026-01-01", "reference": "L-1"}
    waiver = {"policy": "w", "project": "notes", "reason": "Pilot", "approved_by": "ciso", "expires": "2027-11-30"}
    beside: dict[str, Part] = {
        "policies/agreements.yaml": {"version": 1, "agreements": [agreement]},
        "policies/waivers.yaml": {"version": 1, "waivers": [waiver]},
    }
    policies = [
        policy("a", {"and": [BAA, {"agreement": "dpa"}]}),
        policy("b", SHARING),
        policy("c", {"!": {"agreement": "zdr"}}),
        policy("w", {"agreement": "zdr"}),
    ]
    judged(tmp_path, policies, [usage("one", settings={"data_sharing": False})], {}, beside)
    text = run(tmp_path, "--verbose").stdout
    place = "services/a/vendorgate.yaml"
    assert text.partition("passes of")[2].partition("\n\n")[0].splitlines()[1:] == [
        "  pass[a]: Title of a",
        "    evidence hipaa_baa: `yes_public`, verified 2026-11-01, confidence high, until 2027-11-01, https://a.example",
        "    agreement dpa: `executed`, L-1, no last day, at policies/agreements.yaml:1:40",
        "  pass[b]: Title of b (on claims alone)",
        f"    claim settings.data_sharing: false, at {place}:1:112",
        "  pass[c]: Title of c",
        "    nothing that could be taken away",
    ]
    assert f"= rests on: claim project: `notes`, at {place}:1:16\n" in text


@pytest.mark.parametrize(
    ("path", "word"), [("a b/v.yaml", "'a b/v.yaml'"), ("-x.yaml", "./-x.yaml"), ("-", "-"), ("ä.yaml", "'ä.yaml'")]
)
def test_a_command_names_a_manifest_as_a_shell_takes_it(path: str, word: str) -> None:
    assert command_words("explain", path, "u", ("--pack", "p")) == f"vendorgate explain {word} --usage u --pack p"
