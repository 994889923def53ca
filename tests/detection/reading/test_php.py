"""PHP, token by token."""

from __future__ import annotations

import pytest

from tests.detection.reading import shown
from tests.detection.reading.said import literals
from vendorgate.detection.reading.php import read

IMPORTS = {
    "use A\\B\\C;": ["A\\B: C"],
    "use A\\B\\C as D;": ["A\\B: C as D"],
    "use A\\{B, C as D};": ["A: B", "A: C as D"],
    "use function A\\f;": ["A: f"],
    "use A;": ["A: * as A"],
    "class X { use A; }": [],
}
ASSIGNMENTS = {
    "$x = 'a';": ['x = "a"'],
    "const URL = 'u';": ['URL = "u"'],
    "define('URL', 'u');": ['URL = "u"'],
    "$x = getenv('K') ?: 'd';": ['x = $K|"d"'],
    "$x = $_ENV['K'] ?? 'd';": ['x = $K|"d"'],
    "$x = env('K', 'd');": ['x = $K|"d"'],
    "$u = 'https://' . $host . '/v1';": ['u = "https://"+host+"/v1"'],
    '$u = "https://$host/{$this->path}/v1";': ['u = "https://"+host+"/"+path+"/v1"'],
    "$u = sprintf('%s/v1', $host);": ['u = host+"/v1"'],
    "$o = ['a' => 1, 'b' => ['c' => 'd']];": ['o = {a: 1, b: {c: "d"}}'],
    "$o = array('a' => 'b');": ['o = {a: "b"}'],
    "$l = ['a', 'b'];": ['l = ["a", "b"]'],
    "$o['a']['b'] = 'c';": ['o.a.b = "c"'],
    "$o[] = 'c';": ['o.* = "c"'],
    "$x = $a ? 'b' : 'c';": ['x = <"b"|"c">'],
    "$x = match($p) { 'a' => 'b', default => 'c' };": ['x = <"b"|"c">'],
    "$c = OpenAI::client($key);": ["c = OpenAI.client(key)"],
    "$c = new \\A\\Client(key: $key);": ["c = A.Client(key=key)"],
    "$x = <<<EOT\na $b\n  EOT;\n$y = 'z';": ['x = "a "+b+"\\n"', 'y = "z"'],
    "$x = <<<'EOT'\na $b\nEOT;\n$y = 'z';": ['x = "a $b\\n"', 'y = "z"'],
    "$f = fn($x) => $x;": ["f = ?"],
    "$f = g($x, fn() => 'd');": ['f = g(x, "d")'],
    "$x .= 'a';": ['x = x+"a"'],
    "$x = (string) $y;": ["x = y"],
}
CALLS = {
    "$client->chat()->create(['model' => 'm']);": ["client.chat()", 'client.chat() -> create({model: "m"})'],
    "$this->client->post($url, ['json' => $x]);": ["client.post(url, {json: x})"],
    "if ($a) { f(); } elseif (b()) { g(); } else h(); i();": ["f() if", "b()", "g() if", "h() if", "i()"],
    "try { f(); } catch (E $e) { g(); }": ["f()", "g() if"],
    "$x = function($y) use ($z) { f($y); };": ["f(y)"],
    "$a?->b($c);": ["a.b(c)"],
    "return new A;": ["A()"],
    "$x = (new A)->b();": ["A()", "A() -> b()"],
    "f($x)->throw()->default($y);": ["f(x)", "f(x) -> throw()", "f(x) -> throw() -> default(y)"],
    "f(...$x);": ["f(?)"],
    "f(); // g()\n# h()\n/* i() */": ["f()"],
}


@pytest.mark.parametrize("source", IMPORTS)
def test_imports_are_read(source: str) -> None:
    assert shown.imports(read(f"<?php\nnamespace N;\n{source}\n")) == IMPORTS[source]


@pytest.mark.parametrize("source", ASSIGNMENTS)
def test_assignments_are_read(source: str) -> None:
    assert shown.assignments(read(f"<?php\n{source}\n")) == ASSIGNMENTS[source]


@pytest.mark.parametrize("source", CALLS)
def test_calls_are_read(source: str) -> None:
    assert shown.calls(read(f"<?php\n{source}\n")) == CALLS[source]


def test_members_are_read() -> None:
    code = read(
        "<?php\nclass C extends B {\n  public const URL = 'u';\n  private ?string $model = 'm-1';\n"
        "  #[Route('/x')]\n  public function __construct(private Client $client, string $key = 'k') {\n"
        "    $this->x = self::URL;\n  }\n"
        "  public static function make(): Client { return new Client(static::URL); }\n}\n"
        "enum Model: string { case Small = 'm-2'; }\n"
    )
    assert shown.assignments(code) == [
        'C:URL = "u"',
        'C:model = "m-1"',
        'key = "k" in C.__construct by default',
        "C:x = URL in C.__construct",
        'Model:Small = "m-2"',
    ]
    assert shown.functions(code) == ["C.__construct(client, key) -> ", "C.make() -> Client(URL)"]


def test_attributes_are_annotations() -> None:
    code = read("<?php\n#[Provider('a')]\n#[Model('m-1'), X]\nclass C { #[Y] public function f() {} } # comment\n")
    assert shown.calls(code) == ['Provider("a")', 'Model("m-1")']
    assert literals(code) == ["a", "m-1"]


def test_only_code_is_read() -> None:
    code = read('<a href="x"> <?php $a = "b"; ?> "c" <?= f("d") ?> "e"')
    assert literals(code) == ["b", "d"]
    assert read('"a"') == read("")
