"""Attribution: how a person is named on everything that leaves, never by a word more than they allowed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from exports.typography import clean, tidy
from storybank.domain.clearance import ClearedQuote
from storybank.domain.codebook import Code
from storybank.domain.consent import Attribution
from storybank.domain.contributor import Contributor
from storybank.domain.vocabulary import PROVINCES, province
from storybank.words import Words

_TELLS_PLACE = (Attribution.FULL, Attribution.FULL_NAME, Attribution.FIRST_NAME, Attribution.ROLE_AND_PLACE)
_TELLS_ORGANIZATION = (Attribution.FULL, Attribution.ROLE_AND_ORGANIZATION)
_KEEP_CAPITAL = frozenset({
    "Indigenous", "Inuit", "Inuk", "Métis", "Metis", "First", "Elder", "Anishinaabe", "Cree", "Dene", "Mi’kmaq",
    "Mi'kmaq", "Haudenosaunee", "Canadian",
})
_LONG_ROLE = 32
_SPELLED_WITH_VOWEL = "AEFHILMNORSX"


@dataclass(frozen=True, slots=True)
class Credit:
    """What may be told of a speaker, in lines: who, then what and where."""

    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return the credit on one line."""
        return ", ".join(self.lines)


def credit(cleared: ClearedQuote, language: str, codebook: Sequence[Code] = ()) -> Credit:
    """Return how the speaker of a cleared quote is named in `language`, exactly as permitted."""
    level, person, words = cleared.attribution, cleared.speaker, Words(language)
    name, place = clean(person.name), province(person.province, language)
    role = _role(person, level, language, codebook)
    organization = clean(person.organization)
    lines: dict[Attribution, tuple[str, str]] = {
        Attribution.FULL: (name, _joined(role, organization, place)),
        Attribution.FULL_NAME: (name, _joined(role, place)),
        Attribution.FIRST_NAME: (_joined(clean(person.first_name), place), ""),
        Attribution.ROLE_AND_ORGANIZATION: (_a(role, language), organization),
        Attribution.ROLE_AND_PLACE: (_a(role, language), place),
        Attribution.ROLE_ONLY: (_a(role, language), ""),
        Attribution.ANONYMOUS: (words("Shared without a name"), ""),
    }
    said = tuple(tidy(line, language) for line in lines[level] if line)
    return Credit(said or (words("Shared without a name"),))


def words_of(cleared: ClearedQuote) -> str:
    """Return the quote's words; a name or employer that the speaker says but did not allow is put in brackets."""
    words = Words(cleared.quote.language)
    text, withheld = clean(cleared.quote.text), words("[name withheld]")
    for hidden in _hidden(cleared.speaker, cleared.attribution):
        text = re.sub(rf"(?<!\w){re.escape(hidden)}(?!\w)", lambda _: withheld, text, flags=re.IGNORECASE)
    return text


def says_too_much(cleared: ClearedQuote) -> bool:
    """Tell whether the voice itself names what may not be told, so that no clip can be made of it."""
    return words_of(cleared) != clean(cleared.quote.text)


def tells_place(level: Attribution) -> bool:
    """Tell whether the province may stand beside the words."""
    return level in _TELLS_PLACE


def label(key: str, codebook: Sequence[Code], language: str) -> str:
    """Return a code's label, or its key made readable when the codebook does not hold it."""
    for code in codebook:
        if code.key == key:
            return code.label(language)
    return key.replace("_", " ").capitalize()


def _role(person: Contributor, level: Attribution, language: str, codebook: Sequence[Code]) -> str:
    """Return the role in the person's own words where that tells no more than they allowed, else the list's word."""
    own = clean(person.role)
    if not level.names_the_person or len(own) > _LONG_ROLE:
        own = own.split(",")[0].strip()
    if own and language == person.language and not _tells_more(own, person, level):
        return own
    return label(person.stakeholder, codebook, language) if person.stakeholder else ""


def _tells_more(role: str, person: Contributor, level: Attribution) -> bool:
    hidden = [*_hidden(person, level), *([] if tells_place(level) else PROVINCES.get(person.province.upper(), ()))]
    if level not in _TELLS_ORGANIZATION and person.organization:
        hidden.append(clean(person.organization))
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", role, re.IGNORECASE) for word in hidden)


def _hidden(person: Contributor, level: Attribution) -> list[str]:
    """Return what may not be read anywhere: the longest first, so that a whole name goes before its parts."""
    if level in (Attribution.FULL, Attribution.FULL_NAME):
        return []
    name = clean(person.name)
    parts = [part for part in re.split(r"[\s.\-]+", name) if len(part) > 2]
    if level is Attribution.FIRST_NAME:
        return [part for part in parts if part.lower() != person.first_name.lower()]
    employer = [] if level in _TELLS_ORGANIZATION else [clean(person.organization)]
    return sorted({word for word in [name, *parts, *employer] if word}, key=lambda word: (-len(word), word))


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _a(role: str, language: str) -> str:
    """Return `A family physician`. French goes without an article, which would have to guess at a gender."""
    words = Words(language)
    if not role:
        return words("A voice of social prescribing")
    if language == "fr":
        return role[0].upper() + role[1:]
    first, *rest = role.split()
    if first[1:].upper() == first[1:] and len(first) > 1:
        return f"{'An' if first[0] in _SPELLED_WITH_VOWEL else 'A'} {role}"
    proper = first in _KEEP_CAPITAL or bool(rest and rest[0][:1].isupper())
    said = role if proper else role[0].lower() + role[1:]
    vowel = said[0].lower() in "aeiou" and not said.lower().startswith(("uni", "use", "eu", "one"))
    return f"{'An' if vowel else 'A'} {said}"
