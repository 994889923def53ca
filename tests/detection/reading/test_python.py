"""What Python's reader makes of small sources, one thing each."""

from __future__ import annotations

import pytest

from tests.detection.reading.said import assignments, calls, imports, literals, said, variables
from vendorgate.detection.code import Code, Place
from vendorgate.detection.reading.python import read
from vendorgate.detection.reading.unreadable import Unreadable


def value(source: str) -> str:
    """The value of the last assignment to `x`."""
    return [said(one.value) for one in read(source).assignments if one.path[0] == "x"][-1]


VALUES = {
    "text": ('x = "a"', '"a"'),
    "adjacent texts": ('x = "a" "b"', '"ab"'),
    "bytes": ('x = b"api.example.com"', '"api.example.com"'),
    "number": ("x = 3", "3"),
    "negative number": ("x = -1.5", "-1.5"),
    "not a number": ("x = not 1", "?"),
    "true": ("x = True", "True"),
    "nothing": ("x = None", "None"),
    "huge number": ("x = 0x" + "f" * 40, "?"),
    "complex number": ("x = 2j", "?"),
    "name": ("x = y", "y"),
    "attribute": ("x = a.b.c", "a.b.c"),
    "own attribute": ("def f(self): x = self.client.chat", "client.chat"),
    "index by text": ('x = a["b"].c', "a.b.c"),
    "index by number": ("x = a.choices[0].text", "a.choices.0.text"),
    "index by constant": ('K = "b"\nx = a[K]', "a.b"),
    "index that is not known": ("x = a[b]", "a.*"),
    "template": ('x = f"https://{host}/v1"', '"https://"+host+"/v1"'),
    "template of known texts": ("x = f\"a{'b'}c\"", '"abc"'),
    "template with format": ('x = f"{a:>{width}}!"', 'a+"!"'),
    "template within template": ("x = f\"a{f'b{c}'}\"", '"ab"+c'),
    "sum": ('x = base + "/v1"', 'base+"/v1"'),
    "sum of texts": ('x = "a" + "b" + "c"', '"abc"'),
    "sum of names": ("x = a + b", "a+b"),
    "sum of numbers": ("x = a + 1", "?"),
    "sum of lists": ("x = [a] + [b]", "[a, b]"),
    "percent": ('x = "https://%s/v1" % host', '"https://"+host+"/v1"'),
    "percent with several": ('x = "%s://%s%%" % ("a", b)', '"a://"+b+"%"'),
    "percent with names": ('x = "%(a)s/%(b)d" % {"a": "h", "b": c}', '"h/"+c'),
    "percent with a mapping that is not known": ('x = "%(a)s/" % d', '?+"/"'),
    "format": ('x = "https://{}/v1".format(host)', '"https://"+host+"/v1"'),
    "format with numbers": ('x = "{1}{0}".format("a", "b")', '"ba"'),
    "format with names": ('x = "{h}/v1".format(h=host)', 'host+"/v1"'),
    "format that is broken": ('x = "{".format(a)', "?"),
    "join": ('x = "/".join(["a", b])', '"a/"+b'),
    "join of what is not known": ('x = "/".join(parts)', "?"),
    "urljoin": ('x = urljoin(base, "v1/chat")', 'base+"/v1/chat"'),
    "urljoin without a slash too many": ('x = urllib.parse.urljoin("https://a/", "/v1")', '"https://a/v1"'),
    "urljoin with another host": ('x = urljoin("https://a/", "https://b/c")', '"https://b/c"'),
    "path join": ('x = os.path.join("a", b)', '"a/"+b'),
    "division of paths": ('x = base / "v1"', 'base+"/v1"'),
    "division": ("x = a / 2", "?"),
    "or": ('x = a or "b"', '<a|"b">'),
    "or, three times": ("x = a or b or c", "<a|b|c>"),
    "and": ("x = a and b", "b"),
    "ternary": ("x = a if t else b if u else c", "<a|b|c>"),
    "list": ("x = [1, a]", "[1, a]"),
    "tuple": ("x = 1, *y", "[1, ?]"),
    "tuple with a list in it": ("x = 1, *[2, 3]", "[1, 2, 3]"),
    "set": ("x = {1}", "[1]"),
    "dictionary": ('x = {"a": 1, b.c: 2, 3: 4}', "{a: 1, b.c: 2, 3: 4}"),
    "dictionary with another": ('x = {**y, "a": 1}', "{**: y, a: 1}"),
    "dictionary with a known one": ('y = {"b": 2}\nx = {**y, "a": 1}', "{b: 2, a: 1}"),
    "dictionaries": ('x = {"a": 1} | {"b": 2}', "{a: 1, b: 2}"),
    "dict": ("x = dict(a=1, b=c)", "{a: 1, b: c}"),
    "dict of pairs": ('x = dict([("a", 1)], b=2)', "{a: 1, b: 2}"),
    "one of a dictionary": ('x = {"a": 1, "b": 2}["b"]', "2"),
    "some of a dictionary": ('x = {"a": 1, "b": 2}[k]', "<1|2>"),
    "some of a dictionary, or else": ('x = {"a": 1, "b": 2}.get(k, 3)', "<1|2|3>"),
    "some of a list": ("x = [1, 2][k]", "<1|2>"),
    "get of a dictionary of the file": ('D = {"a": "b"}\nx = D.get("a")', '"b"'),
    "get with a default": ('x = config.get("model", "m")', '<config.model|"m">'),
    "get of an address": ('x = session.get("https://a", b)', 'session.get("https://a", b)'),
    "get of a module": ('import requests\nx = requests.get("a", b)', 'requests.get("a", b)'),
    "getattr": ('x = getattr(a, "b", None)', "<a.b|None>"),
    "call": ('x = f("a", *b, k=1, **c)', 'f("a", ?, ?, k=1)'),
    "call with a list spread": ("y = [1, 2]\nx = f(*y)", "f(1, 2)"),
    "call with a dictionary spread": ('x = f(**{"a": 1})', "f(a=1)"),
    "call with a known dictionary spread": ('o = {"a": 1}\no["b"] = 2\nx = f(**o)', "f(a=1, b=2)"),
    "call with what the function is given": ("o = {'a': 1}\ndef g(**o): x = f(**o)", "f(?)"),
    "call on a result": ("x = A().b.c(1).d()", "A() -> b.c(1) -> d()"),
    "call on an attribute of a result": ("x = A(1)['b'].read()", "A(1) -> b.read()"),
    "call of a result": ("x = f()()", "f() -> __call__()"),
    "call of what is not known": ("x = (lambda: 1)()", "()"),
    "call on one of several": ("x = (a or B()).c()", "a.c()"),
    "awaited": ("async def f(): x = (await a()).b()", "a() -> b()"),
    "awaited call": ("async def f(): x = await a.b(1)", "a.b(1)"),
    "walrus": ("print(x := f())", "f()"),
    "comparison": ("x = a == b", "?"),
    "comprehension": ("x = [f(a) for a in b]", "?"),
    "str": ("x = str(f(1))", "f(1)"),
    "cast": ('x = cast(T, "a")', '"a"'),
    "strip": ('x = os.getenv("A", "b").rstrip("/")', '$A|"b"'),
    "strip of a name": ("x = a.b.strip()", "a.b"),
    "partial": ("x = functools.partial(f.g, 1, k=2)", "f.g(1, k=2)"),
    "thread": ("async def g(): x = await asyncio.to_thread(f.g, k=2)", "f.g(k=2)"),
    "half of a surrogate pair": ('x = "a\\ud800"', '"a?"'),
}


