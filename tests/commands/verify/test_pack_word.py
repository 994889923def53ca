"""What a pack says of its run, forged with everything that follows from it: no more is believed than it can say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from msgspec.structs import replace

from tests.commands.evidence.packs import PACK, forged, pack, small_pack, verify, world
from vendorgate.archive.derived import derived_members
from vendorgate.archive.document import EvidenceManifest, PackedInputs, PackedRun, PackedUnjudged, evidence_manifest
from vendorgate.archive.reading import opened_pack
from vendorgate.commands.verify import pack_verifying
from vendorgate.commands.verify.unpacked import unpacked
from vendorgate.frame.archiving import renderers
from vendorgate.gate import Gate
from vendorgate.report.document import ReportedLocation, ReportedNotice, ReportedRepository

Say = Callable[[EvidenceManifest], EvidenceManifest]
Change = Callable[[dict[str, bytes]], object]
SOURCE = "git+https://git.example.org/audit/policies@" + "a" * 40
NEARER = "policies/ judges because it is nearer than ../policies/; name the one that is meant: --policies"
PLACE = ReportedLocation("policies", 1, 1)


def believed(data: bytes, say: Say, change: Change = lambda _: None) -> bytes:
    """A pack that says something else, with every report and digest made anew by what it says."""
    with TemporaryDirectory() as name:
        path = Path(name) / PACK
        path.write_bytes(forged(data, change, say))
        with opened_pack(str(path)) as (found, _), unpacked(found) as inputs:
            gate = Gate(inputs.policies, inputs.registry, inputs.packs)
            evaluation = pack_verifying._evaluation(found, gate, inputs)
            given = [name for name, _ in pack_verifying._inputs(gate, evaluation, inputs)]
            derived = derived_members(evaluation, inputs.packing, renderers(inputs.packing, gate), given)
            made = {one.name: one.content() for one in derived}
            manifest = evidence_manifest(evaluation, inputs.packing, ())

    def whole(contents: dict[str, bytes]) -> None:
        change(contents)
        contents.update(made)

    return forged(data, whole, lambda one: replace(manifest, members=one.members))


def of_inputs(change: Callable[[PackedInputs], PackedInputs]) -> Say:
    return lambda one: replace(one, inputs=change(one.inputs))


def of_run(change: Callable[[PackedRun], PackedRun]) -> Say:
    return lambda one: replace(one, run=change(one.run))


def said(id: str, message: str, place: ReportedLocation | None = PLACE) -> Say:
    notice = ReportedNotice(id, "warning", message, place)  # type: ignore[arg-type]  # what nobody says
    return of_run(lambda run: replace(run, said=(notice,)))


@dataclass(frozen=True)
class Lie:
    say: Say
    words: str = "  MANIFEST.json is not what vendorgate makes"


LIES = {
    "a manifest twice": Lie(of_inputs(lambda one: replace(one, manifests=one.manifests * 2))),
    "another digest of a manifest": Lie(
        of_inputs(lambda one: replace(one, manifests=(replace(one.manifests[0], sha256="0" * 64),)))
    ),
    "a manifest under two paths": Lie(
        of_inputs(lambda one: replace(one, manifests=(*one.manifests, replace(one.manifests[0], path="b.yaml"))))
    ),
    "a place that no binding asks for": Lie(
        of_inputs(lambda one: replace(one, manifests=(replace(one.manifests[0], place="trusted/vendorgate.yaml"),)))
    ),
    "policies of an address": Lie(of_inputs(lambda one: replace(one, bundle=replace(one.bundle, source=SOURCE)))),
    "policies called by an address": Lie(of_inputs(lambda one: replace(one, bundle=replace(one.bundle, shown=SOURCE)))),
    "policies without a pin": Lie(
        of_inputs(lambda one: replace(one, bundle=replace(one.bundle, source=SOURCE[:-42], shown=SOURCE[:-42] + "#")))
    ),
    "our own policies": Lie(
        of_inputs(lambda one: replace(one, bundle=replace(one.bundle, shown="vendorgate:policies"))),
        "  inputs/policies/rules.yaml is said to have come with vendorgate, and is not what came with vendorgate ",
    ),
    "our own registry": Lie(
        of_inputs(lambda one: replace(one, registry=replace(one.registry, shown="vendorgate:registry-snapshot"))),
        "  inputs/registry/offerings/alpha.yaml is said to have come with vendorgate",
    ),
    "a registry of an address": Lie(
        of_inputs(lambda one: replace(one, registry=replace(one.registry, shown="https://nist.example")))
    ),
    "a folder outside": Lie(of_run(lambda one: replace(one, folder="../elsewhere"))),
    "no repository": Lie(lambda one: replace(one, repository=ReportedRepository("nobody", "ci"))),
    "a repository that nobody said": Lie(lambda one: replace(one, repository=ReportedRepository("acme/a", "none"))),
    "a notice of something else": Lie(said("unused-waiver", "the auditor has approved all of this")),
    "a notice in other words": Lie(said("nested-bundle", "the auditor has approved all of this")),
    "a notice with more to say": Lie(
        said(
            "nested-bundle",
            f"{NEARER}, and all is well",
        )
    ),
    "a notice of no place": Lie(said("folder-passed-over", "policies/ is no bundle", None)),
}


@pytest.mark.parametrize("name", LIES)
def test_word_that_no_run_says_does_not_hold(name: str, tmp_path: Path) -> None:
    lie = LIES[name]
    ended = kept(tmp_path, believed(small_pack(), lie.say))
    assert ended[0] == 1
    assert ended[1].startswith("does not hold: ")
    assert lie.words in ended[1]


def kept(folder: Path, data: bytes) -> tuple[int | None, str]:
    path = folder / PACK
    path.write_bytes(data)
    ended = verify(path)
    assert ended.stderr == ""
    return ended.code, ended.stdout


TRUE = {
    "nothing else": lambda one: one,
    "a repository": lambda one: replace(one, repository=ReportedRepository("acme/clinic", "ci")),
    "a nearer bundle": said(
        "nested-bundle",
        "policies/ judges because it is nearer than ../policies/; name the one that is meant: --policies",
    ),
    "policies of an address": of_inputs(
        lambda one: replace(one, bundle=replace(one.bundle, source=SOURCE, shown=f"{SOURCE}#"))
    ),
    "a folder inside": of_run(lambda one: replace(one, folder="services/triage")),
}


@pytest.mark.parametrize("name", TRUE)
def test_word_that_a_run_can_say_holds(name: str, tmp_path: Path) -> None:
    assert kept(tmp_path, believed(small_pack(), TRUE[name]))[0] == 0


@cache
def with_a_pack_of_the_library() -> bytes:
    with TemporaryDirectory() as name:
        world(Path(name))
        assert pack(Path(name), "--pack", "hipaa").code == 1
        return (Path(name) / PACK).read_bytes()


def test_pack_of_the_library_is_the_one_that_came_with_vendorgate(tmp_path: Path) -> None:
    def weaker(contents: dict[str, bytes]) -> None:
        contents["inputs/library/hipaa/phi.yaml"] += b"# signed off by nobody\n"

    assert kept(tmp_path, with_a_pack_of_the_library())[0] == 0
    code, words = kept(tmp_path, believed(with_a_pack_of_the_library(), lambda one: one, weaker))
    assert code == 1
    assert "  inputs/library/hipaa/phi.yaml is said to have come with vendorgate, and is not what came with" in words


def test_manifest_that_nobody_could_read_is_the_packs_own_word(tmp_path: Path) -> None:
    unread = of_inputs(lambda one: replace(one, not_judged=(PackedUnjudged("z.yaml", None),)))
    code, words = kept(tmp_path, believed(small_pack(), unread))
    assert code == 0
    assert "the pack's own word, which no input confirms: " in words
    assert "`not_judged`" in words


# Another version may word reports otherwise; what a pack says of its run is no wording.


def older(data: bytes, say: Say, *, inside: str = "0.0.9", version: str = "0.0.9") -> bytes:
    def change(contents: dict[str, bytes]) -> None:
        contents["reports/report.json"] = contents["reports/report.json"].replace(b'"0.1.0"', f'"{inside}"'.encode())

    return forged(data, change, lambda one: say(replace(one, tool=replace(one.tool, version=version))))


def any_version(folder: Path, data: bytes) -> tuple[int | None, str]:
    path = folder / PACK
    path.write_bytes(data)
    ended = verify(path, "--any-version")
    return ended.code, ended.stdout


def test_pack_of_another_version_that_says_nothing_else_is_taken(tmp_path: Path) -> None:
    code, words = any_version(tmp_path, older(small_pack(), lambda one: one))
    assert code == 0
    assert words.startswith("holds but for the version: ")


@pytest.mark.parametrize(
    "say",
    [
        lambda one: replace(one, verdict="pass"),
        lambda one: replace(one, as_of_given=False),
        of_inputs(lambda one: replace(one, manifests=one.manifests * 2)),
        of_inputs(lambda one: replace(one, bundle=replace(one.bundle, name="another"))),
    ],
)
def test_pack_of_another_version_that_says_something_else_does_not_hold(say: Say, tmp_path: Path) -> None:
    assert any_version(tmp_path, older(small_pack(), say))[0] == 1


def test_report_of_another_version_in_a_pack_of_this_one_does_not_hold(tmp_path: Path) -> None:
    code, words = any_version(tmp_path, older(small_pack(), lambda one: one, version="0.1.0"))
    assert code == 1
    assert words.startswith("does not hold: ")


def test_library_of_another_version_is_named(tmp_path: Path) -> None:
    def weaker(contents: dict[str, bytes]) -> None:
        contents["inputs/library/hipaa/phi.yaml"] += b"# weaker\n"

    data = older(believed(with_a_pack_of_the_library(), lambda one: one, weaker), lambda one: one)
    code, words = any_version(tmp_path, data)
    assert code == 0
    assert "  inputs/library/hipaa/phi.yaml is said to have come with vendorgate, and is not what came with" in words
