"""Ways out by the registry and the policies that ship: what a reader would expect, done by hand."""

from __future__ import annotations

import datetime
import json
import re
import shutil
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest

from tests.command import ROOT, Ended, vendorgate
from tests.lifting.applying import RealGate, swapped
from tests.thoroughness import part, thorough
from tests.yaml_text import value_of
from vendorgate.load.document import read_document

AS_OF = datetime.date(2026, 11, 24)
EXAMPLES = [
    ("clinic", "visit-summaries"),
    ("eu-support-bot", "answer-tickets"),
    ("eu-support-bot", "translate-tickets"),
    ("code-assistant", "chat"),
    ("code-assistant", "review-hints"),
    ("own-bundle", "sort-letters"),
    ("own-bundle", "summarise-letters"),
]
Answer = dict[str, Any]


def ask(command: str, manifest: Path, usage: str, *more: str, policies: Path = ROOT / "policies") -> Answer:
    """The JSON answer by the registry that ships."""
    inputs = ("--policies", str(policies), "--registry", str(ROOT / "registry-snapshot"), "--as-of", AS_OF.isoformat())
    asking = (command, str(manifest), "--usage", usage, *inputs, "--format", "json", *more)
    ended = asked(asking, manifest.read_bytes())
    assert ended.code in (0, 1), ended.stderr
    found: Answer = json.loads(ended.stdout)
    assert ended.code == int(found["answer"] == "none")
    return found


@cache
def asked(asking: tuple[str, ...], _manifest: bytes) -> Ended:
    """How a question about a manifest of this text ends: asked once, since several tests look at the same answer."""
    return vendorgate(*asking, folder=ROOT)


def asked_about(question: int, *also: str) -> tuple[str, ...]:
    """Every offering in a thorough run, else those that a test looks at, and every third: other ones for the next
    question."""
    ids = sorted(path.stem for path in (ROOT / "registry-snapshot" / "offerings").iterdir())
    wanted = sorted({*part(ids, question), *also})
    return () if thorough() else tuple(word for id in wanted for word in ("--offering", id))


def instead(example: str, usage: str) -> Answer:
    """The alternatives of an example's usage, its own offering among them, by the policies that the example is for."""
    source = ROOT / "examples" / example
    own = source / "policies"
    policies = own if own.is_dir() else ROOT / "policies"
    usages = value_of((source / "vendorgate.yaml").read_text(encoding="utf-8"))["usages"]
    (offering,) = (one["offering"] for one in usages if one["id"] == usage)
    about = asked_about(EXAMPLES.index((example, usage)), offering)
    return ask("alternatives", source / "vendorgate.yaml", usage, *about, policies=policies)


def written(folder: Path, **usage: Any) -> Path:
    """A manifest of one usage."""
    path = folder / "vendorgate.yaml"
    defaults = {"id": "u", "purpose": "To try it", "subjects": ["us"]}
    path.write_text(json.dumps({"version": 1, "project": "p", "usages": [{**defaults, **usage}]}), encoding="utf-8")
    return path


def steps(changes: list[Answer]) -> dict[str, Any]:
    """The changes, briefly: by field what to declare, or the kinds of agreement."""
    found: dict[str, Any] = {one["field"]: one["new"] for one in changes if one["field"] != "agreements"}
    signed = {one["new"] for one in changes if one["field"] == "agreements"}
    return {**found, "agreements": signed} if signed else found


def alternative(answer: Answer, offering: str) -> Answer:
    found: Answer = next(one for one in answer["alternatives"] if one["offering"] == offering)
    return found


OPENAI_PHI = {
    "offering": "openai-api",
    "data": ["phi"],
    "endpoints": ["assistants"],
    "models": ["gpt-5.2"],
    "region": "us",
    "settings": {"zero_data_retention": True, "data_sharing": False},
    "agreements": ["baa", "zdr", "dpa"],
}


def test_what_only_the_project_can_say_is_declared_beside_what_can_be_mended(tmp_path: Path) -> None:
    manifest = written(tmp_path, **{**OPENAI_PHI, "id": "u", "agreements": ["baa", "dpa"]})
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"purpose": "To try it", ', ""), encoding="utf-8")
    (repair,) = ask("repair", manifest, "u")["repairs"]
    purpose = {"purpose": "<what it is used for>"}
    assert steps(repair["changes"]) == {**purpose, "endpoints": "chat completions", "agreements": {"zdr"}}


