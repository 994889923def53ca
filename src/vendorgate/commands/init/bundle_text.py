"""The texts of a new bundle.

In: answers. Out: YAML with comments that say what may follow.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ...rewriting.yaml_text import in_flow, mapping_lines
from .files import modeline


def bundle_text(name: str, packs: Sequence[str], folder: str) -> str:
    """`bundle.yaml`."""
    lines = [
        "version: 1",
        *mapping_lines({"name": name}),
        f"packs: {in_flow([*packs])}  # of the library that comes with vendorgate",
        "fail_on: error  # error | warning | note | never",
        "registry:",
        "  max_evidence_age_days: 365",
        "  min_confidence: low  # low | medium | high",
        "  # sha256: pins a snapshot; `vendorgate registry verify` prints it",
        "# waivers: {max_days: 90, require_ticket: true, forbid_self_approval: true}  # what waivers must keep to",
        "# who has approved all of this, and that it is still what was: vendorgate policy signoff --by NAME --write",
    ]
    return modeline("bundle", folder) + "\n".join(lines) + "\n"


_NO_CREDENTIALS: Final = """version: 1
policies:
  - id: no-credentials
    title: Credentials are never sent to an AI vendor
    require:
      - that: {disjoint: [{var: usage.data}, [credentials]]}
        message: no credentials in prompts, files or context
    remediation: Remove secrets before the call, and declare the data that is left
    references: [CWE-522]
    tags: [credentials]
    tests:
      - name: source code alone
        usage: {offering: openai-api, data: [source_code]}
        expect: pass
      - name: source code with credentials
        usage: {offering: openai-api, data: [source_code, credentials]}
        expect: fail
"""
_NO_BIOMETRICS: Final = """version: 1
policies:
  - id: no-biometrics
    title: Biometric data is never sent to an AI vendor
    require:
      - that: {disjoint: [{var: usage.data}, [biometric]]}
        message: no faces, voices or fingerprints that tell who somebody is
    remediation: Leave out what identifies somebody by the body, and declare the data that is left
    references: [Own policy]
    tags: [biometric]
    tests:
      - name: the name of somebody
        usage: {offering: openai-api, data: [pii]}
        expect: pass
      - name: the face of somebody
        usage: {offering: openai-api, data: [pii, biometric]}
        expect: fail
"""


def own_policy_text(folder: str, packs: Sequence[str]) -> str:
    """A first policy with tests for each of its outcomes; another one where a pack asks the same already."""
    return modeline("policy", folder) + (_NO_BIOMETRICS if "source-code" in packs else _NO_CREDENTIALS)


def register_text(folder: str) -> str:
    """`agreements.yaml`."""
    return (
        modeline("agreements", folder)
        + """version: 1
agreements: []  # what is not listed here is not in force, for instance:
#  - kind: baa  # baa | dpa | zdr | scc | enterprise | nda | soc2_report | residency | other
#    offerings: [openai-api]  # all that this contract covers; with AWS it may be "*-bedrock"
#    status: executed  # executed | pending | terminated
#    signed: 2026-02-11
#    expires: 2027-02-11  # left out: no end
#    reference: LEGAL-482
#    counterparty: OpenAI, L.L.C.  # this and what follows may be left out
#    owner: legal@example.org  # who looks after it on our side
#    document: contracts/openai-baa.pdf  # below this folder, or https://…
#    sha256: …  # of the document: sha256sum contracts/openai-baa.pdf
#    notice_days: 30  # before it ends
#    reviewed: {by: legal@example.org, on: 2026-09-01}  # who last read it, and when
"""
    )
