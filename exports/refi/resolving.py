"""Resolving: who refers to what; what refers to nothing that is there is left out, and told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from exports.refi.names import inner_path, legal
from exports.refi.opening import Texts
from exports.refi.parsing import RawProject
from storybank.domain.project import Case, Project, ProjectCoding, ProjectNote, Selection, Source, Tally, Values
from storybank.words import say


class Resolving:
    """Looks up every reference of a project."""

    def __init__(self, raw: RawProject, sources: Sequence[Source], aliases: Mapping[str, str], tally: Tally) -> None:
        self._raw, self._tally, self._aliases = raw, tally, aliases
        self._users = {user.id for user in raw.users}
        self._codes = {code.id for code in raw.codes}
        self._variables = {variable.id for variable in raw.variables}
        self._given = sources
        transcripts = [(source.id, one) for source in sources for one in source.transcripts]
        self._sources = {source.id for source in sources} | {one.id for _source, one in transcripts}
        self._selections = {one.id for source in sources for one in source.selections}
        self._selections |= {one.id for _source, transcript in transcripts for one in transcript.selections}
        self._notes = {note.id for note in raw.notes}
        self._people = {case.id for case in raw.cases}

    def project(self, texts: Texts) -> Project:
        """Return the project with every reference looked up."""
        raw = self._raw
        sources = tuple(map(self._source, self._given))
        notes = tuple(self._note(note, about, texts) for note, about in self._abouts())
        self._tell_the_rest()
        return Project(raw.name, raw.origin, raw.at, self._user(raw.user), tuple(raw.users), tuple(raw.codes),
                       tuple(raw.variables), tuple(map(self._case, raw.cases)), sources, notes, self._tally.losses)

    def _source(self, source: Source) -> Source:
        return replace(
            source, user=self._user(source.user), values=self._values(source.values),
            selections=tuple(map(self._selection, source.selections)),
            transcripts=tuple(replace(one, selections=tuple(map(self._selection, one.selections)))
                              for one in source.transcripts),
        )  # fmt: skip

    def _selection(self, one: Selection) -> Selection:
        known = [coding for coding in one.codings if coding.code in self._codes]
        if len(known) < len(one.codings):
            self._dangling("Coding", one.name, len(one.codings) - len(known))
        return replace(one, codings=tuple(map(self._coding, known)), user=self._user(one.user))

    def _coding(self, one: ProjectCoding) -> ProjectCoding:
        return one if one.user in self._users or not one.user else replace(one, user=self._user(one.user))

    def _user(self, user: str) -> str:
        if user and user not in self._users:
            self._tally.add("User", say("They are not in the file; what is theirs is put down to nobody known."), user)
            return ""
        return user

    def _values(self, values: Values) -> Values:
        known = tuple(one for one in values if one[0] in self._variables)
        if len(known) < len(values):
            self._dangling("VariableValue", "", len(values) - len(known))
        return known

    def _case(self, case: Case) -> Case:
        sources = self._known(case.sources, self._sources, "SourceRef", case.name)
        selections = self._known(case.selections, self._selections, "SelectionRef", case.name)
        return replace(case, values=self._values(case.values), sources=sources, selections=selections)

    def _known(self, wanted: Iterable[str], there: set[str], element: str, name: str) -> tuple[str, ...]:
        found: list[str] = []
        for one in wanted:
            known = self._aliases.get(one, one)
            if known not in there:
                self._dangling(element, name, 1)
            elif known not in found:
                found.append(known)
        return tuple(found)

    def _abouts(self) -> list[tuple[ProjectNote, tuple[str, ...]]]:
        """Return each note with what it stands beside: what refers to it, and what a link leads it to."""
        anything = self._sources | self._selections | self._codes | self._people | {""}
        found: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for note, about in self._raw.reader.notes:
            known = self._aliases.get(about, about)
            if note not in self._notes:
                self._dangling("NoteRef", "", 1)
            elif known in anything:
                found[note][known] = None
        for name, origin, target in self._raw.links:
            ends = [(origin, target), (target, origin)]
            note, other = next(((a, b) for a, b in ends if a in self._notes), ("", ""))
            known = self._aliases.get(other, other)
            if note and known and known in anything:
                found[note][known] = None
            else:
                self._tally.add("Link", say("Links between codes, passages and sources are not kept."), name)
        return [(note, tuple(found[note.id])) for note in self._raw.notes]

    def _note(self, note: ProjectNote, about: tuple[str, ...], texts: Texts) -> ProjectNote:
        text = note.text
        if note.id in self._raw.note_paths:
            text = legal(texts(inner_path(self._raw.note_paths[note.id])) or "").removeprefix("\ufeff") or note.text
        if not text.strip():
            self._tally.add("Note", say("Its text is not there."), note.name)
        return replace(note, text=text, about=about, user=self._user(note.user))

    def _tell_the_rest(self) -> None:
        for name in self._raw.graphs:
            self._tally.add("Graph", say("Drawings are not kept."), name)
        for name in self._raw.sets:
            self._tally.add("Set", say("Sets are not kept; what is in them is."), name)
        if self._raw.case_codes:
            self._tally.add("CodeRef", say("Codes of a whole person have no passage to stand at."),
                            count=self._raw.case_codes)
        if self._raw.reader.twice:
            self._tally.add("guid", say("The same identifier stands at several things; each was kept."),
                            count=self._raw.reader.twice)

    def _dangling(self, element: str, name: str, count: int) -> None:
        self._tally.add(element, say("It refers to something that is not in the file."), name, count)
