"""Project: a coded library as every program for qualitative analysis knows it (REFI-QDA), and what of it gets lost.

Positions count code points of a transcript's text from 0, times are milliseconds; the end of a span is excluded.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from storybank.domain.coding import UNKNOWN_CODER
from storybank.words import Sentence

ORIGIN = "Storybank"
_OURS = uuid.UUID("c1d4b0f6-1f0e-5b6a-9f3c-6f1c2a9d7e55")
_GUID = re.compile(r"\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?", re.IGNORECASE)
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d{1,9})?)\s*(Z|[+-]\d\d:\d\d)?")
LONGEST_NAME = 100
"""Characters of an excerpt that stand as the name of a selection."""


def guid(untrusted: str) -> str:
    """Return an identifier as we compare them, without braces and in lower case; empty for what is none."""
    found = _GUID.fullmatch(untrusted.strip())
    return found[1].lower() if found else ""


def derived(*parts: str) -> str:
    """Return the identifier of something that has none of its own: the same whenever it is made of the same parts."""
    return str(uuid.uuid5(_OURS, "\n".join(parts)))


def guid_of(identifier: str) -> str:
    """Return one of our identifiers as others read it."""
    return guid(identifier) or derived(identifier)


def moment(untrusted: str | None) -> str:
    """Return a moment as ISO 8601 in UTC, also where it was written with a blank or without a zone; else nothing."""
    if (found := _MOMENT.fullmatch((untrusted or "").strip())) is None:
        return ""
    written = f"{found[1]}T{found[2]}"
    try:
        at = datetime.fromisoformat(written + (found[3] or "+00:00"))
    except ValueError:
        return ""
    if found[3] in ("Z", "+00:00") or not found[3]:
        return written + (found[3] or "+00:00")
    return at.astimezone(UTC).isoformat(timespec="milliseconds") if 1 < at.year < 9999 else ""


class ValueKind(StrEnum):
    """What a variable holds, as the standard names it."""

    TEXT = "Text"
    BOOLEAN = "Boolean"
    INTEGER = "Integer"
    FLOAT = "Float"
    DATE = "Date"
    MOMENT = "DateTime"


@dataclass(frozen=True, slots=True)
class ProjectUser:
    """Somebody who codes."""

    id: str
    name: str
    initials: str = ""


@dataclass(frozen=True, slots=True)
class ProjectCode:
    """A code, or a heading over codes; `parent` is the identifier of the one it stands under."""

    id: str
    name: str
    parent: str = ""
    codable: bool = True
    colour: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Variable:
    """What is known of people or sources."""

    id: str
    name: str
    kind: ValueKind
    description: str = ""


Values = tuple[tuple[str, str], ...]
"""The identifier of a variable, and its value as the standard writes it."""


@dataclass(frozen=True, slots=True)
class Case:
    """A person, or whatever else somebody made a case of."""

    id: str
    name: str
    description: str = ""
    values: Values = ()
    sources: tuple[str, ...] = ()
    selections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectCoding:
    """One code, given by one user."""

    id: str
    code: str
    user: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """A stretch of a transcript, of a recording, or of both."""

    id: str
    start: int | None
    end: int | None
    start_ms: int
    end_ms: int
    name: str = ""
    description: str = ""
    codings: tuple[ProjectCoding, ...] = ()
    user: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class SyncPoint:
    """A place in a text, and when it is said."""

    position: int
    ms: int


@dataclass(frozen=True, slots=True)
class ProjectTranscript:
    """What is said in a recording: an utterance a line."""

    id: str
    text: str
    points: tuple[SyncPoint, ...] = ()
    selections: tuple[Selection, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A recording with its transcripts, or a text by itself."""

    id: str
    name: str
    has_picture: bool = True
    description: str = ""
    transcripts: tuple[ProjectTranscript, ...] = ()
    selections: tuple[Selection, ...] = ()
    """Stretches of the recording that stand in no transcript."""
    values: Values = ()
    user: str = ""
    at: str = ""
    media: str = ""
    """What its file is called, where one is named; never a way to it."""
    inside: bool = False
    """Whether that file lies in the project."""
    aliases: tuple[str, ...] = ()
    """Identifiers of sources that say the same again, such as the transcript as a text of its own."""
    timed: bool = True
    """Whether anything in it tells when it was said."""


