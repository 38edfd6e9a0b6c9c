"""Relinking: finding recordings again that were moved or renamed, the same to the last byte."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from storybank.domain import names
from storybank.domain.events import RecordingFound
from storybank.domain.reasons import put_away
from storybank.domain.recording import Recording
from storybank.errors import Damaged, Invalid, NotFound, Refused, Unavailable
from storybank.ports import KeptFile, MediaTools, OpenWork, Store, Ticket
from storybank.services.shares import Share
from storybank.words import say

_LEEWAY_MS = 3000


class Relinking:
    """Looks for missing recordings; a file is believed only when its SHA-256 is the recording's."""

    def __init__(self, open_work: OpenWork, store: Store, media: MediaTools | None = None,
                 was_erased: Callable[[str], bool] = lambda _sha256: False) -> None:
        """`media` looks into the file of a recording that came without one, in a project of another program."""
        self._open_work = open_work
        self._store = store
        self._media = media
        self._was_erased = was_erased

    def is_missing(self, recording: Recording) -> bool:
        """Tell whether a recording's file is not where it was."""
        return not self._store.path(recording.place).is_file()

    def missing(self) -> list[Recording]:
        """Return the recordings whose file is not where it was, those of sealed and erased stories left out."""
        with self._open_work() as work:
            return [recording for recording in work.recordings.all()
                    if self.is_missing(recording) and not put_away(work.stories.get(recording.story_id))]

    def locate(self, recording_id: str, file: Path, ticket: Ticket) -> Recording:
        """Take a file for the missing recording; one that left the library's own folder is taken in again.

        Another file is refused, with the name of the recording it is, if the library knows it.
        """
        with self._open_work() as work:
            recording = work.recordings.get(recording_id)
            sizes = {other.bytes for other in work.recordings.all()}
        _check_file(file)
        if not recording.sha256:
            return self._found_first(recording, file, ticket)
        size = file.stat().st_size
        if size != recording.bytes:
            raise self._another(file, recording, self._store.weigh(file, ticket).sha256 if size in sizes else "")
        return self._found(recording, self._keep(recording, file, ticket))

    def look_in(self, folder: Path, ticket: Ticket) -> list[Recording]:
        """Return the missing recordings that were found in a folder and what lies in it; each has its place again.

        Only files of the right size are read.
        """
        wanted = {recording.id: recording for recording in self.missing()}
        sizes = {recording.bytes for recording in wanted.values()}
        alike = [file for file in _files_in(folder, ticket) if _size(file) in sizes] if wanted else []
        found = []
        for number, file in enumerate(alike):
            part = Share(ticket, number / len(alike), 1 / len(alike))
            kept = self._weighed(file, part) if wanted else None
            for recording in [one for one in wanted.values() if kept and one.sha256 == kept.sha256]:
                found.append(self._found(recording, self._keep(recording, file, part)))
                del wanted[recording.id]
        ticket.report(1.0)
        return found

    def _found_first(self, recording: Recording, file: Path, ticket: Ticket) -> Recording:
        """Take a file in for a recording of which only the transcript came; it must be long enough to hold that."""
        if self._media is None:
            raise Unavailable(say("Nothing here can look into recordings."))
        facts = self._media.probe(file)
        if facts.duration_ms + _LEEWAY_MS < recording.facts.duration_ms:
            raise Refused(say("{file} is too short: more is said in {name} than fits into it.", file=file.name,
                              name=recording.original_name), hint=say("Choose the whole recording."))
        kept = self._store.take_in(file, ticket)
        try:
            if self._was_erased(kept.sha256):
                raise Refused(say("This recording was erased from the library, as somebody in it asked."))
            with self._open_work() as work:
                known = work.recordings.with_hash(kept.sha256)
            if known:
                raise self._another(file, recording, kept.sha256)
        except BaseException:
            self._store.discard(kept)
            raise
        return self._found(replace(recording, sha256=kept.sha256, bytes=kept.bytes, facts=facts,
                                   original_name=names.plain(file.name)), kept)

    def _weighed(self, file: Path, ticket: Ticket) -> KeptFile | None:
        """Return what a file weighs; None for one that cannot be read: it is no reason to stop looking."""
        try:
            return self._store.weigh(file, ticket)
        except (Unavailable, Damaged):
            return None

    def _keep(self, recording: Recording, file: Path, ticket: Ticket) -> KeptFile:
        """Weigh the file where it lies, or take it in where the library's own copy vanished."""
        kept = self._store.weigh(file, ticket) if recording.left_in_place else self._store.take_in(file, ticket)
        if kept.sha256 != recording.sha256:
            self._store.discard(kept)
            raise self._another(file, recording, kept.sha256)
        return kept

    def _found(self, recording: Recording, kept: KeptFile) -> Recording:
        try:
            with self._open_work() as work:
                work.recordings.get(recording.id)
                there = replace(recording, place=kept.place)
                work.recordings.save(there)
                work.record(RecordingFound(there.id))
                work.commit()
        except BaseException:
            self._store.discard(kept)
            raise
        return there

    def _another(self, file: Path, wanted: Recording, sha256: str) -> Refused:
        """Return the reason why a file is not the recording."""
        with self._open_work() as work:
            known = work.recordings.with_hash(sha256) if sha256 else None
            if known and not put_away(story := work.stories.get(known.story_id)):
                return Refused(
                    say("{file} is another recording: {code}, of the story “{title}”.", file=file.name,
                        code=known.code, title=story.title),
                    hint=say("Choose the file of {name}.", name=wanted.original_name))
        return Refused(
            say("{file} is not this recording: it differs from what came in.", file=file.name),
            hint=say("Choose the file of {name}, as it was; a copy that was cut or converted is another one.",
                     name=wanted.original_name))


def _check_file(file: Path) -> None:
    if file.is_dir():
        raise Invalid(say("This is a folder, not a recording."), hint=say("Choose the files inside it."))
    if not file.exists():
        raise NotFound(say("There is no file {file}.", file=str(file)), hint=say("Check how it is written."))
    if not file.is_file():
        raise Invalid(say("{file} is no file that could be a recording.", file=file.name))


def _files_in(folder: Path, ticket: Ticket) -> Sequence[Path]:
    if not folder.is_dir():
        raise NotFound(say("There is no folder {folder}.", folder=str(folder)), hint=say("Check how it is written."))
    return sorted(_walked(folder, ticket))


def _walked(folder: Path, ticket: Ticket) -> Iterator[Path]:
    for above, _folders, files in os.walk(folder):  # links to folders are not followed: they may lead in a circle
        ticket.check()
        yield from (Path(above, name) for name in files)


def _size(file: Path) -> int:
    """Return what a file weighs; -1 for what is none."""
    try:
        return file.stat().st_size if file.is_file() else -1
    except OSError:
        return -1
