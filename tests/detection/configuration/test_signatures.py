"""Every signature that ships, in a file of its kind: who is known is told, and who is called nearly so is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import pytest

from tests.detection.known import shipped_catalogue
from tests.detection.seen import sightings
from vendorgate.detection.sighting import SELF_HOSTED

LISTS: Final[dict[str, tuple[str, Callable[[str], str]]]] = {
    "pypi": ("requirements.txt", lambda name: f"{name}==1.0"),
    "npm": ("package.json", lambda name: f'{{"dependencies": {{"{name}": "1"}}}}'),
    "go": ("go.mod", lambda name: f"require (\n\t{name} v1.0.0\n)"),
    "maven": ("build.gradle", lambda name: f'implementation "{name}:1.0"'),
    "rubygems": ("Gemfile", lambda name: f'gem "{name}"'),
    "crates": ("Cargo.toml", lambda name: f'[dependencies]\n{name} = "1"'),
    "nuget": ("a.csproj", lambda name: f'<Project><PackageReference Include="{name}"/></Project>'),
    "packagist": ("composer.json", lambda name: f'{{"require": {{"{name}": "1"}}}}'),
}
PREFIXES: Final[dict[str, tuple[str, Callable[[str], str]]]] = {
    "litellm": ("litellm.yaml", lambda text: f'model_list: [{{litellm_params: {{model: "{text}some-model"}}}}]'),
    "promptfoo": ("promptfooconfig.yaml", lambda text: f'prompts: [x]\nproviders: ["{text}some-model"]'),
    "continue": (".continue/config.yaml", lambda text: f'models: [{{provider: "{text[:-1]}", model: some-model}}]'),
    "opencode": ("opencode.json", lambda text: f'{{"model": "{text}some-model"}}'),
    "librechat": ("librechat.yaml", lambda text: f"version: 1\nendpoints: {{{text[:-1]}: {{}}}}"),
    "spring_ai": ("application.properties", lambda text: f"{text}api-key=x"),
    "langchain4j": ("application.properties", lambda text: f"{text}chat-model.api-key=x"),
    "quarkus_langchain4j": ("application.properties", lambda text: f"{text}api-key=x"),
}
RESOURCES: Final[dict[str, tuple[str, Callable[[str, dict[str, str]], str]]]] = {
    "terraform": ("main.tf", lambda type, said: f'resource "{type}" "a" {{\n{_hcl(said)}\n}}'),
    "bicep": ("main.bicep", lambda type, said: f"resource a '{type}@2025' = {{\n{_bicep(said)}\n}}"),
    "cloudformation": (
        "template.yaml",
        lambda type, _: f"AWSTemplateFormatVersion: x\nResources:\n  a:\n    Type: {type}\n",
    ),
    "iam": ("policy.json", lambda action, _: f'{{"Statement": [{{"Effect": "Allow", "Action": "{action}"}}]}}'),
}


def _hcl(said: dict[str, str]) -> str:
    return "\n".join(
        f'{name} = "{value}"' if "." not in name else f'{name.split(".")[0]} {{\n{name.split(".")[1]} = "{value}"\n}}'
        for name, value in said.items()
    )


def _bicep(said: dict[str, str]) -> str:
    return "\n".join(
        f"{name}: '{value}'" if "." not in name else f"{name.split('.')[0]}: {{\n{name.split('.')[1]}: '{value}'\n}}"
        for name, value in said.items()
    )


def who(path: str, text: str) -> set[str]:
    return {one.provider for one in sightings(path, text, shipped_catalogue())}


def packages(system: str) -> Iterator[tuple[str, str]]:
    return ((name, whose) for (of, name), whose in shipped_catalogue().packages.items() if of == system)


@pytest.mark.parametrize("system", sorted(LISTS))
def test_every_package_is_known_and_its_neighbours_are_not(system: str) -> None:
    path, written = LISTS[system]
    names = dict(packages(system))
    assert {name: whose for name, whose in names.items() if who(path, written(name)) != {whose}} == {}
    plain = {name for name in names if "[" not in name}
    neighbours = {f"{name}-of-others" for name in plain} | {f"un{name}" for name in plain} - names.keys()
    assert {name for name in neighbours if who(path, written(name))} == set()


@pytest.mark.parametrize(
    ("system", "name"),
    [
        ("npm", "groq"),
        ("npm", "cohere"),
        ("npm", "@ai-sdk/react"),
        ("pypi", "fireworks"),
        ("pypi", "mistral"),
        ("pypi", "boto3"),
        ("pypi", "transformers"),
        ("nuget", "Microsoft.AspNetCore.OpenApi"),
        ("maven", "org.springframework.ai:spring-ai-bom"),
        ("crates", "genai"),
    ],
)
def test_what_is_called_like_a_vendor_is_none(system: str, name: str) -> None:
    path, written = LISTS[system]
    assert who(path, written(name)) <= {SELF_HOSTED}


def test_every_variable_is_known_and_its_neighbours_are_not() -> None:
    known = shipped_catalogue().variables
    assert {name: whose for name, whose in known.items() if who(".env", f"{name}=1") != {whose}} == {}
    assert {name for name in known if who(".env", f"# {name}=1\nX{name}X=1") and not name.endswith("_MODEL")} == set()


def test_every_host_is_known_and_its_neighbours_are_not() -> None:
    found = [pattern for several in shipped_catalogue().hosts.values() for pattern in several]
    hosts = {
        ".".join(label.replace("{region}", "eu-west-1") if label != "*" else "acme" for label in one.labels): one
        for one in found
    }
    wrong = {
        host: one.provider
        for host, one in hosts.items()
        if one.provider not in who("deploy/app.env", f"ADDRESS=https://{host}{one.path.replace('*', 'x')}/v1/x")
    }
    assert wrong == {}
    near = [f"https://{host}.example.com/v1" for host in hosts] + [f"https://example.com/{host}/v1" for host in hosts]
    assert {address for address in near if who("app.env", f"ADDRESS={address}")} == set()


@pytest.mark.parametrize("framework", sorted(PREFIXES))
def test_every_prefix_of_a_framework_is_known(framework: str) -> None:
    path, written = PREFIXES[framework]
    prefixes = dict(shipped_catalogue().prefixes[framework])
    wrong = {text: whose for text, whose in prefixes.items() if whose not in who(path, written(text))}
    assert wrong == {}
    assert who(path, written("un" + next(iter(prefixes)))) == set()


@pytest.mark.parametrize("tool", sorted(RESOURCES))
def test_every_resource_is_known_by_the_properties_that_decide(tool: str) -> None:
    path, written = RESOURCES[tool]
    for glob, whose, wanted in shipped_catalogue().resources[tool]:
        type = glob.pattern.removeprefix("(?s:").removesuffix(")\\Z").replace("\\", "").replace(".*", "agent")
        said = {name: values[0].rstrip("*") for name, values in wanted.items()}
        assert whose in who(path, written(type, said)), (type, said)
        if said:
            assert whose not in who(path, written(type, dict.fromkeys(said, "Other"))), type
    assert who(path, written("example_of_others", {})) == set()
