"""Search: from a query to what answers it - passages, quotes, memos and stories - best first."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import TextClause, bindparam, select, text
from sqlalchemy.exc import OperationalError

from storybank.domain.query import Every, Hit, Query, Sort, Stretch, Term, fields_in
from storybank.persistence.coding_tables import codings
from storybank.persistence.conditions import OVER, SPEAKS, Conditions
from storybank.persistence.hits import Overlap, hit_of
from storybank.persistence.matching import Matcher
from storybank.persistence.numbering import KIND_AT, KINDS, STORY_OF, first_of
from storybank.persistence.resolving import resolved
from storybank.persistence.tables import quotes
from storybank.persistence.transaction import AnyRow, Transaction

_RANKED = """found AS MATERIALIZED (
 SELECT rowid AS id, bm25(passages_fts, 1.0, 0.6) AS rank FROM passages_fts WHERE passages_fts MATCH :match)"""

_BEST = """found AS MATERIALIZED (
 SELECT rowid AS id, bm25(passages_fts, 1.0, 0.6) AS rank FROM passages_fts WHERE passages_fts MATCH :match{kinds}
 ORDER BY rank, rowid LIMIT :reach)"""
"""Where words alone are asked for, the index itself tells the best, and the others are never copied."""

_UNRANKED = "found AS MATERIALIZED (SELECT rowid AS id, 0.0 AS rank FROM passages_fts WHERE passages_fts MATCH :match)"

_PASSING = """passing AS MATERIALIZED (
 SELECT p.id, found.rank FROM found CROSS JOIN passages p INDEXED BY ix_passages_said ON p.id = found.id{joins}
 WHERE 1 = 1{filters})"""

_PASSING_OF_ALL = """passing AS MATERIALIZED (SELECT p.id, 0.0 AS rank FROM passages p{joins} WHERE 1 = 1{filters})"""
"""SQLite begins where there is least to read, which may be the quotes that a code was given to."""

_KEPT = f"""wanted AS ({{wanted}}),
quoted AS MATERIALIZED (
 SELECT w.id, w.rank, p.recording_id, p.start_ms, p.end_ms FROM wanted w JOIN passages p ON p.id = w.id
 WHERE w.id BETWEEN {first_of("quote")} AND {first_of("memo") - 1}),
beneath AS MATERIALIZED (
 SELECT o.id, q.id AS quote_id FROM quoted q CROSS JOIN passages o
 ON o.recording_id = q.recording_id AND o.kind = 'passage' AND {OVER}),
twice AS MATERIALIZED ({{twice}}),
kept AS (
 SELECT id, rank FROM wanted WHERE id < {first_of("quote")} OR id >= {first_of("memo")}
 UNION ALL
 SELECT id, rank FROM quoted WHERE id NOT IN (SELECT quote_id FROM twice)),
