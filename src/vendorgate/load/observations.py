"""What was observed of accounts, and which accounts exist, held against the words that there are.

In: files of a bundle, the words of manifests and rules. Out: observations by account; mistakes, of which each would
have an observation say nothing, or of another account than is meant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import TypeVar

import msgspec
from msgspec import UnsetType

from ..errors import Problem
from ..logic.functions import is_glob
from ..logic.nearest import suggestion
from ..model.manifest import Manifest, RouteName
from ..model.observable import FIELDS
from ..model.observation import AccountsFile, Observation, ObservationFile, Observations, ObservedInTest, SettingsScope
from ..model.vocabulary import UNLISTED, canonical_region
from ..source import Path, Source
from .bundle_files import BundleFiles
from .lexicon import Lexicon
from .words import Words, check_offering, check_region, check_word

Written = TypeVar("Written", ObservationFile, ObservedInTest)
Accounts = Collection[tuple[str, "str | None"]]
"""Each by its offering and its name."""


def check_rules(files: BundleFiles, words: Words, problems: list[Problem]) -> None:
    """Report offerings that must be observed and do not exist."""
    source = files.settings_source
    for index, name in enumerate(files.settings.observations.required):
        assert source is not None  # it is read there
        check_offering(name, words, (source, ("observations", "required", index)), problems)


def check_accounts(accounts: tuple[AccountsFile, Source] | None, words: Words, problems: list[Problem]) -> None:
    """Report accounts of offerings that do not exist, and accounts that are there twice."""
    if accounts is None:
        return
    written, source = accounts
    first: dict[tuple[str, str | None], int] = {}
    for index, one in enumerate(written.accounts):
        _check_offering(one.offering, words, (source, ("accounts", index, "offering")), problems)
        at = first.setdefault((one.offering, one.name), index)
        if at != index and one.offering:
            line = source.locate(("accounts", at, "offering")).line
            title = f"{_called(one.offering, one.name)} stands twice among the accounts"
            place = source.locate(("accounts", index, "offering" if one.name is None else "name"))
            problems.append(Problem(title, place, f"line {line} has it already; give each its own name", source))


def check_account(name: RouteName, accounts: Accounts, place: tuple[Source, Path], problems: list[Problem]) -> None:
    """Report an account that a route or an observation names and that does not exist."""
    if not name.account or name.vendor is not None or (name.offering, name.account) in accounts:
        return  # nobody has listed the accounts of an unlisted vendor
    source, path = place
    own = sorted(one for offering, one in accounts if offering == name.offering and one is not None)
    title = f"`{name.account}` is not an account of {name.offering}"
    listed = f"accounts.yaml of the bundle lists {', '.join(own)}" if own else "accounts.yaml of the bundle lists none"
    help = f"{suggestion(name.account, own)} ({listed})" if own else f"{listed}: have it added there"
    problems.append(Problem(title, source.locate(path), help, source))


def observations(
    files: Iterable[tuple[ObservationFile, Source]], words: Words, lexicon: Lexicon, problems: list[Problem]
) -> Observations:
    """What was observed, by account: what was read before what was attested. One of a kind for each account."""
    first: dict[tuple[str, str | None, bool], Source] = {}
    found: dict[tuple[str, str | None], list[Observation]] = {}
    for written, source in files:
        _check(written, source, words, lexicon, problems)
        attested = not isinstance(written.attested, UnsetType)
        known = first.setdefault((written.offering, written.account, attested), source)
        if known is not source and written.offering:
            whose = _called(written.offering, written.account)
            title = f"{whose} is {'attested' if attested else 'observed'} twice"
            help = f"{known.path} is of the same account; leave the newer one"
            problems.append(Problem(title, source.locate(("offering",)), help, source))
        found.setdefault((written.offering, written.account), []).append(Observation(_canonical(written), source))
    return {account: tuple(sorted(each, key=lambda one: one.is_attested)) for account, each in found.items()}


def with_only_accounts(found: Observations, accounts: Accounts | None) -> Observations:
    """The same, and of each offering with one account in the list what was observed of it for usages that name none:
    to leave `account` out means the only one, and leads away from nothing."""
    offerings = Counter(offering for offering, _ in accounts or ())
    only: dict[tuple[str, str | None], tuple[Observation, ...]] = {
        (offering, None): found[offering, name]
        for offering, name in accounts or ()
        if offerings[offering] == 1 and (offering, name) in found
    }
    return {**only, **found}


def check_values(
    written: ObservationFile | ObservedInTest, source: Source, words: Words, lexicon: Lexicon, problems: list[Problem]
) -> None:
    """Report regions that do not exist, and features that no offering has."""
    if not isinstance(written.region, UnsetType):
        check_region(written.region, (source, ("region",)), problems, words.own.region_groups)
    features = () if isinstance(written.features, UnsetType) else written.features
    known = lexicon.words("features") if features else None
    for index, feature in enumerate(features):
        if known is not None:
            check_word(feature, known, "a feature of any offering", (source, ("features", index)), problems)


def in_test(
    written: ObservedInTest,
    place: tuple[Source, Path],
    manifest: Manifest,
    words: Words,
    lexicon: Lexicon,
    problems: list[Problem],
) -> ObservedInTest:
    """What a test takes for observed; nothing can be of an unlisted vendor."""
    source, path = place
    check_values(written, source.below(path), words, lexicon, problems)
    for usage in manifest.usages:
        if usage.offering == UNLISTED:
            _check_offering(UNLISTED, words, (source, path), problems)
            break
    return _canonical(written)


def _canonical(written: Written) -> Written:
    """`uk` is read as `gb`."""
    if isinstance(written.region, UnsetType):
        return written
    return msgspec.structs.replace(written, region=canonical_region(written.region))


def _check(written: ObservationFile, source: Source, words: Words, lexicon: Lexicon, problems: list[Problem]) -> None:
    _check_offering(written.offering, words, (source, ("offering",)), problems)
    if words.own.accounts is not None:
        name = RouteName(written.offering, written.account)
        check_account(name, words.own.accounts, (source, ("account",)), problems)
    check_values(written, source, words, lexicon, problems)
    _check_scopes(written, source, lexicon, problems)
    _check_told(written, source, problems)
    if not isinstance(written.attested, UnsetType) and isinstance(written.sha256, UnsetType):
        title, help = "attested without `sha256`", "give the SHA-256 of the evidence"
        problems.append(Problem(title, source.locate(("attested",), key=True), help, source))


def _check_scopes(written: ObservationFile, source: Source, lexicon: Lexicon, problems: list[Problem]) -> None:
    """Report scopes that restrict anything but models or endpoints, and endpoints that no offering has."""
    if written.scope == SettingsScope():
        title, help = "a scope that restricts nothing", "restrict `cloud_regions` or `models`, or leave it out"
        problems.append(Problem(title, source.locate(("scope",), key=True), help, source))
    _check_cloud_regions(written, source, problems)
    for index, entry in enumerate(written.scoped_settings):
        where: Path = ("scoped_settings", index, "scope")
        restricted = [axis for axis in entry.scope.__struct_fields__ if getattr(entry.scope, axis) is not None]
        if len(restricted) != 1:
            title = f"a scope of settings restricts {' and '.join(restricted) or 'nothing'}"
            help = "restrict one of `models` and `endpoints`, by `only`"
            problems.append(Problem(title, source.locate(where, key=True), help, source))
        elif entry.scope.endpoints is not None:
            known = lexicon.words("endpoints")
            for position, name in enumerate(entry.scope.endpoints.only):
                if known is not None and not is_glob(name):
                    place = (source, (*where, "endpoints", "only", position))
                    check_word(name, known, "an endpoint of any offering", place, problems)


def _check_cloud_regions(written: ObservationFile, source: Source, problems: list[Problem]) -> None:
    """Report patterns where a cloud's regions are named: no usage is in a region of such a name."""
    named: list[tuple[str, Path]] = []
    if not isinstance(written.cloud_region, UnsetType):
        named.append((written.cloud_region, ("cloud_region",)))
    if not isinstance(written.scope, UnsetType) and written.scope.cloud_regions is not None:
        regions = written.scope.cloud_regions.only
        named += ((one, ("scope", "cloud_regions", "only", index)) for index, one in enumerate(regions))
    for name, path in named:
        if is_glob(name):
            title, help = f"`{name}` is a glob, where a region of a cloud is named", "name each by itself"
            problems.append(Problem(title, source.locate(path), help, source))


def _check_told(written: ObservationFile, source: Source, problems: list[Problem]) -> None:
    """Report what is told, and among what could not be read all the same."""
    fields = {field for field in FIELDS if not isinstance(getattr(written, field), UnsetType)}
    told = fields | written.settings.keys()
    for index, name in enumerate(written.unreadable):
        if name in told:
            title, help = f"`{name}` is both told and unreadable", "leave it in one of the two places"
            problems.append(Problem(title, source.locate(("unreadable", index)), help, source))


def _check_offering(name: str, words: Words, place: tuple[Source, Path], problems: list[Problem]) -> None:
    if name == UNLISTED:
        source, path = place
        title = "nothing can be observed of an unlisted vendor"
        help = "have the vendor listed, or say what is known of it in `offerings/` of the bundle"
        problems.append(Problem(title, source.locate(path), help, source))
    else:
        check_offering(name, words, place, problems)


def _called(offering: str, account: str | None) -> str:
    return f"the account `{account}` of {offering}" if account else f"the account of {offering} without a name"
