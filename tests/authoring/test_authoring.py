"""Policies in Python: what each spelling becomes, and which spellings are errors."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import jsonlogic
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.command import vendorgate
from tests.commands.policy.bundles import REGISTRY
from vendorgate import authoring
from vendorgate.authoring import (
    FALSE,
    TRUE,
    Term,
    agreement,
    agreements,
    all_of,
    any_of,
    between,
    cat,
    covered,
    days_since,
    days_until,
    disjoint,
    documented,
    every,
    if_,
    keep,
    known,
    largest,
    matches,
    merge,
    missing,
    missing_some,
    no,
    observed,
    offering,
    primary,
    project,
    reduce,
    registry,
    smallest,
    some,
    strictly,
    subset,
    substr,
    today,
    transform,
    usage,
    within,
)
from vendorgate.authoring.terms import AuthoringError
from vendorgate.load.language import language
from vendorgate.load.lexicon import Lexicon

DATA = {"var": "usage.data"}
DAYS = {"var": "registry.retention_zdr.facts.days"}
days = registry.retention_zdr.facts.days
LISTING = "registry.trust_center.facts.certifications_listed"
LISTED = registry.trust_center.facts.certifications_listed
ROWS: list[tuple[Any, Any]] = [
    (usage.data.contains("phi"), {"in": ["phi", DATA]}),
    (LISTED.fedramp_high, {"var": f"{LISTING}.fedramp_high"}),
    (~LISTED.contains("c5"), {"!": {"var": f"{LISTING}.c5"}}),
    (
        usage.settings.certifications_listed.contains("c5"),
        {"in": ["c5", {"var": "usage.settings.certifications_listed"}]},
    ),
    (covered("hipaa_baa") & agreement("baa"), {"and": [{"covered": "hipaa_baa"}, {"agreement": "baa"}]}),
    (
        covered("hipaa_baa") & agreement("baa") & documented("gdpr_dpa"),
        {"and": [{"covered": "hipaa_baa"}, {"agreement": "baa"}, {"documented": "gdpr_dpa"}]},
    ),
    (
        covered("hipaa_baa") | agreement("baa") | agreement("dpa"),
        {"or": [{"covered": "hipaa_baa"}, {"agreement": "baa"}, {"agreement": "dpa"}]},
    ),
    (
        (agreement("baa") | agreement("dpa")) & agreement("zdr"),
        {"and": [{"or": [{"agreement": "baa"}, {"agreement": "dpa"}]}, {"agreement": "zdr"}]},
    ),
    (~covered("hipaa_baa"), {"!": {"covered": "hipaa_baa"}}),
    (~~covered("hipaa_baa"), {"!": {"!": {"covered": "hipaa_baa"}}}),
    (usage.via == None, {"==": [{"var": "usage.via"}, None]}),  # noqa: E711  what is being tested
    (usage.via != None, {"!=": [{"var": "usage.via"}, None]}),  # noqa: E711
    (usage.environment == "production", {"==": [{"var": "usage.environment"}, "production"]}),
    ("production" == usage.environment, {"==": [{"var": "usage.environment"}, "production"]}),  # noqa: SIM300
    (usage.settings["data-sharing"] != True, {"!=": [{"var": "usage.settings.data-sharing"}, True]}),  # noqa: E712
    (days < 30, {"<": [DAYS, 30]}),
    (days <= 30, {"<=": [DAYS, 30]}),
    (30 < days, {">": [DAYS, 30]}),  # noqa: SIM300
    (days >= 1.5, {">=": [DAYS, 1.5]}),
    (between(1, days, 3), {"<": [1, DAYS, 3]}),
    (between(1, days, 3, inclusive=True), {"<=": [1, DAYS, 3]}),
    (days + 1 == 2, {"==": [{"+": [DAYS, 1]}, 2]}),
    (1 + days == 2, {"==": [{"+": [1, DAYS]}, 2]}),
    (days - 1 == 2, {"==": [{"-": [DAYS, 1]}, 2]}),
    (1 - days == 2, {"==": [{"-": [1, DAYS]}, 2]}),
    (-days == 2, {"==": [{"-": DAYS}, 2]}),
    (days * 2 == 2, {"==": [{"*": [DAYS, 2]}, 2]}),
    (2 * days == 2, {"==": [{"*": [2, DAYS]}, 2]}),
    (days / 2 == 2, {"==": [{"/": [DAYS, 2]}, 2]}),
    (2 / days == 2, {"==": [{"/": [2, DAYS]}, 2]}),
    (days % 7 == 0, {"==": [{"%": [DAYS, 7]}, 0]}),
    (7 % days == 0, {"==": [{"%": [7, DAYS]}, 0]}),
    (strictly(usage.settings.a, "===", True), {"===": [{"var": "usage.settings.a"}, True]}),
    (strictly(usage.settings.a, "!==", 1), {"!==": [{"var": "usage.settings.a"}, 1]}),
    (usage.region.isin(["de", "fr"]), {"in": [{"var": "usage.region"}, ["de", "fr"]]}),
    (usage.region.isin(("de",)), {"in": [{"var": "usage.region"}, ["de"]]}),
    (usage.region.within("eea"), {"within": [{"var": "usage.region"}, "eea"]}),
    (within("de", "eu"), {"within": ["de", "eu"]}),
    (offering.platform.matches("AWS*"), {"matches": [{"var": "offering.platform"}, "AWS*"]}),
    (matches(project.name, "a-*"), {"matches": [{"var": "project.name"}, "a-*"]}),
    (usage.data.subset(["public"]), {"subset": [DATA, ["public"]]}),
    (subset(["phi"], usage.data), {"subset": [["phi"], DATA]}),
    (usage.data.disjoint(["phi", "pci"]), {"disjoint": [DATA, ["phi", "pci"]]}),
    (disjoint(usage.data, ["phi"]), {"disjoint": [DATA, ["phi"]]}),
    (known(usage.region), {"known": "usage.region"}),
    (observed(usage.settings.zero_data_retention), {"observed": "usage.settings.zero_data_retention"}),
    (observed(usage.settings["data-sharing"]), {"observed": "usage.settings.data-sharing"}),
    (observed(primary.region), {"observed": "primary.region"}),
    (days_until(agreements.dpa.expires) >= 30, {">=": [{"days_until": {"var": "agreements.dpa.expires"}}, 30]}),
    (days_since(datetime.date(2026, 1, 2)) < 9, {"<": [{"days_since": "2026-01-02"}, 9]}),
    (today >= "2026-01-01", {">=": [{"var": "today"}, "2026-01-01"]}),
    (usage.region.default("us") == "us", {"==": [{"var": ["usage.region", "us"]}, "us"]}),
    (
        some(usage.models, lambda model: model.matches("gpt-*")),
        {"some": [{"var": "usage.models"}, {"matches": [{"var": ""}, "gpt-*"]}]},
    ),
    (
        every(usage.models, lambda model: model.matches("gpt-*") | (model == "x")),
        {"all": [{"var": "usage.models"}, {"or": [{"matches": [{"var": ""}, "gpt-*"]}, {"==": [{"var": ""}, "x"]}]}]},
    ),
    (no(usage.models, lambda model: model == "x"), {"none": [{"var": "usage.models"}, {"==": [{"var": ""}, "x"]}]}),
    (
        subset(keep(usage.data, lambda word: word != "phi"), ["pii"]),
        {"subset": [{"filter": [DATA, {"!=": [{"var": ""}, "phi"]}]}, ["pii"]]},
    ),
    (
        subset(transform(usage.models, lambda model: cat(model, "!")), ["a!"]),
        {"subset": [{"map": [{"var": "usage.models"}, {"cat": [{"var": ""}, "!"]}]}, ["a!"]]},
    ),
    (
        reduce(usage.models, lambda total, one: total + 1, 0) < 3,
        {"<": [{"reduce": [{"var": "usage.models"}, {"+": [{"var": "accumulator"}, 1]}, 0]}, 3]},
    ),
    (if_(agreement("baa"), TRUE, FALSE), {"if": [{"agreement": "baa"}, True, False]}),
    (all_of(TRUE, FALSE), {"and": [True, False]}),
    (any_of(agreement("baa"), TRUE), {"or": [{"agreement": "baa"}, True]}),
    (missing(usage.region, usage.purpose), {"missing": ["usage.region", "usage.purpose"]}),
    (missing_some(1, usage.region), {"missing_some": [1, ["usage.region"]]}),
    (smallest(days, 3) < largest(1, 2), {"<": [{"min": [DAYS, 3]}, {"max": [1, 2]}]}),
    (subset(merge(["a"], usage.data), ["a"]), {"subset": [{"merge": [["a"], DATA]}, ["a"]]}),
    (substr(usage.cloud_region, 0, 2) == "eu", {"==": [{"substr": [{"var": "usage.cloud_region"}, 0, 2]}, "eu"]}),
    (usage.data.subset([usage.region, "public"]), {"subset": [DATA, [{"var": "usage.region"}, "public"]]}),
    (usage.region.isin([]), {"in": [{"var": "usage.region"}, []]}),
    (merge([1, 2]) == 1, {"==": [{"merge": [[1, 2]]}, 1]}),
]


@pytest.mark.parametrize(("term", "rule"), ROWS, ids=lambda one: str(one)[:60] if isinstance(one, dict) else "")
def test_spelling_becomes_the_rule(term: Term, rule: Any) -> None:
    assert term.rule == rule


def test_every_operator_can_be_written() -> None:
    written = str([rule for _, rule in ROWS])
    operators = language(frozenset(), Lexicon(())).require.arities
    spelled_otherwise = {"not", "!!", "?:", "log"}
    assert {name for name in operators if f"'{name}'" not in written} - spelled_otherwise == set()


def test_everything_that_is_exported_exists() -> None:
    assert all(hasattr(authoring, name) for name in authoring.__all__)


def test_the_package_underneath_drops_logic_silently() -> None:
    """What the wrapper is for; if this fails, the package has changed and the wrapper may do less."""
    one: Any = jsonlogic.Variable("a")
    other: Any = jsonlogic.Variable("b")
    assert str(one and other) == '{"var": "b"}'
    assert str(1 < one < 3) == '{"<": [{"var": "a"}, 3]}'
    with pytest.warns(UserWarning, match="cannot deduce"):
        assert str(one == None) == '{"==": [{"var": "a"}, "None"]}'  # noqa: E711
    assert str(~one) == '{"not": [{"var": "a"}]}'


@pytest.mark.parametrize(
    ("spelling", "advice"),
    [
        ("covered('a') and covered('b')", "write `a & b`"),
        ("covered('a') or covered('b')", "`a | b` for `a or b`"),
        ("not covered('a')", "`~a` for `not a`"),
        ("1 < days < 3", "`between(1, v, 3)`"),
        ("TRUE if covered('a') else FALSE", "`if_(a, b, c)`"),
        ("'phi' in usage.data", "v.contains('phi')"),
        ("usage.region in ['de']", "write `a & b`"),
        ("[word for word in usage.data]", "some(v, lambda"),
        ("len(usage.data)", "length"),
        ("usage.data ^ usage.data", "`^` has no meaning"),
        ("days // 2", "`//` has no meaning"),
        ("2 // days", "`//` has no meaning"),
        ("days ** 2", "`**` has no meaning"),
        ("days @ 2", "`@` has no meaning"),
        ("days << 2", "`<<` has no meaning"),
        ("days >> 2", "`>>` has no meaning"),
        ("divmod(days, 2)", "`divmod` has no meaning"),
        ("covered('a') & True", "boolean of Python's"),
        ("covered('a') & (usage.via is None)", "write `== None`"),
        ("covered('a') & 'phi'", "is no condition"),
        ("covered('a') | None", "is no condition"),
        ("usage.region == {'a': 1}", "no JSON for"),
        ("usage.region == {1, 2}", "no JSON for"),
        ("usage.region == datetime.datetime(2026, 1, 1)", "a day without a time"),
        ("usage.region == b'x'", "no JSON for"),
        ("known('usage.region')", "takes a path"),
        ("known(days + 1)", "takes a path"),
        ("observed('usage.region')", "`observed` takes a path such as usage.region"),
        ("observed(usage.region.default('us'))", "`observed` takes a path"),
        ("observed(usage.region, 'us')", "positional argument"),
        ("strictly(days, '==', 1)", "write '==='"),
        ("if_(TRUE)", "needs a condition"),
        ("some(usage.models, lambda model: True)", "boolean of Python's"),
        ("{usage.data: 1}", "unhashable"),
    ],
)
def test_spelling_that_would_lose_logic_is_an_error(spelling: str, advice: str) -> None:
    names = {**vars(authoring), "days": days, "datetime": datetime}
    with pytest.raises((AuthoringError, TypeError), match=re.escape(advice)):
        eval(spelling, names)  # the spellings are the test


_LEAF = st.sampled_from([covered("hipaa_baa"), agreement("baa"), known(usage.region), usage.data.contains("phi")])


@settings(max_examples=100, deadline=None)
@given(
    st.recursive(
        _LEAF.map(lambda term: (term, term.rule)),
        lambda inner: st.one_of(
            st.tuples(inner, inner).map(
                lambda two: (if_(two[0][0], two[1][0], FALSE), {"if": [two[0][1], two[1][1], False]})
            ),
            inner.map(lambda one: (~one[0], {"!": one[1]})),
        ),
        max_leaves=8,
    )
)
def test_nothing_is_dropped_however_deep(pair: tuple[Term, Any]) -> None:
    term, rule = pair
    assert term.rule == rule


GOOD = """\
from vendorgate.authoring import Policy, Test, agreement, covered, that, usage

