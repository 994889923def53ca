"""Speech, voices and images, as the shipped registry has them: what passes, what fails, what nobody can tell, and the
nearest wrong reading of each.

Pages of several services had no day, or an old one; what is written about them is tried in a registry in which all were
read.
"""

from __future__ import annotations

from typing import Final

import pytest

from tests.registry.shipped import Part
from tests.registry.tables import Judged, with_settings, without

RULES: Final[dict[str, Part]] = {
    "audited": {"documented": "soc2_type2"},
    "managed": {"covered": "iso_42001"},
    "portal": {"covered": "trust_center"},
    "baa": {"covered": "hipaa_baa"},
    "dpa": {"covered": "gdpr_dpa"},
    "training": {"covered": "training_on_customer_data"},
    "retention": {"covered": "retention_zdr"},
    "residency": {"covered": "data_residency"},
    "code": {"covered": "gpai_cop"},
    "kept for a month": {"<=": [{"var": "registry.retention_zdr.facts.retention_days"}, 30]},
    "indemnity": {"==": [{"var": "registry.training_on_customer_data.facts.ip_indemnity"}, True]},
}


ASSEMBLY: Final = {
    "offering": "assemblyai-api",
    "endpoints": ["streaming"],
    "models": ["universal-streaming-english"],
    "settings": {"model_improvement_opt_out": True},
}
ASSEMBLY_FILES: Final = {**ASSEMBLY, "endpoints": ["transcript"], "models": ["universal"]}
ASSEMBLY_BAA: Final = {**ASSEMBLY_FILES, "agreements": ["baa"]}
GATEWAY: Final = {**ASSEMBLY_BAA, "endpoints": ["llm gateway"], "models": ["claude-sonnet-5"]}
ASSEMBLY_EU: Final = {**with_settings(ASSEMBLY, endpoint_location="eu"), "region": "eu"}
TRANSCRIBE: Final = {
    "offering": "aws-transcribe",
    "endpoints": ["streaming"],
    "cloud_region": "eu-central-1",
    "region": "de",
    "settings": {"ai_services_opt_out_policy": True, "encryption_at_rest": True, "encryption_in_transit": True},
}
TRANSCRIBE_BAA: Final = {**TRANSCRIBE, "agreements": ["baa"]}
AZURE: Final = {
    "offering": "azure-ai-speech",
    "endpoints": ["realtime speech to text"],
    "cloud_region": "westeurope",
    "region": "nl",
    "settings": {"audio_logging": False},
}
DEEPGRAM: Final = {
    "offering": "deepgram-api",
    "endpoints": ["listen"],
    "models": ["nova-3"],
    "settings": {"mip_opt_out": True},
}
DEEPGRAM_EU: Final = {**with_settings(DEEPGRAM, endpoint_location="eu"), "region": "eu"}
DEEPGRAM_US: Final = {**with_settings(DEEPGRAM, endpoint_location="us"), "region": "us"}
ELEVEN: Final = {
    "offering": "elevenlabs-api",
    "endpoints": ["text to speech"],
    "models": ["eleven_v3"],
    "settings": {"training_opt_out": True},
}
ELEVEN_ZDR: Final = {
    **with_settings(ELEVEN, zero_data_retention=True, enable_logging=False),
    "tier": "enterprise",
    "agreements": ["zdr"],
}
ELEVEN_AGENTS: Final = {
    **with_settings(ELEVEN, zero_data_retention=True),
    "tier": "enterprise",
    "endpoints": ["agents"],
    "models": ["gemini-2.5-flash"],
    "agreements": ["baa"],
}
ELEVEN_EU: Final = {**with_settings(ELEVEN_ZDR, endpoint_location="eu"), "region": "eu"}
GOOGLE: Final = {
    "offering": "google-speech-to-text",
    "endpoints": ["streaming recognize"],
    "settings": {"data_logging": False},
}
SPEECHMATICS: Final = {
    "offering": "speechmatics-api",
    "endpoints": ["realtime"],
    "models": ["enhanced"],
    "settings": {"model_training": False, "plan": "pro"},
}
SPEECHMATICS_EU: Final = {**with_settings(SPEECHMATICS, endpoint_location="eu"), "region": "eu"}
SPEECHMATICS_AU: Final = {
    **with_settings(SPEECHMATICS, endpoint_location="au"),
    "region": "au",
    "endpoints": ["batch jobs"],
}
RUNWAY: Final = {"offering": "runway-api", "endpoints": ["image to video"], "models": ["gen4_turbo"]}
STABILITY: Final = {
    "offering": "stability-api",
    "endpoints": ["stable image generate"],
    "models": ["stable-image-ultra"],
    "settings": {"training_opt_out": True},
}

