"""What every finding starts from.

In: an evaluation, the folder of its bundle. Out: the entries of its register, the usages that each
names, what judges them, and the papers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from ...evaluate.calendar import is_current
from ...identity import identify
from ...load.files import Folder
from ...model.agreement import Agreement
from ...model.evaluation import Evaluation
from ...model.manifest import Manifest
from ...model.subject import Subject
from .judge import SubjectJudge
from .model import RegisterEntry
from .papers import Papers
from .register import OfferingMatches, entries


class Inquiry:
    """A register beside the usages of some manifests."""

    def __init__(self, evaluation: Evaluation, within: int, review_within: int, folder: Folder) -> None:
        self.evaluation = evaluation
        self.as_of = evaluation.as_of
        self.within = within
        """Days that count as soon."""
        self.review_within = review_within
        """Days for which a review counts."""
        self.papers = Papers(folder)
        self.judge = SubjectJudge(evaluation)
        self.offerings = OfferingMatches(evaluation.snapshot.ids)
        self.entries = entries(evaluation.bundle.register)
        self._entries = {id(entry.agreement): entry for entry in self.entries}
        self._named = _named(evaluation.subjects)

    @cached_property
    def _known(self) -> Mapping[int, Manifest]:
        """The manifests whose names count, by their identity."""
        projects = self.evaluation.bundle.projects
        return {id(one): one for one in self.evaluation.manifests if not identify(one, projects).is_stranger}

    @cached_property
    def projects(self) -> Sequence[str]:
        """The names that count, each once."""
        return sorted({one.project for one in self._known.values()})

    def knows(self, manifest: Manifest) -> bool:
        """Whether the name of a manifest counts."""
        return id(manifest) in self._known

    def named(self, entry: RegisterEntry) -> Sequence[Subject]:
        """The usages that an agreement names, in force or not."""
        return self._named.get(id(entry.agreement), ())

    def entry(self, agreement: Agreement) -> RegisterEntry:
        """The entry of an agreement that a subject has."""
        return self._entries[id(agreement)]

    def in_force(self) -> list[RegisterEntry]:
        """The entries in force."""
        return [entry for entry in self.entries if is_current(entry.agreement, self.as_of)]

    def depending(self, entry: RegisterEntry) -> list[Subject]:
        """The usages for which an agreement counts, and of which a policy asks for its kind."""
        agreement, kind = entry.agreement, entry.agreement.kind
        needing = [subject for subject in self.named(entry) if kind in self.judge.needed(subject)]
        return [subject for subject in needing if self.judge.counts(subject, agreement)]


def _named(subjects: Sequence[Subject]) -> dict[int, list[Subject]]:
    found: dict[int, list[Subject]] = {}
    for subject in subjects:
        for agreement in subject.agreements or ():
            found.setdefault(id(agreement), []).append(subject)
    return found
