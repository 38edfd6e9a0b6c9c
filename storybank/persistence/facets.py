"""Facets: what was found counted by who says it, where, when, in which language and under which codes."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from storybank.domain.found import FACETS, Facet
from storybank.domain.query import Query
from storybank.domain.saved import Mark
from storybank.persistence.conditions import OVER
from storybank.persistence.index import asks_nothing, hits_statement
from storybank.persistence.numbering import STORY_OF
from storybank.persistence.resolving import resolved
from storybank.persistence.transaction import AnyRow, Transaction

_SPEAKER = "coalesce(g.speaker_id, first.contributor_id)"

_KINDS = {"block": "blocks", "stakeholder": "stakeholders", "stage": "codes", "free": "codes"}
"""The facet that a code of each list is counted in."""

_SPOKEN = ("provinces", "languages", "years", "speakers", "stakeholders")
_TAGGED = ("blocks", "codes", "stakeholders", "coders")

_SAID = f""",
said AS MATERIALIZED (
 SELECT {STORY_OF.format(id="kept.id")} AS story, p.language, p.speaker_id, min(kept.id) AS one, count(*) AS n
 FROM kept CROSS JOIN passages p INDEXED BY ix_passages_said ON p.id = kept.id GROUP BY 1, 2, 3)"""
"""Hits by story, language and speaker, counted in the index without opening a row."""

_TAGGED_HITS = f""",
among AS MATERIALIZED (
 SELECT DISTINCT p.story_id FROM (SELECT min(one) AS one FROM said GROUP BY story) g
 CROSS JOIN passages p INDEXED BY ix_passages_said ON p.id = g.one),
coded AS MATERIALIZED (
 SELECT q.id, q.recording_id, q.start_ms, q.end_ms FROM among CROSS JOIN quotes q ON q.story_id = among.story_id
 WHERE EXISTS (SELECT 1 FROM codings t WHERE t.quote_id = q.id)),
under AS MATERIALIZED (
 SELECT o.id, q.id AS quote_id FROM coded q CROSS JOIN passages o
 ON o.recording_id = q.recording_id AND o.kind = 'passage' AND {OVER}
 UNION ALL SELECT o.id, q.id FROM coded q CROSS JOIN passages o ON o.kind = 'quote' AND o.owner_id = q.id
 UNION ALL SELECT o.id, q.id FROM coded q CROSS JOIN memos m ON m.subject = 'quote' AND m.about_id = q.id
 CROSS JOIN passages o ON o.kind = 'memo' AND o.owner_id = m.id),
tags AS MATERIALIZED (
 SELECT DISTINCT kept.id, {STORY_OF.format(id="kept.id")} AS story, t.code, t.coder_id
 FROM kept CROSS JOIN under ON under.id = kept.id CROSS JOIN codings t ON t.quote_id = under.quote_id)"""
"""What holds of a quote holds of the passages it overlaps, and of the memos about it: as where it is asked for.

`CROSS JOIN` tells SQLite to begin with the quotes of the stories found, and to go once through what was found.
"""

_BY_SPEAKER = f"""
 SELECT 'said' AS what, g.story, g.language AS a, {_SPEAKER} AS b, who.province AS c, who.stakeholder AS d,
  substr(s.recorded_on, 1, 4) AS e, g.n
 FROM said g JOIN passages o ON o.id = g.one JOIN stories s ON s.id = o.story_id
 LEFT JOIN participants first ON first.story_id = s.id AND first.position = 0
 LEFT JOIN contributors who ON who.id = {_SPEAKER}"""

_BY_CODE = f"""
 SELECT 'code', t.story, t.code, k.kind, NULL, NULL, NULL, count(DISTINCT t.id)
 FROM tags t JOIN codes k ON k.key = t.code WHERE k.kind <> 'stakeholder' GROUP BY t.story, t.code
 UNION ALL
 SELECT 'code', t.story, t.code, 'stakeholder', NULL, NULL, NULL, count(DISTINCT t.id)
 FROM tags t JOIN codes k ON k.key = t.code JOIN passages g ON g.id = t.id
 LEFT JOIN participants first ON first.story_id = g.story_id AND first.position = 0
 LEFT JOIN contributors who ON who.id = {_SPEAKER}
 WHERE k.kind = 'stakeholder' AND coalesce(who.stakeholder, '') <> t.code GROUP BY t.story, t.code"""
"""Who is of a stakeholder group and tagged with it counts once: among those who say it."""

_BY_CODER = """
 SELECT 'coder', t.story, t.coder_id, NULL, NULL, NULL, NULL, count(DISTINCT t.id)
 FROM tags t GROUP BY t.story, t.coder_id"""

_BY_STORY = f"""
SELECT o.story_id, g.n FROM (
 SELECT min(id) AS one, count(*) AS n FROM kept GROUP BY {STORY_OF.format(id="id")}) g
