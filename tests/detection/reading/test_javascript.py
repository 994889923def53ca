"""What the reader of scripts makes of small sources, one thing each."""

from __future__ import annotations

import pytest

from tests.detection.reading.said import assignments, calls, imports, literals, said, variables
from vendorgate.detection.code import Code, Place
from vendorgate.detection.reading.javascript import by_tokens
from vendorgate.detection.reading.javascript import read as read_file
from vendorgate.detection.reading.unreadable import Unreadable


def read(source: str) -> Code:
    """By its tokens; that the grammar says the same is tried in `test_javascript_grammar.py`."""
    return by_tokens(source, jsx=True)


def value(source: str) -> str:
    """The value of the last assignment to `x`."""
    return [said(one.value) for one in read(source).assignments if one.path[0] == "x"][-1]


VALUES = {
    "text": ('x = "a"', '"a"'),
    "text in single quotes": ("x = 'a\"b'", '"a\\"b"'),
    "text with what is escaped": (r'x = "\x61\u0062\u{63}\n\q"', '"abc\\nq"'),
    "text over two lines": ('x = "a\\\nb"', '"ab"'),
    "text over two lines, of Windows": ('x = "a\\\r\nb"', '"ab"'),
    "half of a surrogate pair": (r'x = "\ud800"', '"\ufffd"'),
    "text that is not closed": ('x = "a\ny = 1', '"a"'),
    "template": ("x = `a`", '"a"'),
    "template over lines": ("x = `a\nb`", '"a\\nb"'),
    "template with a part": ("x = `https://${host}/v1`", '"https://"+host+"/v1"'),
    "template with known parts": ('x = `a${"b"}c`', '"abc"'),
    "template within a template": ("x = `a${`b${c}`}d`", '"ab"+c+"d"'),
    "template with an object": ("x = `a${f({ b: `}` })}c`", '"a"+f({b: "}"})+"c"'),
    "template with a dollar": ("x = `$a$${b}\\${c}`", '"$a$"+b+"${c}"'),
    "template with an empty part": ("x = `a${}b`", '"a"+?+"b"'),
    "template with nothing between": ("x = `${a}${b}`", "a+b"),
    "number": ("x = 3", "3"),
    "numbers of all kinds": ("x = [1_000, .5, 1e3, 0xff, 0b11, 10n]", "[1000, 0.5, 1000.0, 255, 3, 10]"),
    "negative number": ("x = -1.5", "-1.5"),
    "negated": ("x = !1", "?"),
    "true": ("x = true", "True"),
    "null": ("x = null", "None"),
    "undefined": ("x = undefined", "None"),
    "regular expression": (r"x = /[/'`]\//g", "?"),
    "name": ("x = y", "y"),
    "member": ("x = a.b.c", "a.b.c"),
    "member that may be missing": ("x = a?.b!.c", "a.b.c"),
    "member on the next line": ("x = a\n  .b\n  .c", "a.b.c"),
    "private member after a comment": ("x = a /* b */.\n#c", "a.#c"),
    "index after a dot": ('x = a ?. ["b"] ?. (c)', "a.b(c)"),
    "member after a comment": ("x = a. // b\n c", "a.c"),
    "own member": ("x = this.client.chat", "client.chat"),
    "private member": ("x = this.#client", "#client"),
    "index by text": ('x = a["b"].c', "a.b.c"),
    "index by text that may be missing": ('x = a?.["b"]', "a.b"),
    "index by number": ("x = a.choices[0].text", "a.choices.0.text"),
    "index that is not known": ("x = a[b].c", "a.*.c"),
    "index by a sum": ('x = a["b" + 1]', "a.*"),
    "sum": ('x = base + "/v1"', 'base+"/v1"'),
    "sum of texts": ('x = "a" + "b"', '"ab"'),
    "sum with a product": ('x = "a" + b * 2', '"a"+?'),
    "difference": ("x = a - b", "?"),
    "comparison": ('x = a + "b" === c', "?"),
    "or": ('x = a || "b"', '<a|"b">'),
    "or, three times": ("x = a || b ?? c", "<a|b|c>"),
    "and": ("x = a && b", "b"),
    "and before or": ("x = a && b || c", "<b|c>"),
    "sum before or": ('x = "a" + b || c', '<"a"+b|c>'),
    "ternary": ("x = a ? b : c", "<b|c>"),
    "ternary in a ternary": ("x = a ? b ? 1 : 2 : c ? 3 : 4", "<1|2|3|4>"),
    "ternary with numbers": ("x = a?.5:1", "<0.5|1>"),
    "ternary with arrows": ("x = a ? (b) => b : () => c", "<?|?>"),
    "parentheses": ("x = (a, b)", "b"),
    "assignment in an assignment": ("y = x = 3", "3"),
    "list": ("x = [1, a, ...b]", "[1, a, ?]"),
    "list with a comma at its end": ("x = [1, a,]", "[1, a]"),
    "object": ('x = { a: 1, "b-c": d, 3: e, f }', "{a: 1, b-c: d, 3: e, f: f}"),
    "object with words for keys": (
        "x = { default: 1, new: 2, get: 3, async }",
        "{default: 1, new: 2, get: 3, async: async}",
    ),
    "object with a computed key": ('x = { [a]: 1, ["b"]: 2 }', "{b: 2}"),
    "object with functions": ("x = { a() {}, async *b() {}, get c() {}, d: 1 }", "{d: 1}"),
    "object with a known one": ("x = { ...{ a: 1 }, b: 2 }", "{a: 1, b: 2}"),
    "object with one that is not known": ("x = { ...a, b: 2 }", "{**: a, b: 2}"),
    "object with a known one, perhaps": ("x = { ...(a && { b: 1 }) }", "{b: <1|None>}"),
    "object with one or the other": ("x = { ...(a ? { b: 1 } : {}) }", "{b: <1|None>}"),
    "cast": ("x = a as unknown as B<C>", "a"),
    "cast of a text": ('x = "a" satisfies string as "a" | "b"', '"a"'),
    "cast to a type of a module": ('x = { a: "b" } as C.D & E.F', '{a: "b"}'),
    "cast to a list of types of a module": ("x = a.b as C.D<E>[]", "a.b"),
    "types without a call": ("x = a<B>", "a"),
    "shifted": ("a >>>= b; x = c", "c"),
    "call that is not null": ("x = a ?? b!()", "<a|b()>"),
    "choice with parentheses": ("x = a ? (b as C) : d => e", "<b|?>"),
    "const": ("x = { a: 1 } as const", "{a: 1}"),
    "not null": ("x = a!", "a"),
    "call": ("x = f(a, ...b, c)", "f(a, ?, c)"),
    "call that may be missing": ("x = a?.b?.(1)", "a.b(1)"),
    "call with types": ("x = a.f<B, C<D>>(1)", "a.f(1)"),
    "comparisons that look like types": ("x = [a < b, c > d]", "[?, ?]"),
    "new": ('x = new OpenAI({ apiKey: "k" })', 'OpenAI({apiKey: "k"})'),
    "new without parentheses": ("x = new OpenAI", "OpenAI()"),
    "new with types": ("x = new Map<string, Client>()", "Map()"),
    "new of a member": ("x = new ai.OpenAI().chat.create(1)", "ai.OpenAI() -> chat.create(1)"),
    "new of an expression": ("x = new (f())(1)", "f() -> __call__(1)"),
    "call on a result": ("x = a().b.c(1)\n  .d()", "a() -> b.c(1) -> d()"),
    "call of a result": ('x = f({})("m")', 'f({}) -> __call__("m")'),
    "member of a result": ("x = f().a", "?"),
    "call on one of several": ("x = (a ?? new B()).c(1)", "a.c(1)"),
    "call of what is not known": ("x = (() => 1)()", "()"),
    "call on what is computed": ("x = clients[name].chat(1)", "clients.*.chat(1)"),
    "awaited": ("x = await a.b(1)", "a.b(1)"),
    "call on what is awaited": ("x = (await a()).b()", "a() -> b()"),
    "call on a cast": ("x = (a as B).c()", "a.c()"),
    "tag": ("x = sql.raw`a ${b}`", 'sql.raw("a "+b)'),
    "arrow": ("x = () => 1", "?"),
    "function": ("x = function () { return 1 }", "?"),
    "element": ("x = <a b='c'>d</a>", "?"),
    "trim": ('x = a.b.trim() || "c"', '<a.b|"c">'),
    "trim of a choice": ('x = (a || "b").trim()', '<a|"b">'),
    "text of something": ("x = String(a.b)", "a.b"),
    "division after parentheses": ("x = (a) / 2 / b", "?"),
    "join": ('x = ["https://", host, "/v1"].join("")', '"https://"+host+"/v1"'),
    "join with commas": ('x = ["a", "b"].join()', '"a,b"'),
    "join of what is not known": ("x = parts.join('/')", 'parts.join("/")'),
    "concat": ('x = "https://".concat(host, "/v1")', '"https://"+host+"/v1"'),
    "slashes at the end": (
        r'x = (process.env.A || "https://a.example/").replace(/\/+$/, "")',
        '$A|"https://a.example/"',
    ),
    "other replacements": ('x = a.replace(/b/, "")', 'a.replace(?, "")'),
    "address": ('x = new URL("https://a.example/b")', '"https://a.example/b"'),
    "address with a base": ('x = new URL("/v1/chat", "https://a.example/")', '"https://a.example/v1/chat"'),
    "address with a base that has a name": ('x = new URL("v1", base).toString()', 'base+"/v1"'),
    "address that needs no base": ('x = new URL("https://a.example", base)', '"https://a.example"'),
    "address of what is not known": ("x = new URL(a, b)", "?"),
    "objects assigned": ("x = Object.assign({ a: 1 }, { b: 2 }, c)", "{a: 1, b: 2, **: c}"),
    "promises": ("x = await Promise.all([a, f()])", "[a, f()]"),
    "no semicolons": ("x = a\ny = 2", "a"),
    "no semicolon before a word": ("x = a\nconst b = 1", "a"),
}


