"""Files appear whole or not at all, and whatever interrupts the writing leaves nothing behind."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from vendorgate.frame.writing import new_file, replace_file


@pytest.mark.parametrize("step", ["open", "fsync", "chmod", "link", "replace"])
@pytest.mark.parametrize(("put", "before"), [(new_file, None), (replace_file, "before")], ids=["new", "replaced"])
def test_writing_that_is_interrupted_leaves_nothing_behind(
    put: Callable[[Path, str], None], before: str | None, step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "observation.yaml"
    if before is not None:
        path.write_text(before, encoding="utf-8")
    done = getattr(os, step)
    interrupted: list[str] = []

    def then_interrupted(*words: Any, **more: Any) -> None:
        handle = done(*words, **more)
        if step == "open":
            os.close(handle)
        interrupted.append(step)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, step, then_interrupted)
        with suppress(KeyboardInterrupt):
            put(path, "after")
    there = path.read_text("utf-8") if path.exists() else None
    assert there in (before, "after") if interrupted else there == "after"
    assert [one.name for one in tmp_path.iterdir()] == ([] if there is None else ["observation.yaml"])
