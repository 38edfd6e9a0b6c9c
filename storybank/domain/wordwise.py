"""Wordwise: how two wordings of one passage differ, word by word."""

from __future__ import annotations

from dataclasses import dataclass

from storybank.domain import alignment


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of both wordings where they are the same; else what stood there then, and what stands there now."""

    then: str
    now: str

    @property
    def is_same(self) -> bool:
        """Tell whether both read the same here."""
        return self.then == self.now


def pieces(then: str, now: str) -> tuple[Piece, ...]:
    """Return both wordings side by side; marks and capitals count."""
    old, new = then.split(), now.split()
    return tuple(
        Piece(" ".join(old[one.i1 : one.i2]), " ".join(new[one.j1 : one.j2])) for one in _joined(old, new)
    )


def _joined(old: list[str], new: list[str]) -> list[alignment.Opcode]:
    """Return stretches that are the same and stretches that are not, turn by turn."""
    found: list[alignment.Opcode] = []
    for one in alignment.opcodes(old, new):
        if found and (found[-1].tag == "equal") == (one.tag == "equal"):
            last = found.pop()
            one = alignment.Opcode(last.tag, last.i1, one.i2, last.j1, one.j2)
        found.append(one)
    return found
