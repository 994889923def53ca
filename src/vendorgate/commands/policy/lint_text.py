"""Lint findings, for people.

In: what was found and a style. Out: text, with one closing line.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...terminal.escape import escape
from ...terminal.snippet import snippet
from ...terminal.style import PLAIN, Style
from .lint import Finding, Linted


def render(linted: Linted, style: Style = PLAIN, fixed: int = 0) -> str:
    """The report; `fixed` says how many findings have been mended and are not in it."""
    blocks = ["\n".join(_block(finding, style)) for finding in linted.findings]
    count, fixable = len(linted.findings), sum(finding.fix is not None for finding in linted.findings)
    parts = [f"{count} finding{'' if count == 1 else 's'}" if count else "nothing found"]
    parts.append(f"in {linted.policies} polic{'y' if linted.policies == 1 else 'ies'}")
    more = [
        *([f"{fixed} fixed"] if fixed else []),
        *([f"{fixable} can be fixed with --fix"] if fixable else []),
        *([f"{linted.excepted} switched off"] if linted.excepted else []),
    ]
    verdict = style.paint("error", "FAIL") if count else style.paint("pass", "PASS")
    return "\n\n".join([*blocks, f"{verdict}: {'; '.join([' '.join(parts), *more])}"]) + "\n"


def _block(finding: Finding, style: Style) -> Iterator[str]:
    about = f"`{escape(finding.policy)}`: " if finding.policy is not None else ""
    yield f"{style.paint('warning', finding.id)}{style.paint('bold', f': {about}{escape(finding.message)}')}"
    yield from snippet(finding.location, finding.source, "", "warning", style)
    fixable = " (--fix does it)" if finding.fix is not None else ""
    yield f"   {style.paint('bold', '= help:')} {escape(finding.help)}{fixable}"
    yield f"   {style.paint('bold', '= more:')} vendorgate policy lint --explain {finding.id}"
