"""Rules that tables of usages are judged by, and both ways of judging such a table: as the registry is, and as it
will be once all its pages have been read again.

In: rows (usage, rule, outcome) by a sentence. Out: outcomes by sentence and rule.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from tests.registry.shipped import AS_OF, Part, as_if_read, outcomes

Rows = Mapping[str, tuple[Part, str, str]]
Judged = Mapping[tuple[str, str], str]
_DAY: Final = re.compile(r"^(    verified: )\d{4}-\d\d-\d\d$", re.MULTILINE)


def fact(dimension: str, name: str, value: object) -> Part:
    return {"==": [{"var": f"registry.{dimension}.facts.{name}"}, value]}


RULES: Final[Mapping[str, Part]] = {
    "training": {"covered": "training_on_customer_data"},
    "retention": {"covered": "retention_zdr"},
    "residency": {"covered": "data_residency"},
    "baa": {"covered": "hipaa_baa"},
    "dpa": {"covered": "gdpr_dpa"},
    "trust": {"covered": "trust_center"},
    "code": {"covered": "gpai_cop"},
    "summary": {"covered": "art53_summary"},
    "audited": {"documented": "soc2_type2"},
    "iso": {"documented": "iso_27001"},
    "report": {"covered": "soc2_type2"},
    "certificate": {"covered": "iso_27001"},
    "available": {"==": [{"var": "usage.lifecycle"}, "ga"]},
    "no batches": {"disjoint": [{"var": "usage.features"}, ["batch_processing"]]},
    "no tuning": {"disjoint": [{"var": "usage.features"}, ["fine_tuning"]]},
    "no images": {"disjoint": [{"var": "usage.features"}, ["image_generation"]]},
    "no deployments": {"disjoint": [{"var": "usage.features"}, ["deployments"]]},
    "in a region": {"==": [{"var": "usage.settings.inference_profile"}, "in_region"]},
    "no gateway": {"disjoint": [{"var": "usage.features"}, ["model_gateway"]]},
    "managed": {"documented": "iso_42001"},
    "nothing kept": {"<=": [{"var": "registry.retention_zdr.facts.retention_days"}, 0]},
    "kept for a month": {"<=": [{"var": "registry.retention_zdr.facts.retention_days"}, 30]},
    "cleared by itself": {"==": [{"var": "registry.retention_zdr.default"}, "enabled"]},
    "configured": {"==": [{"var": "registry.data_residency.default"}, "requires_config"]},
    "for whoever pays": {"==": [{"var": "registry.training_on_customer_data.tier"}, "self_serve"]},
    "pii is barred": fact("hipaa_baa", "personal_data_allowed", False),
    "subprocessors are told": {">=": [{"var": "registry.gdpr_dpa.facts.subprocessor_notice_days"}, 14]},
    "a Dutch contract": fact("gdpr_dpa", "headquarters_country", "nl"),
    "no regional services": fact("data_residency", "regional_services", False),
    "the router keeps nothing": fact("retention_zdr", "router_retention_days", 0),
}


def usage(offering: str, endpoint: str | None, model: str | None, **more: Any) -> dict[str, Any]:
    names = {"endpoints": [endpoint] if endpoint else None, "models": [model] if model else None}
    return {"offering": offering, **{key: value for key, value in names.items() if value}, **more}


def with_settings(usage: Part, **settings: object) -> Part:
    """The usage with more settings, or with others."""
    return {**usage, "settings": {**usage.get("settings", {}), **settings}}


def without(usage: Part, setting: str) -> Part:
    """The usage that says nothing of a setting."""
    return {**usage, "settings": {name: value for name, value in usage["settings"].items() if name != setting}}


def judge(folder: Path, rows: Rows) -> Judged:
    """The rows by the registry that ships."""
    return outcomes(folder, {name: row[0] for name, row in rows.items()}, _asked(rows))


def judge_if_read(folder: Path, rows: Rows) -> Judged:
    """The rows by the registry as it will be once every cell has been read on one day: what scopes and conditions say
    must hold then, too."""
    registry = as_if_read(folder / "read", sorted({row[0]["offering"] for row in rows.values()}))
    for path in (registry / "offerings").glob("*.yaml"):
        path.write_text(_DAY.sub(rf"\g<1>{AS_OF}", path.read_text(encoding="utf-8")), encoding="utf-8")
    return outcomes(folder, {name: row[0] for name, row in rows.items()}, _asked(rows), registry)


def seen(*tables: Rows) -> tuple[tuple[str, str], ...]:
    """Which offering is seen to come to what."""
    return tuple((usage["offering"], outcome) for rows in tables for usage, _, outcome in rows.values())


def _asked(rows: Rows) -> dict[str, Part]:
    return {rule: RULES[rule] for _, rule, _ in rows.values()}