Row = tuple[str, Part, str, str]

SHIPPED: Final[list[Row]] = [
    # AssemblyAI.
    ("assembly is audited", ASSEMBLY, "audited", "pass"),
    ("assembly's DPA", ASSEMBLY, "dpa", "pass"),
    ("assembly opted out", ASSEMBLY, "training", "pass"),
    ("assembly trains by default", without(ASSEMBLY, "model_improvement_opt_out"), "training", "unknown"),
    ("assembly not opted out", with_settings(ASSEMBLY, model_improvement_opt_out=False), "training", "unknown"),
    (
        "assembly not opted out, at the US host",
        with_settings(ASSEMBLY, model_improvement_opt_out=False, endpoint_location="us"),
        "training",
        "fail",
    ),
    (
        "assembly at the EU host",
        with_settings({**ASSEMBLY, "settings": {}}, endpoint_location="eu"),
        "training",
        "pass",
    ),
    ("assembly with the BAA", {**ASSEMBLY_BAA, "settings": {}}, "training", "pass"),
    ("assembly free", {**ASSEMBLY, "tier": "free"}, "training", "fail"),
    ("assembly speaks", {**ASSEMBLY, "endpoints": ["streaming tts"]}, "training", "fail"),
    ("assembly streams", ASSEMBLY, "retention", "pass"),
    ("assembly streams, opted out or not", without(ASSEMBLY, "model_improvement_opt_out"), "retention", "unknown"),
    ("assembly keeps transcripts", ASSEMBLY_BAA, "retention", "fail"),
    ("assembly keeps uploads for two days", {**ASSEMBLY, "endpoints": ["upload"]}, "kept for a month", "pass"),
    ("assembly keeps transcripts for who knows how long", ASSEMBLY_FILES, "kept for a month", "unknown"),
    ("assembly's gateway under the BAA", GATEWAY, "baa", "pass"),
    ("assembly's gateway to openai under the BAA", {**GATEWAY, "models": ["gpt-5.5"]}, "baa", "fail"),
    ("assembly's gateway to openai keeps", {**GATEWAY, "models": ["gpt-5.5"]}, "retention", "fail"),
    ("assembly's gateway keeps nothing", GATEWAY, "retention", "pass"),
    ("assembly's gateway without the BAA", {**GATEWAY, "agreements": []}, "retention", "fail"),
    (
        "assembly's gateway to whomever",
        {key: value for key, value in GATEWAY.items() if key != "models"},
        "baa",
        "unknown",
    ),
    ("assembly's gateway to nobody known", {**GATEWAY, "models": ["grok-5"]}, "baa", "unknown"),
    ("assembly transcribes under the BAA", ASSEMBLY_BAA, "baa", "pass"),
    ("assembly transcribes under no BAA", ASSEMBLY_FILES, "baa", "fail"),
    ("assembly streams under the BAA", {**ASSEMBLY, "agreements": ["baa"]}, "baa", "fail"),
    ("assembly in the EU, by a page without a day", ASSEMBLY_EU, "residency", "unknown"),
    # Amazon Transcribe.
    ("transcribe is managed", TRANSCRIBE, "managed", "pass"),
    ("transcribe's DPA", TRANSCRIBE, "dpa", "pass"),
    ("transcribe opted out, by a page without a day", TRANSCRIBE, "training", "unknown"),
    ("transcribe not opted out", with_settings(TRANSCRIBE, ai_services_opt_out_policy=False), "training", "fail"),
    ("transcribe under no BAA", TRANSCRIBE, "baa", "fail"),
    # Azure Speech.
    ("azure's DPA", AZURE, "dpa", "pass"),
    ("azure trains nothing", AZURE, "training", "pass"),
    (
        "azure trains nothing on batches, or does it",
        {**AZURE, "endpoints": ["batch transcription"]},
        "training",
        "fail",
    ),
    ("azure's previews", {**AZURE, "lifecycle": "preview"}, "training", "fail"),
    ("azure's personal voice is a preview", {**AZURE, "features": ["personal_voice"]}, "training", "unknown"),
    ("azure keeps nothing, by a page without a day", AZURE, "retention", "unknown"),
    ("azure logs", with_settings(AZURE, audio_logging=True), "retention", "fail"),
    ("azure under a BAA", {**AZURE, "agreements": ["baa"]}, "baa", "unknown"),
    ("azure's audit", AZURE, "audited", "unknown"),
    # Deepgram.
    ("deepgram's audit, by an old page", DEEPGRAM, "audited", "unknown"),
    ("deepgram in the EU", DEEPGRAM_EU, "residency", "pass"),
    ("deepgram in the US", DEEPGRAM_US, "residency", "pass"),
    ("deepgram in the EU by the general host", without(DEEPGRAM_EU, "endpoint_location"), "residency", "unknown"),
    ("deepgram in the EU by the US host", with_settings(DEEPGRAM_EU, endpoint_location="us"), "residency", "fail"),
    ("deepgram in the EU, opted out or not", without(DEEPGRAM_EU, "mip_opt_out"), "residency", "unknown"),
    ("deepgram in the EU, not opted out", with_settings(DEEPGRAM_EU, mip_opt_out=False), "residency", "fail"),
    ("whisper in the EU", {**DEEPGRAM_EU, "models": ["whisper-large"]}, "residency", "fail"),
    ("whisper in the US", {**DEEPGRAM_US, "models": ["whisper-large"]}, "residency", "pass"),
    ("deepgram's newer voices in the EU", {**DEEPGRAM_EU, "endpoints": ["speak v2"]}, "residency", "fail"),
    ("deepgram in Australia", {**with_settings(DEEPGRAM, endpoint_location="au"), "region": "au"}, "residency", "fail"),
    ("deepgram with a model that nobody knows", {**DEEPGRAM_EU, "models": ["nova-9"]}, "residency", "unknown"),
    (
        "deepgram's agents with others",
        {**DEEPGRAM_EU, "features": ["third_party_voice_agent_providers"]},
        "residency",
        "fail",
    ),
    ("deepgram opted out, by a page without a day", DEEPGRAM, "training", "unknown"),
    ("deepgram not opted out", with_settings(DEEPGRAM, mip_opt_out=False), "training", "fail"),
    # ElevenLabs.
    ("eleven opted out", ELEVEN, "training", "pass"),
    ("eleven trains by default", without(ELEVEN, "training_opt_out"), "training", "unknown"),
    ("eleven not opted out", with_settings(ELEVEN, training_opt_out=False), "training", "fail"),
    ("eleven clones", {**ELEVEN, "features": ["instant_voice_cloning"]}, "training", "fail"),
    ("eleven's music", {**ELEVEN, "endpoints": ["music"]}, "training", "fail"),
    ("eleven's portal", ELEVEN, "portal", "pass"),
    ("eleven keeps nothing, by an old page", ELEVEN_ZDR, "retention", "unknown"),
    ("eleven below enterprise keeps", {**ELEVEN_ZDR, "tier": "self_serve"}, "retention", "fail"),
    ("eleven under a BAA, by an old page", ELEVEN_AGENTS, "baa", "unknown"),
    # Google Speech-to-Text.
    ("google's DPA", GOOGLE, "dpa", "pass"),
    ("google logs nothing, by an old page", GOOGLE, "training", "unknown"),
    ("google logs", with_settings(GOOGLE, data_logging=True), "training", "fail"),
    ("google logs, it says, and does not", {**GOOGLE, "features": ["data_logging"]}, "training", "fail"),
    ("google under a BAA", {**GOOGLE, "agreements": ["baa"]}, "baa", "unknown"),
    # Speechmatics.
    ("speechmatics is audited", SPEECHMATICS, "audited", "pass"),
    ("speechmatics trains nothing", SPEECHMATICS, "training", "pass"),
    ("speechmatics trains for a discount", with_settings(SPEECHMATICS, model_training=True), "training", "fail"),
    ("speechmatics trains, or not", without(SPEECHMATICS, "model_training"), "training", "unknown"),
    ("speechmatics of some plan", without(SPEECHMATICS, "plan"), "training", "unknown"),
    ("speechmatics free", {**SPEECHMATICS, "tier": "free"}, "training", "fail"),
    (
        "speechmatics speaks, in preview",
        {**SPEECHMATICS, "endpoints": ["text to speech"], "lifecycle": "preview"},
        "training",
        "fail",
    ),
    ("speechmatics keeps nothing at once", SPEECHMATICS, "retention", "pass"),
    ("speechmatics keeps batches", {**SPEECHMATICS, "endpoints": ["batch jobs"]}, "retention", "fail"),
    ("speechmatics keeps batches a week", {**SPEECHMATICS, "endpoints": ["batch jobs"]}, "kept for a month", "pass"),
    (
        "speechmatics keeps who knows how long",
        {**SPEECHMATICS, "endpoints": ["text to speech"], "lifecycle": "preview"},
        "kept for a month",
        "unknown",
    ),
    ("speechmatics in the EU", SPEECHMATICS_EU, "residency", "pass"),
    (
        "speechmatics at the global host",
        with_settings(SPEECHMATICS_EU, endpoint_location="global"),
        "residency",
        "fail",
    ),
    ("speechmatics at some host", without(SPEECHMATICS_EU, "endpoint_location"), "residency", "unknown"),
    ("speechmatics' batches in Australia", SPEECHMATICS_AU, "residency", "pass"),
    ("speechmatics at once in Australia", {**SPEECHMATICS_AU, "endpoints": ["realtime"]}, "residency", "fail"),
    ("melia in Australia", {**SPEECHMATICS_AU, "models": ["melia-1"]}, "residency", "fail"),
    ("speechmatics under a BAA", {**SPEECHMATICS, "agreements": ["baa"]}, "baa", "unknown"),
    # Runway and Stability.
    ("runway trains", RUNWAY, "training", "fail"),
    ("runway trains, whatever is set", with_settings(RUNWAY, training_opt_out=True), "training", "fail"),
    ("runway keeps", RUNWAY, "retention", "fail"),
    ("runway's DPA", {**RUNWAY, "agreements": ["dpa"]}, "dpa", "unknown"),
    ("stability opted out", STABILITY, "training", "pass"),
    ("stability trains by default", without(STABILITY, "training_opt_out"), "training", "unknown"),
    ("stability not opted out", with_settings(STABILITY, training_opt_out=False), "training", "fail"),
    (
        "stability asks whatever model",
        {key: value for key, value in STABILITY.items() if key != "models"},
        "training",
        "unknown",
    ),
    ("stability asks another's model", {**STABILITY, "models": ["flux-2"]}, "training", "fail"),
    ("stability asks a model that nobody knows", {**STABILITY, "models": ["stable-image-9"]}, "training", "unknown"),
    ("stability keeps", STABILITY, "retention", "fail"),
    ("stability in the EU", {**STABILITY, "region": "eu"}, "residency", "fail"),
    ("stability indemnifies nobody", STABILITY, "indemnity", "fail"),
]

