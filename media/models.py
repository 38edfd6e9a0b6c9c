"""Models: the speech models on this machine, checked before they are trusted, put in place whole or not at all."""

from __future__ import annotations

import importlib.util
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout

from media.carrying import copy_all, home_of_model, no_model, unpack
from media.catalogue import CATALOGUE
from media.checkpoints import check_checkpoint, grade_of_checkpoint
from media.download import Downloader
from media.model_files import KNOWN, check, grade_of, looks_whole
from storybank.domain.names import slug
from storybank.domain.speech import DEMO_MODEL, Grade, KnownModel, SpeechModel
from storybank.errors import NotFound, Refused, Unavailable
from storybank.ports import Ticket
from storybank.words import say

FASTER, OPENAI = "faster-whisper", "openai-whisper"
_PART, _LOCK = ".part", ".lock"


class Fetches(Protocol):
    """Brings the files of a model into a folder."""

    def fetch(self, name: str, into: Path, ticket: Ticket) -> None: ...


def _nothing_chosen() -> str:
    return ""


@dataclass(frozen=True, slots=True)
class SpeechModelShelf:
    """`SpeechModels` in a folder of this machine, with the demo model of the project beside them."""

    folder: Path
    demo: Path
    chosen: Callable[[], str] = _nothing_chosen
    """Which model this person wants to use, by name; empty leaves it to us."""
    downloader: Fetches | None = None

    def all(self) -> list[SpeechModel]:
        """Return the models there are: those that can be used here first, larger before smaller, the demo last."""
        found = [_described(place) for place in self._places() if place.is_file() or looks_whole(place)]
        found.sort(key=lambda model: (not _can_be_used(model), -model.bytes))
        return found + self._demos()

    def find(self, name: str | None = None) -> SpeechModel:
        """Return the model of that name, or the chosen one, or the largest; the demo only when there is no other."""
        models = self.all()
        if wanted := name or self.chosen():
            if fitting := [model for model in models if model.name == wanted]:
                return fitting[0]
            if name:
                raise Unavailable(
                    say("There is no speech model called {name} on this machine.", name=name),
                    hint=say("There are: {names}.", names=", ".join(model.name for model in models)))
        if usable := [model for model in models if _can_be_used(model)]:
            return usable[0]
        raise Unavailable(
            say("There is no speech model on this machine."),
            hint=say("Download one, or add one from a folder or a USB stick, under Settings."))

    def add(self, folder_or_zip: Path, name: str | None, ticket: Ticket) -> SpeechModel:
        """Copy a model in from a folder, a zip or a .pt file, after checking every file it needs."""
        source = folder_or_zip
        if not source.exists():
            raise Unavailable(say("{file} is not there.", file=source.name), hint=say("Plug its disk in, try again."))
        chosen = slug(name or (source.name if source.is_dir() else source.stem))
        with self._putting(chosen):
            if source.suffix == ".pt" and source.is_file():
                return self._keep_checkpoint(source, chosen, ticket)
            part = self._part(chosen, fresh=True)
            try:
                if source.is_dir():
                    inside = home_of_model(source)
                    check(inside)
                    copy_all([(file, part / file.name) for file in _files_of(inside) if file.name in KNOWN], ticket)
                elif zipfile.is_zipfile(source):
                    unpack(source, part, ticket)
                else:
                    raise no_model(source)
                return self._publish(part, chosen)
            finally:
                shutil.rmtree(part, ignore_errors=True)

    def catalogue(self) -> tuple[KnownModel, ...]:
        """Return the models that can be downloaded, the smallest first, with what to expect of each."""
        return CATALOGUE

    def offered(self) -> Mapping[str, int]:
        """Return the models that can be downloaded, with their size in bytes."""
        return {known.name: known.bytes for known in CATALOGUE}

    def download(self, name: str, ticket: Ticket) -> SpeechModel:
        """Fetch a model; what was fetched before a break is used again."""
        if name not in self.offered():
            raise NotFound(say("There is no model called {name} to download.", name=name),
                           hint=say("There are: {names}.", names=", ".join(self.offered())))
        with self._putting(name):
            part = self._part(name, fresh=False)
            (self.downloader or Downloader()).fetch(name, part, ticket)
            for rest in [file for file in part.iterdir() if file.name not in KNOWN]:
                rest.unlink()
            return self._publish(part, name)

    def remove(self, name: str) -> None:
        """Remove a model from this machine; the demo model belongs to Storybank and stays."""
        if name == DEMO_MODEL:
            raise Refused(say("The demo model belongs to Storybank and cannot be removed."))
        place = next((place for place in self._places() if _name_of(place) == name), None)
        if place is None:
            raise NotFound(say("There is no speech model called {name} on this machine.", name=name))
        try:
            _take_away(place)
        except OSError as error:
            raise Unavailable(say("{name} could not be removed: {why}.", name=name, why=error.strerror or str(error)),
                              hint=say("Wait until nothing is transcribed with it, then try again.")) from error

    def leftovers(self) -> int:
        """Return how many bytes downloads and imports that were broken off have left."""
        return sum(_weight(place) for place in self._parts())

    def remove_leftovers(self) -> int:
        """Remove what was broken off, but not what arrives at this moment; return how many bytes that freed."""
        freed = 0
        for place in self._parts():
            try:
                with self._alone(_name_of_part(place)):
                    size = _weight(place)
                    _take_away(place)
                    freed += size
            except (Timeout, OSError):
                continue
        return freed

    def _places(self) -> list[Path]:
        here = [place for place in self._here() if not place.name.startswith(".")]
        return sorted(place for place in here if place.is_dir() or place.suffix == ".pt")

    def _parts(self) -> list[Path]:
        return [place for place in self._here() if place.name.startswith(".") and place.name.endswith(_PART)]

    def _here(self) -> list[Path]:
        return list(self.folder.iterdir()) if self.folder.is_dir() else []

    def _demos(self) -> list[SpeechModel]:
        note = say("This is the demo model: it knows only the synthetic voices of the demo and nothing of real speech.")
        folder = self.demo / "ct2"
        return [SpeechModel(DEMO_MODEL, FASTER, folder, _weight(folder), note.text)] if looks_whole(folder) else []

    @contextmanager
    def _putting(self, name: str) -> Iterator[None]:
        """Let one model of a name arrive at a time, and none where there is one."""
        if name == DEMO_MODEL or any(name == _name_of(place) for place in self._places()):
            raise Refused(say("There is a speech model called {name} already.", name=name),
                          hint=say("Remove it first, or choose another name."))
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with self._alone(name):
                yield
        except Timeout as error:
            raise Refused(say("The speech model {name} is arriving already.", name=name),
                          hint=say("Wait until it is here.")) from error

    @contextmanager
    def _alone(self, name: str) -> Iterator[None]:
        lock = FileLock(self.folder / f".{name}{_LOCK}", timeout=0)
        with lock:
            try:
                yield
            finally:
                with suppress(OSError):  # Windows lets nobody remove what is open; it is empty, and used again
                    Path(lock.lock_file).unlink(missing_ok=True)

    def _part(self, name: str, *, fresh: bool) -> Path:
        part = self.folder / f".{name}{_PART}"
        if fresh:
            shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True, exist_ok=True)
        return part

    def _publish(self, part: Path, name: str) -> SpeechModel:
        check(part)
        place = self.folder / name
        part.replace(place)
        return _described(place)

    def _keep_checkpoint(self, source: Path, name: str, ticket: Ticket) -> SpeechModel:
        check_checkpoint(source)
        part, place = self.folder / f".{name}.pt{_PART}", self.folder / f"{name}.pt"
        try:
            copy_all([(source, part)], ticket)
            check_checkpoint(part)
            part.replace(place)
        finally:
            part.unlink(missing_ok=True)
        return _described(place)


def _can_be_used(model: SpeechModel) -> bool:
    return model.engine == FASTER or importlib.util.find_spec("whisper") is not None


def _name_of(place: Path) -> str:
    return place.stem if place.suffix == ".pt" and place.is_file() else place.name


def _name_of_part(place: Path) -> str:
    return place.name.removeprefix(".").removesuffix(_PART).removesuffix(".pt")


def _described(place: Path) -> SpeechModel:
    size = _weight(place)
    grade, english_only = _looked_at(place, size)
    return SpeechModel(_name_of(place), OPENAI if place.is_file() else FASTER, place, size, grade=grade,
                       english_only=english_only)


@lru_cache(maxsize=64)
def _looked_at(place: Path, _size: int) -> tuple[Grade | None, bool]:
    """Return how large a model is; looked up once for as long as it weighs the same."""
    return grade_of_checkpoint(place) if place.is_file() else grade_of(place)


def _weight(place: Path) -> int:
    return sum(file.stat().st_size for file in ([place] if place.is_file() else _files_of(place)))


def _files_of(folder: Path) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.is_file() and not file.name.startswith("."))


def _take_away(place: Path) -> None:
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink()
