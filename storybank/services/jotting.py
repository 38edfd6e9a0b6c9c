"""Jotting: the codebook and the memos of a project, with nobody named in them who may not be."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from storybank.domain.code_texts import LISTS, described, list_id
from storybank.domain.codebook import Code, CodeKind
from storybank.domain.coding import Subject
from storybank.domain.project import ProjectCode, ProjectNote, excerpt, guid_of, moment, user_of
from storybank.ports import UnitOfWork
from storybank.services.telling_people import names_of
from storybank.words import Words


def codebook(codes: Mapping[str, Code]) -> tuple[ProjectCode, ...]:
    """Return our lists as headings, and the codes of each under it."""
    found: list[ProjectCode] = []
    for kind in CodeKind:
        own = [code for code in codes.values() if code.kind is kind]
        found += [ProjectCode(list_id(kind), LISTS[kind], codable=False)] if own else []
        found += [ProjectCode(guid_of(code.guid), code.label_en, _parent(code, codes), code.codable,
                              code.colour.lower(), described(code)) for code in own]
    return tuple(found)


def _parent(code: Code, codes: Mapping[str, Code]) -> str:
    above = codes.get(code.parent)
    return guid_of(above.guid) if above else list_id(code.kind)


class Jotted:
    """The memos of a library, read once."""

    def __init__(self, work: UnitOfWork, named: Collection[str]) -> None:
        """`named` are the people who may be named; no other name is left in a memo."""
        self.used: set[str] = set()
        self._memos = work.memos.all()
        self._hidden = names_of(one for one in work.contributors.all() if one.id not in named and not one.is_community)
        self._first: dict[str, str] = {}
        for memo in self._memos:
            if memo.subject is Subject.QUOTE:
                self._first.setdefault(memo.about_id, memo.text)

    def first_of(self, quote_id: str) -> str:
        """Return the first memo about a quote, for programs that read no notes."""
        return self._free(self._first.get(quote_id, ""))

    def notes(self, there: Mapping[tuple[Subject, str], str]) -> Iterator[ProjectNote]:
        """Yield the memos about what is in the project; those about anything else stay here, and are not told of."""
        for memo in self._memos:
            about = there.get((memo.subject, memo.about_id))
            if about is not None:
                self.used.add(memo.coder_id)
                text = self._free(memo.text)
                yield ProjectNote(guid_of(memo.id), text, excerpt(text), (about,), user_of(memo.coder_id),
                                  moment(memo.created_at), moment(memo.modified_at))

    def _free(self, text: str) -> str:
        words = Words()
        return self._hidden.sub(words("[name withheld]"), text) if self._hidden else text
