"""`python -m tools.site [FOLDER]`: the documentation as a site, built strictly.

Any warning fails, and so does any link that leads nowhere.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
USUAL: Final = ROOT / "docs" / "_build"


def build(folder: Path) -> int:
    """Build the site into a folder; the exit code of Sphinx."""
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-b",
        "html",
        "-W",
        "--keep-going",
        "-n",
        "-q",
        "-E",
        "docs",
        str(folder),
    ]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(build(Path(sys.argv[1]) if len(sys.argv) > 1 else USUAL))
