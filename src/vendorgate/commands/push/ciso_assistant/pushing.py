"""A push put together: judge, look at what is there, say what differs, and write that where somebody asks for it.

In: inputs, settings. Out: a `Push`. Where a manifest could not be judged nothing is written: what is known of the
others would look like all there is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

import msgspec

from ....errors import Problem, UsageError
from ....frame.inputs import Inputs
from ....gate import Gate
from ....load.manifest import GivenManifest, read_found
from ....model.evaluation import Evaluation
from ....model.registry import Snapshot
from ....remote.calls import Line
from ....report.json import render as json_report
from ....snapshots import read_snapshot
from .. import wanted
from ..model import Kind, Push, Pushed, Target
from ..references import project_word
from . import objects
from .answers import Folder
from .api import Api, Refusal
from .carrying_out import CarryingOut
from .comparing import Step, steps
from .objects import Intended
from .settings import Settings, folder_named

TITLE = "CISO Assistant"
_UNJUDGED = "not every manifest was judged, and what is known of the others would look like all there is"


class PushRequest(msgspec.Struct, frozen=True):
    """What a command line asks for."""

    kinds: tuple[Kind, ...]
    writes: bool
    marks_gone: bool


class _Judged:
    """The manifests, read once, judged together and by project."""

    def __init__(self, given: Inputs) -> None:
        self._given = given
        self._gate: Gate = given.gate()
        self._read: list[GivenManifest] = [read_found(one) for one in given.manifests]
        self.evaluation = self._judge(self._read)

    def report(self, project: str) -> bytes:
        """What `check --format json` says of the manifests of one project."""
        paths = {one.source.path for one in self.evaluation.manifests if one.project == project}
        return json_report(self._judge([one for one in self._read if one.path in paths])).encode("ascii")

    def _judge(self, read: Iterable[GivenManifest]) -> Evaluation:
        given = self._given
        return self._gate.judge(
            read, as_of=given.as_of, allow_incomplete=True, repository=given.repository, asked_on=given.asked_on
        )


def push(given: Inputs, settings: Settings, request: PushRequest) -> Push:
    """Judge, look, and write where that is asked for.

    Raises:
        InputError: nothing can be judged.
        UsageError: nothing can be asked, or there is no such folder.
    """
    judged = _Judged(given)
    line = Line(settings.url, settings.authorization)
    try:
        return _pushed(judged, given, Api(line, settings.secret), settings, request)
    except Refusal as refusal:
        raise UsageError([Problem(f"{settings.url} {refusal.words}", help=refusal.help)]) from None
    finally:
        line.close()


def _pushed(judged: _Judged, given: Inputs, api: Api, settings: Settings, request: PushRequest) -> Push:
    evaluation = judged.evaluation
    folder = folder_named(settings.folder, api.folders())
    planned = [*_steps(judged, given, api, folder, request.kinds)]
    target = Target("ciso-assistant", TITLE, settings.url, folder.name, folder.id)
    writes = request.writes and not evaluation.not_judged
    work = CarryingOut(api, folder.id, settings.link, writes=writes, marks_gone=request.marks_gone)
    made = (*work.all(planned), *_strangers(evaluation))
    ended = _UNJUDGED if request.writes and not writes else work.ended
    return Push(evaluation, target, writes, made, ended, work.interrupted)


def _steps(judged: _Judged, given: Inputs, api: Api, folder: Folder, kinds: Iterable[Kind]) -> Iterator[Step]:
    evaluation = judged.evaluation
    projects = frozenset(map(project_word, wanted.projects(evaluation)))
    for kind in kinds:
        listed = api.objects(kind, None if kind == "entity" else folder.id)
        intended = [*_intended(judged, given, kind)]
        yield from steps(intended, listed, kind, folder.id, projects, evaluation.as_of)


def _intended(judged: _Judged, given: Inputs, kind: Kind) -> Iterator[Intended]:
    evaluation = judged.evaluation
    if kind == "evidence":
        report = lru_cache(1)(judged.report)  # evidences of a project follow each other
        for one in wanted.wanted_evidences(evaluation):
            yield objects.evidence(one, _of(report, one.project))
    elif kind == "exception":
        yield from map(objects.exception, wanted.wanted_exceptions(evaluation))
    else:
        whole = _whole(given)
        questions = tuple(whole.written.dimensions)
        yield from (objects.entity(one, questions) for one in wanted.wanted_vendors(evaluation, whole.offerings))


def _of(report: Callable[[str], bytes], project: str) -> Callable[[], bytes]:
    return lambda: report(project)


def _whole(given: Inputs) -> Snapshot:
    bundle, registry = given.folders
    return read_snapshot(registry, rules=False, bundle=bundle)


def _strangers(evaluation: Evaluation) -> Iterator[Pushed]:
    """Projects that the bundle binds to nobody: what they say of themselves takes nobody else's place."""
    for project in wanted.strange_projects(evaluation):
        why = "the bundle binds no such project here, and what a manifest calls itself is only its own word"
        help = "bind it in `projects` of bundle.yaml"
        yield Pushed("evidence", f"policy/{project_word(project)}", project, "leave", "nothing", why=why, help=help)
