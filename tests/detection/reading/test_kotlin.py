"""Kotlin, token by token."""

from __future__ import annotations

import pytest

from tests.detection.reading import shown
from tests.detection.reading.said import literals
from vendorgate.detection.reading.kotlin import read

IMPORTS = {
    "import a.b.C": ["a.b: C"],
    "import a.b.C as D": ["a.b: C as D"],
    "import a.b.*": ["a.b"],
}
ASSIGNMENTS = {
    'const val MODEL = "m-1"': ['MODEL = "m-1"'],
    'private val x: String? = System.getenv("K") ?: "d"': ['x = $K|"d"'],
    'val x = System.getenv("K")!!': ["x = $K"],
    'val u = "https://$host/${path.x}/v1"': ['u = "https://"+host+"/"+path.x+"/v1"'],
    'val t = """a "b"\n$c"""': ['t = "a \\"b\\"\\n"+c'],
    'val c = Client(token = "t", logging = Logging(level = x))': ['c = Client(token="t", logging=Logging(level=x))'],
    "val c by lazy { Client(key) }": ["c = Client(key)"],
    'val c = Client { apiKey = "k" }': ['c = Client(apiKey="k")', 'apiKey = "k"'],
    'val c = Client.builder()\n  .key("k")\n  .build()': ['c = Client.builder() -> key("k") -> build()'],
    'val x = if (a) "b" else "c"': ['x = <"b"|"c">'],
    'val x = when (p) {\n  A -> "b"\n  else -> "c"\n}': ['x = <"b"|"c">'],
    'val m = mapOf("a" to b, "c" to "d")': ['m = {a: b, c: "d"}'],
    'val l = listOf("a", b)': ['l = ["a", b]'],
    "val (a, b) = f()": [],
    'val x = f(y).getOrElse { "d" }': ['x = f(y) -> getOrElse("d")'],
    'val x = y.getOrElse("k") { "d" }': ['x = y.getOrElse("k", "d")'],
    "val x = y.map { z -> z.a }": ["x = y.map()"],
    'val x = System.getenv("K").ifBlank { "d" }': ['x = $K|"d"'],
    'val x = System.getenv("K") ?: run { "d" }': ['x = $K|"d"'],
    "val x = y as String": ["x = y"],
    "val x = y.toString().trim()": ["x = y"],
}
CALLS = {
    'client.chat(Request(model = Id("m")))': [
        'client.chat(Request(model=Id("m")))',
        'Request(model=Id("m"))',
        'Id("m")',
    ],
    "if (a) f() else g()\nh()": ["f() if", "g() if", "h()"],
    "when (p) {\n  A -> f()\n  else -> { g() }\n}\nh()": ["f() if", "g() if", "h()"],
    "try { f() } catch (e: E) { g() }": ["f()", "g() if"],
    "f(x!![0])": ["f(x.0)"],
    "a?.b!!.c(x)": ["a.b.c(x)"],
    "xs.map { f(it) }.toList()": ["xs.map()", "f(it)", "xs.map() -> toList()"],
    "f(x) { g(); h() }": ["f(x)", "g()", "h()"],
}


@pytest.mark.parametrize("source", IMPORTS)
def test_imports_are_read(source: str) -> None:
    assert shown.imports(read(f"package p\n{source}\n")) == IMPORTS[source]


@pytest.mark.parametrize("source", ASSIGNMENTS)
def test_assignments_are_read(source: str) -> None:
    assert shown.assignments(read(f"{source}\n")) == ASSIGNMENTS[source]


@pytest.mark.parametrize("source", CALLS)
def test_calls_are_read(source: str) -> None:
    assert shown.calls(read(f"{source}\n")) == CALLS[source]


def test_members_are_read() -> None:
    code = read(
        "@Service\nclass C(\n"
        '  @Value("\\${ai.key:none}") private val key: String,\n  val model: String = "m-1",\n) : B(key) {\n'
        '  companion object {\n    const val URL = "u"\n  }\n'
        '  @Value("\\${ai.x}")\n  lateinit var x: String\n'
        "  fun make(a: String, b: Int = 1): Client = Client(a)\n"
        "  suspend fun run(a: List<String>): String {\n    this.y = a\n    return f(a)\n  }\n}\n"
    )
    assert shown.assignments(code) == [
        'key = $ai.key|"none" by default',
        'model = "m-1" by default',
        'C:URL = "u"',
        "C:x = $ai.x",
        "b = 1 in C.make by default",
        "C:y = a in C.run",
    ]
    assert shown.functions(code) == ["C.make(a, b) -> Client(a)", "C.run(a) -> f(a)"]


def test_functions_of_one_value_are_read() -> None:
    code = read(
        "class C {\n  fun a() = test {\n    f()\n  }\n  fun b(x: Int): D =\n    D(x)\n  private val c = d()\n}\n"
    )
    assert shown.functions(code) == ["C.a() -> test()", "C.b(x) -> D(x)"]
    assert shown.calls(code) == ["test()", "f()", "D(x)", "d()"]


def test_parameters_of_types_are_no_calls() -> None:
    code = read("class C<T : A<B>> {\n  fun <E : F, G> h(x: G): I {\n    return j(x)\n  }\n}\n")
    assert shown.functions(code) == ["C.h(x) -> j(x)"]
    assert shown.calls(code) == ["j(x)"]


def test_what_a_property_comes_to_is_no_constant_of_an_enumeration() -> None:
    code = read(
        'class C {\n  val a get() = throw E("x")\n  val b: D\n    get() = D("y")\n}\n'
        'enum class M(val id: String) { S("m-1"), L("m-2") }\n'
    )
    assert shown.calls(code)[1::2] == ['E("x")', 'D("y")']
    assert shown.assignments(code) == ['M:S = "m-1"', 'M:L = "m-2"']


def test_comments_may_stand_in_comments() -> None:
    assert literals(read('/* "a" /* "b" */ "c" */\nval x = "d"\n')) == ["d"]
