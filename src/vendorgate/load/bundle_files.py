"""The files of a bundle: a folder of policies, and the agreements and waivers beside them.

In: a folder. Out: `BundleFiles`, each file parsed, and not yet held against anything outside.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from ..errors import Problem
from ..model.additions import AttributeRules, OwnWords, WrittenGroups
from ..model.policy import BundleFile, FiledTestsOutline, PolicyFileOutline
from ..model.vocabulary import AGREEMENT_KINDS, DATA_CLASSES, NO_GROUPS, RegionGroups, groups_of
from ..source import Location, Source
from .decode import decode
from .document import Document, read_document
from .files import SPLIT, Folder, digest, read_bytes, shipped, yaml_files
from .held import is_file_of_tests
from .packs import File, PackChoice, in_force
from .parsed import WHOLE, Asked, sha256_of

if TYPE_CHECKING:
    from ..model.agreement import AgreementsFile
    from ..model.observation import AccountsFile, ObservationFile
    from ..model.policy_file import PolicyFile
    from ..model.signoff import Signoff
    from ..model.waiver import WaiversFile
    from .fleet_file import Written as WrittenFleet
    from .overlays import Overlays

T = TypeVar("T")
FLEET: Final = "fleet.yaml"
"""Its rules over all usages of a fleet, by which no check judges."""
AT_THE_ROOT: Final = ("bundle.yaml", "agreements.yaml", "waivers.yaml", "accounts.yaml", FLEET)
_ALL_REQUIRED: Final = PackChoice(library=shipped("policies"))
_ONE_FILE: Final = ("agreements.yaml", "waivers.yaml", "accounts.yaml")
_NAMED: Final = 3
"""Bundles below a folder that a mistake names."""
_FEWER: Final = "take out what is long over, and let one entry stand for several by its globs"
"""What to do about a file that is too large and cannot be split."""
OFFERINGS: Final = "offerings/"
"""Where a bundle says what it knows of offerings; no policies are looked for there."""
OBSERVATIONS: Final = "observations/"
"""Where it says what was observed of accounts."""
_TESTS: Final = (".test.yaml", ".test.yml")
OUTLINE: Final = Asked(frozenset(("tests",)), 3)
"""A file of policies without the tests beside them; what is open inside a policy: file, list of policies, policy."""
OUTLINE_OF_TESTS: Final = Asked(frozenset(("tests",)))


class BundleFiles(msgspec.Struct, frozen=True):
    """A bundle's files, parsed but not yet checked against anything outside."""

    folder: Folder
    sha256: str
    settings: BundleFile
    settings_source: Source | None
    policies: tuple[tuple[PolicyFile | PolicyFileOutline, Source], ...]
    """By path; outlines where nobody asked for the tests beside policies."""
    tests: tuple[File, ...]
    """The `*.test.yaml` beside them."""
    agreements: tuple[AgreementsFile, Source] | None
    waivers: tuple[WaiversFile, Source] | None
    accounts: tuple[AccountsFile, Source] | None
    observed: tuple[tuple[ObservationFile, Source], ...]
    """The files of its `observations/`, by path."""
    whole: bool
    """Whether every policy file could be read, so that no policy is missing."""
    overlays: Overlays | None = None
    """What it says of offerings; None where it has no file in `offerings/`."""
    digests: tuple[tuple[str, str], ...] = ()
    """Path and SHA-256 of each file in force, of which its own SHA-256 is made."""
    written: bytes = b""
    """Its `bundle.yaml`; nothing where it has none."""
    signoff: Signoff | UnsetType | None = UNSET
    """None: nobody has signed it off; unset: other files were read than those that judge."""
    fleet: WrittenFleet | None = None
    """Its `fleet.yaml`; None where it has none."""

    @property
    def data_classes(self) -> frozenset[str]:
        """The contract's and the bundle's own."""
        of_packs = (name for written, _ in self.policies for name in written.data_classes)
        return frozenset((*DATA_CLASSES, *self.settings.data_classes, *of_packs))

    @property
    def own_words(self) -> OwnWords:
        """What the bundle and its packs add to the contract's words otherwise."""
        attributes = {name: rule for rules, _ in reversed(self.declared_attributes) for name, rule in rules.items()}
        kinds = frozenset(kind for added, _ in self.added_kinds for kind in added)
        closed = not isinstance(self.settings.attributes, UnsetType)
        entries = None if self.accounts is None else self.accounts[0].accounts
        accounts = None if entries is None else frozenset((one.offering, one.name) for one in entries)
        return OwnWords(kinds.union(AGREEMENT_KINDS), attributes, closed, self.region_groups, accounts)

    @property
    def region_groups(self) -> RegionGroups:
        """The groups of regions that the bundle and its packs add."""
        declared = self.declared_groups
        return groups_of(written for written, _ in declared) if declared else NO_GROUPS

    @property
    def declared_groups(self) -> tuple[tuple[WrittenGroups, Source], ...]:
        """The groups of regions that each file declares, the bundle first."""
        first = () if self.settings_source is None else ((self.settings.region_groups, self.settings_source),)
        every = (*first, *((written.region_groups, source) for written, source in self.policies))
        return tuple(one for one in every if one[0])

    @property
    def added_kinds(self) -> tuple[tuple[tuple[str, ...], Source], ...]:
        """The kinds of agreement that each file adds, the bundle first."""
        source = self.settings_source
        first = () if source is None else ((self.settings.agreement_kinds, source),)
        return (*first, *((written.agreement_kinds, source) for written, source in self.policies))

    @property
    def declared_attributes(self) -> tuple[tuple[AttributeRules, Source], ...]:
        """What each file declares of attributes, the bundle first."""
        declared, source = self.settings.attributes, self.settings_source
        first = () if isinstance(declared, UnsetType) or source is None else ((declared, source),)
        return (*first, *((written.attributes, source) for written, source in self.policies if written.attributes))


