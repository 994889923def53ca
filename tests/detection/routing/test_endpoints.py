"""Endpoints are called as the registry calls them, so that what code uses can be held against what is declared."""

from __future__ import annotations

import pytest

from tests.detection.known import shipped_catalogue, shipped_offerings

KNOWN = shipped_catalogue()
OFFERINGS = {id: one.written.endpoints or () for id, one in shipped_offerings().items()}
"""The endpoints of each, as the registry lists them."""
ELSEWHERE = {
    "models": "a list of models holds no content, and few offerings list it",
    "embeddings": "vendors that have an API like OpenAI's may add it",
    "text generation": "tasks of Hugging Face, which the registry takes together as `hf-inference model`",
    "feature extraction": "tasks of Hugging Face, which the registry takes together as `hf-inference model`",
    "uploads": "parts of a file, which the registry counts as files",
    "containers": "what the code interpreter of responses runs in",
    "skills": "parts of responses that the registry has no facts of",
    "rerank": "only vendors like OpenAI that rerank have it",
    "token counting": "counts, and answers nothing",
    "async invoke": "a way to call Bedrock that the registry has no facts of",
    "apply guardrail": "a part of Bedrock that the registry has no facts of",
    "retrieve": "a part of Bedrock that the registry has no facts of",
    "invoke agent": "a part of Bedrock that the registry has no facts of",
    "fine-tuning jobs": "not every platform's facts name it",
}
"""Endpoints that code calls and no offering of their API lists: why."""


def _named(api: str) -> set[str]:
    facts = KNOWN.apis[api]
    names = {*facts.does.values(), *facts.calls.values(), *facts.paths.values(), *facts.takes.values()}
    return {name for name in names if name}


def _listed(api: str) -> set[str]:
    """Everything that the offerings of an API list."""
    facts = KNOWN.apis[api]
    sharing = facts.providers or [id for id in OFFERINGS if id not in KNOWN.apis]
    return {name for id in sharing for name in OFFERINGS.get(id, ())}


@pytest.mark.parametrize("api", ["", *(id for id in OFFERINGS if id in KNOWN.apis)])
def test_an_endpoint_is_called_as_the_registry_calls_it(api: str) -> None:
    assert _named(api) - _listed(api) <= set(ELSEWHERE)


def test_every_exception_is_needed() -> None:
    apis = ["", *(id for id in OFFERINGS if id in KNOWN.apis)]
    assert {name for api in apis for name in _named(api) - _listed(api)} == set(ELSEWHERE)


PATHS = {
    ("openai-api", "/v1/chat/completions"): "chat completions",
    ("openai-api", "/v1/threads/\0/messages"): "thread messages",
    ("openai-api", "/v1/\0"): None,
    ("openai-api", "/v1/chat/\0"): None,
    ("openai-api", "/v1/files/\0"): "files",
    ("openai-api", "/v1/images/generations?x=1"): "images",
    ("anthropic-api", "/v1/messages/batches"): "batches",
    ("gemini-api", "/v1beta/models/\0:generateContent"): "generate content",
    ("gemini-api", "/v1beta/models/gemini-2.5-pro:streamGenerateContent"): "generate content",
    ("perplexity-api", "/chat/completions"): "sonar chat completions",
    ("cohere-api", "/v1/chat"): "chat v1",
    ("cohere-api", "/v2/chat"): "chat",
    ("bedrock", "/model/\0/converse-stream"): "converse",
    ("huggingface-inference", "/models/\0"): "text generation",
    ("zai-api", "/api/paas/v4/chat/completions"): "chat completions",
    ("zai-api", "/api/coding/paas/v4/chat/completions"): "coding plan",
    ("zai-api", "/api/anthropic/v1/messages"): "messages (anthropic format)",
    ("moonshot-api", "/coding/v1/chat/completions"): "coding plan",
    ("minimax-api", "/v1/t2a_v2"): "text to speech",
    ("ai21-api", "/studio/v1/maestro/runs"): "maestro runs",
    ("writer-api", "/v1/chat"): "chat",
    ("writer-api", "/v1/applications/\0"): "applications",
    ("voyage-api", "/v1/multimodalembeddings"): "multimodal embeddings",
    ("jina-api", "/v1/chat/completions"): "deepsearch",
    ("pinecone-inference", "/embed"): "embed",
    ("alibaba-model-studio-china", "/api/v1/services/aigc/text-generation/generation"): "text generation",
    ("cloudflare-workers-ai", "/client/v4/accounts/\0/ai/run/@cf/meta/llama"): "run",
    ("databricks-foundation-models", "/serving-endpoints/\0/invocations"): "invocations",
    ("snowflake-cortex", "/api/v2/cortex/inference:complete"): "inference complete",
    ("watsonx-ai", "/ml/v1/text/chat"): "text chat",
    ("watsonx-ai", "/ml/gateway/v1/chat/completions"): "model gateway chat completions",
    ("oci-generative-ai", "/20231130/actions/chat"): "chat",
    ("baseten", "/environments/production/async_predict"): "async predict",
    ("deepinfra-api", "/v1/inference/meta-llama/Llama"): "inference",
    ("sagemaker-jumpstart", "/endpoints/\0/invocations"): "invoke endpoint",
    ("deepgram-api", "/v1/listen"): "listen",
    ("deepgram-api", "/v2/listen?model=x"): "listen v2",
    ("deepgram-api", "/v1/projects"): None,
    ("elevenlabs-api", "/v1/text-to-speech/\0/stream"): "text to speech",
    ("google-speech-to-text", "/v1/speech:longrunningrecognize"): "long running recognize",
    ("stability-api", "/v2beta/stable-image/edit/inpaint"): "stable image edit",
    ("zoom-ai-companion", "/v2/meetings/\0/meeting_summary"): "meeting summary",
    ("zoom-ai-companion", "/v2/meetings/\0/recordings"): None,
    ("github-copilot-business", "/chat/completions"): None,
}


