"""General clients of a cloud that are made for one of its services by name: `boto3.client("bedrock-runtime")`.

In: a chain of calls. Out: `Client`s; none where the service is no one that the facts name.
"""

from __future__ import annotations

from typing import Final

from .chains import Chain
from .client import Client
from .making import model_of, region_of, routed
from .passed import Passed
from .scene import Scene
from .texts import texts
from .view import View, key_of

_MAKERS: Final = frozenset({"client", "resource", "create_client", "get_client", "boto3_client", "async_client"})
_NAMES: Final = ("servicename", "service")


def service_of(scene: Scene, view: View, chain: Chain) -> tuple[Client, ...]:
    """The clients that a chain makes by naming a service."""
    language = view.code.language
    if language != "python":
        return ()
    for at, call in enumerate(chain.calls):
        if call.path[-1] in _MAKERS:
            passed = Passed(scene.project, view, Chain(chain.calls[: at + 1]), view.made.get(key_of(chain.last)))
            given = passed.get(*_NAMES)
            values = [given] if given is not None else passed.unnamed[:1]
            for one in values:
                for text in texts(scene.project, one.view, one.value, one.place):
                    provider = scene.catalogue.services.get((language, text))
                    if provider is not None:
                        return _made(scene, view, provider, passed)
    return ()


def _made(scene: Scene, view: View, provider: str, passed: Passed) -> tuple[Client, ...]:
    return tuple(
        Client(
            route.provider,
            model_of(scene, route.provider, passed),
            route.region or region_of(scene, passed),
            route.via,
            route.is_optional,
            module="boto3",
        )
        for route in routed(scene, view, provider, "boto3", passed)
    )
