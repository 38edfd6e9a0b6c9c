"""Settings: what this person chose on this machine, kept in one small file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Choices of the person at this machine; the library's own lists live in the library."""

    language: str = ""
    """`en` or `fr`; empty follows the system."""
    theme: str = ""
    """`light` or `dark`; empty follows the system."""
    library: str = ""
    """The library opened last."""
    model: str = ""
    """The speech model to use; empty picks the best there is."""
    name: str = ""
    """Who sits here, as it stands beside what they change; empty is the name of their account."""
    suggestions: str = ""
    """`off` where codes are not to be suggested; empty suggests them."""


def load(file: Path) -> Settings:
    """Return the settings in `file`; a missing or unreadable file gives the defaults."""
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    known = {field.name for field in fields(Settings)}
    return replace(Settings(), **{k: v for k, v in read.items() if k in known and isinstance(v, str)})


def save(settings: Settings, file: Path) -> None:
    """Write the settings, part first, then rename."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    part.write_text(json.dumps(asdict(settings), indent=1), encoding="utf-8")
    part.replace(file)
