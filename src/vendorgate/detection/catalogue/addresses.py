"""Addresses: which host a text names, and whether a host fits a pattern.

In: texts from code, with `\\0` where a part is not known. Out: `Address`, and the regions of hosts that fit. Hosts are
compared whole, label by label; what stands before an `@`, in a path or in a query is no host.
"""

from __future__ import annotations

import ipaddress
import re
from typing import Final
from urllib.parse import urlsplit

import msgspec

UNKNOWN_PART: Final = "\0"
_SCHEMES: Final = frozenset({"http", "https", "ws", "wss", "grpc", "grpcs"})
_HOST: Final = re.compile(r"[a-z0-9\0_-]+(?:\.[a-z0-9\0_-]+)*\.?\Z")
_BARE: Final = re.compile(r"[a-z0-9\0_-]+(?:\.[a-z0-9\0_-]+)*\.[a-z]{2,}(?::\d+)?(?:/[^\s]*)?\Z", re.IGNORECASE)
_LONGEST: Final = 2_000
_LOCAL: Final = frozenset({"localhost", "host.docker.internal", "gateway.docker.internal", "host.containers.internal"})
_LOCAL_ENDS: Final = (".localhost", ".local", ".svc", ".svc.cluster.local", ".internal", ".lan", ".home.arpa", ".test")
_REGION: Final = "{region}"


class Address(msgspec.Struct, frozen=True):
    """What a text says of where something is."""

    host: str
    """In small letters; `\\0` stands for what is not known."""
    path: str = ""
    port: int | None = None
    has_scheme: bool = False

    @property
    def is_local(self) -> bool:
        """Whether it is this machine or a network of one's own."""
        if self.host in _LOCAL or self.host.endswith(_LOCAL_ENDS):
            return True
        try:
            found = ipaddress.ip_address(self.host)
        except ValueError:
            return self.has_scheme and "." not in self.host and UNKNOWN_PART not in self.host
        return found.is_private or found.is_loopback or found.is_unspecified or found.is_link_local


def address_of(text: str) -> Address | None:
    """The address that a text is; None where it is none."""
    stripped = text.strip()
    if not stripped or len(stripped) > _LONGEST or "\\" in stripped:
        return None
    if "://" in stripped:
        return _parsed(stripped, has_scheme=True)
    return _parsed(f"//{stripped}", has_scheme=False) if _BARE.match(stripped) else None


def _parsed(text: str, *, has_scheme: bool) -> Address | None:
    try:
        found = urlsplit(text)
        host, port = (found.hostname or "").rstrip("."), found.port
    except ValueError:
        return None
    if has_scheme and found.scheme.lower() not in _SCHEMES:
        return None
    is_address = ":" in host  # of version 6
    return Address(host, found.path, port, has_scheme) if is_address or _HOST.match(host) else None


class Pattern(msgspec.Struct, frozen=True):
    """One host as signatures have it: exact, with `*.` before it, or with `{region}` in a label; perhaps with a
    path."""

    labels: tuple[str, ...]
    path: str
    provider: str
    region: str | None = None


def pattern_of(written: str, provider: str, region: str | None = None) -> Pattern:
    """The pattern that a text of a signature is."""
    host, slash, path = written.partition("/")
    return Pattern(tuple(host.lower().split(".")), f"/{path}".rstrip("/") if slash else "", provider, region)


def region_in(pattern: Pattern, address: Address) -> str | bool | None:
    """False where the address does not fit; else the region that the host names, None where it names none."""
    if pattern.path and not _below(address.path, pattern.path):
        return False
    wanted, labels = pattern.labels, tuple(address.host.split("."))
    if wanted[0] == "*":
        if len(labels) < len(wanted):
            return False
        wanted, labels = wanted[1:], labels[len(labels) - len(wanted) + 1 :]
    if len(labels) != len(wanted):
        return False
    region = pattern.region
    for one, label in zip(wanted, labels, strict=True):
        if _REGION in one:
            before, _, after = one.partition(_REGION)
            if not (label.startswith(before) and label.endswith(after) and len(label) > len(before) + len(after)):
                return False
            found = label[len(before) : len(label) - len(after) if after else None]
            region = None if UNKNOWN_PART in found else found
        elif one != label:
            return False
    return region


def _below(path: str, prefix: str) -> bool:
    """Whether a path begins as a pattern says, segment by segment; `*` is any one."""
    wanted, segments = prefix.split("/"), path.split("/")
    return len(segments) >= len(wanted) and all(
        one in {"*", segment} for one, segment in zip(wanted, segments[: len(wanted)], strict=True)
    )