hits AS (
 SELECT kept.id, p.kind, p.story_id, p.recording_id, p.start_ms, p.end_ms, kept.rank
 FROM kept JOIN passages p ON p.id = kept.id)"""
"""What is told. A quote whose words are found as a passage as well is one hit, not two."""

_TWICE = "SELECT b.quote_id FROM wanted w CROSS JOIN beneath b ON b.id = w.id"

_TWICE_OF_ALL = """SELECT b.quote_id FROM beneath b CROSS JOIN passages_fts ON passages_fts.rowid = b.id
 WHERE passages_fts MATCH :match"""
"""A passage may be found far behind the quote in it, and so not be among the best."""

_COUNT = f"\nSELECT count(*), count(DISTINCT {STORY_OF.format(id='id')}) FROM kept"

_KINDS = f"\nSELECT id >> {KIND_AT} AS kind, count(*) AS n FROM passing GROUP BY 1"

WINDOW = 200
"""Of so many of the best, those that somebody quoted, tagged or found important come a little earlier."""

_WORTH = """coalesce((
 SELECT 0.05 + 0.05 * max(EXISTS (SELECT 1 FROM codings t WHERE t.quote_id = q.id)) + 0.1 * max(q.important)
 FROM quotes q WHERE q.recording_id = p.recording_id AND q.start_ms < p.end_ms AND q.end_ms > p.start_ms), 0)"""

_BEST_FIRST = f""",
top AS MATERIALIZED (SELECT id, rank FROM kept ORDER BY rank, id LIMIT :window),
placed AS (SELECT id, rank, row_number() OVER (ORDER BY rank, id) > {WINDOW} AS late FROM top),
chosen AS MATERIALIZED (
 SELECT placed.id, late, CASE late WHEN 1 THEN placed.rank ELSE placed.rank * (1 + {_WORTH}) END AS place
 FROM placed JOIN passages p ON p.id = placed.id ORDER BY late, place, placed.id LIMIT :most OFFSET :offset)"""

_IN_ORDER = """,
chosen AS MATERIALIZED (
 SELECT kept.id, 0 AS late, row_number() OVER (ORDER BY {order}) AS place
 FROM kept CROSS JOIN passages p INDEXED BY ix_passages_said ON p.id = kept.id CROSS JOIN stories s ON s.id = p.story_id
 ORDER BY place LIMIT :most OFFSET :offset)"""

_AS_NUMBERED = """,
chosen AS MATERIALIZED (SELECT id, 0 AS late, id AS place FROM kept ORDER BY id LIMIT :most OFFSET :offset)"""
"""Where nothing is better than anything else and all of it is much: in the order that it was written down."""

_AS_TOLD = "length(s.code), s.code, p.kind = 'story' DESC, p.recording_id, p.start_ms, kept.id"

_SHOWN = f"""
SELECT {{short}} AS short, p.id, p.kind, p.owner_id, p.story_id, p.recording_id, p.start_ms, p.end_ms, p.speaker_id,
 p.language, p.text, p.x, p.s, p.lines, p.starts,
 CASE p.kind WHEN 'memo' THEN (SELECT c.name FROM memos m JOIN coders c ON c.id = m.coder_id WHERE m.id = p.owner_id)
  ELSE who.name END AS speaker,
 CASE p.kind WHEN 'quote' THEN p.owner_id
  WHEN 'memo' THEN (SELECT m.about_id FROM memos m WHERE m.id = p.owner_id AND m.subject = 'quote') END AS quote_id
