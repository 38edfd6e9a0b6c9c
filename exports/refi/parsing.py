"""Parsing: a project's XML read piece by piece, without entities and without a network, each piece let go after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO

from lxml import etree

from exports.refi.names import FAMILY
from exports.refi.opening import CHECK
from exports.refi.raw import Element, RawReader, RawSource, audit, called, children, ident, local, text_in, values_of
from storybank.domain.project import Case, ProjectCode, ProjectNote, ProjectUser, ValueKind, Variable, moment
from storybank.errors import Damaged, Invalid
from storybank.ports import Ticket
from storybank.words import say

MOST_ELEMENTS = 8_000_000
_CHUNK = 1 << 18
_DEEPEST = 120
_PIECES = 3
"""How deep the things lie that are read one by one: in a container, in the project."""


@dataclass(slots=True)
class RawProject:
    """Everything that was read."""

    reader: RawReader
    name: str = ""
    origin: str = ""
    at: str = ""
    user: str = ""
    description: str = ""
    users: list[ProjectUser] = field(default_factory=list)
    codes: list[ProjectCode] = field(default_factory=list)
    variables: list[Variable] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    case_codes: int = 0
    sources: list[RawSource] = field(default_factory=list)
    notes: list[ProjectNote] = field(default_factory=list)
    note_paths: dict[str, str | None] = field(default_factory=dict)
    """For each note whose text lies in a file, its path."""
    links: list[tuple[str, str, str]] = field(default_factory=list)
    """Name, origin and target."""
    sets: list[str] = field(default_factory=list)
    graphs: list[str] = field(default_factory=list)


def parsed(stream: IO[bytes], name: str, size: int, ticket: Ticket) -> RawProject:
    """Return what stands in a project; refuse what is damaged, or defines what no project needs."""
    parser = etree.XMLPullParser(events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False,
                                 huge_tree=False, remove_comments=True, remove_pis=True)
    pieces, done, tail = _Pieces(name), 0, b""
    try:
        while chunk := stream.read(_CHUNK):
            ticket.check()
            tail = _refuse_instructions(tail, chunk, name)
            parser.feed(chunk)
            pieces.take(parser)
            done += len(chunk)
            ticket.report(min(1.0, done / max(1, size)))
        parser.close()
        pieces.take(parser)
    except (etree.LxmlError, ValueError, LookupError) as error:
        raise Damaged(say("The project in {file} is cut off or damaged.", file=name), hint=CHECK) from error
    if not pieces.begun:
        raise Damaged(say("The project in {file} is cut off or damaged.", file=name), hint=CHECK)
    return pieces.found


def _refuse_instructions(tail: bytes, chunk: bytes, name: str) -> bytes:
    """Refuse what defines entities; return the end of what was seen, where the next piece may go on."""
    bare = (tail + chunk).replace(b"\0", b"")
    if b"<!DOCTYPE" in bare.upper() or b"<!ENTITY" in bare.upper():
        raise _instructions(name)
    return bare[-12:]


def _instructions(name: str) -> Invalid:
    return Invalid(say("{file} holds instructions that no project needs, as in an attack.", file=name),
                   hint=say("Do not open it elsewhere either; ask whoever sent it."))


class _Pieces:
    """Takes what the parser has read, makes something of it, and lets it go."""

    def __init__(self, name: str) -> None:
        self.found = RawProject(RawReader())
        self.begun = False
        self._name = name
        self._depth = self._count = 0
        self._codes_under: dict[str, Callable[[Element], None]] = {
            "User": self._user, "Codes": self._codes, "Variable": self._variable, "Case": self._case,
            "Note": self._note, "Link": self._link, "Set": lambda one: self.found.sets.append(called(one)),
            "Graph": lambda one: self.found.graphs.append(called(one)),
        }

    def take(self, parser: Element) -> None:
        """Read what is complete by now."""
        for event, element in parser.read_events():
            if event == "start":
                self._start(element)
            else:
                self._end(element)

    def _start(self, element: Element) -> None:
        self._depth += 1
        self._count += 1
        if self._count > MOST_ELEMENTS or self._depth > _DEEPEST:
            raise Invalid(say("There is too much in {file} to be read.", file=self._name), hint=CHECK)
        if self._depth == 1:
            if element.getroottree().docinfo.internalDTD is not None:
                raise _instructions(self._name)
            self._begin(element)

    def _begin(self, root: Element) -> None:
        space = root.tag[1:].partition("}")[0] if root.tag.startswith("{") else FAMILY
        if local(root) != "Project" or not space.startswith(FAMILY):
            raise Invalid(say("{file} holds no project: it begins with {element}.", file=self._name,
                              element=local(root)[:40]), hint=CHECK)
        self.begun = True
        found = self.found
        found.name, found.origin = called(root), (root.get("origin") or "")[:200]
        found.at = moment(root.get("creationDateTime")) or moment(root.get("modifiedDateTime"))
        found.user = ident(root.get("creatingUserGUID"))

    def _end(self, element: Element) -> None:
        if self._depth == _PIECES:
            self._piece(element)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
        elif self._depth == 1:
            self.found.description = text_in(element, "Description") or ""
            self.found.reader.refer(element, "")
        self._depth -= 1

    def _piece(self, element: Element) -> None:
        name = local(element)
        if name.endswith("Source"):
            self.found.sources.append(self.found.reader.source(element))
        elif name in self._codes_under:
            self._codes_under[name](element)

    def _user(self, element: Element) -> None:
        own = self.found.reader.own_id(element)
        self.found.users.append(ProjectUser(own, called(element), (element.get("id") or "").strip()[:40]))

    def _codes(self, element: Element, parent: str = "") -> None:
        reader = self.found.reader
        for one in children(element, "Code"):
            own, colour = reader.own_id(one, parent, called(one)), (one.get("color") or "").strip().lower()
            reader.refer(one, own)
            codable = (one.get("isCodable") or "true").strip().lower() not in ("false", "0")
            self.found.codes.append(ProjectCode(own, called(one), parent, codable, _colour(colour),
                                                text_in(one, "Description") or ""))
            self._codes(one, own)

    def _variable(self, element: Element) -> None:
        written = element.get("typeOfVariable") or ""
        kind = next((one for one in ValueKind if one.value.lower() == written.lower()), ValueKind.TEXT)
        own = self.found.reader.own_id(element)
        self.found.variables.append(Variable(own, called(element), kind, text_in(element, "Description") or ""))

    def _case(self, element: Element) -> None:
        self.found.case_codes += sum(1 for _one in children(element, "CodeRef"))
        self.found.cases.append(Case(
            self.found.reader.own_id(element), called(element), text_in(element, "Description") or "",
            values_of(element), *(tuple(ident(one.get("targetGUID")) for one in children(element, ref))
                                  for ref in ("SourceRef", "SelectionRef")),
        ))  # fmt: skip

    def _note(self, element: Element) -> None:
        own, (user, at) = self.found.reader.own_id(element), audit(element)
        content = text_in(element, "PlainTextContent")
        if content is None:
            self.found.note_paths[own] = element.get("plainTextPath") or element.get("richTextPath")
        text = content if content is not None else text_in(element, "Description") or ""
        self.found.notes.append(ProjectNote(own, text, called(element), (), user, at,
                                            moment(element.get("modifiedDateTime"))))

    def _link(self, element: Element) -> None:
        self.found.links.append((called(element), ident(element.get("originGUID")), ident(element.get("targetGUID"))))


def _colour(written: str) -> str:
    digits = written.removeprefix("#")
    if not all(sign in "0123456789abcdef" for sign in digits):
        return ""
    if len(digits) == 3:
        return "#" + "".join(sign * 2 for sign in digits)
    return f"#{digits}" if len(digits) == 6 else ""
