"""The Python API: load once, check often, and hear of every mistake."""

from __future__ import annotations

import datetime
import gc
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import vendorgate
from tests.command import ROOT
from vendorgate import Gate, InputError, UsageError, VendorgateError
from vendorgate.gate import CollectorPaused
from vendorgate.load.finding import alone
from vendorgate.load.manifest import GivenManifest, read_found

CLINIC, NEWSLETTER = (ROOT / "examples" / name / "vendorgate.yaml" for name in ("clinic", "newsletter"))
AS_OF = datetime.date(2026, 11, 24)


@pytest.fixture
def gate() -> Gate:
    return Gate(ROOT / "policies", str(ROOT / "registry-snapshot"))


def test_one_gate_checks_many_manifests_alike(gate: Gate) -> None:
    together = gate.check([CLINIC, NEWSLETTER], as_of=AS_OF)
    apart = [gate.check(path, as_of=AS_OF) for path in (NEWSLETTER, str(CLINIC), NEWSLETTER)]
    assert [evaluation.verdict for evaluation in apart] == ["pass", "fail", "pass"]
    assert together.summary.blocking == apart[1].summary.blocking
    assert [result.outcome for result in together.results] == [
        result.outcome for evaluation in (apart[1], apart[0]) for result in evaluation.results
    ]


@pytest.mark.parametrize("on", [True, False])
def test_garbage_is_not_looked_for_while_judging_and_again_afterwards(gate: Gate, on: bool) -> None:
    was_on, states = gc.isenabled(), []

    def reading() -> Iterator[GivenManifest]:
        states.append(gc.isenabled())
        yield read_found(alone(str(CLINIC)))

    (gc.enable if on else gc.disable)()
    try:
        gate.judge(reading(), as_of=AS_OF)
        states.append(gc.isenabled())
        with pytest.raises(InputError):
            gate.check("nowhere.yaml", as_of=AS_OF)
        states.append(gc.isenabled())
        with CollectorPaused(), CollectorPaused():
            pass
        states.append(gc.isenabled())
    finally:
        (gc.enable if was_on else gc.disable)()
    assert states == [False, on, on, on]


def test_results_are_typed_nouns(gate: Gate) -> None:
    result = gate.check(CLINIC, as_of=AS_OF).results[0]
    assert result.policy.id == "no-training-on-our-data"
    assert result.subject.usage == "visit-summaries"
    assert result.subject.location.path == str(CLINIC)
    assert {type(one.verified) for one in [c.cell.written for c in result.evidence if c.cell]} <= {datetime.date}


def test_every_problem_of_every_input_is_raised_together(tmp_path: Path) -> None:
    policies, registry = tmp_path / "policies", tmp_path / "registry"
    shutil.copytree(ROOT / "policies", policies)
    shutil.copytree(ROOT / "registry-snapshot", registry)
    (policies / "typo.yaml").write_text(
        "version: 1\npolicies: [{id: t, title: T, require: [{coverd: hipaa_baa}]}]\n", encoding="utf-8"
    )
    (policies / "waivers.yaml").write_text("version: 1\nwaivers: [{policy: t}]\n", encoding="utf-8")
    offering = registry / "offerings" / "openai-api.yaml"
    offering.write_text(offering.read_text(encoding="utf-8") + "hots: [a]\n", encoding="utf-8")
    manifest = tmp_path / "vendorgate.yaml"
    manifest.write_text(CLINIC.read_text(encoding="utf-8").replace("[phi]", "[phl]"), encoding="utf-8")
    with pytest.raises(InputError) as raised:
        Gate(policies, registry).check(manifest, as_of=AS_OF)
    told = {Path(str(problem.location).split(":")[0]).name for problem in raised.value.problems}
    assert told == {"typo.yaml", "waivers.yaml", "openai-api.yaml", "vendorgate.yaml"}
    assert "coverd" in str(raised.value)
    assert isinstance(raised.value, VendorgateError)


