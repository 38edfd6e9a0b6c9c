"""Undo: Qt's stack, holding edits that the services made."""

from __future__ import annotations

from PySide6.QtGui import QUndoCommand, QUndoStack

from storybank.errors import StorybankError
from storybank.services.edits import Edit


class History(QUndoStack):
    """The window's undo and redo."""

    def make(self, edit: Edit) -> None:
        """Make the change and remember the way back; a change that fails is not remembered."""
        edit.do()
        self.push(_Made(edit))

    def drop_last(self) -> None:
        """Take the latest change back, as if it had never been made: it cannot be done again."""
        last = self.command(self.index() - 1)
        last.undo()
        last.setObsolete(True)
        self.undo()  # lets go of what is obsolete, without undoing it again


class _Made(QUndoCommand):
    """An edit that has been made already, so the redo that `push` calls at once does nothing."""

    def __init__(self, edit: Edit) -> None:
        super().__init__(str(edit.label))
        self._edit = edit
        self._fresh = True

    def redo(self) -> None:
        if self._fresh:
            self._fresh = False
            return
        try:
            self._edit.do()
        except StorybankError:
            self.setObsolete(True)
            raise

    def undo(self) -> None:
        try:
            self._edit.undo()
        except StorybankError:
            self.setObsolete(True)
            raise
