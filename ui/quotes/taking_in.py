"""Taking in: what a file that came back would change, told before it does; one press does it, Undo takes it back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from storybank.domain.dossier import Retagging
from storybank.services.edits import Edit
from storybank.words import Words

if TYPE_CHECKING:
    from ui.wiring import App

TABLE, CATALOGUE = "table", "catalogue"
MOST_ROWS = 8


@dataclass(frozen=True, slots=True)
class Coming:
    """A file that came back: what it would change, and the edit that does it; without changes there is none."""

    kind: str
    file: Path
    changes: Retagging
    edit: Edit | None


def read(app: App, kind: str, file: Path) -> Coming:
    """Return what a file would change; it changes nothing yet."""
    if kind == TABLE:
        taken = app.dossiers.plan(file)
        return Coming(kind, file, taken.retagging, taken.edit)
    from storybank.services.cataloguing import take_in_all

    told, edits = app.cataloguing.plan(file)
    return Coming(kind, file, told, take_in_all(edits) if edits else None)


def would(coming: Coming, tr: Words) -> str:
    """Return what a file would change, in a line."""
    n, same = len(coming.changes.changed), coming.changes.same
    if not n:
        return tr("{file}: Nothing would change.", file=coming.file.name)
    changed = (tr.many("{n} quote would change.", "{n} quotes would change.", n) if coming.kind == TABLE
               else tr.many("{n} story would change.", "{n} stories would change.", n))
    stays = tr.many("{n} stays as it is.", "{n} stay as they are.", same)
    return tr("{file}: {changed} {stays}", file=coming.file.name, changed=changed, stays=stays)


def did(coming: Coming, tr: Words) -> str:
    """Return what was changed, in a line."""
    n = len(coming.changes.changed)
    return (tr.many("{n} quote was changed.", "{n} quotes were changed.", n) if coming.kind == TABLE
            else tr.many("{n} story was changed.", "{n} stories were changed.", n))


def details(coming: Coming, tr: Words) -> list[str]:
    """Return which would change, and each row that is not taken with the reason; the rest is counted."""
    lines = [", ".join(coming.changes.changed[:20]) + (" …" if len(coming.changes.changed) > 20 else "")]
    refused = [tr("Row {row}: {why}", row=row, why=tr.sentence(why)) for row, why in coming.changes.refused]
    lines += refused[:MOST_ROWS]
    if rest := len(refused[MOST_ROWS:]):
        lines.append(tr("And {n} more.", n=rest))
    return [line for line in lines if line]
