"""Rust, token by token."""

from __future__ import annotations

import pytest

from tests.detection.reading import shown
from tests.detection.reading.said import literals, variables
from vendorgate.detection.reading.rust import read

IMPORTS = {
    "use a::b::C;": ["a::b: C"],
    "use a::b::{C, D as E};": ["a::b: C, D as E"],
    "use a::{b::C, d::{self, E}, F};": ["a::b: C", "a: d, F", "a::d: E"],
    "use a::b as c;": ["a: b as c"],
    "use a::*;": ["a"],
    "use a;": ["a: * as a"],
    "extern crate a as b;": ["a: * as b"],
}
ASSIGNMENTS = {
    'const MODEL: &str = "m-1";': ['MODEL = "m-1"'],
    'static URL: &\'static str = "u";': ['URL = "u"'],
    'let x = std::env::var("K").unwrap_or("d".to_string());': ['x = $K|"d"'],
    'let x = env::var("K").unwrap_or_else(|_| "d".into());': ['x = $K|"d"'],
    'let x = env::var("K")?;': ["x = $K"],
    'let x = env::var("K").context("no")?;': ["x = $K"],
    'let x = env!("K");': ["x = $K"],
    'if let Ok(key) = env::var("K") { f(key); }': ["key = $K"],
    "let Some(x) = f(y) else { return; };": ["x = f(y)"],
    'let u = format!("https://{}/{path}/{0}", host);': ['u = "https://"+host+"/"+path+"/"+host'],
    "let c: Client = Client::new().with_key(k).build()?;": ["c = Client.new() -> with_key(k) -> build()"],
    "let c = Config { url: u, key, ..Default::default() };": ["c = Config(url=u, key=key)"],
    'let b = json!({"model": "m", "messages": [{"role": x}]});': ['b = {model: "m", messages: [{role: x}]}'],
    'let l = vec!["a", "b"];': ['l = ["a", "b"]'],
    'let r = r#"a "b""#;': ['r = "a \\"b\\""'],
    'let x = if a { "b" } else { "c" };': ['x = <"b"|"c">'],
    'let x = match p { A => "b", _ => "c" };': ['x = <"b"|"c">'],
    "let x = y.unwrap_or_else(|| NAME.to_string());": ["x = y.unwrap_or_else(NAME)"],
    "let x = f(y).unwrap_or_else(|_| { g(); NAME });": ["x = f(y) -> unwrap_or_else(NAME)"],
    "let x = f(y).map(|z| z.a);": ["x = f(y) -> map(?)"],
    'const P: [(&str, &str); 2] = [("a", "https://a"), ("b", "https://b")];': [
        'P = [["a", "https://a"], ["b", "https://b"]]'
    ],
    "let x = y as u32;": ["x = y"],
    "let mut x = &y;": ["x = y"],
    "let x = f(a).await?;": ["x = f(a)"],
    "let f = |x: u32| x + 1;": ["f = ?"],
    "let c = Client::<Config>::with(a);": ["c = Client.with(a)"],
}
CALLS = {
    "client.chat().create(req).await?;": ["client.chat()", "client.chat() -> create(req)"],
    'client.post(URL).header("a", b).json(&body).send()': [
        "client.post(URL)",
        'client.post(URL) -> header("a", b)',
        'client.post(URL) -> header("a", b) -> json(body)',
        'client.post(URL) -> header("a", b) -> json(body) -> send()',
    ],
    "if a { f() } else { g() } h();": ["f() if", "g() if", "h()"],
    "match p { A { .. } | B(_) => f(), C => { g() } D => h() }": ["f() if", "g() if", "h() if"],
    "xs.iter().map(|x| f(x)).collect::<Vec<_>>()": [
        "xs.iter()",
        "xs.iter() -> map(?)",
        "f(x)",
        "xs.iter() -> map(?) -> collect()",
    ],
    "self.0.f(1..2, x.0.g());": ["0.f(?, x.0.g())", "x.0.g()"],
    'o.f().x = Some("a".into());\nlet y = Some("b");': ["o.f()", 'Some("a")', 'Some("b")'],
    "f(a).await?.g(b)?.h().await?;": ["f(a)", "f(a) -> g(b)", "f(a) -> g(b) -> h()"],
    "x.f().send().await?.json::<T>().await?": ["x.f()", "x.f() -> send()", "x.f() -> send() -> json()"],
    "tokio::spawn(async move { f() });": ["tokio.spawn(f())", "f()"],
    "let c = 'x'; let d: &'a str = f('\\'', b'x');": ["f(?, ?)"],
}


@pytest.mark.parametrize("source", IMPORTS)
def test_imports_are_read(source: str) -> None:
    assert shown.imports(read(f"{source}\n")) == IMPORTS[source]


@pytest.mark.parametrize("source", ASSIGNMENTS)
def test_assignments_are_read(source: str) -> None:
    assert shown.assignments(read(f"{source}\n")) == ASSIGNMENTS[source]


@pytest.mark.parametrize("source", CALLS)
def test_calls_are_read(source: str) -> None:
    assert shown.calls(read(f"fn main() {{\n{source}\n}}\n")) == CALLS[source]


def test_members_are_read() -> None:
    code = read(
        "pub(crate) struct C<'a> { key: &'a str }\n"
        "impl<'a> Trait<X> for C<'a> {\n    const URL: &str = \"u\";\n"
        "    pub async fn run<T: X>(&self, a: Vec<T>, b: u32) -> Result<Client> {\n"
        "        self.key = f(a);\n        if b { return Ok(x); }\n        Ok(Client::new(Self::URL))\n    }\n}\n"
    )
    assert shown.assignments(code) == ['C:URL = "u"', "C:key = f(a) in C.run"]
    assert shown.functions(code) == ["C.run(a, b) -> x, Client.new(URL)"]


def test_functions_of_other_languages_are_read() -> None:
    code = read('extern "C" fn f<F: Fn(u8) -> u8>(x: F) { g("a"); }\nextern crate b;\nfn h() { i(); }\n')
    assert [one.name for one in code.functions] == ["f", "h"]
    assert shown.calls(code) == ['g("a")', "i()"]
    assert shown.imports(code) == ["b: * as b"]


def test_attributes_say_nothing_else() -> None:
    code = read('#[doc = "a"]\n#[deprecated(note = "b")]\n#![allow(c)]\n#[derive(D)]\nfn f() { g("h") }\n')
    assert (literals(code), shown.calls(code)) == (["h"], ['g("h")'])
    code = read('struct A {\n  #[arg(default_value = "https://a")]\n  url: String,\n}\n')
    assert shown.assignments(code) == ['A:url = "https://a"']


def test_attribute_of_argument_names_its_variable() -> None:
    code = read(
        'struct A {\n  /// "no"\n  #[arg(long, env = "AI_KEY", default_value = "d")]\n  key: String,\n'
        "  other: String,\n}\n"
    )
    assert shown.assignments(code) == ['A:key = $AI_KEY|"d"']
    assert variables(code) == ["AI_KEY"]
    assert shown.calls(code) == []


def test_comments_may_stand_in_comments() -> None:
    assert literals(read('/* "a" /* "b" */ "c" */ const X: &str = "d"; // "e"\n')) == ["d"]
