"""How an offering is called from code: what tells a detector which offering a project uses."""

from __future__ import annotations

import msgspec

from .text import Text, Texts

NamesByKind = dict[Text, Texts]


class Signatures(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What code, configuration and infrastructure that call an offering are known by; no verdict rests on it."""

    packages: NamesByKind = {}
    """By system of packages (`pypi`, `npm`, `go`, `maven`, `rubygems`, `crates`, `nuget`): packages that call it."""
    imports: NamesByKind = {}
    """By language: modules."""
    client_symbols: NamesByKind = {}
    """By language: classes and functions that make a client of it."""
    call_patterns: NamesByKind = {}
    """By language: calls of it."""
    hosts: Texts = ()
    """Hosts of its API; `*.` stands for any label before."""
    host_regions: dict[Text, Text] = {}
    """Of its hosts, those that name a region, with it."""
    url_paths: Texts = ()
    """Paths of its API."""
    env: Texts = ()
    """Environment variables that its clients read."""
    model_ids: Texts = ()
    """Names or globs of models; they name who made a model, never by themselves who serves it."""
    iac: NamesByKind = {}
    """By tool of infrastructure: resources that set it up."""
    prefixes: NamesByKind = {}
    """By framework: what stands before the name of a model that it serves."""
    ci_actions: Texts = ()
    """Actions of CI systems that call it."""
