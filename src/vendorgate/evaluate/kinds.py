"""What an endpoint or a model is for, as far as its name tells: embeddings are no answer to a chat.

In: names. Out: kinds. Refuses to guess: a name that tells nothing has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final, Literal

from ..logic import Value
from ..model.registry import OfferingFile
from .scope import declared_names

Kind = Literal[
    "embedding",
    "reranking",
    "moderation",
    "transcription",
    "training",
    "reading",
    "classification",
    "video",
    "image",
    "music",
    "voice",
    "speech",
    "text",
]
"""`reading`: of texts in pictures; `voice`: of what hears and speaks; `text`: of what answers texts with texts."""
Axis = Literal["endpoints", "models"]
Kinds = frozenset[Kind]
_AXES: Final[tuple[Axis, ...]] = ("endpoints", "models")

_PARTS: Final[tuple[tuple[Kind, tuple[str, ...]], ...]] = (
    ("embedding", ("embed",)),
    ("reranking", ("rerank",)),
    ("moderation", ("moderation", "safeguard", "guard|")),
    ("transcription", ("transcri", "translations", "whisper", "|stt|", "|asr|", "|scribe|")),
    ("training", ("fine-tun", "finetun", "tuning", "training")),
    ("reading", ("document-ai", "documentai", "|ocr|")),
    ("classification", ("classif",)),
    ("video", ("video", "sora", "|veo|", "|reel|")),
    ("image", ("image", "dall-e", "canvas", "diffusion", "|flux|")),
    ("music", ("music", "lyria")),
    ("voice", ("realtime", "voice", "sonic", "audio", "|live|")),
    ("speech", ("speech", "|tts|")),
)
"""What names of one kind have in them, of endpoints and of models; the first that fits counts. A bar stands for an end
of the name, or for anything in it that is no letter from a to z."""
_TEXT: Final = (
    *("chat", "complet", "response", "message", "converse", "assistant", "conversation"),
    *("generate content", "generatecontent", "|invoke", "|agent", "|sonar"),
)
"""What endpoints have in them that answer texts with texts."""


@lru_cache(maxsize=4096)
def kind_of(axis: Axis, name: str) -> Kind | None:
    """What a name is for; None where it does not tell."""
    plain = name.lower().replace("_", "-")
    text = f"|{plain}|{''.join([one if 'a' <= one <= 'z' else '|' for one in plain])}|"
    for kind, parts in _PARTS:
        for part in parts:
            if part in text:
                return kind
    return "text" if axis == "endpoints" and any(part in text for part in _TEXT) else None


def told_by(stated: Mapping[str, Value]) -> Kinds:
    """The kinds that what a route declares tells."""
    return told((axis, declared_names(stated, f"usage.{axis}") or ()) for axis in _AXES)


def told(names: Iterable[tuple[Axis, Iterable[str]]]) -> Kinds:
    """The kinds that names tell, all of one route."""
    found = {kind_of(axis, name) for axis, several in names for name in several}
    return frozenset(kind for kind in found if kind is not None)


def may_stand_for(axis: Axis, name: str, old: str | None, others: Kinds) -> bool:
    """Whether a name may be proposed in the place of another, or where none is declared.

    `others` are the kinds that the route's names tell. A model that does not tell is taken for one of texts, as is an
    endpoint that carries whatever is sent (`batches`); nothing stands for what it is not known to be like.
    """
    kind = kind_of(axis, name)
    wanted = kind_of(axis, old) if old is not None else None
    if wanted is not None:
        return kind == wanted
    if others:
        return kind in others or (kind is None and axis == "models" and "text" in others)
    return old is None or kind in (None, "text")


def agree(endpoints: Iterable[str], models: Iterable[str]) -> bool:
    """Whether endpoints and models that are proposed together may be of one kind."""
    named = [*models]
    if not named:
        return True
    of_endpoints, of_models = told([("endpoints", endpoints)]), told([("models", named)])
    if not of_models:
        return of_endpoints <= {"text"}
    return not of_endpoints or bool(of_endpoints & of_models)


def lacks(offering: OfferingFile, kinds: Kinds) -> bool:
    """Whether an offering lists what it has, and nothing in it is of any of some kinds."""
    endpoints, models = offering.endpoints, offering.models
    if not kinds or "text" in kinds or endpoints is None or models is None:
        return False
    return not kinds & told((("endpoints", endpoints), ("models", models)))
