"""The API's description: made once for each language, with the one shape of refusals at every operation."""

from functools import cache
from typing import Any

from django.utils.translation import get_language
from drf_spectacular.generators import SchemaGenerator

REFUSAL = {
    "type": "object",
    "description": "Why something did not happen: a code for programs, a sentence for people, sentences by field.",
    "properties": {
        "code": {"type": "string"},
        "message": {"type": "string"},
        "fields": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
    },
    "required": ["code", "message", "fields"],
}


class Described(SchemaGenerator):
    """The whole API, the same for everybody. Seconds of work, so it is done once for each language."""

    def get_schema(self, request: Any = None, public: bool = True) -> dict[str, Any]:
        return _described(get_language())


@cache
def _described(_language: str | None) -> dict[str, Any]:
    schema: dict[str, Any] = SchemaGenerator().get_schema(public=True)
    return schema


def describe_refusals(result: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
    """The schema with the answer that any operation may give instead of its own."""
    result["components"].setdefault("schemas", {})["Refusal"] = REFUSAL
    shape = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}
    for operations in result["paths"].values():
        for operation in operations.values():
            operation["responses"]["default"] = {"description": "Refused (4xx).", "content": shape}
    return result
