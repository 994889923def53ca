"""C#, token by token."""

from __future__ import annotations

import pytest

from tests.detection.reading import shown
from tests.detection.reading.said import literals
from vendorgate.detection.reading.csharp import read

IMPORTS = {
    "using A.B;": ["A.B"],
    "global using A.B;": ["A.B"],
    "using static A.B.C;": ["A.B.C"],
    "using X = A.B.C;": ["A.B: C as X"],
    "using (var a = f()) { }": [],
    "using var a = f();": [],
}
ASSIGNMENTS = {
    'const string Model = "m-1";': ['Model = "m-1"'],
    'string x = configuration["A:B"];': ['x = configuration("A:B")'],
    'var x = Environment.GetEnvironmentVariable("K") ?? "d";': ['x = $K|"d"'],
    'var x = Environment.GetEnvironmentVariable("K")!;': ["x = $K"],
    'var u = $"https://{host}.h/{path:x}";': ['u = "https://"+host+".h/"+path'],
    'var u = @"a\\b""c";': ['u = "a\\\\b\\"c"'],
    'var u = """a "b" c""";': ['u = "a \\"b\\" c"'],
    'var u = $$"""{"a": "{{x}}"}""";': ['u = "{\\"a\\": \\""+x+"\\"}"'],
    'var u = $"""a "{x}" b""";': ['u = "a \\""+x+"\\" b"'],
    'var o = new Options { Model = "m", Inner = new() { A = 1 } };': ['o = Options(Model="m", Inner={A: 1})'],
    'var o = new Options("x") { Model = "m" };': ['o = Options("x", Model="m")'],
    'Client c = new("x");': ['c = Client("x")'],
    'var d = new Dictionary<string, string> { ["a"] = "b" };': ['d = Dictionary(a="b")'],
    'var l = new[] { "a", "b" };': ['l = ["a", "b"]'],
    'string[] l = ["a", "b"];': ['l = ["a", "b"]'],
    'var o = new { Model = "m" };': ['o = {Model: "m"}'],
    'var u = new Uri("https://h");': ['u = "https://h"'],
    'var x = a ? "b" : "c";': ['x = <"b"|"c">'],
    'var x = p switch { A => "b", _ => "c" };': ['x = <"b"|"c">'],
    'var x = f(() => "d", y => y);': ['x = f("d", ?)'],
    'var x = f(() => { g(); return "d"; });': ['x = f("d")'],
    "var c = new Lazy<C>(() => new C(k));": ["c = C(k)"],
    "x ??= f();": ["x = f()"],
    "var x = await f().ConfigureAwait(false);": ["x = f() -> ConfigureAwait(False)"],
    "var x = (string)y;": ["x = y"],
}
CALLS = {
    'k.AddChat(modelId: "m", apiKey: key);': ['k.AddChat(modelId="m", apiKey=key)'],
    "s.Add<IFoo>(sp => { var x = sp.Get<Bar>(); return x; });": ["s.Add(?)", "sp.Get()"],
    "s.Add(o => o.Url = f());": ["s.Add(?)", "f()"],
    "if (a) f(); else { g(); } h();": ["f() if", "g() if", "h()"],
    "a?.b!.C(x);": ["a.b.C(x)"],
    "var x = new Foo(a) { B = f() };": ["Foo(a, B=f())", "f()"],
    "x = a is not null ? new A(b) : new A();": ["A(b) if", "A() if"],
    "s.Add<A<B>, C<D<E<F>>>>();": ["s.Add()"],
    "switch (p) { case 1: f(); break; }": ["f() if"],
    "#if DEBUG\n  f();\n  #endif\n  #region g(h)\n  i();": ["f()", "i()"],
    "@event.F(x![0], y);": ["event.F(x.0, y)"],
}


@pytest.mark.parametrize("source", IMPORTS)
def test_imports_are_read(source: str) -> None:
    assert shown.imports(read(f"{source}\n")) == IMPORTS[source]


@pytest.mark.parametrize("source", ASSIGNMENTS)
def test_assignments_are_read(source: str) -> None:
    assert shown.assignments(read(f"{source}\n")) == ASSIGNMENTS[source]


@pytest.mark.parametrize("source", CALLS)
def test_calls_are_read(source: str) -> None:
    assert shown.calls(read(f"{source}\n")) == CALLS[source]


def test_members_are_read() -> None:
    code = read(
        'namespace N;\npublic class C(IFoo foo, string model = "m-1") : B(foo)\n{\n'
        '  public string Url { get; set; } = "u";\n  public string Name => "n";\n'
        '  private readonly Client _c = new("x");\n'
        '  [Fact] public Client Make(string key = "k") => new Client(key);\n'
        "  public async Task<int> Run(int a) { this.x = a; return await F(a); }\n}\n"
    )
    assert shown.assignments(code) == [
        'model = "m-1" by default',
        'C:Url = "u"',
        'C:Name = "n"',
        'C:_c = Client("x")',
        'key = "k" in C.Make by default',
        "C:x = a in C.Run",
    ]
    assert shown.functions(code) == ["C.Make(key) -> Client(key)", "C.Run(a) -> F(a)"]


def test_members_behind_attributes_are_functions() -> None:
    code = read(
        'class C\n{\n  [A("x")]\n  public static async Task<Results<Ok<P<I>>, R>> F([B] int a) { return null; }\n'
        '  [D] static void T() => throw new E(a);\n  static string? N(this X x) => x.F("s")?.G;\n}\n'
    )
    assert shown.functions(code) == ["C.F(a) -> None", "C.T() -> E(a)", "C.N(x) -> ?"]
    assert shown.calls(code) == ['A("x")', "E(a)", 'x.F("s")']


def test_braces_behind_the_arrow_of_a_method_are_no_body() -> None:
    code = read("class C { static R F(T t) => t.A ? new R { B = t } : null; void G() => H(); }")
    assert shown.functions(code) == ["C.F(t) -> <R(B=t)|None>", "C.G() -> H()"]


def test_texts_with_code_in_them_say_what_is_not_known() -> None:
    assert literals(read('var u = $"https://{f("a")}.h/{{x}}";')) == ["https://\0.h/{x}", "a"]
