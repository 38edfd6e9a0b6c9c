"""Packaging: a kit on its way: a zip to share, the same bytes for the same kit, or a BagIt bag to keep (RFC 8493)."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import bagit  # type: ignore[import-untyped]

from exports.kits.assets import files_under
from exports.typography import clean
from storybank.checksum import sha256_of
from storybank.domain.names import slug
from storybank.errors import Damaged, Unavailable
from storybank.ports import Ticket
from storybank.words import say

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_CHUNK = 1 << 20
_PACKED_ALREADY = frozenset({".png", ".jpg", ".mp4", ".mp3", ".m4a", ".docx", ".pptx", ".zip", ".woff2"})
_ALGORITHMS = ["sha256"]


def zipped(folder: Path, to: Path, ticket: Ticket | None = None) -> None:
    """Write a folder as a zip of which the same content makes the same bytes; it gets its name last.

    Inside, everything lies in one folder of the zip's own name.
    """
    top = slug(to.stem, 80)
    files = files_under(folder)
    with _placed(to) as part, zipfile.ZipFile(part, "w", allowZip64=True) as archive:
        for number, path in enumerate(files):
            if ticket is not None:
                ticket.check()
                ticket.report(number / len(files), path)
            _add(archive, folder / path, f"{top}/{path}")


def bagged(folder: Path, to: Path, made_at: str, organisation: str, kit_id: str, ticket: Ticket | None = None) -> None:
    """Write a copy of a folder as a BagIt bag, checked before it gets its name."""
    with _placed(to) as part:
        part.mkdir(parents=True)
        for path in files_under(folder):
            if ticket is not None:
                ticket.check()
            (part / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / path, part / path)
        made = datetime.fromisoformat(made_at)
        info = {"Source-Organization": clean(organisation), "External-Identifier": clean(kit_id),
                "Bagging-Date": (made.astimezone(UTC) if made.tzinfo else made).date().isoformat()}
        bagit.make_bag(str(part), info, processes=1, checksums=_ALGORITHMS, encoding="utf-8")
        _say_version(part)
        if not bagit.Bag(str(part)).is_valid(processes=1):
            raise Damaged(say("The bag {name} was not written as it should be, so it was removed.", name=to.name),
                          hint=say("Check the disk, and try again."))


def _say_version(bag: Path) -> None:
    """Write the version of RFC 8493, which bagit writes as the draft it was, and list what describes the bag anew."""
    (bag / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", encoding="utf-8",
                                   newline="\n")
    tags = ("bag-info.txt", "bagit.txt", "manifest-sha256.txt")
    sums = "".join(f"{sha256_of(bag / name)}  {name}\n" for name in tags)
    (bag / "tagmanifest-sha256.txt").write_text(sums, encoding="utf-8", newline="\n")


def _add(archive: zipfile.ZipFile, file: Path, name: str) -> None:
    entry = zipfile.ZipInfo(name, _LONG_AGO)
    entry.create_system, entry.external_attr = 3, 0o100644 << 16
    entry.compress_type = zipfile.ZIP_STORED if file.suffix in _PACKED_ALREADY else zipfile.ZIP_DEFLATED
    entry.file_size = file.stat().st_size
    with file.open("rb") as source, archive.open(entry, "w") as target:
        shutil.copyfileobj(source, target, _CHUNK)


@contextmanager
def _placed(to: Path) -> Iterator[Path]:
    """Give a place beside `to`, put there when all went well and removed when not."""
    part = to.with_name(f"{to.name}.part")
    try:
        _remove(part)
        yield part
        part.replace(to)
    except OSError as error:
        raise Unavailable(say("{name} could not be written: {reason}.", name=to.name,
                              reason=error.strerror or str(error)),
                          hint=say("Check that the disk has room and that you may write there.")) from error
    finally:
        _remove(part)


def _remove(part: Path) -> None:
    if part.is_dir():
        shutil.rmtree(part, ignore_errors=True)
    else:
        part.unlink(missing_ok=True)
