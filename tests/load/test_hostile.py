"""A manifest is attacker input: whatever it holds, a check ends with a code of its own, in little memory.

Time is not asserted here; each of these ends within a second.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from tests.command import ROOT

HEAD = "version: 1\nproject: p\nusages:\n"
MEBIBYTE = 1024 * 1024
USAGE = "  - {{id: u{0}, offering: {1}, data: [{2}]}}\n"
HOSTILE: dict[str, tuple[int, str]] = {
    "a mebibyte of brackets": (2, "[" * MEBIBYTE),
    "a mebibyte of braces": (2, "{a: " * (MEBIBYTE // 4)),
    "a mebibyte of dashes": (2, "- " * (MEBIBYTE // 2)),
    "a mebibyte of question marks": (2, "? " * (MEBIBYTE // 2)),
    "a mebibyte of quotes": (2, '"' * MEBIBYTE),
    "a mebibyte of colons": (2, ":" * MEBIBYTE),
    "a mebibyte of newlines": (2, "\n" * MEBIBYTE),
    "a mebibyte of tabs": (2, HEAD + "\t" * (MEBIBYTE - 100)),
    "a mebibyte of anchors": (2, HEAD + "  - " + "&a " * 300_000),
    "a mebibyte of comments": (2, "#\n" * (MEBIBYTE // 2)),
    "one scalar of a mebibyte": (2, "a: " + "x" * (MEBIBYTE - 4)),
    "one number of a mebibyte": (2, "a: " + "9" * (MEBIBYTE - 4)),
    "one almost-number of a mebibyte": (2, "a: " + "1_" * (MEBIBYTE // 2 - 4)),
    "one slug of a mebibyte": (2, "version: 1\nusages: []\nproject: " + "a." * (MEBIBYTE // 2 - 20)),
    "more than a mebibyte": (2, "a: " + "x" * MEBIBYTE),
    "nine billion laughs": (2, "".join(f"a{i}: &a{i} [{f'*a{i - 1},' * 9 if i else 'lol'}]\n" for i in range(10))),
    "aliases of one list": (2, "a: &a [x]\nb: [" + "*a," * 100_000 + "]"),
    "deep blocks": (2, "".join(" " * i + "a:\n" for i in range(1400))),
    "keys without end": (2, "".join(f"k{i}: 1\n" for i in range(9990))),
    "the same key again and again": (2, "".join("k: 1\n" for _ in range(9990))),
    "booleans that are none": (2, HEAD + "  - {a: [" + "yes," * 19_000 + "]}"),
    "usages that are none": (2, HEAD + "  - {}\n" * 19_000),
    "offerings that do not exist": (2, HEAD + "".join(USAGE.format(i, f"openai-ap{i}", "pii") for i in range(2400))),
    "data classes that do not exist": (2, HEAD + USAGE.format(1, "openai-api", ",".join(["pjj"] * 19_000))),
    "ids that are all the same": (2, HEAD + "".join(USAGE.format("", "openai-api", "pii") for i in range(2400))),
    "fallbacks that are all the same": (
        2,
        HEAD + "  - {id: u, offering: openai-api, data: [pii], fallbacks: [" + "azure-openai," * 19_000 + "]}",
    ),
    "many models": (
        1,
        HEAD + "  - {id: u, offering: openai-api, data: [phi], models: [" + "gpt-5.2," * 15_000 + "x]}",
    ),
    "models of a mebibyte": (
        1,
        HEAD + "  - {id: u, offering: openai-api, data: [phi], models: [" + ("a-" * 4_900 + ",") * 95 + "x]}",
    ),
    "numbers of ten thousand digits that are none": (
        2,
        HEAD + "  - {id: u, offering: openai-api, data: [" + ("1" * 9_990 + "x,") * 95 + "]}",
    ),
    "many settings": (
        0,
        HEAD
        + "  - {id: u, offering: openai-api, data: [public], environment: staging, settings: {"
        + ",".join(f"setting-{i}: 1" for i in range(9_000))
        + "}}",
    ),
    "an escape in every scalar": (
        2,
        HEAD + "".join(USAGE.format(f'"\\e[31m{i}"', '"\\u202Eopenai"', '"\\x9b1m"') for i in range(99)),
    ),
}


class Ended(NamedTuple):
    code: int
    kibibytes: int
    said: str


_FORKING = """
import os, sys
from vendorgate import gate
from vendorgate.__main__ import main
for line in sys.stdin:
    child = os.fork()
    if not child:
        os.chdir(line.rstrip())
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for stream in (1, 2):
            os.dup2(os.open("said", os.O_WRONLY | os.O_CREAT | os.O_APPEND), stream)
        sys.argv[1:] = ["check", "vendorgate.yaml", "--as-of", "2026-11-24"]
        main()
    _, status, usage = os.wait4(child, 0)
    print(os.waitstatus_to_exitcode(status), usage.ru_maxrss, flush=True)
