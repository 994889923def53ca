"""What a sign-off covers: all that judges, and nothing that stands on its line."""

from __future__ import annotations

import datetime
import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vendorgate.errors import Problem
from vendorgate.load.bundle_files import BundleFiles, read_bundle
from vendorgate.load.files import Folder, digest, shipped
from vendorgate.load.packs import PackChoice
from vendorgate.load.signoff import covered, unsigned
from vendorgate.model.signoff import Signoff

DAY = datetime.date(2026, 11, 20)
POLICY = "version: 1\npolicies: [{id: p, title: P, require: [{covered: hipaa_baa}]}]\n"
FILES = {
    "bundle.yaml": "name: b\n# signoff: none yet\npacks: [hipaa]\noptional_packs: [extra]\n",
    "p.yaml": POLICY,
    "extra/more.yaml": POLICY.replace("id: p", "id: more"),
    "agreements.yaml": "version: 1\nagreements: []\n",
    "waivers.yaml": "version: 1\nwaivers: []\n",
    "p.test.yaml": "version: 1\ntests: []\n",
    "offerings/own.yaml": "id: own\nname: O\ndeveloper: O\nplatform: O\ncategory: internal\ndimensions: {}\n",
}
LIBRARY = shipped("policies")


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())


def read(folder: Path, *packs: str) -> BundleFiles:
    problems: list[Problem] = []
    found = read_bundle(Folder(str(folder), "policies"), problems, PackChoice(packs, LIBRARY))
    assert problems == []
    assert found is not None
    return found


