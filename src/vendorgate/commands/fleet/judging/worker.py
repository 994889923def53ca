"""What a worker does, on this machine or another: one function, and what it remembers between two calls.

In: what judges, a batch of rows. Out: what becomes of them, in plain values. Imports no command line.
"""

from __future__ import annotations

import hashlib

import msgspec

from ....errors import VendorgateError
from ..model import Batch, JudgedBatch, Judging
from .documents import Unpacked
from .judge import Judge
from .reading import words_of


class JudgesRefused(Exception):
    """What judges is not what the run is by, or an offering is not valid: nothing is judged. Its arguments are the
    problems in words, because it travels between processes."""


class _Ready:
    """A judge, and the documents that it reads."""

    def __init__(self, judging: Judging) -> None:
        self.unpacked = Unpacked(judging.documents)
        self.judge = Judge(self.unpacked.gate, judging)


_ready: dict[str, _Ready] = {}
"""The judge of the run that this process works for; another run takes its place."""


def judge_batch(judging: Judging, batch: Batch) -> JudgedBatch:
    """Judge a batch of rows.

    Raises:
        JudgesRefused: this worker cannot judge as the run is to be judged.
    """
    try:
        return _judge_of(judging).batch(batch)
    except VendorgateError as error:
        raise JudgesRefused(*map(words_of, error.problems)) from None


def _judge_of(judging: Judging) -> Judge:
    name = _name(judging)
    if name not in _ready:
        made = _Ready(judging)
        _ready.clear()
        _ready[name] = made
    return _ready[name].judge


def forget() -> None:
    """Let go of what judges; whoever judges again reads it again."""
    _ready.clear()


def _name(judging: Judging) -> str:
    """What tells a run from others, without its documents: their digests say which they are."""
    packed = judging.documents
    known = (packed.bundle_sha256, packed.registry_sha256, packed.version, packed.packs)
    asked = (judging.as_of, judging.fail_on, judging.write_rows, judging.session, judging.kept)
    return hashlib.sha256(msgspec.msgpack.encode((known, asked))).hexdigest()