def test_a_gate_that_cannot_be_loaded_raises_when_it_is_asked(tmp_path: Path) -> None:
    gate = Gate(tmp_path / "nowhere", ROOT / "registry-snapshot")
    with pytest.raises(InputError):
        gate.check(NEWSLETTER, as_of=AS_OF)
    with pytest.raises(InputError):
        _ = gate.bundle


@pytest.mark.parametrize("as_of", [datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.timezone.utc), "2026-11-24"])
def test_a_day_is_a_day(gate: Gate, as_of: datetime.date) -> None:
    with pytest.raises(UsageError):
        gate.check(NEWSLETTER, as_of=as_of)


def test_a_threshold_is_one_of_four(gate: Gate) -> None:
    with pytest.raises(UsageError, match="eror"):
        gate.check(NEWSLETTER, as_of=AS_OF, fail_on="eror")  # type: ignore[arg-type]  # a typo
    with pytest.raises(UsageError, match="laxer"):
        gate.check(NEWSLETTER, as_of=AS_OF, fail_on="never")


def test_no_manifest_is_never_green(gate: Gate) -> None:
    with pytest.raises(UsageError):
        gate.check([], as_of=AS_OF)


def test_public_names_are_what_the_package_says() -> None:
    assert all(hasattr(vendorgate, name) for name in vendorgate.__all__)
    with pytest.raises(AttributeError):
        _ = vendorgate.Gat


@pytest.mark.parametrize("link", ["file", "folder"])
def test_no_link_leads_out_of_a_bundle(link: str, tmp_path: Path) -> None:
    policies, outside = tmp_path / "policies", tmp_path / "outside"
    shutil.copytree(ROOT / "policies", policies)
    outside.mkdir()
    (outside / "p.yaml").write_text("version: 1\n", encoding="utf-8")
    (policies / "more.yaml" if link == "file" else policies / "more").symlink_to(
        outside / "p.yaml" if link == "file" else outside
    )
    with pytest.raises(InputError, match="a link that leads out of the bundle"):
        Gate(policies, ROOT / "registry-snapshot").check(NEWSLETTER, as_of=AS_OF)


def test_a_link_inside_a_bundle_is_fine(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "policies", tmp_path / "shared" / "policies")
    (tmp_path / "policies").symlink_to(tmp_path / "shared" / "policies")
    assert Gate(tmp_path / "policies", ROOT / "registry-snapshot").check(NEWSLETTER, as_of=AS_OF).verdict == "pass"


