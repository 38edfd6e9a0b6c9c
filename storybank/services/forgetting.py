"""Forgetting: what of somebody's words and name stands outside their stories: names of tags, memos, searches, rings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from storybank.domain import names
from storybank.domain.codebook import Code
from storybank.domain.coding import Coding, Subject
from storybank.domain.contributor import Contributor
from storybank.domain.draft import Draft
from storybank.domain.draft_forgetting import rewritten, without_quotes
from storybank.domain.events import CodebookChanged, DraftChanged
from storybank.domain.story import Story
from storybank.ports import UnitOfWork
from storybank.services.own_words import free_of, is_long, is_own_tag, is_said, names_of
from storybank.words import Words

_COPIED = 4
"""So many words of a quote, standing in a draft one after the other, were copied from it."""


def forget_words(work: UnitOfWork, stories: Sequence[Story]) -> None:
    """Before stories are erased, take what they say out of the names of tags, and their quotes out of drafts.

    A tag that is named in their words goes where nothing else has it; where others have it too, and nobody else says
    it, it loses its name and keeps its place.
    """
    _forget_quotes(work, stories)
    said = [text for story in stories for text in _texts(work, story)]
    names_said = {code.key: {text for text in (*names_of(code), *code.aliases)
                             if is_long(text) and any(is_said(text, one) for one in said)}
                  for code in work.codebook.codes() if is_own_tag(code)}
    if any(names_said.values()):
        _Tags(work, stories).forget({key: texts for key, texts in names_said.items() if texts})


class _Tags:
    """The codebook beside what is going to be erased."""

    def __init__(self, work: UnitOfWork, stories: Sequence[Story]) -> None:
        self._work = work
        self._own = {quote.id for story in stories for quote in work.quotes.of_story(story.id)}

    def forget(self, names_said: Mapping[str, set[str]]) -> None:
        """Take these names of these codes away."""
        for key, texts in names_said.items():
            code, given = self._work.codebook.code(key), self._work.codings.with_code(key)
            others = [one for one in given if one.quote_id not in self._own]
            if texts.isdisjoint(names_of(code)):
                self._work.codebook.save(free_of(code, texts))
            elif not others and not self._under(key):
                self._work.eraser.forget_code(key)
            elif not others or self._is_theirs(given, others, texts):
                self._rename(code, given)

    def _under(self, key: str) -> list[Code]:
        return [code for code in self._work.codebook.codes() if code.parent == key]

    def _is_theirs(self, given: Sequence[Coding], others: Sequence[Coding], texts: set[str]) -> bool:
        """Tell whether a code began in their words and nobody else says it."""
        first = min(given, key=lambda one: one.at)
        said = (self._work.quotes.get(one.quote_id).text for one in others)
        return first.quote_id in self._own and not any(is_said(text, other) for other in said for text in texts)

    def _rename(self, code: Code, given: Sequence[Coding]) -> None:
        known = {one.key for one in self._work.codebook.codes()}
        number = next(n for n in range(1, len(known) + 2) if f"renamed-{n}" not in known)
        key = f"renamed-{number}"
        english, french = (Words(language)("Renamed tag {number}", number=number) for language in ("en", "fr"))
        new = replace(code, key=key, label_en=english, label_fr=french, short_en="", short_fr="", aliases=(), guid="")
        self._work.codebook.save(new)
        self._work.codings.exchange(given, [replace(one, id=names.new_id(), code=key) for one in given])
        for below in self._under(code.key):
            self._work.codebook.save(replace(below, parent=key))
        self._work.eraser.forget_code(code.key)
        self._work.record(CodebookChanged(key))


def forget_person(work: UnitOfWork, person: Contributor) -> None:
    """Take a person's name out of memos, drafts, saved searches and synonyms; memos about them go.

    What is written about them by first name alone stays: whoever wrote it has to look.
    """
    for memo in work.memos.about(Subject.PERSON, person.id):
        work.memos.remove(memo.id)
    if " " not in person.name.strip():
        return
    called = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, person.name.split())) + r"(?!\w)", re.IGNORECASE)
    for memo in work.memos.all():
        if called.search(memo.text):
            work.memos.save(replace(memo, text=called.sub(Words()("[name withheld]"), memo.text)))
    _rewrite_drafts(work, lambda draft: rewritten(draft, lambda text: called.sub(Words()("[name withheld]"), text)))
    _forget_searches(work, called)


def _forget_quotes(work: UnitOfWork, stories: Sequence[Story]) -> None:
    """Take the quotes of stories out of every version of every draft, and their words where an author copied them."""
    quotes = [quote for story in stories for quote in work.quotes.of_story(story.id)]
    gone = {quote.code for quote in quotes}
    copied = [as_copied(text) for quote in quotes for text in (quote.text, quote.wording,
                                                               *(one.text for one in quote.translations))
              if len(text.split()) >= _COPIED]

    def without(text: str) -> str:
        for one in copied:
            text = one.sub("[…]", text)
        return text

    _rewrite_drafts(work, lambda draft: rewritten(without_quotes(draft, gone), without))


def as_copied(text: str) -> re.Pattern[str]:
    """Return what finds a text again however its spaces, apostrophes and case were changed."""
    words = (re.sub(r"['’]", "['’]", re.escape(word)) for word in text.rstrip(" .").split())
    return re.compile(r"\s+".join(words), re.IGNORECASE)


def _rewrite_drafts(work: UnitOfWork, change: Callable[[Draft], Draft]) -> None:
    for draft in work.drafts.every():
        changed = change(draft)
        if changed != draft:
            work.drafts.rewrite(changed)
            work.record(DraftChanged(draft.id))


def _forget_searches(work: UnitOfWork, called: re.Pattern[str]) -> None:
    for search in work.searches.all():
        if called.search(search.typed) or called.search(search.name):
            work.searches.remove(search.id)
    for ring in work.rings.all():
        if any(map(called.search, ring.words)):
            work.rings.remove(ring.id)


def _texts(work: UnitOfWork, story: Story) -> list[str]:
    """Return everything that a story says, as it reads today and as it was quoted."""
    lines = [line for recording in work.recordings.of_story(story.id) for line in work.transcripts.lines(recording.id)]
    return [" ".join(line.text for line in lines), *(quote.text for quote in work.quotes.of_story(story.id))]
