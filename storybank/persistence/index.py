"""Search: from a query to the passages and quotes that answer it, best first."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import TextClause, bindparam, select, text

from storybank.domain.query import Hit, Query
from storybank.persistence.coding_tables import codings
from storybank.persistence.matching import Matcher, match_expression
from storybank.persistence.tables import quotes
from storybank.persistence.transaction import AnyRow, Transaction

_FOUND = """found AS MATERIALIZED (
 SELECT rowid AS id, bm25(passages_fts, 1.0, 0.6) AS rank FROM passages_fts WHERE passages_fts MATCH :match)"""

_FOUND_UNRANKED = "found AS (SELECT rowid AS id, 0.0 AS rank FROM passages_fts WHERE passages_fts MATCH :match)"

_EVERYTHING = "found AS (SELECT id, 0.0 AS rank FROM passages)"

_PASSING = """passing AS MATERIALIZED (
 SELECT p.id, p.kind, p.story_id, p.recording_id, p.start_ms, p.end_ms, found.rank
 FROM found JOIN passages p ON p.id = found.id{joins} WHERE 1 = 1{filters}),
quoted AS MATERIALIZED (SELECT * FROM passing WHERE kind = 'quote'),
alone AS (
 SELECT id FROM quoted q WHERE NOT EXISTS (
  SELECT 1 FROM passages o WHERE o.recording_id = q.recording_id AND o.kind = 'passage'
  AND o.start_ms < q.end_ms AND o.end_ms > q.start_ms AND o.id IN (SELECT id FROM passing))),
hits AS (SELECT * FROM passing WHERE kind = 'passage' OR id IN (SELECT id FROM alone))"""
"""What passes the filters. A quote whose words are found as a passage as well is one hit, not two."""

_SPEAKER = """
 LEFT JOIN participants first ON first.story_id = p.story_id AND first.position = 0
 LEFT JOIN contributors who ON who.id = coalesce(p.speaker_id, first.contributor_id)"""
"""Who says it: the line's or quote's own speaker, or else the one that the story names first."""

_COUNT = "\nSELECT count(*), count(DISTINCT story_id) FROM hits"

_BEST = f""",
best AS MATERIALIZED (SELECT hits.* FROM hits{{order}} LIMIT :most)
SELECT h.kind, h.story_id, h.recording_id, h.start_ms, h.end_ms, who.name AS speaker, p.speaker_id,
 p.text, p.language,
 CASE h.kind WHEN 'quote' THEN p.owner_id ELSE (
  SELECT o.owner_id FROM quoted q JOIN passages o ON o.id = q.id WHERE q.recording_id = h.recording_id
  AND q.start_ms < h.end_ms AND q.end_ms > h.start_ms
  ORDER BY min(q.end_ms, h.end_ms) - max(q.start_ms, h.start_ms) DESC, q.id LIMIT 1) END AS quote_id
FROM best h JOIN passages p ON p.id = h.id{_SPEAKER}{{order_again}}"""

_BEST_FIRST = " ORDER BY {hits}.rank, {hits}.id"

_AS_TOLD = """ JOIN stories s ON s.id = {hits}.story_id
 ORDER BY length(s.code), s.code, {hits}.recording_id, {hits}.start_ms, {hits}.id"""

_TAGGED = """p.id IN (
 SELECT o.id FROM codings t CROSS JOIN passages o ON o.kind = 'quote' AND o.owner_id = t.quote_id
 WHERE t.code IN (SELECT value FROM json_each(:{name}))
 UNION ALL
 SELECT o.id FROM codings t CROSS JOIN quotes q ON q.id = t.quote_id
 CROSS JOIN passages o ON o.recording_id = q.recording_id AND o.kind = 'passage'
 AND o.start_ms < q.end_ms AND o.end_ms > q.start_ms
 WHERE t.code IN (SELECT value FROM json_each(:{name})))"""
"""A quote is tagged itself; a passage is tagged where a tagged quote overlaps it.

