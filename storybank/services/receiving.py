"""Receiving: a project of another program, or of another coder, put beside what is here, all of it or nothing."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from storybank.domain import names
from storybank.domain.coding import Memo, Subject
from storybank.domain.project import Project, ProjectNote, Source, derived, guid_of
from storybank.domain.taken import Book, Taken
from storybank.errors import Cancelled, Refused, StorybankError
from storybank.ports import Clock, MediaTools, OpenWork, ProjectFiles, Store, Ticket, UnitOfWork
from storybank.services.collecting import MEDIA_SUFFIXES
from storybank.services.merging_codes import MergingCoders, MergingCodes
from storybank.services.merging_quotes import MergingQuotes
from storybank.services.merging_stories import Brought, Found, MergingStories
from storybank.services.shares import Share
from storybank.services.telling_people import variable_id
from storybank.words import say


class Receiving:
    """Takes one project in."""

    def __init__(self, files: ProjectFiles, store: Store, clock: Clock, media: MediaTools,
                 was_erased: Callable[[str], bool]) -> None:
        self._files, self._store, self._clock, self._media = files, store, clock, media
        self._was_erased = was_erased

    def take_in(self, open_work: OpenWork, project: Project, untrusted_file: Path, ticket: Ticket, *,
                preview: bool) -> Taken:
        """Put what is new beside what is here, in one transaction; a preview ends before it is kept."""
        book = Book()
        book.tally.take(project.losses)
        with open_work() as work:
            known = {guid_of(one.id) for one in work.recordings.all()}
        new = [] if preview else [one for one in project.sources if one.id not in known]
        with self._brought(new, untrusted_file, book, Share(ticket, 0.0, 0.5)) as brought, open_work() as work:
            merging = _Merging(work, project, book, self._clock, brought)
            merging.merge(Share(ticket, 0.5, 0.4))
            if not preview and not book.counts.is_nothing:
                work.commit()
        ticket.report(1.0)
        return Taken(project.name, project.origin, book.counts, book.tally.losses, tuple(book.refused),
                     tuple(book.missing), preview)

    @contextmanager
    def _brought(self, new: list[Source], untrusted_file: Path, book: Book, ticket: Ticket
                 ) -> Iterator[dict[str, Brought]]:
        """Give the recordings that came along, taken into the library; none stays there unless all goes well."""
        found: dict[str, Brought] = {}
        try:
            for number, source in enumerate(new):
                ticket.check()
                part = Share(ticket, number / len(new), 1 / len(new))
                if source.media and Path(source.media).suffix.lower() in MEDIA_SUFFIXES:
                    self._bring(source, untrusted_file, book, found, part)
            yield found
        except BaseException:
            for one in found.values():
                self._store.discard(one.kept)
            raise

    def _bring(self, source: Source, untrusted_file: Path, book: Book, found: dict[str, Brought],
               ticket: Ticket) -> None:
        copy = self._store.derived(f"incoming/{uuid.uuid4().hex}{Path(source.media).suffix.lower()}")
        try:
            file = self._file_of(source, untrusted_file, copy, ticket)
            if file is None:
                return
            facts, kept = self._media.probe(file), self._store.take_in(file, ticket)
            if self._was_erased(kept.sha256):
                self._store.discard(kept)
                raise Refused(say("This recording was erased from the library, as somebody in it asked."))
            found[source.id] = Brought(kept, facts)
        except Cancelled:
            raise
        except StorybankError as error:
            book.tally.add("VideoSource", say("{why}", why=error.message), source.name)
        finally:
            copy.unlink(missing_ok=True)

    def _file_of(self, source: Source, untrusted_file: Path, copy: Path, ticket: Ticket) -> Path | None:
        """Return a recording that lies in the project, or beside it under its bare name; nothing else is opened."""
        if source.inside:
            return copy if self._files.copy_media(untrusted_file, source.media, copy, ticket) else None
        beside = untrusted_file.parent / Path(source.media).name
        return beside if beside.is_file() and not beside.is_symlink() else None


class _Merging:
    """Puts everything in its place, in one unit of work."""

    def __init__(self, work: UnitOfWork, project: Project, book: Book, clock: Clock,
                 brought: dict[str, Brought]) -> None:
        self._work, self._project, self._book = work, project, book
        self._codes = MergingCodes(work, project, book)
        self._coders = MergingCoders(work, project, book)
        self._codes.merge()
        self._stories = MergingStories(work, project, book, clock, brought)
        self._quotes = MergingQuotes(work, project, book, self._codes, self._coders)
        self._found: dict[str, Found] = {}

    def merge(self, ticket: Ticket) -> None:
        """Merge source by source, then what was written beside them."""
        for number, source in enumerate(self._project.sources):
            ticket.check()
            ticket.report(number / len(self._project.sources))
            found = self._stories.merge(source)
            if found is not None:
                for key in (source.id, *(text.id for text in source.transcripts)):
                    self._found[key] = found
                self._quotes.merge(source, found, self._stories)
        self._memos()
        self._tell_people()

    def _memos(self) -> None:
        known = {guid_of(memo.id): memo for memo in self._work.memos.all()}
        noted: set[str] = set()
        for note in self._project.notes:
            noted.update(note.about)
            self._memo(note, known)
        for note in self._descriptions(noted):
            self._memo(note, known)

    def _memo(self, note: ProjectNote, known: dict[str, Memo]) -> None:
        targets = list(dict.fromkeys(filter(None, (self._about(one) for one in note.about or ("",)))))
        if note.about and not targets:
            return
        for number, (subject, about_id) in enumerate(targets):
            identifier = note.id if not number else derived(note.id, "about", about_id)
            if identifier in known:
                if known[identifier].text != note.text:
                    self._book.tally.add("Note", say("It reads otherwise here, and stays as it is."), note.name)
            elif note.text.strip():
                at = note.at or self._project.at
                memo = Memo(identifier, subject, about_id, note.text, self._coders.coder(note.user), at,
                            note.modified_at or at)
                self._work.memos.save(memo)
                known[identifier] = memo
                self._book.counts.memos += 1

    def _about(self, one: str) -> tuple[Subject, str] | None:
        """Return what a note is about here; None where that did not come in."""
        if not one:
            return Subject.LIBRARY, ""
        if one in self._quotes.became:
            return Subject.QUOTE, self._quotes.became[one]
        if key := self._codes.key(one):
            return Subject.CODE, key
        if one in self._found:
            return Subject.STORY, self._found[one].story_id
        person = next((self._stories.person(case) for case in self._project.cases if case.id == one), "")
        return (Subject.PERSON, person) if person else None

    def _descriptions(self, noted: set[str]) -> Iterator[ProjectNote]:
        """Yield what other programs wrote as descriptions, where there is no note that says it."""
        for source in self._project.sources:
            for some in (source.selections, *(text.selections for text in source.transcripts)):
                for one in some:
                    if one.description.strip() and one.id not in noted:
                        yield ProjectNote(derived(one.id, "description"), one.description, one.name, (one.id,),
                                          one.user, one.at)
            if source.description.strip() and not self._project.is_ours:
                yield ProjectNote(derived(source.id, "description"), source.description, source.name, (source.id,),
                                  source.user, source.at)

    def _tell_people(self) -> None:
        """Tell of cases that are nobody here: those of stories that were here before, and those of no story."""
        for case in self._project.cases:
            if not self._stories.person(case):
                self._book.tally.add("Case", say("It is no person of a story that is new here."),
                                     names.plain(case.name))
        ours = {variable for case in self._project.cases for variable, _value in case.values}
        ours |= {variable for source in self._project.sources for variable, _value in source.values}
        for variable in self._project.variables:
            if variable.id in ours and variable.id not in _KEPT:
                self._book.tally.add("Variable", say("There is no place for it here."), variable.name)


_KEPT = frozenset(variable_id(key) for key in ("province", "language", "role", "stakeholder", "organization",
                                               "recorded", "story"))
