"""A new tag in the words of the storyteller: named by what was selected, changed before it is made, put with others."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from storybank.domain.codebook import MOST_LEVELS, Code, CodeKind, by_key, path_of
from storybank.words import Words
from ui.parts.buttons import link_button, main_button
from ui.parts.fields import line_field
from ui.parts.text import note
from ui.workbench.bars import Bar

LONGEST = 60
"""Characters that a tag's name has at most when it is made of what was said."""
_EDGES = " .,;:!?…\"'«»“”‘’()[]—–-"


class NewTagBar(Bar):
    """A name, and where the tag will stand. Enter makes it."""

    named = Signal(str, str)
    """The name, and the key of the code it stands under; empty for an own tag."""

    def __init__(self, tr: Words) -> None:
        super().__init__(tr, tr("New tag"))
        self._tr = tr
        self._under = ""
        self.field = line_field(tr("Name of the new tag"), hint=tr("What this is called"))
        self.field.setMaxLength(LONGEST)
        self.field.installEventFilter(self)
        self.where = note("", wrap=False)
        self.apart = link_button(tr("Make it an own tag"), self._set_apart)
        self.make = main_button(tr("Make the tag"), self._make)
        self.add_row(self.field, self.make, stretch=self.field, closing=True)
        self.add_row(self.where, self.apart)

    def ask(self, text: str, codes: Sequence[Code], last: Collection[str], language: str) -> None:
        """Offer a tag named by some words, beside the code that was used last."""
        known = by_key(codes)
        above = home_of([known[key] for key in last if key in known], known)
        self._under = above.key if above else ""
        where = " › ".join(code.short(language) for code in path_of(above, known)) if above else ""
        self.where.setText(self._tr("It will stand under {where}.", where=where) if above
                           else self._tr("It will stand among the own tags."))
        self.apart.setVisible(above is not None)
        self.field.setText(named_by(text))
        self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
                and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)):
            self._make()
            return True
        return super().eventFilter(watched, event)

    def _set_apart(self) -> None:
        self._under = ""
        self.where.setText(self._tr("It will stand among the own tags."))
        self.apart.hide()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make(self) -> None:
        if name := self.field.text().strip():
            self.hide()
            self.named.emit(name, self._under)


def named_by(text: str) -> str:
    """Return a name of at most 60 characters, cut at a word, out of what was said."""
    bare = " ".join(text.split()).strip(_EDGES)
    if len(bare) <= LONGEST:
        return bare
    return bare[:LONGEST + 1].rsplit(" ", 1)[0][:LONGEST].strip(_EDGES)


def home_of(last: Sequence[Code], codes: dict[str, Code]) -> Code | None:
    """Return the code that a new one stands under, beside what was used last; None for an own tag.

    Beside a code that stands under another one, it stands under the same; beside a building block or a stage it
    stands under that; a tag that somebody says is nobody's stakeholder.
    """
    fit = [code for code in last if code.kind is not CodeKind.STAKEHOLDER]
    if not fit:
        return None
    nearest = max(fit, key=lambda code: len(path_of(code, codes)))
    if nearest.parent:
        return codes.get(nearest.parent)
    return nearest if nearest.kind is not CodeKind.FREE and MOST_LEVELS > 1 else None