print("built")
Policy(
    id="phi-needs-a-baa",
    title="PHI needs a BAA",
    when=usage.data.contains("phi"),
    require=[
        covered("hipaa_baa") & agreement("baa"),
        that(usage.lifecycle == "ga", "only what is generally available"),
    ],
    remediation="Sign a BAA",
    references=["45 CFR 164.504(e)"],
    controls=[("hipaa", "164.504(e)")],
    tags=["hipaa"],
    tests=[
        Test("no BAA", "fail", {"offering": "openai-api", "data": ["phi"]}, agreements=[]),
        Test("no PHI", "not_applicable", {"offering": "openai-api", "data": ["pii"]}),
    ],
)
"""


def build(folder: Path, text: str, *arguments: str) -> Any:
    (folder / "policies.py").write_text(text, encoding="utf-8")
    return vendorgate("policy", "build", "policies.py", "--registry", str(REGISTRY), *arguments, folder=folder)


def test_file_is_built_and_its_policies_judge(tmp_path: Path) -> None:
    ended = build(tmp_path, GOOD, "--into", "bundle/p.yaml")
    assert ended.code == 0, ended.stderr
    assert ended.stdout == "built bundle/p.yaml\n"
    assert "running policies.py\nbuilt\n" in ended.stderr
    text = (tmp_path / "bundle" / "p.yaml").read_text(encoding="utf-8")
    assert text.startswith("# Built by `vendorgate policy build policies.py`")
    assert yaml.safe_load(text)["policies"][0]["require"][1] == {
        "that": {"==": [{"var": "usage.lifecycle"}, "ga"]},
        "message": "only what is generally available",
    }
    assert yaml.safe_load(text)["policies"][0]["controls"] == [{"framework": "hipaa", "id": "164.504(e)"}]
    tested = vendorgate("policy", "test", "bundle", "--registry", str(REGISTRY), folder=tmp_path)
    assert tested.code == 0, tested.stdout
    assert vendorgate("policy", "fmt", "bundle", "--check", "--registry", str(REGISTRY), folder=tmp_path).code == 0


def test_file_goes_to_standard_output_alone(tmp_path: Path) -> None:
    ended = build(tmp_path, GOOD)
    assert ended.code == 0
    assert len(yaml.safe_load(ended.stdout)["policies"]) == 1


def test_built_file_is_built_again_and_no_other_is_overwritten(tmp_path: Path) -> None:
    assert build(tmp_path, GOOD, "--into", "p.yaml").code == 0
    assert build(tmp_path, GOOD, "--into", "p.yaml", "--check").code == 0
    changed = GOOD.replace("Sign a BAA", "Sign one")
    assert build(tmp_path, changed, "--into", "p.yaml", "--check").code == 1
    assert build(tmp_path, changed, "--into", "p.yaml").code == 0
    assert "Sign one" in (tmp_path / "p.yaml").read_text(encoding="utf-8")
    (tmp_path / "mine.yaml").write_text("mine", encoding="utf-8")
    ended = build(tmp_path, GOOD, "--into", "mine.yaml")
    assert ended.code == 2
    assert "a file that was not built" in ended.stderr
    assert (tmp_path / "mine.yaml").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"phi")', '"phl")', ["`phl` is not a data class", "did you mean `phi`?", "policies.py:4:1"]),
        ("usage.lifecycle", "usage.lifcycle", ["unknown path `usage.lifcycle`", "did you mean `usage.lifecycle`?"]),
        ('covered("hipaa_baa") &', 'covered("hippa_baa") &', ["`hippa_baa` is not a dimension", "`hipaa_baa`?"]),
        ("& agreement", "and agreement", ["AuthoringError", "write `a & b`", "policies.py:9:9"]),
        ('"openai-api", "data": ["phi"]', '"openai", "data": ["phi"]', ["`openai` is not an offering"]),
        ('"fail", {', '"failed", {', ["`failed` is not a value of `expect`"]),
        ('id="phi-needs-a-baa"', 'id="PHI"', ["`PHI` is not a slug"]),
        ('print("built")', "1 / 0", ["ZeroDivisionError: division by zero", "policies.py:3:1"]),
        ('print("built")', "raise SystemExit(0)", ["SystemExit", "policies.py:3:1"]),
        ('print("built")', "import no_such_module", ["ModuleNotFoundError", "no_such_module"]),
        ("Policy(\n", "Policy(((\n", ["SyntaxError"]),
        ("    tags", "    tasg", ["TypeError", "tasg"]),
    ],
)
def test_mistake_is_refused_with_its_line(tmp_path: Path, old: str, new: str, words: list[str]) -> None:
    assert old in GOOD
    ended = build(tmp_path, GOOD.replace(old, new, 1))
    assert ended.code == 2
    assert ended.stdout == ""
    for word in words:
        assert word in ended.stderr


def test_file_without_policies_is_refused(tmp_path: Path) -> None:
    assert "makes no policy" in build(tmp_path, "import vendorgate.authoring\n").stderr


@pytest.mark.parametrize("name", ["nothing.py", "policies.txt", "."])
def test_only_a_python_file_that_exists_is_run(tmp_path: Path, name: str) -> None:
    (tmp_path / "policies.txt").write_text(GOOD, encoding="utf-8")
    ended = vendorgate("policy", "build", name, folder=tmp_path)
    assert ended.code == 2
    assert ended.stdout == ""


def test_no_other_command_runs_python(tmp_path: Path) -> None:
    bundle = tmp_path / "policies"
    bundle.mkdir()
    (bundle / "p.py").write_text("raise SystemExit('run')", encoding="utf-8")
    assert build(tmp_path, GOOD, "--into", "policies/p.yaml").code == 0
    for command in ("test", "lint", "list", "explain", "docs", "fmt"):
        ended = vendorgate("policy", command, "--registry", str(REGISTRY), folder=tmp_path)
        assert ended.code in (0, 1), (command, ended.stderr)


def test_sibling_modules_can_be_imported(tmp_path: Path) -> None:
    (tmp_path / "shared_words.py").write_text('REGULATED = ["phi"]\n', encoding="utf-8")
    text = GOOD.replace('usage.data.contains("phi")', "~usage.data.disjoint(shared_words.REGULATED)")
    ended = build(tmp_path, "import shared_words\n" + text)
    assert ended.code == 0, ended.stderr
