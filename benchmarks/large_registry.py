"""What a registry of 10,000 offerings costs a check over the one that ships, against hashing the same files.

Both are differences between fresh processes: with the large registry minus with the small one.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import msgspec

from cold_check import HERE, MANIFEST, POLICIES, process
from timing import Limit, interleaved, judged, show
from vendorgate.load.files import sha256
from vendorgate.load.index_file import rendered
from vendorgate.model.index import IndexFile

SNAPSHOT = HERE.parent / "registry-snapshot"
OFFERINGS = 10_000
ROUNDS = 15
MOST = 1.25

HASH = """
import hashlib, os, sys
for entry in sorted(os.scandir(sys.argv[1]), key=lambda entry: entry.name):
    with open(entry.path, "rb") as file:
        hashlib.sha256(file.read()).hexdigest()
"""
CHECK_LARGE, CHECK_SMALL = "check, 10,000 offerings", "check, 24 offerings"
HASH_LARGE, HASH_SMALL = "read and hash 10,000 files", "read and hash 24 files"


def write_copies(folder: Path, count: int = OFFERINGS) -> int:
    """The snapshot with copies of its offerings under other ids, so many in all; how many bytes they have."""
    shutil.copytree(SNAPSHOT, folder)
    offerings = folder / "offerings"
    originals = sorted(offerings.glob("*.yaml"))
    texts = [(path.stem, path.read_text("utf-8")) for path in originals]
    for number in range(count - len(originals)):
        name, text = texts[number % len(texts)]
        copy = f"{name}-{number:05}"
        (offerings / f"{copy}.yaml").write_text(text.replace(f"id: {name}\n", f"id: {copy}\n", 1), "utf-8")
    files = list(offerings.glob("*.yaml"))
    index = folder / "index.yaml"
    words = msgspec.json.decode(index.read_bytes(), type=IndexFile)  # copies have no words of their own
    index.write_bytes(rendered(words, {file.stem: sha256(file.read_bytes()) for file in files}))
    assert len(files) == count
    return sum(path.stat().st_size for path in files)


def main() -> int:
    """Measure; 1 where the limit is exceeded."""
    with tempfile.TemporaryDirectory() as temporary:
        large = Path(temporary) / "registry"
        size = write_copies(large)

        def check(registry: Path) -> list[str]:
            policies = POLICIES if POLICIES.is_dir() else HERE / "bundle"
            options = ["--policies", str(policies), "--registry", str(registry), "--as-of", "2026-11-24"]
            return [sys.executable, "-m", "vendorgate", "check", str(MANIFEST), *options]

        def hash_all(registry: Path) -> list[str]:
            return [sys.executable, "-I", "-c", HASH, str(registry / "offerings")]

        seconds = interleaved(
            {
                CHECK_LARGE: process(check(large), 0, 1),
                CHECK_SMALL: process(check(SNAPSHOT), 0, 1),
                HASH_LARGE: process(hash_all(large), 0),
                HASH_SMALL: process(hash_all(SNAPSHOT), 0),
            },
            ROUNDS,
        )
    show(f"a registry of {OFFERINGS:,} offerings, {size / 1e6:.0f} MB", seconds, HASH_LARGE)
    check_more = [a - b for a, b in zip(seconds[CHECK_LARGE], seconds[CHECK_SMALL], strict=True)]
    hash_more = [a - b for a, b in zip(seconds[HASH_LARGE], seconds[HASH_SMALL], strict=True)]
    differences = {"check: what 9,976 more cost": check_more, "hashing: what 9,976 more cost": hash_more}
    show("the differences", differences, "hashing: what 9,976 more cost")
    found = sorted(a / b for a, b in zip(check_more, hash_more, strict=True))[ROUNDS // 2]
    return judged([Limit("9,976 more offerings, check to hashing", found, MOST)])


if __name__ == "__main__":
    sys.exit(main())
