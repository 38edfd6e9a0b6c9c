"""Tray: the drafts at hand beside the coverage; quotes are dragged to one, or put in with the keys."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from storybank.domain.draft import Draft
from storybank.errors import StorybankError
from storybank.words import Words
from ui.ask import explain
from ui.exports.said import kind_said, title_said
from ui.parts.card import Card
from ui.parts.page import scrolled
from ui.parts.rows import clear
from ui.parts.text import label, note, section
from ui.theme import SPACE_1, SPACE_2, SPACE_3

if TYPE_CHECKING:
    from ui.quotes.page import QuotesPage

MIME = "application/x-storybank-quotes"
WIDTH = 212


def drag_quotes(source: QWidget, codes: Sequence[str]) -> None:
    """Let somebody drag quotes by their codes, with the card under the hand."""
    drag, told = QDrag(source), QMimeData()
    told.setData(MIME, "\n".join(codes).encode())
    drag.setMimeData(told)
    drag.setPixmap(source.grab().scaledToWidth(240, Qt.TransformationMode.SmoothTransformation))
    drag.exec(Qt.DropAction.CopyAction)


class TrayCard(Card):
    """A draft that quotes can be let go on. A press opens it."""

    given = Signal(object)
    opened = Signal()

    def __init__(self, tr: Words, draft: Draft) -> None:
        super().__init__(pressable=True, pad=SPACE_3)
        self.draft = draft
        title = title_said(draft, tr.language, tr)
        self.setAcceptDrops(True)
        self.body.setSpacing(SPACE_1)
        self.body.addWidget(note(f"{kind_said(draft, tr)} · {draft.code}"))
        self.body.addWidget(label(title, "strong", wrap=True))
        self.body.addWidget(note(tr.many("{n} quote", "{n} quotes", len(draft.codes))))
        self.setAccessibleName(f"{title}. {tr.many('{n} quote', '{n} quotes', len(draft.codes))}")
        self.setToolTip(tr("Let quotes go here, or press to open it"))
        self.pressed.connect(self.opened)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()
            self.set_chosen(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self.set_chosen(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.set_chosen(False)
        event.acceptProposedAction()
        self.given.emit(bytes(event.mimeData().data(MIME).data()).decode().splitlines())


class DraftTray(QWidget):
    """Every draft, the latest saved first."""

    def __init__(self, page: QuotesPage) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.setFixedWidth(WIDTH)
        self._page, self._app, self._tr = page, page.app, page.tr_
        self.cards: list[TrayCard] = []
        holder = QWidget()
        self._cards = QVBoxLayout(holder)
        self._cards.setContentsMargins(0, 0, SPACE_2, SPACE_3)
        self._cards.setSpacing(SPACE_2)
        self.empty = note(self._tr("No brief or kit is being written. Begin one under Exports, and put quotes into it "
                                   "here."))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(section(self._tr("Drafts")))
        column.addWidget(self.empty)
        column.addWidget(scrolled(holder), 1)
        self.refresh()

    def refresh(self) -> None:
        """Read the drafts anew."""
        drafts = self._app.building.all()
        if [card.draft for card in self.cards] == drafts and drafts:
            return
        clear(self._cards)
        self.cards = [self._card(draft) for draft in drafts]
        for card in self.cards:
            self._cards.addWidget(card)
        self._cards.addStretch(1)
        self.empty.setVisible(not drafts)

    def put(self, draft: Draft, codes: Sequence[str]) -> None:
        """Put quotes into a draft; the line that says so takes it back."""
        page, tr = self._page, self._tr
        new = [code for code in dict.fromkeys(codes) if code not in draft.codes]
        title = title_said(draft, tr.language, tr)
        if not new:
            page.toast.say(tr("“{title}” has them already.", title=title))
            return
        try:
            page.history.make(self._app.building.add_quotes(draft.code, new))
        except StorybankError as error:
            explain(page.toast, tr, error)
            return
        said = tr.many("{n} quote is put into", "{n} quotes are put into", len(new))
        page.toast.say(f"{said} “{title}”.", "good", actions=[
            (tr("Undo"), self._undo), (tr("Open it"), lambda: page.draft_asked.emit(draft.code))])

    def menu(self, codes: Sequence[str]) -> QMenu:
        """Return the drafts to choose from, for the keys."""
        menu, tr = QMenu(self), self._tr
        menu.setAccessibleName(tr("Put into"))
        for draft in self._app.building.all():
            words = f"{title_said(draft, tr.language, tr)} · {kind_said(draft, tr)}".replace("&", "&&")
            menu.addAction(words, partial(self.put, draft, codes))
        if menu.isEmpty():
            menu.addAction(tr("Begin a brief or a kit under Exports first")).setEnabled(False)
        return menu

    def ask(self, codes: Sequence[str], at: QWidget) -> None:
        """Ask into which draft the quotes go."""
        menu = self.menu(codes)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at.mapToGlobal(QPoint(0, at.height())))

    def _undo(self) -> None:
        self._page.history.undo()
        self._page.toast.hide()

    def _card(self, draft: Draft) -> TrayCard:
        card = TrayCard(self._tr, draft)
        card.given.connect(lambda codes: self.put(draft, codes))
        card.opened.connect(lambda: self._page.draft_asked.emit(draft.code))
        return card
