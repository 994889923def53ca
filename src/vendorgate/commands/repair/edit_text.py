"""The edit of a manifest for people: what changes, what must be true, and what a manifest cannot do.

In: an edit. Out: text. Every word from an input passes `escape` on its way.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Final

from ...logic.wording import count
from ...model.evaluation import Evaluation
from ...model.subject import Subject
from ...report.finding import command_words
from ...terminal.escape import escape, escape_source
from ...terminal.style import Look, Style
from .editing import ManifestEdit
from .text import step_lines

_PAINTS: Final[dict[str, Look]] = {"+": "pass", "-": "error"}


def render_edit(
    edit: ManifestEdit, total: int, subject: Subject, style: Style, options: tuple[str, ...], *, wrote: bool
) -> str:
    """The edit of one of so many repairs; `options`: those of the run that found them, which writing it needs, too.

    `wrote`: what a manifest can say of it stands in the file by now.
    """
    changes = f"{count(len(edit.repair.steps), 'change')}, cost {edit.repair.cost}"
    lines = [style.paint("bold", f"repair {edit.number} of {total}: {changes}"), *_diff(edit, style)]
    lines.extend(_told(edit, subject, style))
    lines.extend(_closing(edit, subject, style, options, wrote=wrote))
    return "\n".join(lines) + "\n"


def _diff(edit: ManifestEdit, style: Style) -> Iterator[str]:
    """A unified diff; nothing where a manifest says none of it."""
    name = edit.shown if edit.shown.startswith("/") else f"/{edit.shown}"
    before, after = (data.decode("utf-8").split("\n") for data in (edit.before, edit.after))
    for line in difflib.unified_diff(before, after, f"a{name}", f"b{name}", lineterm=""):
        shown = escape_source(line.rstrip("\r"))
        yield shown if line.startswith(" ") else style.paint(_PAINTS.get(line[:1], "dim"), shown)


def _told(edit: ManifestEdit, subject: Subject, style: Style) -> Iterator[str]:
    if edit.written:
        yield "a manifest is your word: check that each of these is true, and set the account up like that first"
        yield from (line for step in edit.written for line in step_lines(step, subject, style))
    if edit.left:
        yield "not written, because others sign or decide it, or only you can say it:"
        yield from (line for step in edit.left for line in step_lines(step, subject, style))


def _closing(
    edit: ManifestEdit, subject: Subject, style: Style, options: tuple[str, ...], *, wrote: bool
) -> Iterator[str]:
    blocking = _blocking(edit.evaluation, subject.usage)
    day = f"as of {edit.evaluation.as_of}"
    then = "then" if edit.written and not wrote else "now"
    if blocking:
        blocks = "1 result blocks" if len(blocking) == 1 else f"{len(blocking)} results block"
        state = f"{style.paint('error', 'FAIL')}: {blocks} {then} {day}: {escape(', '.join(dict.fromkeys(blocking)))}"
    else:
        state = f"{style.paint('pass', 'PASS')}: usage `{escape(subject.usage)}` passes {then} {day}"
    if wrote:
        yield f"written: {escape(edit.shown)}" if edit.written else "nothing is written"
        yield state
    else:
        yield state
        yield from () if not edit.written else (_next(edit, subject, options),)


def _next(edit: ManifestEdit, subject: Subject, options: tuple[str, ...]) -> str:
    choice = () if edit.number == 1 else ("--choose", str(edit.number))
    return f"next: {escape(command_words('repair', edit.shown, subject.usage, (*options, *choice, '--write')))}"


def _blocking(evaluation: Evaluation, usage: str) -> list[str]:
    return [one.policy.id for one in evaluation.results if one.blocks and one.subject.usage == usage]


def is_lifted(edit: ManifestEdit, usage: str) -> bool:
    """Whether the usage passes with what the manifest says by then."""
    return not _blocking(edit.evaluation, usage)
