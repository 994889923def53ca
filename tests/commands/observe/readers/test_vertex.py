"""Vertex AI: caching of a project, logging of each model, and what Claude's maker gets."""

from __future__ import annotations

from typing import Any, Final, NoReturn

import pytest

from tests.commands.observe.server import Server, Told, cut, not_observed, observed, page, said, serving
from vendorgate.commands.observe.asking import Asking, CannotObserve
from vendorgate.commands.observe.model import Reading
from vendorgate.commands.observe.readers.vertex import READER
from vendorgate.model.observation import AccountEntry

OAUTH: Final = "ya29.secret-access-token"
NUMBER: Final = "445566778899"
NAME: Final = f"projects/{NUMBER}/cacheConfig"
CACHE: Final = "GET /v1/projects/clinic-prod/cacheConfig"
CACHE_OFF: Final = {"name": NAME, "disableCache": True}
TABLE: Final = "bq://clinic-prod.ai_logs.planted_table"


class Listening(Asking):
    """Hears which address is meant, and asks nobody."""

    def __init__(self, environment: dict[str, str]) -> None:
        super().__init__(environment)
        self.homes: list[str] = []

    def api(self, home: str, *arguments: Any, **more: Any) -> NoReturn:
        self.homes.append(home)
        raise CannotObserve("asks nobody", "")


def _gemini(*models: str, region: str = "europe-west4", project: str = "clinic-prod") -> AccountEntry:
    return AccountEntry(offering="gemini-vertex", name="prod", project=project, region=region, models=models)


def _claude(*models: str, region: str = "europe-west4") -> AccountEntry:
    return AccountEntry(offering="claude-vertex", name="prod", project="clinic-prod", region=region, models=models)


def _question(model: str, publisher: str = "google", location: str = "europe-west4") -> str:
    path = f"/locations/{location}/publishers/{publisher}/models/{model}:fetchPublisherModelConfig"
    return f"GET /v1beta1/projects/clinic-prod{path}"


def _environment(url: str) -> dict[str, str]:
    return {"GOOGLE_OAUTH_ACCESS_TOKEN": OAUTH, "VENDORGATE_VERTEX_URL": url}


def _read(answers: dict[str, Told], entry: AccountEntry) -> Reading:
    with serving(answers) as server:
        found = observed(READER, entry, _environment(server.url))
    assert server.asked
    assert {one.headers["authorization"] for one in server.asked} == {f"Bearer {OAUTH}"}
    for kept_out in (NUMBER, "clinic-prod", TABLE):
        assert kept_out not in found.transcript.decode()
        assert kept_out not in found.source
        assert kept_out not in repr(found.reading)
    return found.reading


def _of_model(told: Told) -> dict[str, Any]:
    """What is told of a model of Google's."""
    reading = _read({CACHE: 403, _question("gemini-2.5-pro"): told}, _gemini("gemini-2.5-pro"))
    assert all(one.names == ("gemini-2.5-pro", "google/gemini-2.5-pro") for one in reading.scoped)
    return {one.setting: one.value for one in reading.scoped}


def _of_claude(told: Told) -> dict[str, Any]:
    """What is told of a model of Anthropic's."""
    reading = _read({_question("claude-opus-5", "anthropic"): told}, _claude("claude-opus-5"))
    assert all(one.names == ("claude-opus-5",) for one in reading.scoped)
    assert reading.settings == {}
    return {one.setting: one.value for one in reading.scoped}