@pytest.mark.parametrize("case", VALUES)
def test_value(case: str) -> None:
    source, expected = VALUES[case]
    assert value(source) == expected


ENVIRONMENT = {
    "process": ("x = process.env.A", "$A"),
    "process, by text": ('x = process.env["A"]', "$A"),
    "process that may be missing": ("x = process?.env?.A", "$A"),
    "process of everything": ("x = globalThis.process.env.A!", "$A"),
    "import.meta": ("x = import.meta.env.A", "$A"),
    "Deno": ('x = Deno.env.get("A")', "$A"),
    "Bun": ("x = Bun.env.A", "$A"),
    "or": ('x = process.env.A || "b"', '$A|"b"'),
    "or, twice": ('x = process.env.A ?? process.env.B ?? "c"', '$A|$B|"c"'),
    "or, after another": ('x = a ?? process.env.B ?? "c"', '<a|$B|"c">'),
    "trim": ('x = process.env.A?.trim() || "b"', '$A|"b"'),
    "in a template": ("x = `a${process.env.A}`", '"a"+$A'),
    "taken out": ("const { A: x } = process.env", "$A"),
    "taken out with a default": ('const { A: x = "b" } = process.env', '$A|"b"'),
    "as an argument": ("x = f(process.env.A)", "f($A)"),
    "in a condition": ("x = process.env.A ? 1 : 2", "<1|2>"),
    "set": ("process.env.A = x = 1", "1"),
}


