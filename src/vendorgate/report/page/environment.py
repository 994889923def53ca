"""What every page shares: the look, the one place that escapes, and what a browser is told to obey.

In: templates, texts. Out: HTML of which nothing that an input says is markup. Every text passes `finalize`: jinja2
calls it for each expression of a template.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Final

from jinja2 import BaseLoader, Environment, StrictUndefined
from markupsafe import Markup
from markupsafe import escape as escape_html

from ...logic.wording import count
from ...terminal.escape import escape
from ..lines import shortened

_WIDEST: Final = 100
"""Characters of a choice."""
_CODE: Final = re.compile(r"(?<!`)`([^`]+)`(?!`)")


def environment(loader: BaseLoader | None = None) -> Environment:
    """Templates that escape all that is not their own."""
    made = Environment(
        autoescape=True,
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=loader,
    )
    made.filters.update(words=words, count=counted, number=number, clipped=clipped)
    return made


def look() -> str:
    """The style that every page begins with: colours for light and dark, type, signs."""
    return part("look.css")


def part(name: str) -> str:
    """A file that came along."""
    return (files(__package__) / name).read_text("utf-8")


def finalize(value: object) -> Markup:
    """Any value as HTML: in one line, without control characters, and nothing in it is markup."""
    return value if isinstance(value, Markup) else _escaped(str(value))


@lru_cache(maxsize=8192)
def _escaped(text: str) -> Markup:
    """The same words stand on many pages, and in many places of one."""
    return escape_html(escape(text))


def words(text: str) -> Markup:
    """Text with what stands between backticks as code, because that is how vendorgate's own words name things."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(finalize(text))))  # noqa: S704  # escaped before


def number(of: int) -> str:
    """A number as a reader has it: `16,280`."""
    return f"{of:,}"


def counted(of: int, noun: str, plural: str = "") -> str:
    """A number with its noun."""
    return count(of, noun, plural).replace(str(of), number(of), 1)


def clipped(text: str) -> str:
    """A text that fits into a list of choices."""
    return shortened(escape(text), _WIDEST)


def security(style: str, script: str) -> str:
    """Nothing is loaded from anywhere, and no style or script is obeyed save the two that stand in the page."""
    return policy({"style-src": digest(style), "script-src": digest(script)})


def policy(sources: Mapping[str, str], *, trusted: bool = True) -> str:
    """A policy for a browser: what is not named is not allowed, and if `trusted`, no text becomes a script."""
    rules = {"default-src": "'none'", **sources, "img-src": "data:", "base-uri": "'none'", "form-action": "'none'"}
    if trusted:
        rules["require-trusted-types-for"] = "'script'"
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def digest(text: str) -> str:
    """The source of a style or script that stands in the page, as a policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
