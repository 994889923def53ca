"""What an archive of texts says of the cast's snapshot, its documents with hostile names and texts."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from tests.command import vendorgate
from tests.commands.registry.archive import Archive, declare
from tests.golden.reviewed import HOSTILE

_CAST: Final = Path(__file__).parent / "cast" / "registry"
_SERVICE: Final = "Alpha <b>|`tick`\x1b[31m\u202e"
_TERMS: Final = f"{_SERVICE}/Terms of Service.md"
_PRIVACY: Final = f"{_SERVICE}/Privacy Policy.md"
_OLD: Final = "Terms\n=====\n\nUpdated July 1, 2026\n\nWe sign a BAA on request. We keep logs for 30 days.\n"


def watch(*more: str) -> str:
    """The report on an archive that is made for it; the same bytes on every machine."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder) / "versions")
        _declare(Path(folder))
        archive.record("2026-07-01", {_TERMS: _OLD, _PRIVACY: "# Privacy\n\nWe read [nothing](https://a.example/1).\n"})
        archive.record("2026-08-01", {_PRIVACY: "Privacy\n===\n\n**We** read [nothing](https://a.example/2).\n"})
        late = {"Beta/Trust.md": "SOC 2 report on request.\n", "Gamma/BAA.md": "Gone soon.\n"}
        archive.record("2026-08-01", late)
        archive.record("2026-09-01", {_TERMS: _OLD.replace("July", "August").replace("30 days", f"60 days {HOSTILE}")})
        archive.record("2026-10-01", {"Gamma/BAA.md": None})
        declared = ("--declarations", "declared", "--registry", str(_CAST))
        return vendorgate("registry", "watch", "versions", *declared, *more, folder=Path(folder)).stdout


def _declare(folder: Path) -> None:
    pages = {
        "Terms of Service": {"combine": [{"fetch": "https://alpha.example/hipaa"}, {"fetch": "https://a.example/|"}]},
        "Privacy Policy": {"fetch": "https://alpha.example/iso"},
    }
    declare(folder / "declared", _SERVICE, pages)
    declare(folder / "declared", "Beta", {"Trust": {"fetch": "https://beta.example/soc2"}})
    declare(folder / "declared", "Gamma", {"BAA": {"fetch": "https://gamma.example/hipaa"}})
