"""A form with a file in it (RFC 7578), as browsers send it; the same fields and the same file give the same bytes.

In: fields, a file. Out: bytes, and what they are. A field that is null is left out, which is all that a form can say.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

JSON: Final = "application/json"
_PLAIN: Final = "text/plain"
_ENDINGS: Final = {_PLAIN: "txt", "application/gzip": "gz"}
"""By what a file is. JSON goes as text: the versions of before March 2026 take no file that ends with `.json`."""
_OURS: Final = "vendorgate-"
LARGEST: Final = 45 * 1024 * 1024
"""Bytes of a file; where nobody has said otherwise, 50 million are what is taken."""


class Attachment(msgspec.Struct, frozen=True):
    """A file that goes with an evidence. Its name says what content it is of, because a name is all that lists show."""

    digest: str
    """Of what the evidence says, and not of the bytes."""
    data: bytes
    media: str

    @property
    def name(self) -> str:
        return f"{_OURS}{self.digest}.{_ENDINGS[self.media]}"

    def is_ours(self, name: str | None) -> bool:
        """Whether a push has brought a file that is there."""
        return _base(name).startswith(_OURS)

    def is_same(self, name: str | None) -> bool:
        """Whether a file there is of the same content."""
        return re.match(rf"{_OURS}{self.digest}(?![0-9a-f])", _base(name)) is not None


def attached(digest: str, report: bytes) -> Attachment:
    """A report as a file; one that is too large is packed, which not every version takes."""
    if len(report) <= LARGEST:
        return Attachment(digest, report, _PLAIN)
    return Attachment(digest, gzip.compress(report, 6, mtime=0), "application/gzip")


def form(fields: Mapping[str, object], attachment: Attachment) -> tuple[bytes, str]:
    """The bytes of a form, and its type with what parts it."""
    parts = [_part(f'name="{name}"', "", value.encode("utf-8")) for name, value in _texts(fields)]
    file = f'name="attachment"; filename="{attachment.name}"'
    parts.append(_part(file, f"Content-Type: {attachment.media}\r\n", attachment.data))
    boundary = hashlib.sha256(b"\0".join(parts)).hexdigest()
    between = f"--{boundary}\r\n".encode("ascii")
    content = b"".join(between + part for part in parts) + f"--{boundary}--\r\n".encode("ascii")
    return content, f"multipart/form-data; boundary={boundary}"


def _part(disposition: str, headers: str, content: bytes) -> bytes:
    head = f"Content-Disposition: form-data; {disposition}\r\n{headers}\r\n"
    return head.encode("ascii") + content + b"\r\n"


def _texts(fields: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in fields.items():
        if value is not None:
            yield name, str(value)


def _base(name: str | None) -> str:
    """The name of a file, without the folders and the address in front of it."""
    return (name or "").partition("?")[0].rpartition("/")[2]
