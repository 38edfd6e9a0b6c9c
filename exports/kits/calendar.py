"""Calendar: the last days of use as an iCalendar file (RFC 5545), so that nobody has to remember them.

Where nothing in a kit ends, it has one day: a year on, on which to ask whether everything still stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from exports.kits.assets import Parcel, folder_name
from exports.typography import clean, tidy
from storybank.domain.names import slug
from storybank.words import Sentence, Words, say

_LINE = 75
"""Bytes a line may have before it is folded."""


def calendar(parcel: Parcel) -> str:
    """Return the days on which something of the kit may be used last, or the day on which to ask again."""
    events = [line for event in _events(parcel) for line in event]
    name = " / ".join(tidy(parcel.kit.titled(language), language) for language in parcel.languages)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Storybank//Campaign kit//EN", "CALSCALE:GREGORIAN",
             "METHOD:PUBLISH", f"X-WR-CALNAME:{_escaped(name)}", *events, "END:VCALENDAR"]
    return "".join(f"{folded(line)}\r\n" for line in lines)


def folded(line: str) -> str:
    """Return a line in pieces of at most 75 bytes, each after the first begun with a space, no sign broken."""
    pieces, size = [""], 0
    for sign in line:
        weight = len(sign.encode("utf-8"))
        if size + weight > _LINE:
            pieces.append(" ")
            size = 1
        pieces[-1] += sign
        size += weight
    return "\r\n".join(pieces)


def _events(parcel: Parcel) -> Iterator[list[str]]:
    if parcel.use_until is None:
        asked = _both(parcel, say("Ask whether kit {code} may still be used", code=parcel.order.code))
        told = _both(parcel, say("Nothing in it ends on a fixed day. Questions: {contact}", contact=_contact(parcel)))
        yield _event(parcel, "kit", review_day(parcel), asked, told)
    else:
        said = _both(parcel, say("Last day of use of the whole kit {code}", code=parcel.order.code))
        yield _event(parcel, "kit", parcel.use_until, said)
    for passage in parcel.passages:
        until = passage.cleared.permission.until
        if until:
            said = _both(parcel, say("Last day of use of quote {code}", code=passage.cleared.quote.code))
            yield _event(parcel, folder_name(passage), until, said)


def review_day(parcel: Parcel) -> date:
    """Return the day on which a kit without an end is looked at again: a year after it was made."""
    return datetime.fromisoformat(parcel.order.made_at).date() + timedelta(365)


def _contact(parcel: Parcel) -> str:
    return clean(parcel.kit.contact) or "—"


def _event(parcel: Parcel, what: str, on: date, summary: str, told: str = "") -> list[str]:
    told = told or _both(parcel, say("Take the files down on the next day and delete your copies. Questions: {contact}",
                                     contact=_contact(parcel)))
    warning = _both(parcel, say("In two weeks: {what}", what=summary)) if len(parcel.languages) == 1 else summary
    return [
        "BEGIN:VEVENT", f"UID:{slug(parcel.order.code)}.{what}@storybank.invalid", f"DTSTAMP:{_stamp(parcel)}",
        f"DTSTART;VALUE=DATE:{on:%Y%m%d}", f"DTEND;VALUE=DATE:{on + timedelta(1):%Y%m%d}",
        f"SUMMARY:{_escaped(summary)}", f"DESCRIPTION:{_escaped(told)}", "TRANSP:TRANSPARENT",
        "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P14D", f"DESCRIPTION:{_escaped(warning)}", "END:VALARM",
        "END:VEVENT",
    ]  # fmt: skip


def _both(parcel: Parcel, text: Sentence) -> str:
    """Return a sentence in every language of the kit."""
    return " / ".join(tidy(Words(language).sentence(text), language) for language in parcel.languages)


def _stamp(parcel: Parcel) -> str:
    made = datetime.fromisoformat(parcel.order.made_at)
    return f"{(made.astimezone(UTC) if made.tzinfo else made):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    r"""Return a text as it stands in a calendar: `\`, `;`, `,` and line breaks marked."""
    return clean(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def unfolded(text: str) -> Sequence[str]:
    """Return the lines of a calendar as they were before they were folded."""
    return text.replace("\r\n ", "").split("\r\n")
