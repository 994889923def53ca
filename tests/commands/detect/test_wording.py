"""What it comes to, in one line."""

from __future__ import annotations

import pytest

from vendorgate.commands.detect.model import Detected
from vendorgate.commands.detect.wording import closing
from vendorgate.detection.model import Detection, Skipped


@pytest.mark.parametrize(
    ("reasons", "said"),
    [
        ((), "in 9 files;"),
        (("a link",), "in 9 files, 1 file passed over (a link);"),
        (("minified", "minified"), "in 9 files, 2 files passed over (minified);"),
        (("a", "b", "c", "d"), "in 9 files, 4 files passed over (a, b, c and 1 more);"),
        (("\x1b[31m",), "in 9 files, 1 file passed over (\\x1b[31m);"),
    ],
)
def test_why_files_were_passed_over_is_said(reasons: tuple[str, ...], said: str) -> None:
    skipped = tuple(Skipped(f"{at}.py", why) for at, why in enumerate(reasons))
    assert said in closing(Detected(Detection(9, skipped, (), ()), "", {}))
