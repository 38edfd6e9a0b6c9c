"""Said: days, times and lengths as people of the window's language write them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QLocale

from storybank.words import day_in

_LOCALES = {"en": "en_CA", "fr": "fr_CA"}


def N_(text: str) -> str:
    """Return the text as it is, marked for the catalogue of translations; it is said later."""
    return text


def day(when: date | str, language: str) -> str:
    """Return a day as `14 June 2028`, `1er juin 2028`; a text that is no day stays as it is."""
    if isinstance(when, str):
        try:
            when = datetime.fromisoformat(when).date()
        except ValueError:
            return str(when)
    return day_in(when, language)


def moment(at: str, language: str) -> str:
    """Return an ISO time as `14 June 2028, 15:04`, on this machine's clock."""
    try:
        local = datetime.fromisoformat(at).astimezone()
    except ValueError:
        return at
    return f"{day(local.date(), language)}, {local:%H:%M}"


def timecode(milliseconds: int) -> str:
    """Return a moment of a recording as `00:19`, or `1:02:03` after an hour."""
    seconds = milliseconds // 1000
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60:02}:{rest % 60:02}"


def length(milliseconds: int) -> str:
    """Return how long something is as `5 min 7 s`."""
    seconds = round(milliseconds / 1000)
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"


def weight(size: int, language: str) -> str:
    """Return a number of bytes as `1.5 GB`."""
    return QLocale(_LOCALES.get(language, "en_CA")).formattedDataSize(
        size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def place(path: Path) -> str:
    """Return a path as short as it can be said: the person's own folder is `~`."""
    with suppress(ValueError, RuntimeError):
        return str(Path("~") / path.relative_to(Path.home()))
    return str(path)