@pytest.mark.parametrize("case", ENVIRONMENT)
def test_variable_of_the_environment(case: str) -> None:
    source, expected = ENVIRONMENT[case]
    assert value(source) == expected
    assert variables(read(source))[:1] == (["B"] if "after another" in case else ["A"])


def test_environment_as_a_whole_is_a_reference() -> None:
    code = read("x = process.env; y = env.A; z = process.env[name]")
    assert assignments(code) == ["x = process.env", "y = env.A", "z = process.env.*"]
    assert variables(code) == []


OTHERWISE = {
    "const": 'const env = process.env\nfunction f() { x = env.A || "b" }',
    "taken out": 'const { env } = process\nx = env["A"] || "b"',
    "imported": 'import { env } from "node:process"\nx = env.A || "b"',
    "imported under another name": 'import { env as e } from "$env/dynamic/private"\nx = e.A || "b"',
    "taken out of it": 'import { env } from "node:process"\nconst { A: x = "b" } = env',
}


@pytest.mark.parametrize("case", OTHERWISE)
def test_environment_by_a_name_of_the_file(case: str) -> None:
    assert value(OTHERWISE[case]) == '$A|"b"'
    assert variables(read(OTHERWISE[case])) == ["A"]


def test_environment_that_is_handed_to_a_function_is_a_reference() -> None:
    assert value("export default { fetch(request, env) { const x = env.A } }") == "env.A"


