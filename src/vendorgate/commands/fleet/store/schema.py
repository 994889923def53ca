"""How a store lies on the disk: `store.sqlite` in its folder.

Every repository that was asked for has a row, also one that could not be read. The bytes of each manifest are kept
once, by their SHA-256, and beside them what a reader of that version made of them.
"""

from __future__ import annotations

from typing import Final

FILE: Final = "store.sqlite"
SCHEMA: Final = "vendorgate.fleet-store/1"
"""What `about` says of `schema`."""
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
  coded INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE manifests (
  repository TEXT NOT NULL REFERENCES repositories (name) ON DELETE CASCADE,
  path TEXT NOT NULL,
  sha256 TEXT NOT NULL REFERENCES contents (sha256),
  PRIMARY KEY (repository, path)
) WITHOUT ROWID;
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
CREATE TABLE drift (
  repository TEXT NOT NULL REFERENCES repositories (name) ON DELETE CASCADE,
  id TEXT NOT NULL,
  severity TEXT NOT NULL,
  message TEXT NOT NULL,
  path TEXT,
  line INTEGER,
  offering TEXT
);
"""
"""`coded`: whether its code was looked into. `reader`: the version of vendorgate that read the bytes; `written`,
`lines` and `problems` are those of a `Row`; `seal` is the SHA-256 over them, the reader and the bytes' own digest."""
