"""Claude Platform on AWS: the calls of Anthropic's own platform, signed as AWS has it, in a workspace's region."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
from msgspec import UNSET

from tests.commands.observe.readers.signing import ENVIRONMENT, failed, signed
from tests.commands.observe.server import Observed, Said, Told, cut, not_observed, observed, page, said, serving
from tests.yaml_text import value_of
from vendorgate.commands.observe.readers.claude_platform_aws import READER
from vendorgate.commands.observe.readers.table import reader_of
from vendorgate.model.observation import AccountEntry

OFFERING: Final = Path(__file__).parents[4] / "registry-snapshot" / "offerings" / "claude-platform-aws.yaml"
WORKSPACE: Final = "wrkspc_01Planted0001"
ONE: Final = f"GET /v1/organizations/workspaces/{WORKSPACE}"
ALL: Final = "GET /v1/organizations/workspaces?include_default=true&limit=1000"


def workspace(allowed: object, id: str = WORKSPACE, geo: object = "us", archived: object = None) -> dict[str, Any]:
    residency = {"workspace_geo": geo, "allowed_inference_geos": allowed, "default_inference_geo": "us"}
    return {"type": "workspace", "id": id, "name": "phi-prod", "archived_at": archived, "data_residency": residency}


def entry(region: str = "us-west-2", workspace: str = WORKSPACE) -> AccountEntry:
    return AccountEntry(offering="claude-platform-aws", name="prod", region=region, workspace=workspace)


def environment(url: str) -> dict[str, str]:
    return {**ENVIRONMENT, "VENDORGATE_CLAUDE_PLATFORM_AWS_URL": url}


def read(answers: Mapping[str, Told]) -> Observed:
    with serving(answers) as server:
        found = observed(READER, entry(), environment(server.url))
    assert WORKSPACE not in found.source
    assert WORKSPACE.encode() not in found.transcript
    return found


def not_read(answers: Mapping[str, Told]) -> str:
    with serving(answers) as server:
        return not_observed(READER, entry(), environment(server.url))


def test_workspace_is_asked_for_with_a_signature_of_its_region() -> None:
    answer = signed(workspace(["us"]), "aws-external-anthropic", "us-west-2")
    with serving({ONE: answer}) as server:
        found = observed(READER, entry(), environment(server.url)).reading
    assert found.settings == {"workspace_geo": "us", "inference_geo": "us"}
    assert found.cloud_region == "us-west-2"
    assert found.region is UNSET, "the region of a workspace is not where it infers"
    assert server.asked[0].headers["anthropic-version"] == "2023-06-01"


PLACES: Final = [
    (["us"], "us"),
    (["global"], "global"),
    (["us", "global"], None),
    ("unrestricted", None),
    ("us", None),
    ([], None),
    (["mars"], None),
    (None, None),
]


@pytest.mark.parametrize(("allowed", "place"), PLACES)
def test_only_one_allowed_place_is_the_place(allowed: object, place: str | None) -> None:
    found = read({ONE: workspace(allowed)}).reading
    assert found.settings.get("inference_geo") == place
    assert (place is None) == ("inference_geo" in found.why)
    assert found.cloud_region == "us-west-2"


@pytest.mark.parametrize("geo", ["eu", "US", "", None])
def test_place_of_storage_that_is_not_known_is_unreadable(geo: object) -> None:
    found = read({ONE: workspace(["us"], geo=geo)}).reading
    assert found.settings == {"inference_geo": "us"}


def test_workspace_that_tells_nothing_is_in_its_region_all_the_same() -> None:
    found = read({ONE: {"id": WORKSPACE}}).reading
    assert found.settings == {}
    assert found.cloud_region == "us-west-2"


@pytest.mark.parametrize(
    "answer", [failed("AccessDeniedException"), said({"message": "Forbidden"}, 403), Said(b"", 204)]
)
def test_workspace_that_may_not_be_asked_for_tells_nothing(answer: Said) -> None:
    found = read({ONE: answer}).reading
    assert found.settings == {}
    assert found.cloud_region is UNSET
    assert set(found.why) == set(READER.tells)


def test_workspace_that_is_found_in_the_list_alone_is_read_there() -> None:
    others = [workspace("unrestricted", "wrkspc_other"), workspace(["us"])]
    found = read({ONE: failed("ResourceNotFoundException", 404), ALL: {"data": others, "has_more": False}}).reading
    assert found.settings["inference_geo"] == "us"
    assert found.cloud_region == "us-west-2"


def test_list_that_may_not_be_read_tells_nothing_of_the_region() -> None:
    gone = failed("ResourceNotFoundException", 404)
    assert "knows no workspace" in not_read({ONE: gone, ALL: failed("AccessDeniedException")})


@pytest.mark.parametrize(
    "answers",
    [
        {ONE: failed("ResourceNotFoundException", 404), ALL: {"data": [], "has_more": False}},
        {ONE: workspace(["us"], archived="2026-11-01T00:00:00Z")},
        {ONE: workspace(["us"], id="wrkspc_other")},
        {ONE: failed("ExpiredTokenException")},
        {ONE: failed("UnrecognizedClientException", 400)},
        {ONE: 401},
        {ONE: 500},
        {ONE: page()},
        {ONE: cut},
        {ONE: b"[]"},
        {ONE: {"id": 1}},
    ],
)
def test_failure_leaves_what_is_known(answers: Mapping[str, Told]) -> None:
    assert WORKSPACE not in not_read(answers)


@pytest.mark.parametrize(
    ("region", "id"), [("us-west-2.evil.example", WORKSPACE), ("us-west-2", "../me"), ("us-west-2", "")]
)
def test_nothing_but_ids_is_asked_for(region: str, id: str) -> None:
    with serving({}) as server:
        assert "can be none" in not_observed(READER, entry(region, id), environment(server.url))
    assert server.asked == []


def test_account_without_a_workspace_is_not_asked_for() -> None:
    bare = AccountEntry(offering="claude-platform-aws", name="prod", region="us-west-2")
    with serving({}) as server:
        assert "names no `workspace`" in not_observed(READER, bare, environment(server.url))


def test_workspace_of_several_regions_is_none() -> None:
    both = AccountEntry(offering="claude-platform-aws", region=("us-west-2", "us-east-1"), workspace=WORKSPACE)
    with serving({ONE: workspace(["us"])}) as server:
        assert "names several of `region`" in not_observed(READER, both, environment(server.url))
        assert server.asked == []
        alone = msgspec.structs.replace(both, region=("us-west-2",))
        assert observed(READER, alone, environment(server.url)).reading.cloud_region == "us-west-2"


def test_settings_are_the_registrys() -> None:
    assert reader_of("claude-platform-aws") is READER
    text = OFFERING.read_text()
    assert value_of(text)["id"] in READER.offerings
    assert all(f"usage.settings.{name}" in text for name in READER.tells if name != "cloud_region")
