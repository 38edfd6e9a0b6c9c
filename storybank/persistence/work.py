"""The unit of work over a library: one transaction, then the news of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC
from types import TracebackType
from typing import Self

from sqlalchemy import insert, select

from storybank.domain import names
from storybank.domain.events import Event
from storybank.domain.lists import HistoryLine
from storybank.persistence.cases import StoredCases
from storybank.persistence.codebook import StoredCodebook
from storybank.persistence.codings import StoredCodings, StoredMemos
from storybank.persistence.concordance import StoredPlaces
from storybank.persistence.consents import StoredConsents
from storybank.persistence.contributors import StoredContributors
from storybank.persistence.drafts import StoredDrafts
from storybank.persistence.eraser import StoredWords
from storybank.persistence.facets import StoredFacets
from storybank.persistence.glossary import StoredGlossary
from storybank.persistence.house import StoredHouse
from storybank.persistence.index import StoredIndex
from storybank.persistence.ledger import StoredLedger
from storybank.persistence.library import Library
from storybank.persistence.lists import history_lines
from storybank.persistence.notices import StoredNotices
from storybank.persistence.queue import StoredQueue
from storybank.persistence.quotes import StoredQuotes
from storybank.persistence.recordings import StoredRecordings
from storybank.persistence.restrictions import StoredRestrictions
from storybank.persistence.saved import StoredRings, StoredSearches
from storybank.persistence.stories import StoredStories
from storybank.persistence.tables import counters, history
from storybank.persistence.transaction import Transaction
from storybank.persistence.transcripts import StoredTranscripts
from storybank.persistence.vocabulary_index import StoredWordsThere
from storybank.persistence.voices import StoredVoices
from storybank.ports import Clock


class SqlWork:
    """Opened where it is used and closed there: never kept, never shared between threads.

    It takes its turn on the library with its first question or change, and gives it back at the commit, before
    anybody is told: whoever is told may open work of their own.
    """

    def __init__(self, library: Library, publish: Callable[[Event], None], clock: Clock) -> None:
        self._publish = publish
        self._moment = clock().astimezone(UTC).isoformat(timespec="milliseconds")
        self._events: list[Event] = []
        self._transaction = Transaction(library.turns)
        self.contributors = StoredContributors(self._transaction)
        self.stories = StoredStories(self._transaction)
        self.recordings = StoredRecordings(self._transaction)
        self.consents = StoredConsents(self._transaction)
        self.transcripts = StoredTranscripts(self._transaction, self._moment)
        self.voices = StoredVoices(self._transaction)
        self.glossary = StoredGlossary(self._transaction)
        self.queue = StoredQueue(self._transaction)
        self.quotes = StoredQuotes(self._transaction)
        self.codings = StoredCodings(self._transaction, self._moment)
        self.memos = StoredMemos(self._transaction)
        self.searches = StoredSearches(self._transaction)
        self.rings = StoredRings(self._transaction)
        self.drafts = StoredDrafts(self._transaction, self._moment)
        self.codebook = StoredCodebook(self._transaction)
        self.ledger = StoredLedger(self._transaction)
        self.index = StoredIndex(self._transaction)
        self.facets = StoredFacets(self._transaction)
        self.places = StoredPlaces(self._transaction)
        self.words_there = StoredWordsThere(self._transaction)
        self.notices = StoredNotices(self._transaction)
        self.cases = StoredCases(self._transaction)
        self.restrictions = StoredRestrictions(self._transaction)
        self.house = StoredHouse(self._transaction)
        self.eraser = StoredWords(self._transaction, self._moment)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._events.clear()
        self._transaction.roll_back()

    @property
    def moment(self) -> str:
        """Return when this work was opened, as ISO 8601 in UTC."""
        return self._moment

    def next_code(self, kind: str) -> str:
        """Return the next short code of a kind; numbers are never used twice."""
        return self.next_codes(kind, 1)[0]

    def next_codes(self, kind: str, count: int) -> list[str]:
        """Return as many short codes of a kind, one after the other."""
        last = self._transaction.row(select(counters.c.last).where(counters.c.kind == kind))
        first = (last.last if last else 0) + 1
        self._transaction.put(counters, {"kind": kind, "last": first + count - 1})
        return [names.short_code(kind, number) for number in range(first, first + count)]

    def history(self, about: str = "", most: int = 200) -> list[HistoryLine]:
        """Return what happened, latest first; `about` narrows to one identifier."""
        return history_lines(self._transaction, about, most)

    def record(self, event: Event) -> None:
        """Note what happened: it is written with the change, and told once both are safe."""
        row = {"at": self._moment, "event": type(event).__name__, "details": json.dumps(asdict(event))}
        self._transaction.execute(insert(history).values(row))
        self._events.append(event)

    def commit(self) -> None:
        """Make the change safe on disk, then tell everyone."""
        self._transaction.commit()
        told, self._events = self._events, []
        for event in told:
            self._publish(event)