IF_READ: Final[list[Row]] = [
    ("assembly in the EU", ASSEMBLY_EU, "residency", "pass"),
    ("assembly in the US", {**with_settings(ASSEMBLY, endpoint_location="us"), "region": "us"}, "residency", "pass"),
    (
        "assembly in the US trains elsewhere, or not",
        {**without(ASSEMBLY, "model_improvement_opt_out"), "region": "us"},
        "residency",
        "unknown",
    ),
    ("assembly in the EU by the US host", with_settings(ASSEMBLY_EU, endpoint_location="us"), "residency", "fail"),
    (
        "assembly's gateway in the EU to openai",
        {**GATEWAY, **ASSEMBLY_EU, "endpoints": ["llm gateway"], "models": ["gpt-5.5"]},
        "residency",
        "fail",
    ),
    ("transcribe opted out", TRANSCRIBE, "training", "pass"),
    ("transcribe in some region", {**TRANSCRIBE, "cloud_region": "nowhere-1"}, "training", "unknown"),
    (
        "transcribe opted out in GovCloud",
        {**TRANSCRIBE, "cloud_region": "us-gov-west-1", "region": "us"},
        "training",
        "fail",
    ),
    ("transcribe opted out or not", without(TRANSCRIBE, "ai_services_opt_out_policy"), "training", "unknown"),
    ("transcribe in Germany", TRANSCRIBE, "residency", "pass"),
    ("transcribe's copies leave Germany", without(TRANSCRIBE, "ai_services_opt_out_policy"), "residency", "unknown"),
    ("transcribe keeps", TRANSCRIBE, "retention", "unknown"),
    ("transcribe under the BAA", TRANSCRIBE_BAA, "baa", "pass"),
    ("transcribe under the BAA, encrypted or not", without(TRANSCRIBE_BAA, "encryption_at_rest"), "baa", "unknown"),
    ("transcribe under the BAA, in preview", {**TRANSCRIBE_BAA, "lifecycle": "preview"}, "baa", "fail"),
    ("azure keeps nothing", AZURE, "retention", "pass"),
    ("azure keeps nothing, logged or not", without(AZURE, "audio_logging"), "retention", "unknown"),
    ("azure keeps batches", {**AZURE, "endpoints": ["batch transcription"]}, "retention", "fail"),
    (
        "azure keeps batches for who knows how long",
        {**AZURE, "endpoints": ["batch synthesis"]},
        "kept for a month",
        "unknown",
    ),
    ("azure in the Netherlands", AZURE, "residency", "pass"),
    ("azure somewhere", {key: value for key, value in AZURE.items() if key != "cloud_region"}, "residency", "unknown"),
    ("azure's voice live in the Netherlands", {**AZURE, "endpoints": ["voice live"]}, "residency", "fail"),
    ("deepgram opted out", DEEPGRAM, "training", "pass"),
    ("deepgram opted out or not", without(DEEPGRAM, "mip_opt_out"), "retention", "unknown"),
    ("deepgram keeps nothing", DEEPGRAM, "retention", "pass"),
    ("deepgram always trains one", {**DEEPGRAM, "models": ["think-fast"]}, "training", "fail"),
    (
        "deepgram with whatever model",
        {key: value for key, value in DEEPGRAM.items() if key != "models"},
        "training",
        "unknown",
    ),
    ("deepgram under a BAA", {**DEEPGRAM, "agreements": ["baa"]}, "baa", "pass"),
    ("deepgram under a BAA alone", {**without(DEEPGRAM, "mip_opt_out"), "agreements": ["baa"]}, "baa", "unknown"),
    ("eleven keeps nothing", ELEVEN_ZDR, "retention", "pass"),
    ("eleven keeps each request that does not ask", without(ELEVEN_ZDR, "enable_logging"), "retention", "unknown"),
    ("eleven hears", {**ELEVEN_ZDR, "endpoints": ["speech to text"]}, "retention", "fail"),
    ("eleven dubs", {**ELEVEN_ZDR, "endpoints": ["dubbing"]}, "retention", "fail"),
    ("eleven's agents keep two years", {**ELEVEN, "endpoints": ["agents"]}, "kept for a month", "fail"),
    ("eleven's agents under a BAA", ELEVEN_AGENTS, "baa", "pass"),
    ("eleven's agents under a BAA keep", without(ELEVEN_AGENTS, "zero_data_retention"), "baa", "unknown"),
    ("eleven speaks under a BAA", {**ELEVEN_AGENTS, "endpoints": ["text to speech"]}, "baa", "fail"),
    (
        "eleven's agents under a BAA with a model of one's own",
        {**ELEVEN_AGENTS, "models": ["custom-llm"], "features": ["custom_llm"]},
        "baa",
        "fail",
    ),
    ("eleven in the EU", ELEVEN_EU, "residency", "pass"),
    ("eleven stores in the EU and keeps", {**ELEVEN_EU, "agreements": []}, "residency", "fail"),
    ("eleven in India", {**with_settings(ELEVEN_EU, endpoint_location="in"), "region": "in"}, "residency", "fail"),
    ("google logs nothing", GOOGLE, "training", "pass"),
    ("google logs, or not", without(GOOGLE, "data_logging"), "training", "unknown"),
    ("google streams", GOOGLE, "retention", "pass"),
    ("google keeps transcripts for days", {**GOOGLE, "endpoints": ["long running recognize"]}, "retention", "fail"),
    ("google's batches", {**GOOGLE, "endpoints": ["batch recognize"]}, "kept for a month", "unknown"),
    ("google's days", {**GOOGLE, "endpoints": ["long running recognize"]}, "kept for a month", "pass"),
    ("runway is audited", RUNWAY, "audited", "pass"),
    ("stability's portal", STABILITY, "portal", "pass"),
]

