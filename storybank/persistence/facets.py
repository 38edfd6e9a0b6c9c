"""Facets: what was found counted by who says it, where, when, in which language and under which codes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from storybank.domain.found import FACETS, Facet
from storybank.domain.query import Query
from storybank.domain.saved import Mark
from storybank.persistence.index import hits_statement
from storybank.persistence.resolving import resolved
from storybank.persistence.transaction import AnyRow, Transaction

_KINDS = {"block": "blocks", "stakeholder": "stakeholders", "stage": "codes", "free": "codes"}
"""The facet that a code of each list is counted in."""

_SPOKEN = ("provinces", "languages", "years", "speakers", "stakeholders")
_TAGGED = ("blocks", "codes", "stakeholders", "coders")

_SAID = """,
found_hits AS MATERIALIZED (
 SELECT hits.id, hits.kind, hits.story_id, hits.recording_id, hits.start_ms, hits.end_ms,
  p.owner_id, p.language, coalesce(p.speaker_id, first.contributor_id) AS speaker
 FROM hits JOIN passages p ON p.id = hits.id
 LEFT JOIN participants first ON first.story_id = p.story_id AND first.position = 0)"""

_BY_SPEAKER = """
 SELECT 'said' AS what, said.story_id, said.language AS a, said.speaker AS b, who.province AS c,
  who.stakeholder AS d, substr(s.recorded_on, 1, 4) AS e, said.n
 FROM (SELECT story_id, language, speaker, count(*) AS n FROM found_hits GROUP BY story_id, language, speaker) said
 JOIN stories s ON s.id = said.story_id LEFT JOIN contributors who ON who.id = said.speaker"""

_TAGS = """
tags AS MATERIALIZED (
 SELECT h.id, h.story_id, h.speaker, t.code, t.coder_id FROM found_hits h
 CROSS JOIN quotes q ON q.recording_id = h.recording_id AND q.start_ms < h.end_ms AND q.end_ms > h.start_ms
 CROSS JOIN codings t ON t.quote_id = q.id WHERE h.kind = 'passage'
 UNION SELECT h.id, h.story_id, h.speaker, t.code, t.coder_id FROM found_hits h
 CROSS JOIN codings t ON t.quote_id = h.owner_id WHERE h.kind = 'quote')"""
"""A quote is tagged itself; a passage is tagged where a tagged quote overlaps it."""

_BY_CODE = """
 SELECT 'code', t.story_id, t.code, k.kind, NULL, NULL, NULL, count(DISTINCT t.id)
 FROM tags t JOIN codes k ON k.key = t.code LEFT JOIN contributors who ON who.id = t.speaker
 WHERE k.kind <> 'stakeholder' OR coalesce(who.stakeholder, '') <> t.code
 GROUP BY t.story_id, t.code"""
"""Who is of a stakeholder group and tagged with it counts once: among those who say it."""

_BY_CODER = """
 SELECT 'coder', t.story_id, t.coder_id, NULL, NULL, NULL, NULL, count(DISTINCT t.id)
 FROM tags t GROUP BY t.story_id, t.coder_id"""

Tally = dict[tuple[str, str], dict[str, int]]
"""For each facet and key, hits by story."""


class StoredFacets:
    """Counts in the database, a row for each story and value; what they add up to is told by facet."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def count(self, query: Query, story_ids: Sequence[str] | None) -> Mapping[str, tuple[Facet, ...]]:
        """Return `FACETS` with their values, most hits first; each counts as if its own boxes were not checked."""
        query = resolved(self._transaction, query)
        checked = [name for name in FACETS if getattr(query, name)]
        tallies = {"": self._tally(query, story_ids, [name for name in FACETS if name not in checked])}
        for name in checked:
            without = replace(query, **{name: frozenset()})  # type: ignore[arg-type]
            tallies[name] = self._tally(without, story_ids, [name])
        return {name: _told(tallies[name if name in checked else ""], name) for name in FACETS}

    def by_story(self, query: Query, story_ids: Sequence[str] | None = None) -> Mapping[str, int]:
        """Return how many hits each story has."""
        ending = "\nSELECT story_id, count(*) AS n FROM hits GROUP BY story_id"
        return {row.story_id: row.n for row in self._transaction.rows(*hits_statement(query, story_ids, ending))}

    def marks(self, query: Query, story_ids: Sequence[str] | None, most: int) -> list[Mark]:
        """Return where hits are, so that they can be known again: no more than `most`, and none of their words."""
        ending = """
 SELECT hits.kind, hits.recording_id, hits.start_ms, hits.end_ms, p.owner_id
 FROM hits JOIN passages p ON p.id = hits.id LIMIT :most"""
        statement, values = hits_statement(query, story_ids, ending)
        return [
            Mark(row.recording_id, row.start_ms, row.end_ms) if row.kind in ("passage", "quote")
            else Mark(f"{row.kind}:{row.owner_id}")
            for row in self._transaction.rows(statement, values | {"most": most})
        ]  # fmt: skip

    def _tally(self, query: Query, story_ids: Sequence[str] | None, names: Sequence[str]) -> Tally:
        parts = [_BY_SPEAKER] if set(names) & set(_SPOKEN) else []
        tagged = set(names) & set(_TAGGED)
        parts += [_BY_CODE] if tagged - {"coders"} else []
        parts += [_BY_CODER] if "coders" in tagged else []
        if not parts:
            return {}
        ending = f"{_SAID}{',' + _TAGS if tagged else ''}{' UNION ALL'.join(parts)}"
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
