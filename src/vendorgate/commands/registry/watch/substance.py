"""What a text says, apart from how it looks.

In: Markdown as an archive keeps it. Out: its sentences. Left out is what says nothing: white space, markup, where
links lead, numbers of sections, and the day on which the page says (in English) that it was last updated. Any other
date is part of what is said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from .model import TextDifference

_LINK: Final = re.compile(r"!?\[((?:[^\[\]\\]|\\.)*)\]\((?:[^()\s\\]|\\.|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)")
_REFERENCE: Final = re.compile(r"!?\[((?:[^\[\]\\]|\\.)*)\]\[[^\[\]]*\]")
_DEFINITION: Final = re.compile(r"\[[^\[\]]+\]:\s*\S+.*")
_AUTOLINK: Final = re.compile(r"<(?:https?://|mailto:)[^<>\s]*>")
_TAGS: Final = (
    "a|abbr|b|blockquote|br|code|dd|div|dl|dt|em|figure|h[1-6]|hr|i|iframe|img|li|ol|p|pre|s|section|small|span|strong"
    "|sub|sup|table|tbody|td|tfoot|th|thead|tr|u|ul"
)
_TAG: Final = re.compile(rf"</?(?:{_TAGS})(?:\s+[a-z-]+=(?:\"[^\"<>]*\"|'[^'<>]*'))*\s*/?>", re.IGNORECASE)
_RULE: Final = re.compile(r"[-=*_|:+\s]{3,}")
_LEADING: Final = re.compile(r"\A(?:>\s*|[*+-]\s+|#{1,6}\s+)+")
_ESCAPE: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_UNDERSCORES: Final = re.compile(r"(?<![A-Za-z0-9])_+|_+(?![A-Za-z0-9])")
_MARKS: Final = str.maketrans({"*": "", "`": "", "|": " "})
_INVISIBLE: Final = re.compile(r"[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_LABEL: Final = re.compile(r"\A\(?(?:\d{1,3}|[A-Za-z])(?:\.\d{1,3})*[.)]\s+")
"""The number of a section or of an entry of a list."""
_LOOSE: Final = re.compile(r"\s+(?=[.,;:!?)])")
_SENTENCE: Final = re.compile(r"(?<=[.!?;])\s+")
_SHORTEST: Final = 20
"""Characters of a sentence; what is shorter is an abbreviation, and goes with what follows it."""
_MONTH: Final = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)
_IN_A_DATE: Final = re.compile(rf"(?:\d+(?:st|nd|rd|th)?|{_MONTH})", re.IGNORECASE)
_IS_DATE: Final = re.compile(r"\W*\d{1,4}[-./]\d{1,2}[-./]\d{1,4}\W*")
_WORD: Final = re.compile(r"\w+", re.UNICODE)
_OF_AN_UPDATE: Final = frozenset(
    (
        *(
            "last",
            "updated",
            "update",
            "updates",
            "effective",
            "date",
            "dated",
            "on",
            "modified",
            "revised",
            "revision",
        ),
        *("published", "posted", "version", "as", "of", "the", "this", "page", "policy", "was", "over", "about", "a"),
        *("an", "ago", "today", "yesterday", "year", "years", "month", "months", "week", "weeks", "day", "days"),
        *("hour", "hours", "minute", "minutes", "at", "utc", "gmt", "am", "pm"),
    )
)
"""Words of a line that says when a page was last updated, beside numbers and months."""
_SAY_SO: Final = frozenset(
    ("updated", "update", "updates", "effective", "modified", "revised", "revision", "published", "posted", "version")
)
"""Of them, those without one of which a line is about something else."""


def sentences(text: str) -> list[str]:
    """What a text says, sentence by sentence."""
    return [one for line in text.splitlines() for one in _of_line(line)]


def _of_line(line: str) -> Iterator[str]:
    plain = line.strip()
    if not plain or _RULE.fullmatch(plain) or _DEFINITION.fullmatch(plain):
        return
    for pattern, by in ((_LINK, r"\1"), (_REFERENCE, r"\1"), (_AUTOLINK, ""), (_TAG, " ")):
        plain = pattern.sub(by, plain)
    unescaped = _ESCAPE.sub(r"\1", _LEADING.sub("", plain.lstrip()))
    visible = _INVISIBLE.sub("", _UNDERSCORES.sub("", unescaped.translate(_MARKS)))
    words = _LABEL.sub("", _LOOSE.sub("", " ".join(visible.split())))
    if words and not _is_date_of_update(words):
        yield from _parts(words)


def _parts(words: str) -> Iterator[str]:
    """Sentences, none of them very short."""
    begun = ""
    for part in _SENTENCE.split(words):
        begun = f"{begun} {part}" if begun else part
        if len(begun) >= _SHORTEST:
            yield begun
            begun = ""
    if begun:
        yield begun


def _is_date_of_update(words: str) -> bool:
    """Whether a line says when the page was last updated and nothing else; a date that stands alone says as much."""
    rest = [word.lower() for word in _WORD.findall(words) if not _IN_A_DATE.fullmatch(word)]
    if not rest:
        return _IS_DATE.fullmatch(words) is not None or any(word.isalpha() for word in _WORD.findall(words))
    return set(rest) <= _OF_AN_UPDATE and not _SAY_SO.isdisjoint(rest)


def difference(old: str, new: str) -> TextDifference | None:
    """What the newer text says otherwise; None where all that differs is cosmetic. Linear in the texts."""
    before, after = sentences(old), sentences(new)
    if " ".join(before) == " ".join(after):
        return None
    removed, added = _beside(before, after), _beside(after, before)
    return TextDifference(removed, added, moved=not removed and not added)


def _beside(one: list[str], other: list[str]) -> tuple[str, ...]:
    """The sentences of one that the other does not have, or not as often."""
    left = Counter(other)
    found = []
    for sentence in one:
        if left[sentence] > 0:
            left[sentence] -= 1
        else:
            found.append(sentence)
    return tuple(found)
