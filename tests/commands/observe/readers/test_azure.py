"""Azure, answer by answer: where an account is, whether prompts are stored, and how what is deployed processes them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import pytest
from msgspec import UNSET

from tests.commands.observe.server import Observed, Said, Told, in_turn, not_observed, observed, page, said, serving
from tests.yaml_text import value_of
from vendorgate.commands.observe.model import ScopedValue
from vendorgate.commands.observe.readers.azure import MAKERS, READER, TYPES
from vendorgate.commands.observe.readers.table import reader_of
from vendorgate.model.observation import AccountEntry

OFFERINGS: Final = Path(__file__).parents[4] / "registry-snapshot" / "offerings"
SUBSCRIPTION: Final = "0fa17ed0-1111-2222-3333-444444444444"
PATH: Final = (
    f"/subscriptions/{SUBSCRIPTION}/resourceGroups/ai/providers/Microsoft.CognitiveServices/accounts/clinic-aoai"
)
ACCOUNT: Final = f"GET {PATH}?api-version=2025-09-01"
DEPLOYMENTS: Final = f"GET {PATH}/deployments?api-version=2025-09-01"
SECRET: Final = "eyJ-planted-token-of-azure"
ROWS: Final = [{"name": "VirtualNetworks"}, {"name": "MaxFineTuneCount", "value": "100"}]
OFF: Final = {"name": "ContentLogging", "value": "false"}


def account(
    kind: object = "OpenAI", location: object = "germanywestcentral", rows: object = (*ROWS, OFF)
) -> dict[str, Any]:
    return {
        "id": PATH,
        "name": "clinic-aoai",
        "kind": kind,
        "location": location,
        "systemData": {"createdBy": "planted.person@example.org"},
        "properties": {
            "provisioningState": "Succeeded",
            "capabilities": list(rows) if isinstance(rows, tuple) else rows,
        },
    }


def deployment(
    name: str,
    sku: object,
    model: object = "gpt-5.5",
    format: object = "OpenAI",
    version: str = "2026-03-01",
    **more: str,
) -> dict[str, Any]:
    properties = {"model": {"format": format, "name": model, "version": version}, **more}
    return {
        "id": f"{PATH}/deployments/{name}",
        "name": name,
        "sku": {"name": sku, "capacity": 50},
        "properties": properties,
    }


def listed(*deployments: object, next: str | None = None) -> dict[str, Any]:
    return {"value": list(deployments)} if next is None else {"value": list(deployments), "nextLink": next}


STANDARD: Final = listed(deployment("chat", "Standard"))
USUAL: Final[Mapping[str, Told]] = {ACCOUNT: account(), DEPLOYMENTS: STANDARD}


def entry(
    offering: str = "azure-openai",
    *,
    subscription: str = SUBSCRIPTION,
    resource_group: str = "ai",
    resource: str = "clinic-aoai",
) -> AccountEntry:
    return AccountEntry(
        offering=offering, name="prod", subscription=subscription, resource_group=resource_group, resource=resource
    )


def read(answers: Mapping[str, Told], offering: str = "azure-openai") -> Observed:
    with serving({**USUAL, **answers}) as server:
        found = observed(READER, entry(offering), environment(server.url))
    assert {one.headers["authorization"] for one in server.asked} == {f"Bearer {SECRET}"}
    return found


def not_read(answers: Mapping[str, Told]) -> str:
    with serving({**USUAL, **answers}) as server:
        words = not_observed(READER, entry(), environment(server.url))
    assert SUBSCRIPTION not in words
    return words


def environment(url: str) -> dict[str, str]:
    return {"AZURE_ACCESS_TOKEN": SECRET, "VENDORGATE_AZURE_URL": url}


def test_account_tells_all_three() -> None:
    found = read({})
    assert found.reading.settings == {"content_logging": False, "deployment_type": "Standard"}
    assert found.reading.cloud_region == "germanywestcentral"
    assert (found.reading.scoped, found.reading.why) == ((), {})


def test_source_and_what_is_kept_have_no_ids() -> None:
    found = read(
        {
            DEPLOYMENTS: listed(
                deployment("chat", "Standard"), next=f"https://management.azure.com{PATH}/deployments?a=b"
            ),
            f"GET {PATH}/deployments?api-version=2025-09-01&a=b": listed(),
        }
    )
    assert "{subscription}" in found.source
    for planted in (SUBSCRIPTION, "clinic-aoai", "resourceGroups/ai/", "example.org"):
        assert planted not in found.source
        assert planted.encode() not in found.transcript


# Where it is.

HERE: Final = {"name": "Germany West Central", "value": 1.0, "customsubdomain": "clinic"}
ROUTED: Final = [
    ({"routingMethod": "Priority", "regions": [HERE, {"name": "eastus"}]}, True),
    ({"routingMethod": "Priority", "regions": [{"name": "eastus"}]}, True),
    ({"regions": [HERE, {"name": None}]}, True),
    ({"regions": [{}]}, True),
    ({"regions": [HERE]}, False),
    ({"regions": []}, False),
    ({"regions": None}, False),
    ({}, False),
    (None, False),
]


@pytest.mark.parametrize("offering", READER.offerings)
@pytest.mark.parametrize(("locations", "is_routed"), ROUTED)
def test_account_whose_calls_go_to_other_regions_tells_nothing(
    locations: object, is_routed: bool, offering: str
) -> None:
    routed = account()
    routed["properties"]["locations"] = locations
    with serving({ACCOUNT: routed, DEPLOYMENTS: STANDARD}) as server:
        found = observed(READER, entry(offering), environment(server.url)).reading
    assert (found.cloud_region is UNSET) is is_routed
    assert ("content_logging" in found.settings) is (not is_routed and offering == "azure-openai")
    if is_routed:
        assert (found.settings, found.scoped) == ({}, ())


def test_account_without_a_location_whose_calls_go_somewhere_tells_nothing() -> None:
    routed = account(location=None)
    routed["properties"]["locations"] = {"regions": [{"name": None}]}
    assert read({ACCOUNT: routed}).reading.settings == {}


# Storing prompts for review.

LOGGING: Final = [
    ("OpenAI", (*ROWS, OFF), False),
    ("AIServices", (*ROWS, OFF), False),
    ("OpenAI", (OFF,), False),
    ("OpenAI", ({"name": "contentlogging", "value": "FALSE"},), False),
    ("OpenAI", tuple(ROWS), True),
    ("AIServices", tuple(ROWS), True),
    ("OpenAI", (), None),
    ("OpenAI", None, None),
    ("OpenAI", (*ROWS, {"name": "ContentLogging"}), None),
    ("OpenAI", (*ROWS, {"name": "ContentLogging", "value": None}), None),
    ("OpenAI", (*ROWS, {"name": "ContentLogging", "value": "true"}), None),
    ("OpenAI", (*ROWS, {"name": "ContentLogging", "value": "0"}), None),
    ("OpenAI", (*ROWS, {"name": "ContentLogging", "value": ""}), None),
    ("OpenAI", (*ROWS, OFF, {"name": "ContentLogging", "value": "true"}), None),
    ("OpenAI", (*ROWS, {"value": "false"}), None),
    ("OpenAI", (*ROWS, {"name": None, "value": "false"}), None),
    ("CognitiveServices", (*ROWS, OFF), None),
    ("CognitiveServices", tuple(ROWS), None),
    ("openai", (*ROWS, OFF), None),
    (None, (*ROWS, OFF), None),
    (None, tuple(ROWS), None),
]


@pytest.mark.parametrize(("kind", "rows", "stored"), LOGGING)
def test_row_of_capabilities_tells_whether_prompts_are_stored(kind: object, rows: object, stored: bool | None) -> None:
    found = read({ACCOUNT: account(kind, rows=rows)}).reading
    assert found.settings.get("content_logging") is stored
    assert (stored is None) == ("content_logging" in found.why)


@pytest.mark.parametrize("answer", [{}, {"properties": None}, {"properties": {}}, {"kind": "OpenAI", "properties": {}}])
def test_account_without_members_tells_nothing(answer: dict[str, Any]) -> None:
    found = read({ACCOUNT: answer}).reading
    assert found.settings == {"deployment_type": "Standard"}
    assert found.cloud_region is UNSET


def test_truth_value_in_the_place_of_a_text_is_another_shape() -> None:
    assert "another shape" in not_read({ACCOUNT: account(rows=({"name": "ContentLogging", "value": False},))})


@pytest.mark.parametrize("offering", [one for one in READER.offerings if one != "azure-openai"])
def test_row_says_nothing_of_models_of_partners(offering: str) -> None:
    assert READER.tells_of is not None
    assert "content_logging" not in READER.tells_of(entry(offering))
    found = read({ACCOUNT: account("AIServices")}, offering).reading
    assert "content_logging" not in found.settings


PLACES: Final = [
    ("swedencentral", "swedencentral"),
    ("East US 2", "eastus2"),
    ("", UNSET),
    (None, UNSET),
    ("east/us", UNSET),
    ("östlich", UNSET),
]


@pytest.mark.parametrize(("location", "region"), PLACES)
def test_location_is_the_region(location: object, region: object) -> None:
    found = read({ACCOUNT: account(location=location)}).reading
    assert found.cloud_region == region
    assert (region is UNSET) == ("cloud_region" in found.why)


# What is deployed.


@pytest.mark.parametrize("type", TYPES)
def test_type_of_all_deployments_is_the_type(type: str) -> None:
    found = read({DEPLOYMENTS: listed(deployment("a", type), deployment("b", type, "o3"))}).reading
    assert found.settings["deployment_type"] == type


@pytest.mark.parametrize("type", ["standard", "Global Standard", "Provisioned", "PlanetStandard", "", None])
def test_type_that_is_not_known_proves_nothing(type: object) -> None:
    found = read({DEPLOYMENTS: listed(deployment("a", type))}).reading
    assert "deployment_type" not in found.settings
    assert found.scoped == ()
    assert found.why["deployment_type"]


def test_models_of_one_type_each_are_told_by_model() -> None:
    deployments = listed(
        deployment("chat", "DataZoneStandard"),
        deployment("chat-2", "DataZoneStandard", version="2026-06-01"),
        deployment("embed", "Standard", "text-embedding-3-large", version="1"),
        deployment("fast", "Standard", "o3"),
        deployment("fast-2", "GlobalStandard", "o3"),
        deployment("odd", "PlanetStandard", "o4-mini"),
    )
    found = read({DEPLOYMENTS: deployments}).reading
    assert "deployment_type" not in found.settings
    assert found.scoped == (
        ScopedValue(
            "models", ("gpt-5.5", "gpt-5.5-2026-03-01", "gpt-5.5-2026-06-01"), "deployment_type", "DataZoneStandard"
        ),
        ScopedValue("models", ("text-embedding-3-large",), "deployment_type", "Standard"),
    )


def test_names_of_models_are_those_of_the_registry() -> None:
    deployments = listed(
        deployment("a", "GlobalStandard", "Mistral-Large-3", "Mistral AI", "1"),
        deployment("b", "DataZoneStandard", "mistral-small-2503", "Mistral AI", "1"),
    )
    found = read({DEPLOYMENTS: deployments}, "mistral-azure").reading
    assert found.scoped == (
        ScopedValue("models", ("Mistral-Large-3", "mistral-large-3"), "deployment_type", "GlobalStandard"),
        ScopedValue("models", ("mistral-small-2503",), "deployment_type", "DataZoneStandard"),
    )


def test_name_with_a_version_is_not_taken_from_another_model() -> None:
    deployments = listed(
        deployment("a", "Standard", "gpt-4", version="0613"),
        deployment("b", "GlobalStandard", "GPT-4-0613", version="1"),
    )
    found = read({DEPLOYMENTS: deployments}).reading
    assert [one.names for one in found.scoped] == [("gpt-4",), ("GPT-4-0613", "gpt-4-0613")]


@pytest.mark.parametrize(
    ("offering", "type"),
    [
        ("azure-openai", "Standard"),
        ("claude-foundry", "DataZoneStandard"),
        ("llama-azure", "GlobalStandard"),
        ("mistral-azure", "ProvisionedManaged"),
    ],
)
def test_deployments_of_others_in_the_account_are_left_out(offering: str, type: str) -> None:
    deployments = listed(
        deployment("gpt", "Standard"),
        deployment("opus", "DataZoneStandard", "claude-opus-5", "Anthropic"),
        deployment("llama", "GlobalStandard", "Llama-4-Maverick", "Meta"),
        deployment("large", "ProvisionedManaged", "Mistral-Large-3", "Mistral AI"),
        deployment("phi", "DeveloperTier", "Phi-4", "Microsoft"),
    )
    assert read({DEPLOYMENTS: deployments}, offering).reading.settings["deployment_type"] == type


def test_open_models_of_the_same_maker_are_looked_at_too() -> None:
    deployments = listed(
        deployment("chat", "Standard"), deployment("oss", "GlobalStandard", "gpt-oss-120b", "OpenAI-OSS")
    )
    assert "deployment_type" not in read({DEPLOYMENTS: deployments}).reading.settings


@pytest.mark.parametrize("format", [None, ""])
def test_deployment_of_nobody_leaves_all_open(format: object) -> None:
    found = read({DEPLOYMENTS: listed(deployment("a", "Standard"), deployment("b", "Standard", format=format))}).reading
    assert "deployment_type" not in found.settings
    assert found.scoped == ()
    found = read({DEPLOYMENTS: listed(deployment("a", "Standard"), {"name": "b", "sku": {"name": "Standard"}})}).reading
    assert "deployment_type" not in found.settings


@pytest.mark.parametrize("model", [None, "", "gpt-*", "gpt-5.5?", "[a]"])
def test_deployment_of_no_model_leaves_models_open(model: object) -> None:
    deployments = listed(deployment("a", "Standard"), deployment("b", "GlobalStandard", model))
    found = read({DEPLOYMENTS: deployments}).reading
    assert "deployment_type" not in found.settings
    assert found.scoped == ()


def test_account_without_deployments_has_no_type() -> None:
    for answer in (listed(), listed(deployment("opus", "DataZoneStandard", "claude-opus-5", "Anthropic"))):
        found = read({DEPLOYMENTS: answer}).reading
        assert found.why["deployment_type"] == "nothing of it is deployed"


@pytest.mark.parametrize("answer", [{}, {"value": None}, said({"message": "no"}, 403), said({}, 404), said({}, 400)])
def test_list_that_is_not_one_tells_nothing(answer: Told) -> None:
    found = read({DEPLOYMENTS: answer}).reading
    assert found.settings == {"content_logging": False}
    assert found.why["deployment_type"]


# Spilling over.


def test_spill_over_into_another_type_leaves_the_model_open() -> None:
    deployments = listed(
        deployment("chat", "DataZoneProvisionedManaged", spilloverDeploymentName="burst"),
        deployment("burst", "GlobalStandard"),
        deployment("fast", "Standard", "o3"),
    )
    found = read({DEPLOYMENTS: deployments}).reading
    assert "deployment_type" not in found.settings
    assert found.scoped == (ScopedValue("models", ("o3", "o3-2026-03-01"), "deployment_type", "Standard"),)


def test_spill_over_into_the_deployment_of_another_model_counts() -> None:
    deployments = listed(
        deployment("chat", "DataZoneStandard", spilloverDeploymentName="FAST"), deployment("fast", "Standard", "o3")
    )
    assert read({DEPLOYMENTS: deployments}).reading.scoped == (
        ScopedValue("models", ("o3", "o3-2026-03-01"), "deployment_type", "Standard"),
    )


def test_spill_over_is_followed_to_its_end() -> None:
    chain = [
        deployment("a", "Standard", spilloverDeploymentName="b"),
        deployment("b", "Standard", "o3", spilloverDeploymentName="c"),
        deployment("c", "Standard", "o4-mini", parentDeploymentName="a"),
    ]
    assert read({DEPLOYMENTS: listed(*chain)}).reading.settings["deployment_type"] == "Standard"
    chain[2] = deployment("c", "GlobalStandard", "o4-mini", parentDeploymentName="a")
    assert read({DEPLOYMENTS: listed(*chain)}).reading.scoped == ()


@pytest.mark.parametrize("member", ["spilloverDeploymentName", "parentDeploymentName"])
def test_spill_over_into_nowhere_proves_nothing(member: str) -> None:
    found = read({DEPLOYMENTS: listed(deployment("chat", "Standard", **{member: "gone"}))}).reading
    assert "deployment_type" not in found.settings
    assert found.scoped == ()


# One page after another.


def next_link(host: str = "https://management.azure.com", path: str = f"{PATH}/deployments", query: str = "") -> str:
    return f"{host}{path}?{query or 'api-version=2025-09-01&$skiptoken=abc'}"


SECOND: Final = f"GET {PATH}/deployments?api-version=2025-09-01&$skiptoken=abc"


@pytest.mark.parametrize(
    "path", [f"{PATH}/deployments", f"{PATH}/deployments".lower(), quote(f"{PATH}/deployments".upper(), safe="")]
)
def test_all_pages_are_read(path: str) -> None:
    first = listed(
        deployment("chat", "Standard"), next=next_link(path=path if path.startswith("/") else f"/{path[3:]}")
    )
    found = read({DEPLOYMENTS: first, SECOND: listed(deployment("burst", "GlobalStandard", "o3"))}).reading
    assert [one.value for one in found.scoped] == ["Standard", "GlobalStandard"]


def test_page_at_the_other_address_is_read() -> None:
    with serving({ACCOUNT: account()}) as server:
        server.tell(DEPLOYMENTS, listed(deployment("chat", "Standard"), next=next_link(server.url)))
        server.tell(SECOND, listed())
        found = observed(READER, entry(), environment(server.url))
    assert found.reading.settings["deployment_type"] == "Standard"


ELSEWHERE: Final = [
    next_link("https://evil.example"),
    next_link("http://management.azure.com"),
    next_link("https://management.azure.com.evil.example"),
    next_link("https://someone@management.azure.com"),
    next_link("https://management.azure.com:444"),
    next_link("//management.azure.com"),
    next_link(path=PATH),
    next_link(path=f"{PATH}/deployments/../../other/deployments"),
    next_link(path=f"{PATH}/listKeys"),
    next_link(path=f"{PATH.replace('clinic-aoai', 'other')}/deployments"),
    f"https://management.azure.com{PATH}/deployments",
    f"https://management.azure.com{PATH}/deployments?",
    f"https://management.azure.com{PATH}/deployments?skip",
    "$skiptoken=abc",
    "https://[management.azure.com",
]


@pytest.mark.parametrize("link", ELSEWHERE)
def test_nothing_is_asked_elsewhere(link: str) -> None:
    words = not_read({DEPLOYMENTS: listed(deployment("chat", "Standard"), next=link)})
    assert "goes on at another address" in words
    assert "evil" not in words


def test_pages_without_an_end_end() -> None:
    link = listed(deployment("chat", "Standard"), next=next_link())
    assert "pages without an end" in not_read({DEPLOYMENTS: link, SECOND: link})


@pytest.mark.parametrize("last", [said({"message": "no"}, 403), {"value": None}])
def test_list_that_breaks_off_tells_nothing(last: Told) -> None:
    first = listed(deployment("chat", "Standard"), next=next_link())
    found = read({DEPLOYMENTS: first, SECOND: last}).reading
    assert "deployment_type" not in found.settings
    assert found.scoped == ()


@pytest.mark.parametrize("end", [{"nextLink": None}, {"nextLink": ""}, {}])
def test_list_without_a_next_page_is_whole(end: dict[str, Any]) -> None:
    assert read({DEPLOYMENTS: {**STANDARD, **end}}).reading.settings["deployment_type"] == "Standard"


# Failures.


def test_account_that_may_not_be_asked_is_unreadable() -> None:
    code = {"error": {"code": "AuthorizationFailed", "message": f"The client has no authorization over {PATH}."}}
    found = read({ACCOUNT: said(code, 403)}).reading
    assert found.settings == {"deployment_type": "Standard"}
    assert set(found.why) == {"content_logging", "cloud_region"}


def test_account_that_is_gone_leaves_what_is_known() -> None:
    code = {"error": {"code": "ResourceNotFound", "message": f"{PATH} was not found."}}
    assert "knows no account" in not_read({ACCOUNT: said(code, 404)})


@pytest.mark.parametrize("answer", [401, 500, page(), b"[]", b"\xff", {"properties": []}, {"kind": 1}])
def test_failure_and_another_shape_leave_what_is_known(answer: Told) -> None:
    not_read({ACCOUNT: answer})


@pytest.mark.parametrize(
    "answer", [401, 503, page(), b"[]", {"value": {}}, {"value": [None]}, {"value": [{"sku": "Standard"}]}]
)
def test_failure_of_the_list_leaves_what_is_known(answer: Told) -> None:
    not_read({DEPLOYMENTS: answer})


def test_redirect_is_not_followed() -> None:
    answer = Said(b"", 307, headers={"Location": "https://evil.example/"})
    assert "redirect" in not_read({ACCOUNT: answer})


def test_busy_vendor_is_asked_again() -> None:
    found = read({ACCOUNT: in_turn(said({}, 429, Retry_After="1"), account())}).reading
    assert found.settings["content_logging"] is False


WRONG_IDS: Final = [
    {"subscription": "production"},
    {"subscription": f"{SUBSCRIPTION}/resourceGroups/other"},
    {"subscription": ""},
    {"resource_group": "ai/providers"},
    {"resource_group": ".."},
    {"resource_group": "ai."},
    {"resource_group": "ai?x"},
    {"resource": "clinic/aoai"},
    {"resource": ".."},
    {"resource": "a"},
    {"resource": "clinic aoai"},
]


@pytest.mark.parametrize("other", WRONG_IDS)
def test_nothing_but_ids_makes_a_path(other: dict[str, str]) -> None:
    with serving({}) as server:
        words = not_observed(READER, entry(**other), environment(server.url))
    assert server.asked == []
    assert next(iter(other)) in words


def test_all_ids_are_needed() -> None:
    with serving({}) as server:
        bare = AccountEntry(offering="azure-openai", subscription=SUBSCRIPTION, resource_group="ai")
        assert "names no `resource`" in not_observed(READER, bare, environment(server.url))


# What it is held against.


def test_offerings_and_settings_are_the_registrys() -> None:
    for offering in READER.offerings:
        assert reader_of(offering) is READER
        text = (OFFERINGS / f"{offering}.yaml").read_text()
        assert "usage.settings.deployment_type" in text
        assert ("usage.settings.content_logging" in text) == (offering == "azure-openai")
    assert set(MAKERS) == set(READER.offerings)


def test_types_are_the_registrys() -> None:
    written = value_of((OFFERINGS / "azure-openai.yaml").read_text())
    facts = written["dimensions"]["data_residency"]["facts"]
    assert set(TYPES) == set(facts["processing_by_deployment_type"])


def test_nothing_is_asked_but_by_reading() -> None:
    with serving(USUAL) as server:
        observed(READER, entry(), environment(server.url))
    assert server.requests == [ACCOUNT, DEPLOYMENTS]
    assert all(not one.body for one in server.asked)
