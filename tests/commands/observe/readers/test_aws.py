"""Asking AWS: each request is signed as botocore's own client signs it, for one region, with the environment's key."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.session import Session
from msgspec import UNSET, UnsetType

from tests.commands.observe.readers.signing import ENVIRONMENT, KEY, SECRET, TOKEN, failed, signed
from tests.commands.observe.server import Said, Server, in_turn, said, serving
from vendorgate.commands.observe.asking import Answer, Asking, CannotObserve, Refused
from vendorgate.commands.observe.readers import aws
from vendorgate.model.observation import AccountEntry

ENTRY = AccountEntry(offering="claude-bedrock", name="prod", region="eu-central-1")
ROLE = "arn:aws:iam::999900001111:role/planted"


class Mode(Answer, frozen=True):
    mode: str | UnsetType | None = UNSET


@pytest.fixture
def server() -> Iterator[Server]:
    with serving({}) as running:
        yield running


def ask(server: Server, path: str, environment: Mapping[str, str] = ENVIRONMENT, **values: str) -> Mode | Refused:
    asking = Asking({**environment, "VENDORGATE_BEDROCK_URL": server.url}, pauses=(), wait=lambda seconds: None)
    try:
        caller = aws.caller(ENTRY, asking)
        api = caller.api(asking, "bedrock", "bedrock.{region}.amazonaws.com", "VENDORGATE_BEDROCK_URL")
        return api.get(path, Mode, values)
    finally:
        asking.close()


def botocores(server: Server, secret: str = SECRET) -> object:
    """Bedrock's control plane, as botocore asks it."""
    return Session().create_client(
        "bedrock",
        region_name="eu-central-1",
        endpoint_url=server.url,
        aws_access_key_id=KEY,
        aws_secret_access_key=secret,
        aws_session_token=TOKEN,
        config=Config(retries={"total_max_attempts": 1}),
    )


def test_signature_is_taken_where_botocores_own_is(server: Server) -> None:
    server.tell("GET /data-retention", signed({"mode": "none"}, "bedrock", "eu-central-1"))
    assert ask(server, "/data-retention") == Mode(mode="none")
    assert botocores(server).get_account_data_retention()["mode"] == "none"  # type: ignore[attr-defined]
    ours, theirs = (one.headers for one in server.asked)
    same = [one.partition(", Signature=")[0] for one in (ours["authorization"], theirs["authorization"])]
    assert same[0] == same[1]
    assert ours["x-amz-security-token"] == theirs["x-amz-security-token"] == TOKEN


def test_path_with_escapes_is_signed_as_botocore_signs_it(server: Server) -> None:
    arn = "arn:aws:bedrock:eu-central-1:999900001111:project/proj_1"
    path = "/projects/arn%3Aaws%3Abedrock%3Aeu-central-1%3A999900001111%3Aproject%2Fproj_1"
    server.tell(f"GET {path}", signed({"mode": "none"}, "bedrock", "eu-central-1"))
    assert ask(server, "/projects/{project}", project=arn) == Mode(mode="none")
    botocores(server).get_project(projectIdentifier=arn)  # type: ignore[attr-defined]
    assert server.requests == [f"GET {path}"] * 2


@pytest.mark.parametrize("change", [{"service": "bedrock-mantle"}, {"region": "us-east-1"}, {"secret": "another"}])
def test_signature_for_something_else_is_refused(server: Server, change: dict[str, str]) -> None:
    meant = {"service": "bedrock", "region": "eu-central-1", **change}
    server.tell("GET /data-retention", signed({"mode": "none"}, **meant))
    with pytest.raises(CannotObserve, match="does not know these credentials"):
        ask(server, "/data-retention")
    with pytest.raises(ClientError, match="InvalidSignatureException"):
        botocores(server).get_account_data_retention()  # type: ignore[attr-defined]


def test_key_without_a_session_is_signed_with(server: Server) -> None:
    server.tell("GET /data-retention", {"mode": "none"})
    ask(server, "/data-retention", {name: ENVIRONMENT[name] for name in aws.CREDENTIALS[0]})
    assert "x-amz-security-token" not in server.asked[0].headers
    assert f"Credential={KEY}/" in server.asked[0].headers["authorization"]


