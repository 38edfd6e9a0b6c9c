"""Models: the speech models on this machine, checked before they are trusted, put in place whole or not at all."""

from __future__ import annotations

import importlib.util
import shutil
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from media.download import OFFERED, fetch
from media.model_files import KNOWN, NEEDED, check, check_checkpoint, looks_whole
from storybank.domain.names import slug
from storybank.domain.speech import DEMO_MODEL, SpeechModel
from storybank.errors import Damaged, Invalid, NotFound, Refused, Unavailable
from storybank.ports import Ticket
from storybank.words import say

FASTER, OPENAI = "faster-whisper", "openai-whisper"
LARGEST = 20 << 30
"""Bytes; no speech model is larger, so a bigger zip is no model."""
_BLOCK = 4 << 20


class SpeechModelShelf:
    """`SpeechModels` in a folder of this machine, with the demo model of the project beside them."""

    def __init__(self, folder: Path, demo: Path) -> None:
        self._folder = folder
        self._demo = demo

    def all(self) -> list[SpeechModel]:
        """Return the models there are: those that can be used here first, larger before smaller, the demo last."""
        found = [_described(place) for place in self._places() if place.is_file() or looks_whole(place)]
        found.sort(key=lambda model: (not _can_be_used(model), -model.bytes))
        return found + self._demos()

    def find(self, name: str | None = None) -> SpeechModel:
        """Return the model of that name, or the largest there is; the demo model only when there is no other."""
        models = self.all()
        fitting = [model for model in models if (model.name == name if name else _can_be_used(model))]
        if fitting:
            return fitting[0]
        if name:
            raise Unavailable(
                say("There is no speech model called {name} on this machine.", name=name),
                hint=say("There are: {names}.", names=", ".join(model.name for model in models)),
            )
        raise Unavailable(
            say("There is no speech model on this machine."),
            hint=say("Download one, or add one from a folder or a USB stick, under Settings."),
        )

    def add(self, folder_or_zip: Path, name: str | None, ticket: Ticket) -> SpeechModel:
        """Copy a model in from a folder, a zip or a .pt file, after checking every file it needs."""
        source = folder_or_zip
        if not source.exists():
            raise Unavailable(say("{file} is not there.", file=source.name), hint=say("Plug its disk in, try again."))
        chosen = slug(name or (source.name if source.is_dir() else source.stem))
        self._check_name(chosen)
        if source.suffix == ".pt":
            return self._keep_checkpoint(source, chosen, ticket)
        part = self._part(chosen, fresh=True)
        try:
            if source.is_dir():
                check(source)
                _copy_all([(file, part / file.name) for file in _files_of(source) if file.name in KNOWN], ticket)
            elif zipfile.is_zipfile(source):
                _unpack(source, part, ticket)
            else:
                raise _no_model(source)
            return self._publish(part, chosen)
        finally:
            shutil.rmtree(part, ignore_errors=True)

    def offered(self) -> Mapping[str, int]:
        """Return the models that can be downloaded, with their size in bytes."""
        return OFFERED

    def download(self, name: str, ticket: Ticket) -> SpeechModel:
        """Fetch a model; what was fetched before a break is used again."""
        if name not in OFFERED:
            raise NotFound(say("There is no model called {name} to download.", name=name),
                           hint=say("There are: {names}.", names=", ".join(OFFERED)))
        self._check_name(name)
        part = self._part(name, fresh=False)
        fetch(name, part, ticket)
        return self._publish(part, name)

    def remove(self, name: str) -> None:
        """Remove a model from this machine; the demo model belongs to Storybank and stays."""
        if name == DEMO_MODEL:
            raise Refused(say("The demo model belongs to Storybank and cannot be removed."))
        place = next((place for place in self._places() if _name_of(place) == name), None)
        if place is None:
            raise NotFound(say("There is no speech model called {name} on this machine.", name=name))
        if place.is_dir():
            shutil.rmtree(place)
        else:
            place.unlink()

    def _places(self) -> list[Path]:
        if not self._folder.is_dir():
            return []
        here = [place for place in self._folder.iterdir() if not place.name.startswith(".")]
        return sorted(place for place in here if place.is_dir() or place.suffix == ".pt")

    def _demos(self) -> list[SpeechModel]:
        note = say("This is the demo model: it knows only the synthetic voices of the demo and nothing of real speech.")
        folder = self._demo / "ct2"
        return [SpeechModel(DEMO_MODEL, FASTER, folder, _weight(folder), note.text)] if looks_whole(folder) else []

    def _check_name(self, name: str) -> None:
        if name == DEMO_MODEL or any(name == _name_of(place) for place in self._places()):
            raise Refused(say("There is a speech model called {name} already.", name=name),
                          hint=say("Remove it first, or choose another name."))

    def _part(self, name: str, *, fresh: bool) -> Path:
        part = self._folder / f".{name}.part"
        if fresh:
            shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True, exist_ok=True)
        return part

    def _publish(self, part: Path, name: str) -> SpeechModel:
        check(part)
        place = self._folder / name
        shutil.rmtree(part / ".cache", ignore_errors=True)  # what the download needed to go on after a break
        part.replace(place)
        return _described(place)

    def _keep_checkpoint(self, source: Path, name: str, ticket: Ticket) -> SpeechModel:
        check_checkpoint(source)
        self._folder.mkdir(parents=True, exist_ok=True)
        part, place = self._folder / f".{name}.pt.part", self._folder / f"{name}.pt"
        try:
            _copy_all([(source, part)], ticket)
            part.replace(place)
        finally:
            part.unlink(missing_ok=True)
        return _described(place)


