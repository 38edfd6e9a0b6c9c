"""Reckoning: what a draft measures: words, grade, its longest sentence, and short forms that nobody spelled out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_MARKS = re.compile(r"\[(?:\d{1,3}|Q-\d+)\]", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-–•*]|\d{1,2}[.)])\s+")
_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"\n]*\"")
_FEWEST_QUOTED = 4
"""Words in quotation marks from which on they are somebody's, and not a term."""
_ENDS = re.compile(r"(?<=[.!?…])[\"'»”’)\]]*\s+(?=[\"'«“(\[]*[A-ZÀ-ÖØ-Þ0-9])")
_SHORTENED = re.compile(
    r"\b(?:Dr|Mr|Mrs|Ms|St|Ste|Mme|Mlle|Prof|vs|No|Fig|approx|Jr|Sr|cf|Hon|Rev|e\.g|i\.e|p\.\s?ex|etc|[A-Z])\.$")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_VOWELS_EN, _VOWELS_FR = re.compile(r"[aeiouy]+"), re.compile(r"[aeiouyàâäéèêëîïôöùûüœæ]+")
_HIATUS_EN = re.compile(r"ia|io|eo(?!p)|ua|iu|ie(?=t)|uo|ea$|(?<=cr)ea(?=t)")
_ONE_SOUND_EN = re.compile(r"[tscgx]i(?=[aou])|(?<=[gq])u(?=[aeio])")
_SILENT_EN = re.compile(r"(?<=[aeiou][^aeiou])e(?=(?:ly|li|ness|ment|ful|less))")


@dataclass(frozen=True, slots=True)
class Count:
    """What one language of a draft measures."""

    words: int
    """Everything counted: headings, quotes, tables, notes and captions, as Word counts them."""
    own: int
    """What the author wrote, without quotes."""
    grade: float | None
    """School grade that reads it with ease; None while there is too little to say."""
    longest: int = 0
    """Words of its longest sentence."""
    longest_sentence: str = ""
    acronyms: tuple[str, ...] = ()
    """Short forms that are not spelled out where they stand first."""
    most_words: int = 0
    """How many there may be, all counted; 0 for no limit."""
    ease: float | None = None
    """Reading ease, 0 hard to 100 easy: Flesch in English, Kandel and Moles in French."""


def words_in(text: str) -> int:
    """Return how many words a text has, as Word counts: whatever stands between spaces."""
    return len(text.split())


def bare(text: str) -> str:
    """Return an author's text without bullets, notes and names of quotes."""
    lines = (_BULLET.sub("", line) for line in text.splitlines())
    return "\n".join(" ".join(_MARKS.sub(" ", line).split()) for line in lines)


def without_quotations(text: str) -> str:
    """Return a text without what somebody else says in it; a term in quotation marks stays."""
    return _QUOTED.sub(lambda found: " " if words_in(found[0]) >= _FEWEST_QUOTED else found[0], text)


def sentences_in(text: str) -> list[str]:
    """Return the sentences of an author's text; a line ends one too."""
    found: list[str] = []
    for line in bare(text).splitlines():
        begun = ""
        for part in _ENDS.split(line):
            begun = f"{begun} {part}".strip()
            if not _SHORTENED.search(begun):
                found.append(begun)
                begun = ""
        found.append(begun)
    return [one for one in found if one]


def syllables(word: str, language: str) -> int:
    """Return how many syllables a word has, by its vowels."""
    return sum(_syllables(part, language) for part in re.split(r"[’'-]", word.lower()) if part)


def _syllables(word: str, language: str) -> int:
    if language == "fr":
        silent = re.sub(r"(?<=[^aeiouyàâäéèêëîïôöùûüœæ])(?:e|es|ent)$", "", word) if len(word) > 3 else word
        return len(_VOWELS_FR.findall(silent)) or (1 if _VOWELS_FR.search(word) else 0)
    if len(word) <= 3:
        return 1
    said = re.sub(r"(?:(?<=[^laeiouy])es|(?<=[^td])ed|(?<=[^laeiouy])e|(?<=[aeiouy]l)e)$", "", word)
    joined = _SILENT_EN.sub("", _ONE_SOUND_EN.sub("s", said))
    return max(1, len(_VOWELS_EN.findall(joined)) + len(_HIATUS_EN.findall(joined)))


_LEAST = 12
"""Words below which a grade says nothing."""
_GRADES = ((100.0, 4.0), (90.0, 5.0), (80.0, 6.0), (70.0, 7.0), (60.0, 9.0), (50.0, 12.0), (30.0, 15.0), (0.0, 18.0))
"""Flesch's own table of ease and school grade."""


