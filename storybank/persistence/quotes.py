"""The quotes of a library, on disk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import ColumnElement, delete, func, select, true

from storybank.domain import names
from storybank.domain.coding import UNKNOWN_CODER
from storybank.domain.quote import Anchor, Hold, Quote, Translation
from storybank.errors import Invalid, NotFound
from storybank.persistence import index_rows, indexing
from storybank.persistence.coding_tables import codings, translations
from storybank.persistence.tables import codes, lines, quotes, recordings
from storybank.persistence.transaction import AnyRow, Transaction
from storybank.words import say

_PLAIN = (
    "id", "code", "story_id", "recording_id", "text", "start_ms", "end_ms", "language", "speaker_id", "important",
    "before", "after", "hold", "wording", "made_by", "made_at",
)  # fmt: skip
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

    def near(self, quote: Quote, ms: int = 2_000) -> list[Quote]:
        """Return the other quotes of a recording that are said while a quote is, or just before or after."""
        beside = quotes.c.start_ms <= quote.end_ms + ms, quotes.c.end_ms >= quote.start_ms - ms
        return self._those(quotes.c.recording_id == quote.recording_id, quotes.c.id != quote.id, *beside)

    def at(self, anchor: Anchor) -> list[Quote]:
        """Return the quotes of exactly the words of an anchor."""
        return self._those(*(quotes.c[name] == getattr(anchor, name) for name in _ANCHOR))

    def all(self) -> list[Quote]:
        """Return every quote, recording by recording, in the order they are said."""
        return self._those()

    def speakers(self, story_id: str = "") -> dict[str, frozenset[str]]:
        """Return for each story, or for one, who speaks in its quotes."""
        found = defaultdict(set)
        said = select(quotes.c.story_id, quotes.c.speaker_id).where(quotes.c.speaker_id.is_not(None)).distinct()
        for row in self._transaction.rows(said.where(quotes.c.story_id == story_id) if story_id else said):
            found[row.story_id].add(row.speaker_id)
        return {story_id: frozenset(people) for story_id, people in found.items()}

    def in_unknown_voices(self, story_id: str | None = None) -> frozenset[str]:
        """Return the quotes, of one story or of all, that begin in a line whose voice is nobody's yet."""
        begins = select(quotes.c.id).join(lines, lines.c.id == quotes.c.first_line_id)
        begins = begins.where(lines.c.voice_id.is_not(None), lines.c.speaker_id.is_(None))
        if story_id is not None:
            begins = begins.where(quotes.c.story_id == story_id)
        return frozenset(row.id for row in self._transaction.rows(begins))

    def save(self, quote: Quote) -> None:
        """Write a quote, new or known; a code it has that nobody gave it is put down to nobody known.

        Codings of codes that it does not have any more go; the others stay as they are.
        """
        self._check(quote)
        row = {name: getattr(quote, name) for name in _PLAIN}
        row |= {name: getattr(quote.anchor, name) for name in _ANCHOR}
        self._transaction.put(quotes, row)
        self._transaction.put_parts(
            translations, "quote_id", quote.id, ({"quote_id": quote.id} | asdict(one) for one in quote.translations)
        )
        self._keep_codes(quote)
        indexing.put_quote(self._transaction, quote)

    def add(self, new: Sequence[Quote]) -> None:
        """Write quotes that are not on file yet, without codes, all at once."""
        self._transaction.add(quotes, (
            {name: getattr(one, name) for name in _PLAIN} | {name: getattr(one.anchor, name) for name in _ANCHOR}
            for one in new
        ))  # fmt: skip
        for story_id in dict.fromkeys(one.story_id for one in new):
            index_rows.add_new_quotes(self._transaction, story_id, [one for one in new if one.story_id == story_id])

    def remove(self, quote_id: str) -> None:
        """Take a quote out, and every trace of its words from the index."""
        self.get(quote_id)
        indexing.drop_quote(self._transaction, quote_id)
        for table in (codings, translations):
            self._transaction.put_parts(table, "quote_id", quote_id, ())
        self._transaction.execute(delete(quotes).where(quotes.c.id == quote_id))

    def _keep_codes(self, quote: Quote) -> None:
        own = codings.c.quote_id == quote.id
        self._transaction.execute(delete(codings).where(own, codings.c.code.not_in(quote.codes)))
        given = {row.code for row in self._transaction.rows(select(codings.c.code).where(own))}
        self._transaction.add(codings, (
            {"id": names.new_id(), "quote_id": quote.id, "code": code, "coder_id": UNKNOWN_CODER.id, "at": "",
             "suggested": ""}
            for code in sorted(quote.codes - given)
        ))  # fmt: skip

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
        ids = select(quotes.c.id).where(*conditions)
        own, said = defaultdict(set), defaultdict(list)
        given = select(codings.c.quote_id, codings.c.code).where(codings.c.quote_id.in_(ids) if conditions else true())
        for quote_id, code in self._transaction.rows(given):
            own[quote_id].add(code)
        spoken = select(translations).where(translations.c.quote_id.in_(ids) if conditions else true())
        spoken = spoken.order_by(translations.c.language)
        for row in self._transaction.rows(spoken):
            said[row.quote_id].append(Translation(row.language, row.text, row.translator, row.at))
        as_said = (func.length(recordings.c.code), recordings.c.code, quotes.c.start_ms, quotes.c.end_ms, quotes.c.id)
        rows = self._transaction.rows(chosen.order_by(*as_said))
        return [_quote(row, frozenset(own[row.id]), tuple(said[row.id])) for row in rows]


def _quote(row: AnyRow, own: frozenset[str], said: tuple[Translation, ...]) -> Quote:
    anchor = Anchor(row.first_line_id, row.first_word, row.last_line_id, row.last_word)
    return Quote(
        row.id, row.code, row.story_id, row.recording_id, row.text, row.start_ms, row.end_ms, row.language, anchor,
        own, row.speaker_id, row.important, row.before, row.after, Hold(row.hold), row.wording, said, row.made_by,
        row.made_at,
    )  # fmt: skip
