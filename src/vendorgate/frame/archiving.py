"""What evidence packs hold of a judgement beside its inputs: every format of a check, rendered as the pack's reader
sees it, and what commands attach.

In: what is known of the run, what judges. Out: `Renderers`, for whoever packs and for whoever verifies alike.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from ..archive.derived import Attached, Renderers
from ..archive.document import Packing
from ..gate import Gate
from ..load.files import shipped
from ..load.nearby import POLICIES
from ..model.evaluation import Evaluation
from ..report.look import TextLook
from ..report.surroundings import Surroundings
from ..terminal.style import PLAIN
from .formats import FORMATS, RenderEvaluation, Shown, surroundings
from .streams import Rendered

_ROOT: Final = "/repository"
"""What stands for the root of the repository, wherever it was."""
ATTACHED: Final = ("policy.archived", "inventory.archived")
"""Modules of commands with `attached`, which says what lies beside the reports; imported when a pack is made, as the
command is when it is called."""


def renderers(packing: Packing, gate: Gate) -> Renderers:
    """What renders a judgement, the same in every folder of every machine."""
    shown = Shown(waived=True, look=_look(packing), around=_around(packing.run.folder))
    reports = {name: _with(render, shown) for name, render in FORMATS.items()}
    return Renderers(reports, tuple(_attached(gate)))


def _attached(gate: Gate) -> Iterator[Attached]:
    for name in ATTACHED:
        module = importlib.import_module(f"vendorgate.commands.{name}")
        found: Iterable[Attached] = module.attached(gate)
        yield from found


def folder_in_repository() -> str | None:
    """The working directory from the root of the repository; None where there is none."""
    here = surroundings()
    if not here.repository:
        return None
    return here.folder.removeprefix(here.repository).strip("/")


def _with(render: RenderEvaluation, shown: Shown) -> Callable[[Evaluation], Rendered]:
    return lambda evaluation: render(evaluation, PLAIN, shown)


def _look(packing: Packing) -> TextLook:
    """Everything is told; what somebody could type next is not, because nobody is there to type it."""
    own = None if packing.bundle == shipped(POLICIES).shown else packing.bundle
    return TextLook("all", statistics=True, bundle=own)


def _around(folder: str | None) -> Surroundings:
    if folder is None:
        return Surroundings(waived=True)
    return Surroundings(f"{_ROOT}/{folder}".rstrip("/"), _ROOT, waived=True)
