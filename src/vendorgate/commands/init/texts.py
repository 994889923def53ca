"""The texts that `vendorgate init` writes.

In: answers. Out: YAML with a modeline for editors and comments that say what may follow.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from ...model.registry import Offering

_MANY = 8


def _modeline(kind: str, up: int = 0) -> str:
    return f"# yaml-language-server: $schema={'../' * up}.vendorgate/{kind}.schema.json\n"


def _quoted(text: str) -> str:
    """JSON is YAML; so no answer can be read as anything but a text."""
    return json.dumps(text, ensure_ascii=False)


def _listed(words: Iterable[str]) -> str:
    found = list(words)
    more = ", …" if len(found) > _MANY else ""
    return ", ".join(found[:_MANY]) + more


def manifest_text(project: str, owner: str | None, usage: str, offering: Offering, data: Sequence[str]) -> str:
    """A manifest of one usage; what its offering's commitments depend on is named."""
    written = offering.written
    lines = [
        "version: 1",
        f"project: {_quoted(project)}",
        f"owner: {_quoted(owner)}" if owner else "# owner: who answers for it",
        "usages:",
        f"  - id: {_quoted(usage)}",
        "    # purpose: what it is used for",
        f"    offering: {offering.id}",
        f"    data: [{', '.join(data)}]",
        "    # What is left out below is unknown, and unknown is never a pass.",
        f"    # endpoints: []  # as the registry names them: {_listed(written.endpoints or ('any',))}",
        "    # models: []",
        "    # subjects: []  # where the people behind the data are: de, us, eu, …",
        "    # region: eu  # the place that the account is pinned to",
        f"    # features: []  # vendor features switched on: {_listed(written.features or ('any',))}",
        "    # settings:  # how the account is configured; commitments of this offering depend on",
        *(f"    #   {name}:" for name in sorted(offering.settings_read)),
        "    # agreements: []  # claims: baa, dpa, zdr, scc, …",
        "    # environment: production  # or staging, development",
        "    # fallbacks: []  # other offerings that this traffic may take",
    ]
    return _modeline("manifest") + "\n".join(lines) + "\n"


def bundle_text(name: str, packs: Sequence[str]) -> str:
    """`bundle.yaml`."""
    lines = [
        "version: 1",
        f"name: {_quoted(name)}",
        f"packs: [{', '.join(packs)}]  # of the library that comes with vendorgate",
        "fail_on: error  # error | warning | note | never",
        "registry:",
        "  max_evidence_age_days: 365",
        "  min_confidence: low  # low | medium | high",
        "  # sha256: pins a snapshot; `vendorgate registry verify` prints it",
        "# waivers: {max_days: 90, require_ticket: true, forbid_self_approval: true}  # what waivers must keep to",
    ]
    return _modeline("bundle", 1) + "\n".join(lines) + "\n"


def own_policy_text() -> str:
    """A first policy with tests for each of its outcomes."""
    return (
        _modeline("policy", 2)
        + """version: 1
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
    )


def register_text() -> str:
    """`agreements.yaml`."""
    return (
        _modeline("agreements", 1)
        + """version: 1
agreements: []  # what is not listed here is not in force, for instance:
#  - kind: baa  # baa | dpa | zdr | scc | enterprise | nda | soc2_report | residency | other
#    offerings: ["openai-api", "*-bedrock"]
#    status: executed  # executed | pending | terminated
#    signed: 2026-02-11
#    expires: 2027-02-11  # left out: no end
#    reference: LEGAL-482
"""
    )
