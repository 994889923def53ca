"""What a command line of `fleet check` asks for."""

from __future__ import annotations

import datetime
from typing import Literal, Union

import msgspec

from ....model.vocabulary import FailOn
from ..run.document import RowsFormat

ExecutorName = Literal["processes", "dask"]


class FleetRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Sources, what judges them, by whom, and where the run goes."""

    sources: tuple[str, ...]
    out: str
    policies: Union[str, None] = None
    registry: Union[str, None] = None
    pack: tuple[str, ...] = ()
    as_of: Union[datetime.date, None] = None
    fail_on: Union[FailOn, None] = None
    executor: ExecutorName = "processes"
    scheduler: Union[str, None] = None
    jobs: int
    """Processes of this machine; one is this process."""
    batch: int
    """The least number of manifests that are judged at once, but for the last ones."""
    rows: RowsFormat = "jsonl"
