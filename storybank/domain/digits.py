"""Digits: which code each of the keys 1 to 9 gives; a code keeps its digit until it has long been out of use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from storybank.domain.codebook import Code, CodeKind

MOST = 9
FIXED = 5
"""The first building blocks keep the first digits for good."""


class Digits:
    """The codes of the keys 1 to 9: first the building blocks, then those that were used last."""

    def __init__(self, codes: Sequence[Code] = (), used: Iterable[str] = ()) -> None:
        """`used` are the keys of codes that were used, oldest first."""
        self._order: list[str] = []
        self._slots: list[str] = []
        self._fixed = 0
        self.know(codes)
        for key in used:
            self.use(key)

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys of the codes, that of digit 1 first."""
        return tuple(self._slots)

    def know(self, codes: Sequence[Code]) -> None:
        """Take the codebook as it is now: codes that are gone give their digits up."""
        self._codable = {code.key for code in codes if code.codable}
        blocks = [code.key for code in codes if code.kind is CodeKind.BLOCK and code.codable and not code.parent]
        fixed, self._fixed = blocks[:FIXED], len(blocks[:FIXED])
        others = [key for key in self._slots if key not in fixed and key in self._codable]
        self._slots = [*fixed, *others][:MOST]

    def use(self, key: str) -> None:
        """Note that a code was used: it has a digit from now on."""
        if key not in self._codable:
            return
        self._order = [one for one in self._order if one != key] + [key]
        if key in self._slots:
            return
        if len(self._slots) < MOST:
            self._slots.append(key)
            return
        oldest = min(range(self._fixed, MOST), key=lambda place: self._age(self._slots[place]))
        self._slots[oldest] = key

    def code(self, digit: int) -> str:
        """Return the key of the code that a digit gives; empty where it gives none."""
        return self._slots[digit - 1] if 1 <= digit <= len(self._slots) else ""

    def digit(self, key: str) -> int:
        """Return the digit that gives a code; 0 where none does."""
        return self._slots.index(key) + 1 if key in self._slots else 0

    def _age(self, key: str) -> int:
        return self._order.index(key) if key in self._order else -1
