"""Numbers of passages: from the number alone one reads which kind it is and whose story, without opening the row.

The index tells numbers and nothing else, so that what was found can be counted, by kind and by story, in the time that
it takes to find it. Kinds lie one behind the other, stories within them, and the passages of a story within it.
"""

from __future__ import annotations

from sqlalchemy import Connection, func, select, text

from storybank.persistence.tables import passages
from storybank.persistence.transaction import Transaction

KINDS = ("passage", "quote", "memo", "story")

KIND_AT, STORY_AT = 56, 24
"""The bits at which the kind and the story begin."""

_STORIES = (1 << (KIND_AT - STORY_AT)) - 1
_PASSAGES = (1 << STORY_AT) - 1

STORY_OF = f"(({{id}} >> {STORY_AT}) & {_STORIES})"
"""The number of a passage's story, in SQL."""

_LAST = text("SELECT max(last) FROM (" + " UNION ALL ".join(
    f"SELECT (max(id) >> {STORY_AT}) & {_STORIES} AS last FROM passages"
    f" WHERE id BETWEEN {at << KIND_AT} AND {((at + 1) << KIND_AT) - 1}"
    for at in range(len(KINDS))
) + ")")  # fmt: skip


def first_of(kind: str) -> int:
    """Return the lowest number that a kind can have; the next kind's is the end of it."""
    return KINDS.index(kind) << KIND_AT


def free_numbers(on: Transaction | Connection, kind: str, story_id: str, many: int) -> range:
    """Return numbers for so many more passages of a kind in a story."""
    begin = first_of(kind) | (_story_number(on, story_id) << STORY_AT)
    own = passages.c.id.between(begin, begin + _PASSAGES)
    last = on.execute(select(func.max(passages.c.id)).where(own)).scalar()
    first = begin if last is None else int(last) + 1
    return range(first, first + many)


def _story_number(on: Transaction | Connection, story_id: str) -> int:
    known = on.execute(select(passages.c.id).where(passages.c.story_id == story_id).limit(1)).scalar()
    if known is not None:
        return (int(known) >> STORY_AT) & _STORIES
    return int(on.execute(_LAST).scalar() or 0) + 1
