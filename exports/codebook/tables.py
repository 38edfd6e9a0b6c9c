"""Tables: a codebook as rows, a code each; those we write and those of other programs, Taguette's among them."""

from __future__ import annotations

import csv
import io
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence

from exports.codebook.incoming import CHECK_FILE, too_many
from storybank.domain.codebook import Code, CodeKind
from storybank.domain.codebook_changes import sounds
from storybank.domain.codebook_sheet import LIST_NAMES, MOST_CODES, CodebookSheet, Entry, Left
from storybank.errors import Damaged, Invalid
from storybank.words import Sentence, say

COLUMNS = ("key", "list", "parent", "label_en", "label_fr", "short_en", "short_fr", "description_en",
           "description_fr", "aliases", "colour", "codable", "position", "guid")
_FIELDS = {"label_en": "label_en", "label_fr": "label_fr", "short_en": "short_en", "short_fr": "short_fr",
           "description_en": "gist_en", "description_fr": "gist_fr", "colour": "colour"}
_ALSO = {
    "color": "colour", "couleur": "colour", "cle": "key", "liste": "list", "kind": "list", "under": "parent",
    "english": "label_en", "french": "label_fr", "francais": "label_fr", "anglais": "label_en",
    "gist en": "description_en", "gist fr": "description_fr", "alias": "aliases", "synonyms": "aliases",
    "synonymes": "aliases", "order": "position", "ordre": "position", "uuid": "guid",
}  # fmt: skip
_NAMED = ("path", "tag", "name", "label", "code", "nom", "libelle", "etiquette")
_DESCRIBED = ("description", "definition", "memo", "comment", "commentaire")
_NO = frozenset({"false", "no", "non", "faux", "0"})
Row = tuple[int, Sequence[str]]
"""A row with the number that spreadsheets give it."""
_RISKY = ("=", "+", "-", "@", "\t", "\r", "'")


def rows_of(codes: Sequence[Code]) -> list[tuple[str, ...]]:
    """Return codes as rows under `COLUMNS`."""
    return [
        (c.key, str(c.kind), c.parent, c.label_en, c.label_fr, c.short_en, c.short_fr, c.gist_en, c.gist_fr,
         "; ".join(c.aliases), c.colour, "true" if c.codable else "false", str(c.position), c.guid)
        for c in codes
    ]  # fmt: skip