`CROSS JOIN` tells SQLite to begin with the tagged quotes, which are few; left to itself it reads every passage.
"""

_AMONG = "{column} IN (SELECT value FROM json_each(:{name}))"

_FILTERS = {
    "stories": _AMONG.format(column="p.story_id", name="stories"),
    "languages": _AMONG.format(column="p.language", name="languages"),
    "provinces": _AMONG.format(column="who.province", name="provinces"),
    "blocks": _TAGGED.format(name="blocks"),
    "stakeholders": "({} OR {})".format(
        _AMONG.format(column="who.stakeholder", name="stakeholders"), _TAGGED.format(name="stakeholders")
    ),
}


class StoredIndex:
    """Asks SQLite's full-text index; what is typed becomes values, never part of a statement."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def search(self, query: Query, story_ids: Sequence[str] | None, most: int) -> list[Hit]:
        """Return hits, best first; `story_ids` narrows to those stories, None means all."""
        if _asks_nothing(query):
            return []
        statement, values = hits_statement(query, story_ids, _BEST)
        rows = self._transaction.rows(statement, values | {"most": max(0, most)})
        named = self._quotes([row.quote_id for row in rows if row.quote_id])
        matcher = Matcher(query)
        return [_hit(row, matcher, *named.get(row.quote_id, ("", ()))) for row in rows]

    def count(self, query: Query, story_ids: Sequence[str] | None) -> tuple[int, int]:
        """Return how many hits there are, and in how many stories."""
        if _asks_nothing(query):
            return 0, 0
        (row,) = self._transaction.rows(*hits_statement(query, story_ids, _COUNT))
        return int(row[0]), int(row[1])

    def _quotes(self, ids: Sequence[str]) -> dict[str, tuple[str, tuple[str, ...]]]:
        """Return the short code and the tags of quotes."""
        values = {"ids": list(set(ids))}
        tags: defaultdict[str, set[str]] = defaultdict(set)
        wanted = select(codings).where(codings.c.quote_id.in_(bindparam("ids", expanding=True)))
        for row in self._transaction.rows(wanted.order_by(codings.c.code), values):
            tags[row.quote_id] |= {row.code}
        called = select(quotes.c.id, quotes.c.code).where(quotes.c.id.in_(bindparam("ids", expanding=True)))
        return {row.id: (row.code, tuple(sorted(tags[row.id]))) for row in self._transaction.rows(called, values)}


def _asks_nothing(query: Query) -> bool:
    return not (
        query.terms or query.blocks or query.stakeholders or query.provinces or query.languages or query.usable_for
    )


def hits_statement(
    query: Query, story_ids: Sequence[str] | None, ending: str
) -> tuple[TextClause, dict[str, Any]]:
    """Return a statement over what answers a query, and its values.

    `ending` is what is asked of it: it follows a WITH whose last part is `hits(id, kind, story_id, recording_id,
    start_ms, end_ms, rank)`, where `id` is a passage's; `rank` is 0 where the ending does not order by it.
    """
    wanted = {
        "stories": story_ids,
        "languages": query.languages or None,
        "provinces": query.provinces or None,
        "blocks": query.blocks or None,
        "stakeholders": query.stakeholders or None,
    }
    values = {name: json.dumps(sorted(keys)) for name, keys in wanted.items() if keys is not None}
    filters = "".join(f" AND {_FILTERS[name]}" for name in values)
    joins = _SPEAKER if values.keys() & {"provinces", "stakeholders"} else ""
    start = _EVERYTHING
    if query.terms:
        start = _FOUND_UNRANKED if ending == _COUNT else _FOUND
        values["match"] = match_expression(query)
    passing = _PASSING.format(joins=joins, filters=filters)
    order = _BEST_FIRST if query.terms else _AS_TOLD
    ordered = ending.replace("{order}", order.format(hits="hits")).replace("{order_again}", order.format(hits="h"))
    return text(f"WITH {start},\n{passing}{ordered}"), values


def _hit(row: AnyRow, matcher: Matcher, quote_code: str, codes: tuple[str, ...]) -> Hit:
    return Hit(
        row.kind, row.story_id, row.recording_id, row.start_ms, row.end_ms,
        row.speaker or "", row.text, matcher.marks(row.text, row.language), codes, quote_code,
        row.speaker_id,
    )  # fmt: skip