def test_environment_that_a_framework_imports() -> None:
    assert variables(read('import { A, B as c } from "$env/static/private"')) == ["A", "B"]


IMPORTS = {
    "default": ('import A from "m"', "m: default as A"),
    "named": ("import { A, b as C } from 'm'", "m: A, b as C"),
    "default and named": ('import A, { B } from "m"', "m: default as A, B"),
    "as a whole": ('import * as ai from "m"', "m: * as ai"),
    "default and as a whole": ('import A, * as ai from "m"', "m: default as A, * as ai"),
    "for its effect": ('import "m"', "m: "),
    "of types": ('import type { A } from "m"', "m?: A"),
    "of a type": ('import type A from "m"', "m?: default as A"),
    "something called type": ('import type from "m"', "m: default as type"),
    "types among others": ('import { type A, B } from "m"', "m: B"),
    "types alone": ('import { type A, type B as C } from "m"', "m?: A, B as C"),
    "with attributes": ('import a from "m" with { type: "json" }', "m: default as a"),
    "by a text": ('import { "a-b" as c } from "m"', "m: a-b as c"),
    "over lines with comments": ('import {\n  A, // "x"\n  B,\n} from "m"', "m: A, B"),
    "require": ('const a = require("m")', "m: * as a"),
    "require of names": ('const { A, b: C } = require("m")', "m: A, b as C"),
    "require of a member": ('const A = require("m").default', "m: default as A"),
    "require of TypeScript": ('import a = require("m")', "m: * as a"),
    "require in an expression": ('new (require("m").A)()', 'm: * as require("m")'),
    "require for its effect": ('require("m")', 'm: * as require("m")'),
    "import() with await": ('const { A } = await import("m")', "m: A"),
    "import() of a member": ('const A = (await import("m")).A', "m: A"),
    "import() in an expression": ('f(await import("m"))', 'm: * as import("m")'),
    "import() with then": ('import("m").then(({ A, b: c }) => new A(c))', "m: A, b as c"),
    "import() with then and a name": ('import("m").then((a) => new a.B())', "m: * as a"),
    "import() with then and a short arrow": ('import("m").then(a => new a.B())', "m: * as a"),
    "import() among promises": ('const [{ A }] = await Promise.all([import("m"), b])', "m: A"),
    "of npm": ('import A from "npm:m@4.1/b"', "m/b: default as A"),
    "of a host of packages": ('import A from "https://esm.sh/v135/@m/n@0.20.0?bundle"', "@m/n: default as A"),
    "of Deno's host": ('import A from "https://deno.land/x/m@v4.2.0/mod.ts"', "m: default as A"),
    "of a host of files": ('import A from "https://cdn.jsdelivr.net/npm/m@1/+esm"', "m: default as A"),
    "of another host": ('import A from "https://m.example/npm:n"', "https://m.example/npm:n: default as A"),
    "export of names": ('export { A as B } from "m"', "m: A as B"),
    "export of everything": ('export * from "m"', "m: *"),
    "export of a whole": ('export * as ai from "m"', "m: * as ai"),
    "export of types": ('export type { A } from "m"', "m?: A"),
}


@pytest.mark.parametrize("case", IMPORTS)
def test_import(case: str) -> None:
    source, expected = IMPORTS[case]
    code = read(source)
    assert imports(code) == [expected]
    assert literals(code) == []


NO_IMPORTS = {
    "comment": '// import a from "m"\n/* require("m") */',
    "text": "a = 'import b from \"m\"'",
    "a name in a type": 'let a: import("m").B',
    "what is not known": "a = await import(name)",
}


@pytest.mark.parametrize("case", NO_IMPORTS)
def test_no_import(case: str) -> None:
    assert imports(read(NO_IMPORTS[case])) == []


