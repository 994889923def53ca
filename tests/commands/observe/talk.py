"""A conversation with a stand-in, in which nobody waits, and what must be nowhere in it."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import Any, Final

import pytest
from msgspec import UNSET, UnsetType

from tests.commands.observe.server import PLANTED, Server
from vendorgate.commands.observe.asking import Answer, Api, Asking, CannotObserve, Refused
from vendorgate.remote.calls import LIMITS, Limits

KEY: Final = "sk-admin-hunter2-0123456789"
PATH: Final = "/v1/settings"
PAUSES: Final = (1.0, 2.0, 4.0)


class Settings(Answer, frozen=True):
    type: str | UnsetType | None = UNSET


class Talk:
    """A conversation with a server, in which nobody really waits."""

    def __init__(self, server: Server, limits: Limits = LIMITS, **more: Any) -> None:
        self.waited: list[float] = []
        environment = {"VENDORGATE_X_URL": server.url, "X_KEY": KEY}
        self.asking = Asking(environment, limits, PAUSES, self.waited.append)
        signed = f"Bearer {self.asking.required('X_KEY', 'set it')}"
        self.api: Api = self.asking.api("https://x.invalid", "VENDORGATE_X_URL", more.pop("signed", signed), **more)

    def get(self) -> Settings | Refused:
        return self.api.get(PATH, Settings)

    def fails(self, ask: Callable[[], object] | None = None) -> str:
        """Why nothing can be said; nothing of a secret is in that."""
        with pytest.raises(CannotObserve) as caught:
            (ask or self.get)()
        words = f"{caught.value.words}; {caught.value.help}"
        raised = "".join(traceback.format_exception(caught.type, caught.value, caught.tb))
        silent(words + raised + repr(caught.value) + self.kept)
        return words

    @property
    def kept(self) -> str:
        return self.asking.transcript().decode() + self.asking.sources()


def silent(text: str) -> None:
    """Nothing of a secret is in a text."""
    assert [one for one in (KEY, "hunter2", *PLANTED.values()) if one in text] == []