@pytest.mark.parametrize("case", VALUES)
def test_value(case: str) -> None:
    source, expected = VALUES[case]
    assert value(source) == expected


ENVIRONMENT = {
    "subscript": ('x = os.environ["A"]', "$A"),
    "get": ('x = os.environ.get("A")', "$A"),
    "get with a default": ('x = os.environ.get("A", "b")', '$A|"b"'),
    "getenv": ('x = os.getenv("A", default=b)', "$A|b"),
    "import of getenv": ('from os import getenv as g\nx = g("A")', "$A"),
    "import of environ": ('from os import environ\nx = environ["A"]', "$A"),
    "import of all": ('from os import *\nx = getenv("A")', "$A"),
    "module by another name": ('import os as o\nx = o.environ["A"]', "$A"),
    "environ by another name": ('env = os.environ\nx = env["A"]', "$A"),
    "name that the file keeps": ('NAME = "A"\nx = os.getenv(NAME)', "$A"),
    "pop": ('x = os.environ.pop("A", None)', "$A|None"),
    "setdefault": ('x = os.environ.setdefault("A", "b")', '$A|"b"'),
    "or": ('x = os.getenv("A") or "b"', '<$A|"b">'),
    "decouple": ('from decouple import config\nx = config("A", default="b", cast=str)', '$A|"b"'),
    "environs": ('from environs import Env\nenv = Env()\nx = env.str("A", "b")', '$A|"b"'),
    "django-environ": ('import environ\nenv = environ.Env()\nx = env("A")', "$A"),
    "starlette": ('from starlette.config import Config\nc = Config(".env")\nx = c("A", default="b")', '$A|"b"'),
    "hosted notebook": ('from google.colab import userdata\nx = userdata.get("A")', "$A"),
    "hosted application": ('import streamlit as st\nx = st.secrets["A"]', "$A"),
    "field": ('class S(BaseSettings):\n  x: str = Field("b", env="A")', '$A|"b"'),
    "option": ('def f(x: str = typer.Option("b", envvar="A")): ...', '$A|"b"'),
}


