"""Ruby, token by token."""

from __future__ import annotations

import pytest

from tests.detection.reading import shown
from tests.detection.reading.said import literals
from vendorgate.detection.reading.ruby import read

IMPORTS = {
    'require "a/b"': ["a/b"],
    "require('a')": ["a"],
    'require_relative "x/y"': ["./x/y"],
}
ASSIGNMENTS = {
    'MODEL = "m-1".freeze': ['MODEL = "m-1"'],
    "MODELS = %w[m-1 m-2].freeze": ['MODELS = ["m-1", "m-2"]'],
    'x = ENV["K"] || "d"': ['x = $K|"d"'],
    'x = ENV.fetch("K", "d")': ['x = $K|"d"'],
    'x = ENV.fetch("K") { "d" }': ['x = $K|"d"'],
    'x = ENV.fetch("K") { D }': ["x = $K|D"],
    'x = h.fetch(:k) { "d" }': ['x = h.fetch("k", "d")'],
    "x = h.map { |y| y.z }": ["x = h.map()"],
    'u = "https://#{host}/#{@path}/v1"': ['u = "https://"+host+"/"+path+"/v1"'],
    "u = 'a' 'b'": ['u = "ab"'],
    'u = "https://" + host': ['u = "https://"+host'],
    '@client ||= Foo::Client.new(access_token: ENV["K"])': ["client = Foo.Client.new(access_token=$K)"],
    "c = Foo::Client.new": ["c = Foo.Client.new()"],
    "c = ::Foo.new(a)": ["c = Foo.new(a)"],
    'o = { a: "b", "c" => 1, :d => x }': ['o = {a: "b", c: 1, d: x}'],
    'o[:a] = "b"': ['o.a = "b"'],
    'x = a ? "b" : "c"': ['x = <"b"|"c">'],
    'x = if a then "b" else "c" end': ['x = <"b"|"c">'],
    'x = case p\nwhen :a then "b"\nelse "c"\nend': ['x = <"b"|"c">'],
    "x = <<~A.strip\n  a #{b}\nA\ny = 1": ['x = "  a "+b+"\\n"', "y = 1"],
    "a, b = 1, 2": ["a = 1", "b = 2"],
    "x = :sym": ['x = "sym"'],
    "x = y unless z": ["x = y"],
    "x = /a'b/": ["x = ?"],
    "x = a / b / 'c'": ["x = ?"],
    'config.access_token = ENV.fetch("K")': ["config.access_token = $K"],
}
CALLS = {
    'client.chat(parameters: { model: "m", messages: [{ role: "user" }] })': [
        'client.chat(parameters={model: "m", messages: [{role: "user"}]})'
    ],
    'field :key, type: :string, default: ENV["K"]': ['field("key", type="string", default=$K)'],
    'puts "a"': ['puts("a")'],
    "puts foo(1), 2": ["puts(foo(1), 2)", "foo(1)"],
    "f a,\n  b\ng": ["f(a, b)"],
    "Foo.new(a).bar.baz(b)": ["Foo.new(a)", "Foo.new(a) -> bar.baz(b)"],
    "Foo::Client.new.chat(b)": ["Foo.Client.new()", "Foo.Client.new() -> chat(b)"],
    "foo(a)\n  .bar(b)\n  .baz": ["foo(a)", "foo(a) -> bar(b)", "foo(a) -> bar(b) -> baz()"],
    "f(a) if b(c)": ["f(a) if", "b(c)"],
    "if a(1)\n  f(2)\nelsif b(3)\n  g(4)\nelse\n  h(5)\nend\ni(6)": [
        "a(1)", "f(2) if", "b(3) if", "g(4) if", "h(5) if", "i(6)",
    ],
    "case a(1)\nwhen 2\n  f(3)\nend": ["a(1)", "f(3) if"],
    "begin\n  f(1)\nrescue E => e\n  g(2)\nensure\n  h(3)\nend": ["f(1)", "g(2) if", "h(3)"],
    "Foo.configure do |config|\n  config.x(1)\nend": ["Foo.configure()", "config.x(1)"],
    "xs.each { |x| f(x) }": ["xs.each()", "f(x)"],
    "while a(1) do\n  f(2)\nend\ng(3)": ["a(1)", "f(2)", "g(3)"],
    "f(*a, **b, &c)": ["f(?, ?, ?)"],
    "self.class.f(a)": ["class.f(a)"],
    "f = ->(x) { g(x) }\nh(1)": ["g(x)", "h(1)"],
    "# f(1)\n=begin\ng(2)\n=end\nh(3)": ["h(3)"],
    "f(1)\n__END__\ng(2)": ["f(1)"],
}  # fmt: skip


@pytest.mark.parametrize("source", IMPORTS)
def test_requires_are_imports(source: str) -> None:
    code = read(f"{source}\n")
    assert shown.imports(code) == IMPORTS[source]
    assert (shown.calls(code), literals(code)) == ([], [])


@pytest.mark.parametrize("source", ASSIGNMENTS)
def test_assignments_are_read(source: str) -> None:
    assert shown.assignments(read(f"{source}\n")) == ASSIGNMENTS[source]


@pytest.mark.parametrize("source", CALLS)
def test_calls_are_read(source: str) -> None:
    assert shown.calls(read(f"{source}\n")) == CALLS[source]


def test_members_are_read() -> None:
    code = read(
        'module M\n  class C < B\n    URL = "u"\n\n    def initialize(key, url: URL, **rest)\n'
        "      @key = key\n    end\n\n"
        "    def self.make(a) = new(a)\n\n    def name x\n      return 1 if x\n      if y\n        f(x)\n"
        "      else\n        g(x)\n"
        "      end\n    end\n\n    private\n\n    attr_reader :key\n  end\nend\nz = 1\n"
    )
    assert shown.assignments(code) == [
        'C:URL = "u"',
        "url = URL in C.initialize by default",
        "C:key = key in C.initialize",
        "z = 1",
    ]
    assert shown.functions(code) == [
        "C.initialize(key, url, rest) -> key",
        "C.make(a) -> new(a)",
        "C.name(x) -> 1, <f(x)|g(x)>",
    ]


def test_each_word_of_a_list_has_its_place() -> None:
    code = read("A = %w[\n  m-1\n  m-2\n]\n")
    assert [(one.value, one.place.line, one.place.column) for one in code.literals] == [("m-1", 2, 3), ("m-2", 3, 3)]


def test_texts_below_their_line_are_read_once() -> None:
    code = read("f(<<~A, <<~'B')\n  a #{x} 'q\nA\n  b \"\nB\ng(\"c\")\n")
    assert literals(code) == ["  a \0 'q\n", '  b "\n', "c"]