def _can_be_used(model: SpeechModel) -> bool:
    return model.engine == FASTER or importlib.util.find_spec("whisper") is not None


def _name_of(place: Path) -> str:
    return place.stem if place.suffix == ".pt" and place.is_file() else place.name


def _described(place: Path) -> SpeechModel:
    return SpeechModel(_name_of(place), OPENAI if place.is_file() else FASTER, place, _weight(place))


def _weight(place: Path) -> int:
    return sum(file.stat().st_size for file in ([place] if place.is_file() else _files_of(place)))


def _files_of(folder: Path) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.is_file() and not file.name.startswith("."))


def _check_room(folder: Path, needed: int) -> None:
    if shutil.disk_usage(folder).free < needed:
        raise Unavailable(say("There is not enough room on the disk for this model."),
                          hint=say("Make room, or choose a smaller model."))


def _copy_all(pairs: Iterable[tuple[Path, Path]], ticket: Ticket) -> None:
    todo = list(pairs)
    whole, done = max(1, sum(source.stat().st_size for source, _ in todo)), 0
    _check_room(todo[0][1].parent, whole)
    for source, to in todo:
        try:
            with source.open("rb") as read, to.open("wb") as written:
                while block := read.read(_BLOCK):
                    ticket.check()
                    written.write(block)
                    done += len(block)
                    ticket.report(done / whole, source.name)
        except OSError as error:
            what = say("{file} could not be copied: {why}.", file=source.name, why=error.strerror)
            raise Unavailable(what) from error


def _unpack(archive: Path, into: Path, ticket: Ticket) -> None:
    """Unpack the files of a model, wherever in the zip its folder is; only the names a model has are taken."""
    try:
        with zipfile.ZipFile(archive) as packed:
            inside = _model_in(packed)
            if not inside or (whole := sum(info.file_size for info in inside)) > LARGEST:
                raise _no_model(archive)
            _check_room(into, whole)
            done = 0
            for info in inside:
                with packed.open(info) as read, (into / PurePosixPath(info.filename).name).open("wb") as written:
                    while block := read.read(_BLOCK):
                        ticket.check()
                        written.write(block)
                        done += len(block)
                        ticket.report(done / max(1, whole), info.filename)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise Damaged(say("{file} cannot be unpacked.", file=archive.name),
                      hint=say("Copy it again from where it came.")) from error


def _model_in(packed: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the files of the one model in a zip, none when there is not exactly one."""
    names = [PurePosixPath(info.filename) for info in packed.infolist()]
    homes = {name.parent for name in names if name.name == "model.bin"}
    if len(homes) != 1:
        return []
    return [info for info, name in zip(packed.infolist(), names, strict=True)
            if name.parent in homes and name.name in KNOWN]


def _no_model(source: Path) -> Invalid:
    return Invalid(
        say("{file} holds no speech model.", file=source.name),
        hint=say("A model is a folder or a zip with {files} in it, or a .pt file.", files=", ".join(NEEDED)),
    )
