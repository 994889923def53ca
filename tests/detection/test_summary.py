"""What sightings come to: what each is for, who it is, and one line for each of them."""

from __future__ import annotations

from tests.detection.known import shipped_catalogue
from vendorgate.detection.code import Place
from vendorgate.detection.model import DetectedOffering, Finding, Status
from vendorgate.detection.sighting import Kind, Reach, Sighting
from vendorgate.detection.summary import findings, offerings


def seen(
    provider: str,
    line: int = 1,
    *,
    kind: Kind = "call",
    endpoint: str | None = None,
    model: str | None = None,
    region: str | None = None,
    reach: Reach = "used",
) -> Sighting:
    return Sighting(provider, kind, Place(line, 1), endpoint, model, region, reach=reach)


def found(place: Status, *sightings: Sighting) -> list[Finding]:
    return findings({"a.py": sightings}, {"a.py": place}, shipped_catalogue())


def told(place: Status, *sightings: Sighting) -> dict[str, DetectedOffering]:
    return {one.name: one for one in offerings(found(place, *sightings))}


def test_exactly_one_of_offering_and_vendor_is_there() -> None:
    several = found("used", seen("openai-api"), seen("cerebras"), seen("bedrock"), seen("self-hosted"), seen("nobody"))
    assert [(one.offering, one.vendor) for one in several] == [
        (None, "bedrock"),
        (None, "cerebras"),
        (None, "nobody"),
        ("openai-api", None),
        (None, "self-hosted"),
    ]


def test_the_model_tells_which_offering_of_a_platform_it_is() -> None:
    (one,) = found("used", seen("bedrock", endpoint="converse", model="eu.anthropic.claude-sonnet-4-6"))
    assert (one.offering, one.model) == ("claude-bedrock", "eu.anthropic.claude-sonnet-4-6")


def test_a_client_of_a_platform_is_of_the_offerings_whose_models_it_is_handed() -> None:
    rows = told("used", seen("bedrock", region="us-east-1"), seen("bedrock", 2, model="anthropic.claude-sonnet-4-6"))
    assert [(name, one.regions) for name, one in rows.items()] == [("claude-bedrock", ("us-east-1",))]


def test_a_call_of_a_platform_whose_model_is_not_known_stays_one() -> None:
    rows = told("used", seen("bedrock", endpoint="converse"), seen("bedrock", 2, model="anthropic.claude-sonnet-4-6"))
    assert [*rows] == ["bedrock", "claude-bedrock"]


def test_what_a_place_says_and_what_its_file_is_for_both_count() -> None:
    assert told("used", seen("openai-api", reach="declared"))["openai-api"].status == "dependency"
    assert told("used", seen("openai-api", reach="optional"))["openai-api"].status == "optional"
    assert told("test", seen("openai-api", reach="optional"))["openai-api"].status == "test"
    assert told("ci", seen("openai-api", reach="declared"))["openai-api"].status == "dependency"
    assert told("test", seen("self-hosted"))["self-hosted"].status == "self_hosted"


def test_the_weightiest_status_counts_and_what_belongs_to_it() -> None:
    one = told(
        "used",
        seen("openai-api", 1, endpoint="responses", model="gpt-5.2"),
        seen("openai-api", 2, endpoint="embeddings", reach="optional"),
        seen("openai-api", 3, model="gpt-4", reach="declared"),
    )["openai-api"]
    assert (one.status, one.endpoints, one.models) == ("used", ("embeddings", "responses"), ("gpt-5.2",))


def test_a_model_alone_names_nobody() -> None:
    assert not found("used", seen("openai-api", kind="model", model="gpt-5.2"))


def test_who_gets_prompts_beside_is_told_with_those_whose_prompts_they_are() -> None:
    by_path = {"a.py": [seen("openai-api"), seen("langfuse-cloud", 2, kind="import")], "b.py": [seen("cohere-api")]}
    rows = offerings(findings(by_path, dict.fromkeys(by_path, "used"), shipped_catalogue()))
    assert [(one.name, one.recipients) for one in rows] == [("cohere-api", ()), ("openai-api", ("langfuse-cloud",))]


def test_a_recipient_that_stands_apart_gets_the_prompts_of_all() -> None:
    by_path = {"a.py": [seen("openai-api")], "compose.yaml": [seen("langfuse-cloud", kind="config")]}
    rows = offerings(findings(by_path, dict.fromkeys(by_path, "used"), shipped_catalogue()))
    assert [(one.name, one.recipients) for one in rows] == [("openai-api", ("langfuse-cloud",))]


def test_a_recipient_has_a_line_of_its_own_where_nobody_else_is_seen() -> None:
    assert [*told("used", seen("langfuse-cloud", kind="import"))] == ["langfuse-cloud"]


def test_the_same_thing_at_one_place_is_told_once_and_by_place() -> None:
    several = found("used", seen("openai-api", 9), seen("openai-api", 2), seen("openai-api", 9))
    assert [one.location.line for one in several] == [2, 9]
