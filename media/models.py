"""Models: the speech models on this machine, checked before they are trusted, put in place whole or not at all."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from media.download import OFFERED, fetch
from storybank.domain.names import slug
from storybank.domain.speech import DEMO_MODEL, SpeechModel
from storybank.errors import Invalid, NotFound, Refused, Unavailable
from storybank.ports import Ticket
from storybank.words import say

NEEDED = ("model.bin", "config.json", "tokenizer.json")
"""What a CTranslate2 Whisper folder cannot do without, beside its vocabulary."""
VOCABULARIES = ("vocabulary.json", "vocabulary.txt")
TEXTS = ("config.json", "tokenizer.json", "vocabulary.json")
LARGEST = 20 << 30
"""Bytes; no speech model is larger, so a bigger zip is no model."""
_BLOCK = 4 << 20


class SpeechModelShelf:
    """`SpeechModels` in a folder of this machine, with the demo model of the project beside them."""

    def __init__(self, folder: Path, demo: Path) -> None:
        self._folder = folder
        self._demo = demo

    def all(self) -> list[SpeechModel]:
        """Return the models that can be used, the largest first and the demo's last."""
        found = [_described(place) for place in self._places() if not _wrong_with(place)]
        found.sort(key=lambda model: -model.bytes)
        return found + self._demos()

    def find(self, name: str | None = None) -> SpeechModel:
        """Return the model of that name, or the largest there is; the demo model only when there is no other."""
        models = self.all()
        chosen = next((model for model in models if name in (None, model.name)), None)
        if chosen:
            return chosen
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
        chosen = slug(name or source.stem if source.is_file() else name or source.name)
        self._check_name(chosen)
        if source.suffix == ".pt":
            return self._keep_checkpoint(source, chosen, ticket)
        part = self._part(chosen)
        try:
            if source.is_dir():
                _refuse_if_wrong(source)
                _copy_all([(file, part / file.name) for file in _files_of(source)], ticket)
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
        part = self._part(name)
        fetch(name, part, ticket)
        return self._publish(part, name)

    def remove(self, name: str) -> None:
        """Remove a model from this machine; the demo model belongs to Storybank and stays."""
        if name == DEMO_MODEL:
            raise Refused(say("The demo model belongs to Storybank and cannot be removed."))
        place = next((place for place in self._places() if place.stem == name or place.name == name), None)
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
        if _wrong_with(folder):
            return []
        return [SpeechModel(DEMO_MODEL, "faster-whisper", folder, _weight(folder), note.text)]

    def _check_name(self, name: str) -> None:
        if name == DEMO_MODEL or any(name in (place.name, place.stem) for place in self._places()):
            raise Refused(say("There is a speech model called {name} already.", name=name),
                          hint=say("Remove it first, or choose another name."))

    def _part(self, name: str) -> Path:
        part = self._folder / f".{name}.part"
        part.mkdir(parents=True, exist_ok=True)
        return part

    def _publish(self, part: Path, name: str) -> SpeechModel:
        _refuse_if_wrong(part)
        place = self._folder / name
        shutil.rmtree(part / ".cache", ignore_errors=True)  # what the download needed to go on after a break
        part.replace(place)
        return _described(place)

    def _keep_checkpoint(self, source: Path, name: str, ticket: Ticket) -> SpeechModel:
        if not zipfile.is_zipfile(source):  # what torch writes is a zip
            raise Invalid(say("{file} is not a Whisper checkpoint.", file=source.name),
                          hint=say("Copy it again from where it came."))
        self._folder.mkdir(parents=True, exist_ok=True)
        part = self._folder / f".{name}.pt.part"
        try:
            _copy_all([(source, part)], ticket)
            part.replace(self._folder / f"{name}.pt")
        finally:
            part.unlink(missing_ok=True)
        return _described(self._folder / f"{name}.pt")


def _wrong_with(folder: Path) -> str:
    """Return the name of the first file that is missing or broken; empty when the model is whole."""
    if folder.suffix == ".pt":
        return ""
    for name in NEEDED:
        if not (folder / name).is_file() or not (folder / name).stat().st_size:
            return name
    if not any((folder / name).is_file() for name in VOCABULARIES):
        return VOCABULARIES[0]
    return next((name for name in TEXTS if _is_broken(folder / name)), "")


def _is_broken(file: Path) -> bool:
    try:
        json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return False
    except (OSError, ValueError):
        return True
    return False


def _refuse_if_wrong(folder: Path) -> None:
    if name := _wrong_with(folder):
        raise Invalid(
            say("This folder is not a whole speech model: {file} is missing or broken.", file=name),
            hint=say("Copy the model again with every file: {files}.", files=", ".join((*NEEDED, VOCABULARIES[0]))),
        )


def _described(place: Path) -> SpeechModel:
    engine = "openai-whisper" if place.suffix == ".pt" else "faster-whisper"
    return SpeechModel(place.stem if place.suffix == ".pt" else place.name, engine, place, _weight(place))


def _weight(place: Path) -> int:
    return sum(file.stat().st_size for file in ([place] if place.is_file() else _files_of(place)))


def _files_of(folder: Path) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.is_file() and not file.name.startswith("."))


def _copy_all(pairs: Iterable[tuple[Path, Path]], ticket: Ticket) -> None:
    todo = list(pairs)
    whole, done = max(1, sum(source.stat().st_size for source, _ in todo)), 0
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
    """Unpack the files of a model, wherever in the zip its folder is; only plain names are taken."""
    with zipfile.ZipFile(archive) as packed:
        if sum(info.file_size for info in packed.infolist()) > LARGEST:
            raise _no_model(archive)
        models = [PurePosixPath(name).parent for name in packed.namelist() if PurePosixPath(name).name == "model.bin"]
        if len(models) != 1:
            raise _no_model(archive)
        inside = [i for i in packed.infolist() if PurePosixPath(i.filename).parent == models[0] and not i.is_dir()]
        for number, info in enumerate(inside):
            ticket.check()
            ticket.report(number / len(inside), info.filename)
            with packed.open(info) as read, (into / PurePosixPath(info.filename).name).open("wb") as written:
                shutil.copyfileobj(read, written, _BLOCK)


def _no_model(source: Path) -> Invalid:
    return Invalid(
        say("{file} holds no speech model.", file=source.name),
        hint=say("A model is a folder or a zip with {files} in it, or a .pt file.", files=", ".join(NEEDED)),
    )
