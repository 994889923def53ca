"""What ships, held against each other when the package was built: what asking again would come to.

In: a bundle, the words of a snapshot, the file of an offering, each known by its SHA-256. Out: rows of what their rules
ask for, or nothing, where they have to be checked. Rows are kept only of what was found without any mistake, and whose
rules judge as they are written, to the letter: a rule that a check would change is checked each time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, cast

from msgspec import UnsetType

from ..logic import Json, parse
from ..model.policy import Policy, PolicyFileOutline, PolicyOutline, Requirement
from ..model.registry import Cell, CellCondition, CellFile
from ..model.vocabulary import Dimension
from ..source import Source
from .parsed import Rows, shipped_values
from .written_policies import Asking, policy_of

if TYPE_CHECKING:
    from ..model.policy_file import PolicyFile


def key_of_bundle(sha256: str, words: str) -> bytes:
    """Under what the rows of the policies of a bundle are kept, that were held against the words of a snapshot."""
    return f"bundle {sha256} {words}".encode()


def key_of_offering(sha256: str) -> bytes:
    """Under what the rows of an offering are kept."""
    return f"offering {sha256}".encode()


def key_of_tests(sha256: str) -> bytes:
    """Under what it is kept that a file of tests is one."""
    return f"tests {sha256}".encode()


def key_of_index(sha256: str, snapshot: str) -> bytes:
    """Under what it is kept that an index is of a snapshot, in which nothing is wrong."""
    return f"index {sha256} {snapshot}".encode()


def rows_of_bundle(sha256: str, words: str | None) -> Rows | None:
    """What the policies of a bundle ask for, each in a row, that were found without a mistake.

    So were then the offerings of the snapshot, by the words of this bundle.
    """
    return None if words is None else shipped_values().rows(key_of_bundle(sha256, words))


def rows_of_offering(sha256: str) -> Rows | None:
    """The settings that an offering reads, then the cells with conditions: the dimension, what it needs and reads."""
    return shipped_values().rows(key_of_offering(sha256))


def is_file_of_tests(sha256: str) -> bool:
    """Whether a file is known to have tests, and no policy."""
    return shipped_values().rows(key_of_tests(sha256)) is not None


def is_index_of(sha256: str, snapshot: str) -> bool:
    """Whether an index is known to be of a snapshot, in which nothing is wrong."""
    return shipped_values().rows(key_of_index(sha256, snapshot)) is not None


def policies_from_rows(
    files: Iterable[tuple[PolicyFile | PolicyFileOutline, Source]], rows: Rows
) -> list[Policy] | None:
    """The policies of files in their order; None where the files have tests, which nobody has looked at.

    Each finds its row by its id: the same files come in another order where a pack of them is of the library.
    """
    written = [(entry, (source, index)) for file, source in files for index, entry in enumerate(file.policies)]
    asked = {id: asking for (id,), *asking in rows}
    if asked.keys() != {entry.id for entry, _ in written} or len(written) != len(rows):
        return None
    if any(type(entry) is not PolicyOutline for entry, _ in written):
        return None
    return [
        policy_of(
            entry,
            place,
            None if isinstance(entry.when, UnsetType) else parse(entry.when),
            tuple([_requirement(rule, position) for position, rule in enumerate(entry.require)]),
            _asking(*asked[entry.id]),
        )
        for entry, place in written
    ]


def _asking(
    dimensions: tuple[str, ...], settings: tuple[str, ...], attributes: tuple[str, ...], facts: tuple[str, ...]
) -> Asking:
    return Asking(cast("tuple[Dimension, ...]", dimensions), frozenset(settings), frozenset(attributes), facts)


def rows_of_policies(policies: Iterable[Policy]) -> Rows:
    """What policies ask for, each in a row that begins with its id."""
    return tuple(
        (
            (one.id,),
            one.dimensions,
            tuple(sorted(one.settings_read)),
            tuple(sorted(one.attributes_read)),
            one.facts_read,
        )
        for one in policies
    )


def _requirement(written: Json, index: int) -> Requirement:
    if not isinstance(written, dict) or "that" not in written:
        return Requirement(written, parse(written), None, index, ("require", index))
    message = written.get("message")
    rule = written["that"]
    place = ("require", index, "that")
    return Requirement(rule, parse(rule), message if isinstance(message, str) else None, index, place)


def cells_from_rows(
    stated: Mapping[Dimension, CellFile | None], source: Source, rows: Rows
) -> tuple[dict[str, Cell], frozenset[str]]:
    """The cells of an offering of the registry, and the settings that their conditions read."""
    (settings,), *with_conditions = rows
    asking = {dimension: (needs, reads) for (dimension,), needs, reads in with_conditions}
    found = dict[str, Cell]()
    for dimension, cell in stated.items():
        if cell is not None:
            needs, reads = asking.get(dimension, ((), ()))
            conditions = tuple([CellCondition(parse(rule), index) for index, rule in enumerate(cell.conditions or ())])
            found[dimension] = Cell(
                dimension,
                cell,
                conditions,
                cast("tuple[Dimension, ...]", needs),
                "registry",
                source,
                None,
                reads,
            )
    return found, frozenset(settings)


def rows_of_cells(cells: Iterable[Cell], settings: Iterable[str]) -> Rows:
    """The settings that an offering reads, then its cells with conditions."""
    asking = (((one.dimension,), one.needs, one.facts_read) for one in cells if one.conditions)
    return ((tuple(sorted(settings)),), *asking)
