"""Concordance: every place where the found words stand, with the words beside it, sorted by one of them."""

from __future__ import annotations

import json
import sys
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import text

from storybank.domain.found import Beside, Concordance, InContext
from storybank.domain.query import Query
from storybank.domain.terms import tokens
from storybank.persistence.index import hits_statement
from storybank.persistence.matching import Matcher
from storybank.persistence.resolving import resolved
from storybank.persistence.transaction import AnyRow, Transaction

MOST_PASSAGES = 10_000
"""Passages that are read for one concordance, in the order the stories came in."""

_DEPTH = 3
"""Words on either side that places are sorted by."""

_LINED_UP = """,
lined_up AS MATERIALIZED (
 SELECT hits.id, s.code, length(s.code) AS long FROM hits JOIN stories s ON s.id = hits.story_id
 WHERE hits.kind IN ('passage', 'quote')
 ORDER BY length(s.code), s.code, hits.recording_id, hits.start_ms, hits.id LIMIT :most_read)
SELECT p.id, p.kind, p.owner_id, p.story_id, up.code, p.recording_id, p.start_ms, p.end_ms, p.text, p.x, p.s,
 p.lines, p.starts, who.name AS speaker,
 (SELECT o.id FROM passages o WHERE o.recording_id = p.recording_id AND o.kind = 'passage'
  AND o.start_ms < p.start_ms ORDER BY o.start_ms DESC LIMIT 1) AS before,
 (SELECT o.id FROM passages o WHERE o.recording_id = p.recording_id AND o.kind = 'passage'
  AND o.start_ms > p.start_ms ORDER BY o.start_ms LIMIT 1) AS after
FROM lined_up up JOIN passages p ON p.id = up.id
LEFT JOIN participants first ON first.story_id = p.story_id AND first.position = 0
LEFT JOIN contributors who ON who.id = coalesce(p.speaker_id, first.contributor_id)
ORDER BY up.long, up.code, p.recording_id, p.start_ms, p.id"""

_TEXTS = text("SELECT id, text, x FROM passages WHERE id IN (SELECT value FROM json_each(:ids))")


@dataclass(frozen=True, slots=True)
class _Place:
    """Words of a passage that were found: which of its words, both ends included."""

    row: AnyRow
    words: Sequence[str]
    first: int
    last: int

    def needs(self, width: int) -> set[int]:
        """Return the passages in which some of the words beside it stand."""
        before = {self.row.before} if self.first < width else set()
        after = {self.row.after} if self.last + width >= len(self.words) else set()
        return (before | after) - {None}


class StoredPlaces:
    """Reads the passages that answer, and lines their words up."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def of(self, query: Query, story_ids: Sequence[str] | None, beside: Beside, most: int, width: int) -> Concordance:
        """Return the places where a query's words stand, sorted by a word beside them."""
        if not query.terms:
            return Concordance((), 0)
        query = resolved(self._transaction, query)
        statement, values = hits_statement(query, story_ids, _LINED_UP)
        rows = self._transaction.rows(statement, values | {"most_read": MOST_PASSAGES})
        found = list(_places(query, rows))
        texts: dict[int, tuple[str, list[str]]] = {}
        if beside is not Beside.STORY:
            self._read(texts, found, _DEPTH)
            found.sort(key=lambda one: _key(beside, one, texts))
        shown = found[: max(0, most)]
        self._read(texts, shown, width)
        told = tuple(_in_context(one, texts, max(0, width)) for one in shown)
        return Concordance(told, len(found), complete=len(rows) < MOST_PASSAGES)

    def _read(self, texts: dict[int, tuple[str, list[str]]], places: Sequence[_Place], width: int) -> None:
        """Read the passages beside those where a place is so near the edge that its words go on there."""
        wanted = {one for place in places for one in place.needs(width)} - texts.keys()
        for row in self._transaction.rows(_TEXTS, {"ids": json.dumps(sorted(wanted))}) if wanted else ():
            texts[row.id] = unicodedata.normalize("NFC", row.text), row.x.split(" ")


def _places(query: Query, rows: Sequence[AnyRow]) -> Iterator[_Place]:
    matcher = Matcher(query)
    for row in rows:
        x = row.x.split(" ")
        for first, last in sorted({(first, last) for first, last, _term in matcher.runs(x, row.s.split(" "))}):
            yield _Place(row, x, first, last)


def _key(beside: Beside, place: _Place, texts: dict[int, tuple[str, list[str]]]) -> tuple[Sequence[str], ...]:
    left = place.words[max(0, place.first - _DEPTH) : place.first]
    if len(left) < _DEPTH and place.row.before in texts:
        left = [*texts[place.row.before][1][len(left) - _DEPTH :], *left]
    right = place.words[place.last + 1 : place.last + 1 + _DEPTH]
    if len(right) < _DEPTH and place.row.after in texts:
        right = [*right, *texts[place.row.after][1][: _DEPTH - len(right)]]
    node, outward = place.words[place.first : place.last + 1], left[::-1]
    if beside is Beside.NODE:
        return node, right, outward
    side, other = (outward, right) if beside.name.startswith("LEFT") else (right, outward)
    return side[int(beside.value[1]) - 1 :][:1], side, node, other


def _in_context(place: _Place, texts: dict[int, tuple[str, list[str]]], width: int) -> InContext:
    row, said = place.row, unicodedata.normalize("NFC", place.row.text)
    where = tokens(said)
    begin, end = where[place.first][1], where[place.last][2]
    left = said[where[max(0, place.first - width)][1] : begin]
    missing = width - place.first
    if missing > 0 and row.before in texts:
        left = f"{_last_words(texts[row.before][0], missing)} {said[:begin]}"
    right = said[end:] if place.last + width >= len(where) - 1 else said[end : where[place.last + width][2]]
    missing = place.last + width - len(where) + 1
    if missing > 0 and row.after in texts:
        right = f"{said[end:]} {_first_words(texts[row.after][0], missing)}"
    return InContext(
        row.story_id, row.code, row.recording_id or "", _moment(row, place.first, len(where)), row.speaker or "",
        " ".join(left.split()), " ".join(said[begin:end].split()), " ".join(right.split()), _line(row, begin),
    )  # fmt: skip


def _last_words(said: str, most: int) -> str:
    where = tokens(said)
    return said[where[-most][1] :] if len(where) >= most else said


def _first_words(said: str, most: int) -> str:
    where = tokens(said)
    return said[: where[most - 1][2]] if len(where) >= most else said


def _moment(row: AnyRow, word: int, of: int) -> int:
    """Return when a word is said; where that is not on file, as if each took as long."""
    if row.starts:
        moments = array("I")
        moments.frombytes(row.starts)
        if sys.byteorder == "big":
            moments.byteswap()
        if word < len(moments):
            return moments[word]
    return int(row.start_ms + (row.end_ms - row.start_ms) * word / max(1, of))


def _line(row: AnyRow, place: int) -> str:
    """Return the line that a place of a passage's text is in."""
    if row.kind != "passage":
        return ""
    begun = [line for line in json.loads(row.lines or "[]") if line[1] <= place]
    return str(begun[-1][0]) if begun else str(row.owner_id)
