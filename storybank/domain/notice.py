"""Notice: the text people are given when they are asked for consent, kept word for word, version by version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Notice:
    """One version of a consent form in one language. It never changes: a new text is a new version."""

    id: str
    key: str
    """What the versions and languages of one form have in common, such as `voices`."""
    version: str
    language: str
    title: str
    body: str
    """Paragraphs separated by an empty line; a line that begins with `# ` is a heading, with `- ` a list item."""
    uses: tuple[str, ...] = ()
    """Keys of the uses that it asks about, one by one."""
    contacts: tuple[str, ...] = ()
    """Whom to tell when one changes one's mind; best more than one."""
    effective_from: date | None = None
    is_template: bool = False
    """True for the starter text that ships with Storybank: it needs the organisation's own review."""

    @property
    def sha256(self) -> str:
        """Return the hash of everything that was put before the person."""
        said = [self.key, self.version, self.language, self.title, self.body, list(self.uses), list(self.contacts)]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()

    @property
    def name(self) -> str:
        """Return how people refer to it, such as `voices 2026-11 (fr)`."""
        return f"{self.key} {self.version} ({self.language})"

    def blocks(self) -> Iterator[tuple[str, str]]:
        """Yield each `heading`, `item` and `paragraph` of the text; lines of one paragraph are joined."""
        waiting: list[str] = []
        for line in [*self.body.splitlines(), ""]:
            text = line.strip()
            kind = "heading" if text.startswith("# ") else "item" if text.startswith("- ") else ""
            if waiting and (kind or not text):
                yield "paragraph", " ".join(waiting)
                waiting = []
            if kind:
                yield kind, text[2:].strip()
            elif text:
                waiting.append(text)
