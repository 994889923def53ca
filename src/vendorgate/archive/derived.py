"""What of a pack follows from an evaluation: reports, cells, the handbook, what it says of itself.

In: an evaluation, how each is rendered. Out: members still to be rendered. Whoever packs writes them, and whoever
verifies holds them against those that are there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, Union

import msgspec

from ..model.evaluation import Evaluation
from ..report.cited_cells import cells_csv, cells_json
from .about import README, VERIFY, readme, verify_page
from .document import MemberKind, Packing
from .members import Planned

RenderedReport = Union[str, bytes]
REPORT: Final = "reports/report.json"
"""The report that is verified like any other."""
_ENDINGS: Final[Mapping[str, str]] = {
    "text": "txt",
    "markdown": "md",
    "junit": "junit.xml",
    "github": "github.txt",
    "gitlab": "gitlab.json",
    "oscal": "oscal.json",
    "intoto": "intoto.json",
    "cyclonedx": "cdx.json",
}
"""Of the files of formats that are not named as files of theirs end."""


class Attached(msgspec.Struct, frozen=True):
    """Something else that follows from the same inputs, and lies beside the reports."""

    name: str
    kind: MemberKind
    render: Callable[[Evaluation], RenderedReport]


class Renderers(msgspec.Struct, frozen=True):
    """What renders an evaluation, for people and programs that read packs."""

    reports: Mapping[str, Callable[[Evaluation], RenderedReport]]
    """By format."""
    attached: tuple[Attached, ...] = ()


def report_name(format: str) -> str:
    """The member that is a report in a format."""
    return f"reports/report.{_ENDINGS.get(format, format)}"


def derived_members(
    evaluation: Evaluation, packing: Packing, renderers: Renderers, inputs: Iterable[str]
) -> Iterator[Planned]:
    """Everything in a pack that is no input; `inputs` are the names of those."""
    made: dict[str, tuple[MemberKind, Callable[[Evaluation], RenderedReport]]] = {
        "evidence/cells.json": ("evidence", cells_json),
        "evidence/cells.csv": ("evidence", cells_csv),
        VERIFY: ("about", lambda judged: verify_page(judged, packing)),
        **{report_name(format): ("report", render) for format, render in renderers.reports.items()},
        **{one.name: (one.kind, one.render) for one in renderers.attached},
    }
    names = (*inputs, *made)
    made[README] = ("about", lambda judged: readme(judged, names))
    for name, (kind, render) in made.items():
        yield Planned(name, kind, _rendered(render, evaluation))


def _rendered(render: Callable[[Evaluation], RenderedReport], evaluation: Evaluation) -> Callable[[], bytes]:
    def content() -> bytes:
        found = render(evaluation)
        return found if isinstance(found, bytes) else found.encode("utf-8", "backslashreplace")

    return content
