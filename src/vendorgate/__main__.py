"""The way in: `vendorgate` and `python -m vendorgate`."""

from __future__ import annotations

import gc
import os
import sys

from .own_modules import find_own_modules
from .postponed import Postponed, Postponing


def main() -> None:
    """Run the command line and exit with its code.

    A check lives for a tenth of a second and makes no cyclic garbage worth collecting. Without the collector, and
    left without taking the interpreter apart, it starts and ends a sixth faster.
    """
    gc.disable()
    find_own_modules(__package__)
    _import_msgspec()
    from .cli.outlets import closed, open_streams

    reports = open_streams()
    from .cli.run import run

    os._exit(closed(reports, run(sys.argv[1:])))


def _import_msgspec() -> None:
    """Import it without what a check does not need of it; whoever asks for that gets it.

    This is done here, where the process is ours alone, and not where vendorgate is imported into another's.
    """
    parts = (f"msgspec.{part}" for part in ("inspect", "json", "toml", "yaml"))
    with Postponing(*parts), Postponing(*(["platform"] if sys.platform == "linux" else []), kind=_Platform):
        import msgspec  # noqa: F401 so that it is there


class _Platform(Postponed):
    """Python's `platform` on Linux, of which `uuid`, that msgspec imports, asks the name of the system and no more."""

    @staticmethod
    def system() -> str:
        """What it says there, until somebody asks for anything else."""
        return os.uname().sysname


if __name__ == "__main__":
    main()
