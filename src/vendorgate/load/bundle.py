"""A policy bundle: what its files say, held against each other and against the offerings that exist.

In: the files of a bundle, and the words that its rules may name. Out: a `Bundle`, which judges.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from msgspec import UnsetType

from ..errors import Problem, enough
from ..model.bundle_settings import NOTHING_OBSERVED
from ..model.detect import DetectRules, DetectSettings
from ..model.policy import Bundle, FleetPolicy, Policy, RegistryDemands
from ..model.vocabulary import DIMENSIONS
from ..source import Path, Source
from .bundle_files import BundleFiles
from .held import policies_from_rows, rows_of_bundle
from .lexicon import Lexicon
from .words import Words
from .written_policies import stated

if TYPE_CHECKING:
    from .language import Language

if TYPE_CHECKING:
    from ..model.agreement import Register
    from ..model.observation import Observations
    from ..model.projects import ProjectBinding
    from ..model.switched_off import StaleWord, SwitchedOff
    from ..model.waiver import Waiver

_DEFAULT: Final = "default"
"""Stands for every dimension that is not named."""


def check_bundle(files: BundleFiles, lexicon: Lexicon, problems: list[Problem], *, as_written: bool = False) -> Bundle:
    """The bundle as it judges; what contradicts itself or names what does not exist is a problem.

    Args:
        as_written: leave the policies as their files have them, whatever the bundle's `overrides` make of them.
    """
    own = files.own_words
    words = lexicon.for_manifests(files.data_classes, own)
    rows = rows_of_bundle(files.sha256, lexicon.sha256)
    held = None if rows is None else policies_from_rows(files.policies, rows)
    policies = _checked(files, words, lexicon, problems) if held is None else held
    counted, off = _overridden(files, policies, problems, as_written)
    _check_globs(files, frozenset(policy.id for policy in policies), problems)
    return Bundle(
        name=stated(files.settings.name),
        release=stated(files.settings.release),
        sha256=files.sha256,
        address=files.folder.address,
        signoff=files.signoff,
        fail_on=files.settings.fail_on,
        registry=files.settings.registry,
        policies=counted,
        off=off,
        register=_register(files, problems),
        waivers=_waivers(files, problems),
        waiver_rules=files.settings.waivers,
        review=files.settings.review,
        data_classes=files.data_classes,
        agreement_kinds=own.agreement_kinds,
        attributes=own.attributes,
        region_groups=own.region_groups,
        projects=_projects(files, problems),
        stale_unmatched=_stale_unmatched(files, policies, lexicon, problems),
        detect=_detect(files, problems),
        observing=files.settings.observations,
        observations=_observations(files, words, lexicon, problems),
        accounts=None if files.accounts is None else files.accounts[0].accounts,
        fleet=_fleet(files, lexicon, policies, problems),
        as_of_within=None if isinstance(limit := files.settings.as_of, UnsetType) else limit.within_days,
    )


def _checked(files: BundleFiles, words: Words, lexicon: Lexicon, problems: list[Problem]) -> list[Policy]:
    """The policies as they are written, held with all that the bundle adds against the words that there are."""
    from .agreements import check_own_kinds  # what ships was looked at when the package was built
    from .policies import checked_policies

    check_own_kinds(files.added_kinds, problems)
    if words.own.attributes:
        from .attributes import check_declarations  # few bundles declare any

        check_declarations(files.declared_attributes, problems)
    if files.declared_groups:
        from .region_groups import check_groups  # few bundles declare any

        check_groups(files.declared_groups, problems)
    if files.settings_source is not None:
        check_ages(files.settings.registry, files.settings.dimensions, files.settings_source, problems)
    return checked_policies(files.policies, words, _rules(files, lexicon), problems)


def _rules(files: BundleFiles, lexicon: Lexicon) -> Language:
    """The language of the bundle's rules."""
    from .language import language  # no rule of what ships is checked again

    return language(files.data_classes, lexicon.expecting(files.settings.unmatched), files.own_words)


def check_ages(demands: RegistryDemands, own: Iterable[str], source: Source, problems: list[Problem]) -> None:
    """Report ages of evidence of what is neither a dimension nor one of the bundle's own."""
    ages = demands.max_evidence_age_days
    known = (_DEFAULT, *DIMENSIONS, *own)
    for name in () if isinstance(ages, int) else ages:
        if name and name not in known and not enough(problems):
            from ..logic.nearest import suggestion  # a mistake

            place = source.locate(("registry", "max_evidence_age_days", name), key=True)
            problems.append(Problem(f"unknown key `{name}`", place, suggestion(name, known), source))


