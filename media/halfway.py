"""Halfway: a file that is still on its way here: what has come of it, what it is to become, and its checksum."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from string import hexdigits

PART, LABEL = ".part", ".from"
"""What a file is called until it is whole, and the note beside it of what the server said of it."""
_BLOCK = 4 << 20
_SHA256, _GIT = 64, 40  # letters


@dataclass(frozen=True, slots=True)
class Known:
    """What a server says of a file: a tag by which its content is known again, and how long it is."""

    tag: str = ""
    size: int = 0
    """0 where it does not say."""

    @property
    def is_checksum(self) -> bool:
        """Tell whether the tag is a checksum of the content: SHA-256, or the one that git gives a file."""
        return len(self.tag) in (_SHA256, _GIT) and set(self.tag) <= set(hexdigits)


class Halfway:
    """A file under its passing name; it gets its own only when it is whole."""

    def __init__(self, to: Path) -> None:
        self.to = to
        self.part = to.with_name(to.name + PART)
        self._label = to.with_name(to.name + LABEL)

    @property
    def bytes(self) -> int:
        """Return how much of it is here."""
        return self.part.stat().st_size if self.part.is_file() else 0

    def take_up_again(self) -> None:
        """Let a file that came whole in an earlier sitting be compared with what the server has today."""
        if self.to.is_file():
            self.to.replace(self.part)

    def label(self) -> Known:
        """Return what the server said when these bytes came."""
        try:
            told = json.loads(self._label.read_text(encoding="utf-8"))
            return Known(str(told["tag"]), int(told["size"]))
        except (OSError, ValueError, KeyError, TypeError):
            return Known()

    def note(self, known: Known) -> None:
        """Keep what the server says of it."""
        self._label.write_text(json.dumps(asdict(known)), encoding="utf-8")

    def throw_away(self) -> None:
        """Forget what came."""
        self.part.unlink(missing_ok=True)
        self._label.unlink(missing_ok=True)

    def is_right(self, known: Known, check: Callable[[], None]) -> bool:
        """Tell whether what came has the checksum that the server named; without one, there is nothing to tell."""
        if not known.is_checksum:
            return True
        digest = hashlib.sha256() if len(known.tag) == _SHA256 else hashlib.sha1(usedforsecurity=False)
        if len(known.tag) == _GIT:
            digest.update(f"blob {self.bytes}\0".encode())
        with self.part.open("rb") as stream:
            while block := stream.read(_BLOCK):
                check()
                digest.update(block)
        return digest.hexdigest() == known.tag.lower()

    def publish(self) -> None:
        """Give the whole file its own name."""
        self.part.replace(self.to)