"""
SECONDS: Final = 60
"""After which a check has taken too long."""


@pytest.fixture(scope="module")
def forking() -> Iterator[subprocess.Popen[str]]:
    """A small process that has read vendorgate's code and nothing else, and forks a check for each line with a folder:
    so each check has a process of its own, whose peak memory the system tells, and none has to start from nothing."""
    with subprocess.Popen(
        [sys.executable, "-c", _FORKING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as started:
        yield started
        assert started.stdin is not None
        started.stdin.close()
        assert started.wait(SECONDS) == 0


def check(folder: Path, forking: subprocess.Popen[str]) -> Ended:
    """Check the manifest of a folder in a process of its own."""
    assert forking.stdin is not None
    assert forking.stdout is not None
    forking.stdin.write(f"{folder}\n")
    forking.stdin.flush()
    timer = threading.Timer(SECONDS, forking.kill)
    timer.start()
    code, kibibytes = forking.stdout.readline().split()
    timer.cancel()
    return Ended(int(code), int(kibibytes), (folder / "said").read_text(encoding="utf-8"))


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="needs wait4")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_manifest_is_refused_or_judged_in_little_memory(
    name: str, forking: subprocess.Popen[str], tmp_path: Path
) -> None:
    code, text = HOSTILE[name]
    (tmp_path / "vendorgate.yaml").write_text(text, encoding="utf-8")
    ended = check(tmp_path, forking)
    assert ended.code == code, ended.said[:2000]
    assert "Traceback" not in ended.said
    assert "has a fault" not in ended.said
    assert not any(character in ended.said for character in "\x1b\x9b\u202e\t")
    assert ended.kibibytes < 200 * 1024


def test_hostile_policies_and_offerings_end_as_well(forking: subprocess.Popen[str], tmp_path: Path) -> None:
    (tmp_path / "vendorgate.yaml").write_text(HEAD + USAGE.format(1, "openai-api", "pii"), encoding="utf-8")
    policies = tmp_path / "policies"
    policies.mkdir()
    deep = '{"!": ' * 90 + "true" + "}" * 90
    wide = "{or: [" + "{covered: hipaa_baa}, " * 4000 + "]}"
    rules = (deep, wide)
    text = "version: 1\npolicies:\n" + "".join(
        f"  - {{id: p{index}, title: t, require: [{rule}]}}\n" for index, rule in enumerate(rules)
    )
    (policies / "p.yaml").write_text(text, encoding="utf-8")
    ended = check(tmp_path, forking)
    assert ended.code == 2
    assert "nested more than 64 deep" in ended.said
    assert "more than 2,000 nodes" in ended.said
    assert "Traceback" not in ended.said


def test_a_huge_valid_manifest_is_judged(forking: subprocess.Popen[str], tmp_path: Path) -> None:
    text = HEAD + "".join(USAGE.format(i, "openai-api", "pii, internal") for i in range(1900))
    (tmp_path / "vendorgate.yaml").write_text(text, encoding="utf-8")
    assert (ROOT / "policies").is_dir()
    ended = check(tmp_path, forking)
    assert ended.code == 1
    assert "FAIL  1900 usages" in ended.said
    assert ended.kibibytes < 400 * 1024
