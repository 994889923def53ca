"""The work of one task, wherever it is done: by this process, by another one, on another machine.

In: what judges, and tasks as bytes. Out: judged batches. It needs no terminal, no working directory and no clock.
"""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Final

import msgspec

from ..judging.worker import judge_batch
from ..model import JudgedBatch, JudgedManifest, Judging, Row
from ..run.document import RowsFormat
from .kept import keep
from .tasks import batch_of, seal_of


class Assignment(msgspec.Struct, frozen=True, array_like=True):
    """What all tasks of a run have in common."""

    judging: Judging
    key: str
    """The digest of all that judges."""
    work: str
    """The folder that a run is written in; of a machine that shares no disk it means nothing."""
    rows: RowsFormat


_TASKS: Final = 64
"""After how many of them there may be garbage worth collecting."""
encode: Final = msgspec.msgpack.Encoder().encode
_assignment: Final = msgspec.msgpack.Decoder(Assignment).decode
_judged: Final = msgspec.msgpack.Decoder(JudgedBatch).decode


def assignment_from(data: bytes) -> Assignment:
    """What tasks have in common, as it travelled."""
    return _assignment(data)


def judged_from(data: bytes) -> JudgedBatch:
    """A judged batch, as it travelled."""
    return _judged(data)


def collect_now_and_then(done: int) -> None:
    """Collect garbage, where nobody does it otherwise: to look for some all the time takes a twelfth of the work."""
    if not gc.isenabled() and done % _TASKS == 0:
        gc.collect()


def judge(assigned: Assignment, task: bytes) -> JudgedBatch:
    """Judge the rows of a task.

    Raises:
        InputError: bundle or registry are not those that the run is by.
    """
    batch = batch_of(task)
    judged = judge_batch(assigned.judging, batch)
    if not any(one.problems for one in judged.manifests):
        return judged
    pairs = zip(batch.rows, judged.manifests, strict=True)
    return msgspec.structs.replace(judged, manifests=tuple(_placed(row, one) for row, one in pairs))


def _placed(row: Row, one: JudgedManifest) -> JudgedManifest:
    """A manifest whose problems say where its row stands, as those of the row's own form do."""
    if not one.problems or row.problems or not row.stands:
        return one
    return msgspec.structs.replace(one, problems=tuple(f"{row.stands}: {told}" for told in one.problems))


def judge_and_keep(assigned: Assignment, task: bytes) -> int:
    """Judge the rows of a task and file away what becomes of them; its number.

    Raises:
        InputError: as `judge`.
        OSError: it cannot be written.
    """
    judged = judge(assigned, task)
    keep(Path(assigned.work), seal_of(assigned.key, task), judged, assigned.rows)
    return judged.number
