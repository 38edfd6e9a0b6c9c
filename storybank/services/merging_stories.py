"""Merging stories: the sources of a project found among our recordings, or put beside them as stories of their own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from storybank.domain import names
from storybank.domain.codebook import CodeKind
from storybank.domain.contributor import Contributor
from storybank.domain.events import ContributorSaved, StoryCollected, TranscriptShown
from storybank.domain.project import (
    Case,
    Project,
    ProjectTranscript,
    Selection,
    Source,
    SyncPoint,
    derived,
    guid,
    guid_of,
)
from storybank.domain.reasons import put_away
from storybank.domain.recording import MediaFacts, Recording, VideoFacts
from storybank.domain.sounding import Placed, Sounding, utterances
from storybank.domain.story import Participant, Story
from storybank.domain.taken import Book
from storybank.domain.transcript import WRITTEN, Chunk, Line, RunState, TranscriptRun
from storybank.domain.use import Act
from storybank.domain.vocabulary import PROVINCES
from storybank.ports import Clock, KeptFile, UnitOfWork
from storybank.services.circles import may_be_processed
from storybank.services.telling_people import variable_id
from storybank.words import Sentence

_LANGUAGE = re.compile(r"[a-z]{2,3}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_KIT = "Kit:"


@dataclass(frozen=True, slots=True)
class Brought:
    """A recording that came with a project, and what a look inside it told."""

    kept: KeptFile
    facts: MediaFacts


@dataclass(frozen=True, slots=True)
class Found:
    """Where a source of a project is here."""

    story_id: str
    recording_id: str
    lines: tuple[Line, ...]
    spoken: tuple[tuple[ProjectTranscript, tuple[Placed, ...]], ...]
    """Its transcripts as the project has them."""
    is_new: bool


class MergingStories:
    """Tells for each source of a project where it is here."""

    def __init__(self, work: UnitOfWork, project: Project, book: Book, clock: Clock,
                 brought: Mapping[str, Brought]) -> None:
        self._work, self._project, self._book = work, project, book
        self._now, self._on, self._brought = clock().isoformat(), clock().date(), brought
        self._recordings = {guid_of(one.id): one for one in work.recordings.all()}
        self._by_hash = {one.sha256: one for one in self._recordings.values() if one.sha256}
        self._stories = {one.id: one for one in work.stories.all()}
        self._slugs = {one.slug for one in self._stories.values()}
        self._people = {guid_of(one.id): one.id for one in work.contributors.all()}
        self._stakeholders = {label: code.key for code in work.codebook.codes(CodeKind.STAKEHOLDER)
                              for label in (code.key, code.label_en, code.label_fr)}
        self._cases_of: dict[str, list[Case]] = {}
        for case in project.cases:
            for source in case.sources:
                self._cases_of.setdefault(source, []).append(case)
        self._texts: dict[str, str] | None = None

    def merge(self, source: Source) -> Found | None:
        """Return where a source is, put beside ours if it is new; None where it may not come in."""
        known = self._known(source)
        why = self._refusal(source, known)
        if why:
            self._book.refused.append((source.name, why))
            return None
        if known is not None:
            self._book.counts.known_stories += 1
            lines = tuple(self._work.transcripts.lines(known.id))
            if not lines and self._texts_of(source):
                lines = self._write(known, self._placed(source, known.facts.duration_ms))
            return Found(known.story_id, known.id, lines, self._placed(source, known.facts.duration_ms), is_new=False)
        return self._add(source)

    def story(self, story_id: str) -> Story:
        """Return a story, old or new."""
        return self._stories[story_id]

    def person(self, case: Case) -> str:
        """Return the person that a case is here; empty where nobody was made of it."""
        return self._people.get(case.id, "")

    # ---- what is here ----------------------------------------------------------------------------------------

    def _known(self, source: Source) -> Recording | None:
        for one in (source.id, *source.aliases):
            if one in self._recordings:
                return self._recordings[one]
        brought = self._brought.get(source.id)
        if brought and brought.kept.sha256 in self._by_hash:
            return self._by_hash[brought.kept.sha256]
        for text in self._texts_of(source):
            recording = self._all_texts().get(_print_of(text.text))
            if recording:
                return self._recordings[recording]
        return None

    def _all_texts(self) -> dict[str, str]:
        """Return our recordings by what is said in them; read only where identifiers do not tell."""
        if self._texts is None:
            self._texts = {}
            for key, recording in self._recordings.items():
                text = "\n".join(line.text for line in self._work.transcripts.lines(recording.id))
                if len(text) > 20:
                    self._texts.setdefault(_print_of(text), key)
        return self._texts

    def _refusal(self, source: Source, known: Recording | None) -> tuple[Sentence, ...]:
        """Return why a source may not come in: somebody said stop, and it would bring back what they took away."""
        story_id = known.story_id if known else guid(self._value(source, "story"))
        story = self._stories.get(story_id)
        if story is None:
            return ()
        if away := put_away(story):
            return (away,)
        answer = may_be_processed(self._work, story.id, Act.TRANSCRIBE, self._on)
        return () if answer.allowed else answer.reasons[:1]

    # ---- what is new -----------------------------------------------------------------------------------------

    def _add(self, source: Source) -> Found:
        story = self._story(source)
        brought = self._brought.get(source.id)
        ends = max([1, *(point.ms for one in source.transcripts for point in one.points),
                    *(one.end_ms for text in source.transcripts for one in text.selections),
                    *(one.end_ms for one in source.selections),
                    *(Sounding(one.points, len(one.text)).ends_ms for one in source.transcripts)])
        code = self._work.next_code("recording")
        if brought:
            kept, facts = brought.kept, brought.facts
        else:
            picture = VideoFacts("", 0, 0, 0.0) if source.has_picture else None
            kept, facts = KeptFile(f"media/missing/{source.id}", "", 0), MediaFacts("", ends, picture)
            self._book.counts.without_file += 1
            self._book.missing.append(code)
        recording = Recording(source.id, code, story.id, names.plain(source.media or source.name) or code, kept.sha256,
                              kept.bytes, facts, kept.place, source.at or self._now)
        self._work.recordings.save(recording)
        self._work.record(StoryCollected(story.id, recording.id))
        self._recordings[source.id] = recording
        placed = self._placed(source, facts.duration_ms)
        return Found(story.id, recording.id, self._write(recording, placed), placed, is_new=True)

    def _story(self, source: Source) -> Story:
        wanted = guid(self._value(source, "story")) or derived(source.id, "story")
        if wanted in self._stories:
            return self._stories[wanted]
        code, title = self._work.next_code("story"), names.plain(source.name)
        language = self._value(source, "language").lower()
        recorded = self._value(source, "recorded")
        slug = names.free_slug(title or code, self._slugs)
        people = dict.fromkeys(filter(None, map(self._person, self._cases_of.get(source.id, ()))))
        story = Story(
            wanted, code, title or code, slug, language if _LANGUAGE.fullmatch(language) else "",
            tuple(Participant(one) for one in people), recorded if _DAY.fullmatch(recorded) else "",
        )  # fmt: skip
        self._work.stories.save(story)
        self._stories[wanted] = story
        self._slugs.add(slug)
        self._book.counts.stories += 1
        return story

    def _person(self, case: Case) -> str:
        """Return the person of a case, put on file where they are new; a case may be no person at all."""
        if case.id in self._people:
            return self._people[case.id]
        name = names.plain(case.name)
        if not name or name.startswith(_KIT):
            return ""
        known = None if self._project.is_ours else self._work.contributors.find(name)
        if known is None:
            told = {key: self._value(case, key) for key in ("role", "stakeholder", "organization", "province",
                                                            "language")}
            province, language = told["province"].upper(), told["language"].lower()
            known = Contributor(
                case.id, self._work.next_code("person"), name, told["role"],
                self._stakeholders.get(told["stakeholder"], ""), told["organization"],
                province if province in PROVINCES else "", language if _LANGUAGE.fullmatch(language) else "en",
            )  # fmt: skip
            self._work.contributors.save(known)
            self._work.record(ContributorSaved(known.id))
            self._book.counts.people += 1
        self._people[case.id] = known.id
        return known.id

    def _write(self, recording: Recording,
               placed: tuple[tuple[ProjectTranscript, tuple[Placed, ...]], ...]) -> tuple[Line, ...]:
        """Put the transcripts of a source on file; the first is the one that people see."""
        if not placed:
            return ()
        language = self._stories[recording.story_id].language
        shown = ""
        for text, spoken in placed:
            if not spoken:
                continue
            identifier = text.id if not shown else derived(text.id, "beside")
            end = max(recording.facts.duration_ms, *(one.segment.end_ms for one in spoken))
            run = TranscriptRun(identifier, recording.id, WRITTEN, "", self._project.name[:200], language or None,
                                RunState.DONE, end, 1, "{}", self._now, self._now, beside=bool(shown))
            self._work.transcripts.save_run(run)
            segments = tuple(one.segment for one in spoken)
            self._work.transcripts.journal(run.id, Chunk(0, 0, end, segments, language))
            self._book.counts.transcripts += 1
            shown = shown or run.id
        if not shown:
            return ()
        self._work.transcripts.show(shown)
        self._work.record(TranscriptShown(shown, recording.id))
        return tuple(self._work.transcripts.lines_of(shown))

    def _placed(self, source: Source, length_ms: int) -> tuple[tuple[ProjectTranscript, tuple[Placed, ...]], ...]:
        language = self._value(source, "language").lower()
        return tuple((text, tuple(utterances(text.text, Sounding(text.points, len(text.text), length_ms), language)))
                     for text in self._texts_of(source))

    @staticmethod
    def _texts_of(source: Source) -> list[ProjectTranscript]:
        """Return the transcripts of a source; where it has none, what its passages are called stands for one."""
        known = [one for one in source.transcripts if one.text.strip()]
        return known or ([_stand_in(source)] if source.selections else [])

    def _value(self, of: Source | Case, key: str) -> str:
        wanted = variable_id(key)
        return next((names.plain(value) for variable, value in of.values if variable == wanted), "")


def _stand_in(source: Source) -> ProjectTranscript:
    """Return a transcript of a recording that came without one: a line for each passage."""
    at, latest = 0, 0
    lines: list[str] = []
    points: list[SyncPoint] = []
    selections: list[Selection] = []
    for one in sorted(source.selections, key=lambda selection: (selection.start_ms, selection.end_ms)):
        line = " ".join((one.name or one.description or "[…]").split())
        latest = max(latest, one.start_ms)
        points.append(SyncPoint(at, latest))
        latest = max(latest, one.end_ms)
        points.append(SyncPoint(at + len(line), latest))
        selections.append(replace(one, start=at, end=at + len(line)))
        lines.append(line)
        at += len(line) + 1
    return ProjectTranscript(derived(source.id, "stand-in"), "\n".join(lines), tuple(points), tuple(selections))


def _print_of(text: str) -> str:
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def selections_of(source: Source, found: Found) -> list[tuple[Selection, ProjectTranscript | None]]:
    """Return every passage of a source with the transcript it stands in."""
    every: list[tuple[Selection, ProjectTranscript | None]] = []
    seen: set[str] = set()
    for text, _placed in found.spoken:
        every += [(one, text) for one in text.selections]
        seen |= {one.id for one in text.selections}
    every += [(one, None) for text in source.transcripts for one in text.selections if one.id not in seen]
    every += [(one, None) for one in source.selections if one.id not in seen]
    return every
