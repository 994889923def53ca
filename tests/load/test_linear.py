"""What an input can hold costs time in proportion to its size: eight times as much takes not nearly 64 times as long.

The bound is generous, because other work on the machine is measured, too: proportion is 8, a square is 64.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.command import vendorgate
from tests.test_malformed import COMMAND, GOOD
from vendorgate.load.document import read_document
from vendorgate.load.files import JUDGING
from vendorgate.load.scalars import Ambiguous, resolve
from vendorgate.logic.functions import is_disjoint, is_subset
from vendorgate.logic.values import parse_float, to_number
from vendorgate.source import Source

MOST = 28


def seconds(work: Callable[[], object], enough: float = 0) -> float:
    """Of the processor, at its least disturbed of three times, or of fewer where one took less than is enough."""
    found: list[float] = []
    while len(found) < 3 and min(found, default=enough) >= enough:
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def assert_in_proportion(work: Callable[[int], Callable[[], object]], size: int) -> None:
    small = seconds(work(size))
    most = MOST * max(small, 0.0005)
    large = seconds(work(8 * size), enough=most)
    assert large < most, (small, large)


def resolved(text: str) -> object:
    try:
        return resolve(text)
    except Ambiguous as error:
        return error


NUMBERS: dict[str, Callable[[int], str]] = {
    "digits": lambda size: "1" * size + "x",
    "digits and lines": lambda size: "1_" * (size // 2) + "x",
    "a fraction": lambda size: "1." + "1" * size + "x",
    "a fraction without a whole": lambda size: "." + "1" * size + "x",
    "an exponent": lambda size: "1e" + "1" * size + "x",
    "minutes": lambda size: "1" + ":10" * (size // 3) + "x",
    "hexadecimal": lambda size: "0x" + "1" * size + "x",
    "binary": lambda size: "0b" + "1" * size + "x",
    "a number": lambda size: "0." + "1" * size,
    "zeros": lambda size: "0" * size + "1.",
    "white space": lambda size: "1" + " " * size + "1",
}


@pytest.mark.parametrize("shape", NUMBERS)
@pytest.mark.parametrize("read", [resolved, to_number, parse_float])
def test_what_looks_like_a_number_is_looked_at_once(shape: str, read: Callable[[str], object]) -> None:
    def work(size: int) -> Callable[[], object]:
        text = NUMBERS[shape](size)
        return lambda: read(text)

    assert_in_proportion(work, 4_000)


DOCUMENTS: dict[str, Callable[[int], str]] = {
    "a number that is none": lambda size: "a: " + "1" * size + "x",
    "numbers that are none": lambda size: "".join(f"- {'1' * 9_000}x\n" for _ in range(size // 9_000)),
    "words of one line with tabs": lambda size: "a: [" + "b,\t" * (size // 3) + "]",
    "words of one line behind a tab": lambda size: " \t[" + "b, " * (size // 3) + "]",
    "one line of spaces": lambda size: "a:\n" + " " * size + "b: 1",
    "lines": lambda size: "a:\n" + "\n" * size + "  b: 1",
    "comments": lambda size: "# b\n" * (size // 4) + "a: 1",
    "keys": lambda size: "".join(f"k{index}: 1\n" for index in range(size // 9)),
    "one key": lambda size: "k: 1\n" * (size // 5),
    "anchors": lambda size: "".join(f"- &a{index} b\n" for index in range(size // 12)),
    "aliases": lambda size: "a: &a b\nc: [" + "*a, " * (size // 4) + "]",
    "aliases of a long text": lambda size: f"a: &a {'b' * 9_000}\nc: [" + "*a, " * (size // 4) + "]",
    "a quoted text": lambda size: 'a: "' + "\\x41" * (size // 4) + '"',
    "a folded text": lambda size: "a: >\n" + "  b\n" * (size // 4),
    "a plain text of many lines": lambda size: "a: b\n" + "  b\n" * (size // 4),
    "brackets": lambda size: "[" * size,
    "dashes": lambda size: "- " * (size // 2),
    "colons": lambda size: ": " * (size // 2),
    "question marks": lambda size: "? " * (size // 2),
    "mappings in a list": lambda size: "- {a: b}\n" * (size // 9),
    "what is not looked at": lambda size: "tests: [" + "{a: 1}, " * (size // 8) + "]",
    "a word that is not closed": lambda size: "a: 'b" + "''" * (size // 2),
    "percent signs": lambda size: "%" * size,
    "carriage returns": lambda size: "a: 1\r\n" + "\r\n" * (size // 2),
}


@pytest.mark.parametrize("shape", DOCUMENTS)
def test_document_is_read_once(shape: str) -> None:
    def work(size: int) -> Callable[[], object]:
        data = DOCUMENTS[shape](size).encode()
        return lambda: read_document("a.yaml", data, [], frozenset(("tests",)), limits=JUDGING)

    assert_in_proportion(work, 36_000)


@pytest.mark.parametrize("relate", [is_subset, is_disjoint])
def test_lists_are_related_by_one_look_at_each(relate: Callable[[list[str], list[str]], bool]) -> None:
    def work(size: int) -> Callable[[], object]:
        one, other = [f"a{index}" for index in range(size)], [f"b{index}" for index in range(size)]
        return lambda: relate(one if relate is is_subset else other, [*other, *one] if relate is is_subset else one)

    assert_in_proportion(work, 2_000)


def test_places_are_found_without_a_walk_over_all_keys() -> None:
    def work(size: int) -> Callable[[], object]:
        document = read_document("a.yaml", "".join(f"k{index}: 1\n" for index in range(size)).encode(), [])
        assert document is not None
        compose = document.source._compose

        def locate_all() -> None:
            source = Source("a.yaml", document.source.text, compose)
            for index in range(size):
                assert source.locate((f"k{index}",)).line == index + 1

        return locate_all

    assert_in_proportion(work, 500)


HEAD = "version: 1\nproject: p\nusages:\n"
OFFERING = "id: beta\nname: B\ndeveloper: B\nplatform: B\ncategory: first_party\ndimensions: {}\n"


def usage(more: str, id: int = 0) -> str:
    return f"  - {{id: u{id}, offering: beta, data: [pii], {more}}}\n"


def names(form: str, count: int) -> str:
    return "[" + ", ".join(form.format(index) for index in range(count)) + "]"


def entries(form: str, count: int) -> str:
    return "".join(f"  - {{{form.format(index)}}}\n" for index in range(count))


AGREEMENT = "kind: dpa, offerings: ['a{0}*'], status: executed, signed: 2026-01-01"
WAIVER = "policy: 'q{0}*', project: p, reason: R, approved_by: c, expires: 2027-01-01"
CHECKS: dict[str, Callable[[int], tuple[str, str]]] = {
    "usages": lambda size: ("vendorgate.yaml", HEAD + "".join(usage("purpose: x", at) for at in range(size // 10))),
    "models": lambda size: ("vendorgate.yaml", HEAD + usage(f"models: {names('m-{}', size)}")),
    "settings": lambda size: ("vendorgate.yaml", HEAD + usage(f"settings: {{{names('s{}: 1', size)[1:-1]}}}")),
    "data classes that do not exist": lambda size: (
        "vendorgate.yaml",
        f"{HEAD}  - {{id: u, offering: beta, data: {names('q{}', size)}}}\n",
    ),
    "agreements": lambda size: (
        "policies/agreements.yaml",
        "version: 1\nagreements:\n" + entries(AGREEMENT, size // 5),
    ),
    "waivers": lambda size: ("policies/waivers.yaml", "version: 1\nwaivers:\n" + entries(WAIVER, size // 5)),
    "policies of one id": lambda size: (
        "policies/policy.yaml",
        "version: 1\npolicies:\n" + entries("id: p, title: '{0}', require: [{{covered: soc2_type2}}]", size // 5),
    ),
    "names of an offering, and what they imply": lambda size: (
        "registry/offerings/beta.yaml",
        f"{OFFERING}endpoints: {names('e{}', size)}\nimplies:\n"
        + entries("endpoints: [e{0}], set: {{lifecycle: preview}}", size // 2),
    ),
}


@pytest.mark.parametrize("shape", CHECKS)
def test_check_takes_time_in_proportion_to_its_inputs(shape: str, tmp_path: Path) -> None:
    def work(size: int) -> Callable[[], object]:
        folder = tmp_path / str(size)
        shutil.copytree(GOOD, folder)
        (folder / "vendorgate.yaml").write_text(HEAD + usage("purpose: x"), encoding="utf-8")
        (folder / "registry" / "offerings" / "beta.yaml").write_text(OFFERING, encoding="utf-8")
        name, text = CHECKS[shape](size)
        (folder / name).write_text(text, encoding="utf-8")

        def check() -> None:
            assert vendorgate(*COMMAND, folder=folder).code in (0, 1, 2)

        return check

    assert_in_proportion(work, 1_000)
