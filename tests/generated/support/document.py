"""The OpenAPI document in the package, with its operations and schemas by name."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any, Final

DOCUMENT: Final[dict[str, Any]] = json.loads(
    (files("orchestrator_v2") / "openapi.json").read_text(encoding="utf-8")
)
SCHEMAS: Final[dict[str, Any]] = DOCUMENT["components"]["schemas"]
METHODS: Final = ("get", "post", "put", "delete")

# By operationId.
OPERATIONS: Final[dict[str, dict[str, Any]]] = {
    item[method]["operationId"]: item[method]
    for item in DOCUMENT["paths"].values()
    for method in METHODS
    if method in item
}
