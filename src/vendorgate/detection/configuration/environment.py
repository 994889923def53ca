"""Variables of the environment that stand together: in a file, a container, a step of a pipeline.

In: names with values. Out: sightings. A name tells whose client reads it; an address in the same place tells where that
client really goes. Values are looked at for addresses, models, regions and switches, and none is told otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import msgspec

from ..catalogue.catalogue import Catalogue
from ..documents.node import Leaf
from ..sighting import OPENAI_COMPATIBLE, SELF_HOSTED, Reach, Sighting
from .telling import address, is_address, located, model_name, region_of, served_at

Pair = tuple[Leaf, Leaf]

_ADDRESS_ENDS: Final = re.compile(
    r"_(?:API_)?(?:BASE(?:_?URLS?)?|URLS?|ENDPOINT(?:_?URL)?|HOST|SERVER|PROXY)(?:_BASE)?\Z", re.IGNORECASE
)
_KEY_ENDS: Final = re.compile(
    r"_?(?:API_?KEYS?|API_TOKEN|ACCESS_TOKEN|ACCESS_KEY|SECRET_KEY|AUTH_TOKEN|TOKEN|KEYS?|SECRET|PAT)\Z", re.IGNORECASE
)
_MODEL_ENDS: Final = re.compile(r"_(?:MODELS?|MODEL_?(?:NAME|ID)|DEPLOYMENT|DEPLOYMENT_NAME)\Z", re.IGNORECASE)
_SHORTEST_STEM: Final = 4
_MOST_WORDS: Final = 6
_COMMON: Final = frozenset(
    ["WRITER", "LAMBDA", "RUNWAY", "TOGETHER", "HEROKU", "STABILITY", "INCEPTION", "LLAMA", "SPEECH", "GITHUB"]
)
"""Names of vendors that are words for other things, too: alone before `_URL` they name nobody."""
_SWITCHES: Final = {
    "CLAUDE_CODE_USE_BEDROCK": ("bedrock", "anthropic-api"),
    "CLAUDE_CODE_USE_VERTEX": ("vertex", "anthropic-api"),
    "CLAUDE_CODE_USE_FOUNDRY": ("claude-foundry", "anthropic-api"),
    "GOOGLE_GENAI_USE_VERTEXAI": ("vertex", "gemini-api"),
    "GOOGLE_GENAI_USE_ENTERPRISE": ("vertex", "gemini-api"),
    "OPENAI_API_TYPE": ("azure-openai", "openai-api"),
}
"""Variables that choose the route: to whom where the catalogue does not say it, and from whom."""
_TOGGLES: Final = ("_TRACING", "_TRACING_V2", "_ENABLED")
_OFF: Final = frozenset(["", "0", "false", "no", "off", "open_ai", "openai"])
_REGIONS: Final = {
    "bedrock": (
        "AWS_BEDROCK_REGION",
        "BEDROCK_REGION",
        "BEDROCK_AWS_REGION",
        "AWS_REGION_NAME",
        "AWS_REGION",
        "AWS_DEFAULT_REGION",
    ),
    "vertex": (
        "CLOUD_ML_REGION",
        "VERTEXAI_LOCATION",
        "VERTEX_LOCATION",
        "GOOGLE_VERTEX_LOCATION",
        "GOOGLE_CLOUD_LOCATION",
        "GOOGLE_CLOUD_REGION",
        "ANTHROPIC_GOOGLE_CLOUD_LOCATION",
    ),
}
"""By platform: variables that name its region, the closest first."""
_DEFAULT: Final = re.compile(r"\$\{[A-Za-z_]\w*:?-(.*)\}\Z", re.DOTALL)
_HAS_REGION: Final = re.compile(r"[a-z]{2,}[a-z0-9-]{0,30}\Z")


class Named(NamedTuple):
    """A variable that is somebody's."""

    name: Leaf
    value: Leaf
    provider: str


def environment(
    pairs: Iterable[Pair],
    catalogue: Catalogue,
    reach: Reach = "used",
    inside: frozenset[str] = frozenset(),
    named_reach: Reach = "declared",
) -> list[Sighting]:
    """What variables say that stand together.

    Args:
        pairs: names and values as written.
        catalogue: who is known by what.
        reach: what an address says that is set here.
        inside: names of services that run beside it.
        named_reach: what a name says alone.
    """
    plain = [(name, _said(value)) for name, value in pairs]
    named = [Named(name, value, whose) for name, value in plain if (whose := variable(catalogue, name.value))]
    elsewhere = _elsewhere(named, catalogue, inside)
    found = [_told(one, elsewhere, catalogue, reach, inside) for one in named]
    found += _other_addresses(plain, {id(one.name) for one in named}, catalogue, reach)
    told = _with_regions([one for one in found if one is not None], plain)
    if named_reach == "declared":
        return told
    return [msgspec.structs.replace(one, reach=named_reach) if one.kind == "env" else one for one in told]


def _said(value: Leaf) -> Leaf:
    """The value that counts; one that somebody may set otherwise is an expression still."""
    default = default_of(value.value)
    return Leaf(default, value.place, is_expression=default != value.value.strip())


def default_of(value: str) -> str:
    """The value that counts where a variable that stands there is not set: `${NAME:-default}`."""
    found = _DEFAULT.match(value.strip())
    return found[1] if found is not None else value.strip()


