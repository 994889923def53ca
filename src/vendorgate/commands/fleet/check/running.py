"""A run from its sources to its folder: read, judge, write, and say that it is whole.

In: a request. Out: what the run came to. Whatever interrupts it leaves what is finished, and the same request goes on
with that.
"""

from __future__ import annotations

import secrets
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec

from ....errors import Problem, UsageError
from ....load.files import Folder
from ....logic.wording import count
from ....source import Location
from ..policy.judging import judge_rules, write_rules
from ..run.counting import counts
from ..run.document import FleetRun, render
from ..run.folder import MAKE_ROOM, RunFolder, run_folder, unwritable
from ..run.writing import RunWriter
from ..store.looking import code_judged_by, code_seen_by
from .absorbing import Absorbing
from .ending import whole_run
from .executors import Executor, Here
from .judges import JudgedBy, Judges, judges_for
from .noticing import run_notices
from .progress import Progress, progress_on
from .request import FleetRequest
from .source import Source
from .sources import closing, pieces_of, refuse_others_of_one_name, sources_for
from .tasks import tasks_of
from .turning import write_endings
from .working import Assignment

_TIMES: Final = 3
"""How often batches are judged whose files turn out to be damaged."""


def checked(request: FleetRequest, judged_by: JudgedBy) -> FleetRun:
    """Judge all sources, and write the run.

    Raises:
        UsageError: the folder cannot be written, nothing is to be judged, or somebody who is to judge is not there.
        InputError: a source cannot be read, or bundle or registry are not valid.
    """
    sources = sources_for(request.sources)
    if request.rows == "parquet":
        from .rows_parquet import refuse_without_pyarrow  # most runs write none

        refuse_without_pyarrow()
    with closing(sources), run_folder(request.out) as folder:
        _refuse_inputs(folder, judged_by[:2])
        refuse_others_of_one_name(sources)
        judges = judges_for(request, judged_by)
        with _keeping(folder), progress_on(sources) as progress:
            return _run(request, sources, judges, folder, progress)


def _refuse_inputs(out: RunFolder, folders: Iterable[Folder]) -> None:
    """Refuse to write into what judges.

    Raises:
        UsageError: the folder is one of these, or in one.
    """
    own = out.path.resolve()
    for one in folders:
        if own.is_relative_to(Path(one.path).resolve()):
            title = f"would write into what judges ({one.shown})"
            raise UsageError([Problem(title, Location(out.shown, 1, 1), "name another folder")])


def _run(
    request: FleetRequest, sources: tuple[Source, ...], judges: Judges, folder: RunFolder, progress: Progress
) -> FleetRun:
    goes_on = folder.begin(judges.key)
    for _ in range(_TIMES):
        folder.drop_database()
        with RunWriter(folder.database, judges.gate.bundle.policies) as writer:
            absorbing = Absorbing(writer, folder.work, progress)
            tasks = absorbing.unfinished(tasks_of(pieces_of(sources), request.batch), judges.key if goes_on else None)
            for number in _executor(request, judges, folder).numbers(tasks):
                absorbing.take(number)
            again = absorbing.to_be_judged_again
            if not again:
                return _end(request, sources, judges, folder, writer, absorbing)
            folder.forget(again)
            goes_on = True
    title = "files of finished batches are damaged as often as they are written"
    raise UsageError(
        [Problem(title, Location(folder.shown, 1, 1), "look at the disk, or name a folder on another one")]
    )


def _executor(request: FleetRequest, judges: Judges, folder: RunFolder) -> Executor:
    judging = msgspec.structs.replace(judges.judging, session=secrets.token_hex(8))
    assigned = Assignment(judging, judges.key, str(folder.work.resolve()), request.rows)
    if request.executor == "dask":
        from .cluster import Cluster  # most runs need no cluster

        return Cluster(assigned, request.scheduler, request.jobs)
    if request.jobs == 1:
        return Here(assigned)
    from .processes import Processes

    return Processes(assigned, request.jobs)


def _end(
    request: FleetRequest,
    sources: tuple[Source, ...],
    judges: Judges,
    folder: RunFolder,
    writer: RunWriter,
    absorbing: Absorbing,
) -> FleetRun:
    empty = [one for one in sources if not one.manifests and not any(one.repositories())]
    if empty or not absorbing.manifests:
        raise UsageError([_nothing(empty or sources)])
    for source in sources:
        writer.write_repositories(source.repositories())
        writer.write_drift(source.drift())
    _say_of_code(sources, judges)
    said = (notice for one in judges.folders for notice in one.said)
    counted = counts(writer.database)
    whole = not (counted.not_judged or counted.unreachable)
    notices = run_notices(judges.gate, said, judges.day.day, absorbing.waivers, writer.database, whole=whole)
    writer.write_notices(list(notices))
    bundle = judges.gate.bundle
    write_rules(
        writer.database, judge_rules(writer.database, bundle, judges.day.day, request.fail_on or bundle.fail_on)
    )
    write_endings(writer.database, writer.offerings, judges.gate, judges.day.day)
    writer.end()
    found = whole_run(request, judges, sources, folder, counted, writer.database, absorbing.rows)
    folder.drop_rows(frozenset(one.name for one in absorbing.rows))
    folder.put_in_place(render(found).encode("ascii"))
    return found


def _say_of_code(sources: Iterable[Source], judges: Judges) -> None:
    """On the error stream: that code was judged by something else than the manifests, as lax as that may be."""
    seals = [one for source in sources for one in source.looked()]
    if not seals:
        return
    seen = code_seen_by(judges.gate)
    others = sum(sealed != code_judged_by(seen, judges.choice, day) for day, sealed in seals)
    if others:
        told = f"the code of {count(others, 'repository', 'repositories')} was held against its manifests"
        by = "by other policies, registry or version than judge here, and these say how serious a difference is"
        sys.stderr.write(f"{told} {by}: gather again with --code and these\n")


def _nothing(sources: Iterable[Source]) -> Problem:
    """That nothing is to be judged, and why that is so where repositories could not be read."""
    title = "no manifest to check in " + ", ".join(one.shown for one in sources)
    unread = [one for source in sources for one in source.repositories() if one.state == "error"]
    if not unread:
        return Problem(title, help="name a source that has some")
    of_them = f"{count(len(unread), 'repository', 'repositories')} of it could not be read"
    return Problem(f"{title}: {of_them}, such as {unread[0].name}: {unread[0].problem}", help=unread[0].help)


@contextmanager
def _keeping(folder: RunFolder) -> Iterator[None]:
    """Say of the folder what the system says of writing, and of what is finished that it is kept."""
    try:
        yield
    except OSError as error:
        raise UsageError([unwritable(error, folder.shown)]) from None
    except sqlite3.Error as error:
        where = Location(f"{folder.shown}/{folder.database.name}", 1, 1)
        raise UsageError([Problem(f"cannot be written: {error}", where, MAKE_ROOM)]) from None
    except KeyboardInterrupt:
        if kept := folder.finished:
            batches = count(kept, "finished batch", "finished batches")
            sys.stderr.write(f"{batches} kept: the same command goes on with that\n")
        raise
