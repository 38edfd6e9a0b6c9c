"""Collecting: bringing recordings into the library, with what is known about them. Never implies consent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from storybank.domain import names
from storybank.domain.codebook import CodeKind
from storybank.domain.contributor import Contributor
from storybank.domain.events import ContributorSaved, StoryCollected, StoryDescribed
from storybank.domain.recording import MediaFacts, Recording
from storybank.domain.story import Participant, Story
from storybank.domain.vocabulary import language_code, province_code
from storybank.errors import Cancelled, Invalid, Refused, StorybankError
from storybank.ports import Clock, KeptFile, MediaTools, OpenWork, Store, Ticket, UnitOfWork
from storybank.services.circles import check_still_asked
from storybank.services.details import check_day, details_of, files_named, read_details, stakeholder_key
from storybank.services.shares import Share
from storybank.words import Sentence, say

MEDIA_SUFFIXES = frozenset({
    ".mp4", ".mov", ".m4v", ".webm", ".mkv", ".avi", ".mpg", ".mpeg", ".wmv", ".3gp",
    ".m4a", ".mp3", ".wav", ".flac", ".ogg", ".opus", ".aac", ".aif", ".aiff", ".amr",
})
"""Endings that a folder import looks for; a file named directly is tried whatever its name."""

@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: `added`, `known` (it is in the library already) or `refused`, with the reason."""

    file: Path
    became: str
    story_id: str = ""
    story_code: str = ""
    reason: Sentence | str = ""
    hint: Sentence | str = ""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of every file, in the order they were named."""

    outcomes: tuple[Outcome, ...]

    def that(self, became: str) -> list[Outcome]:
        """Return the files that were `added`, `known` or `refused`."""
        return [outcome for outcome in self.outcomes if outcome.became == became]


class Collecting:
    """Everything one can do to bring stories in and describe them."""

    def __init__(self, open_work: OpenWork, media: MediaTools, store: Store, clock: Clock,
                 was_erased: Callable[[str], bool] = lambda _sha256: False) -> None:
        self._open_work = open_work
        self._was_erased = was_erased
        self._media = media
        self._store = store
        self._clock = clock

    def bring_in(
        self, paths: Sequence[Path], ticket: Ticket, *, details: Path | None = None, leave_in_place: bool = False
    ) -> ImportReport:
        """Import files and folders; each good file becomes a story, each bad one gets its own reason.

        `details` is a CSV with the columns of `DETAILS`; its `file` is a name or a path beside it. A cancelled
        import keeps the files that were complete.
        """
        rows = read_details(details) if details else {}
        files = list(_every_file([*paths, *files_named(rows, details, paths)]))
        if not files:
            raise Invalid(say("There is no media file to import here."),
                          hint=say("Choose video or audio files, or a folder that holds some."))
        outcomes = []
        for number, file in enumerate(files):
            ticket.check()
            part = Share(ticket, number / len(files), 1 / len(files))
            outcomes.append(self._bring_in_one(file, details_of(file, rows), leave_in_place, part))
        ticket.report(1.0)
        return ImportReport(tuple(outcomes))

    def describe(self, story_id: str, *, title: str | None = None, recorded_on: str | None = None,
                 language: str | None = None) -> None:
        """Change what is known about a story."""
        with self._open_work() as work:
            story = work.stories.get(story_id)
            work.stories.save(replace(
                story,
                title=story.title if title is None else title,
                recorded_on=story.recorded_on if recorded_on is None else recorded_on,
                language=story.language if language is None else language,
            ))
            work.record(StoryDescribed(story_id))
            work.commit()

    def name_people(self, story_id: str, contributor_ids: Sequence[str]) -> None:
        """Say who is in a story, the speaker first; when somebody can be heard or seen stays as it was noted."""
        with self._open_work() as work:
            story = work.stories.get(story_id)
            check_still_asked(work, story, contributor_ids)
            known = {one: [p for p in story.participants if p.contributor_id == one] for one in contributor_ids}
            people = tuple(p for one in dict.fromkeys(contributor_ids) for p in known[one] or [Participant(one)])
            work.stories.save(replace(story, participants=people))
            work.record(StoryDescribed(story_id))
            work.commit()

    def tidy(self) -> list[str]:
        """Remove what an interrupted import left in the media folder."""
        with self._open_work() as work:
            places = [recording.place for recording in work.recordings.all()]
            places += [proof.place for consent in work.consents.all() for proof in consent.evidence]
        return self._store.tidy(places)

    def _bring_in_one(self, file: Path, about: Mapping[str, str], leave: bool, ticket: Ticket) -> Outcome:
        try:
            about = self._checked(about)
            if leave:
                _check_name(file)
            facts = self._media.probe(file)
            recording_id = names.new_id()
            with self._poster(recording_id, file, facts) as keep_poster:
                kept = self._store.weigh(file, ticket) if leave else self._store.take_in(file, ticket)
                outcome = self._shelve(recording_id, file, facts, kept, about)
                keep_poster(outcome.became == "added")
            return outcome
        except Cancelled:
            raise
        except StorybankError as error:
            return Outcome(file, "refused", reason=error.message, hint=error.hint)

    def _checked(self, about: Mapping[str, str]) -> dict[str, str]:
        """Return the details with every word of a list as the list has it; raise `Invalid` naming what is not in it."""
        check_day(about.get("recorded_on", ""))
        with self._open_work() as work:
            stakeholders = work.codebook.codes(CodeKind.STAKEHOLDER)
        return {**about, "stakeholder": stakeholder_key(about.get("stakeholder", ""), stakeholders),
                "province": province_code(about.get("province", "")),
                "language": language_code(about.get("language", ""))}

    def _shelve(self, recording_id: str, file: Path, facts: MediaFacts, kept: KeptFile,
                about: Mapping[str, str]) -> Outcome:
        if self._was_erased(kept.sha256):
            self._store.discard(kept)
            raise Refused(say("This recording was erased from the library, as somebody in it asked."),
                          hint=say("Keep to their wish, and delete the file where it lies."))
        with self._open_work() as work:
            if known := work.recordings.with_hash(kept.sha256):
                story = work.stories.get(known.story_id)
                return Outcome(file, "known", story.id, story.code,
                               say("This recording is in the library already, as {code}.", code=story.code))
        try:
            with self._open_work() as work:
                outcome = self._write_rows(work, recording_id, file, facts, kept, about)
                work.commit()
        except BaseException:
            self._store.discard(kept)
            raise
        return outcome

    def _write_rows(self, work: UnitOfWork, recording_id: str, file: Path, facts: MediaFacts, kept: KeptFile,
                    about: Mapping[str, str]) -> Outcome:
        person = self._person(work, about)
        story = self._new_story(work, file, about, person)
        recording = Recording(
            recording_id, work.next_code("recording"), story.id, names.plain(file.name), kept.sha256, kept.bytes,
            facts, kept.place, self._clock().isoformat(),
        )
        work.stories.save(story)
        work.recordings.save(recording)
        work.record(StoryCollected(story.id, recording.id))
        return Outcome(file, "added", story.id, story.code)

    def _new_story(self, work: UnitOfWork, file: Path, about: Mapping[str, str], person: Contributor | None) -> Story:
        code = work.next_code("story")
        title = about.get("title") or (person.name if person else file.stem.replace("_", " ").replace("-", " "))
        taken = {story.slug for story in work.stories.all()}
        return Story(
            names.new_id(), code, names.plain(title) or code,
            names.free_slug(file.stem, taken), about.get("language") or "",
            (Participant(person.id, visible=True),) if person else (), about.get("recorded_on", ""),
        )

    def _person(self, work: UnitOfWork, about: Mapping[str, str]) -> Contributor | None:
        name = names.plain(about.get("person", ""))
        if not name:
            return None
        if known := work.contributors.find(name):
            return known
        person = Contributor(
            names.new_id(), work.next_code("person"), name, about.get("role", ""),
            about.get("stakeholder", ""), about.get("organization", ""), about.get("province", ""),
            about.get("language") or "en",
        )
        work.contributors.save(person)
        work.record(ContributorSaved(person.id))
        return person

    @contextmanager
    def _poster(self, recording_id: str, file: Path, facts: MediaFacts) -> Iterator[Callable[[bool], None]]:
        """Make the poster while the file is copied; it is kept only if the block says so."""
        to = self._store.derived(f"posters/{recording_id}.jpg")
        wanted: list[bool] = []
        with ThreadPoolExecutor(1, "poster") as beside:
            beside.submit(self._make_poster, file, facts, to)
            try:
                yield wanted.append
            finally:
                beside.shutdown()
                if True not in wanted:
                    to.unlink(missing_ok=True)

    def _make_poster(self, file: Path, facts: MediaFacts, to: Path) -> None:
        if facts.video is not None:
            with suppress(StorybankError):  # it can be made again at any time; the recording itself is safe
                self._media.poster(file, facts, to)


def _check_name(file: Path) -> None:
    """Refuse to leave a file in place whose path cannot be written down."""
    try:
        str(file.absolute()).encode()
    except UnicodeEncodeError as error:
        raise Invalid(say("The name of this file holds letters that cannot be read."),
                      hint=say("Give it another name, or let it be copied into the library.")) from error


def _every_file(paths: Iterable[Path]) -> Iterable[Path]:
    for path in dict.fromkeys(paths):
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.suffix.lower() in MEDIA_SUFFIXES and p.is_file()
                              and not p.name.startswith("."))
        else:
            yield path
