"""Projects: a coded library given to other programs for coding, and theirs taken in."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from storybank import __version__
from storybank.checksum import sha256_of
from storybank.domain import names
from storybank.domain.events import ExportMade
from storybank.domain.export import Export, ExportedFile, ExportedItem, ExportKind
from storybank.domain.permission import Permission
from storybank.domain.project import Loss, MediaManner, Project, ProjectManner
from storybank.domain.recording import Recording
from storybank.domain.taken import Taken
from storybank.domain.use import Asked
from storybank.errors import Invalid, Refused, Unavailable
from storybank.ports import Clock, MediaTools, OpenWork, ProjectFiles, Store, Ticket, UnitOfWork
from storybank.services.asking_all import AskingAll
from storybank.services.placing import check_free, put_in_place_last
from storybank.services.receiving import Receiving
from storybank.services.sending import Parcel, Sending
from storybank.services.shares import Share
from storybank.words import Sentence, say

USUAL_USE = "research"
USUAL = ProjectManner()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a project is for: uses, the last day, who gets it, what it is called, and of which stories."""

    uses: tuple[str, ...] = (USUAL_USE,)
    until: date | None = None
    recipient: str = ""
    title: str = "Storybank"
    stories: tuple[str, ...] | None = None
    """Identifiers; None for every story that may go."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A project that left: its line in the ledger, and what the other side does not get."""

    export: Export
    stories: int
    left_out: tuple[tuple[str, tuple[Sentence, ...]], ...]
    """Code and reasons of each story that is not in it, and of each quote of those that are."""
    losses: tuple[Loss, ...]
    media: tuple[Path, ...] = ()
    """The recordings that lie beside it."""


class Projects:
    """Everything one can do with projects of other programs."""

    def __init__(self, open_work: OpenWork, files: ProjectFiles, store: Store, clock: Clock, media: MediaTools,
                 copy: Callable[[str, Ticket], Path],
                 was_erased: Callable[[str], bool] = lambda _sha256: False) -> None:
        """`copy` makes a recording's light copy, which tells nothing but what is seen and heard."""
        self._open_work = open_work
        self._files = files
        self._store = store
        self._clock = clock
        self._media = media
        self._copy = copy
        self._was_erased = was_erased

    def take_out(self, to: Path, ticket: Ticket, wanted: Wanted | None = None, manner: ProjectManner = USUAL) -> Sent:
        """Write everything that may be used as a project, and enter it in the ledger; refuse where nothing may."""
        wanted = wanted or Wanted()
        check_free(to)
        with self._open_work() as work:
            asked = self._asked(work, wanted)
            parcel = Sending(work, asked).parcel(wanted.title, wanted.stories, __version__)
            if not parcel.answers:
                raise Refused(say("No story is cleared for this use, so there is nothing to export."),
                              hint=_first_reason(parcel))
            code, head, at = work.next_code("export"), work.consents.head(), self._clock().isoformat()
            work.commit()
        with put_in_place_last(to) as aside:
            media = self._media_of(parcel, to, manner, Share(ticket, 0.0, 0.6))
            inside = media if manner.media is MediaManner.INSIDE else {}
            beside = () if inside else tuple(to.parent / name for name in media)
            try:
                project = _with_media_inside(parcel, inside)
                self._files.write(project, aside, manner, inside, Share(ticket, 0.6, 0.3))
                files = (ExportedFile(to.name, sha256_of(aside)),
                         *(ExportedFile(one.name, sha256_of(one)) for one in beside))
                export = Export(
                    names.new_id(), code, ExportKind.PROJECT, wanted.title, at, wanted.uses, str(to.resolve()),
                    files[0].sha256, _until(parcel), tuple(_items(parcel)), _left_out(parcel), "", files,
                    wanted.recipient, head=head,
                )  # fmt: skip
                self._enter(export, asked, parcel)
            except BaseException:
                _remove(beside)
                raise
        ticket.report(1.0)
        return Sent(export, len(parcel.answers), _left_out(parcel), parcel.losses.losses, beside)

    def take_in(self, untrusted_file: Path, ticket: Ticket, *, preview: bool = False) -> Taken:
        """Take in a project of another program, or another coder's of ours; all of it or nothing.

        What is here stays as it is, and what is new is put beside it. It never implies consent. A preview says what
        would happen, and changes nothing.
        """
        project = self._files.read(untrusted_file, Share(ticket, 0.0, 0.5))
        receiving = Receiving(self._files, self._store, self._clock, self._media, self._was_erased)
        return receiving.take_in(self._open_work, project, untrusted_file, Share(ticket, 0.5, 0.5), preview=preview)

    def _asked(self, work: UnitOfWork, wanted: Wanted) -> Asked:
        if wanted.until and wanted.until < self._clock().date():
            raise Invalid(say("The last day of use, {day}, is over already.", day=wanted.until))
        uses = tuple(work.codebook.use(key) for key in wanted.uses)
        if not uses:
            raise Refused(say("No use was named, so nothing can be cleared."))
        return Asked(uses, self._clock().date(), wanted.until)

    def _media_of(self, parcel: Parcel, to: Path, manner: ProjectManner, ticket: Ticket) -> dict[str, Path]:
        """Return the light copies that go along, by name; those that go beside the project lie there already."""
        if manner.media is MediaManner.NONE:
            return {}
        found: dict[str, Path] = {}
        for number, (name, recording) in enumerate(parcel.media.items()):
            ticket.check()
            copy = self._light_copy(parcel, recording, Share(ticket, number / len(parcel.media),
                                                             1 / len(parcel.media)))
            if copy is None:
                continue
            if manner.media is MediaManner.INSIDE and copy.stat().st_size > self._files.largest_inside:
                parcel.losses.add("VideoSource", say("It is larger than a project may hold."), recording.code)
                continue
            if manner.media is MediaManner.BESIDE:
                check_free(to.parent / name)
                shutil.copyfile(copy, to.parent / name)
            found[name] = copy
        return found

    def _light_copy(self, parcel: Parcel, recording: Recording, ticket: Ticket) -> Path | None:
        try:
            return self._copy(recording.id, ticket)
        except Unavailable as missing:
            parcel.losses.add("VideoSource", say("{why}", why=missing.message), recording.code)
            return None

    def _enter(self, export: Export, asked: Asked, parcel: Parcel) -> None:
        """Ask the gate once more, then write the ledger."""
        with self._open_work() as work:
            again = {one.story.id: one for one in AskingAll(work, asked).answers(
                [one.story.id for one in parcel.answers])}
            if not all(one.story.id in again and again[one.story.id].is_as_free_as(one) for one in parcel.answers):
                raise Refused(say("Consent changed while this was being made, so it was removed again."))
            work.ledger.save(export)
            work.record(ExportMade(export.id))
            work.commit()


