"""Draft forgetting: a draft without somebody's name, without their words, and without quotes that are gone."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

from storybank.domain.draft import Draft
from storybank.domain.draft_content import content_of, draft_from


def rewritten(draft: Draft, change: Callable[[str], str]) -> Draft:
    """Return a draft with every text of its author changed."""
    known = {"id": draft.id, "code": draft.code, "kind": draft.kind, "version": draft.version,
             "saved_at": draft.saved_at, "saved_by": draft.saved_by}
    return draft_from(_changed(content_of(draft), change), known)


def without_quotes(draft: Draft, gone: Collection[str]) -> Draft:
    """Return a draft that names none of the quotes that are gone."""
    if not gone:
        return draft
    named = re.compile(rf"\s?\[(?:{'|'.join(map(re.escape, sorted(gone)))})\]", re.IGNORECASE)
    bare = rewritten(draft, lambda text: named.sub("", text))
    return replace(
        bare, quotes=tuple(one for one in bare.quotes if one.quote not in gone),
        evidence=tuple(replace(row, quotes=_left(row.quotes, gone)) for row in bare.evidence),
        options=tuple(replace(option, views=_left(option.views, gone)) for option in bare.options),
    )  # fmt: skip


def _left(quotes: tuple[str, ...], gone: Collection[str]) -> tuple[str, ...]:
    return tuple(one for one in quotes if one not in gone)


def _changed(told: Any, change: Callable[[str], str]) -> Any:  # noqa: ANN401 - JSON holds anything
    if isinstance(told, str):
        return change(told)
    if isinstance(told, Mapping):
        return {key: _changed(one, change) for key, one in told.items()}
    return [_changed(one, change) for one in told] if isinstance(told, list) else told