def written(codes: Sequence[Code]) -> bytes:
    """Return codes as a CSV file, UTF-8 with the mark that Excel looks for, in which no cell starts a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_guarded(cell) for cell in row] for row in rows_of(codes))
    return text.getvalue().encode("utf-8-sig", "replace")


def read(text: str, name: str, language: str) -> CodebookSheet:
    """Return what a table says that is parted by commas, semicolons or tabs."""
    first, _end, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        parted, text = first[4], rest
    else:
        parted = max(",;\t", key=first.count)
    try:
        rows = list(filled(csv.reader(io.StringIO(text, newline=""), delimiter=parted), name))
    except csv.Error as error:
        raise Damaged(say("{file} is broken, and cannot be read to its end.", file=name), hint=CHECK_FILE) from error
    if rows and {"key", "guid"} <= set(rows[0][1]):
        rows = [(number, [_unguarded(cell) for cell in row]) for number, row in rows]
    return from_rows(rows, name, language)


def filled(rows: Iterable[list[str]], name: str) -> Iterator[Row]:
    """Yield the rows that hold anything, with their numbers; refuse more than a codebook has."""
    count = 0
    for number, row in enumerate(rows, 1):
        if any(cell.strip() for cell in row):
            count += 1
            if count > MOST_CODES + 1:
                raise too_many(name)
            yield number, row


def from_rows(rows: Sequence[Row], name: str, language: str) -> CodebookSheet:
    """Return what rows say of which the first names the columns; raise `Invalid` where it does not."""
    first = rows[0][1] if rows else []
    head = [_column(cell) for cell in first]
    named = [one for one in head if one in (*_NAMED, "label_en", "label_fr")]
    if not named:
        raise Invalid(say("There is no column with the names of codes in {file}.", file=name),
                      hint=say("Nothing was changed. Name the columns in the first row, as: {columns}.",
                               columns=", ".join(COLUMNS)))
    table = _Table(head, language)
    for number, row in rows[1:]:
        cells = {column: cell for column, cell in zip(head, row, strict=False) if column}
        table.take(number, cells)
    if not table.entries and not table.refused:
        raise Invalid(say("There are no codes in {file}.", file=name), hint=CHECK_FILE)
    ignored = [cell for cell, column in zip(first, head, strict=False) if cell.strip() and not column]
    return table.sheet(ignored)


class _Table:
    """The rows of one file, while they are read."""

    def __init__(self, head: Sequence[str], language: str) -> None:
        self._head, self._language = head, language
        self.entries: list[Entry] = []
        self.refused: list[Left] = []
        self._places: dict[int, int] = {}
        self._remarks: list[Sentence] = []

    def take(self, number: int, cells: Mapping[str, str]) -> None:
        """Note a row, or why it cannot be taken in."""
        told = self._told(cells)
        label = str(told.get("label_en") or told.get("label_fr") or "").strip()
        called = str(told.get(f"label_{self._language}") or label).strip() or say_row(number)
        kind = _kind(cells.get("list", ""))
        if not label:
            self.refused.append(Left(say_row(number), say("It has no name.")))
        elif cells.get("list", "").strip() and kind is None:
            self.refused.append(Left(called, say("There is no list called {name}.", name=cells["list"].strip()[:60])))
        else:
            if (place := cells.get("position", "").strip()).isdecimal():
                self._places[len(self.entries)] = int(place[:9])
            self.entries.append(Entry(called, told, cells.get("key", "").strip(), _guid(cells.get("guid", "")), kind,
                                      parent=cells.get("parent", "").strip()))

    def _told(self, cells: Mapping[str, str]) -> dict[str, object]:
        """Return the fields that a row says something about."""
        told: dict[str, object] = {field: cells[column] for column, field in _FIELDS.items() if column in cells}
        for names, field in ((_NAMED, f"label_{self._language}"), (_DESCRIBED, f"gist_{self._language}")):
            if said := next((cells[one].strip() for one in names if cells.get(one, "").strip()), ""):
                told[field] = said
        if "aliases" in cells:
            told["aliases"] = tuple(one.strip() for one in re.split(r"[;\n]", cells["aliases"]) if one.strip())
        if "codable" in cells:
            told["codable"] = sounds(cells["codable"].strip()) not in _NO
        return told

    def sheet(self, ignored: Sequence[str]) -> CodebookSheet:
        """Return the rows as a tree, parents first."""
        remarks = [say("Columns that are not read: {names}.", names=", ".join(ignored[:8]))] if ignored else []
        if "path" in self._head:
            self._stand_by_path()
        return CodebookSheet(tuple(self._as_tree()), tuple(self.refused), tuple(remarks),
                             tells_place="parent" in self._head or "path" in self._head,
                             tells_order=bool(self._places))

    def _stand_by_path(self) -> None:
        """Let `a.b` stand under `a` where there is an `a`: so Taguette parts its tags."""
        field = f"label_{self._language}"
        paths = {str(entry.told.get(field, "")) for entry in self.entries}
        for at, entry in enumerate(self.entries):
            above, dot, last = str(entry.told.get(field, "")).rpartition(".")
            if dot and above in paths and last.strip():
                told = {**entry.told, field: last.strip()}
                self.entries[at] = Entry(entry.name, told, entry.key, entry.guid, entry.kind, parent=above)

    def _as_tree(self) -> list[Entry]:
        """Return the entries with each below the one it stands under, in the order of their positions."""
        by_name: dict[str, int] = {}
        for at, entry in reversed(list(enumerate(self.entries))):
            labels = (entry.name, *(str(entry.told.get(one, "")) for one in ("label_en", "label_fr")))
            by_name |= {f"name {sounds(label)}": at for label in labels if label}
        for at, entry in reversed(list(enumerate(self.entries))):
            if entry.key:
                by_name[f"key {entry.key}"] = at
        above = {at: by_name.get(f"key {entry.parent}", by_name.get(f"name {sounds(entry.parent)}"))
                 for at, entry in enumerate(self.entries) if entry.parent}
        below: dict[int | None, list[int]] = {}
        for at in sorted(range(len(self.entries)), key=lambda one: (self._places.get(one, 10**9), one)):
            below.setdefault(above.get(at), []).append(at)
        return self._walked(below)

    def _walked(self, below: Mapping[int | None, Sequence[int]]) -> list[Entry]:
        made: list[Entry] = []
        placed: dict[int, int] = {}
        waiting = [(at, None) for at in reversed(below.get(None, ()))]
        stack: list[tuple[int, int | None]] = list(waiting)
        while stack:
            at, parent = stack.pop()
            old = self.entries[at]
            placed[at] = len(made)
            known = "" if parent is not None else old.parent
            made.append(Entry(old.name, old.told, old.key, old.guid, old.kind, parent, known))
            stack += [(child, placed[at]) for child in reversed(below.get(at, ()))]
        self.refused += [Left(entry.name, say("It would stand under itself."))
                         for at, entry in enumerate(self.entries) if at not in placed]
        return made


def say_row(number: int) -> str:
    """Return how a row without a name is called: as the number that spreadsheets give it."""
    return f"#{number}"


def _column(cell: str) -> str:
    """Return the name of a column as we know it; nothing for one that we do not."""
    bare = cell.strip().lstrip("\ufeff").casefold()
    name = bare if bare in COLUMNS else _ALSO.get(sounds(bare), sounds(bare).replace(" ", "_"))
    return name if name in (*COLUMNS, *_NAMED, *_DESCRIBED) else ""


def _kind(text: str) -> CodeKind | None:
    wanted = sounds(text.strip())
    return next((kind for kind, called in LIST_NAMES.items() if wanted in (kind, *map(sounds, called))), None)


def _guid(text: str) -> str:
    bare = text.strip().strip("{}")
    try:
        return str(uuid.UUID(bare)) if len(bare) == 36 else ""
    except ValueError:
        return ""


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(_RISKY) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].lstrip(" \u00a0").startswith(_RISKY) else cell
