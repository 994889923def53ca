"""Terraform, Bicep, ARM, CloudFormation, Pulumi: what is set up, and who may be called."""

from __future__ import annotations

import pytest

from tests.detection.seen import KNOWN, seen, sightings
from vendorgate.detection.configuration.joining import joined


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'resource "azurerm_cognitive_account" "a" {\n  kind = "OpenAI"\n  location = "westeurope"\n}',
            ["1 azure-openai iac used westeurope"],
        ),
        ('resource "azurerm_cognitive_account" "a" { kind = "FormRecognizer" }', []),
        ('resource "azurerm_cognitive_account" "a" { kind = var.kind }', []),
        (
            'resource "azurerm_cognitive_account" "a" { kind = var.kind }\nvariable "kind" { default = "OpenAI" }',
            ["1 azure-openai iac used"],
        ),
        ('# resource "azurerm_ai_services" "a" {}', []),
        (
            (
                'resource "azurerm_cognitive_deployment" "a" {\n  model {\n    format = "OpenAI"\n'
                '    name = local.m\n  }\n}\nlocals { m = "gpt-5.2" }'
            ),
            [
                "1 azure-openai iac used gpt-5.2",
                "4 azure-openai iac used gpt-5.2",
            ],
        ),
        (
            'provider "aws" { region = "eu-west-1" }\nresource "aws_bedrock_guardrail" "a" {}',
            ["2 bedrock iac used eu-west-1"],
        ),
        ('data "aws_bedrock_foundation_models" "a" {}', ["1 bedrock iac used"]),
        (
            'resource "aws_bedrockagent_agent" "a" { foundation_model = "eu.anthropic.claude-sonnet-5-v1:0" }',
            [
                "1 bedrock iac used eu.anthropic.claude-sonnet-5-v1:0",
                "1 claude-bedrock iac used eu.anthropic.claude-sonnet-5-v1:0 eu",
            ],
        ),
        ('resource "aws_s3_bucket" "a" { bucket = "openai" }', []),
        (
            'data "aws_iam_policy_document" "a" {\n  statement {\n    actions = ["bedrock:InvokeModel"]\n  }\n}',
            ["3 bedrock iac used"],
        ),
        ('a "b" "c" { statement {\n  effect = "Deny"\n  actions = ["bedrock:*"]\n} }', []),
        (
            'x { resources = ["arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3*"] }',
            ["1 claude-bedrock iac used us-east-1"],
        ),
        ('x { resources = ["arn:aws:bedrock:${var.r}::foundation-model/*"] }', ["1 bedrock iac used"]),
        (
            'resource "aws_vpc_endpoint" "a" { service_name = "com.amazonaws.${var.r}.bedrock-runtime" }',
            ["1 bedrock iac used"],
        ),
        (
            'resource "google_project_service" "a" { service = "aiplatform.googleapis.com" }',
            ["1 vertex iac used", "1 vertex iac used"],
        ),
        (
            'resource "google_vertex_ai_featurestore" "a" { region = "us-central1" }',
            ["1 vertex iac declared us-central1"],
        ),
        ('m { roles = ["roles/aiplatform.user"] }', ["1 vertex iac used"]),
        ('module "o" { source = "Azure/openai/azurerm" }', ["1 azure-openai iac used"]),
        ('module "o" { source = "./openai" }', []),
        (
            (
                'resource "aws_lambda_function" "a" { environment { variables = {\n OPENAI_API_KEY = var.key\n'
                ' OPENAI_BASE_URL = "https://api.groq.com/openai/v1"\n} } }'
            ),
            [
                "2 groq-api env declared",
                "3 groq-api host used",
            ],
        ),
        (
            (
                'resource "google_cloud_run_v2_service" "a" { template { containers {\n'
                ' env {\n  name = "GOOGLE_GENAI_USE_VERTEXAI"\n  value = "true"\n }\n'
                ' env {\n  name = "GEMINI_MODEL"\n  value = "gemini-2.5-pro"\n }\n'
                ' env {\n  name = "GOOGLE_CLOUD_LOCATION"\n  value = "europe-west4"\n }\n} } }'
            ),
            [
                "3 vertex env declared",
                "7 vertex env declared gemini-2.5-pro",
                "11 vertex env declared europe-west4",
            ],
        ),
        (
            (
                'resource "kubernetes_deployment" "a" { spec { container {\n'
                ' env {\n  name = "OPENAI_BASE_URL"\n  value = "https://api.groq.com/openai/v1"\n }\n'
                ' env {\n  name = "OPENAI_API_KEY"\n  value_from { secret_key_ref { name = "k" } }\n }\n} } }'
            ),
            [
                "4 groq-api iac used",
                "4 groq-api host used",
                "7 groq-api env declared",
            ],
        ),
        (
            'resource "azurerm_container_app" "a" { container {\n env { name = "ANTHROPIC_API_KEY" } } }',
            ["2 anthropic-api env declared"],
        ),
        ('resource "a" "b" { tags {\n  name = "OPENAI_API_KEY"\n  value = "x"\n } }', []),
        (
            'variable "model" { default = "amazon.nova-pro-v1:0" }',
            ["1 amazon-nova-bedrock iac used amazon.nova-pro-v1:0"],
        ),
        ('variable "domain" { default = "amazon.com" }', []),
    ],
)
def test_terraform_sets_up_and_permits(text: str, expected: list[str]) -> None:
    found = [one for one in seen("infra/main.tf", text) if not one.endswith("host used") or "groq" in one]
    assert found == expected