def _stale_unmatched(
    files: BundleFiles, policies: list[Policy], lexicon: Lexicon, problems: list[Problem]
) -> tuple[StaleWord, ...]:
    """Words that are still expected and need not be; a glob among them is a problem."""
    if not files.settings.unmatched or files.settings_source is None:
        return ()
    from .unmatched import check_unmatched, stale  # few bundles expect any

    unmatched = check_unmatched(files.settings.unmatched, files.settings_source, problems)
    return tuple(stale(unmatched, policies, lexicon))


def _check_globs(files: BundleFiles, ids: frozenset[str], problems: list[Problem]) -> None:
    """Report globs of `bundle.yaml` that are meant for policies and name none, as far as all policies are known."""
    forbidden, overrides = files.settings.waivers.forbid_policies, files.settings.overrides
    globs: list[tuple[str, Path]] = [
        *((glob, ("waivers", "forbid_policies", index)) for index, glob in enumerate(forbidden)),
        *((entry.policy, ("overrides", index, "policy")) for index, entry in enumerate(overrides)),
    ]
    source = files.settings_source
    if globs and source is not None and files.whole and "" not in ids:
        from .policy_globs import check_globs  # few bundles have any

        check_globs(globs, source, ids, files.folder, problems)


def _overridden(
    files: BundleFiles, policies: list[Policy], problems: list[Problem], as_written: bool
) -> tuple[tuple[Policy, ...], tuple[SwitchedOff, ...]]:
    """The policies as they count here, and those that are off."""
    overrides, source = files.settings.overrides, files.settings_source
    if not overrides or source is None:
        return tuple(policies), ()
    from .overrides import check_overrides, overridden  # few bundles have any

    if any(problem.source is source for problem in problems):
        return tuple(policies), ()  # what could not be read would be reported again as something that is not said
    check_overrides(overrides, source, problems)
    counted = overridden(policies, overrides, source, problems)
    return (tuple(policies), ()) if as_written else counted


def _projects(files: BundleFiles, problems: list[Problem]) -> tuple[ProjectBinding, ...] | None:
    projects, source = files.settings.projects, files.settings_source
    if isinstance(projects, UnsetType) or source is None:
        return None
    from .projects import check_projects  # few bundles bind names

    check_projects(projects, source, problems)
    return projects


def _detect(files: BundleFiles, problems: list[Problem]) -> DetectRules:
    written, source = files.settings.detect, files.settings_source
    if source is None or written == DetectSettings():
        return DetectRules()
    from .detect import detect_rules  # few bundles say anything of it

    return detect_rules(written, source, problems)


def _observations(files: BundleFiles, words: Words, lexicon: Lexicon, problems: list[Problem]) -> Observations:
    if not files.observed and files.accounts is None and not files.settings.observations.required:
        return NOTHING_OBSERVED
    from .observations import (  # few bundles observe anything
        check_accounts,
        check_rules,
        observations,
        with_only_accounts,
    )

    check_rules(files, words, problems)
    check_accounts(files.accounts, words, problems)
    return with_only_accounts(observations(files.observed, words, lexicon, problems), words.own.accounts)


def _fleet(
    files: BundleFiles, lexicon: Lexicon, policies: list[Policy], problems: list[Problem]
) -> tuple[FleetPolicy, ...]:
    if files.fleet is None:
        return ()
    from .fleet_policies import fleet_policies  # few bundles have rules over all usages

    return fleet_policies(files.fleet, _rules(files, lexicon), policies, problems)


def _register(files: BundleFiles, problems: list[Problem]) -> Register | None:
    if files.agreements is None:
        return None
    from ..model.agreement import Register  # what ships has no register
    from .agreements import check_agreements

    written, source = files.agreements
    check_agreements(written.agreements, (source, ("agreements",)), files.own_words, problems)
    return Register(written.agreements, source)


def _waivers(files: BundleFiles, problems: list[Problem]) -> tuple[Waiver, ...]:
    if files.waivers is None:
        return ()
    from ..model.waiver import Waiver  # what ships waives nothing
    from .vendors import check_vendor_waived

    written, source = files.waivers
    for index, entry in enumerate(written.waivers):
        check_vendor_waived(entry, index, source, problems)
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
            "pin-mismatch",
        )
    )
