"""Which manifest answers for which file, and what is said of what is declared and not seen."""

from __future__ import annotations

import pytest

from tests.drift.world import departing, held, manifest, rules, seen, short, usage
from vendorgate.model.manifest import Manifest

ROOT = manifest(usage("openai-api"))
CLINIC = manifest(usage("anthropic-api"), path="services/clinic/vendorgate.yaml")
CLOSE = manifest(usage("groq-api"), path="services/clin/vendorgate.yaml")
BELOW = manifest(usage("groq-api"), path="services/clinic/api/vendorgate.yml")


@pytest.mark.parametrize(
    ("path", "name", "covered_by"),
    [
        ("a.py", "openai-api", "vendorgate.yaml"),
        ("services/a.py", "openai-api", "vendorgate.yaml"),
        ("services/clinic/a.py", "anthropic-api", "services/clinic/vendorgate.yaml"),
        ("services/clinic/deep/er/a.py", "anthropic-api", "services/clinic/vendorgate.yaml"),
        ("services/clinic/api/a.py", "groq-api", "services/clinic/api/vendorgate.yml"),
        ("services/clinic.py", "openai-api", "vendorgate.yaml"),
        ("services/clinical/a.py", "openai-api", "vendorgate.yaml"),
    ],
)
def test_nearest_manifest_above_a_file_covers_it(path: str, name: str, covered_by: str) -> None:
    every = (ROOT, CLINIC, CLOSE, BELOW)
    assert departing(held([seen(name, f"{path}:1")], *every).drift) == []
    (found,) = [one for one in held([seen("cerebras", f"{path}:1")], *every).drift if one.vendor == "cerebras"]
    assert (found.kind, found.manifest) == ("undeclared-offering", covered_by)


def test_use_that_no_manifest_covers_is_in_no_project() -> None:
    found = held([seen("anthropic-api", "other/a.py:1"), seen("anthropic-api", "more/b.py:2")], CLINIC).drift
    assert departing(found) == [("not-in-a-project", "anthropic-api")]
    assert [str(one) for one in found[0].places] == ["more/b.py:2:5", "other/a.py:1:5"]
    assert found[0].manifest is None


def test_without_manifests_every_use_is_in_no_project() -> None:
    assert short(held([seen("openai-api"), seen("cerebras")]).drift) == [
        ("not-in-a-project", "cerebras"),
        ("not-in-a-project", "openai-api"),
    ]


def test_one_manifest_that_is_named_covers_all_code() -> None:
    code = [seen("anthropic-api", "other/a.py:1")]
    assert departing(held(code, CLINIC, named=True).drift) == []
    assert departing(held(code, CLINIC, CLOSE, named=True).drift) == [("not-in-a-project", "anthropic-api")]


def test_paths_are_taken_from_the_root_of_the_repository() -> None:
    code = [seen("anthropic-api", "../services/clinic/a.py:1")]
    place = lambda shown: shown.removeprefix("../")  # noqa: E731
    assert departing(held(code, CLINIC, place=place).drift) == []
    assert departing(held(code, CLINIC, place=lambda shown: f"/else/{shown}").drift) == [
        ("not-in-a-project", "anthropic-api")
    ]


PATHS = ("services/clinic/api/a.py", "services/clinic/a.py", "services/a.py", "a.py")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("own", [(CLINIC,), (ROOT, CLINIC), ()])
def test_what_a_manifest_with_mistakes_covers_is_left_to_who_mends_it(path: str, own: tuple[Manifest, ...]) -> None:
    unread = ["services/clinic/api/vendorgate.yml"]
    found = departing(held([seen("cerebras", f"{path}:1")], *own, unread=unread).drift)
    assert bool(found) is (path != PATHS[0])


