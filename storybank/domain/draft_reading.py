"""Draft reading: a draft as somebody wrote it in a file, JSON or plain text, taken in with a reason for every no."""

from __future__ import annotations

import json
import re
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import date
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from storybank.domain.commission import may_be_written
from storybank.domain.draft import Chosen, Draft, Evidence, Option, Source
from storybank.domain.names import plain
from storybank.domain.twin import Twin, both
from storybank.errors import Invalid
from storybank.words import LANGUAGES, say

MOST_CHARACTERS = 2_000_000
_MOST_THINGS, _LONGEST_TEXT = 500, 100_000
_FIXED = {"id", "code", "kind", "version", "saved_at", "saved_by"}
_CALLED = {Source: "s", Evidence: "e", Option: "o"}
"""What the identifiers of rows begin with, where a file gives none."""
_SEVERAL = {"ask": "asks", "message": "messages", "quote": "quotes", "language": "languages", "use": "uses",
            "part": "parts", "source": "sources"}
_FIELD = re.compile(r"([a-z_]+)(?:\.(en|fr))?\s*:\s*(.*)", re.IGNORECASE)
_HEADING = re.compile(r"#+\s*([a-z_]+)(?:\.(en|fr))?\s*", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def draft_told(untrusted_text: str, draft: Draft) -> Draft:
    """Return a draft with what a file says of it; what the file does not mention stays. Raise `Invalid`."""
    if len(untrusted_text) > MOST_CHARACTERS:
        raise Invalid(say("This file is too long for a draft."))
    text = untrusted_text.lstrip("\ufeff")
    told = _from_json(text) if text.lstrip().startswith(("{", "[")) else _from_text(text)
    return draft_saying(told, draft)


def draft_saying(told: Mapping[str, Any], draft: Draft) -> Draft:
    """Return a draft with what JSON says of it; raise `Invalid` naming the place that is wrong."""
    hints = get_type_hints(Draft)
    unknown = [key for key in told if key not in hints]
    if unknown:
        raise Invalid(say("A draft has nothing called {name}.", name=plain(unknown[0])[:40]),
                      hint=say("It has: {known}.", known=", ".join(key for key in hints if key not in _FIXED)))
    first = _first_language(told, draft)
    new = {key: _value(hints[key], value, key, first) for key, value in told.items() if key not in _FIXED}
    wrong = [one for one in new.get("languages", ()) if one not in LANGUAGES]
    if wrong:
        raise Invalid(say("{text} is none of these: {known}.", text=plain(wrong[0])[:40], known=", ".join(LANGUAGES)))
    if "languages" in new:
        new["languages"] = tuple(dict.fromkeys(new["languages"]))
    unheard = [key for key in new.get("sections", ()) if key not in draft.sections and not may_be_written(draft, key)]
    if unheard:
        raise _wrong(f"sections.{plain(unheard[0])[:40]}", say("there is nothing called {name}",
                                                              name=plain(unheard[0])[:40]))
    return replace(draft, **new)


def _first_language(told: Mapping[str, Any], draft: Draft) -> str:
    given = told.get("languages")
    first = given[0] if isinstance(given, list) and given else next(iter(draft.languages), "en")
    return first if first in LANGUAGES else "en"


def _from_json(text: str) -> dict[str, Any]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Invalid(say("This is no JSON: {why}.", why=plain(str(error))[:80])) from error
    if not isinstance(told, dict):
        raise _wrong("", say("a draft is written between braces"))
    return told


def _from_text(text: str) -> dict[str, Any]:
    """Return what a plain file says: `Ask: …`, `Title.fr: …`, and `# issue` above the text of a section."""
    told: dict[str, Any] = {}
    sections: dict[str, dict[str, str]] = {}
    into: tuple[str, str] | None = None
    for line in text.splitlines():
        heading, field = _HEADING.fullmatch(line.strip()), _FIELD.fullmatch(line.strip())
        if heading:
            into = heading[1].lower(), (heading[2] or "").lower()
            sections.setdefault(into[0], {})[into[1]] = ""
        elif into is not None:
            sections[into[0]][into[1]] += f"{line}\n"
        elif field:
            _note(told, field[1].lower(), (field[2] or "").lower(), field[3].strip())
        elif line.strip():
            raise Invalid(say("“{line}” is not understood.", line=plain(line)[:60]),
                          hint=say("Write `Title: …`, `Ask: …`, and `# issue` above the text of a section."))
    return _gathered(told, sections, (told.get("languages") or ["en"])[0])


def _gathered(told: dict[str, Any], sections: Mapping[str, Mapping[str, str]], first: str) -> dict[str, Any]:
    """Return what lines and sections say, each text under its language."""
    if sections:
        told["sections"] = {key: _halves(halves, first) for key, halves in sections.items()}
    for key in ("asks", "messages"):
        if key in told:
            told[key] = [_halves(halves, first) for halves in told[key]]
    return {key: _halves(value, first) if isinstance(value, dict) and "" in value else value
            for key, value in told.items()}


def _note(told: dict[str, Any], key: str, language: str, text: str) -> None:
    """Write down one line; `Ask.fr` is the French of the ask before it."""
    several = _SEVERAL.get(key, key if key in _SEVERAL.values() else "")
    if several in ("asks", "messages"):
        listed = told.setdefault(several, [])
        if language and listed and language not in listed[-1]:
            listed[-1][language] = text
        else:
            listed.append({language: text})
    elif several:
        telling = {"quotes": _chosen, "sources": lambda said: {"citation": said}}.get(several, str)
        told.setdefault(several, []).append(telling(text))
    elif language:
        old = told.get(key, {})
        told[key] = {**(old if isinstance(old, dict) else {"": old}), language: text}
    else:
        told[key] = text


def _chosen(text: str) -> dict[str, Any]:
    """Return a quote as a line names it: `Q-0003 @ told ! lead`."""
    code, _at, rest = text.partition("@")
    place, mark, _lead = rest.partition("!")
    code, other, _lead = code.partition("!")
    return {"quote": code.strip().upper(), "place": place.strip(), "lead": bool(mark or other)}


def _halves(halves: Mapping[str, str], first: str) -> dict[str, str]:
    return {language or first: text.strip() for language, text in halves.items()}


def _value(hint: Any, told: Any, place: str, language: str) -> Any:  # noqa: ANN401 - a type and what JSON says of it
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        kept = next(one for one in arguments if one is not type(None))
        return None if told in (None, "") else _value(kept, told, place, language)
    if hint is Twin:
        return _twin(told, place, language)
    if origin is tuple:
        return _listed(arguments[0], told, place, language)
    if origin is not None:
        if not isinstance(told, dict) or len(told) > _MOST_THINGS:
            raise _wrong(place, say("names and their texts belong here"))
        return {_text(key, place): _value(arguments[1], one, f"{place}.{plain(str(key))[:40]}", language)
                for key, one in told.items()}
    if is_dataclass(hint):
        return _thing(hint, told, place, language)
    return _simple(hint, told, place)


def _simple(hint: Any, told: Any, place: str) -> Any:  # noqa: ANN401 - a type and what JSON says of it
    if hint is bool:
        if not isinstance(told, bool):
            raise _wrong(place, say("true or false belongs here"))
        return told
    text = _text(told, place)
    if hint is date:
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise Invalid(say("{text} is not a day.", text=plain(text)[:40]),
                          hint=say("Write it as 2027-03-31.")) from error
    if isinstance(hint, type) and issubclass(hint, Enum):
        try:
            return hint(text.strip().lower())
        except ValueError as error:
            known = ", ".join(str(one.value) for one in hint)
            raise Invalid(say("{text} is none of these: {known}.", text=plain(text)[:40], known=known)) from error
    return text


def _listed(hint: Any, told: Any, place: str, language: str) -> tuple[Any, ...]:  # noqa: ANN401 - as above
    if not isinstance(told, list):
        raise _wrong(place, say("a list belongs here"))
    if len(told) > _MOST_THINGS:
        raise _wrong(place, say("so many are more than anybody reads"))
    if hint in _CALLED:
        told = [{"id": f"{_CALLED[hint]}{n}", **one} if isinstance(one, dict) else one for n, one in enumerate(told, 1)]
    found = tuple(_value(hint, one, f"{place}.{n}", language) for n, one in enumerate(told, 1))
    if hint in _CALLED and len({one.id for one in found}) < len(found):
        raise _wrong(place, say("two have the same id"))
    return found


def _thing(hint: Any, told: Any, place: str, language: str) -> Any:  # noqa: ANN401 - as above
    if hint is Chosen and isinstance(told, str):
        told = {"quote": told}
    if hint is Source and isinstance(told, str):
        raise _wrong(place, say("names and their texts belong here"))
    if not isinstance(told, dict):
        raise _wrong(place, say("names and their texts belong here"))
    hints = get_type_hints(hint)
    for key in told:
        if key not in hints:
            raise _wrong(place, say("there is nothing called {name}", name=plain(str(key))[:40]))
    lacking = [one.name for one in fields(hint) if one.default is MISSING and one.default_factory is MISSING
               and one.name not in told]
    if lacking:
        raise _wrong(place, say("{name} is missing", name=lacking[0]))
    made = hint(**{key: _value(hints[key], one, f"{place}.{key}", language) for key, one in told.items()})
    return replace(made, quote=made.quote.strip().upper()) if hint is Chosen else made


def _twin(told: Any, place: str, language: str) -> Twin:  # noqa: ANN401 - what JSON says
    if isinstance(told, str):
        return both(_text(told, place), language)
    if not isinstance(told, dict) or not set(told) <= set(LANGUAGES):
        raise _wrong(place, say("a text belongs here, or one each under en and fr"))
    return Twin(**{key: _text(one, place) for key, one in told.items()})


def _text(told: Any, place: str) -> str:  # noqa: ANN401 - what JSON says
    if not isinstance(told, str):
        raise _wrong(place, say("a text belongs here"))
    if len(told) > _LONGEST_TEXT:
        raise _wrong(place, say("it is too long"))
    return _CONTROLS.sub("", told.replace("\r\n", "\n").replace("\r", "\n"))


def _wrong(place: str, why: object) -> Invalid:
    if not place:
        return Invalid(say("The draft cannot be read: {why}.", why=why))
    return Invalid(say("{place} cannot be read: {why}.", place=place, why=why))