@pytest.mark.parametrize("case", ENVIRONMENT)
def test_variable_of_the_environment(case: str) -> None:
    source, expected = ENVIRONMENT[case]
    assert value(source) == expected
    assert variables(read(source)) == ["A"]


@pytest.mark.parametrize(
    "source",
    [
        'x = request.environ["A"]',
        'def app(environ, start): x = environ["A"]',
        'from .settings import getenv\nx = getenv("A")',
        'from .settings import config\nx = config("A")',
        "x = os.getenv(name)",
    ],
)
def test_other_things_are_no_environment(source: str) -> None:
    assert variables(read(source)) == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('os.environ["A"] = "b"', ['os.environ.A = "b"']),
        ('from os import environ\nenviron["A"] = "b"', ['os.environ.A = "b"']),
        ('os.environ.setdefault("A", "b")', ['os.environ.A = "b"']),
        ('os.environ.update({"A": "b"})', ['os.environ.A = "b"']),
        ('os.environ.update(A="b")', ['os.environ.A = "b"']),
    ],
)
def test_variable_of_the_environment_that_is_set(source: str, expected: list[str]) -> None:
    assert assignments(read(source)) == expected
    assert variables(read(source)) == ["A"]


ASSIGNMENTS = {
    "plain": ("a = 1", ["a = 1"]),
    "several": ("a = b = 1", ["a = 1", "b = 1"]),
    "annotated": ("a: str = 'b'", ['a = "b"']),
    "annotated without a value": ("a: str", []),
    "pair": ("a, b = 1, 2", ["a = 1", "b = 2"]),
    "pair of what is not known": ("a, b = f()", ["a = ?", "b = ?"]),
    "starred": ("a, *b = 1, 2", ["a = ?", "b = ?"]),
    "augmented": ("a += '/v1'", ['a = a+"/v1"']),
    "counted": ("a += 1", []),
    "attribute": ("a.b = 1", ["a.b = 1"]),
    "key": ("a['b'] = 1", ["a.b = 1"]),
    "key that is not known": ("a[b] = 1", ["a.* = 1"]),
    "walrus": ("if a := f(): ...", ["a = f()"]),
    "with": ("with f() as a, g() as b: ...", ["a = f()", "b = g()"]),
    "loop over items": ("for a in [1, 2]: ...", ["a = <1|2>"]),
    "loop over a known list": ("L = [1, 2]\nfor a in L: ...", ["L = [1, 2]", "a = <1|2>"]),
    "loop over pairs": ("for a, b in [(1, 2), (3, 4)]: ...", ["a = <1|3>", "b = <2|4>"]),
    "loop over entries": ("for a, b in {'c': 1, 'd': 2}.items(): ...", ['a = <"c"|"d">', "b = <1|2>"]),
    "loop over keys": ("for a in {'c': 1}: ...", ['a = "c"']),
    "loop over values": ("for a in {'c': 1}.values(): ...", ["a = 1"]),
    "loop with numbers": ("for i, a in enumerate([1, 2]): ...", ["i = ?", "a = <1|2>"]),
    "loop over what is not known": ("for a in f(): ...", ["a = ?"]),
    "loop of a comprehension": ("[f(a) for a in ('b', 'c')]", ['a = <"b"|"c">']),
    "own attribute": ("class C:\n  def f(self): self.a.b = 1", ["C:a.b = 1"]),
    "own attribute by another name": ("class C:\n  def f(this): this.a = 1", ["C:a = 1"]),
    "class attribute": ("class C:\n  a = 1", ["C:a = 1"]),
    "attribute of the class": ("class C:\n  @classmethod\n  def f(cls): cls.a = 1", ["C:a = 1"]),
    "parameter": ("def f(a, b=1, *, c='d'): ...", ["b = 1", 'c = "d"']),
    "parameter of a lambda": ("f = lambda a=1: a", ["a = 1"]),
    "field": ("class C:\n  a: str = Field(default='b')", ['C:a = "b"']),
    "field with the default first": ("class C:\n  a: str = Field('b', title='c')", ['C:a = "b"']),
    "field without a default": ("class C:\n  a: str = Field(..., title='c')", ["C:a = ?"]),
    "field with a factory": ("class C:\n  a: D = field(default_factory=lambda: D(1))", ["C:a = D(1)"]),
    "field with a class for a factory": ("class C:\n  a: D = field(default_factory=D)", ["C:a = D()"]),
    "enumeration": ("class E(str, Enum):\n  A = 'b'", ['E:A = "b"']),
}