def _remove(files: tuple[Path, ...]) -> None:
    for file in files:
        with suppress(OSError):
            file.unlink(missing_ok=True)


def _with_media_inside(parcel: Parcel, inside: Mapping[str, Path]) -> Project:
    return replace(parcel.project, sources=tuple(replace(source, inside=source.media in inside)
                                                 for source in parcel.project.sources))


def _until(parcel: Parcel) -> date | None:
    every = [one.permission.until for one in parcel.answers]
    return min((until for until in every if until), default=None)


def _items(parcel: Parcel) -> list[ExportedItem]:
    """Return each story, for its transcript, and each quote: whoever takes back either one reaches the project."""
    found = []
    for answer in parcel.answers:
        story = answer.story
        found.append(_item(story.id, story.code, story.id, answer.permission, story.code))
        found += [_item(one.quote.id, one.quote.code, story.id, one.permission, one.quote.text)
                  for one in answer.cleared]
    return found


def _item(identifier: str, code: str, story_id: str, answer: Permission, text: str) -> ExportedItem:
    return ExportedItem(identifier, code, story_id, answer.consents, answer.attribution,
                        hashlib.sha256(text.encode()).hexdigest(), answer.verdict, answer.reasons, answer.conditions,
                        answer.events, answer.until)


def _left_out(parcel: Parcel) -> tuple[tuple[str, tuple[Sentence, ...]], ...]:
    stories = [(one.story.code, one.reasons) for one in parcel.left_out]
    quotes = [(one.quote.code, one.reasons) for answer in parcel.answers for one in answer.left_out]
    return (*stories, *quotes)


def _first_reason(parcel: Parcel) -> Sentence | str:
    return parcel.left_out[0].reasons[0] if parcel.left_out else say("Bring recordings in first.")
