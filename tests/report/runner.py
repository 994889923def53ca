"""How GitHub's runner finds commands in a log and what they mean, written down by its rules."""

from __future__ import annotations

import re

import msgspec

COMMANDS = ("error", "warning", "notice", "set-output", "add-mask", "stop-commands", "set-env", "add-path", "debug")


class Command(msgspec.Struct, frozen=True):
    """What the runner would obey."""

    name: str
    properties: dict[str, str]
    message: str


def read(line: str) -> Command | None:
    """The command of a line: a new one at its start, else an old one anywhere in it."""
    return _new(line) or _old(line)


def _new(line: str) -> Command | None:
    line = line.lstrip()
    end = line.find("::", 2)
    if not line.startswith("::") or end < 0:
        return None
    name, _, properties = line[2:end].partition(" ")
    if name.lower() not in COMMANDS:
        return None
    pairs = [one.split("=", 1) for one in properties.strip().split(",") if one]
    found = {pair[0]: _unescaped(pair[1], "%0D", "%0A", "%3A", "%2C", "%25") for pair in pairs if len(pair) == 2}
    return Command(name, found, _unescaped(line[end + 2 :], "%0D", "%0A", "%25"))


def _unescaped(text: str, *codes: str) -> str:
    for code in codes:
        text = text.replace(code, chr(int(code[1:], 16)))
    return text


def _old(line: str) -> Command | None:
    found = re.search(r"##\[([^\] ]*)[^\]]*\](.*)", line)
    return Command(found.group(1), {}, found.group(2)) if found and found.group(1).lower() in COMMANDS else None
