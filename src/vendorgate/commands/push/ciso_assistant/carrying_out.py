"""Steps carried out one after the other, or only told; what one of them meets keeps no other from being tried.

In: steps, the API. Out: what became of each object. Steps that end halfway are taken up by the next push: first comes
the revision with its file, and last the line that says that it is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from ..model import Kind, Pushed, State
from . import forms
from .api import Api, Refusal
from .comparing import Step
from .forms import Attachment

_ATTACHMENT: Final = "attachment"
_OBSERVATION: Final = "Brought by vendorgate: the report of a check of this project, as `vendorgate verify` reads it."


class CarryingOut:
    """Carries steps out in order, and remembers what is of no more use."""

    def __init__(self, api: Api, folder: str, link: str | None, *, writes: bool, marks_gone: bool) -> None:
        self._api = api
        self._folder = folder
        self._link = link
        self._writes = writes
        self._marks_gone = marks_gone
        self._kinds: dict[Kind, Refusal] = {}
        """Kinds of which nothing can be written."""
        self.ended: str | None = None
        self.interrupted = False

    def all(self, steps: Iterable[Step]) -> tuple[Pushed, ...]:
        """What became of each."""
        return tuple(self._one(step) for step in steps)

    def _one(self, step: Step) -> Pushed:
        if step.action == "mark" and not self._marks_gone:
            return _told(step, "nothing", action="gone")
        if step.action not in ("create", "change", "mark"):
            return _told(step, "nothing")
        if not self._writes:
            return _told(step, "planned")
        if self.ended is not None or step.kind in self._kinds:
            why = self.ended or self._kinds[step.kind].words
            return _told(step, "not_tried", why=f"not tried: {why}")
        return self._written(step)

    def _written(self, step: Step) -> Pushed:
        try:
            return _told(step, "done", id=self._write(step))
        except KeyboardInterrupt:
            self.interrupted, self.ended = True, "interrupted"
            return _told(step, "unsure", why="interrupted", help="run it again: it looks before it writes")
        except Refusal as refusal:
            if refusal.reach == "all":
                self.ended = refusal.words
            elif refusal.reach == "kind":
                self._kinds[step.kind] = refusal
            state: State = "unsure" if refusal.unsure else "failed"
            return _told(step, state, why=refusal.words, help=refusal.help)

    def _write(self, step: Step) -> str:
        attachment = _attachment(step)
        link = {} if self._link is None or step.kind != "evidence" else {"link": self._link}
        if step.found is None:
            id, was_there = self._api.create(step.kind, {**step.fields, **link}, attachment, self._folder)
            if not was_there:
                return id
        else:
            id = step.found.id
        if attachment is not None:
            self._api.add_revision(id, {"observation": _OBSERVATION, **link}, attachment, self._folder)
        fields = {name: value for name, value in step.fields.items() if name != "name"}
        if fields:
            self._api.change(step.kind, id, fields)
        return id


def _attachment(step: Step) -> Attachment | None:
    if not step.revises or step.intended is None or step.intended.report is None:
        return None
    found = forms.attached(step.intended.content, step.intended.report())
    if len(found.data) > forms.LARGEST:
        words = f"the report has {len(found.data):,} bytes when it is packed, and at most {forms.LARGEST:,} are taken"
        raise Refusal(words, "judge fewer manifests in one project", "object")
    return found


def _told(
    step: Step,
    state: State,
    *,
    action: str | None = None,
    id: str | None = None,
    why: str | None = None,
    help: str | None = None,
) -> Pushed:
    fields = _written_fields(step) if action is None else ()
    known = None if step.found is None else step.found.id
    return Pushed(
        step.kind,
        step.reference,
        step.name,
        step.action if action is None else "gone",
        state,
        fields,
        str(step.fields["status"]) if "status" in fields else None,
        id or known,
        why or step.why,
        help or step.help,
    )


def _written_fields(step: Step) -> tuple[str, ...]:
    fields: Mapping[str, object] = {name: value for name, value in step.fields.items() if value is not None}
    return (*sorted(fields if step.found is None else step.fields), *([_ATTACHMENT] if step.revises else ()))
