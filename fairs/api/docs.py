"""The API's description as a page that people can read, print and search."""

import re
from typing import Any

from django.urls import reverse
from django.views.generic import TemplateView

from fairs.api.described import Described

METHODS = ["get", "post", "put", "patch", "delete"]


class ApiDocs(TemplateView):
    """Every operation by what it is about, then every shape it takes or gives."""

    template_name = "fairs/api_docs.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        schema = Described().get_schema()
        site = self.request.build_absolute_uri("/").rstrip("/")
        return super().get_context_data(
            sections=sections(schema),
            shapes=shapes(schema),
            token_url=site + reverse("api:token"),
            editions_url=site + reverse("api:editions-list"),
            **kwargs,
        )


def sections(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The operations under each subject, in the order of the addresses."""
    found: dict[str, list[dict[str, Any]]] = {}
    for path, operations in schema["paths"].items():
        for method in METHODS:
            if method in operations:
                operation = _operation(method, path, operations[method])
                found.setdefault(operation["subject"], []).append(operation)
    return [{"name": name, "operations": operations} for name, operations in found.items()]


def shapes(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The shapes with their fields, by name; a page of a list needs no words of its own."""
    named = schema["components"].get("schemas", {})
    return [
        {
            "name": name,
            "about": shape.get("description", "") if "enum" not in shape else "",
            "values": shape.get("enum", []),
            "fields": [
                {
                    "name": field,
                    "required": field in shape.get("required", []),
                    "about": rules.get("description", ""),
                    **_kind(rules),
                }
                for field, rules in shape.get("properties", {}).items()
            ],
        }
        for name, shape in sorted(named.items())
        if not name.startswith("Paginated")
    ]


def _operation(method: str, path: str, operation: dict[str, Any]) -> dict[str, Any]:
    body = operation.get("requestBody", {}).get("content", {})
    return {
        "id": operation["operationId"],
        "subject": operation["tags"][0],
        "method": method.upper(),
        "path": path,
        "about": operation.get("description", ""),
        "sends": [_kind(media["schema"]) for media in list(body.values())[:1] if "schema" in media],
        "parameters": [
            {"name": one["name"], "about": one.get("description", ""), **_kind(one["schema"])}
            for one in operation.get("parameters", [])
            if one["in"] == "query"
        ],
        "answers": [
            {"status": status, **_kind(_first(answer).get("schema", {}))}
            for status, answer in operation["responses"].items()
            if status != "default"
        ],
    }


def _first(answer: dict[str, Any]) -> dict[str, Any]:
    """What an answer holds in the first of its media types, if it holds anything."""
    found: dict[str, Any] = next(iter(answer.get("content", {}).values()), {})
    return found


def _kind(rules: dict[str, Any]) -> dict[str, Any]:
    """What a value is, in a few words, with the shape it has if it has a name."""
    parts = [rules, *rules.get("allOf", []), *rules.get("oneOf", []), rules.get("items", {})]
    shape = next((part["$ref"].rpartition("/")[2] for part in parts if "$ref" in part), "")
    paged = re.fullmatch(r"Paginated(\w+)List", shape)
    return {
        "shape": paged.group(1) if paged else shape,
        "many": bool(paged) or rules.get("type") == "array",
        "paged": bool(paged),
        "type": " ".join(filter(None, [rules.get("type", ""), rules.get("format", "")])),
    }
