"""Asking a service of AWS: in which regions, who asks, and how each request is signed (Signature Version 4).

In: an entry's regions, credentials from the environment, botocore, which the extra `vendorgate[aws]` brings and which
is imported when it is needed. Out: an API whose requests are signed. Refuses to know profiles of a machine, files in
the home directory and what a machine's own role may do: who asks, the environment says.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec
from requests import PreparedRequest
from requests.auth import AuthBase

from ....model.observation import AccountEntry
from ....remote.calls import Reply
from ....remote.fetch import within
from ..asking import Api, Asking, CannotObserve, checked_address
from .extras import credentials_in, missing, quiet
from .ids import id_of, ids_of

CREDENTIALS: Final = (
    ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
    ("AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE"),
)
"""A key, with AWS_SESSION_TOKEN where it is a temporary one; or a role, and the token that it is taken on with."""
STS_URL: Final = "VENDORGATE_AWS_STS_URL"
REGION: Final = re.compile(r"[a-z]{2,4}(-[a-z]{2,12}){1,3}-[0-9]{1,2}")
_EXPECTED: Final = "the name of a region of AWS, such as eu-central-1"
_ITS_REGION: Final = "{region}"
"""What stands for the region in addresses."""
_ELSEWHERE: Final = ("cn-", "us-iso", "eu-iso", "eusc-")
"""Regions whose services have other domains."""
EXPIRED: Final = frozenset({"ExpiredToken", "ExpiredTokenException", "RequestExpired"})
_UNKNOWN: Final = EXPIRED | {
    "AuthFailure",
    "IncompleteSignature",
    "IncompleteSignatureException",
    "InvalidAccessKeyId",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "MissingAuthenticationToken",
    "MissingAuthenticationTokenException",
    "SignatureDoesNotMatch",
    "UnrecognizedClientException",
}
"""What AWS says of credentials that it does not know. `AccessDeniedException` it says of such that it does."""


class Caller(msgspec.Struct, frozen=True):
    """Somebody who asks in one region."""

    region: str
    """A name that can stand in the name of a host."""
    credentials: Any
    """Botocore's."""
    is_alone: bool = True
    """Whether the account is asked for in no other region."""

    def api(
        self,
        asking: Asking,
        service: str,
        host: str,
        variable: str,
        *,
        headers: Mapping[str, str] | None = None,
        wrong_credentials: Callable[[Reply], bool] | None = None,
    ) -> Api:
        """A service here, whose requests are signed.

        Args:
            asking: the conversation that it belongs to.
            service: its name in signatures.
            host: its host, with `{region}`.
            variable: the variable of the environment that may name another address, with `{region}` or without.
            headers: what else each request says.
            wrong_credentials: whether a reply says that nobody knows who asks; left out: as AWS's services say it.

        Raises:
            CannotObserve: its host here is not known; or the other address is none that credentials may go to, or
                cannot be that of several regions.
        """
        home = f"https://{host.replace(_ITS_REGION, self.region)}"
        other = asking.credential(variable)
        if other is not None and not self.is_alone and _ITS_REGION not in other:
            words = f"{variable} names one address for several regions, so that nobody knows which of them answers"
            raise CannotObserve(words, f"write {_ITS_REGION} in it, where the name of each stands")
        if other is None and self.region.startswith(_ELSEWHERE):
            words = f"cannot be asked in {self.region}, a region of another cloud of AWS, whose addresses are not known"
            raise CannotObserve(words, f"name the address in {variable}")
        signature = _Signature(self.credentials, service, self.region)
        wrong = wrong_credentials or unknown
        return asking.api(
            home,
            variable,
            signature,
            headers=headers,
            shown=home,
            wrong_credentials=wrong,
            filled={_ITS_REGION: self.region},
        )


def caller(entry: AccountEntry, asking: Asking) -> Caller:
    """Who asks in an account's only region.

    Raises:
        CannotObserve: it has no region, several, or one that is no name of a region; there are no credentials; or
            botocore is not installed.
    """
    region = id_of(entry, "region", REGION, _EXPECTED)
    return Caller(region, _credentials(asking, region))


