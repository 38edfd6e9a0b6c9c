"""Writing: a project as the standard's XML, its children in the order that the schema asks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from lxml import etree

from exports.refi.names import LOCATION, NAMESPACE, legal, legal_name
from storybank.domain.project import (
    Case,
    Project,
    ProjectCode,
    ProjectCoding,
    ProjectManner,
    ProjectNote,
    ProjectTranscript,
    Selection,
    Source,
    Values,
    Variable,
    derived,
)

_XSI = "http://www.w3.org/2001/XMLSchema-instance"
Element = Any
"""An element of lxml, which tells no types."""
T = TypeVar("T")


def point_id(transcript_id: str, position: int) -> str:
    """Return the identifier of a sync point."""
    return derived(transcript_id, "point", str(position))


def twin_id(identifier: str, kind: str) -> str:
    """Return the identifier of a selection or coding that says again, in another encoding, what one says already."""
    return derived(identifier, kind)


class Writing:
    """Makes the XML of one project."""

    def __init__(self, project: Project, manner: ProjectManner) -> None:
        self._project, self._manner = project, manner
        self._kinds = {variable.id: variable.kind.value for variable in project.variables}
        self._notes: defaultdict[str, list[str]] = defaultdict(list)
        for note in project.notes:
            for one in note.about:
                self._notes[one].append(note.id)
        self._under: defaultdict[str, list[ProjectCode]] = defaultdict(list)
        for code in project.codes:
            self._under[code.parent].append(code)
        self._users = {user.id for user in project.users}

    def tree(self) -> Element:
        """Return the whole; a container that would be empty is not there."""
        project = self._project
        root = etree.Element(_named("Project"), nsmap={None: NAMESPACE, "xsi": _XSI})
        root.set(f"{{{_XSI}}}schemaLocation", LOCATION)
        _set(root, name=legal_name(project.name), origin=project.origin, creatingUserGUID=self._known(project.user),
             creationDateTime=project.at)
        self._users_of(root)
        if self._under[""]:
            codes = _add(_add(root, "CodeBook"), "Codes")
            for code in self._under[""]:
                self._code(codes, code)
        _gathered(root, "Variables", project.variables, _variable)
        _gathered(root, "Cases", project.cases, self._case)
        _gathered(root, "Sources", project.sources, self._source)
        _gathered(root, "Notes", project.notes, self._note)
        links = [(note, case.id) for case in project.cases for note in self._notes[case.id]]
        _gathered(root, "Links", links, _link)
        self._refer(root, "")
        return root

    def _users_of(self, root: Element) -> None:
        if self._project.users:
            users = _add(root, "Users")
            for user in self._project.users:
                _add(users, "User", guid=user.id, name=legal_name(user.name), id=legal_name(user.initials))

    def _code(self, parent: Element, code: ProjectCode) -> None:
        element = _add(parent, "Code", guid=code.id, name=legal_name(code.name), color=code.colour)
        element.set("isCodable", "true" if code.codable else "false")
        _describe(element, code.description)
        self._refer(element, code.id)
        for below in self._under[code.id]:
            self._code(element, below)

    def _case(self, parent: Element, case: Case) -> None:
        element = _add(parent, "Case", guid=case.id, name=legal_name(case.name))
        _describe(element, case.description)
        self._values(element, case.values)
        for source in case.sources:
            _add(element, "SourceRef", targetGUID=source)
        for selection in case.selections:
            _add(element, "SelectionRef", targetGUID=selection)

    def _source(self, parent: Element, source: Source) -> None:
        kind = "Video" if source.has_picture else "Audio"
        element = _add(parent, f"{kind}Source", guid=source.id, name=legal_name(source.name), path=_path(source))
        self._audit(element, source.user, source.at)
        _describe(element, source.description)
        for transcript in source.transcripts:
            self._transcript(element, transcript)
        for selection in source.selections:
            self._moment(element, kind, selection, selection.id, with_notes=True)
        if self._manner.moments:
            for transcript in source.transcripts:
                for selection in transcript.selections:
                    self._moment(element, kind, selection, twin_id(selection.id, "moment"), with_notes=False)
        self._refer(element, source.id)
        self._values(element, source.values)
        if self._manner.also_text:
            for transcript in source.transcripts:
                self._text(parent, source, transcript)

    def _transcript(self, parent: Element, transcript: ProjectTranscript) -> None:
        element = _add(parent, "Transcript", guid=transcript.id, name=legal_name(transcript.name),
                       plainTextPath=f"internal://{transcript.id}.txt")
        for point in transcript.points:
            _add(element, "SyncPoint", guid=point_id(transcript.id, point.position), timeStamp=str(point.ms),
                 position=str(point.position))
        for selection in transcript.selections:
            own = self._selection(element, "TranscriptSelection", selection, selection.id, fromSyncPoint=point_id(
                transcript.id, selection.start or 0), toSyncPoint=point_id(transcript.id, selection.end or 0))
            self._codings(own, selection.codings)
            self._refer(own, selection.id)
        self._refer(element, transcript.id)

    def _moment(self, parent: Element, kind: str, selection: Selection, identifier: str, *, with_notes: bool) -> None:
        own = self._selection(parent, f"{kind}Selection", selection, identifier, begin=str(selection.start_ms),
                              end=str(selection.end_ms))
        self._codings(own, selection.codings, "" if with_notes else "moment")
        if with_notes:
            self._refer(own, selection.id)

    def _text(self, parent: Element, source: Source, transcript: ProjectTranscript) -> None:
        element = _add(parent, "TextSource", guid=twin_id(transcript.id, "text"), name=legal_name(source.name),
                       plainTextPath=f"internal://{transcript.id}.txt")
        self._audit(element, source.user, source.at)
        for selection in transcript.selections:
            own = self._selection(element, "PlainTextSelection", selection, twin_id(selection.id, "text"),
                                  startPosition=str(selection.start), endPosition=str(selection.end))
            self._codings(own, selection.codings, "text")
        self._values(element, source.values)

    def _selection(self, parent: Element, name: str, selection: Selection, identifier: str, **where: str) -> Element:
        element = _add(parent, name, guid=identifier, name=legal_name(selection.name), **where)
        self._audit(element, selection.user, selection.at)
        _describe(element, selection.description)
        return element

    def _codings(self, element: Element, codings: Iterable[ProjectCoding], twin: str = "") -> None:
        for coding in codings:
            own = _add(element, "Coding", guid=twin_id(coding.id, twin) if twin else coding.id,
                       creatingUser=self._known(coding.user), creationDateTime=coding.at)
            _add(own, "CodeRef", targetGUID=coding.code)

    def _note(self, parent: Element, note: ProjectNote) -> None:
        element = _add(parent, "Note", guid=note.id, name=legal_name(note.name))
        self._audit(element, note.user, note.at)
        _set(element, modifyingUser=self._known(note.user), modifiedDateTime=note.modified_at)
        _add(element, "PlainTextContent").text = legal(note.text)

    def _values(self, element: Element, values: Values) -> None:
        for variable, value in values:
            own = _add(element, "VariableValue")
            _add(own, "VariableRef", targetGUID=variable)
            _add(own, f"{self._kinds[variable]}Value").text = legal(value)

    def _audit(self, element: Element, user: str, at: str) -> None:
        _set(element, creatingUser=self._known(user), creationDateTime=at)

    def _refer(self, element: Element, about: str) -> None:
        for note in self._notes[about]:
            _add(element, "NoteRef", targetGUID=note)

    def _known(self, user: str) -> str:
        return user if user in self._users else ""


def _gathered(root: Element, name: str, things: Sequence[T], write: Callable[[Element, T], None]) -> None:
    if things:
        container = _add(root, name)
        for one in things:
            write(container, one)


def _variable(parent: Element, variable: Variable) -> None:
    element = _add(parent, "Variable", guid=variable.id, name=legal_name(variable.name),
                   typeOfVariable=variable.kind.value)
    _describe(element, variable.description)


def _link(parent: Element, ends: tuple[str, str]) -> None:
    note, case = ends
    _add(parent, "Link", guid=derived(note, "link", case), direction="OneWay", originGUID=note, targetGUID=case)


def _path(source: Source) -> str:
    if not source.media:
        return ""
    return f"internal://{source.media}" if source.inside else f"relative:///{source.media}"


def _named(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _add(parent: Element, tag: str, /, **attributes: str) -> Element:
    element = etree.SubElement(parent, _named(tag))
    for key, value in attributes.items():
        if value or key == "name":
            element.set(key, value)
    return element


def _set(element: Element, /, **attributes: str) -> None:
    for key, value in attributes.items():
        if value or key == "name":
            element.set(key, value)


def _describe(element: Element, description: str) -> None:
    if description:
        _add(element, "Description").text = legal(description)
