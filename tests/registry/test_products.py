"""Finished services for people, as the shipped registry has them: what passes, what fails, what nobody can tell, and
the nearest wrong reading of each.

Pages of several products had no day; what is written about them is tried in a registry in which every cell has one.
"""

from __future__ import annotations

from typing import Final

import pytest

from tests.registry.shipped import Part
from tests.registry.tables import Judged, with_settings, without

RULES: Final[dict[str, Part]] = {
    "audited": {"documented": "soc2_type2"},
    "certified": {"covered": "iso_27001"},
    "portal": {"covered": "trust_center"},
    "baa": {"covered": "hipaa_baa"},
    "dpa": {"covered": "gdpr_dpa"},
    "training": {"covered": "training_on_customer_data"},
    "retention": {"covered": "retention_zdr"},
    "residency": {"covered": "data_residency"},
    "code": {"covered": "gpai_cop"},
    "summary": {"covered": "art53_summary"},
    "kept for a month": {"<=": [{"var": "registry.retention_zdr.facts.retention_days"}, 30]},
    "nobody reads along": {"==": [{"var": "registry.training_on_customer_data.facts.human_review"}, False]},
}


CHATGPT: Final = {"offering": "chatgpt-enterprise", "tier": "enterprise", "endpoints": ["workspace chat"]}
CHATGPT_BAA: Final = {**CHATGPT, "agreements": ["baa"], "settings": {"plan": "healthcare"}}
CHATGPT_EU: Final = {**CHATGPT, "region": "eu", "settings": {"plan": "enterprise", "workspace_region": "eu"}}
CLAUDE_CODE: Final = {
    "offering": "claude-code",
    "endpoints": ["terminal local session"],
    "models": ["claude-opus-5"],
    "settings": {"plan": "enterprise", "api_provider": "anthropic", "data_sharing": False},
}
CLAUDE_CODE_ZDR: Final = {
    **with_settings(CLAUDE_CODE, zero_data_retention=True, force_login_zdr_organization=True),
    "tier": "enterprise",
    "agreements": ["zdr"],
}
CLAUDE_CODE_BAA: Final = {**CLAUDE_CODE_ZDR, "agreements": ["baa", "zdr"]}
CLAUDE_CODE_HIPAA: Final = {
    **with_settings(CLAUDE_CODE, hipaa_configuration=True),
    "tier": "enterprise",
    "agreements": ["baa"],
}
CLAUDE_TEAM: Final = {
    "offering": "claude-for-work",
    "endpoints": ["chat"],
    "models": ["claude-opus-5"],
    "settings": {"plan": "team", "data_sharing": False},
}
CLAUDE_HIPAA: Final = {
    **with_settings(CLAUDE_TEAM, plan="enterprise", hipaa_configuration=True),
    "tier": "enterprise",
    "agreements": ["baa"],
}
CURSOR: Final = {"offering": "cursor", "endpoints": ["agent"], "settings": {"privacy_mode": True}}
CURSOR_LEGACY: Final = with_settings(CURSOR, privacy_mode_legacy=True)
COPILOT: Final = {
    "offering": "github-copilot-business",
    "endpoints": ["chat in IDE"],
    "settings": {"plan": "business", "github_customer_agreement": True},
}
COPILOT_EU: Final = {
    **with_settings(COPILOT, data_residency="eu", restrict_copilot_to_data_residency_compliant_models=True),
    "tier": "enterprise",
    "region": "eu",
    "models": ["GPT-5.5"],
}
COPILOT_US: Final = {**with_settings(COPILOT_EU, data_residency="us"), "region": "us", "models": ["gpt-4.1"]}
WORKSPACE: Final = {
    "offering": "google-workspace-gemini",
    "endpoints": ["gemini app"],
    "settings": {"account_type": "workspace"},
}
WORKSPACE_BAA: Final = {**WORKSPACE, "agreements": ["baa"]}
OFFICE: Final = {
    "offering": "microsoft-365-copilot",
    "tier": "enterprise",
    "endpoints": ["copilot in apps"],
    "settings": {"allow_web_search_in_copilot": False, "anthropic_subprocessor": False},
}
OFFICE_BAA: Final = {**OFFICE, "agreements": ["baa"]}
OFFICE_EU: Final = {**with_settings(OFFICE, flex_routing=False), "region": "eu"}
NOTION: Final = {
    "offering": "notion-ai",
    "tier": "enterprise",
    "endpoints": ["notion assistant"],
    "settings": {"data_sharing": False, "hipaa_configuration": True},
}
NOTION_BAA: Final = {**NOTION, "agreements": ["baa"]}
SLACK: Final = {"offering": "slack-ai", "endpoints": ["summaries"], "settings": {"global_model_opt_out": True}}
SLACK_BAA: Final = {**with_settings(SLACK, plan="enterprise_grid"), "tier": "enterprise", "agreements": ["baa"]}
ZOOM: Final = {
    "offering": "zoom-ai-companion",
    "endpoints": ["meeting summary"],
    "region": "eu",
    "settings": {"deployment_option": "zmo", "data_residency": "eu"},
}

