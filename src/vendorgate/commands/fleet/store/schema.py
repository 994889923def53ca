"""How a store lies on the disk: `store.sqlite` in its folder.

Every repository that was asked for has a row, also one that could not be read. The bytes of each manifest are kept
once, by their SHA-256, and beside them what a reader of that version made of them. Everything that a check reads has a
seal, so that what is damaged is found where it is read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final, Union

import msgspec

FILE: Final = "store.sqlite"
SCHEMA: Final = "vendorgate.fleet-store/1"
"""What `about` says of `schema`."""
SUM: Final = "repositories"
"""What `about` says it by: the sum of the seals of all repositories modulo 2^256, by which one more or less is seen."""
TABLES: Final = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE repositories (
  name TEXT PRIMARY KEY,
  origin TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('gathered', 'error')),
  commit_id TEXT,
  problem TEXT,
  help TEXT,
  gathered TEXT NOT NULL,
  coded TEXT NOT NULL DEFAULT '',
  reader TEXT NOT NULL DEFAULT '',
  manifests INTEGER NOT NULL DEFAULT 0,
  found TEXT NOT NULL,
  seal TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE manifests (
  repository TEXT NOT NULL REFERENCES repositories (name) ON DELETE CASCADE,
  path TEXT NOT NULL,
  sha256 TEXT REFERENCES contents (sha256),
  problems TEXT NOT NULL DEFAULT '[]',
  PRIMARY KEY (repository, path)
) WITHOUT ROWID;
CREATE INDEX manifests_of_content ON manifests (sha256);
CREATE TABLE contents (sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL);
CREATE TABLE readings (
  sha256 TEXT NOT NULL REFERENCES contents (sha256) ON DELETE CASCADE,
  reader TEXT NOT NULL,
  written BLOB NOT NULL,
  lines TEXT NOT NULL,
  problems TEXT NOT NULL,
  seal TEXT NOT NULL,
  PRIMARY KEY (sha256, reader)
);
CREATE TABLE detections (
  repository TEXT PRIMARY KEY REFERENCES repositories (name) ON DELETE CASCADE,
  key TEXT NOT NULL,
  found BLOB NOT NULL,
  seal TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE drift (
  repository TEXT NOT NULL REFERENCES repositories (name) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  severity TEXT NOT NULL,
  message TEXT NOT NULL,
  path TEXT,
  line INTEGER,
  offering TEXT,
  PRIMARY KEY (repository, position)
) WITHOUT ROWID;
"""
"""`commit_id`: the commit of which the manifests are; of a repository in error it is the last one that was read, and
its manifests are not rows of the store until it can be asked again. `coded`: empty where nobody looked into the code,
else what looked: the digests of what judges, the version, the day. `reader`: the version of vendorgate that read the
tree, or the bytes; `written`, `lines` and `problems` are those of a `Row`. `found` is the digest of the manifests and
the drift of a repository. `detections`: what its code uses, so that the next gather need not look again; `key` says of
which commit, and by what it was seen. `seal` that of a row with its `found`, or with its bytes' own digest."""

Sealed = Union[str, int, bytes, None]


def sealed(values: Iterable[Sealed]) -> str:
    """SHA-256 over values, each with its kind and length, in hexadecimal."""
    return hashlib.sha256(msgspec.msgpack.encode(tuple(values))).hexdigest()


def summed(seals: Iterable[str]) -> str:
    """The sum of seals, whatever their order."""
    return as_sum(sum(int(seal, 16) for seal in seals))


def as_sum(number: int) -> str:
    """A sum as `about` says it."""
    return f"{number % 2**256:064x}"
