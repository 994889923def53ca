"""The questions of a usage in their order, and which of them concern it.

In: what is answered so far, what it is held against. Out: questions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from ...logic.wording import few
from ...model.registry import Offering
from ...model.vocabulary import AGREEMENT_KINDS, DATA_CLASSES, ENVIRONMENTS, TIERS, UNLISTED
from .draft import Draft, Question
from .holding import Holding

_MOST: Final = 8
"""Names that a question lists of those that an offering or a cloud has; of closed vocabularies it lists all."""
PROJECT: Final = Question("project", "--project", "Project", usual=None)
OWNER: Final = Question("owner", "--owner", "Who answers for it")
USAGE: Final = Question("id", "--usage", "A name for this use of an AI vendor", usual=None)
OFFERING: Final = Question(
    "offering",
    "--offering",
    "Offering (`vendorgate registry list` shows all; `unlisted` where the vendor is not there)",
    usual=None,
)
VENDOR: Final = Question("vendor", "--vendor", "Who the vendor is, in words", usual=None)
ACCOUNT: Final = Question("account", "--account", "Which account at the vendor")
PURPOSE: Final = Question("purpose", "--purpose", "What it is used for")
ENDPOINTS: Final = Question("endpoints", "--endpoint", "Endpoints that it calls", "words")
MODELS: Final = Question("models", "--model", "Models, as the vendor writes them", "words")
FEATURES: Final = Question(
    "features", "--feature", "Vendor features that are switched on; none where nothing is answered", "words"
)
DATA: Final = Question("data", "--data", "Classes of data that it sends", "words", None)
SUBJECTS: Final = Question("subjects", "--subject", "Where the people behind the data are (us, de, eu, …)", "words")
CLOUD_REGION: Final = Question("cloud_region", "--cloud-region", "The cloud's own name of the region")
REGION: Final = Question("region", "--region", "The place that the account is pinned to (us, eu, …)")
ENVIRONMENT: Final = Question("environment", "--environment", f"Where it runs ({', '.join(ENVIRONMENTS)})")
TIER: Final = Question("tier", "--tier", f"The account's tier ({', '.join(TIERS)})")
LIFECYCLE: Final = Question("lifecycle", "--lifecycle", "The least mature thing used")
AGREEMENTS: Final = Question("agreements", "--agreement", "Agreements that are in force with the vendor", "words")
EVERY: Final = (
    PROJECT,
    OWNER,
    USAGE,
    OFFERING,
    VENDOR,
    ACCOUNT,
    PURPOSE,
    ENDPOINTS,
    MODELS,
    FEATURES,
    DATA,
    SUBJECTS,
    CLOUD_REGION,
    REGION,
    ENVIRONMENT,
    TIER,
    LIFECYCLE,
    AGREEMENTS,
)
"""In the order in which they are asked: one may depend on answers before it."""


def is_asked(question: Question, draft: Draft, holding: Holding) -> bool:
    """Whether somebody who answers at a terminal is asked: what does not concern the offering is left out."""
    offering = holding.offering(draft)
    if question is VENDOR:
        return draft.usage.get("offering") == UNLISTED
    if question is FEATURES:
        return offering is not None and bool(offering.written.features)
    if question in (ACCOUNT, LIFECYCLE):
        return False  # few have another account, or anything less mature: an option says so
    if question is CLOUD_REGION:
        return bool(holding.clouds(offering))
    if question is TIER:
        return offering is not None and any(cell.written.tier == "enterprise" for cell in offering.cells.values())
    if question is AGREEMENTS:
        return holding.gate.bundle.register is None and offering is not None
    return True


def wording(question: Question, draft: Draft, holding: Holding) -> str:
    """A question with what may be answered."""
    offering = holding.offering(draft)
    named = [*_named(question, offering, holding)]
    plural = ", with commas" if question.kind == "words" else ""
    most = len(named) if question in (DATA, AGREEMENTS) else _MOST
    there = f" ({few(named, most)})" if named else ""
    return f"{question.words}{there}{plural}"


def _named(question: Question, offering: Offering | None, holding: Holding) -> Iterator[str]:
    if question is DATA:
        yield from (*DATA_CLASSES, *sorted(holding.gate.words.data_classes.difference(DATA_CLASSES)))
    elif question is AGREEMENTS:
        yield from (*AGREEMENT_KINDS, *sorted(holding.gate.bundle.agreement_kinds.difference(AGREEMENT_KINDS)))
    elif question is CLOUD_REGION:
        yield from holding.clouds(offering)
    elif question is ENDPOINTS and offering is not None:
        yield from offering.written.endpoints or ()
    elif question is FEATURES and offering is not None:
        yield from offering.written.features or ()


def missing(draft: Draft, given: Collection[Question]) -> dict[str, bool]:
    """The options without which there is no usage, and whether each is answered."""
    needed = [one for one in EVERY if one.usual is None and (one is not VENDOR or _is_unlisted(draft))]
    answered = {**draft.about, **draft.usage}
    return {one.option: one.field in answered or one in given for one in needed}


def _is_unlisted(draft: Draft) -> bool:
    return draft.usage.get("offering") == UNLISTED