Row = tuple[str, Part, str, str]

SHIPPED: Final[list[Row]] = [
    # ChatGPT for organizations.
    ("chatgpt is audited", CHATGPT, "audited", "pass"),
    ("chatgpt shares nothing", with_settings(CHATGPT, data_sharing=False), "training", "pass"),
    ("chatgpt shares", with_settings(CHATGPT, data_sharing=True), "training", "fail"),
    ("chatgpt says nothing of sharing", CHATGPT, "training", "unknown"),
    ("chatgpt free", {**with_settings(CHATGPT, data_sharing=False), "tier": "free"}, "training", "fail"),
    ("chatgpt with a DPA", {**CHATGPT, "agreements": ["dpa"]}, "dpa", "pass"),
    ("chatgpt without a DPA", CHATGPT, "dpa", "fail"),
    ("chatgpt for healthcare", CHATGPT_BAA, "baa", "pass"),
    ("chatgpt business under a BAA", with_settings(CHATGPT_BAA, plan="business"), "baa", "fail"),
    ("chatgpt of some plan under a BAA", without(CHATGPT_BAA, "plan"), "baa", "unknown"),
    ("chatgpt for healthcare searches", {**CHATGPT_BAA, "features": ["web_search"]}, "baa", "fail"),
    ("chatgpt for healthcare, self-serve", {**CHATGPT_BAA, "tier": "self_serve"}, "baa", "fail"),
    ("chatgpt keeps chats", with_settings(CHATGPT, zero_data_retention=True), "retention", "unknown"),
    ("chatgpt in the EU, by a page without a day", CHATGPT_EU, "residency", "unknown"),
    ("chatgpt's summary", {**CHATGPT, "models": ["gpt-5.5"]}, "summary", "pass"),
    ("chatgpt's summary of whatever model", CHATGPT, "summary", "unknown"),
    # Claude Code.
    ("claude code of a team", with_settings(CLAUDE_CODE, plan="team"), "training", "pass"),
    ("claude code of a private plan", with_settings(CLAUDE_CODE, plan="max"), "training", "fail"),
    ("claude code of some plan", without(CLAUDE_CODE, "plan"), "training", "unknown"),
    ("claude code in the partner programme", with_settings(CLAUDE_CODE, data_sharing=True), "training", "fail"),
    ("claude code sends feedback", {**CLAUDE_CODE, "endpoints": ["feedback"]}, "training", "fail"),
    ("claude code keeps nothing", CLAUDE_CODE_ZDR, "retention", "pass"),
    ("claude code in an editor", {**CLAUDE_CODE_ZDR, "endpoints": ["vs code extension"]}, "retention", "fail"),
    ("claude code in the cloud", {**CLAUDE_CODE_ZDR, "endpoints": ["cloud session"]}, "retention", "fail"),
    ("claude code with fable", {**CLAUDE_CODE_ZDR, "models": ["claude-fable-5"]}, "retention", "fail"),
    ("claude code with whatever model", {**CLAUDE_CODE_ZDR, "models": ["gpt-5.5"]}, "retention", "unknown"),
    (
        "claude code by another platform",
        with_settings(CLAUDE_CODE_ZDR, api_provider="bedrock"),
        "retention",
        "fail",
    ),
    ("claude code by whatever platform", without(CLAUDE_CODE_ZDR, "api_provider"), "retention", "unknown"),
    ("claude code through a gateway", {**CLAUDE_CODE_ZDR, "via": "openrouter"}, "retention", "fail"),
    (
        "claude code of any organization",
        without(CLAUDE_CODE_ZDR, "force_login_zdr_organization"),
        "retention",
        "unknown",
    ),
    ("claude code with tools of others", {**CLAUDE_CODE_ZDR, "features": ["mcp_servers"]}, "retention", "fail"),
    ("claude code keeps a month", CLAUDE_CODE_ZDR, "kept for a month", "pass"),
    (
        "claude code keeps feedback for years",
        {**CLAUDE_CODE_ZDR, "endpoints": ["terminal local session", "feedback"]},
        "kept for a month",
        "unknown",
    ),
    ("claude code under a BAA keeps nothing", CLAUDE_CODE_BAA, "baa", "pass"),
    ("claude code under a BAA, set up for HIPAA", CLAUDE_CODE_HIPAA, "baa", "pass"),
    ("claude code of a team for HIPAA", with_settings(CLAUDE_CODE_HIPAA, plan="team"), "baa", "fail"),
    ("claude code under a BAA alone", with_settings(CLAUDE_CODE_HIPAA, hipaa_configuration=False), "baa", "fail"),
    ("claude code searches under a BAA", {**CLAUDE_CODE_BAA, "features": ["web_search"]}, "baa", "fail"),
    ("claude code's DPA", CLAUDE_CODE, "dpa", "pass"),
    ("claude code's DPA at another platform", with_settings(CLAUDE_CODE, api_provider="vertex"), "dpa", "fail"),
    ("claude code somewhere", {**CLAUDE_CODE, "region": "us"}, "residency", "unknown"),
    # Claude for Work.
    ("claude of a team", CLAUDE_TEAM, "training", "pass"),
    ("claude of a private plan", with_settings(CLAUDE_TEAM, plan="pro"), "training", "fail"),
    ("claude of some plan", without(CLAUDE_TEAM, "plan"), "training", "unknown"),
    ("claude of a team has a DPA", CLAUDE_TEAM, "dpa", "pass"),
    ("claude of a free plan has none", {**CLAUDE_TEAM, "tier": "free"}, "dpa", "fail"),
    ("claude for HIPAA", CLAUDE_HIPAA, "baa", "pass"),
    ("claude for HIPAA, of a team", with_settings(CLAUDE_HIPAA, plan="team"), "baa", "fail"),
    ("claude under a BAA, not set up", without(CLAUDE_HIPAA, "hipaa_configuration"), "baa", "unknown"),
    ("claude searches under a BAA", {**CLAUDE_HIPAA, "features": ["web_search"]}, "baa", "fail"),
    ("claude's connectors under a BAA", {**CLAUDE_HIPAA, "features": ["connectors"]}, "baa", "fail"),
    ("claude in beta under a BAA", {**CLAUDE_HIPAA, "lifecycle": "preview"}, "baa", "fail"),
    ("cowork under a BAA", {**CLAUDE_HIPAA, "endpoints": ["cowork local mode"]}, "baa", "fail"),
    ("fable in chat under a BAA", {**CLAUDE_HIPAA, "models": ["claude-fable-5"]}, "baa", "pass"),
    (
        "fable in projects under a BAA",
        {**CLAUDE_HIPAA, "endpoints": ["projects"], "models": ["claude-fable-5"]},
        "baa",
        "fail",
    ),
    ("claude keeps chats", with_settings(CLAUDE_HIPAA, zero_data_retention=True), "retention", "unknown"),
    # Cursor: no page had a day.
    ("cursor in privacy mode, by a page without a day", CURSOR, "training", "unknown"),
    ("cursor without privacy mode", with_settings(CURSOR, privacy_mode=False), "training", "fail"),
    ("cursor under a BAA", {**CURSOR, "agreements": ["baa"]}, "baa", "unknown"),
    # GitHub Copilot.
    ("copilot of a business", COPILOT, "training", "pass"),
    ("copilot under a volume licence", {**COPILOT, "agreements": ["enterprise"]}, "training", "pass"),
    ("copilot of a private seat", with_settings(COPILOT, plan="pro"), "training", "fail"),
    ("copilot of some seat", without(COPILOT, "plan"), "training", "unknown"),
    ("copilot under some agreement", without(COPILOT, "github_customer_agreement"), "training", "unknown"),
    ("copilot free", {**COPILOT, "tier": "free"}, "training", "fail"),
    ("copilot in the EU", COPILOT_EU, "residency", "pass"),
    ("copilot in the US", COPILOT_US, "residency", "pass"),
    ("copilot in the US with a model of the EU", {**COPILOT_US, "models": ["GPT-5.5"]}, "residency", "fail"),
    ("copilot in the EU with a model of the US", {**COPILOT_EU, "models": ["GPT-4o"]}, "residency", "fail"),
    ("copilot in the EU with whatever model", {**COPILOT_EU, "models": ["MAI-Code-9"]}, "residency", "fail"),
    (
        "copilot in the EU without the policy",
        without(COPILOT_EU, "restrict_copilot_to_data_residency_compliant_models"),
        "residency",
        "unknown",
    ),
    (
        "copilot in the EU with the policy off",
        with_settings(COPILOT_EU, restrict_copilot_to_data_residency_compliant_models=False),
        "residency",
        "fail",
    ),
    ("copilot in preview in the EU", {**COPILOT_EU, "lifecycle": "preview"}, "residency", "fail"),
    ("copilot in the EU with servers of others", {**COPILOT_EU, "features": ["mcp"]}, "residency", "fail"),
    ("copilot in Australia", {**COPILOT_EU, "region": "au"}, "residency", "fail"),
    ("copilot under a BAA", {**COPILOT, "agreements": ["baa"]}, "baa", "unknown"),
    # Gemini in Workspace.
    ("gemini of a workspace", WORKSPACE, "training", "pass"),
    ("gemini of a private account", with_settings(WORKSPACE, account_type="personal"), "training", "fail"),
    ("gemini of some account", without(WORKSPACE, "account_type"), "training", "unknown"),
    ("gemini is not reviewed", WORKSPACE, "nobody reads along", "pass"),
    ("gemini keeps 18 months", WORKSPACE, "retention", "unknown"),
    ("gemini under a BAA, by a page that was not read", WORKSPACE_BAA, "baa", "unknown"),
    ("gemini in chrome under a BAA", {**WORKSPACE_BAA, "endpoints": ["gemini in chrome"]}, "baa", "fail"),
    ("gemini's code of practice", WORKSPACE, "code", "pass"),
    ("gemini's summary of whatever model", WORKSPACE, "summary", "unknown"),
    # Microsoft 365 Copilot.
    ("copilot of the office is certified", OFFICE, "certified", "pass"),
    ("copilot of the office trains nothing", OFFICE, "training", "pass"),
    ("copilot of the office, self-serve", {**OFFICE, "tier": "self_serve"}, "training", "fail"),
    ("copilot of the office hands to agents", {**OFFICE, "features": ["third_party_agents"]}, "training", "fail"),
    ("copilot of the office runs agents", {**OFFICE, "endpoints": ["agents"]}, "training", "fail"),
    ("copilot of the office is not reviewed", OFFICE, "nobody reads along", "pass"),
    ("copilot of the office has a DPA", OFFICE, "dpa", "pass"),
    ("copilot of the office may search", without(OFFICE, "allow_web_search_in_copilot"), "dpa", "unknown"),
    ("copilot of the office searches", with_settings(OFFICE, allow_web_search_in_copilot=True), "dpa", "fail"),
    (
        "copilot of the office says that it searches, and that it cannot",
        {**OFFICE, "features": ["web_search"]},
        "dpa",
        "fail",
    ),
    ("researcher searches without saying so", {**OFFICE, "endpoints": ["researcher"]}, "dpa", "unknown"),
    ("copilot of the office under a BAA", OFFICE_BAA, "baa", "pass"),
    ("copilot of the office under no BAA", OFFICE, "baa", "fail"),
    ("copilot under a BAA may search", without(OFFICE_BAA, "allow_web_search_in_copilot"), "baa", "unknown"),
    ("copilot under a BAA searches", with_settings(OFFICE_BAA, allow_web_search_in_copilot=True), "baa", "fail"),
    ("copilot under a BAA asks claude", with_settings(OFFICE_BAA, anthropic_subprocessor=True), "baa", "fail"),
    ("copilot under a BAA may ask claude", without(OFFICE_BAA, "anthropic_subprocessor"), "baa", "unknown"),
    ("researcher under a BAA", {**OFFICE_BAA, "endpoints": ["researcher"]}, "baa", "fail"),
    ("copilot of the office in the EU", OFFICE_EU, "residency", "pass"),
    ("copilot of the office in the EU at peak load", without(OFFICE_EU, "flex_routing"), "residency", "unknown"),
    ("copilot of the office flexes", with_settings(OFFICE_EU, flex_routing=True), "residency", "fail"),
    (
        "copilot of the office in the EU asks claude",
        with_settings(OFFICE_EU, anthropic_subprocessor=True),
        "residency",
        "fail",
    ),
    ("copilot of the office in one country", {**OFFICE_EU, "region": "de"}, "residency", "fail"),
    ("copilot of the office keeps chats", with_settings(OFFICE, zero_data_retention=True), "retention", "unknown"),
    ("copilot of the office and the code", OFFICE, "code", "unknown"),
    # Notion, Slack: no page had a day. Zoom: they had, more than a year ago.
    ("notion's audit, by a page without a day", NOTION, "audited", "unknown"),
    ("notion, by a page without a day", NOTION, "retention", "unknown"),
    ("notion below enterprise", {**NOTION, "tier": "self_serve"}, "retention", "fail"),
    ("notion in the EU", {**NOTION, "region": "eu"}, "residency", "unknown"),
    ("slack, by a page without a day", SLACK, "training", "unknown"),
    ("slack without the opt-out", with_settings(SLACK, global_model_opt_out=False), "training", "fail"),
    ("slack's summaries under a BAA", SLACK_BAA, "baa", "fail"),
    ("zoom, by an old page", ZOOM, "training", "unknown"),
    ("zoom free", {**ZOOM, "tier": "free"}, "training", "fail"),
    ("zoom under a BAA", {**ZOOM, "agreements": ["baa"]}, "baa", "unknown"),
]

