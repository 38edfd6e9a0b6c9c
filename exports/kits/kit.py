"""Kit: a campaign kit as a folder, and the papers that show it may be used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from exports.cards.sizes import ONLINE, Size
from exports.cards.theme import HOUSE, read_theme
from exports.events import pack as events
from exports.folders import filled_beside
from exports.kits import closing, films, online, proof
from exports.kits.assets import Parcel, files_under
from exports.kits.packing import SHAPES, Packing, Stretch
from exports.prints import pack as prints
from exports.radio import pack as radio
from storybank.checksum import sha256_of
from storybank.domain.clip import Shape
from storybank.domain.commission import Kit
from storybank.domain.draft import Part
from storybank.domain.export import ExportedFile, Order
from storybank.domain.recording import Recording
from storybank.errors import Refused
from storybank.ports import MediaTools, Ticket
from storybank.words import say

_PARTS: dict[Part, Callable[[Packing], None]] = {
    Part.ONLINE: online.pack,
    Part.PODCAST: radio.pack,
    Part.PRINT: prints.pack,
    Part.EVENTS: events.pack,
}
"""What fills a kit's folders, for each kind of place it is meant for."""
_WORK = 0.94
"""How much of the way the parts are; the rest are its papers and its proof."""


class FolderKit:
    """Writes a campaign kit as a folder (`ports.KitWriter`); `sizes` are those of its cards, `shapes` of its clips."""

    def __init__(self, media: MediaTools, sizes: Sequence[Size] = ONLINE, shapes: Sequence[Shape] = SHAPES) -> None:
        self._media = media
        self._sizes = tuple(sizes)
        self._shapes = tuple(shapes)

    def write(self, kit: Kit, order: Order, to: Path, media_of: Callable[[Recording], Path],
              ticket: Ticket) -> tuple[str, tuple[ExportedFile, ...]]:
        """Write the kit to `to`, which must not be there yet.

        Return the SHA-256 of its list of files, and every file with its hash and the quotes in it.
        """
        if not order.passages:
            raise Refused(
                say("There is no quote that may be used in this kit."),
                hint=say("Choose quotes whose consent covers it, or ask for that consent first."),
            )
        theme = read_theme(kit.theme) if kit.theme else HOUSE
        with filled_beside(to) as folder:
            packing = Packing(Parcel(kit, order), folder, self._media, media_of, ticket, theme=theme,
                              sizes=self._sizes, shapes=self._shapes)
            films.check_recordings(packing)
            self._fill(packing, ticket)
            return _sealed(packing)

    @staticmethod
    def _fill(packing: Packing, ticket: Ticket) -> None:
        """Let each part fill its folders, each on its own stretch of the way."""
        parts = [part for part in Part if part in packing.parcel.kit.parts and part in _PARTS]
        note = str(say("The kit"))
        for number, part in enumerate(parts):
            packing.ticket = Stretch(ticket, _WORK * number / len(parts), _WORK / len(parts), note)
            _PARTS[part](packing)
        packing.ticket = ticket


def _sealed(packing: Packing) -> tuple[str, tuple[ExportedFile, ...]]:
    """Write the papers and the checksum of every file, prove it all; return the list's own checksum, and all files."""
    packing.report(_WORK, say("Posts and rights"))
    closing.close(packing)
    packing.ticket.check()
    listed = packing.folder / proof.LIST
    sums = {path: sha256_of(packing.folder / path) for path in files_under(packing.folder)}
    listed.write_text("".join(f"{digest}  {path}\n" for path, digest in sums.items()), encoding="utf-8", newline="\n")
    proof.check(packing.folder, packing.parcel)
    sums[proof.LIST] = seal = sha256_of(listed)
    packing.ticket.check()
    packing.ticket.report(1.0, str(say("The kit is packed")))
    shown = {asset.path: asset.quotes for asset in packing.assets}
    return seal, tuple(ExportedFile(path, digest, shown.get(path, ())) for path, digest in sorted(sums.items()))
