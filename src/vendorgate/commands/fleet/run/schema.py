"""How a run lies on the disk: `run.json`, which is written last, `run.sqlite`, and what else was asked for.

`run.sqlite` has each distinct case once, with its results and reasons; the view `results` has a row for each subject
and policy.
"""

from __future__ import annotations

import re
from typing import Final

ABOUT: Final = "run.json"
DATABASE: Final = "run.sqlite"
ROWS: Final = "results"
"""The folder of the rows, a file a batch."""
OF_ROWS: Final = re.compile(r"[0-9]{6,}\.(jsonl|parquet)")
"""How its files are called."""
TABLES: Final = """
CREATE TABLE policies (
  position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, severity TEXT NOT NULL
);
CREATE TABLE repositories (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  origin TEXT NOT NULL,
  state TEXT NOT NULL,
  commit_id TEXT,
  problem TEXT,
  help TEXT,
  gathered TEXT NOT NULL,
  coded INTEGER NOT NULL,
  manifests INTEGER NOT NULL
);
CREATE TABLE manifests (
  id INTEGER PRIMARY KEY,
  repository TEXT,
  path TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  project TEXT,
  owner TEXT,
  bound INTEGER,
  usages INTEGER NOT NULL,
  problems TEXT NOT NULL
);
CREATE TABLE cases (
  id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, facts TEXT NOT NULL, reasons TEXT NOT NULL
);
CREATE TABLE verdicts (
  case_id INTEGER NOT NULL REFERENCES cases (id),
  policy INTEGER NOT NULL REFERENCES policies (position),
  outcome TEXT NOT NULL,
  severity TEXT NOT NULL,
  blocks INTEGER NOT NULL,
  waiver TEXT,
  PRIMARY KEY (case_id, policy)
) WITHOUT ROWID;
CREATE TABLE subjects (
  id INTEGER PRIMARY KEY,
  manifest INTEGER NOT NULL REFERENCES manifests (id),
  usage TEXT NOT NULL,
  route TEXT NOT NULL,
  offering TEXT NOT NULL,
  account TEXT,
  vendor TEXT,
  line INTEGER,
  case_id INTEGER NOT NULL REFERENCES cases (id)
);
CREATE TABLE notices (
  manifest INTEGER REFERENCES manifests (id),
  case_id INTEGER REFERENCES cases (id),
  id TEXT NOT NULL,
  severity TEXT NOT NULL,
  message TEXT NOT NULL,
  usage TEXT
);
CREATE TABLE drift (
  repository TEXT NOT NULL,
  id TEXT NOT NULL,
  severity TEXT NOT NULL,
  message TEXT NOT NULL,
  path TEXT,
  line INTEGER,
  offering TEXT
);
CREATE TABLE rules (
  position INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  outcome TEXT NOT NULL,
  severity TEXT NOT NULL,
  blocks INTEGER NOT NULL,
  told TEXT NOT NULL
);
CREATE TABLE endings (
  policy INTEGER NOT NULL REFERENCES policies (position),
  kind TEXT NOT NULL CHECK (kind IN ('evidence', 'agreement', 'enforcement')),
  what TEXT NOT NULL,
  offering TEXT,
  until TEXT NOT NULL,
  reference TEXT,
  projects TEXT
);
CREATE VIEW results AS
  SELECT manifests.repository, manifests.path AS manifest, subjects.line, manifests.project, subjects.usage,
    subjects.route, subjects.offering, subjects.account, subjects.vendor, policies.id AS policy, verdicts.outcome,
    verdicts.severity, verdicts.blocks, verdicts.waiver, cases.digest AS "case"
  FROM subjects
  JOIN manifests ON manifests.id = subjects.manifest
  JOIN cases ON cases.id = subjects.case_id
  JOIN verdicts ON verdicts.case_id = subjects.case_id
  JOIN policies ON policies.position = verdicts.policy;
"""
"""`repositories` and `drift` come from a store, and are empty of other rows. `repositories.manifests` is how many one
has: of one of which nobody knows OWNER/NAME, no manifest says that it is of it but by the beginning of its path.
`facts` and `reasons` are JSON, as a `JudgedCase` has them; `problems` a JSON list. A notice without manifest and case
is of the run as a whole.
`rules` are the fleet policies of the bundle, which judge all usages together; `told` is JSON: what each requirement
came to, and why.
`endings` has what will turn results by itself, each by its last day as it is now (YYYY-MM-DD), not before the as-of
day: of an offering of the run the `evidence` that a policy reads (`what` is its dimension), or an `agreement` (its
kind; `projects` is a JSON list of globs, or null for all), because of which results may pass; of a policy (`offering`
is null) the day before its `enforcement`. Of waivers the verdicts say it."""
INDEXES: Final = """
CREATE INDEX subjects_of_case ON subjects (case_id);
CREATE INDEX subjects_of_manifest ON subjects (manifest);
CREATE INDEX manifests_of_repository ON manifests (repository);
CREATE INDEX notices_of_manifest ON notices (manifest);
"""
"""Made when all rows are in."""
