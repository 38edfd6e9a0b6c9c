"""Wishes: withdrawals kept outside the database, so that an older copy of it cannot bring anything back.

Two files hold the same lines: one beside the database, one among this machine's own files. They carry marks that
mean nothing elsewhere, never a name or a word.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from storybank.domain.withdrawal import Choice, Wish
from storybank.errors import Unavailable
from storybank.persistence.keys import write_safely
from storybank.words import say

FILE = "library.wishes"


class FileWishes:
    """The wishes of one library, in every place they are kept."""

    def __init__(self, folder: Path, home: Path, library_id: str) -> None:
        self._files = (folder / FILE, home / "wishes" / f"{library_id}.json")

    def all(self) -> list[Wish]:
        """Return every wish, oldest first, from whichever places can be read."""
        return _in_order(wish for file in self._files for wish in _read(file))

    def add(self, wish: Wish) -> None:
        """Keep a wish in every place; it is safe on disk when this returns."""
        self._write(_in_order([*self.all(), wish]))

    def spread(self) -> None:
        """See that every place knows every wish: one of them may have been put back as it was long ago."""
        wishes = self.all()
        if any(_in_order(_read(file)) != wishes for file in self._files):
            self._write(wishes)

    def _write(self, wishes: Sequence[Wish]) -> None:
        """Write to every place that can be written; one is enough, and where it is the other learns of it later."""
        text = "".join(json.dumps(asdict(one)) + "\n" for one in wishes)
        kept = [self._try(file, text) for file in self._files]
        if not any(kept):
            raise Unavailable(
                say("The withdrawal holds, but it could not be noted outside the database."),
                hint=say("An older copy would forget it. Make room on the disk, then open the library again."),
            )

    @staticmethod
    def _try(file: Path, text: str) -> bool:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            write_safely(file, text)
        except OSError:
            return False
        return True


def _in_order(wishes: Iterator[Wish] | Sequence[Wish]) -> list[Wish]:
    return sorted(set(wishes), key=lambda wish: (wish.at, wish.person, wish.erase, wish.choice))


def _read(file: Path) -> Iterator[Wish]:
    """Yield the wishes of a file; a line that is damaged is left out, and so is a file that cannot be read."""
    try:
        lines = file.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return
    for line in lines:
        with suppress(ValueError, TypeError, KeyError):
            kept = json.loads(line)
            yield Wish(str(kept["person"]), str(kept["at"]), bool(kept["erase"]), _marks(kept["stories"]),
                       _marks(kept["uses"]), _marks(kept.get("files", ())), Choice(kept.get("choice", "undecided")))


def _marks(kept: Sequence[object]) -> tuple[str, ...]:
    return tuple(map(str, kept))
