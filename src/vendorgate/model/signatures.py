"""How an offering is called from code: what tells a detector which offering a project uses.

In: nothing. Out: the mapping `signatures` of an offering.

Names are written exactly as they stand in code. The longest that fits counts: `openai` names one offering, and
`openai:AzureOpenAI` another.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from .text import Text, Texts

NamesByKind = dict[Text, Texts]


class Signatures(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What code, configuration and infrastructure that call an offering are known by; no verdict rests on it."""

    packages: NamesByKind = {}
    """By system (`pypi`, `npm`, `go`, `maven`, `rubygems`, `crates`, `nuget`, `packagist`): packages that call it, by
    their exact names, those of Maven as `group:artifact`."""
    weak_packages: NamesByKind = {}
    """The same, of packages that serve other things, too (`boto3`): no evidence by themselves."""
    imports: NamesByKind = {}
    """By language (`python`, `javascript`, `go`, `java`, `csharp`, `ruby`, `rust`, `php`; TypeScript is `javascript`,
    Kotlin is `java`): modules, crates, namespaces, import paths. Each fits what lies below it, too: `google.genai`
    fits `google.genai.types`, and a path of Go fits itself with `/v2`."""
    weak_imports: NamesByKind = {}
    """The same, of modules that serve other things, too: no evidence by themselves."""
    client_symbols: NamesByKind = {}
    """By language: classes and functions that make a client of it, `MODULE:Symbol`, from the module or from what lies
    below it. `openai:default` is a default export, whatever it is called there; `*:AddOpenAI` needs no import."""
    call_patterns: NamesByKind = {}
    """By language: what is called on a module without a client, `MODULE:name`; in parentheses a first argument that
    must stand there: `boto3:client(bedrock-runtime)`."""
    hosts: Texts = ()
    """Hosts that serve nothing else, lower-case. A leading `*.` stands for one label or more, `{region}` for a name of
    a region in one label; after the host the beginning of a path may follow, in which `*` is one segment."""
    weak_hosts: Texts = ()
    """Hosts that serve other things, too: no evidence by themselves."""
    host_regions: dict[Text, Text] = {}
    """By host: the region that it stands for, where its name has none in place of `{region}`."""
    url_paths: Texts = ()
    """How paths of its API begin, for code that writes host and path apart."""
    env: Texts = ()
    """Environment variables that its clients read, by their exact names; a trailing `*` is a glob."""
    weak_env: Texts = ()
    """Environment variables that serve other things, too: no evidence by themselves."""
    model_ids: Texts = ()
    """Names or globs of models; they name who made a model, never by themselves who serves it."""
    iac: NamesByKind = {}
    """By tool (`terraform`, `cloudformation`, `bicep`, `cdk`, `pulumi`, `gcloud`, `az`, `iam`, `vpc_endpoint`): types
    of resources that set it up, commands, actions; `*` is a glob. `{kind=OpenAI|AIServices}` after a type: only where
    that property has one of these values."""
    prefixes: NamesByKind = {}
    """By framework (`litellm`, `langchain`, `pydantic_ai`, `ai_gateway`, `instructor`, `any_llm`, `promptfoo`,
    `continue`, `librechat` and others): what stands before the name of a model that it serves, or names it in the
    framework's configuration."""
    ci_actions: Texts = ()
    """Actions of CI systems that call it, without a version."""


_LONE_COLON: Final = "(?<!:):(?!:)"
"""What divides a module from a symbol; `::` is part of a name."""


def symbol_parts(symbol: str) -> tuple[str, str]:
    """The module of `MODULE:Symbol`, and the symbol."""
    module, _, name = re.sub(_LONE_COLON, "\0", symbol, count=1).partition("\0")
    return module, name
