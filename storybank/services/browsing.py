"""Browsing: what the pages show, fetched in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from storybank.domain.codebook import Code
from storybank.domain.consent import Consent
from storybank.domain.contributor import Contributor
from storybank.domain.lists import ConsentBadge, ExportLine, HistoryLine, StoryLine
from storybank.domain.quote import Quote
from storybank.domain.reasons import put_away
from storybank.domain.recording import Recording
from storybank.domain.story import Story
from storybank.domain.transcript import Line, TranscriptRun
from storybank.domain.use import Use
from storybank.errors import NotFound, Refused
from storybank.ports import OpenWork, Store, Today, UnitOfWork
from storybank.services.blinding import visible
from storybank.services.circles import badge_of, circle_of, circles_of
from storybank.services.stepping import Author
from storybank.words import say


@dataclass(frozen=True, slots=True)
class Card:
    """A story in a list, with its consent."""

    line: StoryLine
    badge: ConsentBadge
    poster: Path | None


@dataclass(frozen=True, slots=True)
class StoryView:
    """Everything the page of a story shows."""

    story: Story
    people: tuple[Contributor, ...]
    consents: tuple[Consent, ...]
    recordings: tuple[Recording, ...]
    files: tuple[Path, ...]
    """Where each recording lies on this machine."""
    runs: tuple[TranscriptRun, ...]
    """Of the first recording, oldest first."""
    lines: tuple[Line, ...]
    quotes: tuple[Quote, ...]
    badge: ConsentBadge
    uses: tuple[Use, ...]
    codes: tuple[Code, ...]
    history: tuple[HistoryLine, ...]
    shown: str = ""
    """The run whose lines these are; empty where there is none."""
    change: int = 0
    """The number of the latest change that the lines hold."""


class Browsing:
    """Everything one can look at. Changes nothing."""

    def __init__(self, open_work: OpenWork, store: Store, today: Today, author: Author = str) -> None:
        """`author` tells who sits here: who codes blind sees their own quotes alone."""
        self._author = author
        self._open_work = open_work
        self._store = store
        self._today = today

    def cards(self) -> list[Card]:
        """Return every story with its consent, in the order they came in."""
        with self._open_work() as work:
            return self._cards(work)

    def card(self, code_or_slug: str) -> Card:
        """Return one story of the list."""
        with self._open_work() as work:
            wanted = work.stories.find(code_or_slug)
            _check_shown(wanted)
            return next(card for card in self._cards(work) if card.line.id == wanted.id)

    def story(self, code_or_slug: str, known: tuple[Line, ...] | None = None) -> StoryView:
        """Return everything about a story; with the lines that are known to stand, all but those is read."""
        with self._open_work() as work:
            story = work.stories.find(code_or_slug)
            _check_shown(story)
            there = dict.fromkeys(participant.contributor_id for participant in story.participants)
            people = tuple(map(work.contributors.get, there))
            recordings = tuple(work.recordings.of_story(story.id))
            if not recordings:
                raise NotFound(say("Story {code} has no recording.", code=story.code))
            uses = work.codebook.uses()
            shown = work.transcripts.shown(recordings[0].id)
            return StoryView(
                story, people,
                tuple(consent for person in people for consent in work.consents.of(person.id)),
                recordings, tuple(self._store.path(r.place) for r in recordings),
                tuple(work.transcripts.runs_of(recordings[0].id)),
                tuple(work.transcripts.lines(recordings[0].id)) if known is None else known,
                tuple(visible(work, work.quotes.of_story(story.id), self._author())),
                badge_of(circle_of(work, story.id), uses, self._today()), tuple(uses), tuple(work.codebook.codes()),
                _everything_about(work, [story.id, *(r.id for r in recordings), *(p.id for p in people)]),
                shown.id if shown else "", work.transcripts.last_change(shown.id) if shown else 0,
            )

    def recording(self, code: str) -> Recording:
        """Return the recording of that identifier or short code, of a story that may be looked at."""
        with self._open_work() as work:
            for recording in work.recordings.all():
                if code.casefold() in (recording.id, recording.code.casefold()):
                    _check_shown(work.stories.get(recording.story_id))
                    return recording
        raise NotFound(say("There is no recording {code} in this library.", code=code),
                       hint=say("`storybank show` names the recordings of a story."))

    def exports(self) -> list[ExportLine]:
        """Return the ledger, latest first."""
        with self._open_work() as work:
            return work.ledger.lines()

    def poster(self, recording_id: str) -> Path | None:
        """Return a recording's poster, if there is one."""
        poster = self._store.derived(f"posters/{recording_id}.jpg")
        return poster if poster.exists() else None

    def codes(self) -> list[Code]:
        """Return the codebook."""
        with self._open_work() as work:
            return work.codebook.codes()

    def uses(self) -> list[Use]:
        """Return the uses that people are asked about."""
        with self._open_work() as work:
            return work.codebook.uses()

    def _cards(self, work: UnitOfWork) -> list[Card]:
        uses, today = work.codebook.uses(), self._today()
        badges = {circle.story.id: badge_of(circle, uses, today) for circle in circles_of(work)}
        return [Card(line, badges[line.id], self.poster(line.recording_id)) for line in work.stories.lines()]


def _check_shown(story: Story) -> None:
    """Refuse a story that was put away or erased at somebody's wish."""
    if away := put_away(story):
        raise Refused(away, hint="" if story.erased_on else say("Unseal it if they agreed again."))


def _everything_about(work: UnitOfWork, ids: Sequence[str]) -> tuple[HistoryLine, ...]:
    """Return what happened to any of these, latest first, each once."""
    found = {line.seq: line for one in ids for line in work.history(one)}
    return tuple(found[seq] for seq in sorted(found, reverse=True))
