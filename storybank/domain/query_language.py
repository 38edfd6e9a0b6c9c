"""The query language: how what a person types is read. Every text is a query; what makes no sense is passed over.

Words must all be there; OR (OU, |) binds looser. A minus or NOT (SAUF) leaves out. Quotation marks make a phrase, `~5`
behind them words near each other; a star the beginning of a word; `=` a word as it is written. `field:value` must hold.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from storybank.domain.query_fields import field_of
from storybank.domain.terms import Either, Every, Field, Node, Not, Term, folded, tokens

MOST_TYPED = 20_000
"""Characters that are read; more was pasted by mistake."""

MOST_PARTS = 64
"""Words, phrases and fields that one query can hold."""

_DEEPEST = 20
_NEAR, _FARTHEST = 5, 50
_MARKS = dict.fromkeys(map(ord, "“”„‟«»″＂‹›"), '"') | {ord("−"): "-", ord("＝"): "=", 0: " "}
_OPERATORS = {"OR": "or", "OU": "or", "NOT": "not", "SAUF": "not", "AND": "and", "ET": "and"}
_NAME = re.compile(r"([^\W\d_]+)[\u00a0\u202f]?:(?!//)")
_PHRASE = re.compile(r'"([^"]*)"?(?:~(\d{0,4}))?(\*)?')
_WORD = re.compile(r'[^\s"()|]+')
_VALUE = re.compile(r'"([^"]*)"?|([^\s"(),|]+)')


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what was typed, and where it stands."""

    node: Node
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Parts:
    """What was typed, as it was read, and the parts it has at the top."""

    text: str
    parts: tuple[Part, ...]
    any_will_do: bool = False


@dataclass(frozen=True, slots=True)
class _Lexeme:
    kind: str
    """`part`, `or`, `not`, `and`, `(` or `)`."""
    start: int
    end: int
    node: Node | None = None


def parts_of(typed: str) -> Parts:
    """Return the parts of what was typed; operators that have nothing to join are words where nothing else is."""
    text = unicodedata.normalize("NFC", typed[:MOST_TYPED].translate(_MARKS))
    found = _Reader(_lexemes(text, operators=True)).alternatives(0)
    if not found:
        found = _Reader(_lexemes(text, operators=False)).alternatives(0)
    if len(found) == 1:
        return Parts(text, tuple(found[0]))
    return Parts(text, tuple(_whole(one) for one in found), any_will_do=True)


class _Reader:
    """Reads lexemes from left to right; whatever has nothing to hold on to is passed over."""

    def __init__(self, lexemes: list[_Lexeme]) -> None:
        self._lexemes = lexemes
        self._at = 0

    def alternatives(self, depth: int) -> list[list[Part]]:
        """Return the alternatives up to the closing bracket, each with the parts that must all be there."""
        found: list[list[Part]] = [[]]
        while (lexeme := self._next()) is not None:
            if lexeme.kind == "or":
                found.append([])
            elif lexeme.kind == ")":
                if depth:
                    break
            elif lexeme.kind != "and" and (part := self._part(lexeme, depth)):
                found[-1].append(part)
        return [one for one in found if one]

    def _next(self) -> _Lexeme | None:
        self._at += 1
        return self._lexemes[self._at - 1] if self._at <= len(self._lexemes) else None

    def _part(self, lexeme: _Lexeme, depth: int) -> Part | None:
        refused, start = False, lexeme.start
        while lexeme.kind == "not":
            refused = True
            following = self._next()
            if following is None or following.kind in ("or", "and", ")"):
                self._at -= following is not None
                return None
            lexeme = following
        part = self._group(lexeme, depth) if lexeme.kind == "(" else _of(lexeme)
        if part is None:
            return None
        return Part(Not(part.node), start, part.end) if refused else replace(part, start=start)

    def _group(self, opening: _Lexeme, depth: int) -> Part | None:
        if depth >= _DEEPEST:
            return None
        inside = [_whole(one) for one in self.alternatives(depth + 1)]
        if not inside:
            return None
        end = self._lexemes[min(self._at, len(self._lexemes)) - 1].end
        node = inside[0].node if len(inside) == 1 else Either(tuple(one.node for one in inside))
        return Part(node, opening.start, end)


def _of(lexeme: _Lexeme) -> Part | None:
    return None if lexeme.node is None else Part(lexeme.node, lexeme.start, lexeme.end)


def _whole(parts: list[Part]) -> Part:
    node = parts[0].node if len(parts) == 1 else Every(tuple(part.node for part in parts))
    return Part(node, parts[0].start, parts[-1].end)


def _lexemes(text: str, *, operators: bool) -> list[_Lexeme]:
    found: list[_Lexeme] = []
    at = held = 0
    while at < len(text) and held < MOST_PARTS:
        lexeme = _lexeme(text, at, operators)
        at = lexeme.end
        if lexeme.kind != "part" or lexeme.node is not None:
            found.append(lexeme)
            held += lexeme.kind == "part"
    return found


def _lexeme(text: str, at: int, operators: bool) -> _Lexeme:
    character = text[at]
    if character in "()":
        return _Lexeme(character, at, at + 1)
    if character == "|":
        return _Lexeme("or", at, at + 1)
    if character == "-":
        begins = at == 0 or text[at - 1] in '()|"' or text[at - 1].isspace()
        leaves_out = begins and text[at + 1 : at + 2].strip() not in ("", "-", "|", ")")
        return _Lexeme("not" if leaves_out else "part", at, at + 1)
    if character == '"' or text.startswith('="', at):
        return _phrase(text, at)
    word = _WORD.match(text, at)
    if word is None:
        return _Lexeme("part", at, at + 1)
    if operators and word.group() in _OPERATORS:
        return _Lexeme(_OPERATORS[word.group()], at, word.end())
    if named := _NAME.match(text, at):
        return _field(text, named) or _Lexeme("part", at, named.end(), _term(named.group(1)))
    return _Lexeme("part", at, word.end(), _term(word.group()))


def _phrase(text: str, at: int) -> _Lexeme:
    exact = text[at] == "="
    found = _PHRASE.match(text, at + exact)
    if found is None:
        return _Lexeme("part", at, at + 1)
    said, near, star = found.groups()
    term = _term(said + (star or ""))
    if term is None:
        return _Lexeme("part", at, found.end())
    within = 0 if near is None or len(term.words) == 1 else min(int(near or _NEAR), _FARTHEST)
    return _Lexeme("part", at, found.end(), replace(term, exact=exact, near=within, quoted=True))


def _field(text: str, named: re.Match[str]) -> _Lexeme | None:
    values, at = [], named.end()
    while value := _VALUE.match(text, at):
        values.append(value.group(1) if value.group(1) is not None else value.group(2))
        at = value.end()
        if text[at : at + 1] != ",":
            break
        at += 1
    field: Field | None = field_of(named.group(1), values)
    return _Lexeme("part", named.start(), at, field) if field else None


def _term(said: str) -> Term | None:
    found = tokens(said)
    if not found:
        return None
    surface = tuple(word.casefold() for word, _start, _end in found)
    prefix = said[found[-1][2] : found[-1][2] + 1] == "*"
    return Term(tuple(map(folded, surface)), surface, said.lstrip("+").startswith("="), prefix)
