"""The wheel of this tree, built once for all workers of a run."""

from __future__ import annotations

import fcntl
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent


def built(folder: Path) -> Path:
    """The wheel in a folder; whoever comes first builds it, and the others wait."""
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = folder / "made"
        if not made.exists():
            build = (sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT))
            subprocess.run(build, check=True, capture_output=True)
            made.touch()
    (wheel,) = folder.glob("*.whl")
    return wheel
