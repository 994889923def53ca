"""Files that were written against whoever reads them: no fault, time that grows with the length, nothing unescaped,
and no secret shown."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from tests.command import vendorgate
from tests.detection.known import shipped_catalogue
from tests.detection.patience import PATIENCE
from tests.thoroughness import part, thorough
from vendorgate.detection.extractors import EXTRACTORS
from vendorgate.detection.files import LARGEST
from vendorgate.detection.pipeline import detect_bytes

NAMES: Final = (
    *(f"a.{end}" for end in ("py", "ipynb", "js", "ts", "tsx", "vue", "go", "java", "kt", "cs", "rb", "rs", "php")),
    *("requirements.txt", "pyproject.toml", "setup.cfg", "Pipfile", "environment.yml", "package.json", "deno.json"),
    *("pom.xml", "build.gradle", "libs.versions.toml", "go.mod", "Gemfile", "Cargo.toml", "a.csproj", "composer.json"),
    *(".env", "docker-compose.yml", "Dockerfile", "deployment.yaml", "values.yaml", ".github/workflows/a.yml"),
    *(".gitlab-ci.yml", "application.properties", "application.yml", "appsettings.json", "litellm_config.yaml"),
    *("librechat.yaml", "promptfooconfig.yaml", ".continue/config.yaml", ".aider.conf.yml", "opencode.json"),
    *(".claude/settings.json", ".codex/config.toml", ".gemini/settings.json", ".mcp.json", "a.sh", "a.tf", "a.bicep"),
    *(
        "web.config",
        "template.yaml",
        "a.json",
        "a.toml",
        "vercel.json",
        "serverless.yml",
        "wrangler.toml",
        "Pulumi.yaml",
    ),
)
HIT: Final = "openai "
"""What makes that a file is read at all."""


def test_every_extractor_has_a_name_here() -> None:
    missing = [one.name for one in EXTRACTORS if not any(map(one.wants, NAMES))]
    assert missing == [], "add a name of such a file to NAMES"


def filled(piece: str, length: int) -> str:
    return piece * (length // len(piece))


LONG: dict[str, Callable[[int], str]] = {
    "one word": lambda length: filled("a", length),
    "words": lambda length: filled("a ", length),
    "lines": lambda length: filled("a\n", length),
    "empty lines": lambda length: filled("\n", length),
    "spaces": lambda length: filled(" ", length),
    "quotes": lambda length: filled('"', length),
    "other quotes": lambda length: filled("'", length),
    "backticks": lambda length: filled("`", length),
    "backslashes": lambda length: filled("\\", length),
    "parentheses": lambda length: filled("(", length),
    "brackets": lambda length: filled("[", length),
    "braces": lambda length: filled("{", length),
    "braces with keys": lambda length: filled('{"a":', length),
    "tags": lambda length: filled("<a>", length),
    "comments that stay open": lambda length: filled("/*", length),
    "comments": lambda length: filled("#", length),
    "comments of XML": lambda length: filled("<!--", length),
    "templates": lambda length: filled("${", length),
    "templates of charts": lambda length: filled("{{", length),
    "dots": lambda length: filled("a.", length),
    "calls": lambda length: filled("a(", length),
    "chains": lambda length: filled(".a()", length),
    "pairs": lambda length: filled("a=b\n", length),
    "pairs of YAML": lambda length: filled("a: b\n", length),
    "lists of YAML": lambda length: filled("- ", length),
    "lists of YAML, one below the other": lambda length: filled("- a\n", length),
    "flow of YAML": lambda length: filled("{a: [", length),
    "sections": lambda length: filled("[a.b]\n", length),
    "sections within": lambda length: "[" + filled("a.", length) + "a]\n",
    "addresses": lambda length: filled("https://api.openai.com/", length),
    "addresses by lines": lambda length: filled("https://api.openai.com/v1\n", length),
    "keys by lines": lambda length: filled('"OPENAI_API_KEY": "a",\n', length),
    "variables": lambda length: filled("OPENAI_API_KEY=a\n", length),
    "imports": lambda length: filled("import openai\n", length),
    "assignments": lambda length: filled("a = OpenAI()\n", length),
    "here documents": lambda length: filled("<<A\n", length),
    "interrogation": lambda length: filled("a ? b : ", length),
    "less": lambda length: filled("a<", length),
    "dollar quotes": lambda length: filled("$$", length),
    "hashes": lambda length: filled('r#"', length),
}
PARSERS: Final = (
    *("a.py", "a.ts", "a.go", "a.java", "a.kt", "a.cs", "a.rb", "a.rs", "a.php", "a.ipynb", ".env", "Dockerfile"),
    *("docker-compose.yml", "requirements.txt", "pyproject.toml", "package.json", "pom.xml", "build.gradle", "a.tf"),
    *("a.bicep", "a.sh", "application.properties", "go.mod", "Gemfile", "a.csproj"),
)
"""Files of which each is read by another parser."""
SHORT: Final = 80_000 if thorough() else 4_000
SLOW: Final = 1.0
"""Seconds under which a time says nothing."""


def seconds(text: str, turn: int) -> float:
    """To read a text in files of all names, or of every third parser."""
    names = NAMES if thorough() else part(PARSERS, turn)
    started = time.process_time()
    detect_bytes({name: text.encode() for name in names}, shipped_catalogue())
    return time.process_time() - started


@pytest.mark.parametrize("case", LONG)
def test_time_grows_with_the_length(case: str) -> None:
    """Twice the length takes less than three times as long, in all files together."""
    make, turn = LONG[case], [*LONG].index(case)
    short = seconds(HIT + make(SHORT), turn)
    assert short <= SLOW or seconds(HIT + make(2 * SHORT), turn) < 3 * short


DEEP: Final = 100_000 if thorough() else 20_000
ODD: dict[str, bytes] = {
    "binary": b"\0\x01\x02" + HIT.encode() + bytes(range(256)) * 50,
    "other encoding": HIT.encode() + "é".encode("latin-1") * 500,
    "wide characters": ("\ufeff" + HIT).encode("utf-16"),
    "half of a pair": HIT.encode() + b"\xed\xa0\x80 \xff\xfe",
    "nothing at its end": HIT.encode() + b" " * 70_000 + b"\0",
    "minified": HIT.encode() + b"a(b);" * 20_000,
    "lists": HIT.encode() + b"[" * DEEP,
    "lists that end": HIT.encode() + b"[" * DEEP + b"]" * DEEP,
    "objects": b'{"openai":' * DEEP,
    "objects that end": b'{"openai":' * DEEP + b"1" + b"}" * DEEP,
    "tags": b"<openai>" * DEEP,
    "tags that end": b"<openai>" * DEEP + b"</openai>" * DEEP,
    "blocks": b"".join(b" " * at + b"openai:\n" for at in range(600)),
    "bomb of YAML": b"openai: &a0 [x, x]\n"
    + b"".join(b"a%d: &a%d [*a%d, *a%d]\n" % (n, n, n - 1, n - 1) for n in range(1, 60)),
    "circle of YAML": b"openai: &a\n  b: *a\n",
    "merges of YAML": b"a0: &a0 {openai: 1}\n"
    + b"".join(b"a%d: &a%d {<<: [*a%d, *a%d]}\n" % (n, n, n - 1, n - 1) for n in range(1, 40)),
    "bomb of XML": b'<!DOCTYPE a [<!ENTITY a "openai">'
    + b"".join(b'<!ENTITY b%d "&a;&a;&a;">' % n for n in range(9))
    + b"]><a>&b8;</a>",
    "file of XML": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><openai>&x;</openai>',
    "objects of YAML": b"openai: !!python/object/apply:os.system [exit]\n",
    "number": b'{"openai": ' + b"1" * 10_000 + b"}",
    "huge number": b'{"openai": 1e999999999, "a": -0x1, "b": NaN}',
    "keys twice": b'{"openai": 1, "openai": 2}',
    "nothing": b"",
    "mark": b"\xef\xbb\xbfopenai",
    "returns": b"openai\rimport openai\r\r\n",
}


@pytest.mark.parametrize("case", ODD)
def test_no_file_ends_in_a_fault(case: str) -> None:
    names = part(NAMES, [*ODD].index(case))
    found = detect_bytes(dict.fromkeys(names, ODD[case]), shipped_catalogue())
    assert [one for one in found.skipped if "fault" in one.reason] == []
    assert found.scanned == len(names)


@pytest.mark.parametrize("name", NAMES if thorough() else PARSERS)
def test_largest_file_of_one_word_ends_in_no_fault(name: str) -> None:
    started = time.process_time()
    found = detect_bytes({name: b"openai" * (LARGEST // 6)}, shipped_catalogue())
    assert [one for one in found.skipped if "fault" in one.reason] == []
    assert time.process_time() - started < PATIENCE


SECRET: Final = "sk-proj-0123456789abcdefghijKLMNOP"
SECRETS: Final[dict[str, str]] = {
    ".env": f"OPENAI_API_KEY={SECRET}\nOPENAI_BASE_URL=https://user:{SECRET}@api.openai.com/v1?key={SECRET}\n",
    "a.py": f"from openai import OpenAI\nc = OpenAI(api_key='{SECRET}', organization='{SECRET}', base_url="
    f"'https://{SECRET}:{SECRET}@api.groq.com/v1?api_key={SECRET}')\nc.responses.create(model='gpt-5', store=False, "
    f"user='{SECRET}')\nrequests.post('https://api.openai.com/v1/responses?key={SECRET}#{SECRET}')\n",
    "a.ts": f"import OpenAI from 'openai';\nconst c = new OpenAI({{apiKey: '{SECRET}', baseURL: "
    f"'https://a:{SECRET}@api.groq.com/v1'}});\nawait c.responses.create({{model: 'gpt-5', user: '{SECRET}'}});\n",
    "a.go": 'package a\nimport "github.com/openai/openai-go"\n'
    f'var c = openai.NewClient(option.WithAPIKey("{SECRET}"))\n',
    "docker-compose.yml": f"services:\n  a:\n    image: b\n    environment:\n      OPENAI_API_KEY: {SECRET}\n"
    f"      OPENAI_BASE_URL: https://a:{SECRET}@api.groq.com/v1\n",
    "litellm_config.yaml": "model_list:\n- model_name: a\n  litellm_params:\n    model: openai/gpt-5\n"
    f"    api_key: {SECRET}\n    api_base: https://a:{SECRET}@api.groq.com/v1\n",
    "a.sh": f"export OPENAI_API_KEY={SECRET}\ncurl https://api.openai.com/v1/responses -H 'Authorization: {SECRET}'\n",
    "application.properties": f"spring.ai.openai.api-key={SECRET}\n",
    "appsettings.json": f'{{"OpenAI": {{"ApiKey": "{SECRET}", "Endpoint": "https://a:{SECRET}@api.openai.com/v1"}}}}',
    "requirements.txt": f"openai @ https://user:{SECRET}@example.com/openai.whl\n",
}
FORMATS: Final = ("text", "json", "csv", "cyclonedx", "github", "sarif", "gitlab", "junit")


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("secrets")
    for name, text in SECRETS.items():
        (folder / name).write_text(text)
    return folder


@pytest.mark.parametrize("format", FORMATS)
def test_no_secret_is_shown(secrets: Path, format: str) -> None:
    ended = vendorgate("detect", "--format", format, folder=secrets)
    assert ended.code == 0
    assert SECRET not in ended.stdout + ended.stderr
    assert SECRET[8:20] not in ended.stdout + ended.stderr


def test_secrets_are_looked_for_where_there_is_something_to_show() -> None:
    found = detect_bytes({name: text.encode() for name, text in SECRETS.items()}, shipped_catalogue())
    assert {one.location.path for one in found.findings} >= {"a.py", "a.ts", ".env", "litellm_config.yaml", "a.sh"}
    assert SECRET not in str(found)


NASTY: Final = (
    "\x1b[2J\x1b]0;owned\x07.py",
    "line\nbreak.py",
    "::error file=a.py::owned.py",
    "##vso[task.complete]owned.py",
    "\u202egnp.py",
    "<img src=x onerror=alert(1)>|`a`.py",
    "=cmd|' C'!A0.py",
    'a,b".py',
    "-rf.py",
)


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("nasty")
    for name in NASTY:
        source = f"import openai\nopenai.OpenAI().responses.create(model={name.replace('/', '')!r})\n"
        (folder / name.replace("/", "_")).write_text(source)
    (folder / os.fsdecode(b"\xff\xfe.py")).write_text("import openai\n")
    (folder / "sub\x1b[31m").mkdir()
    (folder / "sub\x1b[31m" / "binary.py").write_bytes(b"openai\0")
    return folder


@pytest.mark.parametrize("format", FORMATS)
def test_names_and_models_are_escaped(nasty: Path, format: str) -> None:
    ended = vendorgate("detect", "--format", format, folder=nasty)
    assert ended.code == 0
    shown = ended.stdout + ended.stderr
    assert re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff]", shown.replace("\r\n", "\n")) == []
    assert not re.search(r"^::error file=a\.py::owned", shown, re.MULTILINE)
    assert "##vso[" not in shown or format == "json"


def test_csv_has_no_formulas(nasty: Path) -> None:
    rows = list(csv.reader(io.StringIO(vendorgate("detect", "--format", "csv", folder=nasty).stdout)))
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert {len(row) for row in rows} == {len(rows[0])}


def test_json_is_one_document(nasty: Path) -> None:
    found = json.loads(vendorgate("detect", "--format", "json", folder=nasty).stdout)
    assert found["files"]["scanned"] == len(NASTY) + 2


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.py").write_text("import openai\nopenai.OpenAI()\n")
    return tmp_path


def test_what_is_no_plain_file_is_passed_over_and_links_are_not_followed(folder: Path) -> None:
    os.mkfifo(folder / "pipe.py")
    (folder / "loop").symlink_to(folder)
    (folder / "self.py").symlink_to("self.py")
    (folder / "outside.py").symlink_to("/etc/passwd")
    (folder / "gone.py").symlink_to("nowhere")
    ended = vendorgate("detect", "--format", "json", folder=folder)
    found = json.loads(ended.stdout)
    assert {one["location"]["path"].rpartition("/")[2] for one in found["findings"]} == {"a.py"}
    assert "root:" not in ended.stdout


def test_file_that_is_named_and_is_a_pipe_is_passed_over(folder: Path) -> None:
    os.mkfifo(folder / "pipe.py")
    ended = vendorgate("detect", "pipe.py", "--format", "json", folder=folder)
    assert [one["reason"] for one in json.loads(ended.stdout)["skipped"]] == ["no plain file"]
