"""Why nothing was judged, as a page: all in one file, without a script or anything to load.

In: what was found. Out: HTML. Every text passes `_text`, the only place that escapes.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Final

from ...terminal.escape import escape
from ...version import VERSION
from ..diagnostic import Diagnosed, Diagnostic
from ..lines import place
from ..surroundings import Surroundings

_SECURITY: Final = "default-src 'none'; base-uri 'none'; form-action 'none'"


def render(found: Diagnosed, surroundings: Surroundings = Surroundings()) -> str:
    """The page; the same diagnostics give the same bytes."""
    return "\n".join(
        (
            "<!doctype html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_SECURITY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            "<title>vendorgate: not checked</title>",
            "</head>",
            "<body>",
            "<main>",
            "<h1>vendorgate: not checked</h1>",
            f"<p><strong>Nothing was judged, so nothing passed:</strong> {_text(found.closing)}</p>",
            "<ul>",
            *(line for one in found.diagnostics for line in _item(one, surroundings)),
            "</ul>",
            f"<p>{_text(found.command)}, version {_text(VERSION)}</p>",
            "</main>",
            "</body>",
            "</html>",
            "",
        )
    )


def _item(one: Diagnostic, surroundings: Surroundings) -> Iterator[str]:
    where = "" if one.location is None else f"<code>{_text(place(one.location, surroundings))}</code>: "
    advice = "" if one.help is None else f"<br>help: {_text(one.help)}"
    yield f"<li>{where}<strong>{_text(one.message)}</strong>{advice}</li>"


def _text(text: str) -> str:
    """In one line, without control characters, and nothing in it is markup."""
    return html.escape(escape(text))
