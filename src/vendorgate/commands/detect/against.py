"""What code does otherwise than manifests declare: `--against`.

In: a detection, and what the command line says of manifests and of what judges. Out: `Against`.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence
from typing import Final

import msgspec

from ...detection.catalogue.catalogue import Catalogue
from ...detection.model import Detection
from ...drift.declared import Declarations, Place, declarations
from ...errors import Problem, UsageError
from ...evaluate.asked import refuse_far, refuse_laxer
from ...frame.defaults import ask_git
from ...frame.drifting import Held, differing, looked_at, manifests_around, placing
from ...gate import Gate
from ...load.files import Folder
from ...load.finding import STANDARD_INPUT, Found, find, is_glob
from ...load.manifest import read_found
from ...load.packs import PackChoice
from ...model.evaluation import Evaluation
from ...model.identity import RepositoryName
from ...model.vocabulary import FailOn
from .model import Against

AUTO: Final = "auto"


class AgainstRequest(msgspec.Struct, frozen=True):
    """What the command line says."""

    manifests: tuple[str, ...]
    """Files, folders, globs, or `auto`: every manifest that covers any of the code."""
    paths: tuple[str, ...]
    """Of the code."""
    judges: tuple[Folder, Folder, PackChoice]
    as_of: datetime.date
    asked_on: datetime.date | None
    fail_on: FailOn | None
    repository: RepositoryName


def against(request: AgainstRequest, detection: Detection, catalogue: Catalogue) -> Against:
    """Where code and manifests differ.

    Raises:
        InputError: what judges is not valid, or there are manifests and none of them is.
        UsageError: the threshold is laxer than the bundle's, or the day too far from that of the run.
    """
    found, place = _found(request), placing()
    evaluation = _judged(request, found)
    declared = _declared(request, evaluation, place)
    held = Held(detection, catalogue, declared, place, looked_at(request.paths or (os.curdir,), place))
    return Against(evaluation, differing(evaluation, held))


def _found(request: AgainstRequest) -> list[Found]:
    """The manifests that are meant, each once."""
    named = [one for one in request.manifests if one != AUTO]
    around = manifests_around(request.paths or (os.curdir,)) if AUTO in request.manifests else []
    found = [*(find(named, ask_git) if named else []), *around]
    if len(found) > 1 and any(one.path == STANDARD_INPUT for one in found):
        title = "a manifest from standard input, which is in no folder, beside others"
        raise UsageError([Problem(title, help="name one manifest, or files alone")])
    return list({os.path.realpath(one.path): one for one in reversed(found)}.values())[::-1]


def _judged(request: AgainstRequest, found: Sequence[Found]) -> Evaluation:
    """The manifests as a check reads them; code alone where there are none."""
    gate = Gate(*request.judges)
    if found:
        return gate.judge(
            map(read_found, found),
            as_of=request.as_of,
            fail_on=request.fail_on,
            allow_incomplete=True,
            repository=request.repository,
            asked_on=request.asked_on,
        )
    bundle = gate.bundle
    refuse_laxer(request.fail_on, bundle)
    refuse_far(request.as_of, request.asked_on, bundle)
    threshold = request.fail_on or bundle.fail_on
    snapshot = gate.snapshot(())
    return Evaluation(request.as_of, (), bundle, snapshot, (), (), (), fail_on=threshold)


def _declared(request: AgainstRequest, evaluation: Evaluation, place: Place) -> Declarations:
    """What the manifests declare; one that is named by itself is meant for all code."""
    alone = [one for one in request.manifests if one != AUTO and not os.path.isdir(one) and not is_glob(one)]
    named = len(alone) == len(request.manifests)
    unread = [one.path for one in evaluation.not_judged]
    return declarations(evaluation.manifests, place, named=named, unread=unread)