def test_call_of_a_module_that_is_loaded_in_an_expression_names_it() -> None:
    code = read('x = new (require("m").A)(1); y = (await import("n")).default(2)')
    assert calls(code) == ['require("m").A(1)', 'import("n").default(2)']
    assert imports(code) == ['m: * as require("m")', 'n: * as import("n")']


ASSIGNMENTS = {
    "const": ("const a = 1, b = 2", ["a = 1", "b = 2"]),
    "let with a type": ("let a: Map<string, { b: C }> = d", ["a = d"]),
    "function type": ("let a: (b: string) => void = c", ["a = c"]),
    "union that begins with a line": ("let a:\n  | 'b'\n  | 'c' = 'd'", ['a = "d"']),
    "nothing yet": ("let a: string\nlet b", []),
    "type with no semicolon": ("let a: string\nb = 1", ["b = 1"]),
    "object pattern": ("const { a, b: c, d = 1, ...e } = f", ["a = f.a", "c = f.b", "d = <f.d|1>", "e = ?"]),
    "pattern in a pattern": ("const { a: { b }, c: [d] } = e", ["b = e.a.b", "d = e.c.0"]),
    "pattern of a known object": ("const { a, b } = { a: 1 }", ["a = 1", "b = ?"]),
    "list pattern": ("const [a, , b] = [1, 2, 3]", ["a = 1", "b = 3"]),
    "pattern of a call": ("const { data } = await f()", ["data = ?"]),
    "member": ("a.b.c = 1", ["a.b.c = 1"]),
    "index": ('a["b"] = 1', ["a.b = 1"]),
    "what is computed": ("a[b] = 1", ["a.* = 1"]),
    "own member": ("class A { b() { this.c = 1 } }", ["A:c = 1"]),
    "logical": ('a.b ||= "c"', ['a.b = <a.b|"c">']),
    "appended": ('a += "b"', ['a = a+"b"']),
    "subtracted": ("a -= 1", ["a = ?"]),
    "in an expression": ("f(a = 1)", ["a = 1"]),
    "module.exports": ("module.exports = { a: b }", ["module.exports = {a: b}", "module.exports:a = b"]),
    "exports": ("exports.a = b", ["exports.a = b"]),
    "export default": ("export default a", ["default = a"]),
    "export default of a class": ("export default class A {}", ["default = A"]),
    "export default of a function": ("export default async function a() {}", ["default = a"]),
    "export under another name": ("export { a as b, c }", ["b = a"]),
    "export =": ("export = a", ["module.exports = a"]),
    "export const": ("export const a = 1", ["a = 1"]),
    "loop": ('for (const a of ["b", "c"]) {}', ['a = <"b"|"c">']),
    "loop over what is not known": ("for await (const a of b) {}", ["a = ?"]),
    "loop that counts": ("for (let i = 0; i < 3; i++) {}", ["i = 0"]),
    "class members": (
        "class A { b = 1; static #c: string = 'd'; private readonly e?: F; 'g-h' = 2 }",
        ["A:b = 1", 'A:#c = "d"', "A:g-h = 2"],
    ),
    "class members without semicolons": ("class A {\n b = 1\n c = d\n e() {}\n}", ["A:b = 1", "A:c = d"]),
    "members with words for names": (
        "class A { get = 1; static = 2; async = 3 }",
        ["A:get = 1", "A:static = 2", "A:async = 3"],
    ),
    "class that has no name": ("const A = class { b = 1 }", ["A = ?", "A:b = 1"]),
    "object members": (
        "const a = { b: 1, c: { d: 2 } }",
        ["a = {b: 1, c: {d: 2}}", "a:b = 1", "a:c = {d: 2}", "a.c:d = 2"],
    ),
    "enumeration": ("enum A { b = 'c', 'd' = 2, e }", ['A:b = "c"', "A:d = 2"]),
    "enumeration of constants": ("export declare const enum A { b = 1 }", ["A:b = 1"]),
    "namespace": ("namespace A { export const b = 1 }", ["b = 1"]),
    "decorated": ("@A({ b: 1 })\nclass C { @D() e = 1 }", ["C:e = 1"]),
    "static block": ("class A { static { b = 1 } }", ["b = 1"]),
    "label": ("a: b = 1", ["b = 1"]),
    "element's child": ("x = <a>{b = 1}</a>", ["x = ?", "b = 1"]),
}


