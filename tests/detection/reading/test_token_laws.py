"""What holds of the readers of tokens, whatever they are given: an answer or a reason, in time in proportion to it."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.load.test_linear import assert_in_proportion
from tests.thoroughness import pairs, thorough
from vendorgate.detection.code import Assignment, Call, Code, Function, Import, Place, Written
from vendorgate.detection.reading.unreadable import Unreadable

Placed: TypeAlias = Assignment | Call | Function | Import | Written
LANGUAGES = ("go", "java", "kotlin", "csharp", "ruby", "rust", "php")
READERS: dict[str, Callable[[str], Code]] = {
    name: importlib.import_module(f"vendorgate.detection.reading.{name}").read for name in LANGUAGES
}
MARKS = (
    r"""
( ) [ ] { } < > , ; : :: . ?. .. ... => -> == = := += ||= ??= + - * / % ! ? ?? ?: || | && & ` ' " \ // /* */ # #[ @ $ 1
.5 0x <<~A <<<A $" @" """
    '"""'
    r""" r#" ${ #{ $a {$ ?> <?php %w["""
)
WORDS = """
a b.c this self new await func fn fun def function class enum impl for struct type const let val var import use using
package from as is in if else unless switch match when case default return try catch rescue do end then begin 'm'
ENV['A'] os.Getenv("A") env!("A") System.getenv("A") vec![ json!({ @Value("${a:b}") a: :a a! a? A.new puts"""
PIECES = (
    *MARKS.split(),
    *WORDS.split(),
    " ",
    "\n",
    "A\n",
    "A;\n",
    "\r\n",
    "\u00e9",
    "\u2028",
    "\ud800",
    "\0",
    "\u00b2",
)


def read_or_not(language: str, text: str) -> Code | None:
    try:
        return READERS[language]("<?php " + text if language == "php" else text)
    except Unreadable:
        return None


@given(st.sampled_from(LANGUAGES), st.lists(st.sampled_from(PIECES), max_size=60), st.sampled_from(("", " ")))
def test_every_text_gives_an_answer(language: str, pieces: list[str], between: str) -> None:
    read_or_not(language, between.join(pieces))


@given(st.sampled_from(LANGUAGES), st.text(max_size=200))
def test_every_text_of_any_characters_gives_an_answer(language: str, text: str) -> None:
    read_or_not(language, text)


@given(st.sampled_from(LANGUAGES), st.lists(st.sampled_from(PIECES), max_size=60))
def test_every_place_is_in_the_text(language: str, pieces: list[str]) -> None:
    text = " ".join(pieces)
    code = read_or_not(language, text)
    if code is not None:
        lines = ("<?php " + text if language == "php" else text).split("\n")
        written: tuple[Placed, ...] = (*code.calls, *code.assignments, *code.literals, *code.functions, *code.imports)
        places: list[Place] = [one.place for one in written]
        for place in (*places, *(place for _, place in code.environment)):
            assert 1 <= place.line <= len(lines)
            assert 1 <= place.column <= len(lines[place.line - 1]) + 1


UNITS = (
    r"""( ) [ ] { } < ` / ' " \ /* /*/ """
    '"""'
    r""" ${ #{ "#{ "${ $"{ a< a<b, a<b<c>, a( a[ a{ a.b() .b() a. a+ 'a'+ a?b: a= a,
a_ a_b_ a:_ |a a_=>_ a_->_ if_ if_x_{ else_ def_a| a_do| end| class_A_ class_A_{ case_a: fn_a( func_a( new_A{ use_a::{
use_a::{b, import_( return_ match_a_{_b_=>_ ENV['A']_||_ getenv('A')_?:_ #[a( @a( <<~A_ <<~A| <<<A| %w[ %r{ x_/a r#"
{"$a "#{<<A}| //_a #_a| a_+=_b| a_if_b| vec![ format!( a.new_ let_Some(a)_=_b_else_{ String.format("%s puts_a,_"""
)
"""What is repeated; a blank and a line's end stand as `_` and `|`."""


def repeated(unit: str, size: int) -> str:
    written = unit.replace("_", " ").replace("|", "\n") if len(unit) > 1 else unit
    return written * (size // len(written))


def tried() -> list[tuple[str, str]]:
    """Each unit with two of the languages, which take turns; with all of them in a thorough run."""
    units = [*UNITS.split(), "\0", "\u00b2\u00e9"]
    turns = LANGUAGES if thorough() else LANGUAGES[:2]
    every = len(LANGUAGES)
    return [
        (LANGUAGES[(index + 3 * turn) % every], unit) for index, unit in enumerate(units) for turn in range(len(turns))
    ]


@pytest.mark.parametrize(("language", "unit"), tried())
def test_time_is_in_proportion_to_the_text(language: str, unit: str) -> None:
    assert_in_proportion(lambda size: lambda: read_or_not(language, repeated(unit, size)), 500)


@pytest.mark.parametrize(("language", "unit"), pairs(LANGUAGES, ["(", "f()."], of=2))
def test_a_million_of_one_thing_is_read_or_refused(language: str, unit: str) -> None:
    read_or_not(language, repeated(unit, 1_000_000))


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_heredocs_cost_no_more_the_more_there_are(language: str) -> None:
    def many(size: int) -> str:
        return "".join(f"<<~A{index}\n<<<B{index}\n" for index in range(size // 16))

    assert_in_proportion(lambda size: lambda: read_or_not(language, many(size)), 1_500)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_deep_is_read(language: str) -> None:
    depth = 20_000 if thorough() else 5_000
    code = read_or_not(language, "f(" * depth + 'ENV["A"].g(h("x"))' + ")" * depth)
    assert code is not None
    assert any(one.path[-1] == "h" for one in code.calls)
    assert [one.value for one in code.literals if one.value == "x"] == ["x"]


def test_more_than_a_reader_takes_is_refused_with_the_reason() -> None:
    with pytest.raises(Unreadable, match="more than 75,000 brackets"):
        READERS["java"]("(" * 75_001)
    with pytest.raises(Unreadable, match="more than 250,000 words and signs"):
        READERS["java"]("a;" * 125_001)