@pytest.mark.parametrize(
    ("told", "settings"),
    [
        ({"name": NAME, "disableCache": True}, {"cache_disabled": True}),
        ({"disableCache": True}, {"cache_disabled": True}),
        # Google leaves false out.
        ({"name": NAME}, {"cache_disabled": False}),
        (
            {"name": NAME, "retentionConfig": {"retentionType": "DURABLE"}},
            {"cache_disabled": False, "cache_retention": "durable"},
        ),
        (
            {"name": NAME, "disableCache": False, "retentionConfig": {"retentionType": "EPHEMERAL"}},
            {"cache_disabled": False, "cache_retention": "ephemeral"},
        ),
        (
            {"name": NAME, "disableCache": True, "retentionConfig": {"retentionType": "DURABLE"}},
            {"cache_disabled": True, "cache_retention": "durable"},
        ),
        (
            {"name": NAME, "retentionConfig": {"retentionType": "RETENTION_TYPE_UNSPECIFIED"}},
            {"cache_disabled": False},
        ),
        ({"name": NAME, "retentionConfig": {"retentionType": "VOLATILE"}}, {"cache_disabled": False}),
        ({"name": NAME, "retentionConfig": {"retentionType": None}}, {"cache_disabled": False}),
        ({"name": NAME, "retentionConfig": {}}, {"cache_disabled": False}),
        ({"name": NAME, "retentionConfig": None}, {"cache_disabled": False}),
        ({"name": NAME, "disableCache": None}, {}),
        # What is no such configuration leaves nothing out.
        ({"disableCache": False}, {}),
        ({"name": None}, {}),
        ({"name": ""}, {}),
        ({"name": f"projects/{NUMBER}/locations/us/ragEngineConfig"}, {}),
        ({}, {}),
        (said({}, plant=False), {}),
        (403, {}),
        (400, {}),
    ],
)
def test_caching_is_what_the_project_has(told: Told, settings: dict[str, Any]) -> None:
    assert _read({CACHE: told}, _gemini()).settings == settings


@pytest.mark.parametrize(
    ("told", "logging"),
    [
        (
            {
                "loggingConfig": {
                    "enabled": True,
                    "samplingRate": 0.1,
                    "bigqueryDestination": {"outputUri": TABLE},
                    "requestResponseLoggingSchemaVersion": "v2",
                }
            },
            True,
        ),
        ({"loggingConfig": {"enabled": False, "samplingRate": 1}}, False),
        ({"loggingConfig": {"samplingRate": 1}}, False),  # false is left out
        ({"loggingConfig": {"samplingRate": 1, "bigqueryDestination": {"outputUri": TABLE}}}, False),
        ({"loggingConfig": {"enabled": None}}, None),
        # Without a configuration of logging nobody says that it is off.
        ({"loggingConfig": None}, None),
        ({"inferenceEventLoggingConfig": {"state": "DISABLED"}}, None),
        ({"enabled": True}, None),
        ({}, None),
        (said({}, plant=False), None),
        # No configuration, and no such model, are the same answer.
        (said({"error": {"code": 404, "message": "Publisher model config not found."}}, 404), None),
        (404, None),
        (403, None),
        (400, None),
    ],
)
def test_logging_of_a_model_is_what_its_configuration_says(told: Told, logging: bool | None) -> None:
    expected = {} if logging is None else {"request_response_logging": logging}
    assert _of_model(told) == expected
    assert _of_claude(told) == expected


@pytest.mark.parametrize(
    ("told", "cyber"),
    [
        ({"claudeFeatureConfig": {"advancedAiEnabled": True}}, True),
        ({"claudeFeatureConfig": {"advancedAiEnabled": False}}, False),
        ({"claudeFeatureConfig": {}}, False),
        (said({"claudeFeatureConfig": {}}, plant=False), False),
        # The older flag is consulted no more, by nobody.
        ({"claudeFeatureConfig": {"cyberVerificationProgramEnabled": True}}, False),
        ({"claudeFeatureConfig": {"advancedAiEnabled": True, "cyberVerificationProgramEnabled": False}}, True),
        ({"claudeFeatureConfig": {"advancedAiEnabled": False, "cyberVerificationProgramEnabled": True}}, False),
        ({"claudeFeatureConfig": {"advancedAiEnabled": None}}, None),
        ({"claudeFeatureConfig": {"advancedAiEnabled": None, "cyberVerificationProgramEnabled": False}}, None),
        ({"claudeFeatureConfig": None}, None),
        ({"advancedAiEnabled": True}, None),
        ({}, None),
        (said({}, plant=False), None),
        (404, None),
        (403, None),
    ],
)
def test_cyber_verification_is_what_advanced_ai_says(told: Told, cyber: bool | None) -> None:
    assert _of_claude(told) == ({} if cyber is None else {"cyber_verification_program": cyber})


def test_models_of_google_tell_nothing_of_claude() -> None:
    assert _of_model({"claudeFeatureConfig": {"advancedAiEnabled": True}}) == {}


