"""What the page on observing shows: `python -m tests.commands.observe.page` writes what is printed now into it."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from tests.commands.observe.bundles import asked, bundle, observe, write
from tests.documents import block, page
from vendorgate.commands.observe.model import Reader
from vendorgate.commands.observe.readers.table import OFFERINGS, reader_of

FILE: Final = page("docs/how-to/observe.md")
_ACCOUNT: Final = ("openai-api", "--account", "eu-prod")
_FILED: Final = "policies/observations/openai-api-eu-prod.yaml"
_READERS: Final = re.compile(r"(<!-- readers -->\n).*?(<!-- /readers -->)", re.DOTALL)


def _looked(folder: Path) -> str:
    """What is printed of a project that keeps data now."""
    with asked() as server:
        server.tell("GET /v1/organization/projects/proj_eu/data_retention", {"type": "none"})
        return f"$ vendorgate observe openai-api --account eu-prod\n{observe(folder, *_ACCOUNT).stdout}"


def _filed(folder: Path) -> str:
    """What is filed of a project whose retention nobody may ask for; the digest is of what loopback was asked."""
    with asked() as server:
        server.tell("GET /v1/organization/projects/proj_eu/data_retention", 403)
        assert observe(folder, *_ACCOUNT, "--yes").code == 0
        text = (folder / _FILED).read_text("utf-8").replace(server.url, "")
    head = block("yaml before").splitlines()[0]
    return f"{head}\n" + re.sub('sha256: "?[0-9a-f]{64}"?', "sha256: …", text.partition("\n")[2])


SHOWN: Final[Mapping[str, Callable[[Path], str]]] = {"text asked": _looked, "yaml observed": _filed}
"""By the kind of a fence: what prints it, in a folder with the bundle that the page shows."""


def printed(kind: str) -> str:
    """What a fence is to show."""
    with tempfile.TemporaryDirectory() as folder:
        bundle(Path(folder), {"accounts.yaml": block("yaml accounts")})
        write(Path(folder), {_FILED: block("yaml before")})
        return SHOWN[kind](Path(folder))


def readers() -> str:
    """The table of who is read, by whom, and with what."""
    return "\n".join(_table()) + "\n"


def _table() -> Iterator[str]:
    found: dict[str, Reader] = {}
    for offering in OFFERINGS:
        reader = reader_of(offering)
        assert reader is not None
        found[reader.vendor] = reader
    yield "| vendor, offerings | what it can tell | `accounts.yaml` | credentials | the least that they need |"
    yield "|---|---|---|---|---|"
    for name, reader in sorted(found.items()):
        offerings = _words(sorted(reader.offerings))
        ids = "; ".join(
            words
            for words in (
                f"needs {_words(reader.needs)}" if reader.needs else "",
                f"may have {_words(reader.takes)}" if reader.takes else "",
            )
            if words
        )
        credentials = "; or ".join(" and ".join(f"`{one}`" for one in names) for names in reader.credentials)
        yield f"| {name}: {offerings} | {_words(reader.tells)} | {ids} | {credentials} | {reader.privilege} |"


def _words(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


if __name__ == "__main__":
    text = _READERS.sub(lambda found: f"{found[1]}\n{readers()}\n{found[2]}", FILE.read_text(encoding="utf-8"))
    for kind in SHOWN:
        shown = f"```{kind}\n{printed(kind)}```"
        text = re.sub(rf"```{kind}\n.*?```", lambda _, shown=shown: shown, text, flags=re.DOTALL)  # type: ignore[misc]
    FILE.write_text(text, encoding="utf-8")