def test_policies_in_texts_are_read_at_their_lines() -> None:
    text = (
        'resource "aws_iam_policy" "a" {\n  policy = <<EOF\n{"Statement": [\n{"Effect": "Allow",\n'
        '"Action": ["bedrock:InvokeModel"]},\n{"Effect": "Deny", "Action": "bedrock:*"}]}\nEOF\n}\n'
    )
    assert [one.split()[1:] for one in seen("main.tf", text)] == [["bedrock", "iac", "used"]]


def test_terraform_as_json_says_the_same() -> None:
    text = (
        '{"resource": {"aws_bedrock_guardrail": {"a": [{"name": "x"}]}}, "provider": {"aws": {"region": "eu-west-1"}}}'
    )
    assert seen("main.tf.json", text) == ["1 bedrock iac used eu-west-1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "resource a 'Microsoft.CognitiveServices/accounts@1' = {\n  kind: 'OpenAI'\n  location: 'swedencentral'\n}",
            ["1 azure-openai iac used swedencentral"],
        ),
        (
            "param kind string = 'OpenAI'\nresource a 'Microsoft.CognitiveServices/accounts@2024' = {\n  kind: kind\n}",
            ["2 azure-openai iac used"],
        ),
        ("resource a 'Microsoft.CognitiveServices/accounts@2024' = {\n  kind: 'SpeechServices'\n}", []),
        (
            (
                "resource a 'Microsoft.CognitiveServices/accounts@2024' = {\n  kind: 'SpeechServices'\n"
                "  resource d 'deployments' = { properties: { model: { format: 'OpenAI', name: 'gpt-5.2' } } }\n}"
            ),
            ["3 azure-openai iac used gpt-5.2", "3 azure-openai iac used gpt-5.2"],
        ),
        (
            "module openAi 'core/ai/cognitiveservices.bicep' = if (create) {\n  params: { kind: 'OpenAI' }\n}",
            ["1 azure-openai iac used"],
        ),
        ("module storage 'core/storage.bicep' = { params: { kind: 'StorageV2' } }", []),
        (
            "var env = [\n  { name: 'AZURE_OPENAI_ENDPOINT', value: openAi.outputs.endpoint }\n]",
            ["2 azure-openai env declared", "2 azure-openai env declared"],
        ),
        ("var role = '5e0bd9bd-7b93-4f28-af87-19fc36ad61bd'", ["1 azure-openai iac used"]),
    ],
)
def test_bicep_sets_up(text: str, expected: list[str]) -> None:
    assert seen("infra/main.bicep", text) == expected


ARM = """{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "parameters": {"kind": {"type": "string", "defaultValue": "OpenAI"}},
  "resources": [
    {"type": "Microsoft.CognitiveServices/accounts", "kind": "[parameters('kind')]",
     "resources": [
       {"type": "deployments", "properties": {"model": {"format": "OpenAI", "name": "gpt-5.2"}}}]},
    {"type": "Microsoft.Storage/storageAccounts", "kind": "OpenAI"}
  ]
}"""


def test_a_template_of_azure_as_json_sets_up() -> None:
    assert seen("azuredeploy.json", ARM) == [
        "5 azure-openai iac used",
        "7 azure-openai iac used gpt-5.2",
        "7 azure-openai iac used gpt-5.2",
    ]


def test_parameters_name_variables_with_their_defaults() -> None:
    text = (
        '{"$schema": "https://schema.management.azure.com/schemas/1/deploymentParameters.json#", "parameters":\n'
        '{"m": {"value": "${AZURE_OPENAI_CHAT_MODEL=gpt-5.2}"}}}'
    )
    assert seen("main.parameters.json", text) == ["2 azure-openai env declared gpt-5.2"]