@pytest.mark.parametrize(("provider", "path"), PATHS)
def test_a_path_says_its_endpoint(provider: str, path: str) -> None:
    assert KNOWN.endpoint_at(provider, path) == PATHS[provider, path]


CALLS = {
    ("openai-api", "client.chat.completions.create"): "chat completions",
    ("openai-api", "client.completions.create"): "completions",
    ("openai-api", "client.beta.threads.runs.create_and_poll"): "thread runs",
    ("openai-api", "client.CreateChatCompletionStream"): "chat completions",
    ("anthropic-api", "client.messages.create"): "messages",
    ("anthropic-api", "client.messages.batches.create"): "batches",
    ("anthropic-api", "client.chat.completions.create"): None,
    ("bedrock", "client.invoke_model_with_response_stream"): "invoke model",
    ("gemini-api", "client.models.generate_content"): "generate content",
    ("openai-api", "client.something.else"): None,
    ("oci-generative-ai", "client.chat"): "chat",
    ("oci-generative-ai", "client.embed_text"): "embed text",
    ("watsonx-ai", "model.generate_text"): "text generation",
    ("alibaba-model-studio-china", "dashscope.Generation.call"): "text generation",
    ("deepgram-api", "client.listen.v1.media.transcribe_file"): "listen",
    ("deepgram-api", "client.listen.v2.connect"): "listen v2",
    ("elevenlabs-api", "client.text_to_speech.convert"): "text to speech",
    ("elevenlabs-api", "client.speech_to_text.convert"): "speech to text",
    ("aws-transcribe", "client.start_transcription_job"): "batch transcription",
    ("aws-transcribe", "client.start_medical_scribe_job"): "health scribe",
    ("runway-api", "client.image_to_video.create"): "image to video",
    ("notion-ai", "client.chat.completions.create"): None,
}


@pytest.mark.parametrize(("provider", "call"), CALLS)
def test_a_call_says_its_endpoint(provider: str, call: str) -> None:
    assert KNOWN.endpoint(provider, call.split(".")) == CALLS[provider, call]


@pytest.mark.parametrize("id", [id for id, endpoints in OFFERINGS.items() if endpoints])
def test_whom_code_chats_with_by_an_endpoint_that_manifests_can_name(id: str) -> None:
    assert KNOWN.does(id, "chat") in (None, *OFFERINGS[id])


SPEECH = [
    "claude-code",
    "chatgpt-enterprise",
    "cursor",
    "zoom-ai-companion",
    "github-copilot-business",
    "assemblyai-api",
    "aws-transcribe",
    "azure-ai-speech",
    "deepgram-api",
    "elevenlabs-api",
    "google-speech-to-text",
    "speechmatics-api",
    "runway-api",
    "stability-api",
]


@pytest.mark.parametrize("id", SPEECH)
def test_products_and_speech_do_nothing_by_an_endpoint_of_others(id: str) -> None:
    assert set(KNOWN.api(id).does.values()) <= set(OFFERINGS[id])