@pytest.mark.parametrize("case", ASSIGNMENTS)
def test_assignment(case: str) -> None:
    source, expected = ASSIGNMENTS[case]
    assert assignments(read(source)) == expected


def test_default_of_a_parameter() -> None:
    code = read('function f(a: string = "b", { c, d: e = 1 }: G = {}, ...h) {}')
    assert assignments(code) == ['a = "b"', "e = 1"]
    assert all(one.is_default and one.function == "f" for one in code.assignments)


FUNCTIONS = {
    "declaration": ("function f(a, b?: string, ...c): D | null { return a }", "f(a, b, c) -> a"),
    "async generator": ("export async function* f() { return 1 }", "f() -> 1"),
    "arrow": ("const f = (a: string): B => a", "f(a) -> a"),
    "arrow of one name": ("const f = async a => a.b", "f(a) -> a.b"),
    "arrow with a block": ("const f = () => { return 1 }", "f() -> 1"),
    "arrow that gives an object": ("const f = () => ({ a: 1 })", "f() -> {a: 1}"),
    "arrow with types": ("const f = async <T,>(a: T): Promise<T> => g(a)", "f(a) -> g(a)"),
    "function expression": ("const f = function g(a) { return a }", "g(a) -> a"),
    "member": ("exports.f = () => 1", "exports.f() -> 1"),
    "method": ("class A { async f<T>(a: T): Promise<void> { return 1 } }", "A.f(a) -> 1"),
    "arrow in a class": ("class A { f = () => 1 }", "A.f() -> 1"),
    "getter": ("class A { static get f(): string { return 'b' } }", 'A.f() -> "b"'),
    "constructor": ("class A { constructor(private readonly a: B, @C() d = 1) {} }", "A.constructor(a, d) -> "),
    "in an object": ("const a = { f: () => 1 }", "a.f() -> 1"),
    "in an object, short": ("const a = { async f() { return 1 } }", "a.f() -> 1"),
    "default": ("export default () => 1", "default() -> 1"),
    "default without a name": ("export default function () { return 1 }", "default() -> 1"),
    "several ends": ("function f() { if (a) { return 1 } else return 2; return }", "f() -> 1, 2"),
    "end without a value or a semicolon": ("function f() { if (a) return\ng() }", "f() -> "),
    "taken apart": ("function f({ a, b: { c } }, [d]) {}", "f(a, b, d) -> "),
    "predicate": ("function f(a: any): a is B { return 1 }", "f(a) -> 1"),
    "arrow in an arrow": ("const f = (a) => (b) => a", "f(a) -> ?"),
    "what another returns": ("function f() { g(() => { return 2 }); return 1 }", "f() -> 1"),
    "derived class": (
        "class A extends b.C { constructor(d) { super({ e: d }) } }",
        "A(d) -> b.C({e: d}), A.constructor(d) -> ",
    ),
    "derived class without a constructor": ("const A = class extends B<C> {}", "A(options) -> B(options)"),
    "overloaded": ("class A { f(a: string): void; f(a: any) { return 1 } }", "A.f(a) -> , A.f(a) -> 1"),
}


@pytest.mark.parametrize("case", FUNCTIONS)
def test_function(case: str) -> None:
    source, expected = FUNCTIONS[case]
    found = [
        f"{one.name}({', '.join(one.parameters)}) -> {', '.join(map(said, one.returns))}"
        for one in read(source).functions
    ]
    assert ", ".join(found) == expected


def test_assignment_names_its_function() -> None:
    code = read("a = 1; function f() { b = 2; g(() => { c = 3 }) } class C { m() { const d = () => { e = 4 } } }")
    assert {".".join(one.path): one.function for one in code.assignments} == {
        "a": "",
        "b": "f",
        "c": "f",
        "d": "C.m",
        "e": "d",
    }


