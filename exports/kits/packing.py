"""Packing: a kit's folder while it is being filled; every file is written through it, so that none is forgotten."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from exports.kits.assets import Asset, Parcel
from storybank.domain.draft import PART_USES, Part
from storybank.domain.export import Passage
from storybank.domain.recording import Recording
from storybank.ports import MediaTools, Ticket
from storybank.words import Sentence


@dataclass(slots=True)
class Packing:
    """A kit being packed."""

    parcel: Parcel
    folder: Path
    media: MediaTools
    media_of: Callable[[Recording], Path]
    ticket: Ticket
    assets: list[Asset] = field(default_factory=list)

    def passages_for(self, part: Part) -> tuple[Passage, ...]:
        """Return the quotes that may go into a part; one that needs more uses than the kit has only what has them."""
        if part not in PART_USES:
            return self.parcel.passages
        allowed = self.parcel.order.parts.get(part.value, frozenset())
        return tuple(passage for passage in self.parcel.passages if passage.cleared.quote.code in allowed)

    def room(self, *parts: str) -> Path:
        """Return a folder of the kit, which exists from then on."""
        into = self.folder.joinpath(*parts)
        into.mkdir(parents=True, exist_ok=True)
        return into

    def keep(self, file: Path, passages: Sequence[Passage], language: str, alt: str = "") -> None:
        """Enter a file that was written: whose words are in it (none for papers), and what there is to see."""
        self.assets.append(Asset(file.relative_to(self.folder).as_posix(), tuple(passages), language, alt))

    def write(self, file: Path, text: str, passages: Sequence[Passage], language: str) -> None:
        """Write a text file and enter it."""
        file.write_text(text, encoding="utf-8", newline="\n")
        self.keep(file, passages, language)

    def report(self, fraction: float, note: Sentence) -> None:
        """Say how far it is, and stop where it was cancelled."""
        self.ticket.check()
        self.ticket.report(fraction, str(note))


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the way: reports from 0 to 1 become reports from `begin` on."""

    ticket: Ticket
    begin: float
    share: float
    note: str

    def report(self, fraction: float, note: str = "") -> None:
        """Report so far into the whole."""
        self.ticket.report(min(1.0, self.begin + self.share * fraction), note or self.note)

    def check(self) -> None:
        """Stop where the whole was cancelled."""
        self.ticket.check()