def test_each_model_has_its_own_value_and_the_rest_a_reason() -> None:
    answers: dict[str, Told] = {
        CACHE: CACHE_OFF,
        _question("gemini-2.5-pro"): {"loggingConfig": {"enabled": True}},
        _question("gemini-2.5-flash"): {"loggingConfig": {"samplingRate": 1}},
        _question("gemini-9-typo"): 404,
        _question("gemini-3-pro"): 403,
    }
    models = ("google/gemini-2.5-pro", "gemini-2.5-flash", "gemini-9-typo", "gemini-2.5-pro", "gemini-3-pro")
    reading = _read(answers, _gemini(*models))
    assert {one.names: one.value for one in reading.scoped} == {
        ("gemini-2.5-pro", "google/gemini-2.5-pro"): True,
        ("gemini-2.5-flash", "google/gemini-2.5-flash"): False,
    }
    assert "gemini-9-typo: no configuration" in reading.why["request_response_logging"]
    assert "gemini-3-pro: these credentials may not" in reading.why["request_response_logging"]
    assert any("europe-west4" in one for one in reading.beside)


def test_dated_name_tells_nothing_of_the_undated_one() -> None:
    dated = "claude-opus-4-7@20260401"
    reading = _read({_question(dated, "anthropic"): {"loggingConfig": {"samplingRate": 1}}}, _claude(dated))
    assert [one.names for one in reading.scoped] == [(dated,)]


def test_without_models_there_is_nothing_to_ask_of_claude() -> None:
    with serving({}) as server:
        reading = observed(READER, _claude(), _environment(server.url)).reading
    assert "lists none in `models`" in reading.why["cyber_verification_program"]
    assert (dict(reading.settings), reading.scoped) == ({}, ())


def test_sharing_and_advanced_ai_are_told_beside() -> None:
    shared = {"claudeFeatureConfig": {"advancedAiEnabled": True}, "dataSharingEnabledProvider": "ANTHROPIC"}
    answers: dict[str, Told] = {
        _question("claude-opus-5", "anthropic"): shared,
        _question("claude-sonnet-5", "anthropic"): {"dataSharingEnabledProvider": "MODEL_PROVIDER_UNSPECIFIED"},
        _question("claude-haiku-5-5", "anthropic"): {"dataSharingEnabledProvider": "OTHER"},
    }
    beside = " ".join(_read(answers, _claude("claude-opus-5", "claude-sonnet-5", "claude-haiku-5-5")).beside)
    assert "Advanced AI, under which all prompts are kept, is enabled for claude-opus-5." in beside
    assert "enabled for claude-opus-5." in beside.split("Sharing")[1]


def test_project_of_which_there_is_nothing_leaves_the_old_observation() -> None:
    answers: dict[str, Told] = {CACHE: 404, _question("gemini-2.5-pro"): 404}
    with serving(answers) as server:
        assert "nothing of the project" in not_observed(READER, _gemini("gemini-2.5-pro"), _environment(server.url))


def test_caching_that_is_not_there_does_not_hide_what_is() -> None:
    answers: dict[str, Told] = {CACHE: 404, _question("gemini-2.5-pro"): {"loggingConfig": {"samplingRate": 1}}}
    reading = _read(answers, _gemini("gemini-2.5-pro"))
    assert reading.settings == {}
    assert [one.value for one in reading.scoped] == [False]
    assert "404" in reading.why["cache_disabled"]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (401, "does not know these credentials"),
        (500, "status 500"),
        (429, "status 429"),
        (page(), "a page, not with JSON"),
        (said({}, 302, Location="https://accounts.google.example"), "redirect"),
        (cut, "hangs up"),
        ([], "another shape"),
        ({"name": NAME, "disableCache": "true", "loggingConfig": {"enabled": "true"}}, "another shape"),
        ({"retentionConfig": "DURABLE", "loggingConfig": "on"}, "another shape"),
        ({"disableCache": 1, "loggingConfig": {"enabled": 0}}, "another shape"),
    ],
)
@pytest.mark.parametrize("of_model", [True, False])
def test_what_is_no_answer_leaves_the_old_observation(told: Told, words: str, of_model: bool) -> None:
    answers: dict[str, Told] = {CACHE: CACHE_OFF, _question("gemini-2.5-pro"): {"loggingConfig": {}}}
    answers[_question("gemini-2.5-pro") if of_model else CACHE] = told
    with serving(answers) as server:
        assert words in not_observed(READER, _gemini("gemini-2.5-pro"), _environment(server.url))


