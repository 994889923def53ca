"""What the shipped registry makes of the own APIs of makers of models, embeddings and search: what passes, what fails,
what nobody can tell, and the nearest wrong reading of each.

Hardly any page of some of them has a day; what is written about those is tried in a registry in which every cell has
one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pytest

from tests.registry.shipped import REGISTRY, Part, as_if_read, outcomes
from vendorgate.load.files import folder
from vendorgate.snapshots import read_snapshot

RULES: Final[Mapping[str, Part]] = {
    **{
        dimension: {"covered": dimension}
        for dimension in (
            "soc2_type2",
            "iso_27001",
            "trust_center",
            "hipaa_baa",
            "gdpr_dpa",
            "training_on_customer_data",
            "retention_zdr",
            "data_residency",
            "gpai_cop",
        )
    },
    "is a recipient": {"==": [{"var": "offering.category"}, "recipient"]},
    "is no recipient": {"!=": [{"var": "offering.category"}, "recipient"]},
    "is from the EU": {"within": [{"var": "registry.gdpr_dpa.facts.headquarters_country"}, "eu"]},
    "keeps nothing": {"==": [{"var": "registry.retention_zdr.facts.retention_days"}, 0]},
    "trains unless told": {"==": [{"var": "registry.training_on_customer_data.facts.trains_by_default"}, True]},
    "hosts in the US": {"var": "registry.data_residency.facts.hosting_countries.us"},
    "hosts nothing in China": {"!": {"var": "registry.data_residency.facts.hosting_countries.cn"}},
}


def usage(offering: str, endpoint: str | None = None, model: str | None = None, **more: Any) -> Part:
    names = {"endpoints": [endpoint] if endpoint else None, "models": [model] if model else None}
    return {"offering": offering, **{key: value for key, value in names.items() if value}, **more}


def minimax(host: str | None = "api.minimax.io", **more: Any) -> Part:
    settings = {"settings": {"api_host": host}} if host else {}
    return usage("minimax-api", "chat completions", "MiniMax-M3", **{**settings, **more})


def moonshot(endpoint: str = "chat completions", host: str | None = "api.moonshot.ai", **more: Any) -> Part:
    settings = {"settings": {"api_host": host}} if host else {}
    return usage("moonshot-api", endpoint, "kimi-k3", **{**settings, **more})


def quiet(endpoint: str = "chat completions", host: str | None = "api.moonshot.ai", **more: Any) -> Part:
    """Kimi as an enterprise customer has it without retention."""
    return moonshot(endpoint, host, **{"tier": "enterprise", "agreements": ["zdr"], **more})


def zai(
    endpoint: str = "chat completions", host: str | None = "api.z.ai", account: str | None = "developer", **more: Any
) -> Part:
    settings = {name: value for name, value in (("api_host", host), ("account_type", account)) if value}
    return usage("zai-api", endpoint, more.pop("model", "glm-5.3"), **{"settings": settings, **more})


def exa(endpoint: str = "search", **more: Any) -> Part:
    return usage("exa-api", endpoint, **{"tier": "enterprise", **more})


def hipaa(endpoint: str = "search", **more: Any) -> Part:
    """Exa under a BAA, as a request asks for it."""
    settings = {"compliance": "hipaa", "search_type": "fast"}
    return exa(endpoint, **{"agreements": ["baa"], "settings": settings, **more})


def voyage(endpoint: str | None = "embeddings", shared: bool | None = False, **more: Any) -> Part:
    settings = {"settings": {"data_sharing": shared}} if shared is not None else {}
    return usage("voyage-api", endpoint, "voyage-4", **{**settings, **more})


def pinecone(model: str | None = "llama-text-embed-v2", **more: Any) -> Part:
    return usage("pinecone-inference", "embed", model, **more)


ROWS: Final[Mapping[str, tuple[Part, str, str]]] = {
    # AI21: hardly anything was read.
    "ai21 has a portal": (usage("ai21-api", model="jamba-large"), "trust_center", "pass"),
    "a model that ai21 does not list": (usage("ai21-api", model="jamba-titan"), "trust_center", "unknown"),
    "ai21 is said to train, and not to": (
        usage("ai21-api", model="jamba-large"),
        "training_on_customer_data",
        "unknown",
    ),
    "ai21 is no recipient": (usage("ai21-api"), "is a recipient", "fail"),
    # MiniMax: the US, by a company whose affiliates are elsewhere.
    "minimax in the US, by agreement": (minimax(region="us", agreements=["residency"]), "data_residency", "pass"),
    "minimax in the US, by its policy alone": (minimax(region="us"), "data_residency", "fail"),
    "minimax in China, by agreement": (
        minimax("api.minimaxi.com", region="cn", agreements=["residency"]),
        "data_residency",
        "fail",
    ),
    "minimax in the US, on the mainland's host": (
        minimax("api.minimaxi.com", region="us", agreements=["residency"]),
        "data_residency",
        "fail",
    ),
    "minimax in the US, on a host that nobody named": (
        minimax(None, region="us", agreements=["residency"]),
        "data_residency",
        "unknown",
    ),
    # A list that its vendor does not call whole leaves out nobody.
    "minimax hosts nothing in China, by a list of one": (minimax(region="us"), "hosts nothing in China", "unknown"),
    "minimax keeps as long as it needs": (minimax(tier="enterprise", agreements=["zdr"]), "retention_zdr", "fail"),
    "minimax rules training out for profiling only": (minimax(), "training_on_customer_data", "unknown"),
    "minimax is a controller": (minimax(agreements=["dpa"]), "gdpr_dpa", "unknown"),
    "where minimax comes from": (minimax(), "is from the EU", "unknown"),
    # Moonshot: zero retention for enterprise customers, and not for everything.
    "kimi without retention": (quiet(), "retention_zdr", "pass"),
    "kimi without retention, with tools": (quiet(features=["function_calling"]), "retention_zdr", "pass"),
    "kimi without a contract": (moonshot(agreements=["zdr"]), "retention_zdr", "fail"),
    "kimi without approval": (moonshot(tier="enterprise"), "retention_zdr", "fail"),
    "kimi reads files": (quiet("files"), "retention_zdr", "fail"),
    "kimi in batches of files": (quiet("batches"), "retention_zdr", "fail"),
    "kimi by subscription": (quiet("coding plan"), "retention_zdr", "fail"),
    "kimi sees images": (quiet(features=["image_input"]), "retention_zdr", "fail"),
    "kimi searches": (quiet(features=["web_search"]), "retention_zdr", "fail"),
    "kimi on the mainland": (quiet(host="api.moonshot.cn"), "retention_zdr", "fail"),
    "kimi on a host that nobody named": (quiet(host=None), "retention_zdr", "unknown"),
    "another maker's model at kimi": (quiet(models=["qwen3-max"]), "retention_zdr", "unknown"),
    "kimi does not train, by its help page": (quiet(), "training_on_customer_data", "fail"),
    "kimi does not train, by contract": (
        quiet(agreements=["enterprise", "zdr"]),
        "training_on_customer_data",
        "unknown",
    ),
    "kimi in Singapore, by agreement": (moonshot(region="sg", agreements=["residency"]), "data_residency", "pass"),
    "kimi in China": (
        moonshot(host="api.moonshot.cn", region="cn", agreements=["residency"]),
        "data_residency",
        "fail",
    ),
    "kimi in Singapore, by its policy alone": (moonshot(region="sg"), "data_residency", "fail"),
    "kimi in Singapore, on the mainland's host": (
        moonshot(host="api.moonshot.cn", region="sg", agreements=["residency"]),
        "data_residency",
        "fail",
    ),
    # Z.ai: for developers and enterprises, on the host outside China.
    "glm does not train on developers": (zai(), "training_on_customer_data", "pass"),
    "glm trains on individuals": (zai(account="individual"), "training_on_customer_data", "fail"),
    "glm, for whom nobody said": (zai(account=None), "training_on_customer_data", "unknown"),
    "glm on the mainland": (zai(host="open.bigmodel.cn"), "training_on_customer_data", "fail"),
    "glm by subscription": (zai("coding plan"), "training_on_customer_data", "fail"),
    "another maker's video at glm": (
        zai("videos (async)", model="viduq1-text"),
        "training_on_customer_data",
        "unknown",
    ),
    "glm for free": (zai(tier="free"), "training_on_customer_data", "fail"),
    "glm keeps nothing": (zai(), "retention_zdr", "pass"),
    # What is written of the host outside China is no fact about the mainland's.
    "glm keeps nothing, in days": (zai(), "keeps nothing", "unknown"),
    "glm keeps nothing, in days, on the mainland": (zai(host="open.bigmodel.cn"), "keeps nothing", "unknown"),
    "glm does not train by default": (zai(), "trains unless told", "unknown"),
    "glm does not train by default, on the mainland": (zai(host="open.bigmodel.cn"), "trains unless told", "unknown"),
    "glm keeps images": (zai("images", model="glm-image"), "retention_zdr", "fail"),
    "glm keeps images, for as long as nobody said": (zai("images", model="glm-image"), "keeps nothing", "unknown"),
    "phi at glm": (zai(tier="enterprise", agreements=["baa"]), "hipaa_baa", "fail"),
    "glm in Singapore": (zai(region="sg", agreements=["residency"]), "data_residency", "pass"),
    "glm in China": (zai(host="open.bigmodel.cn", region="cn", agreements=["residency"]), "data_residency", "fail"),
    "the addendum of glm": (zai(), "gdpr_dpa", "pass"),
    "the addendum of glm, on the mainland": (zai(host="open.bigmodel.cn"), "gdpr_dpa", "fail"),
    "the addendum of glm, by subscription": (zai("coding plan"), "gdpr_dpa", "fail"),
    "glm keeps what individuals send": (zai(account="individual"), "retention_zdr", "fail"),
    "glm keeps what is sent to the mainland": (zai(host="open.bigmodel.cn"), "retention_zdr", "fail"),
    "glm in Singapore, by what others read alone": (zai(region="sg"), "data_residency", "fail"),
    "glm in Singapore, on the mainland's host": (
        zai(host="open.bigmodel.cn", region="sg", agreements=["residency"]),
        "data_residency",
        "fail",
    ),
    # Writer: nothing has a day.
    "writer is no recipient": (usage("writer-api"), "is no recipient", "pass"),
    "writer is not a recipient": (usage("writer-api"), "is a recipient", "fail"),
    "writer signed the code, on no known day": (usage("writer-api", model="palmyra-x6"), "gpai_cop", "unknown"),
    # Exa: what a request asks for.
    "phi in a search": (hipaa(), "hipaa_baa", "pass"),
    "phi in contents": (hipaa("contents", settings={"compliance": "hipaa"}), "hipaa_baa", "pass"),
    "phi in a search, deep": (hipaa(settings={"compliance": "hipaa", "search_type": "deep"}), "hipaa_baa", "fail"),
    "phi in a search of a kind that nobody named": (
        hipaa(settings={"compliance": "hipaa"}),
        "hipaa_baa",
        "unknown",
    ),
    "phi in a search, not asked for": (hipaa(settings={"search_type": "fast"}), "hipaa_baa", "unknown"),
    "phi in an answer": (hipaa("answer"), "hipaa_baa", "fail"),
    "phi in a summary": (hipaa(features=["summary"]), "hipaa_baa", "fail"),
    "phi in a search, on a plan of one's own": (hipaa(tier="self_serve"), "hipaa_baa", "fail"),
    "exa does not train, by contract": (exa(agreements=["enterprise"]), "training_on_customer_data", "unknown"),
    "exa does not train, by nothing": (exa(), "training_on_customer_data", "fail"),
    "exa keeps nothing, on no known day": (exa(agreements=["zdr"]), "retention_zdr", "unknown"),
    "exa keeps answers": (exa("answer", agreements=["zdr"]), "retention_zdr", "fail"),
    "phi in a search, unsigned": (hipaa(agreements=[]), "hipaa_baa", "fail"),
    "exa's dpa, unsigned": (exa(), "gdpr_dpa", "fail"),
    "exa's dpa, signed": (exa(agreements=["dpa"]), "gdpr_dpa", "pass"),
    "exa keeps nothing, unapproved": (exa(), "retention_zdr", "fail"),
    # Tavily: the terms against a setting.
    "tavily has a report": (usage("tavily-api", "search"), "soc2_type2", "pass"),
    "tavily does not train, by a setting": (
        usage("tavily-api", "search", settings={"allow_use_of_query_data": False}),
        "training_on_customer_data",
        "unknown",
    ),
    "tavily trains on research": (
        usage("tavily-api", "research", features=["generated_answer"], settings={"allow_use_of_query_data": False}),
        "training_on_customer_data",
        "fail",
    ),
    "tavily trains, as nobody switched it off": (
        usage("tavily-api", "search", settings={"allow_use_of_query_data": True}),
        "training_on_customer_data",
        "fail",
    ),
    "tavily trains on what it crawls": (
        usage("tavily-api", "crawl", settings={"allow_use_of_query_data": False}),
        "training_on_customer_data",
        "fail",
    ),
    "tavily trains on answers that it writes": (
        usage(
            "tavily-api",
            "search",
            features=["generated_answer"],
            settings={"allow_use_of_query_data": False},
        ),
        "training_on_customer_data",
        "fail",
    ),
    "tavily keeps queries that it may use": (
        usage("tavily-api", "search", settings={"allow_use_of_query_data": True}),
        "retention_zdr",
        "fail",
    ),
    "phi at tavily": (usage("tavily-api", "search", agreements=["baa"]), "hipaa_baa", "fail"),
    # Jina: what others read.
    "jina does not train": (usage("jina-api", "embeddings", "jina-embeddings-v4"), "training_on_customer_data", "pass"),
    "jina for free": (usage("jina-api", "embeddings", tier="free"), "training_on_customer_data", "fail"),
    "elastic's dpa, unsigned": (usage("jina-api"), "gdpr_dpa", "fail"),
    "elastic's dpa, signed": (usage("jina-api", agreements=["dpa"]), "gdpr_dpa", "pass"),
    "elastic's reports are not jina's": (usage("jina-api"), "soc2_type2", "unknown"),
    # Voyage: an opt-out that needs a way to pay.
    "voyage does not train": (voyage(), "training_on_customer_data", "pass"),
    "voyage trains": (voyage(shared=True), "training_on_customer_data", "fail"),
    "voyage, where nobody said": (voyage(shared=None), "training_on_customer_data", "unknown"),
    "voyage trains unless told": (voyage(), "trains unless told", "pass"),
    "voyage for free": (voyage(tier="free"), "training_on_customer_data", "fail"),
    "voyage keeps nothing": (voyage("rerank", models=["rerank-3"]), "retention_zdr", "pass"),
    "voyage keeps batches": (voyage("batches", features=["batch_processing"]), "retention_zdr", "fail"),
    "voyage keeps what it may train on": (voyage(shared=True), "retention_zdr", "fail"),
    "voyage, for what nobody said": (voyage(None), "retention_zdr", "unknown"),
    "voyage hosts in the US": (voyage(), "hosts in the US", "pass"),
    "voyage hosts nothing in China, by a list of one": (voyage(), "hosts nothing in China", "unknown"),
    "voyage in the EU": (voyage(region="eu"), "data_residency", "fail"),
    "voyage in the US": (voyage(region="us"), "data_residency", "fail"),
    "the dpa of voyage": (voyage(), "gdpr_dpa", "pass"),
    "the dpa of voyage does not name rerankers": (voyage("rerank", models=["rerank-3"]), "gdpr_dpa", "fail"),
    # Pinecone: what is not the database.
    "pinecone does not train": (pinecone(), "training_on_customer_data", "pass"),
    "pinecone, with Cohere's reranker": (pinecone("cohere-rerank-3.5"), "training_on_customer_data", "fail"),
    "pinecone, with a model that nobody named": (pinecone(None), "training_on_customer_data", "unknown"),
    "pinecone, with a model that it does not serve": (
        pinecone("text-embedding-3-large"),
        "training_on_customer_data",
        "fail",
    ),
    "phi at pinecone": (pinecone(tier="enterprise", agreements=["baa"]), "hipaa_baa", "fail"),
    "pinecone in the EU": (pinecone(region="eu"), "data_residency", "unknown"),
}
JUDGED: Final = tuple((usage["offering"], expected) for usage, _, expected in ROWS.values())
"""Which offering is seen to come to what."""

LATER: Final[Mapping[str, tuple[Part, str, str]]] = {
    "writer signed the code": (usage("writer-api", model="palmyra-x6"), "gpai_cop", "pass"),
    "another maker's model at writer": (usage("writer-api", model="gpt-5.2"), "gpai_cop", "unknown"),
    "exa keeps nothing": (exa(agreements=["zdr"]), "retention_zdr", "pass"),
    "exa keeps nothing of an agent": (exa("agent", agreements=["zdr"]), "retention_zdr", "pass"),
    "exa keeps what nobody listed": (exa("find similar", agreements=["zdr"]), "retention_zdr", "fail"),
    "exa does not train, by contract": (exa(agreements=["enterprise"]), "training_on_customer_data", "unknown"),
    "tavily is certified": (usage("tavily-api", "search"), "iso_27001", "pass"),
    "helicone keeps nothing of a request": (
        usage(
            "helicone",
            "proxy",
            features=["omit_logs"],
            settings={"helicone_omit_request": True, "helicone_omit_response": True},
        ),
        "retention_zdr",
        "pass",
    ),
    "helicone keeps what it caches": (
        usage(
            "helicone",
            "proxy",
            features=["omit_logs", "caching"],
            settings={"helicone_omit_request": True, "helicone_omit_response": True},
        ),
        "retention_zdr",
        "fail",
    ),
    "helicone keeps the questions": (
        usage(
            "helicone",
            "proxy",
            features=["omit_logs"],
            settings={"helicone_omit_request": False, "helicone_omit_response": True},
        ),
        "retention_zdr",
        "fail",
    ),
    "helicone keeps what is only logged": (
        usage(
            "helicone",
            "async logging",
            features=["omit_logs"],
            settings={"helicone_omit_request": True, "helicone_omit_response": True},
        ),
        "retention_zdr",
        "fail",
    ),
    "helicone logs in the EU, by an account of the US": (
        usage("helicone", "async logging", region="eu", settings={"endpoint_location": "us"}),
        "data_residency",
        "fail",
    ),
    "helicone logs in Japan": (
        usage("helicone", "async logging", region="jp", settings={"endpoint_location": "jp"}),
        "data_residency",
        "fail",
    ),
    "helicone caches anywhere": (
        usage("helicone", "async logging", region="eu", features=["caching"], settings={"endpoint_location": "eu"}),
        "data_residency",
        "fail",
    ),
    "helicone keeps, as far as anybody said": (usage("helicone", "proxy"), "retention_zdr", "unknown"),
    "helicone logs in the EU": (
        usage("helicone", "async logging", region="eu", settings={"endpoint_location": "eu"}),
        "data_residency",
        "pass",
    ),
    "braintrust in one's own cloud keeps names elsewhere": (
        usage("braintrust", tier="enterprise", region="eu", settings={"deployment_type": "byoc"}),
        "data_residency",
        "unknown",
    ),
    "datadog keeps traces": (usage("datadog-llm-observability", "traces"), "retention_zdr", "unknown"),
    "datadog in the EU": (
        usage("datadog-llm-observability", region="eu", settings={"endpoint_location": "eu"}),
        "data_residency",
        "unknown",
    ),
    "datadog in the EU, by a site in the US": (
        usage("datadog-llm-observability", region="eu", settings={"endpoint_location": "us"}),
        "data_residency",
        "fail",
    ),
    "phi on datadog, although a BAA is signed": (
        usage("datadog-llm-observability", tier="enterprise", agreements=["baa"]),
        "hipaa_baa",
        "unknown",
    ),
    "langsmith keeps for weeks": (usage("langsmith", "tracing"), "retention_zdr", "unknown"),
}
"""Once every cell has a day."""


DOCUMENTED: Final[Mapping[str, frozenset[str]]] = {
    "ai21-api": frozenset({"trust_center"}),
    "minimax-api": frozenset({"data_residency"}),
    "moonshot-api": frozenset({"retention_zdr", "data_residency"}),
    "zai-api": frozenset({"gdpr_dpa", "training_on_customer_data", "retention_zdr", "data_residency"}),
    "writer-api": frozenset({"gpai_cop"}),
    "exa-api": frozenset(
        {"soc2_type2", "trust_center", "hipaa_baa", "gdpr_dpa", "training_on_customer_data", "retention_zdr"}
    ),
    "tavily-api": frozenset({"soc2_type2", "iso_27001", "trust_center", "training_on_customer_data"}),
    "jina-api": frozenset({"gdpr_dpa", "training_on_customer_data"}),
    "voyage-api": frozenset({"trust_center", "gdpr_dpa", "training_on_customer_data", "retention_zdr"}),
    "pinecone-inference": frozenset(
        {"soc2_type2", "iso_27001", "trust_center", "gdpr_dpa", "training_on_customer_data"}
    ),
    "braintrust": frozenset({"trust_center", "data_residency"}),
    "datadog-llm-observability": frozenset(
        {"soc2_type2", "iso_27001", "trust_center", "retention_zdr", "data_residency"}
    ),
    "helicone": frozenset({"trust_center", "retention_zdr", "data_residency"}),
    "langfuse-cloud": frozenset(
        {
            "soc2_type2",
            "iso_27001",
            "trust_center",
            "hipaa_baa",
            "gdpr_dpa",
            "training_on_customer_data",
            "retention_zdr",
            "data_residency",
        }
    ),
    "langsmith": frozenset(
        {
            "soc2_type2",
            "trust_center",
            "hipaa_baa",
            "gdpr_dpa",
            "training_on_customer_data",
            "retention_zdr",
            "data_residency",
        }
    ),
}
"""What pages say a yes of, if only in part: nothing else does, and what is new here must have been read first."""


@pytest.mark.parametrize("id", DOCUMENTED)
def test_a_yes_is_only_where_a_page_says_it(id: str) -> None:
    cells = read_snapshot(folder(REGISTRY)).offerings[id].cells
    said = {dimension for dimension, cell in cells.items() if cell.written.value.startswith(("yes_", "partial"))}
    assert said == DOCUMENTED[id]


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Mapping[tuple[str, str], str]:
    usages = {name: usage for name, (usage, _, _) in ROWS.items()}
    return outcomes(tmp_path_factory.mktemp("makers"), usages, RULES)


@pytest.fixture(scope="module")
def judged_later(tmp_path_factory: pytest.TempPathFactory) -> Mapping[tuple[str, str], str]:
    usages = {name: usage for name, (usage, _, _) in LATER.items()}
    folder = tmp_path_factory.mktemp("later")
    registry = as_if_read(folder / "registry", sorted({usage["offering"] for usage in usages.values()}))
    return outcomes(folder, usages, RULES, registry)


@pytest.mark.parametrize("name", ROWS)
def test_shipped_registry_decides_for_a_maker(name: str, judged: Mapping[tuple[str, str], str]) -> None:
    _, rule, expected = ROWS[name]
    assert judged[name, rule] == expected


@pytest.mark.parametrize("name", LATER)
def test_what_is_written_holds_once_it_has_a_day(name: str, judged_later: Mapping[tuple[str, str], str]) -> None:
    _, rule, expected = LATER[name]
    assert judged_later[name, rule] == expected
