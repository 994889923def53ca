"""`--write`: a manifest with a usage for everybody that code uses and no manifest declares, or those usages in one that
is there.

In: drafts, the manifest that is there. Out: its text. Where each usage was seen stands in comments; data are left
empty, which no check takes, until somebody says them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ...drift.drafting import DATA, UsageDraft
from ...errors import Problem, UsageError
from ...frame.changing import changed, values_of
from ...load.files import JUDGED
from ...logic import Json
from ...logic.wording import count
from ...rewriting.edits import Unclear
from ...rewriting.yaml_text import entry_lines, mapping_lines
from ...source import Location
from ...terminal.escape import escape

_PLACES = 3
_SAY_DATA = "  # which data it gets: phi, pii, source_code, internal, public, …"
_LEFT = ("# purpose: what it is used for", "# subjects: []  # where the people behind the data are: de, us, eu, …")


def new_manifest(project: str, drafts: Iterable[UsageDraft]) -> str:
    """A manifest of these usages alone."""
    lines = [*mapping_lines({"version": 1, "project": project}), "usages:"]
    for draft in drafts:
        lines += [f"  {line}" for line in _lines(draft)]
    return "\n".join(lines) + "\n"


def _lines(draft: UsageDraft) -> Iterator[str]:
    """A usage as an entry of a list, with its comments."""
    for line in entry_lines(dict(draft.fields)):
        yield line + (_SAY_DATA if line.strip() == f"{DATA}: []" else "")
        if line.startswith("- id:"):
            yield from (f"  {comment}" for comment in _comments(draft))
    yield from (f"  {comment}" for comment in _LEFT)


def _comments(draft: UsageDraft) -> list[str]:
    """Where it was seen, and what cannot be declared."""
    named = ", ".join(escape(str(place)) for place in draft.places[:_PLACES])
    more = len(draft.places) - _PLACES
    seen = f"# seen at {named}" + (f" and {count(more, 'more place')}" if more > 0 else "")
    return [seen, *(f"# also seen: {escape(words)}" for words in draft.unsaid)]


def with_drafts(shown: str, data: bytes, drafts: Sequence[UsageDraft]) -> bytes:
    """A manifest with these usages behind its last one, and all else as it was.

    Raises:
        InputError: a strict reader does not take it, or it would become too large.
        UsageError: nothing can be added without a change of the rest.
    """
    old = values_of(shown, data, JUDGED)
    usages = old.get("usages")
    written: list[Json] = [*usages] if isinstance(usages, list) else []
    new: dict[str, Json] = {**old, "usages": [*written, *(dict(draft.fields) for draft in drafts)]}
    try:
        made = changed(shown, data, new, limits=JUDGED)
    except Unclear:
        title = "nothing can be added without a change of the rest"
        help = "name a manifest that is not there yet with --write, and take its usages over by hand"
        raise UsageError([Problem(title, Location(shown, 1, 1), help)]) from None
    text = made.decode("utf-8", "surrogatepass")
    for draft in drafts:
        text = _commented(text, draft)
    commented = text.encode("utf-8", "surrogatepass")
    return commented if values_of(shown, commented, JUDGED) == values_of(shown, made, JUDGED) else made


def _commented(text: str, draft: UsageDraft) -> str:
    """The text with the comments of a draft, where its usage is written in lines of its own."""
    id = re.escape(str(draft.fields["id"]))
    found = list(re.finditer(rf"^( *)-( +)id: {id}\r?\n", text, re.MULTILINE))
    if not found:
        return text
    at, indent = found[-1].end(), " " * (len(found[-1][1]) + 1 + len(found[-1][2]))
    rest = text[at:].replace(f"\n{indent}{DATA}: []\n", f"\n{indent}{DATA}: []{_SAY_DATA}\n", 1)
    return text[:at] + "".join(f"{indent}{comment}\n" for comment in _comments(draft)) + rest
