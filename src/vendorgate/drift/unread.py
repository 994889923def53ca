"""Files that may name somebody and were not read: what is not seen must not look as if it were not there.

In: what was passed over. Out: a notice of files, and one of folders that hold what others made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ..detection.model import Skipped
from ..detection.status import by_place
from ..evaluate.judge import stricter_or_equal
from ..logic.wording import count, few
from ..model.detect import severity_of
from ..model.result import Notice
from ..model.vocabulary import Severity
from ..source import Location
from .question import Question

_MOST: Final = 5
"""Files that a notice names."""
_KIND: Final = "code-not-read"
_NO_FILE: Final = ".vendorgate-looks-here"
"""A name that no file has, for the path of its folder."""


def unread(skipped: Sequence[Skipped], question: Question) -> Iterator[Notice]:
    """What is to be said of files whose uses would count."""
    severity = severity_of(_KIND, question.rules.severity)
    counted = [one for one in skipped if one.names_somebody and _counts(one, question)]
    folders = [one for one in counted if _is_folder(one)]
    files = [one for one in counted if not _is_folder(one)]
    if files and severity != "off":
        named = few([f"{one.path} ({one.reason})" for one in files], _MOST)
        words = f"{count(len(files), 'file')} of code that may name somebody {_was(len(files))} not read: {named}"
        yield _notice(words, files[0], severity, question)
    if folders and severity != "off":
        named = few([_contents(one) for one in folders], _MOST)
        words = f"{count(len(folders), 'folder')} {_was(len(folders))} not read: {named}"
        yield _notice(words, folders[0], severity if _KIND in question.rules.severity else "note", question)


def _notice(words: str, first: Skipped, severity: Severity, question: Question) -> Notice:
    help = "let it be read, move what is ours, or look at it yourself: what is not read may use anybody"
    blocks = stricter_or_equal(question.fail_on, severity)
    return Notice(_KIND, severity, words, Location(first.path.rstrip("/"), 1, 1), blocks, help)


def _contents(one: Skipped) -> str:
    """What was not read of a folder: a submodule, of which nobody knows the files here, or what others made."""
    path = one.path.rstrip("/")
    return (
        f"{path} ({one.reason})" if one.reason == "a repository of its own" else f"{count(one.count, 'file')} in {path}"
    )


def _is_folder(one: Skipped) -> bool:
    return one.path.endswith("/")


def _counts(one: Skipped, question: Question) -> bool:
    """Whether what it used would have a status that counts, as far as its place says."""
    folder, _, name = one.path.rpartition("/")
    beside = f"{folder}/{_NO_FILE}" if folder else _NO_FILE  # a link itself would be taken for what it leads to
    return by_place(question.place(beside).removesuffix(_NO_FILE) + (name or "x")) in question.rules.statuses


def _was(number: int) -> str:
    return "was" if number == 1 else "were"
