"""Attribution: how a person is named on everything that leaves, never by a word more than they allowed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from exports.typography import clean, tidy
from storybank.domain.attribution import Attribution
from storybank.domain.clearance import ClearedQuote
from storybank.domain.codebook import Code
from storybank.domain.contributor import Citation, Contributor
from storybank.domain.vocabulary import PROVINCES, province
from storybank.words import Words

_LEVELS_WITH_PLACE = (Attribution.FULL, Attribution.FULL_NAME, Attribution.FIRST_NAME, Attribution.ROLE_AND_PLACE)
_LEVELS_WITH_ORGANIZATION = (Attribution.FULL, Attribution.ROLE_AND_ORGANIZATION)
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
    if level.names_the_person and person.citation is not None:
        return Credit(tuple(tidy(line, language) for line in _cited(cleared, person.citation) if line))
    name = clean(person.name)
    place = province(person.province, language) if tells_place(cleared) else ""
    organization = clean(person.organization) if tells_organization(cleared) else ""
    role = _role(cleared, language, codebook)
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
    """Return the quote's words; what the speaker says of themselves but did not allow to be told is put in brackets."""
    return withheld(cleared.quote.text, cleared, cleared.quote.language)


def withheld(text: str, cleared: ClearedQuote, language: str) -> str:
    """Return `text` with the speaker's name, employer and place in brackets where they may not be told."""
    words, text = Words(language), clean(text)
    for hidden, sign in ((_names_kept(cleared), words("[name withheld]")),
                         (_places_kept(cleared), words("[place withheld]"))):
        for said in hidden:
            text = _spoken_as(said).sub(lambda _, sign=sign: sign, text)  # type: ignore[misc]
    return text


def says_too_much(cleared: ClearedQuote) -> bool:
    """Tell whether the voice itself names what may not be told, so that no clip can be made of it."""
    return words_of(cleared) != clean(cleared.quote.text)


def tells_place(cleared: ClearedQuote) -> bool:
    """Tell whether the province may stand beside the words: both the level and the person must allow it."""
    return cleared.attribution in _LEVELS_WITH_PLACE and cleared.permission.features.place


def tells_organization(cleared: ClearedQuote) -> bool:
    """Tell whether the employer may stand beside the words: both the level and the person must allow it."""
    return cleared.attribution in _LEVELS_WITH_ORGANIZATION and cleared.permission.features.organization


def tells_role(cleared: ClearedQuote) -> bool:
    """Tell whether it may be said what the person does: not of who asked to stay without a name."""
    return cleared.attribution is not Attribution.ANONYMOUS


def teaching(cleared: ClearedQuote) -> str:
    """Return what an Elder's or Knowledge Keeper's teaching was about, where they may be cited by name."""
    citation = cleared.speaker.citation
    return clean(citation.teaching) if citation and cleared.attribution.names_the_person else ""


def label(key: str, codebook: Sequence[Code], language: str) -> str:
    """Return a code's label, or its key made readable when the codebook does not hold it."""
    for code in codebook:
        if code.key == key:
            return code.label(language)
    return key.replace("_", " ").capitalize()


def _cited(cleared: ClearedQuote, citation: Citation) -> tuple[str, str]:
    """Return who is cited as Canadian style guides ask: title and name; then nation, treaty territory and community.

    A nation is most often a place too, so all three are told only where the place may be.
    """
    whole, title = _without_title(cleared.speaker), clean(citation.title)
    name = whole.split()[0] if cleared.attribution is Attribution.FIRST_NAME and whole else whole
    from_where = _places_cited(citation) if tells_place(cleared) else ()
    return " ".join(part for part in (title, name) if part), _joined(*from_where)


def _places_cited(citation: Citation) -> tuple[str, ...]:
    return tuple(clean(place) for place in (citation.nation, citation.treaty_territory, citation.community) if place)


def _without_title(person: Contributor) -> str:
    """Return the name of somebody who is cited without the title that may already stand before it."""
    name, title = clean(person.name), clean(person.citation.title) if person.citation else ""
    return name[len(title) :].strip() if title and name.lower().startswith(f"{title.lower()} ") else name


def _role(cleared: ClearedQuote, language: str, codebook: Sequence[Code]) -> str:
    """Return the role in the person's own words where that tells no more than they allowed, else the list's word."""
    person, level = cleared.speaker, cleared.attribution
    own = clean(person.role)
    if not level.names_the_person or len(own) > _LONG_ROLE:
        own = own.split(",")[0].strip()
    tells_more = any(_spoken_as(word).search(own) for word in (*_names_kept(cleared), *_places_kept(cleared)))
    if own and language == person.language and not tells_more:
        return own
    return label(person.stakeholder, codebook, language) if person.stakeholder else ""


def _names_kept(cleared: ClearedQuote) -> list[str]:
    """Return the names that may not be read anywhere: the longest first, so that a whole name goes before its parts."""
    person, level = cleared.speaker, cleared.attribution
    hidden = set() if tells_organization(cleared) else {clean(person.organization)}
    name = _without_title(person)
    parts = {part for part in re.split(r"[\s.\-]+", name) if len(part) > 2}
    if level is Attribution.FIRST_NAME:
        first = clean(person.first_name) if name == clean(person.name) else name.split()[0]
        hidden |= {part for part in parts if part.lower() != first.lower()}
    elif not level.names_the_person:
        hidden |= {name, *parts}
    return _longest_first(hidden)


def _places_kept(cleared: ClearedQuote) -> list[str]:
    """Return the places that may not be read anywhere: province, where it was recorded, and where an Elder is from."""
    if tells_place(cleared):
        return []
    person, recorded_at = cleared.speaker, clean(cleared.story.place)
    return _longest_first({
        *PROVINCES.get(person.province.upper(), ()), recorded_at, *(part.strip() for part in recorded_at.split(",")),
        *(_places_cited(person.citation) if person.citation else ()),
    })


def _longest_first(words: set[str]) -> list[str]:
    return sorted((word for word in words if len(word) > 2), key=lambda word: (-len(word), word))


def _spoken_as(word: str) -> re.Pattern[str]:
    """Return what finds a name however its apostrophes and spaces are set."""
    loose = re.sub(r"['’]", "['’]", re.sub(r"(?:\\?\s)+", lambda _: r"\s+", re.escape(word)))
    return re.compile(rf"(?<!\w){loose}(?!\w)", re.IGNORECASE)


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
