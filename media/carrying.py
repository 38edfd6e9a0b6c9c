"""Carrying: brings the files of a speech model in from a folder, a zip or a stick, and nothing else with them."""

from __future__ import annotations

import errno
import os
import shutil
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import IO

from media.model_files import KNOWN, NEEDED
from storybank.domain.amount import Size
from storybank.errors import Damaged, Invalid, Unavailable
from storybank.ports import Ticket
from storybank.words import Sentence, say

LARGEST = 20 << 30
"""Bytes; no speech model is larger, so a bigger zip is no model."""
TIGHTEST = 50
"""How many times smaller than itself a file of a model may be in a zip; weights hardly shrink at all."""
SPARE = 200 << 20
"""Bytes that are left free on the disk, so that the rest of the machine goes on."""
_BLOCK = 4 << 20
_DEEPEST = 3  # folders between the one that was chosen and the model in it
_LOCKED = 0x1  # the flag of a zip's entry that needs a password


def home_of_model(chosen: Path) -> Path:
    """Return the folder that holds the model: the chosen one, or the only one beneath it that does."""
    if any((chosen / name).is_file() for name in KNOWN):
        return chosen
    found = sorted({file.parent for depth in range(1, _DEEPEST + 1)
                    for file in chosen.glob(f"{'*/' * depth}model.bin")})
    if len(found) > 1:
        raise Invalid(say("{file} holds several speech models.", file=chosen.name),
                      hint=say("Choose one of them: {names}.", names=", ".join(sorted({f.name for f in found}))))
    if not found:
        raise no_model(chosen)
    return found[0]


def check_room(folder: Path, needed: int) -> None:
    """Raise `Unavailable` with the figures unless so many bytes go onto the disk and some are left."""
    free = shutil.disk_usage(folder).free
    if free < needed + SPARE:
        raise Unavailable(
            say("There is not enough room on the disk: the model needs {needed}, and {free} is free.",
                needed=Size(needed), free=Size(free)),
            hint=_make_room())


def check_spare(folder: Path) -> None:
    """Raise `Unavailable` when the disk has filled up meanwhile, before it is full to the last byte."""
    if (free := shutil.disk_usage(folder).free) < SPARE // 2:
        raise Unavailable(say("The disk is nearly full: {free} is free.", free=Size(free)), hint=_make_room())


def copy_all(pairs: Iterable[tuple[Path, Path]], ticket: Ticket) -> None:
    """Copy files, and see that each arrived whole."""
    todo = list(pairs)
    try:
        whole = sum(source.stat().st_size for source, _ in todo)
        check_room(todo[0][1].parent, whole)
        done = 0
        for source, to in todo:
            with source.open("rb") as read, to.open("wb") as written:
                done += _pour(read, written, ticket, (done, whole), source.name)
            if source.stat().st_size != to.stat().st_size:
                raise Damaged(say("{file} changed while it was copied.", file=source.name), hint=say("Try again."))
    except OSError as error:
        raise _broke_off(error, todo[0][0].parent) from error


def unpack(archive: Path, into: Path, ticket: Ticket) -> None:
    """Unpack the files of a model, wherever in the zip its folder is; only the names a model has are taken."""
    try:
        with zipfile.ZipFile(archive) as packed:
            inside = _model_in(packed, archive)
            whole, done = sum(info.file_size for info in inside), 0
            check_room(into, whole)
            for info in inside:
                name = PurePosixPath(info.filename).name
                with packed.open(info) as read, (into / name).open("wb") as written:
                    done += _pour(read, written, ticket, (done, whole), name)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise Damaged(say("{file} cannot be unpacked.", file=archive.name),
                      hint=say("Copy it again from where it came.")) from error
    except OSError as error:
        raise _broke_off(error, archive) from error


def no_model(source: Path) -> Invalid:
    """Return that there is no model in it, and what one looks like."""
    return Invalid(
        say("{file} holds no speech model.", file=source.name),
        hint=say("A model is a folder or a zip with {files} in it, or a .pt file.", files=", ".join(NEEDED)),
    )


def is_full(error: OSError) -> bool:
    """Tell whether something could not be written for want of room."""
    return error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))


def disk_full() -> Unavailable:
    """Return that there is no room left."""
    return Unavailable(say("The disk is full."), hint=_make_room())


def to_disk(file: IO[bytes]) -> None:
    """See that what was written is on the disk itself, and would be there after a power cut."""
    file.flush()
    os.fsync(file.fileno())


def _pour(read: IO[bytes], written: IO[bytes], ticket: Ticket, so_far: tuple[int, int], name: str) -> int:
    """Copy one stream; return how much it was."""
    before, whole = so_far
    came = 0
    while block := read.read(_BLOCK):
        ticket.check()
        written.write(block)
        came += len(block)
        ticket.report(min(1.0, (before + came) / max(1, whole)), name)
    to_disk(written)
    return came


def _model_in(packed: zipfile.ZipFile, archive: Path) -> list[zipfile.ZipInfo]:
    """Return the files of the one model in a zip."""
    names = [PurePosixPath(info.filename) for info in packed.infolist()]
    homes = sorted({name.parent for name in names if name.name in KNOWN and "__MACOSX" not in name.parts})
    with_weights = [home for home in homes if any(name == home / "model.bin" for name in names)]
    if len(with_weights) > 1:
        raise Invalid(say("{file} holds several speech models.", file=archive.name),
                      hint=say("Unpack it, and choose the folder of one of them."))
    home = next(iter(with_weights or homes), None)
    inside = [info for info, name in zip(packed.infolist(), names, strict=True)
              if name.parent == home and name.name in KNOWN]
    if not inside:
        raise no_model(archive)
    if wrong := _untrustworthy(inside, archive.name):
        raise wrong
    return inside


def _untrustworthy(inside: Sequence[zipfile.ZipInfo], archive: str) -> Invalid | None:
    if any(info.flag_bits & _LOCKED for info in inside):
        return Invalid(say("{file} is locked with a password.", file=archive),
                       hint=say("Unpack it yourself, and choose the folder."))
    if len({PurePosixPath(info.filename).name for info in inside}) < len(inside):
        return Invalid(say("{file} holds the same file twice.", file=archive), hint=_again())
    whole, packed = sum(i.file_size for i in inside), sum(i.compress_size for i in inside)
    if whole > LARGEST or whole > TIGHTEST * max(packed, 1):
        return Invalid(say("{file} would unpack to {size}, which no speech model does.", file=archive,
                           size=Size(whole)), hint=_again())
    return None


def _make_room() -> Sentence:
    return say("Make room, or choose a smaller model.")


def _again() -> Sentence:
    return say("Do not use it. Get the model again from where it came.")


def _broke_off(error: OSError, source: Path) -> Unavailable:
    if is_full(error):
        return disk_full()
    return Unavailable(
        say("{file} could not be copied: {why}.", file=source.name, why=error.strerror or str(error)),
        hint=say("If it is on a stick, plug it in again. Nothing half-copied was kept; try again."))