def read_bundle(
    folder: Folder, problems: list[Problem], choice: PackChoice = _ALL_REQUIRED, *, tests: bool = False
) -> BundleFiles | None:
    """Read every file of a bundle that is in force; None where there is nothing to judge by.

    Without `tests`, those beside policies are held to the limits of YAML and read no further: they judge nobody.
    """
    names = yaml_files(folder, problems)
    if _is_above_a_bundle(folder, names, problems):
        return None
    _refuse_below_the_root(folder, names, problems)
    _refuse_folders(folder, problems)
    digests: list[tuple[str, str]] = []
    written_at_the_root = {name: _bytes(folder, name, digests, problems) for name in AT_THE_ROOT if name in names}
    at_the_root: dict[str, Document | None] = {
        name: _parsed(folder, name, data, problems) for name, data in written_at_the_root.items() if name != FLEET
    }
    if not _is_for_this(at_the_root.get("bundle.yaml"), problems):
        return None
    settings = _decoded(at_the_root.get("bundle.yaml"), BundleFile, problems)
    agreements, waivers, accounts = _at_the_root(at_the_root, problems)
    observed = _observed(folder, [name for name in names if name.startswith(OBSERVATIONS)], digests, problems)
    offerings = [name for name in names if name.startswith(OFFERINGS)]
    overlays = _overlays(folder, offerings, settings, digests, problems)
    rest = [name for name in names if name not in AT_THE_ROOT and not name.startswith((OFFERINGS, OBSERVATIONS))]
    before = len(problems)
    chosen = in_force(folder, rest, settings or (BundleFile(), None), choice, problems)
    without_pack = len(problems) > before
    filed = tuple(file for file in chosen if file[1].lower().endswith(_TESTS))
    for home, name in filed:
        _read_outline(home, name, digests, problems)
    written = [file for file in chosen if file not in filed]
    read = (_read_policies(home, name, digests, problems, tests=tests) for home, name in written)
    policies = tuple(found for found in read if found is not None)
    if not written and not without_pack and os.path.isdir(folder.path):
        help = "put a policy file there, or name another folder"
        problems.append(Problem("a bundle without policies", Location(folder.shown, 1, 1), help))
    if "bundle.yaml" in names and settings is None:
        return None  # whatever it allows would be reported as a mistake of others
    written_settings, source = settings or (BundleFile(), None)
    found = BundleFiles(
        folder,
        digest(digests),
        written_settings,
        source,
        policies,
        filed,
        agreements,
        waivers,
        accounts,
        observed,
        len(policies) == len(written),
        overlays,
        tuple(digests),
        written_at_the_root.get("bundle.yaml") or b"",
        UNSET if choice.beside != "required" else None,
    )
    found = _with_signoff(found, at_the_root.get("bundle.yaml"), names, choice, problems)
    if FLEET in names:
        from .fleet_file import read_fleet_policies  # few bundles have rules over all usages

        shown, data = folder.file(FLEET)[1], written_at_the_root[FLEET]
        fleet = read_fleet_policies(shown, data, WHOLE if tests else OUTLINE, problems)
        found = msgspec.structs.replace(found, fleet=fleet)
    if overlays is None or not found.declared_groups:
        return found
    placed = msgspec.structs.replace(overlays, region_groups=found.region_groups)
    return msgspec.structs.replace(found, overlays=placed)