@pytest.mark.parametrize("case", ASSIGNMENTS)
def test_assignment(case: str) -> None:
    source, expected = ASSIGNMENTS[case]
    assert assignments(read(source)) == expected


def test_assignments_name_their_function_with_its_class() -> None:
    code = read(
        "a = 1\nclass C:\n  b = 1\n  def f(self, c=1):\n    d = 1\n    def g():\n      e = 1\ndef h():\n  k = 1"
    )
    assert {one.path[0]: one.function for one in code.assignments} == {
        "a": "",
        "b": "",
        "c": "C.f",
        "d": "C.f",
        "e": "g",
        "k": "h",
    }
    assert [one.path[0] for one in code.assignments if one.is_default] == ["c"]


IMPORTS = {
    "module": ("import a", ["a: * as a"]),
    "module by another name": ("import a.b as c", ["a.b: * as c"]),
    "module within one": ("import a.b", ["a.b: * as a.b"]),
    "several": ("import a, b", ["a: * as a", "b: * as b"]),
    "names": ("from a.b import C, D as E", ["a.b: C, D as E"]),
    "all names": ("from a import *", ["a: *"]),
    "relative": ("from . import a", [".: a"]),
    "relative with a name": ("from ..a import b", ["..a: b"]),
    "types": ("if TYPE_CHECKING:\n  import a\nimport b", ["a?: * as a", "b: * as b"]),
    "types, by the module": ("if t.TYPE_CHECKING:\n  import a\nelse:\n  import b", ["a?: * as a", "b: * as b"]),
    "no types": ("if not TYPE_CHECKING:\n  import a", ["a: * as a"]),
    "by a call": ('a = importlib.import_module("b.c")', ["b.c: * as a"]),
    "by a call of the name": (
        'from importlib import import_module as i\na = i("b")',
        [
            "importlib: import_module as i",
            "b: * as a",
        ],
    ),
    "by the language's own call": ('a = __import__("b")', ["b: * as a"]),
    "by a call without a name": ('importlib.import_module("b").f()', ["b: "]),
    "by a call of what is not known": ("a = importlib.import_module(b)", []),
    "in a function": ("def f():\n  import a", ["a: * as a"]),
    "that may fail": ("try:\n  import a\nexcept ImportError:\n  a = None", ["a: * as a"]),
}


