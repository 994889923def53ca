"""Fleet policies as they are written to policies that judge all usages.

In: the file of a bundle, the language of its policies, their ids. Out: checked fleet policies; every mistake in them.
A check reads them as strictly as all that it judges by, and asks them nothing.
"""

from __future__ import annotations

from collections.abc import Collection

from ..errors import Problem
from ..logic.paths import USAGES, reads
from ..model.asking import attributes_of, settings_of
from ..model.fleet_policy import FleetPoliciesFile, FleetPoliciesOutline, FleetPolicyOutline
from ..model.policy import FleetPolicy, Policy
from ..source import Location, Path, Source
from .fleet_file import LIST, Written
from .fleet_language import fleet_dialect
from .language import Language
from .policies import report_repeated, requirement
from .written_policies import stated


def fleet_policies(
    written: Written, rules: Language, others: Collection[Policy], problems: list[Problem]
) -> tuple[FleetPolicy, ...]:
    """The checked policies of the file; `others` are the bundle's, whose ids none may have."""
    file, source = written
    return checked_fleet_policies(file, _FleetSource(source), rules, others, problems)


def checked_fleet_policies(
    file: FleetPoliciesFile | FleetPoliciesOutline,
    source: Source,
    rules: Language,
    others: Collection[Policy],
    problems: list[Problem],
) -> tuple[FleetPolicy, ...]:
    """The same of a source in which they are found under `policies`."""
    language = Language(fleet_dialect(rules), rules.when)
    ids = {policy.id: policy for policy in others}
    found = []
    for index, entry in enumerate(file.fleet_policies):
        made = _policy(entry, index, source, language, problems)
        report_repeated(made.policy, ids, problems)
        found.append(made)
    return tuple(found)


def _policy(
    entry: FleetPolicyOutline, index: int, source: Source, rules: Language, problems: list[Problem]
) -> FleetPolicy:
    path: Path = ("policies", index)
    require = tuple(
        requirement(one, position, (source, (*path, "require", position)), rules, problems)
        for position, one in enumerate(entry.require)
    )
    trees = [one.tree for one in require]
    policy = Policy(
        id=entry.id,
        title=entry.title,
        severity=entry.severity,
        on_unknown=entry.on_unknown,
        when=None,
        require=require,
        enforce_from=stated(entry.enforce_from),
        remediation=stated(entry.remediation),
        references=entry.references,
        controls=entry.controls,
        tags=entry.tags,
        tests=(),
        dimensions=(),
        settings_read=settings_of(trees),
        attributes_read=attributes_of(trees),
        facts_read=(),
        source=source,
        index=index,
    )
    paths = dict.fromkeys(path for tree in trees for path in reads(tree))
    return FleetPolicy(policy, tuple(path for path in paths if path not in (USAGES, "today", "")))


class _FleetSource(Source):
    """The file, in which its policies are found where policies stand in others."""

    __slots__ = ()

    def __init__(self, source: Source) -> None:
        super().__init__(source.path, source.text, source._compose, source._above)

    def locate(self, path: Path = (), *, key: bool = False) -> Location:
        return super().locate(_here(path), key=key)

    def below(self, path: Path) -> Source:
        return super().below(_here(path))

    def has(self, path: Path) -> bool:
        return super().has(_here(path))


def _here(path: Path) -> Path:
    return (LIST, *path[1:]) if path[:1] == ("policies",) else path
