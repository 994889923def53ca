"""Java, token by token."""

from __future__ import annotations

import pytest

from tests.detection.reading import shown
from tests.detection.reading.said import literals
from vendorgate.detection.reading.java import read

IMPORTS = {
    "import a.b.C;": ["a.b: C"],
    "import a.b.*;": ["a.b"],
    "import static a.b.C.d;": ["a.b.C: d"],
    "import static a.b.C.*;": ["a.b.C"],
}
MEMBERS = {
    'private static final String MODEL = "m-1";': ['C:MODEL = "m-1"'],
    'Map<String, List<String>> m = Map.of("a", x);': ["C:m = {a: x}"],
    'String[] l = {"a", "b"};': ['C:l = ["a", "b"]'],
    'String[] l = new String[] {"a"};': ['C:l = ["a"]'],
    '@Value("${ai.key}") private String key;': ["C:key = $ai.key"],
    '@Value("${ai.url:https://h/v1}")\n  String url;': ['C:url = $ai.url|"https://h/v1"'],
    '@ConfigProperty(name = "ai.key", defaultValue = "d") String key;': ['C:key = $ai.key|"d"'],
    'String t = """\n  a\n  b""";': ['C:t = "  a\\n  b"'],
    "C(String a) { this.client = new Client(a); }": ["C:client = Client(a) in C.C"],
    'void f() { var x = System.getenv("K"); }': ["x = $K in C.f"],
    'void f() { x = System.getenv().getOrDefault("K", "d"); }': ['x = $K|"d" in C.f'],
    'void f() { x = g(() -> "d", y -> y); }': ['x = g("d", ?) in C.f'],
    'void f() { x = Optional.ofNullable(System.getenv("K")).orElseGet(() -> "d"); }': ['x = $K|"d" in C.f'],
    'void f() { x = Optional.ofNullable(System.getenv("K")).orElse("d"); }': ['x = $K|"d" in C.f'],
    'void f() { String x = a ? "b" : "c"; }': ['x = <"b"|"c"> in C.f'],
    'void f() { String x = "https://" + host; }': ['x = "https://"+host in C.f'],
    'void f() { String x = String.format("%s/v1", host); }': ['x = host+"/v1" in C.f'],
    "void f() { x = (String) y; }": ["x = y in C.f"],
    "void f() { Supplier<C> r = () -> g(); }": ["r = g() in C.f"],
    'URI u = URI.create("https://h");': ['C:u = URI.create("https://h")'],
}
CALLS = {
    "new Client(key).chat(x);": ["Client(key)", "Client(key) -> chat(x)"],
    'Client.builder().apiKey(k)\n  .model("m").build();': [
        "Client.builder()",
        "Client.builder() -> apiKey(k)",
        'Client.builder() -> apiKey(k) -> model("m")',
        'Client.builder() -> apiKey(k) -> model("m") -> build()',
    ],
    "if (a) f(); else g(); h();": ["f() if", "g() if", "h()"],
    "if (a()) { f(); } h();": ["a()", "f() if", "h()"],
    "switch (p) { case A: f(); break; default: g(); }": ["f() if", "g() if"],
    "var x = switch (p) { case A -> f(); default -> g(); };": ["f() if", "g() if"],
    "try { f(); } catch (E e) { g(); }": ["f()", "g() if"],
    "new Foo<Bar>(a);": ["Foo(a)"],
    "xs.stream().map(x -> f(x)).toList();": [
        "xs.stream()",
        "xs.stream() -> map(?)",
        "f(x)",
        "xs.stream() -> map(?) -> toList()",
    ],
    "new Foo() { void g() { h(); } };": ["Foo()", "h()"],
    "Foo.<Bar>f(a).<B, C<D>>g();": ["Foo.f(a)", "Foo.f(a) -> g()"],
    "latch.await();": ["latch.await()"],
    "this.client.call(a);": ["client.call(a)"],
    "return f(a);": ["f(a)"],
}


@pytest.mark.parametrize("source", IMPORTS)
def test_imports_are_read(source: str) -> None:
    assert shown.imports(read(f"package p;\n{source}\n")) == IMPORTS[source]


@pytest.mark.parametrize("source", MEMBERS)
def test_members_and_variables_are_read(source: str) -> None:
    assert shown.assignments(read(f"class C {{\n{source}\n}}\n")) == MEMBERS[source]


@pytest.mark.parametrize("source", CALLS)
def test_calls_are_read(source: str) -> None:
    assert shown.calls(read(f"class C {{\n  void f(int a) {{\n{source}\n}}\n}}\n")) == CALLS[source]


def test_methods_are_functions() -> None:
    code = read(
        "@Service class C extends B {\n"
        '  @Bean public Client make(@Value("${k}") String key, List<String> xs) throws E {\n'
        "    return new Client(key);\n  }\n}\n"
    )
    assert shown.functions(code) == ["C.make(key, xs) -> Client(key)"]
    assert shown.assignments(code) == ["key = $k in C.make by default"]


def test_constants_of_enumerations_have_values() -> None:
    code = read(
        'enum Model { SMALL("m-1"), LARGE("m-2", 3); private final String id; Model(String id) { this.id = id; } }'
    )
    assert shown.assignments(code) == [
        'Model:SMALL = "m-1"',
        'Model:LARGE = LARGE("m-2", 3)',
        "Model:id = id in Model.Model",
    ]
    assert shown.calls(code) == []


def test_comments_say_nothing() -> None:
    assert literals(read('/** "a" */ class C { /* "b" */ String x = "c"; // "d"\n }')) == ["c"]
