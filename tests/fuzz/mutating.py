"""Files that are nearly right: random changes of a text, and of what a text says.

In: the bytes of a good file, and chance. Out: bytes, the same for the same chance.
"""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator
from typing import Any, Final

from vendorgate.load.document import read_document

LONG: Final = 12_000
"""Characters, more than a scalar may have."""
WORDS: Final = (
    *(
        "",
        " ",
        "\u200b",
        "x",
        "A b",
        "no",
        "1.10",
        "0x1f",
        "null",
        "*",
        "gpt-?",
        "a.b",
        "..",
        "/",
        "unlisted",
        "builtin",
    ),
    *(
        "phi",
        "us",
        "eu",
        "uk",
        "openai-api",
        "alpha",
        "baa",
        "dpa",
        "production",
        "ga",
        "high",
        "partial",
        "yes_public",
    ),
    *("2026-02-30", "2026-11-24", "0001-01-01", "9999-12-31", "\u202eevil", "\x1b[31m", "<b>", "a\nb", "https://[zz/"),
    *(
        "usage.data",
        "registry.hipaa_baa.value",
        "covered",
        "agreements.baa.all",
        "1" * 400 + "x",
        "9" * 5_000,
        "é" * 300,
    ),
)
VALUES: Final[tuple[Any, ...]] = (
    *(None, True, False, 0, 1, -1, 2.5, 10**14, 10**40, 1e308, -0.0, [], {}, [[]], [{}], {"": 1}, {"x": []}, [None]),
    *({"only": ["*"]}, {"except": []}, {"offering": "alpha"}, {"in": ["a", []]}, {"var": "usage.models"}, {"!": []}),
    *({"reduce": [{"var": "usage.models"}, {"cat": [{"var": "accumulator"}, "x"]}, ""]}, {"covered": 1}, {"that": 1}),
)
PIECES: Final = (
    *(
        "\t",
        "\n",
        "\r",
        "\x00",
        "\ufeff",
        "\u2028",
        ":",
        ": ",
        "- ",
        "? ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "#",
        "&a ",
        "*a",
        "!!str ",
    ),
    *(
        "'",
        '"',
        "|",
        ">",
        "%",
        "@",
        "`",
        "<<: ",
        "---\n",
        "...\n",
        "~",
        "yes",
        "1_0",
        "\\",
        "\\ud800",
        "0" * 50,
        "9" * 5_000,
    ),
)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A file with a few changes, of its text or of what it says."""
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        change = chance.choice((_changed_value, _changed_value, _changed_text, _changed_text, _changed_bytes))
        data = change(data, chance)
    return data


def _changed_value(data: bytes, chance: random.Random) -> bytes:
    """Another value, key or shape somewhere; as JSON, which is YAML, too."""
    document = read_document("file", data, [])
    if document is None or not isinstance(document.value, (dict, list)):
        return _changed_text(data, chance)
    value = copy.deepcopy(document.value)
    places = list(_places(value))
    if places:
        container, step = chance.choice(places)
        chance.choice(_CHANGES)(container, step, chance, places)
    return json.dumps(value, ensure_ascii=chance.random() < 0.5, indent=chance.choice((None, 1))).encode(
        "utf-8", "replace"
    )


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container with each of its keys or places."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        steps: Any = list(one) if isinstance(one, dict) else range(len(one)) if isinstance(one, list) else ()
        for step in steps:
            yield one, step
            waiting.append(one[step])


def _junk(chance: random.Random) -> Any:
    return copy.deepcopy(chance.choice(VALUES)) if chance.random() < 0.5 else chance.choice(WORDS)


def _replace(container: Any, step: Any, chance: random.Random, places: list[Any]) -> None:
    container[step] = _junk(chance)


def _remove(container: Any, step: Any, chance: random.Random, places: list[Any]) -> None:
    del container[step]


def _rename(container: Any, step: Any, chance: random.Random, places: list[Any]) -> None:
    if isinstance(container, dict):
        container[chance.choice((f"{step}s", f"{step}".upper(), *WORDS))] = container.pop(step)


def _wrap(container: Any, step: Any, chance: random.Random, places: list[Any]) -> None:
    for _ in range(chance.choice((1, 2, 70, 120))):
        container[step] = [container[step]] if chance.random() < 0.7 else {chance.choice(WORDS): container[step]}


def _repeat(container: Any, step: Any, chance: random.Random, places: list[Any]) -> None:
    if isinstance(container, list):
        container.extend(copy.deepcopy(container[step]) for _ in range(chance.choice((1, 2, 200))))
    else:
        container.update({f"{step}-{index}": container[step] for index in range(chance.choice((1, 2, 200)))})


def _exchange(container: Any, step: Any, chance: random.Random, places: list[Any]) -> None:
    other, there = chance.choice(places)
    container[step] = copy.deepcopy(other[there])


def _lengthen(container: Any, step: Any, chance: random.Random, places: list[Any]) -> None:
    container[step] = chance.choice(("x", "1", "*a", "?a", "a.", "\u200b", "-")) * chance.choice((30, 4_000, LONG))


_CHANGES: Final[tuple[Callable[[Any, Any, random.Random, list[Any]], None], ...]] = (
    *(_replace, _replace, _replace, _remove, _remove, _rename, _wrap, _repeat, _exchange, _exchange, _lengthen),
)


def _changed_text(data: bytes, chance: random.Random) -> bytes:
    """Something put in, taken out, doubled or moved, without a thought for what it means."""
    text = data.decode("utf-8", "replace")
    start = chance.randrange(len(text) + 1)
    end = min(len(text), start + chance.choice((0, 1, 3, 20, 300)))
    piece = text[start:end]
    lines = text.split("\n")
    line = chance.randrange(len(lines))
    changed = (
        text[:start] + chance.choice(PIECES) + text[end:],
        text[:start] + chance.choice(PIECES) * chance.choice((1, 2, 50)) + text[start:],
        text[:start] + piece * chance.choice((2, 3, 100)) + text[end:],
        text[:start] + text[end:],
        text[:start],
        "\n".join((*lines[:line], *lines[line + 1 :])),
        "\n".join((*lines[:line], " " * chance.choice((1, 2, 5)) + lines[line], *lines[line + 1 :])),
        "\n".join((*lines[:line], lines[line].lstrip(), *lines[line + 1 :])),
        "\n".join((*lines[: line + 1], *lines[line:])),
        "\n".join((*lines[:line], lines[chance.randrange(len(lines))], *lines[line + 1 :])),
        text.replace("\n", "\r\n"),
        f"\ufeff{text}",
    )
    return chance.choice(changed).encode("utf-8", "replace")


def _changed_bytes(data: bytes, chance: random.Random) -> bytes:
    """Single bytes changed, or a stretch of them gone or doubled."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 4, 40)) if changed else 0):
        changed[chance.randrange(len(changed))] = chance.choice(
            (0, 9, 10, 32, 0x39, 0x7F, 0xC0, 0xFF, chance.randrange(256))
        )
    start = chance.randrange(len(changed) + 1)
    end = start + chance.choice((1, 16, 512))
    return bytes(
        chance.choice((changed, changed[:start] + changed[end:], changed[:end] + changed[start:], changed[:start]))
    )


def mutated_bytes(data: bytes, chance: random.Random) -> bytes:
    """A file that is no text with a few changes."""
    for _ in range(chance.choice((1, 1, 2, 5))):
        data = _changed_bytes(data, chance)
    return data
