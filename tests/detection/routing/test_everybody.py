"""Everybody who is known, by each class, host and prefix of the data, each with neighbours that are somebody else."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.detection.known import shipped_catalogue
from vendorgate.detection.catalogue.facts import routes
from vendorgate.detection.code import Call, Code, Import, Language, Mapping, Path, Place, Text, Written
from vendorgate.detection.routing import sightings
from vendorgate.detection.routing.view import _go_package
from vendorgate.detection.sighting import SELF_HOSTED

HERE = Place(3, 1)
KNOWN = shipped_catalogue()
Importing = Callable[[str, str], tuple[tuple[Import, ...], Path]]


def _named(module: str, symbol: str) -> tuple[tuple[Import, ...], Path]:
    steps = tuple(re.split(r"::|\.", symbol))
    if symbol == "default":
        return (Import(module, Place(1, 1), (("default", "Mine"),)),), ("Mine",)
    return (Import(module, Place(1, 1), ((steps[0], steps[0]),)),), steps


def _of_package(module: str, symbol: str) -> tuple[tuple[Import, ...], Path]:
    name = _go_package(module)
    return (Import(module, Place(1, 1), (("*", name),)),), (name, symbol)


def _whole(module: str, symbol: str) -> tuple[tuple[Import, ...], Path]:
    imports = () if module == "*" else (Import(module, Place(1, 1)),)
    return imports, tuple(symbol.split("."))


def _constant(module: str, symbol: str) -> tuple[tuple[Import, ...], Path]:
    steps = tuple(re.split(r"::|\.", symbol))
    return (), steps if steps[-1] == "new" else (*steps, "new")


IMPORTING: dict[Language, Importing] = {
    "python": _named,
    "javascript": _named,
    "go": _of_package,
    "java": _named,
    "csharp": _whole,
    "ruby": _constant,
    "rust": _named,
    "php": _named,
}
SYMBOLS = sorted(KNOWN.clients)


def _called(language: Language, module: str, symbol: str) -> Code:
    imports, path = IMPORTING[language](module, symbol)
    return Code(language, imports, calls=(Call(path, HERE),))


@pytest.mark.parametrize("language", IMPORTING)
def test_every_class_is_whose_it_is(language: Language) -> None:
    wanted = [(module, symbol) for of, module, symbol in SYMBOLS if of == language]
    project = {f"{at}/f": _called(language, module, symbol) for at, (module, symbol) in enumerate(wanted)}
    found = sightings(project, KNOWN)
    missed = []
    for at, (module, symbol) in enumerate(wanted):
        called = [one for one in found.get(f"{at}/f", ()) if one.kind == "call"]
        providers = {one.provider for one in called} | {one.via or "" for one in called}  # a gateway is passed through
        expected = KNOWN.client(language, module, symbol)
        carried = module in routes().carriers  # hands on another's classes
        if expected not in providers and not carried and not _has_another(language, symbol, providers):
            missed.append((module, symbol, expected, providers))
    assert not missed


def _has_another(language: Language, symbol: str, providers: set[str]) -> bool:
    """Of a class without an import, several packages may have one; any of them is right."""
    named = {provider for _, provider in KNOWN.by_symbol(language, symbol)}
    return language == "ruby" and bool(named & providers)


@pytest.mark.parametrize("language", ["python", "javascript", "go"])
@pytest.mark.parametrize("near", [r"x\1", r"\1x"])
def test_a_class_of_a_package_of_nearly_that_name_is_nobodys(language: Language, near: str) -> None:
    wanted = [(re.sub(r"\A(@?[\w-]+)", near, module), symbol) for of, module, symbol in SYMBOLS if of == language]
    wanted = [(module, symbol) for module, symbol in wanted if KNOWN.client(language, module, symbol) is None]
    project = {f"{at}/f": _called(language, module, symbol) for at, (module, symbol) in enumerate(wanted)}
    found = sightings(project, KNOWN)
    assert not [wanted[int(path[:-2])] for path, seen in found.items() if any(one.kind == "call" for one in seen)]


@pytest.mark.parametrize("language", ["python", "javascript", "go"])
def test_a_class_that_nothing_imports_is_the_projects_own(language: Language) -> None:
    wanted = [symbol for of, _, symbol in SYMBOLS if of == language]
    project = {f"{at}/f": Code(language, calls=(Call((symbol,), HERE),)) for at, symbol in enumerate(wanted)}
    assert not sightings(project, KNOWN)


PATTERNS = sorted(
    {
        (".".join(pattern.labels).replace("{region}", "eu-west-1").replace("*", "mine"), pattern.path, pattern.provider)
        for several in KNOWN.hosts.values()
        for pattern in several
    }
)


def _fetched(address: str) -> Code:
    literals = (Written(address, HERE),)
    return Code("javascript", calls=(Call(("fetch",), HERE, (Text(address),)),), literals=literals)


def _whose(addresses: list[str]) -> list[set[str]]:
    found = sightings({f"{at}/f": _fetched(address) for at, address in enumerate(addresses)}, KNOWN)
    return [{one.provider for one in found.get(f"{at}/f", ())} for at in range(len(addresses))]


def test_every_host_is_whose_it_is() -> None:
    addresses = [f"https://{host}{path.replace('*', 'x')}/v1/chat/completions" for host, path, _ in PATTERNS]
    found = _whose(addresses)
    local = {id for id, one in KNOWN.providers.items() if one.role == "local"} | {SELF_HOSTED}
    missed = [
        (address, provider, seen)
        for address, (_, _, provider), seen in zip(addresses, PATTERNS, found, strict=True)
        if provider not in local and not seen
    ]
    assert not missed


@pytest.mark.parametrize(
    "near",
    [
        "https://x{}x.example/v1",
        "https://{}.evil.example/v1",
        "https://evil.example/{}/v1",
        "https://evil.example/?u={}",
        "https://{}@evil.example/v1",
    ],
)
def test_a_host_within_something_else_is_nobodys(near: str) -> None:
    hosts = [host for host, _, _ in PATTERNS]
    found = _whose([near.format(host) for host in hosts])
    assert not [host for host, seen in zip(hosts, found, strict=True) if seen]


FUNCTIONS = {
    "litellm": ("python", "litellm", "completion"),
    "langchain": ("python", "langchain.chat_models", "init_chat_model"),
    "pydantic_ai": ("python", "pydantic_ai", "Agent"),
    "instructor": ("python", "instructor", "from_provider"),
    "any_llm": ("python", "any_llm", "completion"),
}


def _asked(framework: str, text: str) -> Code:
    language, module, function = FUNCTIONS[framework]
    imports = (Import(module, Place(1, 1), ((function, function),)),)
    call = Call((function,), HERE, named=(("model", Text(text)),))
    return Code(language, imports, calls=(call,))  # type: ignore[arg-type]


@pytest.mark.parametrize("framework", FUNCTIONS)
def test_every_prefix_is_whose_it_is(framework: str) -> None:
    wanted = KNOWN.prefixes[framework]
    project = {f"{at}/f": _asked(framework, f"{prefix}some-model-1") for at, (prefix, _) in enumerate(wanted)}
    found = sightings(project, KNOWN)
    missed = [
        (prefix, provider)
        for at, (prefix, provider) in enumerate(wanted)
        if provider not in {one.provider for one in found.get(f"{at}/f", ())}
    ]
    assert not missed


@pytest.mark.parametrize("framework", FUNCTIONS)
def test_a_prefix_of_nearly_that_name_is_nobodys(framework: str) -> None:
    texts = [f"zz{prefix}some-model-1" for prefix, _ in KNOWN.prefixes[framework]]
    found = sightings({f"{at}/f": _asked(framework, text) for at, text in enumerate(texts)}, KNOWN)
    told = {one.provider for seen in found.values() for one in seen if one.kind == "call"}
    assert told <= {"openai-compatible"}


def test_an_object_that_is_passed_says_what_keywords_say() -> None:
    imports = (Import("@ai-sdk/openai", Place(1, 1), (("createOpenAI", "createOpenAI"),)),)
    given = Mapping((("baseURL", Text("https://api.groq.com/openai/v1")),))
    code = Code("javascript", imports, calls=(Call(("createOpenAI",), HERE, (given,)),))
    assert {one.provider for one in sightings({"f.ts": code}, KNOWN)["f.ts"]} == {"groq-api"}