CONDITIONAL = {
    "if": "if (no()) yes()",
    "if with a block": "if (no()) { g; { yes() } } no()",
    "else": "if (a) { yes() } else yes(); no()",
    "else if": "if (no()) yes(); else if (yes()) { yes() } no()",
    "ternary": "no() ? yes() : f(yes()); no()",
    "return without a semicolon": "if (a) return\nno()",
    "throw": "if (a) throw yes(); no()",
    "switch": "switch (no()) { case 1: yes(); break; default: yes() } no()",
    "catch": "try { no() } catch (e) { yes() } finally { no() }",
    "loop": "for (const a of no()) { no() } while (no()) no()",
    "or": "a || no(); b && no()",
    "function in a branch": "if (a) { function f() { yes() } } no()",
}


@pytest.mark.parametrize("case", CONDITIONAL)
def test_conditional(case: str) -> None:
    for call in read(CONDITIONAL[case]).calls:
        if call.path[0] in {"yes", "no"}:
            assert call.conditional == (call.path == ("yes",)), call


def test_assignment_in_a_branch_is_conditional() -> None:
    code = read(
        "a = b ? 1 : 2; if (c) { d = 1; const e = 2 } else f = 3; const g = h && (i = 1); b ? (j = 1) : (k = 2)"
    )
    assert [one.path[0] for one in code.assignments if one.conditional] == ["d", "e", "f", "j", "k"]


CALLS = {
    "in arguments": ("f(g(1), { a: h(2) })", ["f(g(1), {a: h(2)})", "g(1)", "h(2)"]),
    "in a block": ("{ { f() } }", ["f()"]),
    "in a callback": ("a.then(async ({ b }) => { f(b) })", ["a.then(?)", "f(b)"]),
    "in a template": ("`a${f()}`", ["f()"]),
    "in an element": (
        "<A b={f(1)} {...g()} c=\"d\">it's {h()} <B/> don't {/* i() */}</A>; j()",
        ["f(1)", "g()", "h()", "j()"],
    ),
    "in a fragment": ("<><a></a>{f()}</>", ["f()"]),
    "in an element of an element": ("x = <a>{b && <c d={<e/>}>{f()}</c>}</a>", ["f()"]),
    "in a default": ("function f(a = g()) {}", ["g()"]),
    "in a pattern's default": ("const { a = f() } = b", ["f()"]),
    "in an index": ("a[f()].b()", ["a.*.b()", "f()"]),
    "in a key": ("x = { [f()]: 1 }", ["f()"]),
    "in a class": ("class A extends f(B) { a = g(); b() { h() } }", ["f(B)", "g()", "h()"]),
    "in a decorator": ("@f(1)\nclass A { @g(2) b() {} }", ["f(1)", "g(2)"]),
    "thrown": ("throw new A(f())", ["A(f())", "f()"]),
    "after a type": ("type A = { b: string } | C\nf()", ["f()"]),
    "after a type that asks": ("type A<T> = T extends B ? C : D\nf()", ["f()"]),
    "after an interface": ("interface A<B> extends C<B> { d(): void; 'e': string }\nf()", ["f()"]),
    "after a declaration": ("declare module 'a' { const b: string }\nf()", ["f()"]),
    "after what nobody understands": ("@@ ) ] } # ) \n f()", ["f()"]),
    "after a regular expression": ("a = /`/; f()", ["f()"]),
    "after a regular expression in a condition": ("if (/'/.test(a)) f()", [".test(a)", "f()"]),
    "after a division": ("a = b / c; d = '/'; f()", ["f()"]),
    "after an arrow with a block": ("const a = () => {}\n(f())", ["f()"]),
    "of a nested generic": ("new A<B<C<D>>>().e()", ["A()", "A() -> e()"]),
    "super": ("class A extends B { constructor() { super({ a: 1 }) } }", ["B({a: 1})"]),
    "super of what has no name": ("class A extends f() { constructor() { super(1) } }", ["f()", "super(1)"]),
    "by a short name": ("$(a)", ["$(a)"]),
    "with CRLF": ("f()\r\n// g()\r\nh()", ["f()", "h()"]),
    "of a label": ("a: f()", ["f()"]),
    "of a loop's label": ("a: for (;;) { f(); break a }", ["f()"]),
    "of both": ("(a ?? b()).c(1)", ["a.c(1)", "b() -> c(1)", "b()"]),
    "generator": ("function* a() { yield* f() }", ["f()"]),
    "satisfying": ("const a = { b: f() } satisfies C<D>; g()", ["f()", "g()"]),
}


