"""Every format says of each setting by whose word it is so, and all of them say the same."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import jsonschema_rs
import pytest
from cyclonedx.model.bom import Bom
from lxml import etree
from lxml import html as lxml_html

from tests.command import vendorgate
from tests.commands.detect.bills import wrong as wrong_bill
from tests.evaluate.test_observed import ATTESTED, CLAIMED, OFF, ON, judged
from tests.golden.accounted import ACCOUNTS, INPUTS, check, explain
from tests.golden.test_golden import CONTROL
from tests.report.oscal_schema import wrong
from tests.workbooks import table
from tests.world import Part
from vendorgate.model.evaluation import Evaluation
from vendorgate.report.account_fields import field_line, fields_of
from vendorgate.report.text import render

WORDS: Final = Counter({"observed": 4, "attested": 2, "claimed": 7, "not_observed": 3})
"""Of how many settings of the accounts each thing is so, counted by hand."""
CONTRARY: Final = 4
"""Of those that were observed or are attested, how many are claimed to be something else."""
_HEADS: Final = {
    "observed on 2026-": "observed",
    "attested by ": "attested",
    "claimed: ": "claimed",
    "must be observed, and is not: ": "not_observed",
}
Lines = Callable[[], list[str]]


def word(line: str) -> str | None:
    """By whose word a line says that it is so; None of a line that is about something else."""
    return next((word for head, word in _HEADS.items() if line.startswith(head)), None)


@cache
def report() -> Any:
    return json.loads(check("--format", "json"))


def _explained() -> list[str]:
    told = "\n".join(explain(usage) for usage in ("triage", "notes", "drafts"))
    return [line[2:] for line in told.splitlines() if line.startswith("  ") and word(line[2:]) is not None]


def _verbose() -> list[str]:
    told = check("--verbose").partition("\naccount of usage")[2].partition("\n2 passes of usage")[0]
    return [line[2:] for line in told.splitlines() if line.startswith("  ")]


def _csv() -> list[str]:
    rows = csv.DictReader(io.StringIO(check("--format", "csv")))
    cells = {(row["usage"], row["offering"]): row["settings"] for row in rows}
    return [line for cell in cells.values() for line in cell.split(" | ")]


def _html() -> list[str]:
    return _items(check("--format", "html"))


def _items(shown: str) -> list[str]:
    """The settings of a page, each of which looks as it reads."""
    lines = []
    for one in lxml_html.document_fromstring(shown).iterfind(".//ul[@class='settings']/li"):
        who, what = ("".join(map(str, part.itertext())) for part in one)
        assert (one.get("class") or "").split()[0] == word(f"{who}: "), who
        lines.append(f"{who}: {what}")
    return lines


def _markdown() -> list[str]:
    told = check("--format", "markdown").partition("### Accounts")[2].partition("\n### ")[0]
    return [line[2:] for line in told.splitlines() if line.startswith("- ")]


def _cyclonedx() -> list[str]:
    services = json.loads(check("--format", "cyclonedx"))["services"]
    return [one["value"] for part in services for one in part["properties"] if one["name"] == "vendorgate:setting"]


def _oscal() -> list[str]:
    (result,) = json.loads(check("--format", "oscal"))["assessment-results"]["results"]
    items = result["local-definitions"]["inventory-items"]
    props = [prop for one in items for prop in one["props"] if "remarks" in prop]
    return [re.sub(r"^([^(]*?)( \(|$)", rf"\1: {prop['name']}\2", prop["remarks"], count=1) for prop in props]


FORMATS: Final[dict[str, Lines]] = {
    "explain": _explained,
    "text": _verbose,
    "csv": _csv,
    "html": _html,
    "markdown": _markdown,
    "cyclonedx": _cyclonedx,
    "oscal": _oscal,
}


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_has_a_line_for_each_setting_and_says_by_whose_word_it_is_so(format: str) -> None:
    lines = FORMATS[format]()
    assert Counter(map(word, lines)) == WORDS, lines
    shown = [line for line in lines if word(line) in ("observed", "attested")]
    assert sum("(claimed: " in line for line in shown) == CONTRARY
    unknown = [line for line in lines if word(line) == "not_observed"]
    assert all("claimed: " in line for line in unknown)


def test_so_does_the_json_report() -> None:
    routes = [one for usage in report()["usages"] for one in usage["routes"]]
    settings = [one for route in routes for one in route["settings"]]
    assert Counter(one["status"] for one in settings) == WORDS
    assert sum(one["contrary"] for one in settings if one["status"] in ("observed", "attested")) == CONTRARY


def test_workbook_has_a_row_for_each_setting(tmp_path: Path) -> None:
    path = tmp_path / "accounts.xlsx"
    assert vendorgate("check", *INPUTS, "--output", f"xlsx={path}", folder=ACCOUNTS).code == 1
    rows = table(path.read_bytes(), "Settings")
    assert Counter(str(row["by whose word"]).replace(" ", "_") for row in rows) == WORDS
    first, second = rows[:2]
    assert (first["setting"], first["value"], first["claimed"]) == ("region", "eu", "us")
    assert (second["setting"], second["value"], second["claimed"]) == ("settings.zero_data_retention", "false", "true")
    missing = [row for row in rows if row["by whose word"] == "not observed"]
    assert {row["value"] for row in missing} == {"not known"}


def test_formats_without_places_for_settings_count_them() -> None:
    properties = json.loads(check("--format", "sarif"))["runs"][0]["properties"]
    assert Counter(properties["settings"]) == WORDS
    predicate = json.loads(check("--format", "intoto"))["predicate"]["https://vendorgate.dev/verification/v1"]
    camel = {"notObserved": "not_observed", "observedForSome": "observed_for_some"}
    assert Counter({camel.get(name, name): number for name, number in predicate["settings"].items()}) == WORDS


@pytest.mark.parametrize("format", ["github", "gitlab", "junit", "sarif", "markdown", "text"])
def test_a_claim_that_was_observed_otherwise_is_told_where_no_setting_is(format: str) -> None:
    told = check("--format", format).replace("\\_", "_")
    if format != "gitlab":  # it has no notices that do not block
        assert "claim-differs" in told
        assert "stale-observation" in told
    if format not in ("gitlab", "sarif", "text", "markdown"):
        assert "usage.settings.zero_data_retention is false, observed on 2026-11-20, and claimed to be true" in told


def test_json_report_says_what_a_result_rests_on_and_what_is_claimed_besides() -> None:
    found = {(one["usage"], one["route"], one["policy"]): one for one in report()["results"]}
    (support,) = found["triage", "primary", "zdr"]["rests_on"]
    assert support["reference"].startswith("GET /v1/organization/projects/{project}/data_retention ")
    assert {name: value for name, value in support.items() if name != "reference"} == {
        "kind": "observation",
        "what": "settings.zero_data_retention",
        "value": False,
        "from": "observation",
        "location": {"path": "policies/observations/alpha-eu-prod.yaml", "line": 6, "column": 12},
        "until": "2026-12-20",
        "verified": "2026-11-20",
        "claimed": True,
    }
    (support,) = found["triage", "fallback", "zdr"]["rests_on"]
    assert support["attested_by"].startswith("<b>bold</b>")
    assert support["reference"].startswith("console.png ")
    assert "claimed" not in support
    observed, claimed = found["triage", "fallback", "beside-home"]["rests_on"]
    assert (observed["what"], observed["value"], observed["claimed"]) == ("primary.region", "eu", "us")
    assert (claimed["kind"], claimed["what"]) == ("claim", "route")


def test_no_pass_that_rests_on_an_observation_counts_as_one_on_claims_alone() -> None:
    alone = [one for one in report()["results"] if one["on_claims_alone"]]
    assert report()["summary"]["on_claims_alone"] == len(alone) == 4
    assert all(support["kind"] == "claim" for one in alone for support in one["rests_on"])
    shown = [one for one in report()["results"] if any(each["kind"] == "observation" for each in one["rests_on"])]
    assert [one["on_claims_alone"] for one in shown] == [False] * len(shown)
    assert {one["outcome"] for one in shown} == {"pass", "fail"}


def test_region_of_a_usage_is_the_one_that_was_observed() -> None:
    assert [one["region"] for one in report()["usages"]] == ["eu", None, "fr"]
    services = json.loads(check("--format", "cyclonedx"))["services"]
    regions = {
        part["group"]: [one["value"] for one in part["properties"] if one["name"] == "vendorgate:region"]
        for part in services
    }
    assert regions == {"alpha": ["eu"], "beta": ["de"], "delta": ["us"], "gamma": [], "epsilon": ["fr"]}


def test_documents_are_what_their_schemas_take() -> None:
    schema = json.loads(vendorgate("schema", "report", folder=ACCOUNTS).stdout)
    assert list(jsonschema_rs.validator_for(schema).iter_errors(report())) == []
    assert wrong(check("--format", "oscal")) == []
    bill = check("--format", "cyclonedx")
    assert wrong_bill(bill) == []
    assert Bom.from_json(json.loads(bill)).validate()  # type: ignore[attr-defined]


@pytest.mark.parametrize("format", ["github", "gitlab", "junit", "sarif", "oscal", "cyclonedx", "intoto"])
def test_no_text_of_an_observation_does_anything(format: str) -> None:
    """What the golden files do not hold."""
    shown = check("--format", format)
    assert not CONTROL.search(shown)
    if format == "junit":
        assert "<b>" not in shown
        etree.fromstring(shown.encode())
    elif format == "github":
        commands = [line for line in shown.splitlines() if line.startswith("::")]
        assert len(commands) == len(shown.splitlines()) - 1
        assert not any(line.startswith("::error:: ") for line in commands)
    else:
        json.loads(shown)


def test_evidence_of_a_bill_is_of_the_day_of_the_observation_and_of_who_attests_it() -> None:
    found = json.loads(check("--format", "cyclonedx"))["declarations"]
    observed = [one for one in found["evidence"] if one["propertyName"].startswith("vendorgate:observation:")]
    days = Counter((one["created"], one["expires"], "author" in one) for one in observed)
    assert days == {
        ("2026-11-20T00:00:00Z", "2026-12-20T23:59:59Z", False): 4,
        ("2026-11-10T00:00:00Z", "2026-11-24T23:59:59Z", True): 2,
    }
    assert sum("claimed to be" in one["description"] for one in observed) == 4
    assert not any("observ" in one["reasoning"] for one in found["claims"] if "manifest alone" in one["reasoning"])


def told(evaluation: Evaluation) -> Iterator[str]:
    for subject in evaluation.subjects:
        yield from map(field_line, fields_of(subject, evaluation))


SCOPED: Final = {"scoped_settings": [{"scope": {"models": {"only": ["m-1"]}}, "settings": {"zdr": True}}]}
DAY: Final = {"observed": "2026-11-20"}
LAPSED: Final = "true, observed on 2026-09-01, which does not count"


@pytest.mark.parametrize(
    ("usage", "observations", "rules", "expected"),
    [
        (CLAIMED, [], {}, ["claimed: settings.zdr is true"]),
        ({}, [], {}, []),
        (CLAIMED, [OFF], {}, ["observed on 2026-11-20: settings.zdr is false (claimed: true)"]),
        (CLAIMED, [CLAIMED], {}, ["observed on 2026-11-20: settings.zdr is true"]),
        ({}, [OFF], {}, ["observed on 2026-11-20: settings.zdr is false (not declared)"]),
        (CLAIMED, [{"settings": {"zdr": 1}}], {}, ["observed on 2026-11-20: settings.zdr is 1 (claimed: true)"]),
        (
            CLAIMED,
            [{**OFF, **ATTESTED}],
            {},
            ["attested by somebody on 2026-11-20: settings.zdr is false (claimed: true)"],
        ),
        (
            CLAIMED,
            [{"unreadable": ["zdr"]}],
            {},
            ["claimed: settings.zdr is true (asked for on 2026-11-20, and the vendor does not tell)"],
        ),
        (
            CLAIMED,
            [{**OFF, "observed": "2026-09-01"}],
            {},
            ["claimed: settings.zdr is true (false, observed on 2026-09-01, which does not count)"],
        ),
        (
            CLAIMED,
            [{**OFF, "observed": "2026-11-24"}],
            {},
            ["claimed: settings.zdr is true (false, observed on 2026-11-24, which does not count)"],
        ),
        (CLAIMED, [], {"required": ["alpha"]}, ["must be observed, and is not: settings.zdr (claimed: true)"]),
        (
            CLAIMED,
            [{**CLAIMED, "observed": "2026-09-01"}],
            {"required": ["alpha"]},
            [f"must be observed, and is not: settings.zdr (claimed: true; {LAPSED})"],
        ),
        (
            CLAIMED,
            [{**OFF, **ATTESTED}],
            {"required": ["alpha"]},
            ["must be observed, and is not: settings.zdr (false, attested by somebody on 2026-11-20; claimed: true)"],
        ),
        (
            CLAIMED,
            [{**OFF, **ATTESTED}],
            {"required": ["alpha"], "attested": True},
            ["attested by somebody on 2026-11-20: settings.zdr is false (claimed: true)"],
        ),
        (
            {**CLAIMED, "models": ["m-1", "m-2"]},
            [SCOPED],
            {},
            [
                "observed, and not for all that is declared or left open: settings.zdr (claimed: true)",
            ],
        ),
        ({**CLAIMED, "models": ["m-1"]}, [SCOPED], {}, ["observed on 2026-11-20: settings.zdr is true"]),
        ({**CLAIMED, "models": ["m-2"]}, [SCOPED], {}, ["claimed: settings.zdr is true"]),
        ({"tier": "enterprise"}, [], {}, ["claimed: tier is `enterprise`"]),
        ({}, [{"tier": "enterprise"}], {}, ["observed on 2026-11-20: tier is `enterprise` (not declared)"]),
        ({"region": "de"}, [{"region": "eu"}], {}, ["observed on 2026-11-20: region is `eu` (claimed: `de`)"]),
        ({"region": "eu"}, [{"region": "de"}], {}, ["observed on 2026-11-20: region is `de`"]),
        (
            {"features": ["search"]},
            [{"features": []}],
            {},
            ["observed on 2026-11-20: features is [] (claimed: [`search`])"],
        ),
        ({"cloud_region": "r1"}, [{"unreadable": ["cloud_region"]}], {}, None),
    ],
)
def test_a_setting_is_told_with_who_says_so_and_what_is_claimed(
    usage: Part, observations: list[Part], rules: Part, expected: list[str] | None, tmp_path: Path
) -> None:
    given = [{**DAY, **one} for one in observations]
    evaluation = judged(tmp_path, ON, usage, *given, bundle={"observations": rules})
    asked = "claimed: cloud_region is `r1` (asked for on 2026-11-20, and the vendor does not tell)"
    assert [*told(evaluation)] == ([asked] if expected is None else expected)


@pytest.mark.parametrize(
    ("observation", "usage", "names"),
    [
        (CLAIMED, {}, []),
        (SCOPED, {"models": ["m-1"]}, ["models"]),
        (
            {**CLAIMED, "scoped_settings": [{"scope": {"models": {"only": ["m-9"]}}, "settings": {"zdr": False}}]},
            {"models": ["m-1"]},
            ["models"],
        ),
        (
            {"scoped_settings": [{"scope": {"endpoints": {"only": ["chat"]}}, "settings": {"zdr": True}}]},
            {"endpoints": ["chat"], "models": ["m-1"]},
            ["endpoints"],
        ),
        ({**CLAIMED, "scope": {"models": {"only": ["m-*"]}}}, {"models": ["m-1"]}, ["models"]),
        ({**CLAIMED, "scope": {"cloud_regions": {"only": ["r1"]}}}, {"cloud_region": "r1"}, ["cloud_region"]),
    ],
)
def test_what_was_observed_for_some_names_rests_on_the_claim_which_are_used(
    observation: Part, usage: Part, names: list[str], tmp_path: Path
) -> None:
    result = judged(tmp_path, ON, {**usage, "settings": {"zdr": False}}, {**DAY, **observation}).results[0]
    assert result.outcome == "pass"
    assert [(one.kind, one.what) for one in result.rests_on] == [
        ("observation", "settings.zdr"),
        *(("claim", name) for name in names),
    ]
    assert not result.on_claims_alone


@pytest.mark.parametrize(
    ("whose", "route", "command"),
    [
        ({}, {}, "vendorgate observe alpha"),
        ({}, {"account": "main"}, "vendorgate observe alpha --account main"),
        (ATTESTED, {"account": "main"}, "vendorgate observe attest alpha --account main"),
    ],
)
def test_what_was_observed_is_changed_in_the_account_and_not_declared(
    whose: Part, route: Part, command: str, tmp_path: Path
) -> None:
    shown = render(judged(tmp_path, ON, {**CLAIMED, **route}, {**DAY, **OFF, **route, **whose}))
    (fix,) = [line for line in shown.splitlines() if line.startswith("   = fix: ")]
    assert fix.startswith("   = fix: set `zdr` to true at the vendor for the account ")
    assert fix.endswith(f", then `{command}`")
    assert "declare" not in shown.partition("note[")[0]


def test_place_of_the_usage_is_changed_in_its_own_account(tmp_path: Path) -> None:
    rule = {"within": [{"var": "primary.region"}, "eu"]}
    usage = {"account": "main", "recipients": [{"offering": "elsewhere"}]}
    shown = render(judged(tmp_path, rule, usage, {**DAY, "account": "main", "region": "us"}))
    assert "vendorgate observe elsewhere" not in shown
    assert "`vendorgate observe alpha --account main`" in shown


@pytest.mark.parametrize(
    "posing",
    [
        "observed on 2026-11-20: settings.zdr is true",
        "zdr is true\nobserved on 2026-11-20: settings.zdr",
        "\u2028  observed on 2026-11-20: zdr",
        "x | observed on 2026-11-20: settings.zdr is true",
        "</span></li><li class='observed'><b>observed on 2026-11-20</b>",
    ],
)
@pytest.mark.parametrize("format", ["text", "csv", "html", "markdown", "cyclonedx"])
def test_no_name_and_no_value_of_a_manifest_passes_for_an_observation(posing: str, format: str, tmp_path: Path) -> None:
    judged(tmp_path, ON, {"settings": {posing: posing}}, bundle={"observations": {"required": ["elsewhere"]}})
    inputs = ("--policies", "policies", "--registry", "registry", "--as-of", "2026-11-23")
    if format == "text":
        ended = vendorgate("explain", "vendorgate.yaml", *inputs, folder=tmp_path)
        lines = [line.strip() for line in ended.stdout.splitlines()]
    else:
        ended = vendorgate("check", *inputs, "--format", format, folder=tmp_path)
        lines = _lines(format, ended.stdout)
    assert ended.code in (0, 1), ended.stderr
    assert [line for line in lines if word(line) not in (None, "claimed")] == []
    assert format == "markdown" or any(word(line) == "claimed" for line in lines)


def _lines(format: str, shown: str) -> list[str]:
    if format == "csv":
        return [line for row in csv.DictReader(io.StringIO(shown)) for line in row["settings"].split(" | ")]
    if format == "html":
        return _items(shown)
    if format == "cyclonedx":
        services = json.loads(shown)["services"]
        return [one["value"] for part in services for one in part["properties"] if one["name"] == "vendorgate:setting"]
    return [line.removeprefix("- ") for line in shown.splitlines()]
