"""Bedrock in several regions, as it stands in on loopback: an address for each surface and region."""

from __future__ import annotations

from typing import Any, Final

from tests.commands.observe.readers.signing import ENVIRONMENT
from tests.commands.observe.server import Told, said

VIRGINIA: Final = "us-east-1"
OHIO: Final = "us-east-2"
OREGON: Final = "us-west-2"
FRANKFURT: Final = "eu-central-1"
AMERICA: Final = (VIRGINIA, OHIO, OREGON)
ANYWHERE: Final = ""
"""Stands in the ARN of a model for every region."""
OPUS: Final = "anthropic.claude-opus-5"
LOGGED: Final = {"loggingConfig": {"s3Config": {"bucketName": "planted-logs"}, "textDataDeliveryEnabled": True}}


def control(region: str, path: str = "data-retention") -> str:
    """A question to the control plane of a region."""
    return f"GET /control/{region}/{path}"


def logging(region: str) -> str:
    """The question after the logging of a region."""
    return control(region, "logging/modelinvocations")


def profiles(region: str, query: str = "") -> str:
    """The question after the inference profiles of a region."""
    return control(region, f"inference-profiles{query}")


def mantle(region: str, path: str = "data_retention") -> str:
    """A question to the mantle endpoint of a region."""
    return f"GET /mantle/{region}/v1/{path}"


def profile(id: str, *regions: str, type: str = "SYSTEM_DEFINED") -> dict[str, Any]:
    """A profile as it is listed, with a name and a number that nobody may see."""
    arns = [
        {"modelArn": f"arn:aws:bedrock:{region}::foundation-model/{id.partition('.')[2] or OPUS}"} for region in regions
    ]
    arn = f"arn:aws:bedrock:{VIRGINIA}:999900001111:inference-profile/{id}"
    shown = {"inferenceProfileName": "planted-costs", "inferenceProfileArn": arn, "status": "ACTIVE"}
    return {**shown, "inferenceProfileId": id, "type": type, "models": arns}


def listed(*each: dict[str, Any], **more: object) -> dict[str, Any]:
    """A page of profiles."""
    return {"inferenceProfileSummaries": [*each], **more}


def answers(region: str, mode: str = "none", *each: dict[str, Any]) -> dict[str, Told]:
    """A region in which both surfaces say the same, and nothing is logged."""
    return {
        control(region): {"mode": mode},
        logging(region): said({}, plant=False),
        profiles(region): listed(*each),
        mantle(region): {"mode": mode},
    }


def environment(url: str) -> dict[str, str]:
    """With credentials, and with the stand-in's address for each surface and region."""
    return {
        **ENVIRONMENT,
        "VENDORGATE_BEDROCK_URL": f"{url}/control/{{region}}",
        "VENDORGATE_BEDROCK_MANTLE_URL": f"{url}/mantle/{{region}}",
    }