def test_each_try_is_signed_anew(server: Server) -> None:
    server.tell("GET /data-retention", in_turn(said({}, 503), signed({"mode": "none"}, "bedrock", "eu-central-1")))
    asking = Asking({**ENVIRONMENT, "VENDORGATE_BEDROCK_URL": server.url}, wait=lambda seconds: None)
    api = aws.caller(ENTRY, asking).api(asking, "bedrock", "bedrock.{region}.amazonaws.com", "VENDORGATE_BEDROCK_URL")
    assert api.get("/data-retention", Mode) == Mode(mode="none")
    asking.close()


WRONG = [
    *(
        failed(type, status)
        for type in ("UnrecognizedClientException", "ExpiredTokenException")
        for status in (400, 403)
    ),
    failed("InvalidSignatureException"),
    failed("IncompleteSignature", 400),
    failed("MissingAuthenticationToken"),
    failed("InvalidClientTokenId"),
    said({"message": "no"}, 401),
    said({"__type": "com.amazon.coral.service#UnrecognizedClientException"}, 400),
    said({"code": "ExpiredTokenException"}, 403),
]


@pytest.mark.parametrize("answer", WRONG)
def test_credentials_that_nobody_knows_end_it(server: Server, answer: Said) -> None:
    server.tell("GET /data-retention", answer)
    with pytest.raises(CannotObserve, match="does not know these credentials") as caught:
        ask(server, "/data-retention")
    assert "999900001111" not in f"{caught.value!r}{caught.value.help}"


DENIED = [
    (failed("AccessDeniedException"), 403),
    (failed("ValidationException", 400), 400),
    (failed("ResourceNotFoundException", 404), 404),
    (failed("OptInRequired"), 403),
    (said({"message": "Forbidden"}, 403), 403),
    (said({"__type": 7, "code": ["ExpiredToken"]}, 403), 403),
    (Said(b"ExpiredTokenException", 403), 403),
    (Said(b"", 400), 400),
]


@pytest.mark.parametrize(("answer", "status"), DENIED)
def test_what_credentials_may_not_do_is_no_end(server: Server, answer: Said, status: int) -> None:
    server.tell("GET /data-retention", answer)
    assert ask(server, "/data-retention") == Refused(status)


NO_REGIONS = [
    "us-east-1.evil.example/",
    "us-east-1@evil.example",
    "evil.example#us-east-1",
    "us-east-1\n",
    "US-EAST-1",
    "us_east_1",
    "us-east",
    "..",
    "",
    "1",
    "us-east-1-",
    "-us-east-1",
    "ｕs-east-1",
    "us-east-１",
]


@pytest.mark.parametrize("region", NO_REGIONS)
def test_nothing_but_a_region_makes_a_host(region: str) -> None:
    entry = AccountEntry(offering="claude-bedrock", region=region)
    with pytest.raises(CannotObserve, match="names a `region` for the account that can be none") as caught:
        aws.caller(entry, Asking(ENVIRONMENT))
    assert not region.strip() or region not in caught.value.words


@pytest.mark.parametrize("region", ["us-east-1", "us-gov-west-1", "ap-southeast-5", "il-central-1", "eu-south-2"])
def test_region_makes_the_host(region: str) -> None:
    asking = Asking(ENVIRONMENT)
    caller = aws.caller(AccountEntry(offering="claude-bedrock", region=region), asking)
    api = caller.api(asking, "bedrock", "bedrock.{region}.amazonaws.com", "VENDORGATE_BEDROCK_URL")
    assert api._shown == f"https://bedrock.{region}.amazonaws.com"


def test_account_without_a_region_is_not_asked() -> None:
    with pytest.raises(CannotObserve, match="names no `region`"):
        aws.caller(AccountEntry(offering="claude-bedrock"), Asking(ENVIRONMENT))


@pytest.mark.parametrize(
    "region", ["cn-north-1", "us-iso-east-1", "us-isob-east-1", "eu-isoe-west-1", "eusc-de-east-1"]
)
def test_region_of_another_cloud_needs_its_address(region: str) -> None:
    asking = Asking(ENVIRONMENT)
    caller = aws.caller(AccountEntry(offering="claude-bedrock", region=region), asking)
    with pytest.raises(CannotObserve, match="a region of another cloud of AWS") as caught:
        caller.api(asking, "bedrock", "bedrock.{region}.amazonaws.com", "VENDORGATE_BEDROCK_URL")
    assert caught.value.help == "name the address in VENDORGATE_BEDROCK_URL"


