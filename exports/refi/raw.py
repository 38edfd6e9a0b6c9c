"""Raw: what stands in a project's XML, read element by element, before anything is made of it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from exports.refi.names import legal, path_of
from storybank.domain import names
from storybank.domain.project import ProjectCoding, Values, derived, guid, moment

Element = Any
FARTHEST = 100 * 3_600_000
"""No recording lasts a hundred hours, and no text is longer in letters than that in milliseconds."""
_SELECTIONS = frozenset({"PlainTextSelection", "TranscriptSelection", "VideoSelection", "AudioSelection"})
_VALUE = "Value"


@dataclass(slots=True)
class RawSelection:
    """A selection of any kind: places, moments, or sync points by identifier."""

    kind: str
    id: str
    name: str
    description: str
    codings: list[ProjectCoding]
    user: str
    at: str
    start: int | None = None
    end: int | None = None
    start_ms: int | None = None
    end_ms: int | None = None
    first_point: str = ""
    last_point: str = ""


@dataclass(slots=True)
class RawText:
    """A text or transcript: in the XML, or in a file."""

    id: str
    name: str
    description: str
    inline: str | None
    plain: str | None
    rich: str | None
    selections: list[RawSelection]
    points: list[tuple[str, int | None, int | None]] = field(default_factory=list)
    """Identifier, moment and place of each sync point."""


@dataclass(slots=True)
class RawSource:
    """A source of any kind."""

    kind: str
    id: str
    name: str
    description: str
    user: str
    at: str
    values: Values
    media: str = ""
    inside: bool = False
    texts: list[RawText] = field(default_factory=list)
    selections: list[RawSelection] = field(default_factory=list)
    codings: int = 0
    """Codes given to the source as a whole."""
    unread: dict[str, int] = field(default_factory=dict)
    """Elements in it that are not read, by name."""


def local(element: Element) -> str:
    """Return an element's name without its namespace; nothing for a comment or an instruction."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element, *wanted: str) -> Iterator[Element]:
    """Yield the children of these names."""
    for child in element:
        if local(child) in wanted:
            yield child


def text_in(element: Element, name: str) -> str | None:
    """Return the text of the first child of that name; None where there is none."""
    for child in children(element, name):
        return legal("".join(child.itertext()))
    return None


def ident(untrusted: str | None) -> str:
    """Return an identifier as we compare them; one that is no GUID is made into one."""
    written = (untrusted or "").strip()
    return guid(written) or (derived("foreign", written) if written else "")


def number(untrusted: str | None) -> int | None:
    """Return a whole number, also where it was written with a point; None for what is none."""
    try:
        value = float((untrusted or "").strip())
    except ValueError:
        return None
    return round(min(max(value, 0), FARTHEST)) if math.isfinite(value) else None


def called(element: Element) -> str:
    """Return an element's name as it can be shown."""
    return legal(names.plain(element.get("name") or ""))


def audit(element: Element) -> tuple[str, str]:
    """Return who made something, or else who changed it last, and when."""
    user = ident(element.get("creatingUser")) or ident(element.get("modifyingUser"))
    return user, moment(element.get("creationDateTime")) or moment(element.get("modifiedDateTime"))


def values_of(element: Element) -> Values:
    """Return the values of variables that stand in an element."""
    found = []
    for value in children(element, "VariableValue"):
        variable = next((ident(ref.get("targetGUID")) for ref in children(value, "VariableRef")), "")
        said = next((legal(one.text or "").strip() for one in value if local(one).endswith(_VALUE)), "")
        if variable and said:
            found.append((variable, said))
    return tuple(found)


class RawReader:
    """Reads sources, and notes who refers to which note; every identifier is used once."""

    def __init__(self) -> None:
        self.notes: list[tuple[str, str]] = []
        """Note, and what refers to it."""
        self.twice = 0
        self._seen: set[str] = set()

    def own_id(self, element: Element, *where: str) -> str:
        """Return an element's identifier; a missing one, or one that was used before, is made from its place."""
        wanted = ident(element.get("guid")) or derived("nameless", *where, str(len(self._seen)))
        if wanted in self._seen:
            self.twice += 1
            wanted = derived(wanted, "again", str(self.twice))
        self._seen.add(wanted)
        return wanted

    def refer(self, element: Element, about: str) -> None:
        """Note which notes an element refers to."""
        for ref in children(element, "NoteRef"):
            self.notes.append((ident(ref.get("targetGUID")), about))

    def codings(self, element: Element, about: str) -> list[ProjectCoding]:
        """Return the codings in an element; a note about one of them is about the whole."""
        found = []
        for coding in children(element, "Coding"):
            self.refer(coding, about)
            code = next((ident(ref.get("targetGUID")) for ref in children(coding, "CodeRef")), "")
            user, at = audit(coding)
            found.append(ProjectCoding(self.own_id(coding, about), code, user, at))
        return found

    def source(self, element: Element) -> RawSource:
        """Return a source of any kind."""
        kind, (user, at) = local(element), audit(element)
        scheme, media = path_of(element.get("path"))
        raw = RawSource(kind, self.own_id(element), called(element), text_in(element, "Description") or "", user, at,
                        values_of(element), media, scheme == "internal")
        self.refer(element, raw.id)
        raw.codings = sum(1 for _one in children(element, "Coding"))
        if kind == "TextSource":
            raw.texts.append(self.text(element, raw.id))
            return raw
        for one in children(element, "Representation", "TextDescription"):
            raw.texts.append(self.text(one, raw.id))
        raw.texts += [self.text(one) for one in children(element, "Transcript")]
        raw.selections = self._selections(element)
        for one in children(element, "PDFSelection", "PictureSelection"):
            raw.unread[local(one)] = raw.unread.get(local(one), 0) + 1
        return raw

    def text(self, element: Element, identifier: str = "") -> RawText:
        """Return a text or a transcript."""
        own = identifier or self.own_id(element)
        raw = RawText(own, called(element), text_in(element, "Description") or "",
                      text_in(element, "PlainTextContent"), element.get("plainTextPath"), element.get("richTextPath"),
                      self._selections(element))
        raw.points = [(ident(one.get("guid")), number(one.get("timeStamp")), number(one.get("position")))
                      for one in children(element, "SyncPoint")]
        if not identifier:
            self.refer(element, own)
        return raw

    def _selections(self, element: Element) -> list[RawSelection]:
        return [self._selection(one) for one in children(element, *_SELECTIONS)]

    def _selection(self, element: Element) -> RawSelection:
        own, (user, at) = self.own_id(element), audit(element)
        self.refer(element, own)
        return RawSelection(
            local(element), own, called(element), text_in(element, "Description") or "", self.codings(element, own),
            user, at, number(element.get("startPosition")), number(element.get("endPosition")),
            number(element.get("begin")), number(element.get("end")), ident(element.get("fromSyncPoint")),
            ident(element.get("toSyncPoint")),
        )  # fmt: skip