@pytest.mark.parametrize("case", IMPORTS)
def test_import(case: str) -> None:
    source, expected = IMPORTS[case]
    assert imports(read(source)) == expected


CALLS = {
    "chain": ("a.b.c(1)", ["a.b.c(1)"]),
    "within arguments": ("f(g(1), k=h())", ["f(g(1), k=h())", "g(1)", "h()"]),
    "on a result": ("A(1).b()", ["A(1)", "A(1) -> b()"]),
    "within a template": ('f"{a(1)}"', ["a(1)"]),
    "of a decorator": ('@app.post("/a")\ndef f(): ...', ['app.post("/a")']),
    "of a base": ("class C(make(1)): ...", ["make(1)"]),
    "no annotation": ("a: f(1) = 2\ndef g(b: f(2)) -> f(3): ...", []),
    "on one of two": ("(a or B()).c(1)", ["a.c(1)", "B() -> c(1)", "B()"]),
    "in a comprehension": ("[f(a) for a in g() if h()]", ["f(a)", "g()", "h()"]),
    "in a default": ("def f(a=g()): ...", ["g()"]),
    "in a lambda": ("f(lambda a=h(): g(a))", ["f(?)", "h()", "g(a)"]),
    "in a subscript": ("a[f()]", ["f()"]),
    "in what is deleted": ("del a[f()]", ["f()"]),
    "in an assertion": ("assert f()", ["f()"]),
    "in what is raised": ("raise f() from g()", ["f()", "g()"]),
    "in a loop": ("for a in f():\n  g()\nelse:\n  h()", ["f()", "g()", "h()"]),
    "in another loop": ("while f():\n  g()", ["f()", "g()"]),
    "with self": ("class C:\n  def f(self):\n    self.a.b()", ["a.b()"]),
    "of the class": ("class C:\n  @classmethod\n  def f(cls):\n    return cls(1)", ["C(1)"]),
    "without the object": ("class C:\n  @staticmethod\n  def f(a):\n    a.b()", ["a.b()"]),
    "of partial": ("partial(f, 1)", ["partial(f, 1)", "f(1)"]),
    "for an executor": ("pool.submit(f, 1)", ["pool.submit(f, 1)", "f(1)"]),
    "what is yielded": ("def g():\n  yield f()", ["f()"]),
    "in a match": ("match f():\n  case A(b=1) if g():\n    h()", ["f()", "g()", "h()"]),
}


@pytest.mark.parametrize("case", CALLS)
def test_call(case: str) -> None:
    source, expected = CALLS[case]
    assert calls(read(source)) == expected


CONDITIONAL = {
    "nothing around": "f()",
    "what is tried": "try:\n  f()\nexcept E: ...\nelse: ...",
    "what is done in the end": "try: ...\nfinally:\n  f()",
    "a script": 'if __name__ == "__main__":\n  f()',
    "a script the other way round": 'if "__main__" == __name__:\n  f()',
    "a loop": "for a in b:\n  f()",
    "a block": "with a:\n  f()",
    "a condition itself": "if f(): ...",
    "one of two": "a or f()",
    "at run time": "if TYPE_CHECKING: ...\nelse:\n  f()",
}
BRANCHES = {
    "if": "if a:\n  f()",
    "elif": "if a: ...\nelif b:\n  f()",
    "else": "if a: ...\nelse:\n  f()",
    "match": "match a:\n  case 1:\n    f()",
    "except": "try: ...\nexcept E:\n  f()",
    "ternary": "f() if a else b",
    "the other of a ternary": "b if a else f()",
    "a function in a branch": "if a:\n  def g():\n    return f()",
    "a lambda in a branch": "if a:\n  g(lambda: f())",
}


@pytest.mark.parametrize("case", [*CONDITIONAL, *BRANCHES])
def test_call_is_conditional_in_a_branch(case: str) -> None:
    source = {**CONDITIONAL, **BRANCHES}[case]
    found = [call.conditional for call in read(source).calls if call.path == ("f",)]
    assert found == [case in BRANCHES]


