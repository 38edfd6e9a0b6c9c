"""Packing: a kit's folder while it is being filled; every file is written through it, so that none is forgotten."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from PIL import Image

from exports.cards.composing import face_of
from exports.cards.sizes import ONLINE, Size
from exports.cards.theme import HOUSE, Theme
from exports.kits.assets import Asset, Parcel
from storybank.domain.clip import SQUARE, UPRIGHT, WIDE, Cut, Shape
from storybank.domain.draft import PART_USES, Part
from storybank.domain.export import Passage
from storybank.domain.recording import Recording
from storybank.domain.transcript import Span
from storybank.ports import MediaTools, Ticket
from storybank.words import Sentence

SHAPES = (WIDE, SQUARE, UPRIGHT)


@dataclass(slots=True)
class Packing:
    """A kit being packed."""

    parcel: Parcel
    folder: Path
    media: MediaTools
    media_of: Callable[[Recording], Path]
    ticket: Ticket
    assets: list[Asset] = field(default_factory=list)
    theme: Theme = HOUSE
    """How its cards look."""
    sizes: tuple[Size, ...] = ONLINE
    """Which sizes of cards are made for the web."""
    shapes: tuple[Shape, ...] = SHAPES
    """Which shapes of clips are made for the web."""
    faces: dict[str, Image.Image | None] = field(default_factory=dict)
    """Stills of the speakers that were taken already, by the codes of their quotes."""

    def passages_for(self, part: Part) -> tuple[Passage, ...]:
        """Return the quotes that may go into a part; one that needs more uses has its own, as those uses allow them."""
        if part not in PART_USES:
            return self.parcel.passages
        allowed = self.parcel.order.parts.get(part.value, ())
        return tuple(sorted(allowed, key=lambda passage: passage.cleared.quote.code))

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

    def face(self, passage: Passage) -> Image.Image | None:
        """Return a still of the speaker, where their picture may be used and there is one; taken once."""
        code = passage.cleared.quote.code
        if not passage.cleared.may_be_still:
            return None
        if code not in self.faces:
            self.faces[code] = face_of(passage, self.media, self.media_of)
        return self.faces[code]

    def cut(self, passage: Passage, shape: Shape = WIDE, title: str = "") -> Cut:
        """Return how a clip is cut whose captions are burned in: with words that light up, where the kit wants that."""
        cut = passage.cut(shape, title=title)
        if not self.parcel.kit.highlight:
            return cut
        start = passage.clip.start_ms
        return replace(cut, lit=tuple(
            Span(word.start_ms - start, word.end_ms - start) for word in passage.words for _ in word.text.split()
        ))  # fmt: skip

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
        self.ticket.report(min(1.0, self.begin + self.share * max(0.0, min(1.0, fraction))), note or self.note)

    def check(self) -> None:
        """Stop where the whole was cancelled."""
        self.ticket.check()
