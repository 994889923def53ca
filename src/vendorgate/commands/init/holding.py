"""Whether an answer can stand in a manifest: what a check would say of a manifest that has it.

In: drafts. Out: problems, in the words of a check; offerings, and what the words of a draft imply.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

import msgspec

from ...errors import InputError, Problem
from ...gate import Gate
from ...load.manifest import GivenManifest, manifest_from
from ...logic import WITHHELD, Json
from ...logic.nearest import suggestion
from ...logic.wording import value_words
from ...model.evaluation import Evaluation
from ...model.observable import SETTINGS
from ...model.registry import Offering
from ...model.subject import Contradiction
from ...model.vocabulary import UNLISTED
from ...rewriting.changing import written
from .draft import Draft

_ANYTHING: Mapping[str, Json] = {"id": "usage", "offering": UNLISTED, "data": ["public"]}
"""What stands in the place of what is not answered yet."""
_SOMEBODY = "…"


class Held(msgspec.Struct, frozen=True):
    """A draft held against what judges."""

    problems: tuple[Problem, ...]
    evaluation: Evaluation | None = None
    """None where there are problems."""

    @property
    def advice(self) -> str | None:
        """What is wrong with it, on one line; None where nothing is."""
        said = [f"{one.title}; {one.help}" if one.help else one.title for one in self.problems]
        return "; ".join(said) if said else None

    @property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """What contradicts what in it."""
        subjects = () if self.evaluation is None else self.evaluation.subjects
        return tuple(one for subject in subjects for one in subject.contradictions)


class Holding:
    """Holds drafts against a bundle and a snapshot."""

    def __init__(self, gate: Gate, day: datetime.date) -> None:
        self.gate = gate
        self._day = day

    def held(self, draft: Draft) -> Held:
        """What a check says of a draft, as far as it goes."""
        usage = {**_ANYTHING, **draft.usage}
        if usage["offering"] == UNLISTED and "vendor" not in usage:
            usage["vendor"] = _SOMEBODY
        about = {"project": "project", **draft.about}
        return self.read(written(Draft(about, usage).manifest()).encode("utf-8"), "draft")

    def read(self, data: bytes, shown: str) -> Held:
        """What a check says of a manifest."""
        problems: list[Problem] = []
        manifest = manifest_from(data, shown, problems)
        given = GivenManifest(shown, manifest, tuple(problems))
        try:
            return Held((), self.gate.judge([given], as_of=self._day))
        except InputError as error:
            return Held(error.problems)

    def offering(self, draft: Draft) -> Offering | None:
        """The offering of a draft; None of `unlisted`, and where none is named yet."""
        id = draft.usage.get("offering")
        if not isinstance(id, str) or id == UNLISTED:
            return None
        return self.gate.snapshot([id]).offerings.get(id)

    def told(self, draft: Draft, names: Iterable[str]) -> dict[str, str]:
        """Of settings of which nothing that a manifest says counts, what is known of them instead, in words."""
        bundle, held = self.gate.bundle, self.held(draft)
        if held.evaluation is None or not (bundle.observations or bundle.observing.required):
            return {}
        from ...evaluate.case import Case
        from ...evaluate.observations import reading_words
        from ...evaluate.program import Program

        case = Case(held.evaluation.subjects[0], Program(bundle), self._day)
        found: dict[str, str] = {}
        for name in names:
            seen = case.observed.get(f"{SETTINGS}{name}")
            if seen is not None and case.stated.get(f"{SETTINGS}{name}") is not WITHHELD:
                found[name] = f"setting `{name}` is {value_words(seen.value)}, {seen.observation.words}: that counts"
            elif case.undeclared_setting is WITHHELD:
                command = reading_words(case.subject.name, bundle.observing)
                found[name] = f"setting `{name}` must be observed, and is not: {command} reads it"
        return found

    def clouds(self, offering: Offering | None) -> Mapping[str, str]:
        """The regions of an offering's cloud, and where they lie."""
        cloud = None if offering is None else offering.written.cloud
        return {} if cloud is None else (self.gate.snapshot([]).written.clouds or {}).get(cloud, {})


def misplaced(held: Held, clouds: Mapping[str, str]) -> str | None:
    """What is wrong with a cloud region: the cloud does not have it, or it lies elsewhere; None where nothing is."""
    for one in held.contradictions:
        if one.axis != "cloud_regions":
            continue
        if one.implied is None:
            return f"`{one.name}` is no region of this cloud that the registry knows; {suggestion(one.name, clouds)}"
        lies = f"`{one.name}` lies in {value_words(one.implied)}, and the region is {value_words(one.stated)}"
        return f"{lies}: both would be unknown; make the two agree"
    return None


def implied(held: Held) -> tuple[str, ...]:
    """What names imply and the draft says otherwise, in words: a check takes neither for known."""
    return _once(
        f"`{one.name}` implies `{one.path.partition('.')[2]}` {value_words(one.implied)}, and it is"
        f" {value_words(one.stated)}: a check takes it for unknown until the two agree"
        for one in held.contradictions
        if one.axis != "cloud_regions"
    )


def _once(words: Iterable[str]) -> tuple[str, ...]:
    """A usage's region is read as its primary route's, too."""
    return tuple(dict.fromkeys(words))