@pytest.mark.parametrize(
    ("location", "host"),
    [
        ("global", "aiplatform.googleapis.com"),
        ("us", "aiplatform.us.rep.googleapis.com"),
        ("eu", "aiplatform.eu.rep.googleapis.com"),
        ("europe-west4", "europe-west4-aiplatform.googleapis.com"),
        ("us-central1", "us-central1-aiplatform.googleapis.com"),
        ("northamerica-northeast1", "northamerica-northeast1-aiplatform.googleapis.com"),
        ("europe-west12", "europe-west12-aiplatform.googleapis.com"),
    ],
)
def test_each_location_has_its_host(location: str, host: str) -> None:
    asking = Listening({"GOOGLE_OAUTH_ACCESS_TOKEN": OAUTH})
    with pytest.raises(CannotObserve):
        READER.read(_gemini("gemini-2.5-pro", region=location), asking)
    assert asking.homes == [f"https://{host}"]


@pytest.mark.parametrize(
    "location",
    [
        "vendor.example/",
        "vendor.example#-west4",
        "evil.example:443/x",
        "user@evil-west4",
        "europe-west4.evil.example",
        "europe-west4\n",
        "Europe-West4",
        "europe-west",
        "europe-west4-a",
        "europe-west٤",
        "asia",
        "GLOBAL",
        "..",
        "",
        "eu.rep",
        "staging-aiplatform.sandbox",
    ],
)
def test_what_is_no_location_makes_no_host(location: str) -> None:
    with serving({}) as server:
        words = not_observed(READER, _gemini("gemini-2.5-pro", region=location), _environment(server.url))
    assert "`region`" in words
    assert server.asked == []


@pytest.mark.parametrize(
    "model",
    [
        "gemini-*",
        "gemini-2.5-pr?",
        "*",
        "",
        "..",
        "a/b",
        "publishers/google/models/x",
        "anthropic/claude-opus-5",
        "a:b",
        "{x}",
    ],
)
def test_pattern_is_no_model(model: str) -> None:
    """What is asked of one name would else be told of many."""
    with serving({}) as server:
        assert "`models`" in not_observed(READER, _gemini(model), _environment(server.url))
    assert server.asked == []


@pytest.mark.parametrize(
    "project", ["..", ".", "a/b", "Clinic", "", "clinic prod", "clinic-prod?", "clinic-prod:x:y", "a%2Fb"]
)
def test_project_that_can_be_none_is_not_asked_for(project: str) -> None:
    with serving({}) as server:
        assert "`project`" in not_observed(READER, _gemini(project=project), _environment(server.url))
    assert server.asked == []


@pytest.mark.parametrize("project", ["example.com:clinic-prod", "445566778899", "demo"])
def test_project_may_be_of_a_domain_or_a_number(project: str) -> None:
    with serving({f"GET /v1/projects/{project.replace(':', '%3A')}/cacheConfig": CACHE_OFF}) as server:
        found = observed(READER, _gemini(project=project), _environment(server.url))
    assert found.reading.settings == {"cache_disabled": True}


def test_source_and_what_is_kept_name_model_and_location() -> None:
    """Else nobody could say later of which model an answer was."""
    answers: dict[str, Told] = {
        CACHE: CACHE_OFF,
        _question("gemini-2.5-pro"): {"loggingConfig": {"enabled": True, "samplingRate": 1}},
    }
    server: Server
    with serving(answers) as server:
        found = observed(READER, _gemini("gemini-2.5-pro"), _environment(server.url))
    assert "locations/europe-west4/publishers/google/models/gemini-2.5-pro:fetch" in found.source
    assert b"models/gemini-2.5-pro:fetch" in found.transcript
    assert b'"enabled": true' in found.transcript
    assert b"samplingRate" not in found.transcript
