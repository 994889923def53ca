"""What there is a published schema of: the files that are read, and the documents that are written.

In: the name of a kind. Out: its model. A command's document is known by its place alone and imported when it is asked
for, as the command is.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Final

KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "manifest": ("model.manifest", "ManifestFile"),
    "bundle": ("model.policy", "BundleFile"),
    "policy": ("model.policy_file", "PolicyFile"),
    "tests": ("model.written_tests", "FiledTests"),
    "fleet-policies": ("model.fleet_policy", "FleetPoliciesFile"),
    "agreements": ("model.agreement", "AgreementsFile"),
    "waivers": ("model.waiver", "WaiversFile"),
    "observation": ("model.observation", "ObservationFile"),
    "accounts": ("model.observation", "AccountsFile"),
    "lock": ("model.lock", "LockFile"),
    "offering": ("model.registry", "ListedOfferingFile"),
    "own-offering": ("model.overlay", "OwnOfferingFile"),
    "offering-extension": ("model.overlay", "ExtensionFile"),
    "snapshot": ("model.registry", "SnapshotFile"),
    "index": ("model.index", "IndexFile"),
    "inventory-view": ("inventory.view_file", "ViewFile"),
    "correction": ("model.correction", "CorrectionFile"),
    "report": ("report.json", "Report"),
    "fleet-diff": ("commands.fleet.diff.document", "FleetDiff"),
    "fleet-policy": ("commands.fleet.policy.document", "FleetPolicies"),
    "evidence": ("archive.document", "EvidenceManifest"),
    "evidence-cells": ("report.cited_cells", "CitedCells"),
    "evidence-series": ("commands.evidence.series_document", "EvidenceSeriesReport"),
    "problems": ("report.diagnostics.json", "ProblemsReport"),
    "review": ("commands.review.document", "ReviewReport"),
    "impact": ("commands.impact.document", "ImpactReport"),
    "verify": ("commands.verify.document", "VerifyReport"),
    "waiver-list": ("commands.waiver.document", "WaiversReport"),
    "agreements-list": ("commands.agreements.list_document", "AgreementsList"),
    "agreements-check": ("commands.agreements.check_document", "AgreementsCheck"),
    "agreements-report": ("commands.agreements.report_document", "AgreementsReport"),
    "plan": ("commands.plan.document", "PlanReport"),
    "observe": ("commands.observe.document", "ObserveReport"),
    "fleet-gather": ("commands.fleet.gather.document", "FleetGather"),
    "fleet-run": ("commands.fleet.run.document", "FleetRun"),
    "push": ("commands.push.document", "PushReport"),
    "inventory": ("inventory.document", "InventoryReport"),
    "inventory-diff": ("commands.inventory.diff_document", "InventoryDiff"),
    "repair": ("commands.repair.document", "RepairReport"),
    "alternatives": ("commands.repair.document", "AlternativesReport"),
    "detect": ("commands.detect.document", "DetectReport"),
    "policy-lint": ("commands.policy.lint_document", "PolicyLint"),
    "policy-test": ("commands.policy.tests_document", "PolicyTests"),
    "policy-controls": ("commands.policy.controls_document", "PolicyControls"),
    "policies": ("commands.policy.document", "Policies"),
    "registry-list": ("commands.registry.document", "RegistryList"),
    "registry-show": ("commands.registry.document", "RegistryShow"),
    "registry-compare": ("commands.registry.comparing_document", "RegistryCompare"),
    "registry-question": ("commands.registry.comparing_document", "RegistryQuestion"),
    "registry-watch-outs": ("commands.registry.document", "RegistryWatchOuts"),
    "registry-search": ("commands.registry.document", "RegistrySearch"),
    "registry-verify": ("commands.registry.verify_document", "RegistryVerification"),
    "registry-due": ("commands.registry.due.document", "RegistryDue"),
    "registry-watch": ("commands.registry.watch.document", "RegistryWatch"),
    "registry-diff": ("commands.registry.diff_document", "RegistryDiff"),
    "registry-site": ("commands.registry.site.document", "RegistrySite"),
}
"""By kind: the module below `vendorgate`, and the name of the model in it."""


def model_of(kind: str) -> type:
    """The model of a kind."""
    module, name = KINDS[kind]
    found = getattr(import_module(f"..{module}", __package__), name)
    assert isinstance(found, type)
    return found
