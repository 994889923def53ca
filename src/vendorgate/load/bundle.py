"""A policy bundle: a folder of policies, and the agreements and waivers beside them.

In: a folder. Out: a `Bundle`; what its rules may say is checked against the offerings that exist.
"""

from __future__ import annotations

import os
from typing import Any, Final, TypeVar

import msgspec
from msgspec import UnsetType

from ..errors import Problem
from ..model.agreement import Agreement, AgreementsFile, Register
from ..model.policy import Bundle, BundleFile, Policy, PolicyFile, PolicyFileEntry, RegistryDemands, Requirement
from ..model.vocabulary import DATA_CLASSES
from ..model.waiver import Waiver, WaiversFile
from ..source import Location, Path, Source
from .decode import NO_DAY, decode
from .document import Document, read_document
from .files import Folder, digest, read_bytes, sha256, unreadable
from .language import Language, language
from .manifest import check_usage
from .rules import read_rule
from .snapshot import dimensions_read, settings_read
from .words import Words

T = TypeVar("T")
_AT_THE_ROOT: Final = ("bundle.yaml", "agreements.yaml", "waivers.yaml")
_SUFFIXES: Final = (".yaml", ".yml")


class BundleFiles(msgspec.Struct, frozen=True):
    """A bundle's files, parsed but not yet checked against anything outside."""

    folder: Folder
    sha256: str
    settings: BundleFile
    settings_source: Source | None
    policies: tuple[tuple[PolicyFile, Source], ...]
    """By path."""
    agreements: tuple[AgreementsFile, Source] | None
    waivers: tuple[WaiversFile, Source] | None

    @property
    def data_classes(self) -> frozenset[str]:
        """The contract's and the bundle's own."""
        return frozenset((*DATA_CLASSES, *self.settings.data_classes))


def read_bundle(folder: Folder, problems: list[Problem]) -> BundleFiles | None:
    """Read every file of a bundle; None where there is nothing to judge by."""
    names = _files(folder, problems)
    digests: list[tuple[str, str]] = []
    documents = {name: _read(folder, name, digests, problems) for name in names}
    unsettled = "bundle.yaml" in documents
    settings = _decoded(documents.pop("bundle.yaml", None), BundleFile, problems)
    agreements = _decoded(documents.pop("agreements.yaml", None), AgreementsFile, problems)
    waivers = _decoded(documents.pop("waivers.yaml", None), WaiversFile, problems)
    policies = tuple(
        found for document in documents.values() if (found := _decoded(document, PolicyFile, problems)) is not None
    )
    if not documents and os.path.isdir(folder.path):
        problems.append(
            Problem(
                "a bundle without policies",
                Location(folder.shown, 1, 1),
                "put a policy file there, or name another folder",
            )
        )
    if unsettled and settings is None:
        return None  # whatever it allows would be reported as a mistake of others
    written, source = settings or (BundleFile(), None)
    return BundleFiles(folder, digest(digests), written, source, policies, agreements, waivers)


def _files(folder: Folder, problems: list[Problem]) -> list[str]:
    """The YAML files of the folder, at any depth, by relative path."""
    found: list[str] = []

    def fail(error: OSError) -> None:
        name = os.path.relpath(error.filename, folder.path).replace(os.sep, "/")
        problems.append(unreadable(error, folder.file(name)[1] if name != "." else folder.shown))

    root = os.path.join(os.path.realpath(folder.path), "")
    for parent, folders, files in os.walk(folder.path, onerror=fail):
        folders.sort()
        for name in sorted((*files, *folders)):
            path = os.path.join(parent, name)
            relative = os.path.relpath(path, folder.path).replace(os.sep, "/")
            if os.path.islink(path) and not os.path.realpath(path).startswith(root):
                title = "a link that leads out of the bundle"
                problems.append(Problem(title, Location(folder.file(relative)[1], 1, 1), "put the file itself there"))
            elif name in files and name.lower().endswith(_SUFFIXES):
                found.append(relative)
    for relative in found:
        if "/" in relative and relative.rpartition("/")[2] in _AT_THE_ROOT:
            name = relative.rpartition("/")[2]
            location = Location(folder.file(relative)[1], 1, 1)
            problems.append(
                Problem(f"{name} below the root of the bundle", location, f"move it to {folder.file(name)[1]}")
            )
    return sorted(found)


def _read(folder: Folder, name: str, digests: list[tuple[str, str]], problems: list[Problem]) -> Document | None:
    path, shown = folder.file(name)
    data = read_bytes(path, shown, problems)
    if data is None:
        return None
    digests.append((name, sha256(data)))
    return read_document(shown, data, problems)


def _decoded(document: Document | None, type: type[T], problems: list[Problem]) -> tuple[T, Source] | None:
    written = decode(document, type, problems) if document is not None else None
    return None if document is None or written is None else (written, document.source)


