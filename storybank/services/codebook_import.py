"""Taking in a codebook: which code of a file is which of ours, and what it would change, before anything does."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from storybank.domain import names
from storybank.domain.codebook import MOST_LEVELS, Code, CodeKind, level_of, path_of, under
from storybank.domain.codebook_changes import alias_texts, gist_text, label_text, sounds
from storybank.domain.codebook_sheet import CodebookSheet, Entry, Left
from storybank.domain.colour import as_hex, is_legible, nearest_legible
from storybank.ports import OpenWork, UnitOfWork
from storybank.services.codebook_draft import Draft
from storybank.services.edits import Edit
from storybank.words import Sentence, say

_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")
_Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """A code of a file, and what of ours it changes."""

    name: str
    code: Code
    fields: tuple[str, ...] = ()
    """The fields of `Code` that change; empty for one that is new."""


@dataclass(frozen=True, slots=True)
class CodebookImport:
    """What taking in a file would do: each code is new, changed, the same or refused."""

    new: tuple[Taken, ...]
    changed: tuple[Taken, ...]
    same: tuple[Taken, ...]
    refused: tuple[Left, ...]
    remarks: tuple[Sentence, ...]
    edit: Edit

    @property
    def changes_anything(self) -> bool:
        """Tell whether there is anything to do."""
        return bool(self.new or self.changed)


class Importing:
    """One file on its way in."""

    def __init__(self, work: UnitOfWork, sheet: CodebookSheet) -> None:
        self._draft, self._sheet = Draft(work), sheet
        self._entries = list(sheet.entries)
        self._refused = list(sheet.refused)
        self._remarks = list(sheet.remarks)
        self._keys: dict[int, str] = {}
        self._by_name_only: set[int] = set()
        self._reordered: set[tuple[str, CodeKind]] = set()
        self._guids = {code.guid.lower() for code in self._draft.before.values()}
        self._tagged = {code for code, _quote, _story in work.codings.tagged()}

    def plan(self, open_work: OpenWork) -> CodebookImport:
        """Return what the file would do."""
        self._flatten()
        self._match()
        for at, entry in enumerate(self._entries):
            self._take(at, entry)
        self._put_in_order()
        self._keep_to_the_levels()
        new, changed, same = self._sorted_out()
        edit = self._draft.edit(say("Import codebook"), "", open_work)
        return CodebookImport(new, changed, same, tuple(self._refused), tuple(self._remarks), edit)

    # ---- which is which ----------------------------------------------------------------------------------------

    def _flatten(self) -> None:
        """Bring what stands deeper than three levels up to the third, with its way in its name."""
        levels: list[int] = []
        for at, entry in enumerate(self._entries):
            above = entry.above
            level = 1 if above is None else levels[above] + 1
            if above is not None and level > MOST_LEVELS:
                upper = self._entries[above]
                told = {**entry.told, **{
                    field: f"{upper.told[field]} / {entry.told[field]}" for field in ("label_en", "label_fr")
                    if entry.told.get(field) and upper.told.get(field)}}
                self._entries[at] = replace(entry, above=upper.above, told=told)
                level = MOST_LEVELS
                self._remarks.append(say("{name} stands deeper than {most} levels; it comes in as {path}.",
                                         name=entry.name, most=MOST_LEVELS, path=_label(told)))
            levels.append(level)

    def _match(self) -> None:
        """Find our code for each of the file's: by identifier, then key, then path, then name."""
        free = dict(self._draft.before)
        guids = {code.guid.lower(): code.key for code in free.values() if code.guid}
        self._settle(free, {at: guids.get(one.guid, "") for at, one in enumerate(self._entries) if one.guid})
        self._settle(free, {at: one.key for at, one in enumerate(self._entries) if one.key})
        ours: dict[_Path, str] = {}
        for code in free.values():
            for field in ("label_en", "label_fr"):
                ours.setdefault(tuple(sounds(getattr(one, field) or one.label("en"))
                                      for one in path_of(code, self._draft.before)), code.key)
        self._settle(free, {at: ours.get(self._path(at), "") for at in range(len(self._entries))})
        named: defaultdict[str, set[str]] = defaultdict(set)
        for code in free.values():
            for label in {sounds(code.label_en), sounds(code.label_fr)} - {""}:
                named[label].add(code.key)
        alone = {label: next(iter(keys)) for label, keys in named.items() if len(keys) == 1}
        before = set(self._keys)
        self._settle(free, {at: alone.get(sounds(_label(one.told)), "") for at, one in enumerate(self._entries)})
        self._by_name_only = set(self._keys) - before

    def _settle(self, free: dict[str, Code], wanted: Mapping[int, str]) -> None:
        for at, key in wanted.items():
            kind = self._entries[at].kind
            if at not in self._keys and key in free and kind in (None, free[key].kind):
                self._keys[at] = key
                del free[key]

    def _path(self, at: int | None) -> _Path:
        path: list[str] = []
        while at is not None:
            path.insert(0, sounds(_label(self._entries[at].told)))
            at = self._entries[at].above
        return tuple(path)

    # ---- what becomes of each ----------------------------------------------------------------------------------

    def _take(self, at: int, entry: Entry) -> None:
        parent = self._parent(entry)
        if parent is None:
            self._keys.pop(at, None)
            self._refused.append(Left(entry.name, say("What it stands under is not there: {parent}.",
                                                      parent=entry.parent or "?")))
            return
        known = self._draft.before.get(self._keys.get(at, ""))
        if known is None:
            self._add(at, entry, parent)
            return
        told = self._clean(entry, has_quotes=known.key in self._tagged)
        if told.get("aliases") == alias_texts(known.aliases):
            del told["aliases"]
        code = replace(known, **told)  # type: ignore[arg-type]
        if not code.label_en and not code.label_fr:
            code = replace(code, label_en=known.label_en, label_fr=known.label_fr)
        if self._sheet.tells_place and at not in self._by_name_only and parent != code.parent:
            code = self._moved(entry, code, parent)
        self._draft.put(code)

    def _parent(self, entry: Entry) -> str | None:
        """Return the key of what it stands under, empty for the top; None where that is not there."""
        if entry.above is not None:
            return self._keys.get(entry.above)
        if not entry.parent:
            return ""
        if entry.parent in self._draft.now:
            return entry.parent
        wanted = sounds(entry.parent)
        fitting = [code.key for code in self._draft.now.values() if entry.kind in (None, code.kind)
                   and wanted in (sounds(code.label_en), sounds(code.label_fr))]
        return fitting[0] if len(fitting) == 1 else None

    def _add(self, at: int, entry: Entry, parent: str) -> None:
        kind = self._draft.now[parent].kind if parent else entry.kind or CodeKind.FREE
        told = self._clean(entry, has_quotes=False)
        label = label_text(_label(told))
        if not label:
            self._refused.append(Left(entry.name, say("It has no name.")))
            return
        free = _KEY.fullmatch(entry.key) and entry.key not in self._draft.now
        key = entry.key if free else names.free_slug(label, self._draft.now.keys())
        guid = entry.guid if entry.guid and entry.guid not in self._guids else names.new_id()
        code = Code(key, kind, "", "", position=1_000_000 + at, parent=parent, guid=guid)
        self._draft.put(replace(code, **told))  # type: ignore[arg-type]
        self._keys[at] = key

    def _clean(self, entry: Entry, *, has_quotes: bool) -> dict[str, object]:
        """Return what a file says of a code, as it is kept."""
        kept: dict[str, object] = {}
        for field, value in entry.told.items():
            if field == "aliases" and isinstance(value, tuple):
                kept[field] = alias_texts(value)
            elif field == "codable":
                kept[field] = bool(value)
            elif field == "colour":
                kept |= self._colour(entry, str(value))
            elif field.startswith("gist"):
                kept[field] = gist_text(str(value))
            else:
                kept[field] = label_text(str(value), 40 if field.startswith("short") else 200)
        if has_quotes and kept.get("codable") is False:
            del kept["codable"]
            self._remarks.append(say("{name} has quotes, so it is no heading.", name=entry.name))
        return kept

    def _colour(self, entry: Entry, written: str) -> dict[str, object]:
        if not written.strip():
            return {"colour": ""}
        wanted = as_hex(written)
        if not wanted:
            self._remarks.append(say("{name}: {colour} is not a colour.", name=entry.name, colour=written[:40]))
            return {}
        nearest = nearest_legible(wanted)
        if not is_legible(wanted):
            self._remarks.append(say("{name}: {colour} is too light to be read; it becomes {nearest}.",
                                     name=entry.name, colour=wanted, nearest=nearest))
        return {"colour": nearest}

    def _moved(self, entry: Entry, code: Code, parent: str) -> Code:
        """Return a code under another; as it is where that is of another list, or under itself."""
        above = self._draft.now.get(parent)
        if above and (above.kind is not code.kind or code.key in {one.key for one in path_of(above, self._draft.now)}):
            self._refused.append(Left(entry.name, say("It cannot stand under {parent}; it stays where it is.",
                                                      parent=above)))
            return code
        return replace(code, parent=parent, position=1_000_000)

    # ---- where each stands -------------------------------------------------------------------------------------

    def _put_in_order(self) -> None:
        """Let those under one parent stand as in the file; what the file does not have keeps its place among them."""
        groups: defaultdict[tuple[str, CodeKind], list[str]] = defaultdict(list)
        for key in (self._keys[at] for at in range(len(self._entries)) if at in self._keys):
            groups[self._draft.now[key].parent, self._draft.now[key].kind].append(key)
        beneath: defaultdict[tuple[str, CodeKind], list[Code]] = defaultdict(list)
        for code in self._draft.now.values():
            beneath[code.parent, code.kind].append(code)
        for (parent, kind), wanted in groups.items():
            own = [one.key for one in under(parent, kind, beneath[parent, kind])]
            order = _ordered(own, wanted, self._draft) if self._sheet.tells_order else own
            moved = any(self._draft.now[key].position >= 1_000_000 for key in own)
            known = [key for key in own if self._draft.now[key].position < 1_000_000]
            if [key for key in order if key in set(known)] != known:
                self._reordered.add((parent, kind))
            if order != own or moved:
                for place, key in enumerate(order, 1):
                    self._draft.put(replace(self._draft.now[key], position=place))

    def _keep_to_the_levels(self) -> None:
        """Bring up what came to stand too deep because of what it was moved under."""
        for code in list(self._draft.now.values()):
            if level_of(code, self._draft.now) > MOST_LEVELS:
                above = path_of(code, self._draft.now)[MOST_LEVELS - 2]
                self._draft.put(replace(code, parent=above.key))
                self._remarks.append(say("{code} comes up, since the codebook has {most} levels.", code=code,
                                         most=MOST_LEVELS))

    def _sorted_out(self) -> tuple[tuple[Taken, ...], tuple[Taken, ...], tuple[Taken, ...]]:
        new: list[Taken] = []
        changed: list[Taken] = []
        same: list[Taken] = []
        for at, key in sorted(self._keys.items()):
            code, old, name = self._draft.now[key], self._draft.before.get(key), self._entries[at].name
            if old is None:
                new.append(Taken(name, code))
                continue
            fields = tuple(field for field in Code.__slots__ if getattr(code, field) != getattr(old, field)
                           and (field != "position" or (code.parent, code.kind) in self._reordered))
            (changed if fields else same).append(Taken(name, code, fields))
        return tuple(new), tuple(changed), tuple(same)


def _ordered(own: Sequence[str], wanted: Sequence[str], draft: Draft) -> list[str]:
    """Return keys in the order that is wanted; those it does not name stay where they are among the others."""
    old = [key for key in own if draft.now[key].position < 1_000_000]
    there, meant = set(old), set(wanted)
    named = iter([key for key in wanted if key in there])
    order = [next(named) if key in meant else key for key in old]
    for at, key in enumerate(wanted):
        if key not in there:
            order.insert(order.index(wanted[at - 1]) + 1 if at else 0, key)
    return order


def _label(told: Mapping[str, object]) -> str:
    return str(told.get("label_en") or told.get("label_fr") or "")
