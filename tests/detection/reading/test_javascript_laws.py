"""What holds of the reader of scripts, whatever it is given: an answer or a reason, in time in proportion to it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.detection.reading.said import assignments, calls, imports, literals, variables
from tests.load.test_linear import assert_in_proportion
from tests.thoroughness import share, thorough
from vendorgate.detection.code import Code
from vendorgate.detection.reading.javascript import by_tokens
from vendorgate.detection.reading.javascript import read as read_file
from vendorgate.detection.reading.unreadable import Unreadable


def read_text(text: str) -> Code:
    return by_tokens(text, jsx=True)


MARKS = "( ) [ ] { } < > , ; : . ?. ... => = == === + - * / ! ? ?? || && ` ${ ' \" \\ // /* */ # @ $ 1 .5 0x"
WORDS = """\
a b.c this new await async function class extends const let import from export default as satisfies type interface enum
if else for of in switch case return try catch require('m') process.env.A <a> </a> <b/> <c d=\"e\" {f} `g` 'h' /i/"""
PIECES = (*MARKS.split(), *WORDS.split(), " ", "\n", "\r\n", "\u00e9", "\u2028", "\ud800", "\0")


def read_or_not(text: str, path: str = "a.tsx") -> Code | None:
    try:
        return read_file(text, path)
    except Unreadable:
        return None


@given(
    st.lists(st.sampled_from(PIECES), max_size=60),
    st.sampled_from(("", " ")),
    st.sampled_from(("a.ts", "a.tsx", "a.vue")),
)
def test_every_text_gives_an_answer(pieces: list[str], between: str, path: str) -> None:
    read_or_not(between.join(pieces), path)


@settings(max_examples=share(200))
@given(st.text(max_size=200))
def test_every_text_of_any_characters_gives_an_answer(text: str) -> None:
    read_or_not(text)


UNITS = [
    *(
        "(",
        ")",
        "[",
        "{",
        "}",
        "<",
        "`",
        "/",
        "'",
        "\\",
        "/*",
        "${",
        "`${",
        "<a ",
        "<a>",
        "<a b={",
        "<>",
        "x=>",
        "a=",
        "a?",
    ),
    *(
        "f().",
        "()()",
        "new ",
        "!",
        "a||",
        '"a"+',
        "import a,",
        "export {a,",
        "const {a:",
        "const [",
        "class{",
        "a<",
        "a<b,",
    ),
    *(
        "(a):",
        "a as ",
        "type A=|",
        "type A = B extends C ? ",
        "function f(",
        "if(a)",
        "else ",
        "{...{",
        "/[/[",
        "=/[",
        "=/a",
    ),
    *(
        "process.env.A||",
        "a[",
        "a`b`",
        "`a${b}",
        "<T,>(",
        "export default ",
        "switch(a){case 1:",
        "x={a:",
        "{a(){",
        "(a,b)=>{",
    ),
    *(
        "class A{a(){",
        "function f(a=",
        "a?b:",
        "({a}={",
        "x=process.env.A??(",
        "import ",
        "@a",
        "<script ",
        "---\n",
        "<!--",
    ),
]


