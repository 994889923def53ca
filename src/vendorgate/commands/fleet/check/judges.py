"""What judges a run: read once, packed for workers, and told from whatever would judge otherwise.

In: a request, the folders of bundle and registry. Out: a gate, what is shipped to workers, and a key.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

import msgspec

from ....evaluate.asked import refuse_far, refuse_laxer
from ....frame.defaults import AsOf, day_for
from ....gate import Gate
from ....load.files import Folder
from ....load.packs import PackChoice
from ....version import VERSION
from ..judging.documents import documents
from ..model import Judging
from ..policy.judging import kept_paths
from .request import FleetRequest
from .working import encode

_LAYOUT: Final = "vendorgate.fleet-kept/1"
"""Of what is kept of an interrupted run; another one is begun anew."""


JudgedBy = tuple[Folder, Folder, PackChoice]
"""The bundle, the registry, and the packs that are in force."""


class Judges(msgspec.Struct, frozen=True):
    """What judges, read once for the run."""

    gate: Gate
    folders: tuple[Folder, Folder]
    choice: PackChoice
    day: AsOf
    judging: Judging
    key: str
    """The digest of all that a verdict depends on beside its row."""


def judges_for(request: FleetRequest, judged_by: JudgedBy) -> Judges:
    """What judges.

    Raises:
        InputError: bundle or registry are not valid.
        UsageError: the day or the threshold is none that the bundle allows.
    """
    bundle, registry, choice = judged_by
    day = day_for(request.as_of)
    gate = Gate(bundle, registry, choice)
    refuse_laxer(request.fail_on, gate.bundle)
    refuse_far(day.day, day.asked_on, gate.bundle)
    packed = documents(bundle, registry, request.pack)
    judging = Judging(
        packed,
        day.day.isoformat(),
        request.fail_on,
        request.rows != "none",
        secrets.token_hex(8),
        kept_paths(gate.bundle),
    )
    known = (packed.bundle_sha256, packed.registry_sha256, packed.packs, VERSION, judging.as_of, judging.fail_on)
    key = hashlib.sha256(encode((_LAYOUT, *known, request.rows, judging.kept))).hexdigest()
    return Judges(gate, (bundle, registry), choice, day, judging, key)
