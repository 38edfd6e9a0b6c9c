"""Versions: a draft as it was; a version is kept, looked at, and put back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storybank.domain.draft import Draft, DraftVersion
from storybank.words import Words, say
from ui.exports.working import Working
from ui.parts.buttons import link_button, quiet_button
from ui.parts.rows import clear
from ui.parts.said import moment
from ui.parts.text import label, note, section
from ui.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_5, Tokens

if TYPE_CHECKING:
    from ui.wiring import App


class Versions(QWidget):
    """The list, the newest first."""

    looked_at = Signal(object)
    """A draft as a version had it; None for the one of today."""

    def __init__(self, app: App, tr: Words, _tokens: Tokens, working: Working) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._app, self._tr, self._working = app, tr, working
        self.looking = 0
        """The version that is looked at; 0 for the one of today."""
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACE_3)
        self.keep_button = quiet_button(tr("Keep this version"), self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, SPACE_4, SPACE_5)
        column.setSpacing(SPACE_3)
        column.addWidget(section(tr("Versions")))
        column.addWidget(note(tr("What left the house is kept as it was. Keep a version to go on from it safely.")))
        row = QHBoxLayout()
        row.addWidget(self.keep_button)
        row.addStretch(1)
        column.addLayout(row)
        column.addLayout(self._rows)
        column.addStretch(1)

    def refresh(self) -> None:
        """Read the list anew."""
        clear(self._rows)
        draft = self._working.draft
        if draft is None:
            return
        versions = self._app.building.versions(draft.id)
        for one in versions:
            self._rows.addWidget(self._row(draft, one, newest=one is versions[0]))
        self.keep_button.setEnabled(bool(versions) and not versions[0].kept)

    def keep(self) -> None:
        """See that the version of today is never written over."""
        if draft := self._working.draft:
            self._working.settle()
            self._app.building.keep(draft.id)
            self.refresh()

    def look(self, number: int) -> None:
        """Show a version in the preview; 0 shows the draft of today."""
        if draft := self._working.draft:
            self.looking = number
            self.looked_at.emit(self._app.building.version(draft.id, number) if number else None)
            self.refresh()

    def restore(self, number: int) -> None:
        """Go on from a version; what is there now can be had back with Ctrl+Z."""
        if draft := self._working.draft:
            old = self._app.building.version(draft.id, number)
            self.looking = 0
            self._working.make(say("Put a version back"), old)
            self.looked_at.emit(None)
            self.refresh()

    def _row(self, draft: Draft, one: DraftVersion, *, newest: bool) -> QWidget:
        tr, holder = self._tr, QWidget()
        holder.setObjectName("plain")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        said = tr("{code}, version {n}", code=draft.code, n=one.version)
        column.addWidget(label(said, "strong"))
        told = [moment(one.saved_at, tr.language), one.saved_by, tr("kept") if one.kept else "",
                tr("today's") if newest else ""]
        column.addWidget(note(" · ".join(filter(None, told))))
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        if not newest:
            is_shown = self.looking == one.version
            look = link_button(tr("Back to today's") if is_shown else tr("Look at it"),
                               lambda: self.look(0 if is_shown else one.version))
            row.addWidget(look)
            row.addWidget(link_button(tr("Put it back"), lambda: self.restore(one.version)))
        row.addStretch(1)
        column.addLayout(row)
        return holder