@pytest.mark.parametrize("name", ["bundle.yaml", "agreements.yaml", "waivers.yaml"])
def test_files_of_the_root_stand_at_the_root(name: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    (tmp_path / "policies" / "gdpr" / name).write_text("version: 1\n", encoding="utf-8")
    with pytest.raises(InputError, match="below the root of the bundle"):
        Gate(tmp_path / "policies", ROOT / "registry-snapshot").check(NEWSLETTER, as_of=AS_OF)


@pytest.mark.parametrize(
    ("folders", "meant"),
    [(("policies",), "x/policies"), (("a", "b/c", "d", "e"), "x/a, x/b/c, x/d and 1 more")],
)
def test_folder_above_a_bundle_is_one_mistake_that_names_the_bundle(
    folders: tuple[str, ...], meant: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for one in folders:
        shutil.copytree(ROOT / "policies", Path("x") / one)
    with pytest.raises(InputError) as caught:
        Gate("x", ROOT / "registry-snapshot").check(NEWSLETTER, as_of=AS_OF)
    (problem,) = caught.value.problems
    assert (problem.title, problem.help) == (
        "no bundle, but a folder above one",
        f"name the folder of the bundle: {meant}",
    )


_NO_SNAPSHOT = "no snapshot.yaml, and so no registry snapshot"
_HAS_IT = "name the folder that has snapshot.yaml and offerings/"


@pytest.mark.parametrize(
    ("registry", "where", "title", "help"),
    [
        (".", "snapshot.yaml", _NO_SNAPSHOT, f"{_HAS_IT}, such as registry-snapshot"),
        ("x", "x/snapshot.yaml", _NO_SNAPSHOT, f"{_HAS_IT}, such as x/registry-snapshot"),
        ("empty", "empty/snapshot.yaml", _NO_SNAPSHOT, _HAS_IT),
        ("nowhere", "nowhere", "no such file", "check the path"),
    ],
)
def test_folder_that_is_no_snapshot_is_one_mistake_that_names_the_one_below(
    registry: str, where: str, title: str, help: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for above in ("empty", "registry-snapshot", "x/registry-snapshot"):
        Path(above).mkdir(parents=True)
    for below in (Path("registry-snapshot"), Path("x/registry-snapshot")):
        (below / "snapshot.yaml").write_text("version: 1\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        Gate(ROOT / "policies", registry).check(NEWSLETTER, as_of=AS_OF)
    (problem,) = caught.value.problems
    assert problem.location is not None
    assert (problem.location.path, problem.title, problem.help) == (where, title, help)


@pytest.mark.parametrize("name", ["bundle.yaml", "agreements.yaml", "waivers.yaml"])
def test_a_folder_in_the_place_of_a_file_of_the_root_is_not_taken_for_none(name: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    (tmp_path / "policies" / "bundle.yaml").unlink()
    (tmp_path / "policies" / name).mkdir()
    with pytest.raises(InputError, match="a folder, not a file"):
        Gate(tmp_path / "policies", ROOT / "registry-snapshot").check(NEWSLETTER, as_of=AS_OF)


def test_a_file_of_a_registry_that_is_too_large_is_refused_though_nobody_names_it(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "registry-snapshot", tmp_path / "registry")
    (tmp_path / "registry" / "offerings" / "zz.yaml").write_bytes(b"#" * (16 * 1024 * 1024 + 1))
    with pytest.raises(InputError, match="more than 16 MiB"):
        Gate(ROOT / "policies", tmp_path / "registry").check(NEWSLETTER, as_of=AS_OF)


def test_an_empty_registry_is_refused(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "registry-snapshot", tmp_path / "registry")
    shutil.rmtree(tmp_path / "registry" / "offerings")
    with pytest.raises(InputError, match="no such file"):
        Gate(ROOT / "policies", tmp_path / "registry").check(NEWSLETTER, as_of=AS_OF)
    (tmp_path / "registry" / "offerings").mkdir()
    with pytest.raises(InputError, match="without offerings"):
        Gate(ROOT / "policies", tmp_path / "registry").check(NEWSLETTER, as_of=AS_OF)


def test_an_offering_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "registry-snapshot", tmp_path / "registry")
    gate = Gate(ROOT / "policies", tmp_path / "registry")
    offering = tmp_path / "registry" / "offerings" / "openai-api.yaml"
    offering.write_text(offering.read_text(encoding="utf-8") + "# later\n", encoding="utf-8")
    with pytest.raises(InputError, match="changed while it was read"):
        gate.check(NEWSLETTER, as_of=AS_OF)


def test_an_offering_that_is_not_valid_is_refused_every_time(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "registry-snapshot", tmp_path / "registry")
    offering = tmp_path / "registry" / "offerings" / "openai-api.yaml"
    text = offering.read_text(encoding="utf-8").replace("value: yes_sales_gated", "value: 1", 1)
    offering.write_text(text, encoding="utf-8")
    (tmp_path / "policies").mkdir()
    policy = "version: 1\npolicies: [{id: p, title: P, require: [{covered: hipaa_baa}]}]\n"
    (tmp_path / "policies" / "p.yaml").write_text(policy, encoding="utf-8")
    gate = Gate(tmp_path / "policies", tmp_path / "registry")
    for _ in range(2):
        with pytest.raises(InputError, match=r"openai-api\.yaml"):
            gate.check(NEWSLETTER, as_of=AS_OF)
    assert "openai-api" not in gate.snapshot(["openai-api"]).offerings
