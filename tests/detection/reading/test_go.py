"""Go, token by token."""

from __future__ import annotations

import pytest

from tests.detection.reading import shown
from tests.detection.reading.said import literals
from vendorgate.detection.reading.go import read

IMPORTS = {
    'import "os"': ["os: * as os"],
    'import ai "github.com/acme/go-ai"': ["github.com/acme/go-ai: * as ai"],
    'import (\n\t"a/b"\n\n\tc "d/e/v2" // why\n\t_ "f"\n)': ["a/b: * as b", "d/e/v2: * as c", "f"],
    'import "github.com/acme/client/v3"': ["github.com/acme/client/v3: * as client"],
    'import "gopkg.in/acme.v2"': ["gopkg.in/acme.v2: * as acme"],
}
ASSIGNMENTS = {
    'const model = "m-1"': ['model = "m-1"'],
    'var model ai.Model = "m-1"': ['model = "m-1"'],
    'const (\n\tA = "a"\n\tB T = "b"\n)': ['A = "a"', 'B = "b"'],
    'x := "a"\ny := x': ['x = "a"', "y = x"],
    "client, err := ai.New(key)": ["client = ai.New(key)", "err = ?"],
    'a, b := "x", "y"': ['a = "x"', 'b = "y"'],
    'cfg.BaseURL = "https://h/v1"': ['cfg.BaseURL = "https://h/v1"'],
    'url := "https://" + host + "/v1"': ['url = "https://"+host+"/v1"'],
    'url := "https://" + "h"': ['url = "https://h"'],
    'url := fmt.Sprintf("https://%s/v%d", host, 1)': ['url = "https://"+host+"/v"+1'],
    "q := `raw text`": ['q = "raw text"'],
    "n := -1": ["n = -1"],
    "ok := !x": ["ok = ?"],
    "p := &T{A: 1}": ["p = T(A=1)"],
    'l := []string{"a", "b"}': ['l = ["a", "b"]'],
    'm := map[string]string{"a": "b"}': ['m = {a: "b"}'],
    'l := []*ai.Message{{Role: "user"}, {Role: "x"}}': ['l = [{Role: "user"}, {Role: "x"}]'],
    'l := map[string][]string{"a": {"b"}}': ['l = {a: ["b"]}'],
    'x := m["a"]': ["x = m.a"],
    'x := os.Getenv("KEY")': ["x = $KEY"],
    'x := cmp.Or(os.Getenv("KEY"), "d")': ['x = $KEY|"d"'],
    "f := func(a string) string {\n\treturn a\n}": ["f = ?"],
    "xs[i] = y": ["xs.* = y"],
    "x := ys[0].A\nz := ys[i]\nv := ys[1:]": ["x = ys.0.A", "z = ys.*", "v = ys"],
    "x += y": ["x = x+y"],
}
CALLS = {
    "ai.New()": ["ai.New()"],
    'ai.New(option.WithKey(os.Getenv("K")), option.WithURL("u"))': [
        'ai.New(option.WithKey($K), option.WithURL("u"))',
        "option.WithKey($K)",
        'os.Getenv("K")',
        'option.WithURL("u")',
    ],
    "c.Chat.New(ctx, ai.Params{Model: m})": ["c.Chat.New(ctx, ai.Params(Model=m))", "ai.Params(Model=m)"],
    "ai.New().Chat(x).Run()": ["ai.New()", "ai.New() -> Chat(x)", "ai.New() -> Chat(x) -> Run()"],
    "if a {\n\tf()\n} else {\n\tg()\n}\nh()": ["f() if", "g() if", "h()"],
    "if err := f(); err != nil {\n\tg()\n}": ["f()", "g() if"],
    'switch p {\ncase "a":\n\tf()\ndefault:\n\tg()\n}': ["f() if", "g() if"],
    "for _, x := range xs {\n\tf(x)\n}": ["f(x)"],
    "f(xs...)": ["f(?)"],
    "go func() {\n\tf()\n}()": ["f()"],
    'f(ai.String("m"), ai.F(m))': ['f("m", m)', 'ai.String("m")', "ai.F(m)"],
    "if a ||\n\t!b {\n\tf()\n}": ["f() if"],
    "x.\n\tf().\n\tg()": ["x.f()", "x.f() -> g()"],
    "for _, x := range y {\n\tf()\n}": ["f()"],
    "x, ok := y.(T)\nf([]byte(z))": ["f(z)"],
    "case1 := []string{}\nreturn []string{a}, f(b), nil": ["f(b)"],
    "x := struct{}{}\ny := make(map[string]struct{})": ["make(struct)"],
    "switch {\ncase f(a):\n}": ["f(a) if"],
    "// f()\n/* g() */\nh()": ["h()"],
}


@pytest.mark.parametrize("source", IMPORTS)
def test_imports_are_read(source: str) -> None:
    assert shown.imports(read(f"package main\n{source}\n")) == IMPORTS[source]


@pytest.mark.parametrize("source", ASSIGNMENTS)
def test_assignments_are_read(source: str) -> None:
    assert shown.assignments(read(f"package main\n\n{source}\n")) == ASSIGNMENTS[source]


@pytest.mark.parametrize("source", CALLS)
def test_calls_are_read(source: str) -> None:
    assert shown.calls(read(f"package main\n\nfunc main() {{\n{source}\n}}\n")) == CALLS[source]


def test_types_that_something_is_for_are_left_out() -> None:
    code = read("package main\n\nfunc main() {\n\tf[int](x)\n\ty := T[A]{b: c}\n}\n")
    assert shown.calls(code) == ["f(x)", "T(b=c)"]


def test_methods_leave_out_what_they_are_called_on() -> None:
    code = read(
        "func (c *Client) Set(url string, n int) *Client {\n\tc.url = url\n\tc.http.Do(x)\n\treturn c.copy()\n}\n"
    )
    assert shown.assignments(code) == ["Client:url = url in Client.Set"]
    assert shown.calls(code) == ["http.Do(x)", "copy()"]
    assert shown.functions(code) == ["Client.Set(url, n) -> copy()"]


def test_tag_of_field_names_its_variable() -> None:
    code = read(
        'type Config struct {\n\tKey string `env:"AI_KEY,required" envDefault:"none"`\n\tName string `json:"name"`\n'
        '\tF func(x int) error `json:"f"`\n}\n'
    )
    assert shown.assignments(code) == ['Config:Key = $AI_KEY|"none"']
    assert literals(code) == []


def test_methods_of_interfaces_are_no_calls() -> None:
    assert shown.calls(read("type A interface {\n\tf(x int) error\n\tg()\n}\n")) == []


def test_function_that_returns_list_has_a_body() -> None:
    code = read("func f() []string {\n\tx := g()\n\treturn x\n}\n")
    assert shown.functions(code) == ["f() -> x"]
    assert shown.assignments(code) == ["x = g() in f"]


def test_members_of_types_without_names_are_passed_over() -> None:
    code = read(
        'type A struct {\n\tB struct {\n\t\tC string `json:"c"`\n\t} `json:"b"`\n}\n'
        'var x = []struct{ y string }{{"z"}}\n'
    )
    assert literals(code) == ["z"]
    assert shown.assignments(code) == ['x = [["z"]]']


def test_places_count_from_one() -> None:
    found = read("package main\n\nvar c = ai.New()\n").calls[0].place
    assert (found.line, found.column) == (3, 9)
