"""AWS's side of a signature: works it out again by botocore from what has arrived, and refuses one that is another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from tests.commands.observe.server import Act, Handler, Said, said

KEY: Final = "AKIAPLANTEDKEY000001"
SECRET: Final = "planted-secret-of-a-key-000000000000001"
TOKEN: Final = "planted-session-token-0001"
ENVIRONMENT: Final[Mapping[str, str]] = {
    "AWS_ACCESS_KEY_ID": KEY,
    "AWS_SECRET_ACCESS_KEY": SECRET,
    "AWS_SESSION_TOKEN": TOKEN,
}
_AUTHORIZATION: Final = re.compile(
    r"AWS4-HMAC-SHA256 Credential=(?P<key>\w+)/\d{8}/(?P<region>[a-z0-9-]+)/(?P<service>[a-z-]+)/aws4_request, "
    r"SignedHeaders=(?P<headers>[a-z0-9;-]+), Signature=(?P<signature>[0-9a-f]{64})"
)


def failed(type: str, status: int = 403) -> Said:
    """An error as AWS has it; its words name who asked."""
    message = f"User: arn:aws:sts::999900001111:assumed-role/planted/ci with {KEY} failed"
    return said({"message": message}, status, x_amzn_ErrorType=f"{type}:http://internal.amazon.com/coral/")


def signed(answer: object, service: str, region: str, secret: str = SECRET) -> Act:
    """Answers to a request that is signed for a service and region, and to no other."""

    def act(handler: Handler) -> None:
        right = _is_right(handler, service, region, secret)
        handler.say(
            (answer if isinstance(answer, Said) else said(answer)) if right else failed("InvalidSignatureException")
        )

    return act


def _is_right(handler: Handler, service: str, region: str, secret: str) -> bool:
    found = _AUTHORIZATION.fullmatch(handler.headers["Authorization"])
    if found is None or (found["service"], found["region"]) != (service, region):
        return False
    names = found["headers"].split(";")
    headers = {name: handler.headers[name] for name in names}
    url = f"http://{handler.headers['Host']}{handler.path}"
    request = AWSRequest(method=handler.command, url=url, headers=headers)
    request.context["timestamp"] = handler.headers["X-Amz-Date"]
    signer = SigV4Auth(Credentials(found["key"], secret), service, region)
    expected = signer.signature(signer.string_to_sign(request, signer.canonical_request(request)), request)
    needed = {"host", "x-amz-date", "x-amz-security-token"}
    return expected == found["signature"] and found["key"] == KEY and needed <= set(names)
