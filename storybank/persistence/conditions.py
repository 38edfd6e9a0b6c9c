"""Conditions: what must hold of a passage beyond its words, as SQL; every value is bound, none is written in."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from storybank.domain.query import Either, Every, Field, Node, Not, Query
from storybank.persistence.matching import expression_of, wanted_words

SPEAKS = "coalesce(p.speaker_id, first.contributor_id)"
"""Who says it: the line's or quote's own speaker, or else the one that the story names first."""

OVER = """o.start_ms < q.end_ms AND o.end_ms > q.start_ms
 AND o.start_ms > q.start_ms - (SELECT max(end_ms - start_ms) FROM passages WHERE kind = 'passage')"""
"""That a passage `o` overlaps a quote `q`; how long any passage is says where one need not look."""

_OF_QUOTES = """p.id IN (
 SELECT o.id FROM ({quotes}) t CROSS JOIN passages o ON o.kind = 'quote' AND o.owner_id = t.quote_id
 UNION ALL
 SELECT o.id FROM ({quotes}) t CROSS JOIN quotes q ON q.id = t.quote_id
 CROSS JOIN passages o ON o.recording_id = q.recording_id AND o.kind = 'passage' AND {over}
 UNION ALL
 SELECT o.id FROM ({quotes}) t CROSS JOIN memos m ON m.subject = 'quote' AND m.about_id = t.quote_id
 CROSS JOIN passages o ON o.kind = 'memo' AND o.owner_id = m.id)""".replace("{over}", OVER)
"""What holds of a quote holds of the passages it overlaps, and of the memos about it.