@pytest.mark.parametrize("case", CALLS)
def test_call(case: str) -> None:
    source, expected = CALLS[case]
    assert calls(read(source)) == expected


def test_cast_and_generics_before_an_arrow_without_elements() -> None:
    code = by_tokens("const a = <T>(b: T) => f(b); const c = <any>g(1)", jsx=False)
    assert calls(code) == ["f(b)", "g(1)"]


LITERALS = {
    "in a call": ('f("a", `b`)', ["a", "b"]),
    "template": ("`a${b}c${'d'}`", ["a\0cd", "d"]),
    "key": ('x = { "a": 1, b: 2 }', ["a"]),
    "attribute": ('<A b="c" d=\'e\'>f "g"</A>', ["c", "e"]),
    "case": ("switch (a) { case 'b': }", ["b"]),
    "type": ("type A = 'b'; let c: 'd' | `e`; f as 'g'; interface H { i: 'j' }", []),
    "type of a parameter": ("function f(a: 'b' = 'c'): 'd' { }", ["c"]),
    "type of a field": ("class A { b: 'c'; d?: 'e' = 'f' }", ["f"]),
    "comment": ("// 'a'\n/* 'b' */ <c>{/* 'd' */}</c>", []),
    "enumeration": ("enum A { b = 'c' }", ["c"]),
    "empty": ("f('')", []),
    "regular expression": ("/'a'/", []),
    "module that is declared": ("declare module 'a'; declare module 'b' { const c: 'd' }", []),
}


@pytest.mark.parametrize("case", LITERALS)
def test_literal(case: str) -> None:
    source, expected = LITERALS[case]
    assert literals(read(source)) == expected


def places(code: Code) -> list[Place]:
    return [
        place
        for things in (code.imports, code.assignments, code.calls, code.literals, code.functions)
        for place in (thing.place for thing in things)
    ]


def test_places_count_from_one() -> None:
    code = read('import a from "m"\n  b = new C("d")\nfunction f() {}\n a().e(process.env.G)')
    assert places(code) == [
        Place(1, 1),
        Place(2, 3),
        Place(2, 7),
        Place(4, 2),
        Place(4, 6),
        Place(2, 13),
        Place(3, 10),
    ]
    assert code.environment == (("G", Place(4, 8)),)


def test_places_are_those_of_the_file_after_a_mark_of_order() -> None:
    assert read_file("\ufefff()").calls[0].place == Place(1, 1)


def test_first_line_may_name_a_program() -> None:
    assert calls(read_file("#!/usr/bin/env -S node '\nf()")) == ["f()"]


def test_places_of_a_component_are_those_of_the_file() -> None:
    code = read_file(
        '<template>\n  <a :b="c()">it\'s</a>\n</template>\n<script setup lang="ts">\nd(<any>"e")\n</script>\n', "a.vue"
    )
    assert calls(code) == ['d("e")']
    assert code.calls[0].place == Place(5, 1)


PAGES = {
    "two scripts": ("<script>f()</script><p>g()</p><script module>h()</script>", ["f()", "h()"]),
    "comment": ("<!-- <script>f()</script> --><script>g()</script>", ["g()"]),
    "fences": ("---\nf()\n---\n<p>{g()}</p><script>h()</script>", ["f()", "h()"]),
    "attributes with an angle": ('<script generic="A extends B<C>">f()</script>', ["f()"]),
    "data": ('<script type="application/json">{"a": f()}</script>', []),
    "not closed": ("<script>f()", ["f()"]),
    "no script": ("<p>f()</p>", []),
    "elements": ('<script lang="tsx">f(<a>it\'s</a>)</script>', ["f(?)"]),
    "rule": ("<p>a</p>\n---\nf()\n---\n", []),
}


@pytest.mark.parametrize("case", PAGES)
def test_page(case: str) -> None:
    source, expected = PAGES[case]
    assert calls(read_file(source, "a.vue")) == expected


def test_minified_script_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="minified"):
        read_file("f(1);" * 200)


def test_long_texts_are_not_minified() -> None:
    assert calls(read_file("f(`" + "a word and another " * 100 + "`)")) != []


def test_tokens_are_not_exact() -> None:
    assert read("f()").exact is False
