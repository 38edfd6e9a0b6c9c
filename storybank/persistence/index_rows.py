"""What search reads besides transcripts: quotes, memos, and what is known about a story, a row each.

A row's text is made of parts, one below the other: a quote's words, its wording, its translations; a story's title,
place, day and people. `lines` tells where each begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from storybank.domain.coding import Memo, Subject
from storybank.domain.query import folded, tokens
from storybank.domain.quote import Quote
from storybank.domain.vocabulary import PROVINCES
from storybank.persistence.coding_tables import coders, memos, translations
from storybank.persistence.numbering import free_numbers
from storybank.persistence.tables import contributors, participants, passages, quotes, stories
from storybank.persistence.transaction import AnyRow, Transaction
from storybank.persistence.wording import composed, shadows_of

QUOTE, MEMO, STORY = "quote", "memo", "story"

_Part = tuple[str, str]
"""A text and its language."""


def put_quote(on: Transaction | Connection, quote: Quote) -> None:
    """Let search read a quote and the memos about it as they now stand, unless its story is sealed."""
    if _language_of(on, quote.story_id) is None:
        return
    said = [(one.text, one.language) for one in quote.translations]
    _put(on, _of_quote(quote, said))
    about = (memos.c.subject == Subject.QUOTE.value) & (memos.c.about_id == quote.id)
    for row in on.execute(select(memos).where(about)).all():
        _put_memo(on, row)


def add_new_quotes(on: Transaction | Connection, story_id: str, new: Sequence[Quote]) -> None:
    """Let search read quotes of a story that it does not know yet, unless the story is sealed."""
    if _language_of(on, story_id) is not None:
        _add(on, QUOTE, story_id, [_of_quote(one, [(t.text, t.language) for t in one.translations]) for one in new])


def drop_quote(on: Transaction | Connection, quote_id: str) -> None:
    """Take a quote, and the memos about it, out of what search reads."""
    about = select(memos.c.id).where(memos.c.subject == Subject.QUOTE.value, memos.c.about_id == quote_id)
    on.execute(delete(passages).where(_named(QUOTE, quote_id)))
    on.execute(delete(passages).where(passages.c.kind == MEMO, passages.c.owner_id.in_(about)))


def put_memo(on: Transaction | Connection, memo: Memo) -> None:
    """Let search read a memo about a quote or a story as it now stands, unless the story is sealed."""
    _put_memo(on, memo)


def drop_memo(on: Transaction | Connection, memo_id: str) -> None:
    """Take a memo out of what search reads."""
    on.execute(delete(passages).where(_named(MEMO, memo_id)))


def put_story(on: Transaction | Connection, story_id: str) -> None:
    """Let search read what is known about a story as it now stands, unless it is sealed or erased."""
    if _language_of(on, story_id) is None:
        on.execute(delete(passages).where(_named(STORY, story_id)))
    else:
        _put(on, _of_story(on, story_id))


def put_person(on: Transaction | Connection, contributor_id: str) -> None:
    """Let search read a person's details as they now stand, in each of their stories."""
    own = select(participants.c.story_id).where(participants.c.contributor_id == contributor_id).distinct()
    for story_id in on.execute(own).scalars().all():
        put_story(on, story_id)


def add_quotes(on: Transaction | Connection, story_id: str) -> None:
    """Let search read a story's quotes, which it does not read yet."""
    own = quotes.c.story_id == story_id
    said: dict[str, list[_Part]] = {}
    spoken = select(translations).join(quotes).where(own).order_by(translations.c.language)
    for row in on.execute(spoken):
        said.setdefault(row.quote_id, []).append((row.text, row.language))
    found = on.execute(select(quotes).where(own).order_by(quotes.c.id)).all()
    _add(on, QUOTE, story_id, [_of_quote(row, said.get(row.id, [])) for row in found])


def add_memos(on: Transaction | Connection, story_id: str) -> None:
    """Let search read the memos about a story and its quotes, which it does not read yet."""
    own = select(quotes.c.id).where(quotes.c.story_id == story_id)
    about_it = (memos.c.subject == Subject.STORY.value) & (memos.c.about_id == story_id)
    about_quote = (memos.c.subject == Subject.QUOTE.value) & memos.c.about_id.in_(own)
    found = on.execute(select(memos).where(about_it | about_quote).order_by(memos.c.id)).all()
    rows = [_of_memo(on, row) for row in found]
    _add(on, MEMO, story_id, [row for row in rows if row is not None])


def add_story(on: Transaction | Connection, story_id: str) -> None:
    """Let search read what is known about a story, which it does not read yet."""
    _add(on, STORY, story_id, [_of_story(on, story_id)])