`CROSS JOIN` tells SQLite to begin with the quotes, which are few; left to itself it reads every passage.
"""

_AMONG = "{column} IN (SELECT value FROM json_each(:{name}))"

_CODED = "SELECT quote_id FROM codings WHERE code IN (SELECT value FROM json_each(:{name}))"
_CODED_BY = "SELECT quote_id FROM codings WHERE coder_id IN (SELECT value FROM json_each(:{name}))"
_WHERE = "SELECT id AS quote_id FROM quotes WHERE {condition}"
_FROM = SPEAKS + " IN (SELECT id FROM contributors WHERE {column} IN (SELECT value FROM json_each(:{{name}})))"

_PLAIN: Mapping[str, str] = {
    "kind": _AMONG.format(column="p.kind", name="{name}"),
    "language": _AMONG.format(column="p.language", name="{name}"),
    "province": _FROM.format(column="province"),
    "country": _FROM.format(column="province"),
    "block": _OF_QUOTES.format(quotes=_CODED),
    "stage": _OF_QUOTES.format(quotes=_CODED),
    "code": _OF_QUOTES.format(quotes=_CODED),
    "stakeholder": f"({_FROM.format(column='stakeholder')} OR {_OF_QUOTES.format(quotes=_CODED)})",
    "coder": f"""({_OF_QUOTES.format(quotes=_CODED_BY)} OR (p.kind = 'memo' AND p.owner_id IN (
 SELECT id FROM memos WHERE coder_id IN (SELECT value FROM json_each(:{{name}})))))""",
    "speaker": f"""({_AMONG.format(column=SPEAKS, name="{name}")} OR (p.kind = 'story' AND p.story_id IN (
 SELECT story_id FROM participants WHERE contributor_id IN (SELECT value FROM json_each(:{{name}})))))""",
    "story": f"({_AMONG.format(column='p.story_id', name='{name}')} OR "
             f"{_AMONG.format(column='p.recording_id', name='{name}')})",
    "years": _AMONG.format(column="substr(s.recorded_on, 1, 4)", name="{name}"),
    "speakers": _AMONG.format(column=SPEAKS, name="{name}"),
    "stories": _AMONG.format(column="p.story_id", name="{name}"),
}
"""For each field and filter what must hold, where `name` is what its values are bound to."""

_HAS = {
    "memo": "(" + _OF_QUOTES.format(quotes="SELECT about_id AS quote_id FROM memos WHERE subject = 'quote'")
            + """ OR (p.kind = 'story' AND p.story_id IN (SELECT about_id FROM memos WHERE subject = 'story')))""",
    "quote": _OF_QUOTES.format(quotes="SELECT id AS quote_id FROM quotes"),
    "translation": _OF_QUOTES.format(quotes="SELECT quote_id FROM translations"),
    "tagged": _OF_QUOTES.format(quotes="SELECT DISTINCT quote_id FROM codings"),
    "important": _OF_QUOTES.format(quotes=_WHERE.format(condition="important")),
    "changed": _OF_QUOTES.format(quotes=_WHERE.format(condition="hold = 'changed'")),
    "lost": _OF_QUOTES.format(quotes=_WHERE.format(condition="hold = 'lost'")),
    "reviewed": """(p.kind = 'passage' AND NOT EXISTS (
 SELECT 1 FROM json_each(p.lines) j JOIN lines l ON l.id = json_extract(j.value, '$[0]') WHERE NOT l.reviewed))""",
}
_HAS["untagged"] = f"(p.kind IN ('passage', 'quote') AND NOT {_HAS['tagged']})"

_FILTERS = {"languages": "language", "provinces": "province", "blocks": "block", "stakeholders": "stakeholder",
            "codes": "code", "coders": "coder", "years": "years", "speakers": "speakers"}  # fmt: skip
"""The filters of a query, with the condition that each is."""

_USABLE = """(p.owner_id IN (SELECT value FROM json_each(:{name}_also)) OR (
 p.story_id IN (SELECT value FROM json_each(:{name})) AND p.owner_id NOT IN (
  SELECT value FROM json_each(:{name}_refused))))"""


class Conditions:
    """Gathers the conditions of a query, with their values."""

    def __init__(self, query: Query, story_ids: Sequence[str] | None) -> None:
        self.values: dict[str, Any] = {}
        self._usable = {one.use: one for one in query.usable}
        words, others = wanted_words(query)
        self.match = expression_of(words) or ""
        found = [self._of(part) for part in others]
        found += [self._plain(_FILTERS[name], getattr(query, name)) for name in _FILTERS if getattr(query, name)]
        if story_ids is not None:
            found.append(self._plain("stories", story_ids))
        elif query.usable_for:
            found.append(self._use(query.usable_for))
        self.kinds = self._plain("kind", query.kinds) if query.kinds else ""
        if self.match:
            self.values["match"] = self.match
        self._all = [condition for condition in found if condition]

    @property
    def joins(self) -> str:
        """Return the tables that the conditions look into."""
        asked = " ".join(self._all)
        joins = " LEFT JOIN participants first ON first.story_id = p.story_id AND first.position = 0"
        told = " JOIN stories s ON s.id = p.story_id"
        return (joins if SPEAKS in asked else "") + (told if "s.recorded_on" in asked else "")

    @property
    def filters(self) -> str:
        """Return the conditions, to follow others."""
        return "".join(f" AND {condition}" for condition in self._all)

    @property
    def any(self) -> bool:
        """Tell whether there is a condition at all."""
        return bool(self._all)

    def _of(self, node: Node) -> str:
        """Return what must hold for a part of the query; empty where it asks nothing."""
        expression = expression_of(node)
        if expression is not None:
            return expression and self._found(expression)
        if isinstance(node, Field):
            return self._field(node)
        if isinstance(node, Not):
            inner = self._of(node.part)
            return inner and f"NOT coalesce({inner}, 0)"
        if isinstance(node, (Every, Either)):
            parts = [one for one in map(self._of, node.parts) if one]
            return f"({(' AND ' if isinstance(node, Every) else ' OR ').join(parts)})" if parts else ""
        return ""

    def _found(self, expression: str) -> str:
        name = self._bound(expression, plain=True)
        return f"p.id IN (SELECT rowid FROM passages_fts WHERE passages_fts MATCH :{name})"

    def _field(self, field: Field) -> str:
        keys = field.values if field.keys is None else field.keys
        if field.name in _PLAIN:
            return self._plain(field.name, keys)
        return _any_of(self._one(field.name, key) for key in keys)

    def _one(self, field: str, key: str) -> str:
        if field in ("has", "is"):
            return _HAS[key]
        if field == "usable":
            return self._use(key)
        if field == "before":
            return f"(s.recorded_on <> '' AND s.recorded_on < :{self._bound(key, plain=True)})"
        if field == "after":
            name = self._bound(key, plain=True)
            return f"(substr(s.recorded_on, 1, length(:{name})) > :{name})"
        first, _dots, last = key.partition("..")
        last = last if _dots else first
        low, high = self._bound(first or "0000", plain=True), self._bound(last or "9999", plain=True)
        return f"(s.recorded_on <> '' AND substr(s.recorded_on, 1, 4) BETWEEN :{low} AND :{high})"

    def _use(self, use: str) -> str:
        known = self._usable.get(use)
        if known is None:
            return "0"
        name = self._bound(known.story_ids)
        self.values |= {f"{name}_refused": _listed(known.refused), f"{name}_also": _listed(known.also)}
        return _USABLE.format(name=name)

    def _plain(self, name: str, values: Collection[str]) -> str:
        return _PLAIN[name].format(name=self._bound(values))

    def _bound(self, value: Collection[str], *, plain: bool = False) -> str:
        name = f"v{len(self.values)}"
        self.values[name] = value if plain else _listed(value)
        return name


def _listed(values: Iterable[str]) -> str:
    return json.dumps(sorted(values))


def _any_of(conditions: Iterable[str]) -> str:
    return f"({' OR '.join(conditions) or '0'})"
