"""Attribution: how a person is named on everything that leaves, never by a word more than they allowed."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from exports.typography import clean, tidy
from storybank.domain.attribution import Attribution
from storybank.domain.clearance import ClearedQuote
from storybank.domain.codebook import Code
from storybank.domain.contributor import Citation
from storybank.domain.integrity import marked
from storybank.domain.vocabulary import province
from storybank.domain.withholding import (
    as_said,
    names_kept,
    places_cited,
    places_kept,
    tells_organization,
    tells_place,
    without_title,
)
from storybank.words import Words

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
        cited = tuple(tidy(line, language) for line in _cited(cleared, person.citation) if line)
        return Credit(cited or (words("Shared without a name"),))
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


def wording_of(cleared: ClearedQuote) -> str:
    """Return the quote as it is to be read: shortened where that was agreed to, else as it was said."""
    return withheld(cleared.wording, cleared, cleared.quote.language) if cleared.wording else words_of(cleared)


def translation_of(cleared: ClearedQuote, language: str) -> str:
    """Return the quote in another language, with the sign that it is a translation; empty where there is none."""
    if language == cleared.quote.language:
        return ""
    told = next((one for one in cleared.translations if one.language == language), None)
    return withheld(marked(told), cleared, language) if told else ""


def withheld(text: str, cleared: ClearedQuote, language: str) -> str:
    """Return `text` with the speaker's name, employer and place in brackets where they may not be told."""
    words, text = Words(language), unicodedata.normalize("NFC", clean(text))
    for hidden, sign in ((names_kept(cleared), words("[name withheld]")),
                         (places_kept(cleared), words("[place withheld]"))):
        for said in hidden:
            text = as_said(said).sub(lambda _, sign=sign: sign, text)  # type: ignore[misc]
    return text


def teaching(cleared: ClearedQuote) -> str:
    """Return what an Elder's or Knowledge Keeper's teaching was about, where they may be cited by name."""
    citation = cleared.speaker.citation
    if citation is None or not cleared.attribution.names_the_person:
        return ""
    return withheld(citation.teaching, cleared, cleared.speaker.language)


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
    whole, title = without_title(cleared.speaker), clean(citation.title)
    name = whole.split()[0] if cleared.attribution is Attribution.FIRST_NAME and whole else whole
    from_where = places_cited(citation) if tells_place(cleared) else ()
    return " ".join(part for part in (title, name) if part), _joined(*from_where)


def _role(cleared: ClearedQuote, language: str, codebook: Sequence[Code]) -> str:
    """Return the role in the person's own words where that tells no more than they allowed, else the list's word."""
    person, level = cleared.speaker, cleared.attribution
    own = clean(person.role)
    if not level.names_the_person or len(own) > _LONG_ROLE:
        own = own.split(",")[0].strip()
    tells_more = any(as_said(word).search(own) for word in (*names_kept(cleared), *places_kept(cleared)))
    if own and language == person.language and not tells_more:
        return own
    return label(person.stakeholder, codebook, language) if person.stakeholder else ""


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
