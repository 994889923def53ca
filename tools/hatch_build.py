"""What hatchling asks when it builds the wheel: what the YAML that ships says, read beforehand.

In: `policies/` and `registry-snapshot/`. Out: `content/parsed.msgpack` in the wheel, the same bytes for the same
files. An editable install reads its files each time, as a checkout does.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ParsedContent(BuildHookInterface[Any]):
    """Reads what ships by the reader that ships."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the file to a wheel."""
        if version == "editable":
            return
        root = Path(self.root)
        sys.path[:0] = [self.root, str(root / "src")]
        from tools.parsed_content import parsed_content

        self._folder = tempfile.mkdtemp()
        written = Path(self._folder) / "parsed.msgpack"
        written.write_bytes(parsed_content(root))
        build_data["force_include"][str(written)] = "vendorgate/content/parsed.msgpack"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Take away what was written beside the tree."""
        if version != "editable":
            shutil.rmtree(self._folder)
