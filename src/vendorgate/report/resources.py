"""What was judged and by what, as other formats name and date it: URIs (RFC 3986) and times (RFC 3339).

In: an evaluation, paths, days. Out: texts that hold no character which a URI or a time does not have.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import quote

from ..model.evaluation import Evaluation

HOME: Final = "https://vendorgate.dev"
"""What our own names of levels, fields and properties begin with."""
TIME: Final = "the day that was judged by, at 00:00 UTC; no clock is read"
"""What is said of every time that a format asks for."""
_URN: Final = "urn:vendorgate"
_SAFE: Final = "/-._~!$&'()*+,;=:@"
_ADDRESS: Final = re.compile(
    r"(?P<host>https?://(?:[A-Za-z0-9-]+\.)*[A-Za-z0-9-]+(?::[0-9]{1,5})?)(?P<path>(?:[/?#].*)?)"
)
_KEPT: Final = _SAFE + "?%"
_HALF: Final = re.compile("%(?![0-9A-Fa-f]{2})")


def instant(day: datetime.date) -> str:
    """A day as a time: its beginning."""
    return f"{day.isoformat()}T00:00:00Z"


def end_of(day: datetime.date) -> str:
    """The last second of a day, for what counts through it."""
    return f"{day.isoformat()}T23:59:59Z"


def urn(kind: str, name: str) -> str:
    """A name of ours as a URI."""
    return f"{_URN}:{kind}:{quoted(name)}"


def quoted(text: str) -> str:
    """Percent-encoded; bytes of a name that are not UTF-8 stay those bytes."""
    return quote(text, safe=_SAFE, errors="surrogatepass")


def web_address(text: str | None) -> str | None:
    """An address of the web as a URI; None of what is none: a script, a local file, words."""
    found = None if text is None else _ADDRESS.fullmatch(text.strip())
    if found is None:
        return None
    path, mark, fragment = _HALF.sub("%25", found["path"]).partition("#")
    tail = quote(fragment, safe=_KEPT, errors="surrogatepass")
    return f"{found['host']}{quote(path, safe=_KEPT, errors='surrogatepass')}{mark}{tail}"


def bundle_uri(evaluation: Evaluation) -> str:
    """Where the policies are kept, pinned; else their digest."""
    bundle = evaluation.bundle
    if bundle.address is None:
        return urn("bundle", f"sha256:{bundle.sha256}")
    before, mark, after = bundle.address.partition("#")
    return f"{quoted(before)}{mark}{quoted(after)}"


def registry_uri(evaluation: Evaluation) -> str:
    """The snapshot of the registry, by its digest."""
    return urn("registry", f"sha256:{evaluation.snapshot.sha256}")


def judged_uri(evaluation: Evaluation) -> str:
    """What was judged: the repository, else the only project, else the manifests by their digest."""
    if evaluation.repository.name is not None:
        return urn("repository", evaluation.repository.name)
    projects = {manifest.project for manifest in evaluation.manifests}
    if len(projects) == 1:
        return urn("project", projects.pop())
    files = ((manifest.source.path, manifest.sha256) for manifest in evaluation.manifests)
    return urn("manifests", f"sha256:{listed_digest(files)}")


def listed_digest(files: Iterable[tuple[str, str]]) -> str:
    """One SHA-256 for files with theirs, made as that of a bundle is."""
    lines = sorted(f"{value}  {path}\n".encode("utf-8", "surrogatepass") for path, value in files)
    return hashlib.sha256(b"".join(lines)).hexdigest()