def signed(folder: Path, line: str = "") -> None:
    """Put a sign-off of what is there into `bundle.yaml`."""
    files = read(folder)
    value = digest(covered(files.digests, files.written))
    said = line or f'signoff: {{by: Dana, on: {DAY}, digest: "{value}"}}\n'
    (folder / "bundle.yaml").write_bytes(files.written + said.encode())


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A bundle that is signed off."""
    write(tmp_path, FILES)
    signed(tmp_path)
    return tmp_path


BLOCK = "signoff:\n  by: Dana\n  on: {day}\n\n  # the committee, too\n  digest: {digest}\ndata_classes: [letters]\n"


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_sign_off_on_several_lines_covers_what_one_on_a_line_does(tmp_path: Path, ending: str) -> None:
    write(tmp_path, {**FILES, "bundle.yaml": f"{FILES['bundle.yaml']}data_classes: [letters]\n".replace("\n", ending)})
    files = read(tmp_path)
    value = digest(covered(files.digests, files.written))
    said = BLOCK.format(day=DAY, digest=value).replace("\n\n", "\n").replace("\n", ending).encode()
    (tmp_path / "bundle.yaml").write_bytes(files.written.replace(f"data_classes: [letters]{ending}".encode(), said))
    assert signoff(tmp_path).holds(DAY)
    with (tmp_path / "bundle.yaml").open("ab") as file:
        file.write(b"fail_on: never\n")
    assert signoff(tmp_path).trouble(DAY) == "changed"


def test_blank_line_inside_of_a_sign_off_is_left_as_sed_leaves_it(tmp_path: Path) -> None:
    text = f"name: b\n{BLOCK.format(day=DAY, digest='0' * 64)}"
    (tmp_path / "bundle.yaml").write_text(text, encoding="utf-8")
    sed = ("sed", "/^signoff:/,/^[^ ]/{/^signoff:/d;/^ /d;}", str(tmp_path / "bundle.yaml"))
    assert subprocess.run(sed, check=True, capture_output=True).stdout == unsigned(text.encode())


def test_sign_off_has_the_digest_that_a_report_has_of_the_bundle_without_it(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    before = read(tmp_path)
    signed(tmp_path)
    assert signoff(tmp_path).written.digest == before.sha256


def signoff(folder: Path, *packs: str) -> Signoff:
    found = read(folder, *packs).signoff
    assert isinstance(found, Signoff)
    return found


def test_a_bundle_that_nobody_changed_is_what_was_signed_off(bundle: Path) -> None:
    found = signoff(bundle)
    assert (found.trouble(DAY), found.holds(DAY), found.added) == (None, True, ())
    assert found.trouble(DAY - datetime.timedelta(days=1)) == "later"
    assert (found.written.by, found.written.on, found.written.digest) == ("Dana", DAY, found.found)


def test_without_a_line_nobody_has_signed_it_off(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    assert read(tmp_path).signoff is None


@pytest.mark.parametrize("name", [name for name in FILES if name != "extra/more.yaml"])
def test_a_change_of_any_file_that_judges_ends_it(name: str, bundle: Path) -> None:
    with (bundle / name).open("ab") as file:
        file.write(b"# one more\n")
    assert signoff(bundle).trouble(DAY) == "changed"


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "waivers.yaml").unlink(),
        lambda folder: (folder / "q.yaml").write_text(POLICY.replace("id: p", "id: q"), "utf-8"),
        lambda folder: (folder / "p.yaml").rename(folder / "r.yaml"),
        lambda folder: (folder / "extra/more.yaml").rename(folder / "more.yaml"),
    ],
    ids=["a file less", "a file more", "another name", "no longer optional"],
)
def test_files_that_come_go_or_are_called_otherwise_end_it(change: Callable[[Path], object], bundle: Path) -> None:
    change(bundle)
    if not any((bundle / "extra").iterdir()):
        text = (bundle / "bundle.yaml").read_text("utf-8")
        (bundle / "bundle.yaml").write_text(text.replace("optional_packs: [extra]\n", ""), "utf-8")
    assert signoff(bundle).trouble(DAY) == "changed"


def test_a_pack_of_the_library_that_is_named_is_covered(bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    library = tmp_path_factory.mktemp("library")
    shutil.copytree(Path(LIBRARY.path) / "hipaa", library / "hipaa")
    with next((library / "hipaa").glob("*.yaml")).open("ab") as file:
        file.write(b"# of another version\n")
    choice = PackChoice(library=Folder(str(library), "vendorgate:policies"))
    found = read_bundle(Folder(str(bundle), "policies"), [], choice)
    assert found is not None
    assert isinstance(found.signoff, Signoff)
    assert found.signoff.trouble(DAY) == "changed"


@pytest.mark.parametrize(
    ("packs", "trouble", "added"),
    [
        (("extra",), "packs", ("extra",)),
        (("gdpr",), "packs", ("gdpr",)),
        (("hipaa",), None, ()),
        (("hipaa", "gdpr", "extra"), "packs", ("gdpr", "extra")),
    ],
)
def test_what_only_a_command_adds_was_not_signed_off(
    packs: tuple[str, ...], trouble: str | None, added: tuple[str, ...], bundle: Path
) -> None:
    found = signoff(bundle, *packs)
    assert (found.trouble(DAY), found.added) == (trouble, added)


def test_where_other_files_were_read_than_those_that_judge_nobody_asks(bundle: Path) -> None:
    found = read_bundle(Folder(str(bundle), "policies"), [], PackChoice(library=LIBRARY, beside="everything"))
    assert found is not None
    assert not isinstance(found.signoff, Signoff)
    assert found.signoff is not None


TEXTS = st.text(st.sampled_from("signoff: \n\r#{}a"), max_size=60) | st.lists(
    st.sampled_from(["signoff: {a: b}", " signoff: x", "#signoff:", "name: b", "", "signoff:\r"]), max_size=6
).map("\n".join)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_what_is_left_out_are_the_lines_that_begin_with_the_key_and_indented_ones_behind(text: str) -> None:
    lines = text.removesuffix("\n").split("\n") if text else []
    sure = "".join(f"{line}\n" for line in lines if not line.startswith(("signoff:", " ")))
    found = unsigned(text.encode())
    assert "".join(f"{line}\n" for line in found.decode().split("\n")[:-1] if not line.startswith(" ")) == sure
    assert unsigned(found) == found
    if not any(line.startswith("signoff:") for line in lines):
        assert found == "".join(f"{line}\n" for line in lines).encode()


@pytest.mark.skipif(os.name == "nt" or not shutil.which("sha256sum"), reason="the commands of the documentation")
@pytest.mark.parametrize("text", ["name: b\n", "name: b", "# ä\r\nname: b\r\n", "name: b\n\n"])
def test_anybody_can_work_the_digest_out(text: str, tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": POLICY, "bundle.yaml": text})
    digest_of = digest(covered(read(tmp_path).digests, text.encode()))
    ending = b"" if text.endswith("\n") else b"\n"
    line = f'signoff: {{by: Dana, on: {DAY}, digest: "{digest_of}"}}\n'.encode()
    (tmp_path / "bundle.yaml").write_bytes(text.encode() + ending + line)
    assert signoff(tmp_path).holds(DAY)
    script = (
        "{ sha256sum p.yaml; sed '/^signoff:/,/^[^ ]/{/^signoff:/d;/^ /d;}' bundle.yaml | sha256sum"
        " | sed 's/-$/bundle.yaml/'; }"
        " | LC_ALL=C sort -k2 | sha256sum"
    )
    printed = subprocess.run(["sh", "-c", script], cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    assert printed.split()[0] == digest_of


def test_a_bundle_that_says_nothing_but_who_signed_it_off(tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": POLICY})
    files = read(tmp_path)
    value = digest(covered(files.digests, files.written))
    empty = hashlib.sha256(b"").hexdigest()
    assert ("bundle.yaml", empty) in covered(files.digests, files.written)
    write(tmp_path, {"bundle.yaml": f'signoff: {{by: Dana, on: {DAY}, digest: "{value}"}}'})
    assert signoff(tmp_path).holds(DAY)
    with (tmp_path / "bundle.yaml").open("ab") as file:
        file.write(b"\n# beside\n")
    assert signoff(tmp_path).trouble(DAY) == "changed"


ALONE = f'signoff: {{by: Dana, on: {DAY}, digest: "{"ab" * 32}"}}'


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + ALONE + "\nname: b\n",
        f"{{\n{ALONE}\n}}\n",
        f"name: b\n---\n{ALONE}\n",
        f"name: &n b\nsignoff: {{by: *n, on: {DAY}, digest: &d {'ab' * 32}}}\nrelease: *d\n",
        f"name: b\n? signoff\n: {{by: D, on: {DAY}, digest: {'ab' * 32}}}\n",
    ],
)
def test_a_line_that_does_not_stand_for_itself_is_refused(text: str, tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": POLICY, "bundle.yaml": text})
    problems: list[Problem] = []
    read_bundle(Folder(str(tmp_path), "policies"), problems)
    assert problems


@pytest.mark.parametrize(
    "text", [f"{ALONE}  # approved\n", f"name: b\r\n{ALONE}\r\nrelease: '1'\r\n", f"{{\n{ALONE},\nname: b}}\n"]
)
def test_a_line_that_stands_for_itself_is_read(text: str, tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": POLICY, "bundle.yaml": text})
    assert signoff(tmp_path).written.by == "Dana"


@pytest.mark.skipif(os.name == "nt", reason="no name has a line break there")
def test_no_name_stands_in_a_digest_for_those_of_two_files(tmp_path: Path) -> None:
    """The digest of the one file would be that of both."""
    both, one = tmp_path / "both", tmp_path / "one"
    write(both, {"a.yaml": POLICY, "b.yaml": POLICY.replace("id: p", "id: q")})
    value = hashlib.sha256((both / "b.yaml").read_bytes()).hexdigest()
    write(one, {f"a.yaml\n{value}  b.yaml": POLICY})
    problems: list[Problem] = []
    found = read_bundle(Folder(str(one), "policies"), problems)
    assert found is not None
    assert found.sha256 == read(both).sha256
    assert [problem.title for problem in problems] == ["a line break in the name of a file"]