JOIN passages o ON o.id = g.one"""

_MARKS = """
SELECT g.kind, g.recording_id, g.start_ms, g.end_ms,
 CASE WHEN g.kind IN ('memo', 'story') THEN (SELECT o.owner_id FROM passages o WHERE o.id = g.id) END AS owner_id
FROM (SELECT id FROM kept LIMIT :most) k CROSS JOIN passages g INDEXED BY ix_passages_said ON g.id = k.id"""

_OWNERS = """,
asked AS MATERIALIZED (
 SELECT o.id, o.owner_id, o.story_id FROM json_each(:owners) j CROSS JOIN passages o
 ON o.kind IN ('passage', 'quote') AND o.owner_id = j.value)
SELECT asked.owner_id, asked.story_id FROM kept CROSS JOIN asked ON asked.id = kept.id"""

Tally = dict[tuple[str, str], dict[int, int]]
"""For each facet and key, hits by the number of their story."""


class StoredFacets:
    """Counts in the database, a row for each story and value; what they add up to is told by facet."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def count(self, query: Query, story_ids: Sequence[str] | None) -> Mapping[str, tuple[Facet, ...]]:
        """Return `FACETS` with their values, most hits first; each counts as if its own boxes were not checked."""
        if asks_nothing(query):
            return dict.fromkeys(FACETS, ())
        query = resolved(self._transaction, query)
        checked = [name for name in FACETS if getattr(query, name)]
        tallies = {"": self._tally(query, story_ids, [name for name in FACETS if name not in checked])}
        for name in checked:
            without = replace(query, **{name: frozenset()})  # type: ignore[arg-type]
            tallies[name] = self._tally(without, story_ids, [name])
        return {name: _told(tallies[name if name in checked else ""], name) for name in FACETS}

    def by_story(self, query: Query, story_ids: Sequence[str] | None = None) -> Mapping[str, int]:
        """Return how many hits each story has."""
        if asks_nothing(query):
            return {}
        query = resolved(self._transaction, query)
        return {row.story_id: row.n for row in self._transaction.rows(*hits_statement(query, story_ids, _BY_STORY))}

    def marks(self, query: Query, story_ids: Sequence[str] | None, most: int) -> list[Mark]:
        """Return where hits are, so that they can be known again: no more than `most`, and none of their words."""
        if asks_nothing(query):
            return []
        statement, values = hits_statement(resolved(self._transaction, query), story_ids, _MARKS)
        return [
            Mark(row.recording_id, row.start_ms, row.end_ms) if row.kind in ("passage", "quote")
            else Mark(f"{row.kind}:{row.owner_id}")
            for row in self._transaction.rows(statement, values | {"most": most})
        ]  # fmt: skip

    def owners(self, query: Query, owner_ids: Collection[str]) -> Mapping[str, str]:
        """Return which of these passages and quotes are hits, with the story that each is of."""
        if not owner_ids or asks_nothing(query):
            return {}
        statement, values = hits_statement(resolved(self._transaction, query), None, _OWNERS)
        rows = self._transaction.rows(statement, values | {"owners": json.dumps(sorted(owner_ids))})
        return {row.owner_id: row.story_id for row in rows}

    def _tally(self, query: Query, story_ids: Sequence[str] | None, names: Sequence[str]) -> Tally:
        tagged = bool(set(names) & set(_TAGGED))
        parts = [_BY_SPEAKER] if set(names) & set(_SPOKEN) else []
        parts += [_BY_CODE] if set(names) & (set(_TAGGED) - {"coders"}) else []
        parts += [_BY_CODER] if "coders" in names else []
        if not parts:
            return {}
        ending = f"{_SAID}{_TAGGED_HITS if tagged else ''}{' UNION ALL'.join(parts)}"
        return _added_up(self._transaction.rows(*hits_statement(query, story_ids, ending)))


def _added_up(rows: Iterable[AnyRow]) -> Tally:
    tally: Tally = defaultdict(lambda: defaultdict(int))
    for what, story, a, b, c, d, e, n in rows:
        for name, key in _values(what, a, b, c, d, e):
            if key:
                tally[name, key][story] += n
    return tally


def _values(what: str, a: str, b: str, c: str, d: str, e: str) -> tuple[tuple[str, str], ...]:
    if what == "coder":
        return (("coders", a),)
    if what == "code":
        return ((_KINDS.get(b, "codes"), a),)
    return ("languages", a), ("speakers", b), ("provinces", c), ("stakeholders", d), ("years", e)


def _told(tally: Tally, name: str) -> tuple[Facet, ...]:
    found = [Facet(key, sum(hits.values()), len(hits)) for (facet, key), hits in tally.items() if facet == name]
    return tuple(sorted(found, key=lambda one: (-one.hits, -one.stories, one.key)))
