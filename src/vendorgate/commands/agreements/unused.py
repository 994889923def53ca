"""Agreements of no use: globs that match nothing, and agreements that no result depends on.

In: an inquiry. Out: findings.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...evaluate.calendar import agreement_state
from ...logic.functions import is_glob, matches_glob
from ...logic.nearest import nearest, suggestion
from ...model.vocabulary import AgreementState, Severity
from .inquiry import Inquiry
from .model import AgreementFinding, RegisterEntry
from .wording import usages

_OVER: Final[tuple[AgreementState, ...]] = ("expired", "terminated")


def matches_nothing(inquiry: Inquiry) -> Iterator[AgreementFinding]:
    """`matches-nothing`: a glob of an agreement that no offering or no given project has."""
    advice: dict[str, str] = {}
    former = inquiry.evaluation.snapshot.written.former or {}
    for entry in inquiry.entries:
        over = agreement_state(entry.agreement, inquiry.as_of) in _OVER
        for place, glob in enumerate(entry.agreement.offerings):
            if not inquiry.offerings.matching(glob) and not any(matches_glob(id, glob) for id in former):
                if glob not in advice:
                    advice[glob] = _meant(glob, inquiry.offerings.ids)
                yield _no_offering(entry, place, advice[glob], over)
        if not over and not inquiry.evaluation.not_judged:
            yield from _no_project(inquiry, entry)


def _no_offering(entry: RegisterEntry, place: int, help: str, over: bool) -> AgreementFinding:
    """A name that does not exist is a mistake; a glob may have been written for what is still to come."""
    glob = entry.agreement.offerings[place]
    message = f"{entry.name} is for `{glob}`, which matches no offering of the registry"
    severity: Severity = "note" if over else "warning" if is_glob(glob) else "error"
    where = (*entry.path, "offerings", place)
    return AgreementFinding("matches-nothing", severity, message, help, entry.source, where)


def _meant(glob: str, ids: tuple[str, ...]) -> str:
    return suggestion(glob.replace("*", "").replace("?", ""), ids, "there are")


def _no_project(inquiry: Inquiry, entry: RegisterEntry) -> Iterator[AgreementFinding]:
    """Where an agreement in force names no usage at all, `unused-agreement` says so."""
    projects = inquiry.projects
    globs = entry.agreement.projects
    missed = [place for place, glob in enumerate(globs) if not any(matches_glob(one, glob) for one in projects)]
    if len(missed) == len(globs) and agreement_state(entry.agreement, inquiry.as_of) == "in_force":
        return
    for place in missed:
        glob = globs[place]
        meant = nearest(glob.replace("*", "").replace("?", ""), projects)
        message = f"{entry.name} is for `{glob}`, which matches no project of the given manifests"
        help = f"did you mean `{meant}`?" if meant else "give the manifests of its projects, too"
        where = (*entry.path, "projects", place)
        yield AgreementFinding("matches-nothing", "note", message, help, entry.source, where)


def unused(inquiry: Inquiry) -> Iterator[AgreementFinding]:
    """`unused-agreement`: in force, and no result of the given manifests depends on it; those that could not be judged
    might need it."""
    if inquiry.evaluation.not_judged:
        return
    for entry in inquiry.in_force():
        named, kind = inquiry.named(entry), entry.agreement.kind
        if not inquiry.offerings.named(entry.agreement) or any(kind in inquiry.judge.needed(one) for one in named):
            continue
        if named:
            message = f"{entry.name} is asked for by no policy that applies to {usages(named)}"
            help = "take it out of the register, or write the policy that asks for it"
        else:
            message = f"{entry.name} is for no usage of the given manifests: {_missed(inquiry, entry)}"
            help = "give the manifests of its projects, too, or take it out of the register"
        yield AgreementFinding("unused-agreement", "note", message, help, entry.source, (*entry.path, "kind"))


def _missed(inquiry: Inquiry, entry: RegisterEntry) -> str:
    globs = entry.agreement.projects
    named = [one for one in inquiry.evaluation.manifests if any(matches_glob(one.project, glob) for glob in globs)]
    if not named:
        return "none of them is of its projects"
    if not any(map(inquiry.knows, named)):
        return f"no entry of `projects` binds {named[0].source.path} to `{named[0].project}`"
    return "none of them uses an offering that it is for"
