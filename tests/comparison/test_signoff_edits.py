"""What a change does to a sign-off is named, whatever else it does."""

from __future__ import annotations

from pathlib import Path

import pytest

from vendorgate.comparison.edits import edits
from vendorgate.comparison.model import FieldEdit
from vendorgate.load.bundle_files import BundleFiles, read_bundle
from vendorgate.load.files import Folder, digest
from vendorgate.load.signoff import covered

POLICY = "version: 1\npolicies: [{id: p, title: P, require: [{covered: hipaa_baa}]}]\n"
HELD, BROKEN = "Dana on 2026-11-20, which holds", "Dana on 2026-11-20, which does not hold"


def bundle(folder: Path, title: str = "P", signed: str | None = "itself", by: str = "Dana") -> BundleFiles:
    """A bundle, signed off as it is, as it was with another title, or not at all."""
    folder.mkdir(exist_ok=True)
    (folder / "bundle.yaml").write_text("name: b\n", "utf-8")
    (folder / "p.yaml").write_text(
        POLICY.replace("title: P", f"title: {signed if signed != 'itself' else title}"), "utf-8"
    )
    if signed is not None:
        files = read(folder)
        value = digest(covered(files.digests, files.written))
        (folder / "bundle.yaml").write_text(
            f'name: b\nsignoff: {{by: {by}, on: 2026-11-20, digest: "{value}"}}\n', "utf-8"
        )
    (folder / "p.yaml").write_text(POLICY.replace("title: P", f"title: {title}"), "utf-8")
    return read(folder)


def read(folder: Path) -> BundleFiles:
    found = read_bundle(Folder(str(folder), "policies"), [])
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({}, {}, None),
        ({}, {"title": "Q", "signed": "P"}, (HELD, BROKEN)),
        ({}, {"title": "Q"}, None),
        ({}, {"title": "Q", "by": "Kim"}, (HELD, HELD.replace("Dana", "Kim"))),
        ({"title": "Q", "signed": "P"}, {}, (BROKEN, HELD)),
        ({}, {"signed": None}, (HELD, None)),
        ({"signed": None}, {}, (None, HELD)),
        ({"signed": None}, {"signed": None, "title": "Q"}, None),
    ],
)
def test_what_becomes_of_a_sign_off_is_an_edit(
    before: dict[str, str | None], after: dict[str, str | None], told: tuple[str, str] | None, tmp_path: Path
) -> None:
    old, new = bundle(tmp_path / "old", **before), bundle(tmp_path / "new", **after)  # type: ignore[arg-type]  # by name
    found = {one.name: one for one in edits(old, new)}
    assert ("p" in found) == (before.get("title") != after.get("title"))
    if told is None:
        assert "signoff" not in found
    else:
        assert found["signoff"].fields == (FieldEdit("signoff", *told, "changed"),)
        assert found["signoff"].effect == "changed"


def test_a_bundle_that_comes_or_goes_is_no_edit_of_a_sign_off(tmp_path: Path) -> None:
    files = bundle(tmp_path / "b")
    assert [one.name for one in (*edits(None, files), *edits(files, None)) if one.name == "signoff"] == []
