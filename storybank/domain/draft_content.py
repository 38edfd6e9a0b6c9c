"""Draft content: what a draft says as plain JSON, and back; what an older version never heard of keeps its value."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from storybank.domain.draft import Draft

_APART = {"id", "code", "kind", "version", "saved_at", "saved_by"}
"""What stands in columns of its own."""


def content_of(draft: Draft) -> dict[str, Any]:
    """Return what a draft says, as JSON holds it."""
    return {name: _plain(value) for name, value in asdict(draft).items() if name not in _APART}


def draft_from(told: Mapping[str, Any], known: Mapping[str, Any]) -> Draft:
    """Return the draft that says what `told` does; `known` is what stands in columns of its own."""
    hints = get_type_hints(Draft)
    said = {name: _value(hints[name], value) for name, value in told.items() if name in hints and name not in _APART}
    return Draft(**known, **said)


def _plain(value: Any) -> Any:  # noqa: ANN401 - JSON holds anything
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _value(hint: Any, told: Any) -> Any:  # noqa: ANN401 - a type and what JSON says of it
    origin, arguments = get_origin(hint), get_args(hint)
    if told is None:
        return None
    if origin in (Union, types.UnionType):
        return _value(next(one for one in arguments if one is not type(None)), told)
    if origin is tuple:
        return tuple(_value(arguments[0], one) for one in told)
    if origin is not None:
        return {key: _value(arguments[1], one) for key, one in told.items()}
    if isinstance(hint, type) and is_dataclass(hint):
        hints = get_type_hints(hint)
        return hint(**{f.name: _value(hints[f.name], told[f.name]) for f in fields(hint) if f.name in told})
    if hint is date:
        return date.fromisoformat(told)
    return hint(told)
