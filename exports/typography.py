"""Typography: each language's own marks, spaces, dates and times."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from storybank.domain.names import in_line
from storybank.words import Words

NBSP = "\u00a0"

_MONTHS = {
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
           "novembre", "décembre"),
}
_MARKS = {"en": ("“", "”"), "fr": ("«" + NBSP, NBSP + "»")}
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
_CONTROLS = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\uffff]|[\ud800-\udfff]"
)


def clean(text: str) -> str:
    """Return `text` on one line, without the invisible signs that break files or turn the reading order round."""
    return _CONTROLS.sub("", _SPACES.sub(" ", text)).strip()


def tidy(text: str, language: str) -> str:
    """Return `text` with the apostrophes and spaces that careful setting in `language` asks for; words stay."""
    text = re.sub(r"(?<=\w)'", "’", clean(text))
    return _tidy_french(text) if language == "fr" else text


def quoted(text: str, language: str) -> str:
    """Return `text` between the quotation marks of its language."""
    opening, closing = marks(language)
    return f"{opening}{tidy(text, language)}{closing}"


def marks(language: str) -> tuple[str, str]:
    """Return the opening and closing quotation marks, with the spaces that belong inside them."""
    return _MARKS.get(language, _MARKS["en"])


def _tidy_french(text: str) -> str:
    """Follow the OQLF: a hard space before `: % $` and inside « », none before `; ! ?`."""
    text = re.sub(r"[ \u00a0\u202f]+([;!?])", r"\1", text)
    text = re.sub(r"(?<=[^\s:])[ \u00a0\u202f]*:(?=\s|$)", NBSP + ":", text)
    text = re.sub(r"(?<=\d)[ \u00a0\u202f]*([%$])", NBSP + r"\1", text)
    text = re.sub(r"«[ \u00a0\u202f]*", "«" + NBSP, text)
    text = re.sub(r"[ \u00a0\u202f]*»", NBSP + "»", text)
    return re.sub(r"(?<=\d)[ \u202f](?=\d{3}(?!\d))", NBSP, text)


def day(when: date | str, language: str) -> str:
    """Return a day as people write it; text that is no day comes back as it is."""
    try:
        on = when if isinstance(when, date) else datetime.fromisoformat(when).date()
    except ValueError:
        return clean(str(when))
    month = _MONTHS["fr" if language == "fr" else "en"][on.month - 1]
    if language == "fr":
        return f"{'1er' if on.day == 1 else on.day}{NBSP}{month} {on.year}"
    return f"{month}{NBSP}{on.day}, {on.year}"


def timecode(ms: int) -> str:
    """Return a time as `00:02:13`."""
    seconds = max(0, ms) // 1000
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def span(start_ms: int, end_ms: int) -> str:
    """Return a stretch of a recording as `00:02:13–00:02:31`; the end is rounded up, so that no word is cut."""
    return f"{timecode(start_ms)}–{timecode(end_ms + 999)}"


def listed(things: Sequence[str], words: Words) -> str:
    """Return things as a sentence lists them: `a, b and c`."""
    if len(things) < 2:
        return "".join(things)
    return words("{some} and {last}", some=", ".join(things[:-1]), last=things[-1])


def shortened(text: str, most: int) -> str:
    """Return `text` within `most` characters, cut between words, the cut shown as `[…]`."""
    if len(text) <= most:
        return text
    room = max(0, most - 4)
    kept = text[: room + 1].rsplit(" ", 1)[0] if " " in text[: room + 1] else text[:room]
    return f"{kept.rstrip(' ,;:')} […]"


def in_sentence(text: str) -> str:
    """Return a label as it stands inside a sentence: without its capital, unless it is a name or an acronym."""
    return in_line(clean(text))


def tied(text: str) -> str:
    """Return `text` with its last two words held together, so that no line holds a single word."""
    head, space, last = text.rpartition(" ")
    return f"{head}{NBSP}{last}" if space and len(last) < 12 else text
