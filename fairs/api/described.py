"""What the API's description adds to every operation: the one shape of refusals."""

from typing import Any

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


def describe_refusals(result: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
    """The schema with the answer that any operation may give instead of its own."""
    result["components"].setdefault("schemas", {})["Refusal"] = REFUSAL
    shape = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}
    for operations in result["paths"].values():
        for operation in operations.values():
            operation["responses"]["default"] = {"description": "Refused (4xx).", "content": shape}
    return result
