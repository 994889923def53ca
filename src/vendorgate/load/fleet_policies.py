"""`fleet.yaml`: rules over all usages of a fleet, to policies that judge them.

In: the file of a bundle, the language of its policies, their ids. Out: checked fleet policies; every mistake in them.
A check reads them as strictly as all that it judges by, and asks them nothing.
"""

from __future__ import annotations

from collections.abc import Collection

from ..errors import Problem
from ..logic.paths import USAGES, reads
from ..model.asking import attributes_of, settings_of
from ..model.fleet_policy import FleetPoliciesFile, FleetPoliciesOutline, FleetPolicy, FleetPolicyEntry
from ..model.fleet_policy import FleetPolicyOutline as Outline
from ..model.policy import Policy
from ..source import Location, Path, Source
from .bundle_files import OUTLINE
from .decode import decode
from .document import Document, read_document
from .fleet_language import fleet_dialect
from .language import Language
from .parsed import WHOLE
from .policies import requirement, stated
from .words import Words

FILE = "fleet.yaml"
_LIST = "fleet_policies"
Written = tuple["FleetPoliciesFile | FleetPoliciesOutline", Source]


def read_fleet_policies(shown: str, data: bytes | None, problems: list[Problem], *, tests: bool) -> Written | None:
    """The file as it is written; None where it is none of the kind. Without `tests`, those in it are not looked at."""
    if data is None:
        return None
    document = read_document(shown, data, problems, *(WHOLE if tests else OUTLINE))
    if document is None or _is_of_policies(document, problems):
        return None
    kind: type[FleetPoliciesFile] | type[FleetPoliciesOutline] = FleetPoliciesFile if tests else FleetPoliciesOutline
    written: FleetPoliciesFile | FleetPoliciesOutline | None = decode(document, kind, problems)
    return None if written is None else (written, document.source)


def _is_of_policies(document: Document, problems: list[Problem]) -> bool:
    """Report a file of ordinary policies: they would never be in force under this name."""
    if not isinstance(document.value, dict) or "policies" not in document.value or _LIST in document.value:
        return False
    title = f"`policies` in {FILE}, which has the rules over all usages of a fleet"
    help = f"give the file another name, or write rules over all usages under `{_LIST}`"
    problems.append(Problem(title, document.source.locate(("policies",), key=True), help, document.source))
    return True


def fleet_policies(
    written: Written, rules: Language, others: Collection[Policy], words: Words, problems: list[Problem]
) -> tuple[FleetPolicy, ...]:
    """The checked policies of the file; `others` are the bundle's, whose ids none may have."""
    file, source = written
    below = _FleetSource(source)
    language = Language(fleet_dialect(rules), rules.when)
    ids = {policy.id: policy for policy in others}
    found = []
    for index, entry in enumerate(file.fleet_policies):
        made = _policy(entry, index, below, language, words, problems)
        _report_repeated(made.policy, ids, problems)
        found.append(made)
    return tuple(found)


def _policy(
    entry: Outline, index: int, source: Source, rules: Language, words: Words, problems: list[Problem]
) -> FleetPolicy:
    path: Path = ("policies", index)
    require = tuple(
        requirement(one, position, (source, (*path, "require", position)), rules, problems)
        for position, one in enumerate(entry.require)
    )
    tests = entry.tests if isinstance(entry, FleetPolicyEntry) else ()
    if tests:
        from .manifest import check_usage

        for position, test in enumerate(tests):
            for number, usage in enumerate(test.usages):
                check_usage(usage, (*path, "tests", position, "usages", number), source, words, problems)
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
    return FleetPolicy(policy, tests, tuple(path for path in paths if path not in (USAGES, "today", "")))


def _report_repeated(policy: Policy, ids: dict[str, Policy], problems: list[Problem]) -> None:
    earlier = ids.setdefault(policy.id, policy)
    if policy.id and earlier is not policy:
        where = earlier.source.locate(("policies", earlier.index, "id"))
        title = f"the id `{policy.id}` is used twice"
        help = f"{where} has it already; give each policy its own"
        problems.append(Problem(title, policy.source.locate(("policies", policy.index, "id")), help, policy.source))


class _FleetSource(Source):
    """The file, in which its policies are found where policies stand in others."""

    __slots__ = ()

    def __init__(self, source: Source) -> None:
        super().__init__(source.path, source.text, source._compose, source._above)

    def locate(self, path: Path = (), *, key: bool = False) -> Location:
        return super().locate((_LIST, *path[1:]) if path[:1] == ("policies",) else path, key=key)

    def has(self, path: Path) -> bool:
        return super().has((_LIST, *path[1:]) if path[:1] == ("policies",) else path)
