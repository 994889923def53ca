"""Texts that name variables: tags of Go's fields and placeholders of Spring.

In: a text. Out: the `Environment` that it names, or None.
"""

from __future__ import annotations

import re
from typing import Final

from ...code import Call, Environment, Text, Value

_TAG: Final = re.compile(r'(\w+):"([^"]*)"')
_NAMES: Final = ("env", "envconfig")
_DEFAULTS: Final = ("envDefault", "default", "env-default")
_DEEPEST: Final = 5


def environment_of(tag: str) -> Environment | None:
    """What a Go field's tag says: `env:"X" envDefault:"y"`."""
    found = dict(_TAG.findall(tag))
    name = next((found[key].partition(",")[0] for key in _NAMES if found.get(key)), "")
    default = next((Text(found[key]) for key in _DEFAULTS if key in found), None)
    return Environment(name, default) if name and name != "-" else None


def annotated(call: Call) -> Value | None:
    """What an annotation says a member's value is: `@Value("${x:default}")`, `@ConfigProperty(name = "x")`."""
    named = call.argument("name", "value")
    value = call.positional[0] if call.positional else named
    if call.path[-1] == "Value" and isinstance(value, Text):
        return placeholder(value.value)
    if call.path[-1] == "ConfigProperty" and isinstance(named, Text):
        return Environment(named.value, call.argument("defaultValue"))
    return None


def placeholder(text: str, depth: int = 0) -> Value | None:
    """What `${name:default}` of Spring stands for."""
    if not (text.startswith("${") and text.endswith("}")) or depth > _DEEPEST:
        return None
    name, sign, default = text[2:-1].partition(":")
    if not name.strip() or "${" in name:
        return None
    if not sign:
        return Environment(name.strip())
    return Environment(name.strip(), placeholder(default, depth + 1) or Text(default))