FROM chosen JOIN passages p ON p.id = chosen.id
LEFT JOIN participants first ON first.story_id = p.story_id AND first.position = 0
LEFT JOIN contributors who ON who.id = {SPEAKS}
ORDER BY chosen.late, chosen.place, chosen.id"""

_SHORT = "(SELECT count(*) FROM found) >= :reach AND (SELECT count(*) FROM top) < :window"
"""So many quotes were told already by their passages that of the best too few are left."""

_ALL = 1 << 40

_OVERLAPS = text("""SELECT p.id, q.id AS quote_id, q.start_ms, q.end_ms FROM json_each(:ids) wanted
 CROSS JOIN passages p ON p.id = wanted.value
 CROSS JOIN quotes q ON q.recording_id = p.recording_id AND q.start_ms < p.end_ms AND q.end_ms > p.start_ms
 WHERE p.kind = 'passage' ORDER BY p.id, q.id""")

_STRETCHES = f"""SELECT p.kind, p.owner_id, p.story_id, p.recording_id, p.start_ms, p.end_ms, p.speaker_id
FROM passages p WHERE p.id < {first_of("memo")}"""


class StoredIndex:
    """Asks SQLite's full-text index; what is typed becomes values, never part of a statement."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def search(self, query: Query, story_ids: Sequence[str] | None, most: int, offset: int = 0) -> list[Hit]:
        """Return hits in the order that the query asks for; `story_ids` narrows to those stories, None means all."""
        if asks_nothing(query):
            return []
        query = resolved(self._transaction, query)
        pages = {"most": max(0, most), "offset": max(0, offset), "window": max(WINDOW, max(0, most) + max(0, offset))}
        rows = self._best(query, story_ids, pages)
        overlaps: defaultdict[int, list[Overlap]] = defaultdict(list)
        for row in self._transaction.rows(_OVERLAPS, {"ids": json.dumps([row.id for row in rows])}):
            overlaps[row.id].append(Overlap(row.quote_id, row.start_ms, row.end_ms))
        matcher = Matcher(query)
        found = [hit_of(row, matcher, overlaps[row.id]) for row in rows]
        named = self._quotes([quote_id for _hit, quote_id in found if quote_id])
        return [replace(hit, quote_code=code, codes=codes) for hit, quote_id in found
                for code, codes in [named.get(quote_id, ("", ()))]]  # fmt: skip

    def count(self, query: Query, story_ids: Sequence[str] | None) -> tuple[int, int]:
        """Return how many hits there are, and in how many stories."""
        if asks_nothing(query):
            return 0, 0
        query = resolved(self._transaction, query)
        (row,) = self._rows(query, lambda asked: hits_statement(asked, story_ids, _COUNT))
        return int(row[0]), int(row[1])

    def kinds(self, query: Query, story_ids: Sequence[str] | None) -> Mapping[str, int]:
        """Return how many of each kind answer, whichever kinds are asked for; quotes count beside their passages."""
        if asks_nothing(query):
            return dict.fromkeys(KINDS, 0)
        query = resolved(self._transaction, query)
        rows = self._rows(query, lambda asked: hits_statement(asked, story_ids, _KINDS))
        return dict.fromkeys(KINDS, 0) | {KINDS[row.kind]: row.n for row in rows}

    def stretches(self, story_ids: Sequence[str]) -> list[Stretch]:
        """Return the passages and quotes of stories, without their words."""
        ids = json.dumps(list(story_ids))
        return self._stretches("p.story_id IN (SELECT value FROM json_each(:ids))", {"ids": ids})

    def said_by_strangers(self) -> list[Stretch]:
        """Return the passages and quotes of somebody who is not on record as being in the story."""
        return self._stretches("""p.speaker_id IS NOT NULL AND NOT EXISTS (
 SELECT 1 FROM participants t WHERE t.story_id = p.story_id AND t.contributor_id = p.speaker_id)""", {})

    def state(self) -> tuple[int, int]:
        """Return what is different as soon as anything in the library is, whoever changed it."""
        here = self._transaction.execute(text("SELECT total_changes()")).scalar()
        elsewhere = self._transaction.execute(text("PRAGMA data_version")).scalar()
        return int(here or 0), int(elsewhere or 0)

    def _best(self, query: Query, story_ids: Sequence[str] | None, pages: Mapping[str, int]) -> Sequence[AnyRow]:
        """Return the rows of a page, looking further only where the best of the index do not fill it."""
        rows: Sequence[AnyRow] = ()
        for reach in (2 * pages["window"], _ALL):
            rows = self._rows(query, lambda asked: hits_statement(asked, story_ids, _ending(asked)),
                              {**pages, "reach": reach})
            if not (rows[0].short if rows else not Conditions(query, story_ids).any):
                break
        return rows

    def _stretches(self, condition: str, values: Mapping[str, str]) -> list[Stretch]:
        rows = self._transaction.rows(text(f"{_STRETCHES} AND {condition}"), values)
        return [Stretch(*row) for row in rows]

    def _rows(
        self, query: Query, statement: Callable[[Query], tuple[TextClause, dict[str, Any]]],
        more: Mapping[str, int] | None = None,
    ) -> Sequence[AnyRow]:
        """Return the rows of a statement; should the index not understand a query, it is asked for the bare words."""
        try:
            asked, values = statement(query)
            return self._transaction.rows(asked, values | dict(more or {}))
        except OperationalError:
            asked, values = statement(_bare_words(query))
            return self._transaction.rows(asked, values | dict(more or {}))

    def _quotes(self, ids: Sequence[str]) -> dict[str, tuple[str, tuple[str, ...]]]:
        """Return the short code and the tags of quotes."""
        values = {"ids": list(set(ids))}
        tags: defaultdict[str, set[str]] = defaultdict(set)
        wanted = select(codings).where(codings.c.quote_id.in_(bindparam("ids", expanding=True)))
        for row in self._transaction.rows(wanted.order_by(codings.c.code), values):
            tags[row.quote_id] |= {row.code}
        called = select(quotes.c.id, quotes.c.code).where(quotes.c.id.in_(bindparam("ids", expanding=True)))
        return {row.id: (row.code, tuple(sorted(tags[row.id]))) for row in self._transaction.rows(called, values)}


