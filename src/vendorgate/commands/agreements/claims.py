"""Usages that rely on what a manifest claims.

In: an inquiry. Out: findings. Without a register claims count, and what would be worse without one relies on it; with a
register they count for nothing, and those that it does not confirm are findings.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model.subject import Subject
from ...model.vocabulary import Severity
from .inquiry import Inquiry
from .judge import without_claim
from .model import AgreementFinding
from .wording import several, usage


def claim_only(inquiry: Inquiry) -> Iterator[AgreementFinding]:
    """`claim-only`."""
    find = _unsupported if inquiry.evaluation.bundle.register is not None else _relied_on
    for subject in inquiry.evaluation.subjects:
        for kind in sorted(subject.claims):
            yield from find(inquiry, subject, kind)


def _relied_on(inquiry: Inquiry, subject: Subject, kind: str) -> Iterator[AgreementFinding]:
    imagined = inquiry.judge.imagined(without_claim(subject, kind))
    worse = [one.policy.id for one in inquiry.judge.shifts(subject, imagined) if one.way > 0]
    if worse:
        policies = several([f"`{id}`" for id in worse])
        message = f"usage {usage(subject)} has nothing but its own claim of `{kind}` for {policies}"
        help = "enter the agreement in agreements.yaml of the bundle; with that file no claim counts"
        yield _finding(subject, "warning", message, help)


def _unsupported(inquiry: Inquiry, subject: Subject, kind: str) -> Iterator[AgreementFinding]:
    if inquiry.judge.case(subject).in_force(kind):
        return
    asking = inquiry.judge.asking_for(subject, kind)
    wanted = f"asked for by {several([f'`{one.id}`' for one in asking])}" if asking else "no policy asks for it"
    message = f"usage {usage(subject)} claims `{kind}`, and the register has none in force; {wanted}"
    help = "enter the agreement in the register, or take the claim out of the manifest"
    if subject.name.vendor is not None:
        help = "take the claim out of the manifest: no agreement reaches an unlisted vendor"
    yield _finding(subject, "warning" if asking else "note", message, help)


def _finding(subject: Subject, severity: Severity, message: str, help: str) -> AgreementFinding:
    return AgreementFinding(
        "claim-only", severity, message, help, subject.manifest.source, subject.within("agreements")
    )
