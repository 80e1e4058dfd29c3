"""Small documents to generate from, and folders as comparable values."""

from __future__ import annotations

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[3]
SPEC: Final = ROOT / "spec" / "openapi.yaml"
COMMITTED: Final = ROOT / "generated" / "orchestrator_v2"
COMMITTED_DOCS: Final = ROOT / "generated" / "docs"
# Third-party documents. Tests that need them are skipped if they do not exist.
SHARED: Final = ROOT.parent / "shared"

# Seven lines, so that text appended by a test starts in line 8.
HEAD: Final = """\
openapi: 3.1.0
info:
  title: Pets
  version: "1"
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string}}}
"""

PETS: Final = f"""\
{HEAD}paths:
  /pets:
    get:
      operationId: listPets
      responses:
        "200":
          description: pets
          content:
            application/json:
              schema: {{type: array, items: {{$ref: "#/components/schemas/Pet"}}}}
"""


def write_document(folder: Path, content: str | bytes, name: str = "spec.yaml") -> Path:
    """Write `content` as the document `name` in `folder`, and return its path."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read_folder(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return the bytes and modification time in ns of every file below `folder`, by relative path."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
