"""Project files: QDPX written, checked against the standard's schema and by reading it back, and read."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from lxml import etree

from exports.reading.archives import readable
from exports.refi.joining import Joining
from exports.refi.names import LARGEST_INSIDE, PROJECT_FILE, SOURCES, legal, legal_name, schema
from exports.refi.opening import Opened, Texts, copy_out, opened
from exports.refi.parsing import parsed
from exports.refi.resolving import Resolving
from exports.refi.texts import canonical
from exports.refi.writing import Writing
from storybank.domain.project import Loss, Project, ProjectManner, ProjectTranscript, Selection, SyncPoint, Tally
from storybank.errors import Damaged
from storybank.ports import Ticket
from storybank.words import say

_SAME_DAY = (1980, 1, 1, 0, 0, 0)
"""A file tells nothing of the machine it was made on, nor of when somebody sat at it."""


class RefiProjects:
    """Fulfils the port `ProjectFiles`."""

    largest_inside = LARGEST_INSIDE

    def write(self, project: Project, to: Path, manner: ProjectManner, media: Mapping[str, Path],
              ticket: Ticket) -> None:
        """Write a project; `media` are the files that go into it, by the name they get there."""
        project = _plain(project)
        root = Writing(project, manner).tree()
        _check_valid(root)
        with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as package:
            content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=False)
            package.writestr(_entry(PROJECT_FILE), content)
            for source in project.sources:
                for transcript in source.transcripts:
                    package.writestr(_entry(f"{SOURCES}/{transcript.id}.txt"), transcript.text.encode())
            for number, (name, file) in enumerate(media.items()):
                ticket.check()
                _put(package, f"{SOURCES}/{name}", file, ticket)
                ticket.report((number + 1) / len(media))
        self._check_read_back(project, to, manner, ticket)

    def read(self, untrusted_file: Path, ticket: Ticket) -> Project:
        """Return what a project says, with what of it cannot be kept; raise `Invalid` or `Damaged` with the reason."""
        tally = Tally()
        with opened(untrusted_file) as within:
            with readable(within.name), within.project.opened() as stream:
                raw = parsed(stream, within.name, within.project.size, ticket)
            if within.is_oddly_named:
                tally.add("project.qde", say("The project in it is called otherwise than the standard says."),
                          within.project.path)
            texts = Texts(within)
            joining = Joining(texts, tally)
            sources = [_with_media(source, within) for source in joining.sources(raw.sources)]
            found = Resolving(raw, sources, joining.aliases, tally).project(texts)
        return replace(found, name=found.name or untrusted_file.stem)

    def copy_media(self, untrusted_file: Path, name: str, to: Path, ticket: Ticket) -> bool:
        """Copy a recording out of a project to a path of ours; tell whether it was there."""
        with opened(untrusted_file) as within:
            return copy_out(within, name, to, ticket)

    def _check_read_back(self, project: Project, file: Path, manner: ProjectManner, ticket: Ticket) -> None:
        """Refuse what we could not read ourselves exactly as it was written."""
        again = self.read(file, ticket)
        if _compared(again, manner) != _compared(project, manner) or _beyond(again.losses):
            raise Damaged(say("What was written does not read as it should, so it was removed again."),
                          hint=say("Nothing left the house. Please report this."))


def _with_media(source: Any, within: Opened) -> Any:  # noqa: ANN401 - a source
    """Return a source that knows whether its file really lies in the project."""
    there = source.inside and source.media.casefold() in within.sources
    return replace(source, inside=there) if source.inside != there else source


def _beyond(losses: tuple[Loss, ...]) -> bool:
    return any(loss.element != "User" for loss in losses)


def _check_valid(root: Any) -> None:  # noqa: ANN401 - an element
    if not schema().validate(root):
        error = schema().error_log.last_error
        raise Damaged(say("What was to be written does not follow the standard: {why}.", why=str(error)[:300]),
                      hint=say("Nothing left the house. Please report this."))


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, _SAME_DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    entry.create_system = 3
    return entry


def _put(package: zipfile.ZipFile, path: str, file: Path, ticket: Ticket) -> None:
    entry = _entry(path)
    entry.compress_type = zipfile.ZIP_STORED
    with file.open("rb") as source, package.open(entry, "w", force_zip64=True) as to:
        while chunk := source.read(1 << 20):
            ticket.check()
            to.write(chunk)


_NAMES = frozenset({"name", "initials"})


def _plain(thing: Any) -> Any:  # noqa: ANN401 - any value of a project
    """Return a value whose texts can all stand in XML."""
    if isinstance(thing, str) and not isinstance(thing, StrEnum):
        return legal(thing)
    if isinstance(thing, tuple):
        return thing if thing and isinstance(thing[0], SyncPoint) else tuple(map(_plain, thing))
    if not is_dataclass(thing) or isinstance(thing, type):
        return thing
    changed: dict[str, Any] = {}
    for one in fields(thing):
        value = getattr(thing, one.name)
        better = value if one.name == "losses" else _plain(value)
        if one.name in _NAMES:
            better = legal_name(value)
        if better != value:
            changed[one.name] = better
    if isinstance(thing, ProjectTranscript):
        changed["text"] = canonical(thing.text)
    return replace(thing, **changed) if changed else thing


def _compared(project: Project, manner: ProjectManner) -> Project:
    """Return a project as it can be compared: what one way of writing does not tell is left out of both sides."""
    def timeless(one: Selection) -> Selection:
        return one if manner.moments else replace(one, start_ms=0, end_ms=0)

    return replace(
        project, losses=(), codes=tuple(sorted(project.codes, key=lambda code: code.id)),
        sources=tuple(replace(source, aliases=(), timed=True, transcripts=tuple(
            replace(one, selections=tuple(map(timeless, one.selections))) for one in source.transcripts))
            for source in project.sources))  # fmt: skip
