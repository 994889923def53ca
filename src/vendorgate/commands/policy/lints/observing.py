"""Accounts that must be observed and are not: nothing that a manifest says of their settings counts.

In: a bundle with what was observed. Out: findings.
"""

from __future__ import annotations

from collections.abc import Iterator

from ....declarations.observing import is_enough
from ....evaluate.observations import account_words, observe_command
from ....load.bundle_files import BundleFiles
from ....model.manifest import RouteName
from ....model.policy import Bundle
from ....source import Path, Source
from ..lint_model import LintFinding


def unobserved(files: BundleFiles, bundle: Bundle) -> Iterator[LintFinding]:
    """`unobserved-account`: none of an offering, or one that accounts.yaml lists. Its age is a matter of the day."""
    for index, offering in enumerate(bundle.observing.required):
        source = files.settings_source
        assert source is not None  # it is read there
        if not any(_is_observed(name, bundle) for name in _named(bundle) if name.offering == offering):
            what = f"nothing was observed of {offering}, and nothing that is claimed of its settings counts"
            name, place = RouteName(offering), ("observations", "required", index)
            yield _finding(what, name, source, place)
        elif files.accounts is not None:
            yield from _listed(offering, files, bundle)


def _listed(offering: str, files: BundleFiles, bundle: Bundle) -> Iterator[LintFinding]:
    assert files.accounts is not None
    written, source = files.accounts
    for index, one in enumerate(written.accounts):
        name = RouteName(one.offering, one.name)
        if one.offering == offering and not _is_observed(name, bundle):
            what = f"{account_words(name)} must be observed, and nothing was observed of it"
            yield _finding(what, name, source, ("accounts", index, "offering" if one.name is None else "name"))


def _named(bundle: Bundle) -> Iterator[RouteName]:
    yield from (RouteName(offering, account) for offering, account in bundle.observations)


def _is_observed(name: RouteName, bundle: Bundle) -> bool:
    own = bundle.observations.get((name.offering, name.account), ())
    return any(is_enough(one, bundle.observing) for one in own)


def _finding(message: str, name: RouteName, source: Source, place: Path) -> LintFinding:
    help = f"have {observe_command(name)} read it, or take it out of what must be observed"
    return LintFinding("unobserved-account", message, help, source, place)