def test_missing_package_is_told_with_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "botocore.credentials", None)
    with pytest.raises(CannotObserve, match="without botocore, which is not installed") as caught:
        aws.caller(ENTRY, Asking(ENVIRONMENT))
    assert caught.value.help == "pip install 'vendorgate[aws]'"


def test_clients_of_clouds_are_loaded_when_somebody_asks() -> None:
    modules = ", ".join(
        f"vendorgate.commands.observe.readers.{one}" for one in ("azure", "bedrock", "claude_platform_aws")
    )
    program = f"import sys, {modules}; print({{'azure', 'botocore', 'msal'}} & set(sys.modules))"
    ended = subprocess.run((sys.executable, "-c", program), capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "set()"


NO_CREDENTIALS: list[dict[str, str]] = [
    {},
    {"AWS_ACCESS_KEY_ID": KEY},
    {"AWS_SECRET_ACCESS_KEY": SECRET},
    {"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": " "},
    {"AWS_ROLE_ARN": ROLE},
]


@pytest.mark.parametrize("environment", NO_CREDENTIALS)
def test_who_asks_is_said_by_the_environment_alone(
    environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "credentials"
    file.write_text(f"[default]\naws_access_key_id = {KEY}\naws_secret_access_key = {SECRET}\n")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(file))
    with pytest.raises(CannotObserve, match="no credentials of AWS"):
        aws.caller(ENTRY, Asking(environment))


SESSION = f"""<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
<AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>{KEY}</AccessKeyId><SecretAccessKey>{SECRET}</SecretAccessKey>
<SessionToken>{TOKEN}</SessionToken><Expiration>2026-11-28T12:00:00Z</Expiration></Credentials>
</AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>""".encode()


def by_role(server: Server, tmp_path: Path) -> dict[str, str]:
    file = tmp_path / "token"
    file.write_text("planted.web.token\n")
    url = server.url
    return {"AWS_ROLE_ARN": ROLE, "AWS_WEB_IDENTITY_TOKEN_FILE": str(file), "VENDORGATE_AWS_STS_URL": url}


def test_role_is_taken_on_with_the_token_of_a_job(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "one-that-is-not-there")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9/elsewhere")
    server.tell("POST /", Said(SESSION, media="text/xml"))
    server.tell("GET /data-retention", signed({"mode": "none"}, "bedrock", "eu-central-1"))
    assert ask(server, "/data-retention", by_role(server, tmp_path)) == Mode(mode="none")
    asked = parse_qs(server.asked[0].body.decode())
    assert asked["RoleArn"] == [ROLE]
    assert asked["WebIdentityToken"] == ["planted.web.token"]
    assert "authorization" not in server.asked[0].headers


DENIAL = (
    b"<ErrorResponse><Error><Code>InvalidIdentityToken</Code>"
    b"<Message>planted.web.token</Message></Error></ErrorResponse>"
)


@pytest.mark.parametrize(
    "answer",
    [
        Said(DENIAL, 400, "text/xml"),
        Said(b"<AssumeRoleWithWebIdentityResponse/>", media="text/xml"),
        Said(b"<html>", media="text/html"),
        Said(b"", 307, headers={"Location": "http://127.0.0.1:9/"}),
    ],
)
def test_role_that_is_not_given_ends_it(server: Server, tmp_path: Path, answer: Said) -> None:
    server.tell("POST /", answer)
    with pytest.raises(CannotObserve, match="gives no session for the role") as caught:
        ask(server, "/data-retention", by_role(server, tmp_path))
    assert "planted" not in f"{caught.value!r}{caught.value.help}{caught.value.__cause__}"
    assert caught.value.__suppress_context__


def test_token_that_cannot_be_read_ends_it(server: Server, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    for name in ("missing", "empty", "", "/dev/zero"):
        environment = {**by_role(server, tmp_path), "AWS_WEB_IDENTITY_TOKEN_FILE": str(tmp_path / name)}
        with pytest.raises(CannotObserve, match="names no file that can be read"):
            ask(server, "/data-retention", environment)


def test_nothing_is_logged_of_what_is_signed(server: Server) -> None:
    lines: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record.getMessage())

    listener = Listener(0)
    root = logging.getLogger()
    before = root.level
    root.addHandler(listener)
    root.setLevel(logging.DEBUG)
    try:
        server.tell("GET /data-retention", {"mode": "none"})
        ask(server, "/data-retention")
    finally:
        root.removeHandler(listener)
        root.setLevel(before)
    assert not [one for one in lines if TOKEN in one or KEY in one]
