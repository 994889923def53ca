"""What ships, held against each other: bundle and packs against the words of the snapshot, offerings against theirs.

In: the root of the repository. Out: rows under the keys of `load.held`, and nothing about whatever has a mistake or is
another when it was checked than it was written.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import UnsetType

from vendorgate.errors import Problem
from vendorgate.load.asked_offerings import AskedOfferings
from vendorgate.load.bundle import check_bundle
from vendorgate.load.bundle_files import OUTLINE_OF_TESTS, BundleFiles, read_bundle
from vendorgate.load.decode import decode
from vendorgate.load.document import read_document
from vendorgate.load.files import Folder, sha256
from vendorgate.load.held import (
    key_of_bundle,
    key_of_index,
    key_of_offering,
    key_of_tests,
    rows_of_cells,
    rows_of_policies,
)
from vendorgate.load.packs import PackChoice
from vendorgate.load.parsed import Rows
from vendorgate.load.snapshot import Index, read_index
from vendorgate.logic import Json, Node, parse
from vendorgate.model.policy import FiledTestsOutline, Policy, PolicyOutline
from vendorgate.model.registry import Offering

Kept = tuple[bytes, Rows]


def held_content(root: Path) -> Iterator[Kept]:
    """Rows of the index, of each bundle that ships, and of each offering."""
    problems: list[Problem] = []
    index = read_index(Folder(str(root / "registry-snapshot"), "registry-snapshot"), problems)
    if index is None or index.index_sha256 is None or problems:
        return
    for path in sorted((root / "policies").rglob("*.test.yaml")):
        if _is_file_of_tests(path.read_bytes()):
            yield key_of_tests(sha256(path.read_bytes())), ()
    yield key_of_index(index.index_sha256, index.sha256), ()
    words, every = f"{index.sha256} {index.index_sha256}", dict[bytes, Rows]()
    for choice in choices(Folder(str(root / "policies"), "policies")):
        held = _held(index, choice)
        if held is not None:
            files, policies, offerings = held
            if offerings == (every or offerings):
                every = offerings
                yield key_of_bundle(files.sha256, words), policies
    yield from every.items()


def _is_file_of_tests(data: bytes) -> bool:
    problems: list[Problem] = []
    document = read_document("", data, problems, OUTLINE_OF_TESTS.leave_out)
    return document is not None and decode(document, FiledTestsOutline, problems) is not None and not problems


def choices(library: Folder) -> Iterator[PackChoice]:
    """What is in force where nobody asks for a pack, where somebody asks for an optional one, and for all of them."""
    files = read_bundle(library, [], PackChoice((), library))
    assert files is not None
    yield PackChoice((), library)
    for pack in files.settings.optional_packs:
        yield PackChoice((pack,), library)
    yield PackChoice((), library, "everything")


def _held(index: Index, choice: PackChoice) -> tuple[BundleFiles, Rows, dict[bytes, Rows]] | None:
    """A bundle with the rows of its policies, and those of all offerings by their key; None where anything is wrong."""
    assert choice.library is not None
    problems: list[Problem] = []
    files = read_bundle(choice.library, problems, choice)
    if files is None or files.overlays is not None:
        return None
    # Of words without a digest nothing is kept: all rules are checked.
    asked = AskedOfferings(msgspec.structs.replace(index, index_sha256=None))
    policies = check_bundle(files, asked.lexicon, problems, as_written=True).policies
    asked.parse(index.ids, asked.words(files), problems)
    if problems or asked.unread or asked.valid.keys() != index.ids:
        return None
    entries = [entry for written, _ in files.policies for entry in written.policies]
    if not all(_policy_is_as_written(*pair) for pair in zip(entries, policies, strict=True)):
        return None
    if not all(map(_offering_is_as_written, asked.valid.values())):
        return None
    offerings = {
        key_of_offering(index.digests[id]): rows_of_cells(one.cells.values(), one.settings_read)
        for id, one in asked.valid.items()
    }
    return files, rows_of_policies(policies), offerings


def _policy_is_as_written(entry: PolicyOutline, policy: Policy) -> bool:
    """Whether a policy judges by its rules as they stand in the file."""
    stated = [] if isinstance(entry.when, UnsetType) else [entry.when]
    stated += [one["that"] if isinstance(one, dict) and "that" in one else one for one in entry.require]
    return all(_is_as_written(*pair) for pair in zip(policy.rules, stated, strict=True))


def _offering_is_as_written(offering: Offering) -> bool:
    """Whether its cells are as they stand in the file, conditions and scopes included."""
    written = offering.written.dimensions
    cells = [(cell, written[cell.dimension]) for cell in offering.cells.values()]
    return all(
        stated is not None
        and shown(cell.written) == shown(stated)
        and cell.agreement is None
        and all(
            _is_as_written(condition.tree, rule)
            for condition, rule in zip(cell.conditions, stated.conditions or (), strict=True)
        )
        for cell, stated in cells
    )


def _is_as_written(tree: Node, rule: Json) -> bool:
    return shown(tree) == shown(parse(rule))


def shown(value: object) -> str:
    """A value with its types: 1, 1.0 and true are equal in Python."""
    return repr(value)
