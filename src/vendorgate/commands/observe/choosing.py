"""Which accounts are read: those that `accounts.yaml` lists, as far as somebody asks for them.

In: words of a command line, the accounts of a bundle, who reads which offering. Out: entries, each with its reader; or
all that is missing, with the line to paste. Refuses to know what is read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Final, get_args

import msgspec
from msgspec import UnsetType

from ...errors import Problem, UsageError
from ...load.words import offering_help
from ...logic import Json
from ...logic.nearest import suggestion
from ...model.manifest import RouteName
from ...model.observation import AccountEntry, AccountsFile
from ...rewriting.yaml_text import in_flow
from ...source import Location, Source
from .model import IdName, Reader

ALL: Final = "all"
_FILE: Final = "accounts.yaml"
_IDS: Final[tuple[IdName, ...]] = get_args(IdName)
ReaderOf = Callable[[str], "Reader | None"]
_Entry = tuple["int | None", AccountEntry]
"""With its place in the file."""


class ListedAccounts(msgspec.Struct, frozen=True):
    """The accounts of a bundle."""

    folder: str
    """Of the bundle, as it is shown."""
    written: AccountsFile | None
    """None where the bundle has no such file."""
    source: Source | None = None


class Chosen(msgspec.Struct, frozen=True):
    """An account that is asked for."""

    entry: AccountEntry
    reader: Reader | None
    """None where nobody reads it."""
    index: int | None = None
    """Its place in `accounts.yaml`."""

    @property
    def name(self) -> RouteName:
        return RouteName(self.entry.offering, self.entry.name)


def chosen(
    words: Sequence[str],
    names: Sequence[str],
    listed: ListedAccounts,
    offerings: Collection[str],
    reader_of: ReaderOf,
) -> tuple[Chosen, ...]:
    """The accounts of some offerings, or with `all` of every one that is listed, or of these those of some names.

    Raises:
        UsageError: an offering or account that does not exist, or nothing to read; or an id that is missing, or that
            would be ignored. All of it is said.
    """
    wanted = [*dict.fromkeys(words)]
    _refuse_unknown(wanted, listed, offerings, reader_of)
    entries = [*_entries(wanted, listed)]
    if names:
        entries = [*_named(names, wanted, entries, listed)]
    found = tuple(Chosen(one, reader_of(one.offering), index) for index, one in entries)
    _refuse_unread(wanted, found, listed)
    problems = [problem for one in found for problem in _wrong_ids(one, listed)]
    if problems:
        raise UsageError(problems)
    return found


def attest_help(offering: str, accounts: Collection[str | None] = ()) -> str:
    """What to do where nobody reads the account of an offering, or these."""
    names = sorted(one for one in accounts if one is not None)
    account = f" --account {'|'.join(names)}" if names else ""
    command = f"vendorgate observe attest {offering}{account} --setting NAME=VALUE --by WHO --evidence FILE"
    return f"attest what its console shows: {command}"


def _listed_names(offering: str, listed: ListedAccounts) -> list[str | None]:
    return [] if listed.written is None else [one.name for one in listed.written.accounts if one.offering == offering]


def unread_words(offering: str) -> str:
    """That nobody reads the accounts of an offering."""
    return f"nobody reads the accounts of `{offering}`: no API is known that tells how they are set up"


def _refuse_unknown(
    wanted: Sequence[str], listed: ListedAccounts, offerings: Collection[str], reader_of: ReaderOf
) -> None:
    if ALL in wanted and len(wanted) > 1:
        raise UsageError([Problem(f"`{ALL}` beside names", help="leave one of them out")])
    if ALL in wanted:
        if listed.written is None:
            help = f"write it: {_file([AccountEntry(offering='openai-api', name='eu-prod', project='PROJECT')])}"
            title = f"`{ALL}` without {_FILE} in {listed.folder}: nobody says which accounts there are"
            raise UsageError([Problem(title, help=help)])
        return
    problems = []
    for word in wanted:
        if word not in offerings:
            problems.append(Problem(f"no offering `{word}`", help=offering_help(word, offerings)))
        elif reader_of(word) is None:
            problems.append(Problem(unread_words(word), help=attest_help(word, _listed_names(word, listed))))
    if problems:
        raise UsageError(problems)


def _entries(wanted: Sequence[str], listed: ListedAccounts) -> Iterator[_Entry]:
    if listed.written is None:
        yield from ((None, AccountEntry(offering=word)) for word in wanted)
        return
    every = listed.written.accounts
    problems = []
    for word in wanted:
        if word != ALL and all(one.offering != word for one in every):
            title = f"{_FILE} lists no account of `{word}`"
            problems.append(Problem(title, help=f"add it: - {_flow(AccountEntry(offering=word, name='NAME'))}"))
    if problems:
        raise UsageError(problems)
    yield from ((index, one) for index, one in enumerate(every) if ALL in wanted or one.offering in wanted)


def _named(
    names: Sequence[str], wanted: Sequence[str], entries: Sequence[_Entry], listed: ListedAccounts
) -> Iterator[_Entry]:
    if listed.written is None:
        lines = (AccountEntry(offering=word, name=name) for word in wanted for name in dict.fromkeys(names))
        title = f"--account without {_FILE} in {listed.folder}: nobody says which account at the vendor is meant"
        raise UsageError([Problem(title, help=f"write it, with the vendor's ids: {_file(lines)}")])
    known = sorted({one.name for _, one in entries if one.name is not None})
    problems = [
        Problem(f"--account: no account `{name}` among those", help=suggestion(name, known, f"{_FILE} lists"))
        for name in dict.fromkeys(names)
        if name not in known
    ]
    if problems:
        raise UsageError(problems)
    yield from ((index, one) for index, one in entries if one.name in names)


def _refuse_unread(wanted: Sequence[str], found: Sequence[Chosen], listed: ListedAccounts) -> None:
    """Nothing observed is never a success."""
    if any(one.reader is not None for one in found):
        return
    if not found:
        raise UsageError([Problem(f"{_FILE} in {listed.folder} lists no account", help="add one, or do without it")])
    offerings = dict.fromkeys(one.entry.offering for one in found)
    raise UsageError(Problem(unread_words(one), help=attest_help(one, _listed_names(one, listed))) for one in offerings)


def _wrong_ids(one: Chosen, listed: ListedAccounts) -> Iterator[Problem]:
    """Ids that are missing, and those that nobody looks at: whoever wrote these means another account than is read."""
    if one.reader is None:
        return
    has = [name for name in _IDS if not _is_empty(getattr(one.entry, name))]
    missing = [name for name in one.reader.needs if name not in has]
    ignored = [name for name in has if name not in (*one.reader.needs, *one.reader.takes)]
    if missing:
        filled = _flow(one.entry, missing)
        none = "" if listed.written is not None else f", and {listed.folder} has no {_FILE}"
        title = f"{one.name}: {_ids(missing)} missing, which reading {one.reader.vendor} needs{none}"
        help = f"write its line so: - {filled}" if listed.written is not None else f"write it: {_in_file(filled)}"
        yield Problem(title, _place(one, listed), help, listed.source)
    if ignored:
        title = f"{one.name}: {_ids(ignored)} nothing by which an account at {one.reader.vendor} is read"
        taken = ", ".join(f"`{name}`" for name in (*one.reader.needs, *one.reader.takes))
        help = f"take it out, so that nobody thinks that it was read{f'; this one takes {taken}' if taken else ''}"
        yield Problem(title, _place(one, listed, ignored[0]), help, listed.source)


def _place(one: Chosen, listed: ListedAccounts, field: str = "offering") -> Location | None:
    if listed.source is None or one.index is None:
        return None
    return listed.source.locate(("accounts", one.index, field), key=field != "offering")


def _ids(names: Sequence[str]) -> str:
    return f"{' and '.join(f'`{name}`' for name in names)} {'is' if len(names) == 1 else 'are'}"


def _is_empty(value: object) -> bool:
    return isinstance(value, UnsetType) or value == ()


def _flow(entry: AccountEntry, missing: Collection[IdName] = ()) -> str:
    """An account as an entry of the list, with words in capitals for what must be filled in."""
    said: dict[str, Json] = {"offering": entry.offering}
    if entry.name is not None:
        said["name"] = entry.name
    for name in _IDS:
        value = getattr(entry, name)
        if not _is_empty(value):
            said[name] = [*value] if isinstance(value, tuple) else value
        elif name in missing:
            said[name] = ["MODEL"] if name == "models" else name.upper()
    return in_flow(said)


def _file(entries: Iterable[AccountEntry]) -> str:
    """A whole file on one line."""
    return _in_file(", ".join(map(_flow, entries)))


def _in_file(entries: str) -> str:
    return f"{{version: 1, accounts: [{entries}]}}"