@pytest.mark.parametrize("own", [(CLINIC,), (ROOT, CLINIC), ()])
def test_what_a_manifest_covers_that_nobody_named_is_told(own: tuple[Manifest, ...]) -> None:
    """Else a manifest in a folder below would hide the code there from a check of the one above."""
    others = ["services/clinic/api/vendorgate.yml", "services/clinic/vendorgate.yaml"]
    (found,) = [
        one
        for one in held([seen("openai-api", "services/clinic/api/a.py:1")], *own, others=others).drift
        if one.kind != "declared-not-found"
    ]
    assert (found.kind, found.manifest) == ("not-in-a-project", others[0])
    assert "is not looked at in this run" in found.message


def test_manifests_in_one_folder_cover_the_same_code() -> None:
    both = (manifest(usage("openai-api"), path="a/x.yaml"), manifest(usage("groq-api"), path="a/y.yaml"))
    code = [seen("openai-api", "a/b.py:1"), seen("groq-api", "a/b.py:2"), seen("cerebras", "a/b.py:3")]
    assert short(held(code, *both).drift) == [("undeclared-offering", "cerebras")]
    (found,) = held(code, *both).drift
    assert found.manifest == "a/x.yaml or a/y.yaml"
    assert short(held(code[:1], *both).drift) == [("declared-not-found", "groq-api")]


def test_what_is_declared_and_not_seen_is_a_note_at_its_place() -> None:
    two = manifest(usage("openai-api", fallbacks=["azure-openai"], recipients=["langfuse-cloud"]), usage("groq-api"))
    found = held([seen("openai-api"), seen("groq-api", status="test")], two).drift
    assert short(found) == [("declared-not-found", "azure-openai"), ("declared-not-found", "langfuse-cloud")]
    assert {one.severity for one in found} == {"note"}
    assert not any(one.blocks for one in found)
    assert [two.source.line(one.location.line).strip(' ",') for one in found] == ["azure-openai", "langfuse-cloud"]


@pytest.mark.parametrize(
    "name",
    ["openai-compatible", "openai-api"],
)
def test_what_could_be_declared_is_seen(name: str) -> None:
    assert "declared-not-found" not in {one.kind for one in held([seen(name)], manifest(usage("openai-api"))).drift}


def test_platform_that_is_seen_is_each_of_its_offerings() -> None:
    both = manifest(usage("claude-bedrock"), usage("nova-bedrock"))
    assert short(held([seen("bedrock")], both).drift) == []
    assert short(held([seen("claude-bedrock")], both).drift) == [("declared-not-found", "nova-bedrock")]


def test_what_passes_through_a_gateway_that_is_seen_is_seen() -> None:
    behind = manifest(usage("anthropic-api", via="openrouter", fallbacks=["groq-api"], recipients=["langfuse-cloud"]))
    assert short(held([seen("openrouter")], behind).drift) == [("declared-not-found", "langfuse-cloud")]


def test_product_for_people_is_not_missed_in_code() -> None:
    assert short(held([], manifest(usage("assistant"))).drift) == []


def test_vendor_that_is_not_seen_is_named() -> None:
    (found,) = held([], manifest(usage("unlisted", vendor="Acme Speech"))).drift
    assert (found.kind, found.offering, found.vendor) == ("declared-not-found", None, "Acme Speech")


@pytest.mark.parametrize(
    ("looked_at", "missed"),
    [
        (("",), True),
        (("services/",), True),
        (("services/clinic/",), True),
        (("services/clinic/api/",), False),
        (None, False),
    ],
)
def test_only_what_was_looked_at_as_a_whole_is_missed(looked_at: tuple[str, ...] | None, missed: bool) -> None:
    assert bool(held([], CLINIC, looked_at=looked_at).drift) is missed


def test_what_runs_on_our_machines_differs_only_where_the_bundle_asks() -> None:
    by = rules(statuses=["used", "self_hosted"])
    for name in ("self-hosted", "ollama"):
        ours = seen(name, status="self_hosted")
        assert departing(held([ours], ROOT).drift) == []
        assert departing(held([ours], ROOT, by=by).drift) == [("undeclared-offering", name)]
        assert departing(held([ours], manifest(usage("own-gpus")), by=by).drift) == []
    assert departing(held([seen("cerebras")], manifest(usage("own-gpus"))).drift) == [
        ("undeclared-offering", "cerebras")
    ]