def callers(entry: AccountEntry, asking: Asking) -> tuple[Caller, ...]:
    """Who asks in each of an account's regions: everywhere the same.

    Raises:
        CannotObserve: as of one region, but that there may be several.
    """
    regions = ids_of(entry, "region", REGION, _EXPECTED)
    credentials = _credentials(asking, regions[0])
    return tuple(Caller(region, credentials, is_alone=len(regions) == 1) for region in regions)


def unknown(reply: Reply) -> bool:
    """Whether AWS says that it does not know these credentials, or no longer."""
    return reply.status == 401 or (reply.status in (400, 403) and error_type(reply) in _UNKNOWN)


def expired(reply: Reply) -> bool:
    """Whether AWS says that these credentials have ended."""
    return reply.status in (400, 401, 403) and error_type(reply) in EXPIRED


class _Error(msgspec.Struct):
    type: Any = msgspec.field(name="__type", default=None)
    code: Any = None


def error_type(reply: Reply) -> str:
    """What kind of error a reply is; nothing where it does not say.

    The header may have an address behind a colon, and the body's a namespace before a hash (AWS JSON 1.1 protocol).
    """
    said: Any = reply.headers.get("x-amzn-errortype")
    if not said:
        try:
            error = msgspec.json.decode(reply.data, type=_Error)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return ""
        said = error.type or error.code
    return said.rpartition("#")[2].partition(":")[0].strip() if isinstance(said, str) else ""


class _Signature(AuthBase):
    """Signs a request as botocore does; the host, the time and the session are what is signed of its headers."""

    def __init__(self, credentials: Any, service: str, region: str) -> None:
        from botocore.auth import SigV4Auth

        self._signer = SigV4Auth(credentials, service, region)

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        from botocore.awsrequest import AWSRequest

        signed = AWSRequest(method=request.method, url=request.url, data=request.body)
        with quiet():
            self._signer.add_auth(signed)
        request.headers.update(dict(signed.headers.items()))
        return request


def _credentials(asking: Asking, region: str) -> Any:
    try:
        from botocore.credentials import Credentials
    except ImportError:
        raise missing("botocore", "aws") from None
    key, secret = (asking.credential(name) for name in CREDENTIALS[0])
    if key and secret:
        return Credentials(key, secret, asking.credential("AWS_SESSION_TOKEN"))
    role, file = (asking.credential(name) for name in CREDENTIALS[1])
    if role and file:
        return _taken_on(asking, role, file, region)
    words = "the environment has no credentials of AWS"
    raise CannotObserve(words, f"set {' and '.join(CREDENTIALS[0])}, or {' and '.join(CREDENTIALS[1])}")


def _taken_on(asking: Asking, role: str, file: str, region: str) -> Any:
    """What a role may do for a while, for the token of a job."""
    from botocore import UNSIGNED
    from botocore.config import Config
    from botocore.credentials import Credentials
    from botocore.session import Session

    other = asking.credential(STS_URL)
    address = None if other is None else checked_address(other, STS_URL)
    # Nothing that a home directory or another variable says, neither of profiles nor of addresses.
    nothing = (None, None, os.devnull, None)
    alone = {"profile": (None, None, None, None), "config_file": nothing, "credentials_file": nothing}
    settings = Config(
        signature_version=UNSIGNED,
        ignore_configured_endpoint_urls=True,
        connect_timeout=10,
        read_timeout=30,
        retries={"total_max_attempts": 3},
    )
    try:
        token = (credentials_in(file) or b"").decode("utf-8").strip()
    except UnicodeDecodeError:
        token = ""
    if not token:
        words = "cannot be asked without the token, since AWS_WEB_IDENTITY_TOKEN_FILE names no file that can be read"
        raise CannotObserve(words, "look at how the job gets it")

    def given() -> Any:
        session = Session(session_vars=alone)
        client = session.create_client("sts", region_name=region, endpoint_url=address, config=settings)
        answer = client.assume_role_with_web_identity(
            RoleArn=role, RoleSessionName="vendorgate", WebIdentityToken=token
        )["Credentials"]
        return Credentials(answer["AccessKeyId"], answer["SecretAccessKey"], answer["SessionToken"])

    try:
        with quiet():
            return within(asking.limits.whole, given)
    except Exception:  # noqa: BLE001 botocore raises many kinds, whose words repeat the role or the answer
        words = "gives no session for the role that AWS_ROLE_ARN names"
        raise CannotObserve(words, "look at the role's trust policy, and whether the token has expired") from None
