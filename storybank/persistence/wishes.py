"""Wishes: withdrawals kept outside the database, so that an older copy of it cannot bring anything back.

Two files hold the same lines: one beside the database, one among this machine's own files. They carry marks that
mean nothing elsewhere, never a name or a word.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from storybank.domain.withdrawal import Wish
from storybank.persistence.keys import write_safely

FILE = "library.wishes"


class FileWishes:
    """The wishes of one library, in every place they are kept."""

    def __init__(self, folder: Path, home: Path, library_id: str) -> None:
        self._files = (folder / FILE, home / "wishes" / f"{library_id}.json")

    def all(self) -> list[Wish]:
        """Return every wish, oldest first, from whichever places can be read."""
        found = {wish for file in self._files for wish in _read(file)}
        return sorted(found, key=lambda wish: (wish.at, wish.person))

    def add(self, wish: Wish) -> None:
        """Keep a wish in every place; it is safe on disk when this returns."""
        wishes = [*(one for one in self.all() if one != wish), wish]
        text = "".join(json.dumps(asdict(one)) + "\n" for one in wishes)
        for file in self._files:
            file.parent.mkdir(parents=True, exist_ok=True)
            write_safely(file, text)


def _read(file: Path) -> Iterator[Wish]:
    with suppress(OSError):
        for line in file.read_text("utf-8").splitlines():
            with suppress(ValueError, TypeError, KeyError):
                kept = json.loads(line)
                yield Wish(kept["person"], kept["at"], bool(kept["erase"]), tuple(kept["stories"]),
                           tuple(kept["uses"]))
