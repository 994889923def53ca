"""The two readers of scripts say the same: by the grammar of tree-sitter, and by tokens."""

from __future__ import annotations

import sys

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.detection.reading import test_javascript as tables
from tests.detection.reading.test_javascript_laws import SAMPLE, repeated
from vendorgate.detection.code import Code
from vendorgate.detection.reading.javascript import by_tokens, read
from vendorgate.detection.reading.javascript.tree import read as by_grammar

SOURCES = {
    **{name: one[0] for table in (tables.VALUES, tables.ENVIRONMENT, tables.IMPORTS) for name, one in table.items()},
    **{name: one[0] for table in (tables.ASSIGNMENTS, tables.CALLS, tables.LITERALS) for name, one in table.items()},
    **{name: one[0] for name, one in tables.FUNCTIONS.items()},
    **tables.CONDITIONAL,
    **{f"environment {name}": source for name, source in tables.OTHERWISE.items()},
    "sample": SAMPLE,
    "characters of several bytes": "f('é\U0001f600', `日${a}本`); /* ü */ g('x'); const { ñ: π } = ø.å",
}
REFUSED = {
    "text that is not closed",
    "ternary with numbers",
    "after what nobody understands",
    "template with an empty part",
    "call that is not null",
}
"""What the grammar does not take as a whole."""


def same(source: str, *, jsx: bool = True) -> bool:
    """Whether both say the same, or the grammar says nothing."""
    exact = by_grammar(source, jsx=jsx)
    if exact is None:
        return False
    assert exact.exact
    assert exact == msgspec.structs.replace(by_tokens(source, jsx=jsx), exact=True)
    return True


@pytest.mark.parametrize("name", SOURCES)
def test_both_say_the_same(name: str) -> None:
    assert same(SOURCES[name]) is (name not in REFUSED)


def test_both_say_the_same_of_casts_and_generics() -> None:
    assert same("const a = <T>(b: T) => f<T>(b); const c = <any>g<A<B>>(1)", jsx=False)


NAMES = st.sampled_from(("a", "b", "client", "OpenAI", "baseURL", "this.c", "process.env.KEY", "a.b.c", "models[0]"))
SIMPLE = st.one_of(
    NAMES,
    st.sampled_from(('"t"', "'https://a.example/v1'", "`a`", "1", "-2.5", "true", "null", "undefined", '/[/"]/g')),
)
PATTERNS = ("a", "{ a, b: c }", "{ a = 1, ...b }", "[a, , b]", "{ a: { b } }", "[{ a }]")


def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Expressions out of expressions."""
    two = st.tuples(inner, inner)
    names = st.sampled_from(("a", "'b-c'", "model", "get", "default", "3"))
    entries = st.lists(
        st.one_of(
            st.tuples(names, inner).map(lambda pair: f"{pair[0]}: {pair[1]}"),
            inner.map(lambda one: f"...({one})"),
            inner.map(lambda one: f"[{one}]: 1"),
            inner.map(lambda one: f"async m() {{ return {one} }}"),
            st.sampled_from(("a", "b")),
        ),
        max_size=3,
    )
    return st.one_of(
        st.tuples(inner, st.sampled_from(("+", "||", "??", "&&", "===", "*", "<", "in")), inner).map(
            lambda parts: f"({parts[0]}) {parts[1]} ({parts[2]})"
        ),
        st.tuples(NAMES, st.lists(inner, max_size=3)).map(lambda call: f"{call[0]}({', '.join(call[1])})"),
        st.tuples(NAMES, inner).map(lambda call: f"new {call[0]}({call[1]}).d?.e({call[1]})"),
        two.map(lambda pair: f"({pair[0]}).f(...{pair[1]})"),
        two.map(lambda pair: f"a ? {pair[0]} : {pair[1]}"),
        entries.map(lambda found: f"{{ {', '.join(found)} }}"),
        st.lists(inner, max_size=3).map(lambda found: f"[{', '.join(found)}]"),
        two.map(lambda pair: f"`a${{{pair[0]}}}b\\n${{{pair[1]}}}`"),
        inner.map(lambda one: f"(await ({one})).g"),
        inner.map(lambda one: f"(({one}) as A<B> | 'c')!"),
        inner.map(lambda one: f"async ({{ a, b: c = {one} }}: D, ...e) => {one if one[0] != '{' else 'a'}"),
        inner.map(lambda one: f"function (a = 1) {{ return {one} }}"),
        inner.map(lambda one: f"<A b='c' d={{{one}}} {{...e}}>it's {{{one}}} <B/></A>"),
        inner.map(lambda one: f"a = b.c ??= {one}"),
        st.tuples(NAMES, inner).map(lambda pair: f"(await import('m')).n[{pair[1]}].o"),
    )


EXPRESSIONS = st.recursive(SIMPLE, grown, max_leaves=6)
TEMPLATES = (
    "const {pattern} = {value};",
    "export const x: A<B, C> = {value}\n",
    "let y = {value}, z;",
    "this.d.e = {value};",
    "if ({value}) {{ x = {value} }} else return {value}",
    "for (const {pattern} of {value}) {{ f({value}) }}",
    "switch ({value}) {{ case 1: f({value}); default: g() }}",
    "try {{ throw {value} }} catch (e) {{ f({value}) }} finally {{ g() }}",
    "function f(a: B = {value}, {{ c, d = {value} }}): E | null {{ return {value} }}",
    "class A<T> extends B<T> implements C {{ @D() e?: F = {value}; static g({pattern}) {{ this.h = {value} }} }}",
    "export default {value};",
    "enum A {{ b = {value}, c }}",
    "while ({value}) f({value})",
    "type A = B extends C ? {{ d: 'e' }} : never; interface F {{ g(): 'h' }}",
    "a: for (;;) {{ break a }}",
    "module.exports = {value};",
)
STATEMENTS = st.builds(
    lambda template, pattern, value: template.format(pattern=pattern, value=value),
    st.sampled_from(TEMPLATES),
    st.sampled_from(PATTERNS),
    EXPRESSIONS,
)


@given(st.lists(STATEMENTS, min_size=1, max_size=4).map("\n".join))
def test_both_say_the_same_of_programs(source: str) -> None:
    same(source)


@pytest.mark.parametrize("unit", ["a<b,", "'", "`${`", "type A=", "x=>", "<a b={", "f()", "(a):"])
def test_what_takes_the_grammar_long_is_left_to_the_tokens(unit: str) -> None:
    assert by_grammar(repeated(unit, 60_000), jsx=True) is None


def test_what_is_large_is_left_to_the_tokens() -> None:
    assert by_grammar("f();\n" * 20_000, jsx=True) is None


def test_chain_of_any_length_is_read() -> None:
    assert same("client()" + ".completions(argument)\n" * 2_000)


def test_grammar_is_used_where_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read("f()").exact
    monkeypatch.setitem(sys.modules, "vendorgate.detection.reading.javascript.tree", None)
    assert read("f()") == msgspec.structs.replace(by_tokens("f()", jsx=True), exact=False)


def test_what_the_grammar_refuses_is_read_by_tokens() -> None:
    code: Code = read("f( ; g()")
    assert not code.exact
    assert [call.path for call in code.calls] == [("f",), ("g",)]