def test_parameters_are_used_where_a_description_beside_them_sets_up_the_service() -> None:
    text = (
        '{"$schema": "https://schema.management.azure.com/schemas/1/deploymentParameters.json#", "parameters":\n'
        '{"chatModelName": {"value": "gpt-5.2"}, "chatModelVersion": {"value": "gpt-5.2"}, "sku": {"value": "S0"}}}'
    )
    bicep = "resource a 'Microsoft.CognitiveServices/accounts@1' = {\n  kind: 'OpenAI'\n}"
    parameters = sightings("infra/main.parameters.json", text)
    assert [(one.model, one.reach) for one in parameters] == [("gpt-5.2", "declared")]
    beside = {"infra/main.parameters.json": parameters, "infra/core/ai.bicep": sightings("infra/core/ai.bicep", bicep)}
    assert [one.reach for one in joined(beside, {}, KNOWN())["infra/main.parameters.json"]] == ["used"]
    elsewhere = {"infra/main.parameters.json": parameters, "other/ai.bicep": sightings("other/ai.bicep", bicep)}
    assert [one.reach for one in joined(elsewhere, {}, KNOWN())["infra/main.parameters.json"]] == ["declared"]


def test_parameters_of_bicep_name_models() -> None:
    text = "param chatModelName = 'gpt-5.2'\nparam m_model = readEnvironmentVariable('X', 'gpt-5.2')\n"
    assert seen("main.bicepparam", text) == [f"{line} azure-openai iac declared gpt-5.2" for line in (1, 2)]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("infra/variables.tf", 'variable "chat_model" { default = "gpt-5.2" }'),
        ("infra/prod.tfvars", 'chat_model_name = "gpt-5.2"'),
    ],
)
def test_variables_of_a_module_are_used_where_it_sets_up_the_service(path: str, text: str) -> None:
    assert seen(path, text) == ["1 azure-openai iac declared gpt-5.2"]
    account = sightings("infra/main.tf", 'resource "azurerm_ai_services" "a" {}')
    found = joined({path: sightings(path, text), "infra/main.tf": account}, {}, KNOWN())
    assert [one.reach for one in found[path]] == ["used"]


CLOUDFORMATION = """AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Parameters:
  Model: {Type: String, Default: anthropic.claude-sonnet-5-v1:0}
Resources:
  Agent:
    Type: AWS::Bedrock::Agent
    Properties:
      FoundationModel: !Ref Model
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Environment: {Variables: {OPENAI_API_KEY: x}}
      Policies:
      - BedrockInvokeModelPolicy: {ModelId: x}
      - arn:aws:iam::aws:policy/AmazonBedrockFullAccess
      - Statement:
        - Effect: Allow
          Action: [bedrock:InvokeModel, 's3:*']
          Resource: !Sub "arn:aws:bedrock:${AWS::Region}::foundation-model/amazon.nova-pro-v1:0"
        - Effect: Deny
          Action: bedrock:*
"""


def test_cloudformation_sets_up_and_permits() -> None:
    assert seen("template.yaml", CLOUDFORMATION) == [
        "7 bedrock iac used anthropic.claude-sonnet-5-v1:0",
        "4 claude-bedrock iac used anthropic.claude-sonnet-5-v1:0",
        "9 claude-bedrock iac used anthropic.claude-sonnet-5-v1:0",
        "15 bedrock iac used",
        "16 bedrock iac used",
        "19 bedrock iac used",
        "20 amazon-nova-bedrock iac used amazon.nova-pro-v1:0",
        "13 openai-api env declared",
    ]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (
            "policy.json",
            '{"Statement": [{"Effect": "Allow", "Action": "bedrock:InvokeModel"}]}',
            ["1 bedrock iac used"],
        ),
        ("words.json", '{"Action": "bedrock:InvokeModel"}', []),
        (
            "serverless.yml",
            "provider:\n  name: aws\n  region: eu-west-1\n  iam: {role: {statements: [{Action: ['bedrock:*']}]}}\n",
            ["4 bedrock iac used"],
        ),
        ("notes.yaml", "text: uses bedrock:InvokeModel in AWS::Bedrock::Agent now\n", []),
        (
            "Pulumi.yaml",
            "resources:\n  a:\n    type: azure-native:cognitiveservices:Account\n    properties: {kind: OpenAI}\n",
            [],
        ),
    ],
)
def test_rights_are_read_where_they_are_given(path: str, text: str, expected: list[str]) -> None:
    assert seen(path, text) == expected
