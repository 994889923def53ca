"""What a registry of 10,000 offerings costs a check over the one that ships, against hashing the same files.

The offerings are copies of those that ship under other ids. Both sides are differences of processor times of whole
processes, interleaved: a check with the large registry less one with the small, and reading and hashing all files of
the one less those of the other.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import msgspec

from cold_check import HERE, MANIFEST, POLICIES, process
from timing import Limit, interleaved, judged, processor, ratio, show
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
CHECK_LARGE, CHECK_SMALL = "check, 10,000 offerings", "check, those that ship"
HASH_LARGE, HASH_SMALL = "read and hash 10,000 files", "read and hash those that ship"
CHECK_MORE, HASH_MORE = "check: what more of them cost", "hashing: what more of them cost"


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
            clock=processor,
        )
    show(f"a registry of {OFFERINGS:,} offerings, {size / 1e6:.0f} MB", seconds, HASH_LARGE)
    check_more = [a - b for a, b in zip(seconds[CHECK_LARGE], seconds[CHECK_SMALL], strict=True)]
    hash_more = [a - b for a, b in zip(seconds[HASH_LARGE], seconds[HASH_SMALL], strict=True)]
    differences = {CHECK_MORE: check_more, HASH_MORE: hash_more}
    show("the differences", differences, HASH_MORE)
    return judged(
        [
            Limit(
                f"{OFFERINGS:,} offerings over those that ship, check to hashing",
                ratio(differences, CHECK_MORE, HASH_MORE),
                MOST,
            )
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