def asks_nothing(query: Query) -> bool:
    """Tell whether a query neither names a word nor filters."""
    filters = (
        query.blocks, query.stakeholders, query.provinces, query.languages, query.codes, query.years, query.speakers,
        query.coders, query.kinds, query.usable_for,
    )  # fmt: skip
    return not (query.terms or query.root or any(filters))


def hits_statement(
    query: Query, story_ids: Sequence[str] | None, ending: str
) -> tuple[TextClause, dict[str, Any]]:
    """Return a statement over what answers a query that was `resolved`, and its values.

    `ending` is what is asked of it: it follows a WITH whose last part is `hits(id, kind, story_id, recording_id,
    start_ms, end_ms, rank)`, where `id` is a passage's; `rank` is 0 where the ending does not order by it. Before it
    stand `kept(id, rank)`, the same without what costs time to look up, and `passing(id, rank)`, of every kind.
    """
    conditions = Conditions(query, story_ids)
    kinds = _kinds(query, conditions)
    where = {"joins": conditions.joins, "filters": conditions.filters}
    parts, twice = [_PASSING_OF_ALL.format(**where)], _TWICE
    among = f"id >> {KIND_AT} IN ({', '.join(str(KINDS.index(kind)) for kind in kinds)})" if kinds else ""
    if conditions.match:
        ranked = ":window" in ending and not _is_vast(query)
        passing = _PASSING.format(**where) if conditions.any else "passing AS (SELECT id, rank FROM found)"
        parts = [_RANKED if ranked else _UNRANKED, passing]
        if ranked and not conditions.any:
            parts[0] = _BEST.replace("{kinds}", f" AND row{among}" if among else "")
            twice = _TWICE_OF_ALL if not kinds or "passage" in kinds else _TWICE
    wanted = "SELECT id, rank FROM passing" + (f" WHERE {among}" if among else "")
    parts.append(_KEPT.replace("{wanted}", wanted).replace("{twice}", twice))
    return text("WITH " + ",\n".join(parts) + ending), conditions.values


def _kinds(query: Query, conditions: Conditions) -> Collection[str]:
    """Return the kinds that are told, empty for all; who names no word does not ask for stories' details."""
    if query.kinds or conditions.match or any(field.name == "kind" for field in fields_in(query.root)):
        return sorted(query.kinds)
    return [kind for kind in KINDS if kind != "story"]


def _ending(query: Query) -> str:
    if query.sort is Sort.NEWEST:
        return _IN_ORDER.replace("{order}", f"s.recorded_on DESC, {_AS_TOLD}") + _shown()
    if query.sort is Sort.BEST and _is_vast(query):
        return _AS_NUMBERED + _shown()
    ranked = query.sort is Sort.BEST and Conditions(query, None).match
    return _BEST_FIRST + _shown(_SHORT) if ranked else _IN_ORDER.replace("{order}", _AS_TOLD) + _shown()


def _shown(short: str = "0") -> str:
    return _SHOWN.replace("{short}", short)


def _is_vast(query: Query) -> bool:
    """Tell whether a beginning of a letter or two is asked for, which so much answers that none is better."""
    return any(term.prefix and len(term.words) == 1 and len(term.words[0]) <= 2 for term in query.terms)


def _bare_words(query: Query) -> Query:
    words = {word: Term((word,), (word,), exact=True) for term in query.terms for word in term.words}
    return replace(query, root=Every(tuple(words.values())), terms=tuple(words.values()))