@dataclass(frozen=True, slots=True)
class ProjectNote:
    """A memo; `about` are the identifiers of what it stands beside, empty for the project as a whole."""

    id: str
    text: str
    name: str = ""
    about: tuple[str, ...] = ()
    user: str = ""
    at: str = ""
    modified_at: str = ""


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that the other side does not get, by kind: which ones, and why."""

    element: str
    why: Sentence
    names: tuple[str, ...] = ()
    count: int = 0

    @property
    def total(self) -> int:
        """Return how many there are."""
        return max(self.count, len(self.names))


@dataclass(frozen=True, slots=True)
class Project:
    """Everything in it; identifiers are those of whoever made it."""

    name: str
    origin: str = ""
    at: str = ""
    user: str = ""
    users: tuple[ProjectUser, ...] = ()
    codes: tuple[ProjectCode, ...] = ()
    variables: tuple[Variable, ...] = ()
    cases: tuple[Case, ...] = ()
    sources: tuple[Source, ...] = ()
    notes: tuple[ProjectNote, ...] = ()
    losses: tuple[Loss, ...] = field(default=(), compare=False)

    @property
    def is_ours(self) -> bool:
        """Tell whether Storybank wrote it."""
        return self.origin.startswith(ORIGIN)


class MediaManner(StrEnum):
    """Where the recordings of a project go: nowhere, where it only says what they are called; beside it, or inside."""

    NONE, BESIDE, INSIDE = "none", "beside", "inside"


@dataclass(frozen=True, slots=True)
class ProjectManner:
    """How a project is written, for programs that read some encodings and not others."""

    media: MediaManner = MediaManner.NONE
    moments: bool = True
    """Whether each passage is also marked in the recording itself."""
    also_text: bool = False
    """Whether each transcript is also a text of its own, with its passages."""


class Tally:
    """Counts what gets lost, by kind and reason."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, Sentence], list[str]] = {}
        self._counts: dict[tuple[str, Sentence], int] = {}

    def add(self, element: str, why: Sentence, name: str = "", count: int = 1) -> None:
        """Note that something is lost."""
        key = element, why
        self._counts[key] = self._counts.get(key, 0) + count
        known = self._found.setdefault(key, [])
        if name and name not in known:
            known.append(name)

    def take(self, losses: Iterable[Loss]) -> None:
        """Note what another noted."""
        for loss in losses:
            for number, name in enumerate(loss.names or ("",)):
                self.add(loss.element, loss.why, name, 0 if number else loss.total)

    @property
    def losses(self) -> tuple[Loss, ...]:
        """Return what is lost, by kind."""
        every = sorted(self._found.items(), key=lambda one: (one[0][0], one[0][1].text))
        return tuple(Loss(*key, tuple(names), self._counts[key]) for key, names in every)


def user_of(coder_id: str) -> str:
    """Return a coder as a user of a project; nobody for whoever is not known."""
    return "" if coder_id in ("", UNKNOWN_CODER.id) else guid_of(coder_id)


def excerpt(text: str) -> str:
    """Return the beginning of a passage as the name of its selection."""
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_NAME else f"{words[: LONGEST_NAME - 1].rstrip()}…"


def initials_of(name: str) -> str:
    """Return the first letters of a name's words."""
    return "".join(word[0] for word in re.split(r"[\s\-.]+", name) if word)[:4].upper()


def merged_codings(first: Sequence[ProjectCoding], then: Sequence[ProjectCoding]) -> tuple[ProjectCoding, ...]:
    """Return the codings of two selections that are one: each code by each user once."""
    found: dict[tuple[str, str], ProjectCoding] = {}
    for one in (*first, *then):
        found.setdefault((one.code, one.user), one)
    return tuple(found.values())
