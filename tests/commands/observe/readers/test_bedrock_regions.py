"""Bedrock in several regions: what all of them say alike, and which calls stay in them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from botocore.config import Config
from botocore.session import Session

from tests.commands.observe.readers.bedrock_regions import (
    AMERICA,
    ANYWHERE,
    FRANKFURT,
    LOGGED,
    OHIO,
    OPUS,
    OREGON,
    VIRGINIA,
    answers,
    control,
    environment,
    listed,
    logging,
    mantle,
    profile,
    profiles,
)
from tests.commands.observe.readers.signing import KEY, SECRET, failed, signed
from tests.commands.observe.server import Observed, Said, Told, cut, not_observed, observed, serving
from tests.yaml_text import value_of
from vendorgate.commands.observe.model import ScopedValue
from vendorgate.commands.observe.readers.bedrock import READER, RUNTIME, agreed
from vendorgate.commands.observe.readers.bedrock_profiles import PROVIDERS
from vendorgate.commands.observe.readers.bedrock_region import Region, Surface
from vendorgate.commands.observe.readers.bedrock_region import Told as Mode
from vendorgate.logic.globs import names_any
from vendorgate.model.observation import AccountEntry

OFFERINGS: Final = Path(__file__).parents[4] / "registry-snapshot" / "offerings"
Answers = Mapping[str, Told]
MODES: Final = ("none", "default", "inherit", None)


def entry(regions: Iterable[str], offering: str = "claude-bedrock", project: str = "default") -> AccountEntry:
    return AccountEntry(offering=offering, name="prod", region=tuple(regions), project=project)


def read(
    *each: Answers, regions: Iterable[str] = AMERICA, offering: str = "claude-bedrock", project: str = "default"
) -> Observed:
    told = {request: answer for one in each for request, answer in one.items()}
    with serving(told) as server:
        found = observed(READER, entry(regions, offering, project), environment(server.url))
    shown = f"{found.reading}{found.source}{found.transcript.decode()}"
    assert not [one for one in ("planted", "999900001111", "arn:aws") if one in shown], shown
    assert found.reading.cloud_regions == tuple(dict.fromkeys(regions))
    return found


def on(names: tuple[str, ...], mode: str) -> tuple[ScopedValue, ...]:
    return (ScopedValue("endpoints", names, "data_retention_mode", mode),)


EVERYWHERE: Final = {name: answer for region in AMERICA for name, answer in answers(region).items()}


def test_what_all_regions_say_is_told() -> None:
    found = read(EVERYWHERE).reading
    assert found.settings == {"data_retention_mode": "none", "model_invocation_logging": False}
    assert (found.scoped, found.why) == ((), {})
    assert f"those of {', '.join(AMERICA)} alone" in found.beside[0]


def test_each_region_is_asked_at_its_own_address_by_its_own_signature() -> None:
    told: dict[str, Told] = {}
    for region in AMERICA:
        told |= {
            control(region): signed({"mode": "none"}, "bedrock", region),
            logging(region): signed({}, "bedrock", region),
            profiles(region): signed(listed(), "bedrock", region),
            mantle(region): signed({"mode": "none"}, "bedrock-mantle", region),
        }
    found = read(told)
    assert found.reading.settings == {"data_retention_mode": "none", "model_invocation_logging": False}
    assert all(f"/control/{region}/data-retention" in found.source for region in AMERICA)


def test_region_that_stands_twice_is_asked_once() -> None:
    with serving(answers(OHIO)) as server:
        assert observed(READER, entry([OHIO, OHIO]), environment(server.url)).reading.cloud_regions == (OHIO,)
    assert sorted(one.partition("?")[0] for one in server.requests) == sorted(answers(OHIO))


@pytest.mark.parametrize("region", ["us-east-1.evil.example", "us-east-1/", "ohio", "*", "{region}"])
def test_nothing_is_asked_where_one_region_is_none(region: str) -> None:
    with serving({}) as server:
        words = not_observed(READER, entry([OHIO, region]), environment(server.url))
    assert server.asked == []
    assert "`region` for the account that can be none" in words
    assert region not in words


DIFFERING: Final = [
    (answers(OREGON, "default"), (), "their modes differ"),
    (answers(OREGON, "inherit"), (), "their modes differ"),
    ({mantle(OREGON): {"mode": "default"}}, on(RUNTIME, "none"), f"in {OREGON}, its surfaces"),
    ({mantle(OREGON): failed("AccessDeniedException")}, on(RUNTIME, "none"), f"in {OREGON}, of the mantle endpoint"),
    ({mantle(OREGON): cut}, on(RUNTIME, "none"), f"in {OREGON}, the mantle endpoint of this region cannot be reached"),
    ({control(OREGON): failed("AccessDeniedException")}, (), f"in {OREGON}, of the control plane, these credentials"),
    ({control(OREGON): failed("ResourceNotFoundException", 404)}, (), "404"),
    ({control(OREGON): {"mode": "sometimes"}}, (), "not known here"),
    ({control(OREGON): {}}, (), "without a mode"),
    ({control(OREGON): {"mode": "default"}}, (), f"in {OREGON}, its surfaces"),
]


@pytest.mark.parametrize(("other", "scoped", "why"), DIFFERING)
@pytest.mark.parametrize("order", [AMERICA, AMERICA[::-1]])
def test_mode_of_one_region_that_is_another_or_is_not_told_leaves_what_all_say(
    other: Answers, scoped: tuple[ScopedValue, ...], why: str, order: tuple[str, ...]
) -> None:
    found = read({**EVERYWHERE, **other}, regions=order).reading
    assert found.settings == {"model_invocation_logging": False}
    assert found.scoped == scoped
    assert why in found.why["data_retention_mode"]


LOGS: Final = [
    ({logging(OHIO): LOGGED}, "some of them log"),
    ({logging(OHIO): failed("AccessDeniedException")}, f"in {OHIO}, these credentials may not ask"),
    ({logging(OHIO): {"loggingConfig": {}}}, f"in {OHIO}, logging is set up without a place"),
]


@pytest.mark.parametrize(("other", "why"), LOGS)
def test_logging_of_one_region_that_is_another_or_is_not_told_is_none_of_all(other: Answers, why: str) -> None:
    found = read({**EVERYWHERE, **other}).reading
    assert found.settings == {"data_retention_mode": "none"}
    assert why in found.why["model_invocation_logging"]


def test_logging_that_is_on_everywhere_is_on() -> None:
    found = read({**EVERYWHERE, **{logging(one): LOGGED for one in AMERICA}}).reading
    assert found.settings["model_invocation_logging"] is True


@pytest.mark.parametrize(
    "other", [{control(OREGON): cut}, {control(OREGON): failed("UnrecognizedClientException")}, {logging(OREGON): 500}]
)
def test_region_that_fails_leaves_what_is_known_of_all(other: Answers) -> None:
    with serving({**EVERYWHERE, **other}) as server:
        assert OREGON in not_observed(READER, entry(AMERICA), environment(server.url))


def test_one_address_for_several_regions_is_none() -> None:
    for variable, path in (("VENDORGATE_BEDROCK_URL", "control"), ("VENDORGATE_BEDROCK_MANTLE_URL", "mantle")):
        with serving(EVERYWHERE) as server:
            one = {**environment(server.url), variable: f"{server.url}/{path}/{VIRGINIA}"}
            words = not_observed(READER, entry(AMERICA), one)
            assert f"{variable} names one address for several regions" in words
            assert not [target for target in server.requests if path in target]
            assert observed(READER, entry([VIRGINIA]), one).reading.settings


# A project, which is there in some regions.

GONE: Final = failed("ResourceNotFoundException", 404)
ID: Final = "proj_1"


def of_project(region: str, mode: str) -> dict[str, Told]:
    return {
        control(region, f"projects/{ID}"): {"id": ID, "dataRetention": {"mode": mode}},
        mantle(region, f"organization/projects/{ID}"): {"id": ID, "data_retention": {"mode": mode}},
    }


def without_project(region: str) -> dict[str, Told]:
    return dict.fromkeys((control(region, f"projects/{ID}"), mantle(region, f"organization/projects/{ID}")), GONE)


def test_region_without_the_project_says_what_the_account_does() -> None:
    both = (VIRGINIA, OHIO)
    elsewhere = {**of_project(VIRGINIA, "none"), **without_project(OHIO)}
    strict = read(answers(VIRGINIA), answers(OHIO), elsewhere, regions=both, project=ID).reading
    assert strict.settings["data_retention_mode"] == "none"
    lax = read(answers(VIRGINIA), answers(OHIO, "default"), elsewhere, regions=both, project=ID).reading
    assert "data_retention_mode" not in lax.settings
    assert lax.scoped == ()


def test_project_that_no_region_knows_leaves_what_is_known() -> None:
    told = {**EVERYWHERE, **{name: answer for one in AMERICA for name, answer in without_project(one).items()}}
    with serving(told) as server:
        assert "knows no project" in not_observed(READER, entry(AMERICA, project=ID), environment(server.url))


# Which calls stay.

OWN: Final = (f"us.{OPUS}", "us.anthropic.claude-opus-4-8")
US: Final = profile(f"us.{OPUS}", *AMERICA)


def in_each(*each: dict[str, Any]) -> dict[str, Told]:
    """Every region lists these profiles."""
    return {profiles(region): listed(*each) for region in AMERICA}


def reaches(name: str, *each: Answers, regions: Iterable[str] = AMERICA, offering: str = "claude-bedrock") -> bool:
    return names_any(name, read(EVERYWHERE, *each, regions=regions, offering=offering).reading.models)


def region_alone(region: str, *each: dict[str, Any]) -> dict[str, Told]:
    return {profiles(region): listed(*each)}


WIDER: Final = profile(f"us.{OPUS}", *AMERICA, "us-west-1")
ARN: Final = f"arn:aws:bedrock:{OHIO}::foundation-model/{OPUS}"
PROFILES: Final[list[tuple[Answers, bool]]] = [
    (in_each(US), True),
    (in_each(profile(f"us.{OPUS}", OHIO)), True),
    (region_alone(VIRGINIA, US), True),
    # A destination that is not read, from all regions or from one, on whichever page or row.
    (in_each(WIDER), False),
    ({**in_each(US), **region_alone(OREGON, WIDER)}, False),
    ({**in_each(US), **region_alone(VIRGINIA, WIDER)}, False),
    (in_each(US, WIDER), False),
    (in_each(WIDER, US), False),
    (in_each(profile(f"us.{OPUS}", *AMERICA, FRANKFURT)), False),
    # Everywhere.
    (in_each(profile(f"us.{OPUS}", *AMERICA, ANYWHERE)), False),
    # Nobody says where.
    (in_each({**US, "models": []}), False),
    (in_each({**US, "models": None}), False),
    (in_each({**US, "models": [{"modelArn": ARN}, {"modelArn": None}]}), False),
    (in_each({**US, "models": [{"modelArn": ARN}, {}]}), False),
    (in_each({**US, "models": [{"modelArn": ARN}, {"modelArn": OPUS}]}), False),
    (in_each({**US, "models": [{"modelArn": ARN}, {"modelArn": f"{ARN} and more"}]}), False),
    (in_each({**US, "models": [{"modelArn": "arn:aws:bedrock:us-east-2:999900001111:custom-model/planted"}]}), False),
    # None is listed, or nobody knows whether one is.
    (in_each(), False),
    ({**in_each(US), profiles(OREGON): {}}, False),
    ({**in_each(US), profiles(OREGON): {"inferenceProfileSummaries": None}}, False),
    ({**in_each(US), profiles(OREGON): failed("AccessDeniedException")}, False),
    ({**in_each(US), profiles(OREGON): failed("ValidationException", 400)}, False),
    ({**in_each(US), profiles(OREGON): Said(b"", 204)}, False),
    (in_each(US, {**US, "inferenceProfileId": None}), False),
    (in_each({name: value for name, value in US.items() if name != "type"}), False),
    (in_each({**US, "type": "SHARED"}), False),
    # An account's own are passed over.
    (in_each({**US, "type": "APPLICATION"}), False),
    (in_each(US, profile("k3v9x1app", *AMERICA, FRANKFURT, type="APPLICATION")), True),
]


@pytest.mark.parametrize(("told", "stays"), PROFILES)
def test_profile_is_told_of_where_all_its_destinations_are_read_from_wherever_it_is_called(
    told: Answers, stays: bool
) -> None:
    found = read(EVERYWHERE, told).reading
    assert names_any(f"us.{OPUS}", found.models) is stays
    assert names_any(f"arn:aws:bedrock:{OHIO}:111122223333:inference-profile/us.{OPUS}", found.models) is stays
    assert names_any(OPUS, found.models), "an id without a profile stays in its region, whatever profiles do"
    assert (f"us.{OPUS}" in found.beside[-1]) is stays


def test_global_profile_never_stays() -> None:
    assert not reaches(f"global.{OPUS}", in_each(profile(f"global.{OPUS}", VIRGINIA, ANYWHERE)))
    assert not reaches(f"global.{OPUS}", in_each(profile(f"global.{OPUS}", *AMERICA))), "whatever is listed of it"


def test_profile_of_fewer_regions_than_are_read_stays_and_of_more_does_not() -> None:
    both = (VIRGINIA, OHIO)
    told = {profiles(one): listed(US, profile("us.anthropic.claude-x", *both)) for one in both}
    found = read(answers(VIRGINIA), answers(OHIO), told, regions=both).reading
    assert "us.anthropic.claude-x" in found.models
    assert f"us.{OPUS}" not in found.models


def test_account_in_one_region_has_no_profile_that_leaves_it() -> None:
    told = {profiles(OHIO): listed(US, profile("us.anthropic.claude-x", OHIO))}
    found = read(answers(OHIO), told, regions=[OHIO]).reading
    own = ("anthropic.*", "claude-*", "arn:*:bedrock:?*::foundation-model/anthropic.*")
    assert found.models == (*own, "us.anthropic.claude-x", "arn:*:inference-profile/us.anthropic.claude-x")


PAGES: Final[dict[str, Told]] = {
    **in_each(US),
    profiles(OHIO, "?type=SYSTEM_DEFINED&maxResults=1000"): listed(US, nextToken="planted/+ ="),
    profiles(OHIO, "?type=SYSTEM_DEFINED&maxResults=1000&nextToken=planted%2F%2B+%3D"): listed(
        profile("us.anthropic.claude-x", OHIO), nextToken="b"
    ),
}
LAST: Final = profiles(OHIO, "?type=SYSTEM_DEFINED&maxResults=1000&nextToken=b")


@pytest.mark.parametrize("end", [{}, {"nextToken": None}])
def test_every_page_counts(end: dict[str, Any]) -> None:
    told = {**PAGES, LAST: {**listed(), **end}}
    assert reaches(f"us.{OPUS}", told)
    assert reaches("us.anthropic.claude-x", told)
    told = {**PAGES, LAST: {**listed(WIDER), **end}}
    assert not reaches(f"us.{OPUS}", told), "the last page says where it goes, too"
    assert reaches("us.anthropic.claude-x", told)


def test_pages_that_end_too_early_tell_of_no_profile() -> None:
    found = read(EVERYWHERE, {**PAGES, LAST: failed("AccessDeniedException")}).reading
    assert not [one for one in found.models if "us." in one]
    assert f"in {OHIO}, these credentials may not ask for it (403)" in found.beside[-1]


def test_pages_without_an_end_and_another_shape_leave_what_is_known() -> None:
    wrong: list[Told] = [listed(US, nextToken="b"), {"inferenceProfileSummaries": {}}, listed(US, nextToken=1), 500]
    for answer in wrong:
        with serving({**EVERYWHERE, **PAGES, LAST: answer}) as server:
            not_observed(READER, entry(AMERICA), environment(server.url))


def test_pages_are_signed_with_their_query() -> None:
    told = {name: signed(answer, "bedrock", OHIO) for name, answer in PAGES.items() if OHIO in name and "?" in name}
    assert reaches("us.anthropic.claude-x", in_each(US), told, {LAST: signed(listed(), "bedrock", OHIO)})


@pytest.mark.parametrize("offering", READER.offerings)
def test_ids_of_the_registry_stay_where_they_have_no_profile(offering: str) -> None:
    written = value_of((OFFERINGS / f"{offering}.yaml").read_text())
    provider = PROVIDERS[offering]
    models = read(EVERYWHERE, in_each(US), offering=offering).reading.models
    named: list[str] = written["models"]
    own = [name for name in named if name.startswith(f"{provider}.")]
    by_profile = [name for name in named if f".{provider}." in name]
    makers = [name for name in named if provider not in name]
    assert own
    assert by_profile
    assert {*own, *by_profile, *makers} == {*named}, "a form of ids of which nobody has thought"
    assert all(names_any(name, models) for name in (*own, *makers))
    assert [name for name in by_profile if names_any(name, models)] == [
        name for name in by_profile if name == f"us.{OPUS}"
    ]
    implied = [
        glob for one in written["implies"] if "settings.inference_profile" in one["set"] for glob in one["models"]
    ]
    assert all(names_any(name, tuple(implied)) for name in by_profile)
    assert "in_region" in (OFFERINGS / f"{offering}.yaml").read_text(), "what is declared of calls without a profile"
    assert not [name for name in (*own, *makers) if names_any(name, tuple(implied))]


def test_profile_of_another_maker_is_not_an_offerings() -> None:
    assert not reaches(f"us.{OPUS}", in_each(US), offering="llama-bedrock")
    assert not reaches(OPUS, in_each(US), offering="llama-bedrock")


def test_listed_profiles_are_what_botocores_client_understands() -> None:
    with serving({profiles(OHIO): listed(US, nextToken="b")}) as server:
        client = Session().create_client(
            "bedrock",
            region_name=OHIO,
            endpoint_url=f"{server.url}/control/{OHIO}",
            aws_access_key_id=KEY,
            aws_secret_access_key=SECRET,
            config=Config(retries={"total_max_attempts": 1}),
        )
        page = client.list_inference_profiles(typeEquals="SYSTEM_DEFINED", maxResults=1000)
        assert "type=SYSTEM_DEFINED" in server.asked[0].target
        assert "maxResults=1000" in server.asked[0].target
    assert page["nextToken"] == "b"
    (found,) = page["inferenceProfileSummaries"]
    assert (found["inferenceProfileId"], found["type"]) == (f"us.{OPUS}", "SYSTEM_DEFINED")
    assert [one["modelArn"].split(":")[3] for one in found["models"]] == [*AMERICA]


# Nothing is told of a call that any region which may serve it says otherwise.


def test_no_mode_of_several_regions_is_told_that_one_of_them_does_not_have() -> None:
    surfaces = [Surface(Mode(mode, "" if mode else "nobody says"), None) for mode in MODES]
    each = [Region(runtime, there) for runtime, there in itertools.product(surfaces, repeat=2)]
    told = 0
    for offering, *regions in itertools.product(READER.offerings, each, each):
        everywhere, scoped, why = agreed(offering, dict(zip(AMERICA, regions, strict=False)))
        here = {one.runtime.account.mode for one in regions}
        there = here | {one.mantle.account.mode for one in regions}
        if everywhere is not None:
            assert (there, scoped) == ({everywhere}, ())
        else:
            assert why
        for one in scoped:
            assert {one.value} == (here if set(one.names) <= set(RUNTIME) else there)
        told += everywhere is not None or bool(scoped)
    assert told > 100, "silence would keep this law, too"


@pytest.mark.parametrize(
    "name",
    [
        f"arn:aws:bedrock:::foundation-model/{OPUS}",
        f"arn:aws:bedrock:{OHIO}:999900001111:custom-model/{OPUS}",
        f"arn:aws:bedrock:{OHIO}:999900001111:application-inference-profile/us.{OPUS}",
        f"arn:aws:bedrock:{OHIO}:999900001111:inference-profile/global.{OPUS}",
        "arn:aws:bedrock:us-east-2::foundation-model/meta.llama3-3-70b-instruct-v1:0",
    ],
)
def test_name_of_anything_else_is_not_among_them(name: str) -> None:
    assert not reaches(name, in_each(US, profile(f"global.{OPUS}", *AMERICA)))
