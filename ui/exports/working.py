"""Working: the draft that is open; what is typed is saved a second later, in steps that can be taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from storybank.domain.draft import Draft
from storybank.domain.events import DraftChanged, Event
from storybank.errors import NotFound, StorybankError
from storybank.words import Sentence, say
from ui.parts.bridge import Bridge
from ui.parts.undo import History

if TYPE_CHECKING:
    from ui.wiring import App

SAVED_AFTER_MS = 1000
WRITE = say("Write in the draft")


class Working(QObject):
    """Holds the open draft as its fields show it.

    `draft` is what one sees, `_kept` what the library has, `_step` where Ctrl+Z leads back to.
    """

    changed = Signal(object)
    """The draft says something else than before."""
    refilled = Signal(object)
    """The draft was changed elsewhere, or as a whole: fields are filled anew."""
    saved = Signal()
    gone = Signal()
    failed = Signal(object)

    def __init__(self, app: App, history: History, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._app, self._history = app, history
        self.draft: Draft | None = None
        self._kept: Draft | None = None
        self._step: Draft | None = None
        self._soon = QTimer(self, singleShot=True, interval=SAVED_AFTER_MS)
        self._soon.timeout.connect(self.save)
        bridge.happened.connect(self._on_happened)

    @property
    def is_saved(self) -> bool:
        """Tell whether the library has what one sees."""
        return self.draft is None or self._kept is None or _same(self.draft, self._kept)

    def open(self, draft: Draft) -> None:
        """Work on a draft, after what was typed into another is saved."""
        self.close()
        self.draft = self._kept = self._step = draft
        self.refilled.emit(draft)

    def close(self) -> None:
        """Save what was typed, and work on nothing."""
        self.settle()
        self.draft = self._kept = self._step = None

    def write(self, draft: Draft) -> None:
        """Take what is being typed; it is saved once the typing rests."""
        self.draft = draft
        self._soon.start()
        self.changed.emit(draft)

    def make(self, label: Sentence, draft: Draft) -> None:
        """Make one change, saved at once, and a step of its own."""
        self.settle()
        if self.draft is None or _same(draft, self.draft):
            return
        self._make(label, draft)
        self.refilled.emit(draft)
        self.changed.emit(draft)

    @Slot()
    def save(self) -> None:
        """Save what was typed, if anything was."""
        self._soon.stop()
        if self.draft is None or self.is_saved:
            return
        try:
            self._kept = self._app.building.save(self.draft)
        except StorybankError as error:
            self.failed.emit(error)
            return
        self.saved.emit()

    @Slot()
    def settle(self) -> None:
        """Save what was typed and make it one step: the field was left, or something else is done now."""
        self._soon.stop()
        if self.draft is not None and self._step is not None and not _same(self.draft, self._step):
            self._make(WRITE, self.draft)

    def _make(self, label: Sentence, draft: Draft) -> None:
        assert self._step is not None
        self._soon.stop()
        try:
            self._history.make(self._app.building.change(label, self._step, draft))
        except StorybankError as error:
            self.failed.emit(error)
            return
        self.draft = self._kept = self._step = draft
        self.saved.emit()

    @Slot(object)
    def _on_happened(self, event: Event) -> None:
        if not isinstance(event, DraftChanged) or self.draft is None or event.draft_id != self.draft.id:
            return
        try:
            found = self._app.building.find(self.draft.id)
        except NotFound:
            self._soon.stop()
            self.draft = self._kept = self._step = None
            self.gone.emit()
            return
        self._take(found)

    def _take(self, found: Draft) -> None:
        """Show what the library has, unless something was typed that it does not have yet."""
        assert self.draft is not None
        assert self._kept is not None
        if _same(found, self._kept):
            self._kept = found
            if _same(found, self.draft):
                self.draft = found
            return
        if not self.is_saved:
            return
        self.draft = self._kept = self._step = found
        self.refilled.emit(found)
        self.changed.emit(found)


def _same(one: Draft, other: Draft) -> bool:
    """Tell whether two drafts say the same, whenever they were saved."""
    return replace(one, version=0, saved_at="", saved_by="") == replace(other, version=0, saved_at="", saved_by="")