def check_bundle(files: BundleFiles, offerings: frozenset[str], problems: list[Problem]) -> Bundle:
    """The bundle as it judges; what contradicts itself or names what does not exist is a problem."""
    words = Words(files.data_classes, offerings)
    rules = language(files.data_classes, offerings)
    policies = [
        _policy(entry, index, source, rules, words, problems)
        for written, source in files.policies
        for index, entry in enumerate(written.policies)
    ]
    _report_repeated(policies, problems)
    return Bundle(
        name=_stated(files.settings.name),
        release=_stated(files.settings.release),
        sha256=files.sha256,
        fail_on=files.settings.fail_on,
        registry=files.settings.registry,
        policies=tuple(policies),
        register=_register(files, problems),
        waivers=_waivers(files),
        data_classes=files.data_classes,
    )


def _stated(value: Any) -> Any:
    return None if isinstance(value, UnsetType) else value


def _policy(
    entry: PolicyFileEntry, index: int, source: Source, rules: Language, words: Words, problems: list[Problem]
) -> Policy:
    path: Path = ("policies", index)
    when = (
        None
        if isinstance(entry.when, UnsetType)
        else read_rule(entry.when, (*path, "when"), source, rules.when, problems)
    )
    require = tuple(
        _requirement(written, position, (source, (*path, "require", position)), rules, problems)
        for position, written in enumerate(entry.require)
    )
    for position, test in enumerate(entry.tests):
        check_usage(test.usage, (*path, "tests", position, "usage"), source, words, problems)
    trees = [requirement.tree for requirement in require]
    return Policy(
        id=entry.id,
        title=entry.title,
        severity=entry.severity,
        on_unknown=entry.on_unknown,
        when=when,
        require=require,
        enforce_from=_stated(entry.enforce_from),
        remediation=_stated(entry.remediation),
        references=entry.references,
        tags=entry.tags,
        tests=entry.tests,
        dimensions=tuple(dict.fromkeys(name for tree in trees for name in dimensions_read(tree))),
        settings_read=settings_read(trees if when is None else [when, *trees]),
        source=source,
        index=index,
    )


def _requirement(
    written: Any, index: int, place: tuple[Source, Path], rules: Language, problems: list[Problem]
) -> Requirement:
    source, path = place
    if not isinstance(written, dict) or "that" not in written:
        return Requirement(written, read_rule(written, path, source, rules.require, problems), None, index)
    for key in written:
        if key not in ("that", "message"):
            location = source.locate((*path, key), key=True)
            problems.append(Problem(f"unknown key `{key}`", location, "known: `that`, `message`", source))
    message = written.get("message")
    if "message" in written and (not isinstance(message, str) or not message):
        problems.append(
            Problem("a message that is no text", source.locate((*path, "message")), "write a sentence", source)
        )
    tree = read_rule(written["that"], (*path, "that"), source, rules.require, problems)
    return Requirement(written["that"], tree, message if isinstance(message, str) else None, index)


def _report_repeated(policies: list[Policy], problems: list[Problem]) -> None:
    first: dict[str, Policy] = {}
    for policy in policies:
        earlier = first.setdefault(policy.id, policy)
        if policy.id and earlier is not policy:
            where = earlier.source.locate(("policies", earlier.index, "id"))
            location = policy.source.locate(("policies", policy.index, "id"))
            title = f"the id `{policy.id}` is used twice"
            problems.append(
                Problem(title, location, f"{where} has it already; give each policy its own", policy.source)
            )


def _register(files: BundleFiles, problems: list[Problem]) -> Register | None:
    if files.agreements is None:
        return None
    written, source = files.agreements
    for index, agreement in enumerate(written.agreements):
        _check_dates(agreement, ("agreements", index), source, problems)
    return Register(written.agreements, source)


def _check_dates(agreement: Agreement, path: Path, source: Source, problems: list[Problem]) -> None:
    if isinstance(agreement.signed, UnsetType):
        if agreement.status == "executed":
            title, help = "an executed agreement without `signed`", "say on which day it was signed"
            problems.append(Problem(title, source.locate((*path, "kind"), key=True), help, source))
    elif isinstance(agreement.expires, UnsetType) or NO_DAY in (agreement.signed, agreement.expires):
        return
    elif agreement.expires < agreement.signed:
        title = f"expires on {agreement.expires}, before it is signed on {agreement.signed}"
        problems.append(Problem(title, source.locate((*path, "expires")), "correct one of the two days", source))


def _waivers(files: BundleFiles) -> tuple[Waiver, ...]:
    if files.waivers is None:
        return ()
    written, source = files.waivers
    return tuple(Waiver(entry, source, index) for index, entry in enumerate(written.waivers))


def check_pin(files: BundleFiles, registry_sha256: str, problems: list[Problem]) -> None:
    """Report a snapshot that is not the one the bundle pins."""
    demands: RegistryDemands = files.settings.registry
    pinned = demands.sha256
    if files.settings_source is None or isinstance(pinned, UnsetType) or pinned in ("", registry_sha256):
        return  # an empty one could not be read, and has been reported
    problems.append(
        Problem(
            f"the registry's SHA-256 is {registry_sha256}, and the bundle pins another",
            files.settings_source.locate(("registry", "sha256")),
            "use the pinned snapshot, or review the new one and pin its SHA-256",
            files.settings_source,
        )
    )