def variable(catalogue: Catalogue, name: str) -> str | None:
    """Whose variable it is: as the vendor calls it, or as others do, such as `MY_OPENAI_KEY` or `OPENAI_API_URL`."""
    found = catalogue.variable(name)
    if found is not None or not name.isascii():
        return found
    if name in _SWITCHES:
        return _SWITCHES[name][0]
    words = _stem(name.upper()).split("_")[:_MOST_WORDS]
    stems = ["_".join(words[start:end]) for start in range(len(words)) for end in range(len(words), start, -1)]
    known = (catalogue.variables.get(f"{stem}_API_KEY") for stem in stems if _tells(stem))
    return next((found for found in known if found is not None), None)


def _tells(stem: str) -> bool:
    return len(stem) >= _SHORTEST_STEM and stem not in _COMMON


def _stem(name: str) -> str:
    """A name without what says that it is a key, an address or a model; empty where nothing says so."""
    for ends in (_ADDRESS_ENDS, _KEY_ENDS, _MODEL_ENDS):
        found = ends.search(name)
        if found is not None and found.start() > 0:
            return name[: found.start()]
    return ""


def _elsewhere(named: Sequence[Named], catalogue: Catalogue, inside: frozenset[str]) -> dict[str, str]:
    """By provider: who really gets what its clients here send."""
    found: dict[str, str] = {}
    for one in named:
        if one.name.value in _SWITCHES:
            if one.value.value.lower() not in _OFF:
                found[_SWITCHES[one.name.value][1]] = one.provider
        elif _is_address_of(one):
            served = _served(one, catalogue, inside)
            if served != one.provider:
                found[one.provider] = served
    return found


def _is_address_of(one: Named) -> bool:
    return bool(_ADDRESS_ENDS.search(one.name.value)) and bool(one.value.value)


def _served(one: Named, catalogue: Catalogue, inside: frozenset[str]) -> str:
    """Who is at the address that a variable holds; one that holds another variable says nothing."""
    if "$" in one.value.value or "\0" in one.value.value:
        return one.provider
    found = address(catalogue, one.value)
    if (found is None and _host_of(one.value.value) in inside) or (found is not None and found.provider == SELF_HOSTED):
        return OPENAI_COMPATIBLE if _may_be_elsewhere(one, catalogue) else SELF_HOSTED
    return served_at(catalogue, one.provider, one.value)[0] if is_address(one.value.value) else one.provider


def _may_be_elsewhere(one: Named, catalogue: Catalogue) -> bool:
    """Whether an address of our own is only what counts where nobody sets another, of somebody who is elsewhere."""
    return one.value.is_expression and catalogue.role(one.provider) not in {"local", "recipient", "gateway"}


def _host_of(text: str) -> str:
    return text.rpartition("//")[2].partition("/")[0].partition(":")[0]


def _told(
    one: Named, elsewhere: dict[str, str], catalogue: Catalogue, reach: Reach, inside: frozenset[str]
) -> Sighting | None:
    name = one.name.value
    provider = elsewhere.get(one.provider, one.provider)
    if name.endswith(_TOGGLES) and _is_off(one):
        return None
    if name in _SWITCHES:
        return None if _is_off(one) else Sighting(one.provider, "env", one.name.place, reach="declared", token=name)
    if _is_address_of(one):
        found = address(catalogue, one.value, reach=reach)
        if found is not None and (found.provider != SELF_HOSTED or provider != OPENAI_COMPATIBLE):
            return found
        if provider in {SELF_HOSTED, OPENAI_COMPATIBLE}:
            return Sighting(provider, "host", one.value.place, reach=reach, token=_shown(one.value.value))
    model = _model(one)
    region = region_of(catalogue, provider, model)
    return Sighting(provider, "env", one.name.place, model=model, region=region, reach="declared", token=name)


def _is_off(one: Named) -> bool:
    return one.value.value.lower() in _OFF


def _shown(text: str) -> str:
    """The host of an address, which is no secret."""
    return _host_of(text.rpartition("@")[2] if "@" in text else text)[:200]


def _model(one: Named) -> str | None:
    if not _MODEL_ENDS.search(one.name.value):
        return None
    return model_name(located(one.value.value)[1]) if one.value.value else None


def _other_addresses(
    pairs: Iterable[Pair], named: set[int], catalogue: Catalogue, reach: Reach
) -> list[Sighting | None]:
    """Addresses of vendors that variables of ours hold."""
    others = [value for name, value in pairs if id(name) not in named and "." in value.value]
    found = [address(catalogue, value, reach=reach) for value in others]
    return [one for one in found if one is not None and one.provider != SELF_HOSTED]


def _is_of(provider: str, platform: str) -> bool:
    return provider == platform or provider.endswith(f"-{platform}")


def _with_regions(found: list[Sighting], pairs: Sequence[Pair]) -> list[Sighting]:
    """With a sighting for the region of each platform that is there, where a variable names it."""
    values = {name.value: (name, value.value) for name, value in pairs}
    added = []
    for platform, names in _REGIONS.items():
        provider = next((one.provider for one in found if _is_of(one.provider, platform)), None)
        if provider is None:
            continue
        for name in names:
            leaf, value = values.get(name, (None, ""))
            if leaf is not None and _HAS_REGION.match(value):
                added.append(Sighting(provider, "env", leaf.place, region=value, reach="declared", token=name))
                break
    return found + added