def _put_memo(on: Transaction | Connection, memo: Memo | AnyRow) -> None:
    row = _of_memo(on, memo)
    if row is not None:
        _put(on, row)


def _language_of(on: Transaction | Connection, story_id: str) -> str | None:
    """Return the language of a story that search may read; None for one that it may not."""
    open_ones = (stories.c.sealed_on == "") & (stories.c.erased_on == "")
    return on.execute(select(stories.c.language).where(stories.c.id == story_id, open_ones)).scalar()


def _of_quote(quote: Quote | AnyRow, translated: Sequence[_Part]) -> dict[str, Any]:
    own = [(quote.text, quote.language)]
    if quote.wording and quote.wording != quote.text:
        own.append((quote.wording, quote.language))
    return _row(QUOTE, quote.id, [*own, *translated]) | {
        "story_id": quote.story_id, "recording_id": quote.recording_id, "start_ms": quote.start_ms,
        "end_ms": quote.end_ms, "language": quote.language, "speaker_id": quote.speaker_id,
    }  # fmt: skip


def _of_memo(on: Transaction | Connection, memo: Memo | AnyRow) -> dict[str, Any] | None:
    """Return the row of a memo; None for one about something that no story has, or a story that is put away."""
    place: dict[str, Any] = {"story_id": memo.about_id}
    if memo.subject == Subject.QUOTE:
        quote = on.execute(select(quotes).where(quotes.c.id == memo.about_id)).first()
        if quote is None:
            return None
        place = {"story_id": quote.story_id, "recording_id": quote.recording_id, "start_ms": quote.start_ms,
                 "end_ms": quote.end_ms}  # fmt: skip
    elif memo.subject != Subject.STORY:
        return None
    language = _language_of(on, place["story_id"])
    if language is None:
        return None
    whose = on.execute(select(coders.c.name).where(coders.c.id == memo.coder_id)).scalar() or ""
    return _row(MEMO, memo.id, [(memo.text, language), (whose, "")]) | place


def _of_story(on: Transaction | Connection, story_id: str) -> dict[str, Any]:
    story = on.execute(select(stories).where(stories.c.id == story_id)).one()
    people = on.execute(
        select(contributors).join(participants, participants.c.contributor_id == contributors.c.id)
        .where(participants.c.story_id == story_id).order_by(participants.c.position)
    ).all()  # fmt: skip
    spelled = {folded(word) for word, _start, _end in tokens(story.title)}
    slug = "" if spelled.issuperset(folded(word) for word, _start, _end in tokens(story.slug)) else story.slug
    about = [story.title, slug, story.place, story.recorded_on]
    about += [", ".join(filter(None, _details(one))) for one in people]
    parts = [(text, story.language) for text in dict.fromkeys(about)]
    return _row(STORY, story_id, parts) | {"story_id": story_id, "language": story.language}


def _details(person: AnyRow) -> Iterable[str]:
    provinces = PROVINCES.get(person.province, ())
    return person.name, person.role, person.organization, person.province, *dict.fromkeys(provinces)


def _row(kind: str, owner_id: str, parts: Iterable[_Part]) -> dict[str, Any]:
    kept = [(composed(text).strip(), language) for text, language in parts if text.strip()]
    placed, at = [], 0
    for text, _language in kept:
        placed.append(["", at, 0, 0])
        at += len(text) + 1
    x, s = shadows_of(kept)
    return {
        "kind": kind, "owner_id": owner_id, "recording_id": None, "run_id": None, "start_ms": 0, "end_ms": 0,
        "language": "", "speaker_id": None, "text": "\n".join(text for text, _language in kept), "x": x, "s": s,
        "lines": placed, "starts": None,
    }  # fmt: skip


def _named(kind: str, owner_id: str) -> ColumnElement[bool]:
    return (passages.c.kind == kind) & (passages.c.owner_id == owner_id)


def _put(on: Transaction | Connection, row: dict[str, Any]) -> None:
    own = _named(row["kind"], row["owner_id"])
    if not row["x"]:
        on.execute(delete(passages).where(own))
        return
    known = on.execute(select(passages).where(own)).first()
    if known is None:
        _add(on, row["kind"], row["story_id"], [row])
    elif changed := {name: value for name, value in row.items() if getattr(known, name) != value}:
        on.execute(update(passages).where(own).values(changed))


def _add(on: Transaction | Connection, kind: str, story_id: str, rows: Sequence[dict[str, Any]]) -> None:
    if worth_it := [row for row in rows if row["x"]]:
        numbers = free_numbers(on, kind, story_id, len(worth_it))
        on.execute(insert(passages), [row | {"id": n} for row, n in zip(worth_it, numbers, strict=True)])