def _is_for_this(document: Document | None, problems: list[Problem]) -> bool:
    """Whether the bundle is for the version that runs."""
    if document is None or not isinstance(document.value, dict) or "required_version" not in document.value:
        return True
    from .required_version import is_for_this  # few bundles are for some versions alone

    return is_for_this(document, problems)


def _at_the_root(
    found: dict[str, Document | None], problems: list[Problem]
) -> tuple[tuple[AgreementsFile, Source] | None, tuple[WaiversFile, Source] | None, tuple[AccountsFile, Source] | None]:
    """The agreements, waivers and accounts of a bundle, of which what ships has none."""
    agreements = waivers = accounts = None
    if "agreements.yaml" in found:
        from ..model.agreement import AgreementsFile

        agreements = _decoded(found["agreements.yaml"], AgreementsFile, problems)
    if "waivers.yaml" in found:
        from ..model.waiver import WaiversFile

        waivers = _decoded(found["waivers.yaml"], WaiversFile, problems)
    if "accounts.yaml" in found:
        from ..model.observation import AccountsFile

        accounts = _decoded(found["accounts.yaml"], AccountsFile, problems)
    return agreements, waivers, accounts


def _observed(
    folder: Folder, names: list[str], digests: list[tuple[str, str]], problems: list[Problem]
) -> tuple[tuple[ObservationFile, Source], ...]:
    if not names:
        return ()
    from ..model.observation import ObservationFile  # few bundles observe anything

    read = (_decoded(_read(folder, name, digests, problems), ObservationFile, problems) for name in names)
    return tuple(one for one in read if one is not None)


def _with_signoff(
    found: BundleFiles, document: Document | None, names: list[str], choice: PackChoice, problems: list[Problem]
) -> BundleFiles:
    """The same with its sign-off, held against the files in force."""
    written = found.settings.signoff
    if isinstance(written, UnsetType) or document is None:
        return found
    from .signoff import check_signoff, signoff  # few bundles are signed off

    check_signoff(document, found.written, problems)
    if choice.beside != "required":
        return found
    held = signoff(written, found.written, found.digests, found.settings, choice, names)
    return msgspec.structs.replace(found, signoff=held)


def _overlays(
    folder: Folder,
    names: list[str],
    settings: tuple[BundleFile, Source] | None,
    digests: list[tuple[str, str]],
    problems: list[Problem],
) -> Overlays | None:
    """What the files of `offerings/` say, and the dimensions that the bundle adds; None where it adds nothing."""
    dimensions = settings[0].dimensions if settings is not None else {}
    if not names and not dimensions:
        return None
    from .overlays import check_own_dimensions, overlays_from  # few bundles add anything

    if settings is not None:
        check_own_dimensions(dimensions, settings[1], problems)
    documents = (_read(folder, name, digests, problems) for name in names)
    return overlays_from([document for document in documents if document is not None], dimensions, problems)


