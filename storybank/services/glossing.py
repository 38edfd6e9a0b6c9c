"""Glossing: the names and terms that must be written right, and the places where an engine wrote something else."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Container, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from storybank.domain import names
from storybank.domain.change import ChangeKind
from storybank.domain.contributor import Contributor
from storybank.domain.events import GlossaryChanged
from storybank.domain.folding import folded
from storybank.domain.glossary import GlossaryEntry, Suggestion
from storybank.domain.likely import suggestions
from storybank.domain.transcript import Line
from storybank.domain.vocabulary import language_code
from storybank.errors import Invalid, NotFound, Unavailable
from storybank.ports import OpenWork, UnitOfWork
from storybank.services.correcting import Correcting
from storybank.services.edits import Edit
from storybank.words import say

LONGEST_TERM = 80
"""Letters that a term may have: engines take a few hundred words beforehand, all terms together."""
MOST_TOLD = 60
"""Terms that an engine is told beforehand; it has no ear for many more."""
LARGEST_FILE = 1_000_000
_WORTH_ALONE = 5
"""Letters that a part of a name needs to be looked for by itself."""


class Glossing:
    """Everything one can do with the glossary."""

    def __init__(self, open_work: OpenWork, correcting: Correcting) -> None:
        self._open_work = open_work
        self._correcting = correcting

    # ---- the terms -------------------------------------------------------------------------------------------

    def all(self) -> list[GlossaryEntry]:
        """Return the terms in the order of the alphabet."""
        with self._open_work() as work:
            return work.glossary.all()

    def add(self, term: str, heard_as: Sequence[str] = (), language: str = "") -> GlossaryEntry:
        """Put a term on file; one that is there already gets the other spellings besides."""
        entry = _entry(term, heard_as, language)
        with self._open_work() as work:
            entry = _save(work, entry)
            work.record(GlossaryChanged())
            work.commit()
        return entry

    def change(self, entry_id: str, term: str, heard_as: Sequence[str] = (), language: str = "") -> GlossaryEntry:
        """Give a term exactly this writing, these other spellings and this language."""
        entry = replace(_entry(term, heard_as, language), id=entry_id)
        with self._open_work() as work:
            if all(one.id != entry_id for one in work.glossary.all()):
                raise NotFound(say("This term is not in the glossary any more."))
            work.glossary.save(entry)
            work.record(GlossaryChanged())
            work.commit()
        return entry

    def remove(self, term_or_id: str) -> GlossaryEntry:
        """Take a term out, and return it."""
        with self._open_work() as work:
            wanted = folded_term(term_or_id)
            entry = next((one for one in work.glossary.all()
                          if one.id == term_or_id or folded_term(one.term) == wanted), None)
            if entry is None:
                raise NotFound(say("“{term}” is not in the glossary.", term=term_or_id))
            work.glossary.remove(entry.id)
            work.record(GlossaryChanged())
            work.commit()
        return entry

    def bring_in(self, untrusted_file: Path) -> list[GlossaryEntry]:
        """Add the terms of a file: one a line, or a CSV of term, other spellings (between semicolons) and language."""
        found = [_entry(*row) for row in _rows(_text_of(untrusted_file))]
        if not found:
            raise Invalid(say("There is no term in {file}.", file=untrusted_file.name),
                          hint=say("Write one term a line, with its other spellings behind a comma."))
        with self._open_work() as work:
            added = [_save(work, entry) for entry in found]
            work.record(GlossaryChanged())
            work.commit()
        return added

    # ---- a transcript ----------------------------------------------------------------------------------------

    def suggestions(self, recording_id: str, only: Container[str] | None = None) -> list[Suggestion]:
        """Return where a term, or the name of somebody of the story, was probably meant; in the order of the lines.

        `only` are the identifiers of the lines to look at; None for all.
        """
        with self._open_work() as work:
            people = people_of(work, recording_id)
            known = [*work.glossary.all(), *_names_as_terms(people)]
            lines = work.transcripts.lines(recording_id)
        return suggestions([line for line in lines if only is None or line.id in only], known)

    def names(self, recording_id: str) -> list[str]:
        """Return the names of the people and organisations of a recording's story."""
        with self._open_work() as work:
            return _names(people_of(work, recording_id))

    def apply(self, taken: Sequence[Suggestion]) -> Edit:
        """Plan to write terms as they must be written, as one change; lines that read differently by now are left."""
        by_line: dict[str, list[Suggestion]] = defaultdict(list)
        for one in taken:
            by_line[one.line_id].append(one)
        with self._open_work() as work:
            lines = [work.transcripts.line(line_id) for line_id in by_line]
        texts = {line.id: text for line in lines
                 if not line.gone and (text := _with(line, by_line[line.id])) is not None}
        if not texts:
            raise Invalid(say("These words have changed by now."), hint=say("Look at the suggestions again."))
        return self._correcting.reword_all(say("Apply glossary"), texts, ChangeKind.REPLACED)


