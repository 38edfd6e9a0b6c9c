"""The quotes of a library, on disk."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import ColumnElement, delete, func, select

from storybank.domain.quote import Anchor, Quote
from storybank.errors import Invalid, NotFound
from storybank.persistence import indexing
from storybank.persistence.tables import codes, lines, quote_codes, quotes, recordings
from storybank.persistence.transaction import AnyRow, Transaction
from storybank.words import say

_PLAIN = ("id", "code", "story_id", "recording_id", "text", "start_ms", "end_ms", "language", "speaker_id", "important")
_ANCHOR = ("first_line_id", "first_word", "last_line_id", "last_word")


class StoredQuotes:
    """Rows in, values out."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self, quote_id: str) -> Quote:
        """Return the quote of that identifier."""
        return self._one(quotes.c.id == quote_id, quote_id)

    def find(self, code: str) -> Quote:
        """Return the quote of that id or short code."""
        wanted = code.strip()
        return self._one((quotes.c.id == wanted) | (quotes.c.code == wanted.upper()), wanted)

    def of_story(self, story_id: str) -> list[Quote]:
        """Return a story's quotes in the order they are said."""
        return self._those(quotes.c.story_id == story_id)

    def all(self) -> list[Quote]:
        """Return every quote, recording by recording, in the order they are said."""
        return self._those()

    def speakers(self) -> dict[str, frozenset[str]]:
        """Return for each story who speaks in its quotes."""
        found = defaultdict(set)
        said = select(quotes.c.story_id, quotes.c.speaker_id).where(quotes.c.speaker_id.is_not(None)).distinct()
        for row in self._transaction.rows(said):
            found[row.story_id].add(row.speaker_id)
        return {story_id: frozenset(people) for story_id, people in found.items()}

    def in_unknown_voices(self, story_id: str) -> frozenset[str]:
        """Return a story's quotes that begin in a line whose voice is nobody's yet."""
        begins = select(quotes.c.id).join(lines, lines.c.id == quotes.c.first_line_id)
        own = quotes.c.story_id == story_id, lines.c.voice_id.is_not(None), lines.c.speaker_id.is_(None)
        return frozenset(row.id for row in self._transaction.rows(begins.where(*own)))

    def save(self, quote: Quote) -> None:
        """Write a quote and its codes, new or known."""
        self._check(quote)
        row = {name: getattr(quote, name) for name in _PLAIN}
        row |= {name: getattr(quote.anchor, name) for name in _ANCHOR}
        self._transaction.put(quotes, row)
        self._transaction.put_parts(
            quote_codes, "quote_id", quote.id, ({"quote_id": quote.id, "code": code} for code in sorted(quote.codes))
        )
        indexing.put_quote(self._transaction, quote)

    def remove(self, quote_id: str) -> None:
        """Take a quote out, and every trace of its words from the index."""
        self.get(quote_id)
        indexing.drop_quote(self._transaction, quote_id)
        self._transaction.put_parts(quote_codes, "quote_id", quote_id, ())
        self._transaction.execute(delete(quotes).where(quotes.c.id == quote_id))

    def _check(self, quote: Quote) -> None:
        known = {row.key for row in self._transaction.rows(select(codes.c.key).where(codes.c.key.in_(quote.codes)))}
        if missing := sorted(quote.codes - known):
            raise Invalid(say("There is no code {key} in the codebook.", key=missing[0]))
        ends = {quote.anchor.first_line_id, quote.anchor.last_line_id}
        if len(self._transaction.rows(select(lines.c.id).where(lines.c.id.in_(ends)))) < len(ends):
            raise Invalid(say("Quote {code} stands on words that are not in the library.", code=quote.code))

    def _one(self, condition: ColumnElement[bool], wanted: str) -> Quote:
        for quote in self._those(condition):
            return quote
        raise NotFound(say("There is no quote {quote} in this library.", quote=wanted))

    def _those(self, *conditions: ColumnElement[bool]) -> list[Quote]:
        chosen = select(quotes).join(recordings, recordings.c.id == quotes.c.recording_id).where(*conditions)
        tagged = select(quote_codes)
        if conditions:
            tagged = tagged.where(quote_codes.c.quote_id.in_(select(quotes.c.id).where(*conditions)))
        own = defaultdict(set)
        for row in self._transaction.rows(tagged):
            own[row.quote_id].add(row.code)
        as_said = (func.length(recordings.c.code), recordings.c.code, quotes.c.start_ms, quotes.c.end_ms, quotes.c.id)
        return [_quote(row, frozenset(own[row.id])) for row in self._transaction.rows(chosen.order_by(*as_said))]


def _quote(row: AnyRow, own: frozenset[str]) -> Quote:
    anchor = Anchor(row.first_line_id, row.first_word, row.last_line_id, row.last_word)
    return Quote(
        row.id, row.code, row.story_id, row.recording_id, row.text, row.start_ms, row.end_ms, row.language, anchor,
        own, row.speaker_id, row.important,
    )  # fmt: skip