def _refuse_folders(folder: Folder, problems: list[Problem]) -> None:
    """A folder in the place of a file would be taken for no file: claims would count where a register was meant. So
    would a file in the place of a folder."""
    for name in AT_THE_ROOT:
        path, shown = folder.file(name)
        if os.path.isdir(path):
            problems.append(Problem("a folder, not a file", Location(shown, 1, 1), f"put the file {name} in its place"))
    for name in (OFFERINGS, OBSERVATIONS):
        path, shown = folder.file(name.rstrip("/"))
        if os.path.isfile(path):
            problems.append(Problem("a file, not a folder", Location(shown, 1, 1), f"put what it says in {shown}/"))


def _is_above_a_bundle(folder: Folder, names: list[str], problems: list[Problem]) -> bool:
    """Whether the folder above a bundle was named, of which nearly every file would be a mistake of its own."""
    below = [name.rpartition("/")[0] for name in names if name.endswith("/bundle.yaml")]
    if not below or any(name in AT_THE_ROOT for name in names):
        return False
    from ..logic.wording import few  # most bundles are where they are said to be

    meant = few([folder.file(one)[1] for one in below], _NAMED)
    title = "no bundle, but a folder above one"
    problems.append(Problem(title, Location(folder.shown, 1, 1), f"name the folder of the bundle: {meant}"))
    return True


def _refuse_below_the_root(folder: Folder, names: list[str], problems: list[Problem]) -> None:
    for relative in names:
        name = relative.rpartition("/")[2]
        if "/" in relative and name in AT_THE_ROOT:
            location = Location(folder.file(relative)[1], 1, 1)
            help = f"move it to {folder.file(name)[1]}"
            help += ", or give a file of policies another name" if name == FLEET else ""
            problems.append(Problem(f"{name} below the root of the bundle", location, help))


def _read_outline(folder: Folder, name: str, digests: list[tuple[str, str]], problems: list[Problem]) -> None:
    """Hash a file of tests, and see that it is one: a policy in a file of that name would never be in force."""
    path, shown = folder.file(name)
    data = read_bytes(path, shown, problems)
    if data is not None:
        known = sha256_of(data)
        digests.append((name, known))
        if is_file_of_tests(known):
            return
        document = read_document(shown, data, problems, OUTLINE_OF_TESTS.leave_out)
        _decoded(document, FiledTestsOutline, problems)


def _read_policies(
    folder: Folder, name: str, digests: list[tuple[str, str]], problems: list[Problem], *, tests: bool
) -> tuple[PolicyFile | PolicyFileOutline, Source] | None:
    if tests:
        from ..model.policy_file import PolicyFile  # a check reads outlines

        return _decoded(_read(folder, name, digests, problems), PolicyFile, problems)
    path, shown = folder.file(name)
    data = read_bytes(path, shown, problems)
    if data is None:
        return None
    known = sha256_of(data)
    digests.append((name, known))
    document = read_document(shown, data, problems, OUTLINE.leave_out, OUTLINE.level, sha256=known)
    return _decoded(document, PolicyFileOutline, problems)


def _read(folder: Folder, name: str, digests: list[tuple[str, str]], problems: list[Problem]) -> Document | None:
    return _parsed(folder, name, _bytes(folder, name, digests, problems), problems)


def _bytes(folder: Folder, name: str, digests: list[tuple[str, str]], problems: list[Problem]) -> bytes | None:
    data = read_bytes(*folder.file(name), problems)
    if data is not None:
        digests.append((name, sha256_of(data)))
    return data


def _parsed(folder: Folder, name: str, data: bytes | None, problems: list[Problem]) -> Document | None:
    if data is None:
        return None
    shown = folder.file(name)[1]
    if name not in _ONE_FILE:
        return read_document(shown, data, problems)
    met: list[Problem] = []
    document = read_document(shown, data, met)
    problems.extend(msgspec.structs.replace(one, help=_FEWER) if one.help == SPLIT else one for one in met)
    return document


def _decoded(document: Document | None, type: type[T], problems: list[Problem]) -> tuple[T, Source] | None:
    written = decode(document, type, problems) if document is not None else None
    return None if document is None or written is None else (written, document.source)
