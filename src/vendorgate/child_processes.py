"""Processes of Python that import nothing of the folder in which they are started.

`multiprocessing` starts Python with `-c`, for which the current folder comes before the standard library: whoever may
add a `struct.py` to a repository would have it executed by a command that only reads there. What a process is to
import it is told by the one that starts it, so that nothing is missed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import util
from threading import RLock
from typing import Any, Final

_STARTING: Final = RLock()
_SAFE: Final = "-P" if sys.version_info >= (3, 11) else "-I"
"""Python 3.10 knows only how to leave out its variables and the packages of a user, too."""


@contextmanager
def nothing_of_this_folder() -> Iterator[None]:
    """While it lasts, processes that `multiprocessing` starts import nothing of the current folder by themselves."""
    module: Any = util
    with _STARTING:
        usual: Callable[[], list[str]] = module._args_from_interpreter_flags
        module._args_from_interpreter_flags = lambda: [*usual(), _SAFE]
        try:
            yield
        finally:
            module._args_from_interpreter_flags = usual