BESIDE: Final[list[tuple[Part, str]]] = [
    # One step beside what passes, each on one axis.
    ({**with_settings(ASSEMBLY, endpoint_location="gb"), "region": "gb"}, "residency"),
    ({**ASSEMBLY_EU, "endpoints": ["streaming tts"]}, "residency"),
    (with_settings(TRANSCRIBE_BAA, encryption_in_transit=False), "baa"),
    ({**TRANSCRIBE, "region": "global"}, "residency"),
    ({**AZURE, "region": "global"}, "residency"),
    ({**DEEPGRAM, "agreements": ["baa"], "features": ["third_party_voice_agent_providers"]}, "baa"),
    ({**ELEVEN_AGENTS, "agreements": []}, "baa"),
    ({**ELEVEN_AGENTS, "models": ["custom-llm"]}, "baa"),
    ({**ELEVEN_AGENTS, "features": ["post_call_webhooks"]}, "baa"),
    (with_settings(ELEVEN_ZDR, zero_data_retention=False), "retention"),
    ({**ELEVEN_ZDR, "features": ["professional_voice_cloning"]}, "retention"),
    (with_settings(ELEVEN_EU, endpoint_location="us"), "residency"),
    ({**ELEVEN_EU, "features": ["post_call_webhooks"]}, "residency"),
    ({**GOOGLE, "agreements": ["baa"], "lifecycle": "preview"}, "baa"),
    ({**with_settings(SPEECHMATICS, endpoint_location="jp"), "region": "jp"}, "residency"),
    ({**SPEECHMATICS_EU, "endpoints": ["temporary keys"]}, "residency"),
    # One tier below.
    ({**ASSEMBLY_BAA, "tier": "free"}, "baa"),
    ({**ASSEMBLY_EU, "tier": "free"}, "residency"),
    ({**TRANSCRIBE_BAA, "tier": "free"}, "baa"),
    ({**TRANSCRIBE, "tier": "free"}, "training"),
    ({**TRANSCRIBE, "tier": "free"}, "residency"),
    ({**AZURE, "tier": "free"}, "training"),
    ({**AZURE, "tier": "free"}, "retention"),
    ({**DEEPGRAM, "tier": "free"}, "training"),
    ({**DEEPGRAM, "tier": "free"}, "retention"),
    ({**DEEPGRAM_EU, "tier": "free"}, "residency"),
    ({**ELEVEN_AGENTS, "tier": "self_serve"}, "baa"),
    ({**ELEVEN, "tier": "free"}, "dpa"),
    ({**ELEVEN, "tier": "free"}, "training"),
    ({**ELEVEN_EU, "tier": "self_serve"}, "residency"),
    ({**GOOGLE, "tier": "free"}, "training"),
    ({**GOOGLE, "tier": "free"}, "retention"),
    ({**STABILITY, "tier": "free"}, "training"),
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
