"""Chooses names for bundled parts: the part, file and part, or the whole path. Names are never numbered."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from ..load import Pointer


def list_names(key: str, at: Pointer, folder: Path) -> list[str]:
    """Return the possible names of the part at `at` of the document `key`, the best one first.

    `components/pet.yaml#/Pet` below `folder` may be `Pet`, `pet_Pet` or `components_pet_Pet`.
    """
    if key.startswith(("https://", "http://")):
        url = urlsplit(key)
        path = PurePosixPath(url.netloc, url.path.lstrip("/"))
        query = [url.query] if url.query else []
    else:
        path, query = PurePosixPath(Path(key).relative_to(folder).as_posix()), []
    *folders, _ = path.parts
    parts = [str(part) for part in at]
    names = [[path.stem, *parts][-1], "_".join([path.stem, *parts[-1:]])]
    names.append("_".join([*folders, path.stem, *parts]))
    names.append("_".join([*folders, path.name, *query, *parts]))
    return [re.sub(r"[^A-Za-z0-9._-]+", "_", name) or "_" for name in names]


def write_pointer(at: Pointer) -> str:
    """Return the local reference to `at`."""
    return "#" + "".join(
        "/" + str(part).replace("~", "~0").replace("/", "~1").replace("%", "%25") for part in at
    )
