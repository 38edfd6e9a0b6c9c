"""Fields for how a quote may be read besides: shortened or translated, with what is wrong told as one types."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from storybank.domain.integrity import faults_of, translation_faults
from storybank.domain.quote import Quote, Translation
from storybank.services.edits import Edit
from storybank.words import LANGUAGES, Words
from ui.parts.buttons import link_button, quiet_button
from ui.parts.fields import Choice, line_field
from ui.parts.flow import Flow
from ui.parts.text import label, note
from ui.theme import SPACE_1, SPACE_2, Tokens

if TYPE_CHECKING:
    from ui.wiring import App

HIGH = 88
PAUSE_MS = 120
"""After so long without a key, what was typed is looked at."""
LAID_OUT_MS = 60
"""After so long the column of cards has made room for what is told."""
_MOST_TOLD = 4
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

Plan = Callable[[], Edit]


class WordingField(QWidget):
    """Words to edit, what is wrong with them, and what to do. Ctrl+Enter keeps them, Esc lets them go."""

    wanted = Signal(object)
    """What would keep the words: a function that returns an edit."""
    left = Signal()
    grown = Signal()
    """More is told than before: what stands beneath may be out of sight."""

    def __init__(self, app: App, tr: Words, quote: Quote) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.app, self.tr_, self.quote = app, tr, quote
        self._before: tuple[str, ...] = ()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.check)
        self.text = QPlainTextEdit()
        self.text.setFixedHeight(HIGH)
        self.text.setTabChangesFocus(True)
        self.text.installEventFilter(self)
        self.grave, self.doubtful = label("", "note", wrap=True, tone="stop"), label("", "note", wrap=True, tone="warn")
        self.save = quiet_button(tr("Save"), self.keep)
        self.save.setToolTip(tr("Ctrl+Enter keeps it, Esc lets it go"))
        self.clear = link_button("", self._clear)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, SPACE_1, 0, SPACE_1)
        self.column.setSpacing(SPACE_1)

    @property
    def typed(self) -> str:
        """Return the words as they are typed."""
        return " ".join(self.text.toPlainText().split())

    @property
    def draft(self) -> tuple[str, ...]:
        """Return everything that is typed or chosen."""
        return (self.text.toPlainText(),)

    def read_draft(self, draft: tuple[str, ...]) -> None:
        """Show what was typed before."""
        self.text.setPlainText(draft[0])
        self.check()

    def begin(self) -> None:
        """Put the cursor behind the words."""
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.text.moveCursor(self.text.textCursor().MoveOperation.End)

    def check(self) -> bool:
        """Say what is wrong with the words; tell whether they can be kept."""
        self._pause.stop()
        grave, doubtful = self.faults()
        told_before = len(self.text.accessibleDescription())
        for told, said in ((self.grave, grave), (self.doubtful, doubtful)):
            told.setText("\n".join(said[:_MOST_TOLD]))
            told.setVisible(bool(said))
        self.text.setAccessibleDescription("\n".join((*grave, *doubtful)))
        if len(self.text.accessibleDescription()) > told_before:
            QTimer.singleShot(LAID_OUT_MS, self, self.grown.emit)
        good = not grave and bool(self.typed)
        self.save.setEnabled(good)
        return good

    def keep(self) -> None:
        """Ask that the words be kept, if they can be; those that stand so already need nothing."""
        if self.draft == self._before:
            self.left.emit()
        elif self.check():
            self.wanted.emit(self.plan(self.typed))

    def faults(self) -> tuple[list[str], list[str]]:
        """Return why the words cannot be kept, and what to look at again."""
        raise NotImplementedError

    def plan(self, text: str) -> Plan:
        """Return what keeps these words; without words, what takes them out."""
        raise NotImplementedError

    def build(self, *above: QWidget) -> None:
        """Put the parts under one another."""
        buttons = QWidget()
        buttons.setObjectName("plain")
        flow = Flow(buttons, SPACE_2, SPACE_1)
        ways = (self.save, self.clear, link_button(self.tr_("Cancel"), self.left.emit))
        for button in ways:
            flow.addWidget(button)
        for part in (*above, self.grave, self.doubtful, buttons):
            self.column.addWidget(part)
        stops = [one for one in (*above, *ways) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
        self.text.textChanged.connect(self._pause.start)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _ENTER and (
                event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            self.keep()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() not in (*_ENTER, Qt.Key.Key_Space):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def _clear(self) -> None:
        self.wanted.emit(self.plan(""))


class ShortenField(WordingField):
    """A quote with words cut out: `[…]` for what is left out, brackets for what is added."""

    def __init__(self, app: App, tr: Words, _tokens: Tokens, quote: Quote) -> None:
        super().__init__(app, tr, quote)
        self.text.setAccessibleName(tr("Quote {code}, shortened", code=quote.code))
        self.text.setPlainText(quote.wording or quote.text)
        self.clear.setText(tr("As it was said"))
        self.clear.setAccessibleName(self.clear.text())
        self.clear.setVisible(bool(quote.wording))
        self.build(label(tr("Shorten"), "strong"), note(tr(
            "Write […] for what you cut, and put in [brackets] what you add. Nothing else may differ.")), self.text)
        self._before = self.draft
        self.check()

    def faults(self) -> tuple[list[str], list[str]]:
        """Return where the words leave what was said."""
        if not self.typed:
            return [], []
        found = faults_of(self.quote.text, self.typed)
        told = {one: self.tr_.sentence(one.message) for one in found}
        return ([text for one, text in told.items() if one.is_grave],
                [text for one, text in told.items() if not one.is_grave])

    def plan(self, text: str) -> Plan:
        """Return what lets the quote be read so."""
        return partial(self.app.wording.shorten, self.quote.id, text)


class TranslateField(WordingField):
    """A quote in another language, and who translated it."""

    def __init__(self, app: App, tr: Words, tokens: Tokens, quote: Quote) -> None:
        super().__init__(app, tr, quote)
        named = {"en": tr("English"), "fr": tr("French")}
        others = [(one, named[one]) for one in LANGUAGES if one != quote.language.split("-")[0]]
        self.language = Choice(tokens, tr("Language of the translation"), others)
        self.language.setVisible(len(others) > 1)
        self.translator = line_field(tr("Who translated it"))
        self.translator.installEventFilter(self)
        self.text.setAccessibleName(tr("Quote {code}, translated", code=quote.code))
        self.clear.setText(tr("Take out"))
        self.clear.setAccessibleName(self.clear.text())
        self._heading, self._marked = label("", "strong", wrap=True), note("")
        self.build(self._heading, self.language, self.text, note(tr("Translated by")), self.translator, self._marked)
        self.language.currentIndexChanged.connect(self._show_language)
        self._show_language()

    @property
    def draft(self) -> tuple[str, ...]:
        """Return everything that is typed or chosen."""
        return self.text.toPlainText(), self.language.key, self.translator.text()

    def read_draft(self, draft: tuple[str, ...]) -> None:
        """Show what was typed before."""
        self.language.choose(draft[1])
        self.translator.setText(draft[2])
        super().read_draft(draft)

    @property
    def there(self) -> Translation | None:
        """Return the translation that is kept already."""
        return next((one for one in self.quote.translations if one.language == self.language.key), None)

    def faults(self) -> tuple[list[str], list[str]]:
        """Return why this is no translation of the quote."""
        if not self.typed:
            return [], []
        return [*map(self.tr_.sentence, translation_faults(self.quote, self.language.key, self.typed))], []

    def plan(self, text: str) -> Plan:
        """Return what keeps the translation beside the quote."""
        return partial(self.app.wording.translate, self.quote.id, self.language.key, text,
                       self.translator.text().strip())

    def _show_language(self) -> None:
        there, sign = self.there, "[Traduction]" if self.language.key == "fr" else "[Translation]"
        self._heading.setText(self.tr_("Translate into French") if self.language.key == "fr" else
                              self.tr_("Translate into English"))
        self._marked.setText(self.tr_("It is always shown with {sign} before it.", sign=sign))
        self.text.setPlainText(there.text if there else "")
        self.translator.setText(there.translator if there else self.app.author)
        self.clear.setVisible(there is not None)
        self._before = self.draft if there else ()
        self.check()