def test_people_outside_of_the_eea_need_no_ground_for_a_transfer(tmp_path: Path) -> None:
    manifest = written(tmp_path, **{**OPENAI_PHI, "endpoints": ["responses"], "subjects": ["jp"]})
    text = manifest.read_text(encoding="utf-8")
    assert ask("repair", manifest, "u")["answer"] == "passes"
    manifest.write_text(text.replace('"subjects": ["jp"], ', ""), encoding="utf-8")
    found = ask("repair", manifest, "u")["repairs"]
    assert steps(found[0]["changes"]) == {"subjects": "us"}
    assert found[0]["changes"][0]["options"][:2] == ["gb", "ca"]
    manifest.write_text(text.replace("jp", "de"), encoding="utf-8")
    assert all(one["field"] != "subjects" for way in ask("repair", manifest, "u")["repairs"] for one in way["changes"])


def test_another_endpoint_is_enough_for_phi_on_the_openai_api(tmp_path: Path) -> None:
    (repair,) = ask("repair", written(tmp_path, **OPENAI_PHI), "u")["repairs"]
    (change,) = repair["changes"]
    assert (change["old"], change["new"]) == ("assistants", "chat completions")
    assert "responses" in change["options"]


def test_azure_stands_in_for_openai_with_a_baa_zdr_and_no_content_logging(tmp_path: Path) -> None:
    answer = ask("alternatives", written(tmp_path, **OPENAI_PHI), "u", *asked_about(0, "azure-openai"))
    azure = alternative(answer, "azure-openai")
    assert azure["kinship"] == "same model family"
    assert azure["models"] == ["gpt-5.2"]
    needed = {"endpoints": "chat completions", "settings.content_logging": False, "agreements": {"baa", "zdr"}}
    assert steps(azure["changes"]) == needed
    assert {one["dimension"] for one in azure["evidence"]} >= {"hipaa_baa", "retention_zdr"}
    assert all(one["source"].startswith("https://") for one in azure["evidence"])


def test_bedrock_stands_in_for_anthropic_and_takes_the_model_over_by_its_name_there(tmp_path: Path) -> None:
    usage = {"offering": "anthropic-api", "data": ["phi"], "endpoints": ["messages"], "models": ["claude-opus-5"]}
    answer = ask("alternatives", written(tmp_path, **usage), "u", *asked_about(1, "claude-bedrock"))
    bedrock = alternative(answer, "claude-bedrock")
    assert bedrock["kinship"] == "same model family"
    assert bedrock["models"] == ["claude-opus-5"]
    logging = {"settings.data_retention_mode": "none", "settings.model_invocation_logging": False}
    assert steps(bedrock["changes"]) == {**logging, "agreements": {"baa"}}


def test_what_bedrock_puts_before_a_model_is_left_off_elsewhere(tmp_path: Path) -> None:
    usage = {"offering": "claude-bedrock", "data": ["phi"], "models": ["anthropic.claude-opus-4-8"]}
    answer = ask("alternatives", written(tmp_path, **usage), "u", *asked_about(2, "anthropic-api"))
    anthropic = alternative(answer, "anthropic-api")
    assert anthropic["models"] == ["claude-opus-4-8"]


def test_data_of_people_in_the_eu_is_pinned_there_or_leaves_under_clauses(tmp_path: Path) -> None:
    usage = {
        "offering": "claude-bedrock",
        "data": ["pii"],
        "subjects": ["de"],
        "models": ["claude-opus-5"],
        "region": "us",
        "settings": {"inference_profile": "us", "data_retention_mode": "none"},
        "attributes": {"transfer_assessment": "2026-03-02"},
    }
    repairs = [steps(one["changes"]) for one in ask("repair", written(tmp_path, **usage), "u")["repairs"]]
    assert {"region": "eu", "settings.inference_profile": "in_region"} in repairs
    assert {"agreements": {"scc"}} in repairs


def test_zero_retention_is_a_setting_and_an_agreement(tmp_path: Path) -> None:
    usage = {
        **OPENAI_PHI,
        "endpoints": ["responses"],
        "settings": {"data_sharing": False},
        "agreements": ["baa", "dpa"],
    }
    (repair,) = ask("repair", written(tmp_path, **usage), "u")["repairs"]
    assert steps(repair["changes"]) == {"settings.zero_data_retention": True, "agreements": {"zdr"}}


def test_a_usage_that_says_nothing_of_its_account_learns_all_that_it_needs(tmp_path: Path) -> None:
    answer = ask("repair", written(tmp_path, offering="openai-api", data=["phi"]), "u")
    needed = steps(answer["repairs"][0]["changes"])
    assert needed["agreements"] == {"baa", "dpa", "zdr"}
    assert {"endpoints", "models", "settings.zero_data_retention", "settings.data_sharing"} <= needed.keys()


def test_an_agreement_must_run_as_long_as_a_policy_asks() -> None:
    folder = ROOT / "examples" / "own-bundle"
    answer = ask("repair", folder / "vendorgate.yaml", "summarise-letters", policies=folder / "policies")
    (change,) = answer["repairs"][0]["changes"]
    assert change["agreement"]["expires"] == "2026-12-24"
    assert "until 2026-12-24 or later" in change["words"]
    assert change["location"]["path"].endswith("policies/agreements.yaml")


