"""Finds the document that a `$ref` names, and decides which files and hosts may be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

from ..load import Document, load, parse_text
from .remote import Host, Unreachable, fetch, find_host

_NO_ADDRESS: Final = "is neither a path nor an http or https URL; use a path relative to this file"
_MOST_DOCUMENTS: Final = 500
_MOST_CHARACTERS: Final = 50_000_000


class Refused(Exception):
    """A reference that may not be followed, or without a readable target. The message completes "the $ref ..."."""


@dataclass(slots=True)
class Sources:
    """The documents below the folder of `main`, and remote ones if allowed. Each is read once.

    The key of a document is its real path or its URL. `folder` is the real folder of `main`. `hosts` are the hosts that
    documents on disk name. Nothing is fetched from other hosts: the user who allows remote documents can see these.
    """

    main: Document
    allow_remote: bool
    documents: dict[str, Document] = field(init=False)
    folder: Path = field(init=False)
    hosts: set[Host] = field(default_factory=set[Host])

    def __post_init__(self) -> None:
        self.folder = Path(self.main.file).parent.resolve()
        self.documents = {self.main_key: self.main}

    @property
    def main_key(self) -> str:
        """The key of the main document."""
        return str(self.folder / Path(self.main.file).name)

    def permit(self, base: str, address: str) -> None:
        """Add the host of `address` to `hosts` if the document `base`, which names it, is on disk."""
        if not _is_remote(base) and _is_remote(address.lower()):
            host = find_host(address)
            self.hosts |= {host} if host is not None else set()

    def find(self, base: str, address: str) -> str:
        """Return the key of the document at `address` as the document `base` names it, without its fragment.

        Raises `Refused`, or `BrokenDocument` if the file exists and cannot be parsed.
        """
        if not address:
            return base
        try:
            parts = urlsplit(address)
        except ValueError:
            raise Refused(_NO_ADDRESS) from None
        if _is_remote(base) and not parts.scheme:
            return self._find_remote(urljoin(base, address))
        if parts.scheme in ("http", "https"):
            return self._find_remote(address)
        if parts.scheme or parts.netloc:
            raise Refused(_NO_ADDRESS)
        return self._find_local(Path(base).parent, unquote(parts.path))

    def _find_local(self, folder: Path, path: str) -> str:
        if path.startswith(("/", "\\")) or "\0" in path:
            raise Refused("is an absolute path; use one relative to this file")
        try:
            # The document may be a symbolic link. Its references are relative to the link, not to its target.
            named = folder / path
            found = named if str(named) in self.documents else named.resolve(strict=True)
        except (OSError, RuntimeError) as problem:
            reason = getattr(problem, "strerror", None) or "the symbolic links form a cycle"
            raise Refused(f"points to nothing: {reason}") from None
        if str(found) in self.documents:
            return str(found)
        if not found.is_relative_to(self.folder):
            raise Refused("points outside of the document's folder; move the file below it")
        if not found.is_file():
            raise Refused("does not point to a file")
        if found.stat().st_size > _MOST_CHARACTERS:
            raise Refused(f"points to a file of more than {_MOST_CHARACTERS:,} bytes")
        self._add(str(found), load(found, str(Path(self.main.file).parent / found.relative_to(self.folder))))
        return str(found)

    def _find_remote(self, url: str) -> str:
        if not self.allow_remote:
            raise Refused("points to another host; use --allow-remote to fetch it, or keep a copy here")
        if find_host(url) not in self.hosts:
            raise Refused(
                "points to a host that no document on disk names; keep a copy of that document here"
            )
        if url not in self.documents:
            try:
                text = fetch(url, self.hosts)
            except Unreachable as problem:
                raise Refused(f"cannot be fetched: {problem}") from None
            self._add(url, parse_text(text, url))
        return url

    def _add(self, key: str, document: Document) -> None:
        self.documents[key] = document
        others = [each for each in self.documents.values() if each is not self.main]
        if len(others) > _MOST_DOCUMENTS or sum(len(each.text) for each in others) > _MOST_CHARACTERS:
            raise Refused(
                f"exceeds the limit of {_MOST_DOCUMENTS} documents and {_MOST_CHARACTERS:,} characters"
            )


def _is_remote(address: str) -> bool:
    return address.startswith(("https://", "http://"))