IF_READ: Final[list[Row]] = [
    ("chatgpt in the EU", CHATGPT_EU, "residency", "pass"),
    ("chatgpt in another region", with_settings(CHATGPT_EU, workspace_region="us"), "residency", "fail"),
    ("chatgpt in some region", without(CHATGPT_EU, "workspace_region"), "residency", "unknown"),
    ("chatgpt business in the EU", with_settings(CHATGPT_EU, plan="business"), "residency", "fail"),
    ("chatgpt connected in the EU", {**CHATGPT_EU, "features": ["synced_connectors"]}, "residency", "fail"),
    ("cursor in privacy mode", CURSOR, "training", "pass"),
    ("cursor in some mode", without(CURSOR, "privacy_mode"), "training", "unknown"),
    ("cursor may store code itself", CURSOR, "retention", "unknown"),
    ("cursor in the older privacy mode", CURSOR_LEGACY, "retention", "pass"),
    ("cursor's agents in the cloud", {**CURSOR_LEGACY, "endpoints": ["cloud agents"]}, "retention", "fail"),
    ("copilot in the editor", COPILOT, "retention", "pass"),
    ("copilot on the web", {**COPILOT, "endpoints": ["chat on github.com"]}, "retention", "fail"),
    ("copilot's agent", {**COPILOT, "endpoints": ["coding agent"]}, "kept for a month", "unknown"),
    ("copilot in preview", {**COPILOT, "lifecycle": "preview"}, "retention", "fail"),
    ("copilot's DPA", COPILOT, "dpa", "pass"),
    ("copilot's DPA for a private seat", with_settings(COPILOT, plan="pro"), "dpa", "fail"),
    ("gemini under a BAA", WORKSPACE_BAA, "baa", "pass"),
    ("gemini's notebook under a BAA", {**WORKSPACE_BAA, "endpoints": ["gemini notebook"]}, "baa", "fail"),
    ("gemini searches under a BAA", {**WORKSPACE_BAA, "features": ["web_search"]}, "baa", "fail"),
    ("gemini keeps 18 months, read or not", WORKSPACE, "retention", "unknown"),
    ("notion keeps nothing at the makers of models", NOTION, "retention", "pass"),
    ("notion keeps a month elsewhere", {**NOTION, "tier": "self_serve"}, "retention", "fail"),
    ("notion shares nothing", NOTION, "training", "pass"),
    ("notion shares, or not", without(NOTION, "data_sharing"), "training", "unknown"),
    ("notion under a BAA", NOTION_BAA, "baa", "pass"),
    ("notion under a BAA, not set up", without(NOTION_BAA, "hipaa_configuration"), "baa", "unknown"),
    ("notion in beta under a BAA", {**NOTION_BAA, "lifecycle": "preview"}, "baa", "fail"),
    ("notion searches under a BAA", {**NOTION_BAA, "features": ["web_search"]}, "baa", "fail"),
    ("notion stores in the EU and computes elsewhere", {**NOTION, "region": "eu"}, "residency", "unknown"),
    ("slack opted out", SLACK, "training", "pass"),
    ("slack opted out, or not", without(SLACK, "global_model_opt_out"), "training", "unknown"),
    ("slack's apps of others", {**SLACK, "endpoints": ["third-party apps"]}, "training", "fail"),
    ("slack's summaries under a BAA, read or not", SLACK_BAA, "baa", "fail"),
    ("slack stores in the EU", {**SLACK, "region": "eu"}, "residency", "unknown"),
    ("zoom trains nothing", ZOOM, "training", "pass"),
    ("zoom with its own models in the EU", ZOOM, "residency", "pass"),
    (
        "zoom all over the world",
        {**with_settings(ZOOM, data_residency="global"), "region": "global"},
        "residency",
        "fail",
    ),
    ("zoom with models of others", with_settings(ZOOM, deployment_option="federated"), "residency", "fail"),
    ("zoom with some models", without(ZOOM, "deployment_option"), "residency", "unknown"),
    ("zoom searches the web", {**ZOOM, "endpoints": ["web search"], "features": ["web_search"]}, "residency", "fail"),
]