def reading_of(text: str, language: str) -> tuple[float | None, float | None]:
    """Return the grade and the ease of a text.

    English: Kincaid's grade and Flesch's ease. French: the ease of Kandel and Moles (1958), and the grade that
    Flesch's table gives for it.
    """
    sentences = sentences_in(without_quotations(text))
    spoken = [_WORD.findall(one) for one in sentences]
    count = sum(map(len, spoken))
    if count < _LEAST:
        return None, None
    long = count / sum(1 for one in spoken if one)
    dense = sum(syllables(word, language) for words in spoken for word in words) / count
    if language == "fr":
        ease = 207 - 1.015 * long - 73.6 * dense
        return round(_grade(ease), 1), round(ease, 1)
    return round(max(0.0, 0.39 * long + 11.8 * dense - 15.59), 1), round(206.835 - 1.015 * long - 84.6 * dense, 1)


def _grade(ease: float) -> float:
    if ease >= _GRADES[0][0]:
        return _GRADES[0][1]
    for (high, low_grade), (low, high_grade) in pairwise(_GRADES):
        if ease >= low:
            return low_grade + (high - ease) / (high - low) * (high_grade - low_grade)
    return _GRADES[-1][1]


def longest_in(text: str) -> tuple[int, str]:
    """Return how many words the longest sentence has, and that sentence."""
    return max(((words_in(one), one) for one in sentences_in(without_quotations(text))), default=(0, ""),
               key=lambda found: found[0])


_SHORT_FORM = re.compile(r"(?<![\w.-])[A-ZÀ-Þ](?:[A-ZÀ-Þ&]|[A-ZÀ-Þ]*\d){1,6}s?(?![\w-])|(?<!\w)(?:[A-ZÀ-Þ]\.){2,6}")
_ROMAN = re.compile(r"(?=[MDCLXVI]{2,})M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
KNOWN_TO_ALL = frozenset({
    "AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "PEI", "QC", "SK", "YT", "CB", "NÉ", "TNO", "ÎPÉ",
    "US", "USA", "UK", "UN", "EU", "ÉU", "ONU", "UE", "COVID", "HIV", "AIDS", "VIH", "SIDA", "DNA", "ADN", "CEO", "PDG",
    "TV", "PDF", "URL", "ID", "OK", "MP", "MPP", "MLA", "MNA", "PM", "AM", "FAQ", "CD", "DVD", "USB", "IT", "GPS",
    "ONG", "PHD", "MD", "RSVP", "RE", "FYI", "QA", "CBC", "CA", "EN", "FR", "II", "CAD", "USD", "NWT", "NGO",
})  # fmt: skip
"""Short forms that need no spelling out, Canada's postal codes among them."""


def undefined_acronyms(text: str) -> tuple[str, ...]:
    """Return the short forms that are not spelled out where they stand first, in their order.

    Spelled out is `Canadian Institute for Social Prescribing (CISP)`, and the other way round.
    """
    said = without_quotations(bare(text))
    found: dict[str, None] = {}
    for line in said.splitlines():
        if any(letter.islower() for letter in line):
            found |= dict.fromkeys(m[0].removesuffix("s") for m in _SHORT_FORM.finditer(line))
    return tuple(short for short in found if _needs_telling(short) and not _is_told(short, said))


def _needs_telling(short: str) -> bool:
    letters = short.replace(".", "")
    digits = sum(map(str.isdigit, letters))
    return letters not in KNOWN_TO_ALL and not _ROMAN.fullmatch(letters) and len(letters) - digits > 1


def _is_told(short: str, text: str) -> bool:
    """Tell whether a short form stands in brackets, or before brackets, where it is read first."""
    first = re.search(rf"(?<!\w){re.escape(short)}s?(?!\w)", text)
    if first is None:
        return True
    before, after = text[:first.start()].rstrip(), text[first.end():].lstrip()
    if before.endswith("(") and re.match(r"[);,:]", after):
        return bool(re.search(r"[^\W\d_]{2,}\W*$", before[:-1]))
    if not after.startswith("("):
        return False
    spelled = after[1:].split(")")[0]
    return len(spelled.split()) > 1 and spelled[:1].upper() == short[:1]


def counted(own: Sequence[str], language: str, words: int, most_words: int = 0) -> Count:
    """Return what an author's texts measure; `words` is what the whole document has."""
    text = "\n".join(own)
    grade, ease = reading_of(text, language)
    longest, sentence = longest_in(text)
    written = sum(words_in(bare(one)) for one in own)
    return Count(words, written, grade, longest, sentence, undefined_acronyms(text), most_words, ease)
