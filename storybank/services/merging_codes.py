"""Merging codes: the codes and coders of a project found among ours, or put beside them."""

from __future__ import annotations

from dataclasses import replace

from storybank.domain import names
from storybank.domain.code_texts import list_id, understood
from storybank.domain.codebook import MOST_LEVELS, Code, CodeKind, by_key, path_of
from storybank.domain.coding import UNKNOWN_CODER, Coder
from storybank.domain.events import CodebookChanged
from storybank.domain.folding import folded
from storybank.domain.project import Project, ProjectCode, guid_of
from storybank.domain.taken import Book
from storybank.ports import UnitOfWork
from storybank.words import say


class MergingCodes:
    """Tells for each code of a project its key here."""

    def __init__(self, work: UnitOfWork, project: Project, book: Book) -> None:
        self._work, self._book, self._project = work, book, project
        self._codes = by_key(work.codebook.codes())
        self._by_guid = {guid_of(code.guid): code.key for code in self._codes.values()}
        self._by_path = {path: code.key for code in self._codes.values() for path in self._paths(code)}
        self._lists = {list_id(kind): kind for kind in CodeKind}
        self._given = {one.id: one for one in project.codes}
        self._keys: dict[str, str] = {}
        self._used = {
            coding.code for source in project.sources
            for selections in (source.selections, *(one.selections for one in source.transcripts))
            for selection in selections for coding in selection.codings
        }  # fmt: skip

    def merge(self) -> None:
        """Find every code, and put those beside ours that are new."""
        for code in self._project.codes:
            if code.id in self._lists:
                if code.id in self._used:
                    self._book.tally.add("Coding", say("A heading over codes cannot be given to a passage."), code.name)
                continue
            known = self._by_guid.get(code.id) or self._by_path.get(self._path(code))
            self._keys[code.id] = known or self._add(code)

    def key(self, code_id: str) -> str:
        """Return the key of a code here; empty for what cannot be given."""
        return self._keys.get(code_id, "")

    def codes(self) -> dict[str, str]:
        """Return the key of every code by its identifier in the project."""
        return self._keys

    def _paths(self, code: Code) -> set[tuple[str, ...]]:
        above = path_of(code, self._codes)
        return {tuple(folded(one.label(language)) for one in above) for language in ("en", "fr")}

    def _path(self, code: ProjectCode) -> tuple[str, ...]:
        """Return what a code and those above it are called, our own lists left out."""
        found: list[str] = []
        at: ProjectCode | None = code
        while at is not None and at.id not in self._lists and len(found) < 200:
            found.insert(0, folded(at.name))
            at = self._given.get(at.parent)
        return tuple(found)

    def _add(self, given: ProjectCode) -> str:
        kind, parent, label = self._place(given)
        code = understood(label, given.description, "", kind)
        taken = set(self._codes)
        path = "-".join(filter(None, (parent, label)))
        wanted = code.key if code.key and code.key not in taken and names.slug(code.key.replace("_", "-")) else ""
        free = names.free_slug(label, taken) if names.slug(label) not in taken else names.free_slug(path, taken)
        code = replace(code, key=wanted or free, parent=parent, colour=given.colour, guid=given.id,
                       codable=given.codable or given.id in self._used, position=self._next(kind, parent))
        self._work.codebook.save(code)
        self._work.record(CodebookChanged(code.key))
        self._codes[code.key] = code
        self._book.counts.codes += 1
        return code.key

    def _place(self, given: ProjectCode) -> tuple[CodeKind, str, str]:
        """Return the list, the parent and the label of a new code; what stands too deep goes one level up."""
        label = names.plain(given.name) or say("Code without a name").said_in("en")
        if given.parent in self._lists:
            return self._lists[given.parent], "", label
        above = self._codes.get(self._keys.get(given.parent, ""))
        if above is None:
            return CodeKind.FREE, "", label
        way = path_of(above, self._codes)
        if len(way) < MOST_LEVELS:
            return above.kind, above.key, label
        self._book.tally.add("Code", say("More than three levels: it stands under the second, its name says where."),
                             label)
        return above.kind, way[MOST_LEVELS - 2].key, f"{above.label_en} / {label}"

    def _next(self, kind: CodeKind, parent: str) -> int:
        return 1 + max((one.position for one in self._codes.values() if one.kind is kind and one.parent == parent),
                       default=0)


class MergingCoders:
    """Tells for each user of a project who that is here; somebody new is put on file when they are first needed."""

    def __init__(self, work: UnitOfWork, project: Project, book: Book) -> None:
        self._work, self._book = work, book
        self._users = {user.id: user for user in project.users}
        coders = work.codings.coders()
        self._known = {guid_of(coder.id): coder.id for coder in coders}
        self._by_name = {coder.name: coder.id for coder in coders if coder.name}

    def coder(self, user_id: str) -> str:
        """Return the identifier of a coder here."""
        user = self._users.get(user_id)
        if user is None:
            return UNKNOWN_CODER.id
        if user_id not in self._known:
            self._known[user_id] = self._by_name.get(user.name) or self._add(user_id, user.name or user.initials)
        return self._known[user_id]

    def _add(self, user_id: str, name: str) -> str:
        self._work.codings.save_coder(Coder(user_id, name))
        self._by_name.setdefault(name, user_id)
        self._book.counts.coders += 1
        return user_id
