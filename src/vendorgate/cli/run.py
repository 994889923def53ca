"""The program on one page: read the arguments, run a command, turn every way that it can end into an exit code.

In: arguments. Out: an exit code (0 nothing blocks, 1 something blocks, 2 not checked, 3 a fault of ours,
130 interrupted).
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from ..errors import VendorgateError
from ..version import VERSION

INTERRUPTED: Final = 130
FAULT: Final = 3


def run(arguments: Sequence[str]) -> int:
    """Run the command line and give its exit code; nothing that it meets ends in a traceback without `--debug`."""
    _speak_utf8()
    try:
        return _run(list(arguments))
    except VendorgateError as error:
        from ..frame.problems import show_problems

        show_problems(error.problems, sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 the last line of defence: a fault of ours is named and asked for
        return _fault(error, debug=_wants_debug(arguments))
    finally:
        _clear()


def _run(arguments: list[str]) -> int:
    if arguments[:1] == ["check"]:
        from ..commands.check.plain import read_plain

        request = read_plain(arguments)
        if request is not None:
            from ..commands.check.request import check

            return check(request)
    from .commands import dispatch

    return dispatch(arguments, run)


def _clear() -> None:
    """Remove what was unpacked for this run alone, where anything could have been."""
    if f"{__package__.partition('.')[0]}.remote.scratch" in sys.modules:
        from ..remote.scratch import clear  # most runs unpack nothing

        clear()


def _wants_debug(arguments: Sequence[str]) -> bool:
    """Whether `--debug` stands anywhere among the options."""
    return "--debug" in takewhile(lambda word: word != "--", arguments)


def _speak_utf8() -> None:
    """The same bytes in every locale; what has no encoding is written as its code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _fault(error: Exception, *, debug: bool) -> int:
    if debug:
        import traceback

        traceback.print_exc()
    sys.stderr.write(
        f"vendorgate {VERSION} has a fault: {type(error).__name__}. Nothing was judged.\n"
        "Please report it with the inputs and the output of the same command with --debug: "
        "https://github.com/vendorgate/vendorgate/issues\n"
    )
    return FAULT