LITERALS = {
    "in a call": ('f("a", k="b")', ["a", "b"]),
    "keys": ('x = {"a": b["c"]}', ["a", "c"]),
    "compared": ('if a == "b": ...', ["b"]),
    "matched": ('match a:\n  case "b": ...', ["b"]),
    "template": ('f(f"a{b}c")', ["a\0c"]),
    "template of names alone": ('f(f"{b}")', []),
    "sum": ('f("a" + b + "c")', ["a\0c"]),
    "sum of texts": ('f("https://a" + "/v1")', ["https://a/v1"]),
    "percent": ('f("a%sc" % b)', ["a\0c"]),
    "format": ('f("a{}c".format(b))', ["a\0c"]),
    "no documentation": ('"a"\nclass C:\n  "b"\n  c = 1\n  "d"\n  def f():\n    """e"""', []),
    "no annotation": ('a: "b" = 1', []),
    "nothing": ('f("")', []),
    "in a template's call": ("f\"{a['b']}\"", ["b"]),
}


@pytest.mark.parametrize("case", LITERALS)
def test_literal(case: str) -> None:
    source, expected = LITERALS[case]
    assert literals(read(source)) == expected


def function(source: str) -> tuple[str, tuple[str, ...], list[str]]:
    found = read(source).functions[-1]
    return found.name, found.parameters, [said(one) for one in found.returns]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f(a, /, b, *c, d, **e):\n  return a", ("f", ("a", "b", "*c", "d", "**e"), ["a"])),
        ("async def f():\n  return A()", ("f", (), ["A()"])),
        ("def f():\n  if a:\n    return 1\n  return 2", ("f", (), ["1", "2"])),
        ("def f():\n  yield A()", ("f", (), ["A()"])),
        ("def f(): return", ("f", (), ["None"])),
        ("class C:\n  def f(self, a):\n    return self.b", ("C.f", ("a",), ["b"])),
        ("class C:\n  @staticmethod\n  def f(a): ...", ("C.f", ("a",), [])),
        ("f = lambda a: A(a)", ("f", ("a",), ["A(a)"])),
        ("class C:\n  f = lambda self: A()", ("C.f", ("self",), ["A()"])),
    ],
)
def test_function(source: str, expected: tuple[str, tuple[str, ...], list[str]]) -> None:
    assert function(source) == expected


def test_what_an_inner_function_returns_is_not_the_outer_ones() -> None:
    code = read("def f():\n  def g():\n    return 1\n  return 2")
    assert {one.name: [said(value) for value in one.returns] for one in code.functions} == {"f": ["2"], "g": ["1"]}


def place_of(code: Code, name: str) -> Place:
    return next(call.place for call in code.calls if call.path[-1] == name)


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        ("a = f()", 1, 5),
        ("\ufeffa = f()", 1, 5),
        ('"ä€😀"; f()', 1, 8),
        ("a\r\nf()", 2, 1),
        ("a\rf()", 2, 1),
        ("a\x0c\nf()", 2, 1),
        ("'\x0c\x1c\u2028'; f()", 1, 8),
        ("x = (\n  b\n  .c()\n  .f()\n)", 4, 4),
        ("x = a.b.f()", 1, 5),
        ("é().f()", 1, 5),
    ],
)
def test_place_counts_characters_from_one(source: str, line: int, column: int) -> None:
    assert place_of(read(source), "f") == Place(line, column)


def test_everything_is_in_the_order_of_the_file() -> None:
    code = read("f(g(1), h(\n2))\nclass C:\n  a = 1\n  def k(self, b=2):\n    self.c = d('e')\n")
    for found in (code.calls, code.assignments, code.literals, code.functions):
        places = [one.place for one in found]
        assert places == sorted(places)


@pytest.mark.parametrize(
    "source",
    ["print 'a'", "def f(:", "a = \0", "(" * 10_000 + ")" * 10_000, "\ud800", "x = " + "-" * 50_000 + "1", "a b"],
)
def test_what_is_no_python_is_unreadable(source: str) -> None:
    with pytest.raises(Unreadable) as raised:
        read(source)
    assert raised.value.reason
    assert source not in raised.value.reason


def test_warnings_of_the_parser_are_not_shown() -> None:
    assert literals(read(r'f("\d")')) == ["\\d"]