BESIDE: Final[list[tuple[Part, str]]] = [
    # One step beside what passes, each on one axis.
    ({**CHATGPT_BAA, "endpoints": ["apps"]}, "baa"),
    ({**CHATGPT_BAA, "lifecycle": "preview"}, "baa"),
    ({**with_settings(CHATGPT_EU, workspace_region="br"), "region": "br"}, "residency"),
    (with_settings(CLAUDE_CODE_HIPAA, api_provider="bedrock"), "baa"),
    ({**CLAUDE_CODE_HIPAA, "via": "openrouter"}, "baa"),
    ({**CLAUDE_CODE_HIPAA, "endpoints": ["jetbrains extension"]}, "baa"),
    ({**CLAUDE_CODE_HIPAA, "models": ["claude-mythos-5"]}, "baa"),
    ({**CLAUDE_CODE_HIPAA, "agreements": []}, "baa"),
    (with_settings(CLAUDE_CODE_ZDR, zero_data_retention=False), "retention"),
    ({**CLAUDE_CODE_ZDR, "via": "openrouter"}, "retention"),
    ({**CLAUDE_HIPAA, "agreements": []}, "baa"),
    (with_settings(CLAUDE_TEAM, data_sharing=True), "training"),
    ({**CURSOR_LEGACY, "features": ["mcp"]}, "retention"),
    (with_settings(COPILOT_EU, data_residency="us"), "residency"),
    ({**COPILOT_US, "models": ["gpt-5.2"], "region": "eu"}, "residency"),
    ({**with_settings(COPILOT_EU, data_residency="au"), "region": "au"}, "residency"),
    (with_settings(WORKSPACE_BAA, account_type="personal"), "baa"),
    ({**OFFICE_BAA, "features": ["third_party_agents"]}, "baa"),
    ({**NOTION_BAA, "endpoints": ["custom agents"], "features": ["custom_agents"]}, "baa"),
    ({**NOTION_BAA, "endpoints": ["web search"]}, "baa"),
    ({**SLACK, "features": ["third_party_apps"]}, "training"),
    (with_settings(ZOOM, data_residency="us"), "residency"),
    ({**ZOOM, "features": ["third_party_models"]}, "residency"),
    ({**ZOOM, "endpoints": ["custom avatars"], "features": []}, "residency"),
    # One tier below.
    ({**CHATGPT, "agreements": ["dpa"], "tier": "free"}, "dpa"),
    *(({**CLAUDE_CODE_HIPAA, "tier": tier}, "baa") for tier in ("free", "self_serve")),
    ({**CLAUDE_CODE, "tier": "free"}, "dpa"),
    ({**CLAUDE_CODE, "tier": "free"}, "training"),
    ({**CLAUDE_CODE_ZDR, "tier": "self_serve"}, "retention"),
    ({**CLAUDE_HIPAA, "tier": "self_serve"}, "baa"),
    ({**CURSOR, "tier": "free"}, "training"),
    ({**CURSOR_LEGACY, "tier": "free"}, "retention"),
    ({**WORKSPACE, "tier": "free"}, "training"),
    ({**OFFICE, "tier": "self_serve"}, "certified"),
    ({**OFFICE_BAA, "tier": "self_serve"}, "baa"),
    ({**NOTION_BAA, "tier": "self_serve"}, "baa"),
    ({**NOTION, "tier": "free"}, "dpa"),
    ({**NOTION, "tier": "free"}, "training"),
    ({**SLACK, "tier": "free"}, "training"),
]
IF_READ.extend(
    (f"{rule} of {usage['offering']}, one step beside, {at}", usage, rule, "fail")
    for at, (usage, rule) in enumerate(BESIDE)
)

JUDGED: Final = [(usage["offering"], expected) for _, usage, _, expected in (*SHIPPED, *IF_READ)]


@pytest.mark.parametrize(("name", "_usage", "rule", "expected"), SHIPPED, ids=[row[0] for row in SHIPPED])
def test_what_ships(shipped: Judged, name: str, _usage: Part, rule: str, expected: str) -> None:
    assert shipped[name, rule] == expected


@pytest.mark.parametrize(("name", "_usage", "rule", "expected"), IF_READ, ids=[row[0] for row in IF_READ])
def test_what_would_hold_once_it_was_read(if_read: Judged, name: str, _usage: Part, rule: str, expected: str) -> None:
    assert if_read[name, rule] == expected