def repeated(unit: str, size: int) -> str:
    text = unit * (size // len(unit))
    return "\n".join(text[at : at + 400] for at in range(0, len(text), 400))


@pytest.mark.parametrize("unit", UNITS)
def test_time_is_in_proportion_to_the_text(unit: str) -> None:
    path = "a.vue" if unit in {"<script ", "---\n", "<!--"} else "a.tsx"
    assert_in_proportion(lambda size: lambda: read_or_not(repeated(unit, size), path), 1_500 if thorough() else 750)


@pytest.mark.parametrize("unit", ["(", "{", "`", "/", "(a):", "f().", "'a\n"])
def test_a_million_of_one_thing_is_read_or_refused(unit: str) -> None:
    read_or_not(repeated(unit, 1_000_000), "a.ts")


def test_what_nests_in_blocks_is_read_however_deep() -> None:
    code = read_text("{\n" * 100_000 + "f()" + "}" * 100_000)
    assert calls(code) == ["f()"]


def test_what_nests_in_an_expression_beyond_reason_is_refused() -> None:
    with pytest.raises(Unreadable, match="nested too deeply"):
        read_text("[\n" * 100_000)


def test_values_nest_no_deeper_than_is_read() -> None:
    code = read_text("x = " + "[" * 60 + "f()" + "]" * 60)
    assert calls(code) == ["f()"]
    assert 30 < assignments(code)[0].count("[") < 60


def test_chain_of_any_length_is_read() -> None:
    code = read_text("a()" + ".b()\n" * 5_000)
    assert len(code.calls) == 5_001


SAMPLE = """\
import OpenAI, { AzureOpenAI as Azure } from "openai";
const { config } = require("./config");
const MODELS = { fast: "gpt-5-mini", smart: `gpt-5` };
class Service {
  client = new OpenAI({ apiKey: process.env.KEY, baseURL: config.url ?? "https://a.example/v1" });
  async chat(messages, model = MODELS.fast) {
    if (messages.length) {
      const answer = await this.client.chat.completions.create({ model, messages, store: false });
      return answer.choices[0].message;
    }
    const { data: [first] } = await fetch(`${config.url}/chat`, { method: "POST" }).then((r) => r.json());
    return first ? first / 2 : new Azure().models.list();
  }
}
"""


def shape(text: str) -> tuple[list[str], ...]:
    code = read_text(text)
    functions = [f"{one.name}({one.parameters})" for one in code.functions]
    return imports(code), assignments(code), calls(code), literals(code), variables(code), functions


TOKENS = re.compile(r"`[^`]*`|\"[^\"]*\"|[A-Za-z_$][\w$]*|\d+|\?\?|=>|[^\s\w]")


@settings(max_examples=share(200))
@given(st.data())
def test_spaces_and_comments_change_nothing(data: st.DataObject) -> None:
    spaces = st.sampled_from((" ", "\n", "\t", "\r\n", " /* f('a') */ ", " // {\n", "\u00a0"))
    tokens = TOKENS.findall(SAMPLE)
    spaced = "".join(f"{token}{data.draw(spaces) if token not in ('return', 'async') else ' '}" for token in tokens)
    spaced += "\n" * 9  # so that it is not taken for minified
    assert shape(spaced) == shape(SAMPLE)


@settings(max_examples=share(200))
@given(
    st.from_regex(r"[a-z_$][a-z_$0-9]{0,8}é?", fullmatch=True).filter(lambda name: name not in {"do", "if", "in", "of"})
)
def test_another_name_changes_the_name_alone(name: str) -> None:
    renamed = f"{name}1"
    before = [[one.replace("answer", renamed) for one in part] for part in shape(SAMPLE)]
    assert [list(part) for part in shape(SAMPLE.replace("answer", renamed))] == before


WRAPPED = {
    "a block": "{{ {} }}",
    "an arrow": "const wrapped = () => {{ {} }};",
    "a branch": "if (wrapped) {{ {} }}",
    "an immediate function": "(function () {{ {} }})();",
    "an object's method": "const wrapped = {{ wrapped() {{ {} }} }};",
    "a class": "class Wrapped {{ wrapped() {{ {} }} }}",
    "a loop": "for (const wrapped of wrapped) {{ {} }}",
    "an element": "x = <a b={{() => {{ {} }}}}>it's</a>;",
}


@pytest.mark.parametrize("wrapping", WRAPPED)
def test_what_is_around_it_keeps_a_call(wrapping: str) -> None:
    source = 'const client = new OpenAI({ baseURL: `https://${host}/v1` });\nclient.chat.create({ model: "m" });'
    wrapped = WRAPPED[wrapping].format(source)
    assert [call for call in calls(read_text(wrapped)) if "wrapped" not in call and not call.startswith("(")] == calls(
        read_text(source)
    )
    assert [one for one in assignments(read_text(wrapped)) if one.startswith("client")] == assignments(
        read_text(source)
    )
