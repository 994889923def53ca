"""How git is run on a hostile repository: no hook, filter, external difference or replaced object is followed, and
nothing is fetched.
"""

from __future__ import annotations

import os
from typing import Final

QUIET: Final = (
    *("git", "--no-pager", "--no-replace-objects", "--literal-pathspecs"),
    *("-c", "core.quotepath=off", "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}"),
    *("-c", "protocol.allow=never", "-c", "submodule.recurse=false", "-c", "core.warnAmbiguousRefs=false"),
    *("-c", "advice.graftFileDeprecated=false", "-c", "core.attributesFile=" + os.devnull),
)
"""The settings of the machine and the user stay in force: they say whose repositories are trusted. No command is run
that puts the content of files through filters: of those a repository can name as many as it likes."""
FORCED: Final = {
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
LEFT_OUT: Final = frozenset(
    (
        *("GIT_EXTERNAL_DIFF", "GIT_DIFF_OPTS", "GIT_REPLACE_REF_BASE", "GIT_NAMESPACE", "LANGUAGE"),
        *("GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS", "GIT_LITERAL_PATHSPECS"),
    )
)
"""Of the environment: what would change how objects or paths are read."""