def test_data_that_may_never_be_sent_has_no_way_out() -> None:
    manifest = ROOT / "examples" / "code-assistant" / "vendorgate.yaml"
    answer = ask("repair", manifest, "review-hints")
    assert answer["answer"] == "none"
    assert [one["policy"] for one in answer["obstacles"]] == ["credentials-are-never-sent"]
    found = instead("code-assistant", "review-hints")
    assert found["answer"] == "none"
    closest = found["alternatives"][0]
    assert closest["kinship"] == "same offering"
    assert [one["policy"] for one in closest["obstacles"]] == ["credentials-are-never-sent"]


def test_the_same_offering_comes_first_then_its_family_then_others() -> None:
    passing = [one for one in instead("eu-support-bot", "translate-tickets")["alternatives"] if one["passes"]]
    kinds = [one["kinship"] for one in passing]
    assert len(set(kinds)) > 1
    assert kinds == sorted(kinds, key=["same offering", "same model family", "other"].index)
    for kinship in set(kinds):
        costs = [(one["cost"], one["offering"]) for one in passing if one["kinship"] == kinship]
        assert costs == sorted(costs)


@pytest.mark.parametrize(("example", "usage"), EXAMPLES)
def test_every_way_out_of_an_example_done_by_hand_passes_and_no_part_of_it_does(
    example: str, usage: str, tmp_path: Path
) -> None:
    source = ROOT / "examples" / example
    own = source / "policies"
    policies = own if own.is_dir() else ROOT / "policies"
    shutil.copytree(policies, tmp_path / "policies")
    shutil.copytree(ROOT / "registry-snapshot", tmp_path / "registry")
    manifest = value_of((source / "vendorgate.yaml").read_text(encoding="utf-8"))
    register = None
    if (own / "agreements.yaml").exists():
        # YAML's days are texts to vendorgate, and to JSON.
        read = read_document("agreements.yaml", (own / "agreements.yaml").read_bytes(), [])
        register = None if read is None else cast("dict[str, Any]", read.value)
    gate = RealGate(tmp_path, usage, AS_OF)
    repairs = ask("repair", source / "vendorgate.yaml", usage, policies=policies)
    assert (repairs["answer"] == "passes") == (not gate.blocks(manifest, register))
    for repair in repairs["repairs"]:
        gate.assert_smallest(manifest, register, repair["changes"])
    answer = instead(example, usage)
    for one in answer["alternatives"]:
        if one["passes"]:
            gate.assert_smallest(swapped(manifest, usage, answer["offering"], one), register, one["changes"])


def test_an_embedding_is_replaced_by_embeddings(tmp_path: Path) -> None:
    usage = {
        "offering": "openai-api",
        "data": ["pii"],
        "endpoints": ["embeddings"],
        "settings": {"data_sharing": False},
    }
    answer = ask("alternatives", written(tmp_path, **usage), "u")
    names = [
        name
        for one in answer["alternatives"]
        for change in one["changes"]
        if change["field"] in ("endpoints", "models")
        for name in (change["new"], *change["options"])
    ]
    assert all("embed" in name for name in names), names
    skipped = {one["offering"]: one["why"] for one in answer["skipped"]}
    assert skipped["anthropic-api"] == "the registry lists nothing of it for embedding"
    assert "mistral-la-plateforme" not in skipped


def test_a_model_that_fits_a_star_alone_is_not_taken_over(tmp_path: Path) -> None:
    usage = {"offering": "openrouter", "data": ["phi"], "models": ["accounts/fireworks/models/any"]}
    answer = ask("alternatives", written(tmp_path, **usage), "u", "--offering", "fireworks-api")
    (fireworks,) = answer["alternatives"]
    assert fireworks["models"] is None
    assert fireworks["left_behind"] == ["model `accounts/fireworks/models/any`"]


def test_every_name_that_is_proposed_is_written_out_in_the_registry(tmp_path: Path) -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "registry-snapshot" / "offerings").iterdir())
    usage = {"offering": "openai-api", "data": ["phi"], "subjects": ["de"]}
    answer = ask("alternatives", written(tmp_path, **usage), "u", *asked_about(1))
    proposed = {
        name
        for one in answer["alternatives"]
        for change in one["changes"]
        if change["field"] in ("endpoints", "models")
        for name in (change["new"], *change["options"])
    }
    assert proposed
    unknown = [name for name in proposed if not re.search(rf"(?<![*?\w.-]){re.escape(str(name))}(?![*?\w.-])", text)]
    assert not unknown
