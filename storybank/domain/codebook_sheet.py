"""A codebook as a file tells it, and what taking it in would do; whatever program wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from storybank.domain.codebook import CodeKind
from storybank.words import Sentence

MOST_CODES = 5_000
"""More than anybody keeps; a file with more is no codebook."""
LIST_NAMES = {
    CodeKind.BLOCK: ("Building blocks", "Piliers"),
    CodeKind.STAKEHOLDER: ("Stakeholders", "Parties prenantes"),
    CodeKind.STAGE: ("Pathway stages", "Étapes du parcours"),
    CodeKind.FREE: ("Free codes", "Codes libres"),
}
"""What the lists are called where other programs see them, in English and French."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A code as a file tells it."""

    name: str
    """As it is told of in a report."""
    told: Mapping[str, object] = field(default_factory=dict)
    """The fields of a `Code` that the file says something about; an empty text is said, too."""
    key: str = ""
    guid: str = ""
    kind: CodeKind | None = None
    above: int | None = None
    """The place in `entries` of the one it stands under, which comes before it."""
    parent: str = ""
    """Key or name of a code it stands under that is not in the file."""


@dataclass(frozen=True, slots=True)
class Left:
    """Something in a file that cannot be taken in, and why."""

    name: str
    why: Sentence


@dataclass(frozen=True, slots=True)
class CodebookSheet:
    """What a file says: parents before those under them."""

    entries: tuple[Entry, ...]
    refused: tuple[Left, ...] = ()
    remarks: tuple[Sentence, ...] = ()
    """What was put right or passed over in reading."""
    tells_place: bool = True
    """Whether it says under which code each stands."""
    tells_order: bool = True
