"""Claude Platform on AWS: where a workspace keeps data and may infer, asked as on Anthropic's own platform.

In: an entry with a region and a workspace, credentials of AWS. Out: `workspace_geo` and `inference_geo` as
`anthropic_workspaces` proves them, and the region that the workspace belongs to, which pins neither. A workspace is
bound to one region, so that nothing else can be set of it elsewhere. Without a workspace nothing is asked: a list shows
what somebody may see, and what may be called is more. Retention is not told here: this platform has no compliance
settings to ask.

Source: the host and the name in signatures are those of Anthropic's own client for this platform; "Claude Platform on
AWS" of its documentation.
"""

from __future__ import annotations

import re
from typing import Final

from msgspec import UNSET

from ....model.observation import AccountEntry
from ..asking import Asking
from ..model import Reader, Reading
from . import aws
from .anthropic_workspaces import PLACES, read_places
from .ids import id_of

_WORKSPACE: Final = re.compile(r"[A-Za-z0-9_-]{1,128}")


def _read(entry: AccountEntry, asking: Asking) -> Reading:
    workspace = id_of(entry, "workspace", _WORKSPACE, "the id of a workspace, such as wrkspc_…")
    caller = aws.caller(entry, asking)
    api = caller.api(
        asking,
        "aws-external-anthropic",
        "aws-external-anthropic.{region}.api.aws",
        "VENDORGATE_CLAUDE_PLATFORM_AWS_URL",
        headers={"anthropic-version": "2023-06-01"},
    )
    places = read_places(api, workspace)
    if places.answered:
        return Reading(places.settings, cloud_region=caller.region, why=places.why)
    refused = "whether the workspace is in this region, nobody says"
    return Reading(places.settings, cloud_region=UNSET, why={**places.why, "cloud_region": refused})


READER: Final = Reader(
    vendor="Claude Platform on AWS",
    offerings=("claude-platform-aws",),
    tells=(*PLACES, "cloud_region"),
    credentials=aws.CREDENTIALS,
    needs=("region", "workspace"),
    takes=(),
    privilege=(
        "an IAM role with aws-external-anthropic:GetWorkspace, and for the default workspace "
        "aws-external-anthropic:ListWorkspaces"
    ),
    read=_read,
)
