"""Words of rules that fit nothing are refused, whatever way they take to what they are compared with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.world import AS_OF, OFFERING, SNAPSHOT, Part
from vendorgate import Gate
from vendorgate.errors import InputError
from vendorgate.model.evaluation import Evaluation

AZURE = {
    **OFFERING,
    "id": "azure-openai",
    "name": "Azure OpenAI",
    "developer": "OpenAI",
    "platform": "Microsoft Azure",
    "model_family": "GPT",
    "endpoints": ["responses", "assistants", "threads"],
    "features": ["web_search", "computer_use"],
    "dimensions": {
        "retention_zdr": {
            "value": "yes_public",
            "facts": {"retention_days": 30, "table": {"files": {"days": 0}, "a.b": 1}, "never": None},
            "scoped_facts": [{"scope": {"endpoints": {"only": ["threads"]}}, "facts": {"state": None}}],
        }
    },
}
DEEPSEEK = {**AZURE, "id": "deepseek-api", "name": "DeepSeek API", "developer": "DeepSeek", "platform": "DeepSeek"}
GONE = {"since": "2026-06-01", "instead": "azure-openai", "platform": "Old Cloud", "features": ["old_search"]}
PLATFORM, DEVELOPER = {"var": "offering.platform"}, {"var": "offering.developer"}
ENDPOINTS, FEATURES = {"var": "usage.endpoints"}, {"var": "usage.features"}
VIA, FALLBACKS, ELEMENT = {"var": "usage.via"}, {"var": "usage.fallbacks"}, {"var": ""}
CURRENT, ACCUMULATED = {"var": "current"}, {"var": "accumulator"}
SHARED = {"var": "usage.settings.data_sharing"}


def judged(folder: Path, require: Any = None, when: Any = None, **more: Any) -> Evaluation:
    """Judge a usage by one rule over two offerings and one that is gone."""
    policy: Part = {"id": "p", "title": "P", "require": [True if require is None else require]}
    usage = {"id": "u", "purpose": "answer", "offering": "azure-openai", "data": ["internal"]}
    files: dict[str, Any] = {
        "registry/snapshot.yaml": {**SNAPSHOT, "former": {"old-api": GONE}},
        "registry/offerings/azure-openai.yaml": AZURE,
        "registry/offerings/deepseek-api.yaml": DEEPSEEK,
        "policies/p.yaml": {"version": 1, "policies": [policy if when is None else {**policy, "when": when}]},
        "vendorgate.yaml": {"version": 1, "project": "demo", "usages": [usage]},
        **more.pop("files", {}),
    }
    for name, value in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return Gate(folder / "policies", folder / "registry").check(folder / "vendorgate.yaml", as_of=AS_OF, **more)


def refusal(folder: Path, rule: Any, **more: Any) -> str:
    with pytest.raises(InputError) as caught:
        judged(folder, rule, **more)
    return "\n".join(f"{problem.title} ({problem.help})" for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("rule", "meant"),
    [
        *(({operator: [PLATFORM, "Azure"]}, "Microsoft Azure") for operator in ("==", "!=", "===", "!==")),
        ({"==": ["microsoft azure", PLATFORM]}, "Microsoft Azure"),
        ({"in": [PLATFORM, ["DeepSeek", "Azure"]]}, "Microsoft Azure"),
        ({"!": {"in": [PLATFORM, ["Azure"]]}}, "Microsoft Azure"),
        ({"not": {"==": [PLATFORM, "Azure"]}}, "Microsoft Azure"),
        ({"in": ["Azrue", PLATFORM]}, "no part"),
        ({"matches": [DEVELOPER, "Deepseek*"]}, "`DeepSeek`"),
        ({"matches": [DEVELOPER, {"if": [True, "Deepseek*", "Open*"]}]}, "`DeepSeek`"),
        ({"==": [DEVELOPER, "Deep*"]}, "a glob is for"),
        ({"==": [{"var": "offering.model_family"}, "GTP"]}, "`GPT`"),
        ({"==": [{"var": "offering.id"}, "azure-opnai"]}, "`azure-openai`"),
        ({"matches": [{"var": "offering.id"}, "azrue-*"]}, "azure-openai"),
        ({"==": [{"var": "offering.name"}, "Azure Open AI"]}, "`Azure OpenAI`"),
        ({"in": ["assistant", ENDPOINTS]}, "`assistants`"),
        ({"subset": [ENDPOINTS, ["response"]]}, "`responses`"),
        ({"disjoint": [["thread"], ENDPOINTS]}, "`threads`"),
        ({"in": ["web-search", {"var": "offering.features"}]}, "`web_search`"),
        ({"some": [FEATURES, {"==": [ELEMENT, "web-search"]}]}, "`web_search`"),
        ({"none": [FEATURES, {"matches": [ELEMENT, "web-*"]}]}, "web_search"),
        ({"all": [FEATURES, {"in": [ELEMENT, ["web-search"]]}]}, "`web_search`"),
        ({"in": ["web-search", {"filter": [FEATURES, {"!=": [ELEMENT, "computer_use"]}]}]}, "`web_search`"),
        ({"in": ["web-search", {"map": [FEATURES, ELEMENT]}]}, "`web_search`"),
        ({"disjoint": [FEATURES, {"map": [["web-search"], ELEMENT]}]}, "`web_search`"),
        ({"disjoint": [FEATURES, {"map": [["x"], "web-search"]}]}, "`web_search`"),
        ({"disjoint": [FEATURES, {"map": [["web-search"], {"if": [True, ELEMENT, "web_search"]}]}]}, "`web_search`"),
        ({"disjoint": [{"merge": [FEATURES, []]}, ["web-search"]]}, "`web_search`"),
        ({"disjoint": [FEATURES, {"merge": [["computer_use"], "web-search"]}]}, "`web_search`"),
        ({"disjoint": [FEATURES, {"filter": [["web-search"], True]}]}, "`web_search`"),
        ({"reduce": [FEATURES, {"or": [ACCUMULATED, {"==": [CURRENT, "web-search"]}]}, False]}, "`web_search`"),
        ({"==": [{"reduce": [FEATURES, CURRENT, "web_search"]}, "web-search"]}, "`web_search`"),
        ({"reduce": [FEATURES, {"==": [ACCUMULATED, "web-search"]}, {"var": "usage.via"}]}, "web-search"),
        ({"disjoint": [FEATURES, [{"reduce": [["web-search"], CURRENT]}]]}, "`web_search`"),
        ({"==": [{"if": [True, PLATFORM, "DeepSeek"]}, "Azure"]}, "Microsoft Azure"),
        ({"==": [PLATFORM, {"if": [True, "Azure", "DeepSeek"]}]}, "Microsoft Azure"),
        ({"==": [{"or": [False, PLATFORM]}, "Azure"]}, "Microsoft Azure"),
        ({"==": [{"and": [True, PLATFORM]}, "Azure"]}, "Microsoft Azure"),
        ({"==": [PLATFORM, {"or": ["Azure", "DeepSeek"]}]}, "Microsoft Azure"),
        ({"==": [{"log": PLATFORM}, {"log": "Azure"}]}, "Microsoft Azure"),
        ({"==": [{"var": ["offering.platform", "Azure"]}, "DeepSeek"]}, "Microsoft Azure"),
        ({"in": ["assistant", {"var": ["usage.endpoints", ["responses"]]}]}, "`assistants`"),
        ({"in": ["responses", {"var": ["usage.endpoints", ["assistant"]]}]}, "`assistants`"),
        ({"==": [{"var": ["usage.settings.platform", "Azure"]}, PLATFORM]}, "Microsoft Azure"),
        ({"==": [{"var": ["offering.model_family", PLATFORM]}, "Azure"]}, "Microsoft Azure"),
        ({"==": [PLATFORM, {"cat": ["Az", {"cat": ["ure"]}]}]}, "Microsoft Azure"),
        ({"==": [{"substr": [PLATFORM, 0, 5]}, "micro"]}, "made of a platform"),
        ({"==": [{"cat": [PLATFORM, "!"]}, "Azure!"]}, "made of a platform"),
        ({"==": [VIA, "deepseek"]}, "`deepseek-api`"),
        ({"==": [{"var": "primary.platform"}, "Azure"]}, "Microsoft Azure"),
        ({"!": {"matches": [{"var": "primary.developer"}, "Deepseek*"]}}, "`DeepSeek`"),
        ({"in": [{"var": "primary.offering"}, ["azure-opnai"]]}, "`azure-openai`"),
        ({"in": ["deepseek", FALLBACKS]}, "`deepseek-api`"),
        ({"some": [FALLBACKS, {"matches": [ELEMENT, "deepsek*"]}]}, "deepseek-api"),
        ({"known": "registry.retention_zdr.facts.retention_dyas"}, "`retention_days`"),
        ({"==": [{"var": "registry.retention_zdr.facts.table.flies.days"}, 0]}, "`table.files.days`"),
        ({"==": [{"var": "registry.retention_zdr.facts.never"}, 0]}, "there are"),
        ({"==": [{"var": "registry.hipaa_baa.facts.days"}, 0]}, "states any"),
    ],
)  # fmt: skip
def test_word_that_fits_nothing_is_refused_with_the_nearest(rule: Any, meant: str, tmp_path: Path) -> None:
    assert meant in refusal(tmp_path, rule)


@pytest.mark.parametrize(
    "rule",
    [
        {"!=": [PLATFORM, "Microsoft Azure"]},
        {"==": [PLATFORM, None]},
        {"in": ["Azure", PLATFORM]},
        {"matches": [DEVELOPER, "*Seek"]},
        {"==": [PLATFORM, "Old Cloud"]},
        {"in": ["old-api", FALLBACKS]},
        {"disjoint": [FEATURES, ["old_search", "web_search"]]},
        {"in": ["threads", {"var": ["usage.endpoints", []]}]},
        {"==": [{"var": ["usage.settings.platform", "Azure"]}, "Azure"]},
        {"==": [{"or": [SHARED, PLATFORM]}, "anything"]},
        {"==": [{"or": [False, PLATFORM]}, False]},
        {"==": [{"substr": [PLATFORM, 0, 5]}, "Micro"]},
        {"==": [{"cat": [PLATFORM, " by ", DEVELOPER]}, "Microsoft Azure by OpenAI"]},
        {"==": [{"reduce": [[1, 2], {"+": [CURRENT, ACCUMULATED]}, 0]}, 3]},
        {"==": [{"reduce": [FEATURES, {"cat": [CURRENT, ACCUMULATED]}, ""]}, "web_search"]},
        {"known": "registry.retention_zdr.facts.table.files.days"},
        {"known": "registry.retention_zdr.facts.state"},
    ],
)
def test_word_that_something_has_is_accepted(rule: Any, tmp_path: Path) -> None:
    assert judged(tmp_path, rule).results[0].policy.id == "p"


def test_word_in_a_condition_of_the_registry_is_refused_too(tmp_path: Path) -> None:
    cell = {"value": "yes_public", "conditions": [{"!": {"in": ["web-search", FEATURES]}}]}
    wrong = {**AZURE, "dimensions": {"hipaa_baa": cell}}
    said = refusal(tmp_path, None, files={"registry/offerings/azure-openai.yaml": wrong})
    assert said == "`web-search` is not a feature of an offering (did you mean `web_search`?)"


def test_offering_that_cannot_be_read_for_its_words_is_refused_once(tmp_path: Path) -> None:
    files = {"registry/offerings/deepseek-api.yaml": "id: deepseek-api\nid: again\n"}
    said = refusal(tmp_path, {"==": [PLATFORM, "Microsoft Azure"]}, files=files)
    assert said.count("the key `id` stands twice") == 1
    assert judged(tmp_path / "other", {"covered": "hipaa_baa"}, files=files).results


def notices(evaluation: Evaluation) -> list[str]:
    return [f"{one.id}: {one.message} @ {one.location}" for one in evaluation.notices if one.id.startswith("stale-")]


def test_words_that_the_bundle_expects_may_be_named_and_are_told_when_they_need_not(tmp_path: Path) -> None:
    words = {"policies/bundle.yaml": {"unmatched": ["Acme Cloud", "acme-api", "DeepSeek", "Nobody", "old-api"]}}
    rule = {"and": [{"in": ["acme-api", FALLBACKS]}, {"matches": [PLATFORM, "Acme*"]}]}
    found = notices(judged(tmp_path, rule, files=words))
    assert [one.partition(" @ ")[0] for one in found] == [
        "stale-unmatched: `DeepSeek` need not be expected: the registry has it by now",
        "stale-unmatched: `Nobody` need not be expected: no policy names it",
        "stale-unmatched: `old-api` need not be expected: the registry has it by now",
    ]


def test_glob_among_the_words_that_are_expected_is_refused(tmp_path: Path) -> None:
    said = refusal(tmp_path, None, files={"policies/bundle.yaml": {"unmatched": ["Acme*"]}})
    assert "a glob among the words that are to come: `Acme*`" in said


def test_manifest_that_names_an_offering_that_is_gone_is_told_what_took_its_place(tmp_path: Path) -> None:
    usage = {"id": "u", "purpose": "answer", "offering": "old-api", "data": ["internal"], "fallbacks": ["old-api"]}
    manifest = {"version": 1, "project": "demo", "usages": [usage]}
    said = refusal(tmp_path, None, files={"vendorgate.yaml": manifest})
    assert "`old-api` is no longer in the registry since 2026-06-01 (use `azure-openai`)" in said


@pytest.mark.parametrize(
    ("former", "title", "help"),
    [
        ({"old-api": {"instead": "azure-opnai"}}, "`azure-opnai` is not an offering", "did you mean `azure-openai`?"),
        ({"deepseek-api": {}}, "`deepseek-api` is gone and there", "take it out"),
    ],
)
def test_what_is_said_of_an_offering_that_is_gone_is_checked(
    former: Part, title: str, help: str, tmp_path: Path
) -> None:
    said = refusal(tmp_path, None, files={"registry/snapshot.yaml": {**SNAPSHOT, "former": former}})
    assert title in said
    assert help in said
