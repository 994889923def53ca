"""Packs: what is in force, and that a command line adds and never takes away."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command import ROOT, vendorgate
from tests.commands.policy.bundles import REGISTRY, Part, policies, policy, write
from vendorgate import Gate, InputError

MANIFEST = {"version": 1, "project": "p", "usages": [{"id": "u", "offering": "openai-api", "data": ["phi"]}]}


def judged(folder: Path, *arguments: str) -> list[str]:
    ended = vendorgate("check", "--registry", str(REGISTRY), "--format", "json", *arguments, folder=folder)
    assert ended.code in (0, 1), ended.stderr
    return [result["policy"] for result in json.loads(ended.stdout)["results"]]


def refused(folder: Path, *arguments: str) -> str:
    ended = vendorgate("check", "--registry", str(REGISTRY), *arguments, folder=folder)
    assert ended.code == 2
    assert ended.stdout == ""
    return ended.stderr


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    files: Part = {
        "vendorgate.yaml": MANIFEST,
        "policies/bundle.yaml": {"optional_packs": ["extra"]},
        "policies/own/a.yaml": policies(policy("own")),
        "policies/extra/b.yaml": policies(policy("extra")),
    }
    return write(tmp_path, files)


def test_every_folder_is_in_force_save_optional_ones(bundle: Path) -> None:
    assert judged(bundle) == ["own"]


def test_pack_of_the_bundle_is_added(bundle: Path) -> None:
    assert judged(bundle, "--pack", "extra") == ["extra", "own"]


def forbidding(folder: Path, *globs: str) -> None:
    """Have the bundle forbid waivers."""
    write(folder, {"policies/bundle.yaml": {"optional_packs": ["extra"], "waivers": {"forbid_policies": list(globs)}}})


def test_policy_of_an_optional_pack_may_be_forbidden_to_waive_though_it_is_not_in_force(bundle: Path) -> None:
    forbidding(bundle, "extra", "ex*", "own")
    assert judged(bundle) == ["own"]
    assert judged(bundle, "--pack", "extra") == ["extra", "own"]


def test_policies_that_are_no_list_are_read_past_where_they_are_not_in_force(bundle: Path) -> None:
    write(bundle, {"policies/extra/odd.yaml": {"version": 1, "policies": 5}})
    forbidding(bundle, "extra")
    assert judged(bundle) == ["own"]


def test_forbidden_policy_that_no_pack_of_the_bundle_has_is_refused_with_the_nearest(bundle: Path) -> None:
    forbidding(bundle, "exrta", "exrt*", "phi-has-*")
    told = refused(bundle)
    assert told.count("did you mean `extra`?") == 2
    assert "`phi-has-*` names no policy of the bundle" in told
    assert "3 problems" in told


def test_forbidden_policy_of_the_library_counts_where_its_pack_is_in_force(bundle: Path) -> None:
    forbidding(bundle, "phi-has-*")
    assert "phi-has-a-purpose" in judged(bundle, "--pack", "hipaa")
    assert "`phi-has-*` names no policy of the bundle" in refused(bundle)


@pytest.mark.parametrize(
    "broken", ["version: [\n", "version: 1\npolicies:\n  - {title: T, require: [true]}\n", "a: &b [*b]\n"]
)
def test_where_a_policy_file_cannot_be_read_nothing_is_said_of_what_it_may_hold(broken: str, bundle: Path) -> None:
    forbidding(bundle, "elsewhere")
    (bundle / "policies/own/a.yaml").write_text(broken, encoding="utf-8")
    assert "names no policy" not in refused(bundle)


@pytest.mark.parametrize("broken", ["version: [\n", "- 1\n", "policies: {id: x}\n", "policies: [1, {id: 1}, {}]\n"])
def test_optional_pack_that_cannot_be_read_stops_nothing_while_nobody_asks_for_it(broken: str, bundle: Path) -> None:
    forbidding(bundle, "elsewhere")
    (bundle / "policies/extra/b.yaml").write_text(broken, encoding="utf-8")
    assert "`elsewhere` names no policy of the bundle" in refused(bundle)
    forbidding(bundle, "own")
    assert judged(bundle) == ["own"]


def test_asking_for_what_is_in_force_changes_nothing(bundle: Path) -> None:
    assert judged(bundle, "--pack", "own") == ["own"]


def test_pack_of_the_library_is_added_to_a_bundle(bundle: Path) -> None:
    assert judged(bundle, "--pack", "hipaa", "--pack", "hipaa") == [
        "own",
        "phi-needs-baa-and-zdr",
        "phi-reaches-no-aggregator-without-a-baa",
        "phi-has-a-purpose",
        "deidentified-data-names-its-method",
    ]


def test_bundle_requires_a_pack_of_the_library(bundle: Path) -> None:
    write(bundle, {"policies/bundle.yaml": {"packs": ["hipaa"], "optional_packs": ["extra"]}})
    assert judged(bundle)[0] == "own"
    assert "phi-has-a-purpose" in judged(bundle)
    assert "phi-has-a-purpose" in judged(bundle, "--pack", "extra")


def test_without_a_bundle_packs_are_in_force_beside_the_built_in_one(tmp_path: Path) -> None:
    write(tmp_path, {"vendorgate.yaml": MANIFEST})
    without, added = set(judged(tmp_path)), set(judged(tmp_path, "--pack", "residency"))
    assert without < added
    assert set(judged(tmp_path, "--pack", "hipaa")) == without


@pytest.mark.parametrize("name", ["hippa", "", "..", "hipaa/..", "/etc", "."])
def test_pack_that_does_not_exist_is_refused(bundle: Path, name: str) -> None:
    assert f"no pack `{name}`" in refused(bundle, "--pack", name)


def test_name_of_the_nearest_pack_is_given(bundle: Path) -> None:
    assert "did you mean `hipaa`?" in refused(bundle, "--pack", "hippa")
    assert "without policies" not in refused(bundle, "--pack", "hippa")


def test_packs_of_the_bundles_own_are_checked(bundle: Path) -> None:
    write(bundle, {"policies/bundle.yaml": {"packs": ["hippa"], "optional_packs": ["exrta"]}})
    words = refused(bundle)
    assert "no pack `hippa`" in words
    assert "no folder `exrta` in the bundle" in words
    assert "did you mean `extra`?" in words


def test_digest_is_of_what_is_in_force(bundle: Path) -> None:
    def digest(*arguments: str) -> str:
        ended = vendorgate("check", "--registry", str(REGISTRY), "--format", "json", *arguments, folder=bundle)
        return str(json.loads(ended.stdout)["inputs"]["bundle"]["sha256"])

    plain, extra, hipaa = digest(), digest("--pack", "extra"), digest("--pack", "hipaa")
    assert len({plain, extra, hipaa}) == 3
    write(bundle, {"policies/extra/b.yaml": policies(policy("extra", title="Another"))})
    assert digest() == plain
    assert digest("--pack", "extra") != extra


def test_policy_of_a_pack_that_the_bundle_has_too_is_refused(bundle: Path) -> None:
    write(bundle, {"policies/own/a.yaml": policies(policy("phi-has-a-purpose"))})
    assert "is used twice" in refused(bundle, "--pack", "hipaa")


def test_optional_pack_with_mistakes_is_not_read_until_it_is_asked_for(bundle: Path) -> None:
    write(bundle, {"policies/extra/b.yaml": "version: 2"})
    assert judged(bundle) == ["own"]
    assert "policies/extra/b.yaml" in refused(bundle, "--pack", "extra")


def test_explain_takes_packs(bundle: Path) -> None:
    arguments = ("--usage", "u", "--pack", "extra", "--policy", "extra", "--registry", str(REGISTRY))
    ended = vendorgate("explain", "vendorgate.yaml", *arguments, folder=bundle)
    assert ended.code == 0
    assert "extra: Example" in ended.stdout


def test_python_takes_packs(bundle: Path) -> None:
    gate = Gate(bundle / "policies", REGISTRY, packs=["extra", "pci"])
    assert {"own", "extra", "cardholder-data-stays-in-production"} <= {one.id for one in gate.bundle.policies}
    with pytest.raises(InputError, match="no pack `hippa`"):
        _ = Gate(bundle / "policies", REGISTRY, packs=["hippa"]).bundle


def test_the_example_with_a_bundle_of_its_own_takes_packs() -> None:
    example = ROOT / "examples" / "own-bundle"
    assert "childrens-data-is-neither-kept-nor-learned-from" in judged(example, "--pack", "children")