def words_to_know(work: UnitOfWork, recording_id: str, language: str | None) -> tuple[str, ...]:
    """Return what an engine is told beforehand: who is in the story, then the glossary's terms of its language."""
    terms = [entry.term for entry in work.glossary.all() if entry.is_said_in(language or "")]
    return tuple(dict.fromkeys([*_names(people_of(work, recording_id)), *terms]))[:MOST_TOLD]


def people_of(work: UnitOfWork, recording_id: str) -> list[Contributor]:
    """Return the people of a recording's story, and the communities that speak for it."""
    story = work.stories.get(work.recordings.get(recording_id).story_id)
    there = dict.fromkeys([*(one.contributor_id for one in story.participants), *story.communities])
    return [work.contributors.get(one) for one in there]


def folded_term(term: str) -> str:
    """Return a term as it is compared with others: without case, accents and punctuation."""
    return " ".join(folded(word) for word in term.split())


def _entry(term: str, heard_as: Sequence[str] = (), language: str = "") -> GlossaryEntry:
    plain = " ".join(names.plain(term).split())
    if not folded_term(plain).strip():
        raise Invalid(say("A term needs letters."))
    if len(plain) > LONGEST_TERM:
        raise Invalid(say("“{term}…” is too long for a term.", term=plain[:30]),
                      hint=say("A term is a name or a few words."))
    spellings = dict.fromkeys(" ".join(names.plain(one).split()) for one in heard_as)
    return GlossaryEntry(names.new_id(), plain, tuple(one for one in spellings if one and one != plain),
                         language_code(language) if language else "")


def _save(work: UnitOfWork, entry: GlossaryEntry) -> GlossaryEntry:
    """Write a term; where it is on file in that language, its spellings are put together."""
    known = next((one for one in work.glossary.all()
                  if folded_term(one.term) == folded_term(entry.term) and one.language == entry.language), None)
    if known is not None:
        spellings = dict.fromkeys([*known.heard_as, *entry.heard_as])
        entry = replace(entry, id=known.id, heard_as=tuple(one for one in spellings if one != entry.term))
    work.glossary.save(entry)
    return entry


def _names(people: Sequence[Contributor]) -> list[str]:
    return list(dict.fromkeys(name for one in people for name in (one.name, one.organization) if name))


def _names_as_terms(people: Sequence[Contributor]) -> list[GlossaryEntry]:
    """Return the names of people and organisations as terms, whole and the parts that are worth looking for."""
    found: dict[str, GlossaryEntry] = {}
    for person in people:
        parts = [word for word in person.name.split() if len(folded(word)) >= _WORTH_ALONE and not word.endswith(".")]
        for name in (person.name, person.organization, *(parts if not person.is_community else ())):
            if name:
                found.setdefault(name, GlossaryEntry(f"{person.id} {name}", name))
    return list(found.values())


def _with(line: Line, taken: Sequence[Suggestion]) -> str | None:
    """Return a line's text with terms put right; None where none of the words stand as they did."""
    words = [word.text for word in line.words]
    changed = False
    for one in sorted(taken, key=lambda one: one.first_word, reverse=True):
        if " ".join(words[one.first_word : one.last_word + 1]) == one.found:
            words[one.first_word : one.last_word + 1] = [one.replacement]
            changed = True
    return " ".join(words) if changed else None


def _text_of(untrusted_file: Path) -> str:
    try:
        with untrusted_file.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise Unavailable(say("{file} cannot be read: {why}.", file=untrusted_file.name, why=error.strerror)) from error
    if len(content) > LARGEST_FILE:
        raise Invalid(say("{file} is too large for a list of terms.", file=untrusted_file.name))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    with suppress(UnicodeDecodeError):
        return content.decode("utf-8-sig")
    return content.decode("cp1252", errors="replace")


def _rows(untrusted_text: str) -> list[tuple[str, list[str], str]]:
    """Return term, other spellings and language of each line; a head line that names the columns is passed over."""
    first = untrusted_text.partition("\n")[0]
    sign = "\t" if "\t" in first else ","
    rows: list[tuple[str, list[str], str]] = []
    try:
        for row in csv.reader(io.StringIO(untrusted_text.replace("\0", "")), delimiter=sign):
            cells = [cell.strip() for cell in row] + ["", "", ""]
            if folded(cells[0]) and (rows or cells[0].casefold() not in ("term", "terme")):
                rows.append((cells[0], [one for one in cells[1].split(";") if one.strip()], cells[2]))
    except csv.Error as error:
        raise Invalid(say("This is no list of terms.")) from error
    return rows
