"""No value that could be a secret is told, whatever file it stands in."""

from __future__ import annotations

import pytest

from tests.detection.known import shipped_catalogue
from tests.detection.seen import sightings

KEY = "sk-hunter2hunter2"
FILES = {
    ".env": f"OPENAI_API_KEY={KEY}\nOPENAI_BASE_URL=https://me:{KEY}@api.groq.com/v1?key={KEY}\nX={KEY}\n",
    "compose.yaml": f"services:\n  a:\n    image: x\n    environment: {{OPENAI_API_KEY: {KEY}, A_B: '{KEY}'}}\n",
    "Dockerfile": f"FROM x\nENV OPENAI_API_KEY={KEY}\nARG GROQ_API_KEY={KEY}\nRUN pip install openai -t {KEY}\n",
    "deploy.sh": (
        f"export OPENAI_API_KEY={KEY}\ncurl -H 'Bearer {KEY}' https://api.openai.com/v1/models?k={KEY}\n"
        f"aws --profile {KEY} bedrock x\naz cognitiveservices account create --kind OpenAI --name {KEY}\n"
    ),
    "secret.yaml": f"apiVersion: v1\nkind: Secret\nstringData:\n  OPENAI_API_KEY: {KEY}\n  groq-api-key: {KEY}\n",
    "deploy.yaml": f"apiVersion: v1\nkind: Pod\nspec:\n  env:\n  - name: OPENAI_API_KEY\n    value: {KEY}\n",
    ".github/workflows/a.yml": (
        "jobs:\n  a:\n    steps:\n    - uses: anthropics/claude-code-action@v1\n      with:\n"
        f"        anthropic_api_key: {KEY}\n      env: {{GROQ_API_KEY: {KEY}}}\n"
    ),
    "litellm.yaml": f"model_list:\n- litellm_params: {{model: groq/x, api_key: {KEY}, api_base: 'https://{KEY}@api.groq.com'}}\n",
    "librechat.yaml": f"version: 1\nendpoints:\n  custom:\n  - {{name: x, apiKey: {KEY}, baseURL: 'https://api.groq.com/v1'}}\n",
    ".continue/config.yaml": f"models:\n- {{provider: groq, model: x, apiKey: {KEY}}}\n",
    ".aider.conf.yml": f"model: gpt-5.2\nopenai-api-key: {KEY}\napi-key: [groq={KEY}]\n",
    "opencode.json": f'{{"model": "openai/gpt-5.2", "provider": {{"openai": {{"options": {{"apiKey": "{KEY}"}}}}}}}}',
    ".mcp.json": f'{{"mcpServers": {{"a": {{"env": {{"OPENAI_API_KEY": "{KEY}"}}, "args": ["{KEY}"]}}}}}}',
    "promptfooconfig.yaml": f"prompts: [x]\nproviders:\n- id: openai:gpt-5.2\n  config: {{apiKey: {KEY}}}\n",
    "application.properties": f"spring.ai.openai.api-key={KEY}\nspring.ai.azure.openai.endpoint=https://{KEY}@x.openai.azure.com\n",
    "appsettings.json": (
        f'{{"AzureOpenAI": {{"ApiKey": "{KEY}", "Endpoint": "https://x.openai.azure.com/", "Model": "gpt-5.2"}},'
        f'"ConnectionStrings": {{"ai": "Endpoint=https://x.openai.azure.com/;Key={KEY}"}}}}'
    ),
    "Web.config": f'<c><appSettings><add key="OpenAI:ApiKey" value="{KEY}"/></appSettings></c>',
    "main.tf": f'variable "openai_api_key" {{ default = "{KEY}" }}\na {{ env = {{ OPENAI_API_KEY = "{KEY}" }} }}\n',
    "template.yaml": f"AWSTemplateFormatVersion: x\nResources:\n  a: {{Environment: {{OPENAI_API_KEY: {KEY}}}}}\n",
    "main.bicep": f"var a = [{{ name: 'AZURE_OPENAI_API_KEY', value: '{KEY}' }}]\n",
    "wrangler.toml": f'[ai]\nbinding = "AI"\n[vars]\nOPENAI_API_KEY = "{KEY}"\n',
    "settings.ini": f"[openai]\napi_key = {KEY}\nurl = https://me:{KEY}@api.openai.com/v1\n",
    "flow.json": f'{{"type": "@n8n/n8n-nodes-langchain.lmChatOpenAi", "parameters": {{"key": "{KEY}", "model": "x"}}}}',
}


@pytest.mark.parametrize("path", sorted(FILES))
def test_a_secret_is_told_by_nobody(path: str) -> None:
    found = sightings(path, FILES[path], shipped_catalogue())
    assert found
    assert KEY not in repr(found)
