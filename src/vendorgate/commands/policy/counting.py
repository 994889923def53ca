"""Policies as a bundle lets them count.

In: a policy and its open bundle. Out: the policy with the entry of `overrides` that counts for it, and its pack.
"""

from __future__ import annotations

from ...model.policy import Policy
from .model import CountedPolicy
from .open_bundle import OpenBundle
from .packs_in_force import pack_of


def counted(policy: Policy, bundle: OpenBundle) -> CountedPolicy:
    """A policy as the bundle lets it count, and what makes it count so."""
    if any(one.policy is policy for one in bundle.bundle.fleet):
        # Overrides and packs are of those that a check asks.
        tests = sum(case.policy is policy for case in bundle.tests)
        return CountedPolicy(policy, policy, is_of_fleet=True, tests_of_fleet=tests)
    overrides, source = bundle.files.settings.overrides, bundle.files.settings_source
    index = bundle.counting.last_fitting(policy.id)
    pack = pack_of(policy, bundle)
    if index is None or source is None:
        return CountedPolicy(policy, policy, pack=pack)
    here = bundle.counting.as_counted(policy) or policy
    return CountedPolicy(here, policy, overrides[index], source.locate(("overrides", index, "policy")), pack)
