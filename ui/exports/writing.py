"""Writing: fields for the words of a draft, in one language at a time, with their length and what is still missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from storybank.domain.twin import NOTHING, Twin
from storybank.words import Words
from ui.parts.text import label, note, restyle
from ui.theme import SPACE_1, SPACE_2

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

MOST_HIGH = 260
LANGUAGES = {"en": "English", "fr": "Français"}


class Growing(QPlainTextEdit):
    """A field that is as high as its words. One of a single paragraph takes no line break."""

    left = Signal()

    def __init__(self, name: str, lines: int = 1) -> None:
        super().__init__()
        self._lines = lines
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._fit)
        self._fit()

    def fill(self, text: str) -> None:
        """Show a text without saying that it was typed."""
        if text != self.toPlainText():
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)
            self._fit()

    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return not source.hasUrls() and super().canInsertFromMimeData(source)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._lines == 1 and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return
        super().keyPressEvent(event)

    def _fit(self) -> None:
        lines = max(self._lines, round(self.document().size().height()))
        room = 2 * round(self.document().documentMargin()) + 12
        high = min(MOST_HIGH, lines * self.fontMetrics().lineSpacing() + room)
        always = Qt.ScrollBarPolicy.ScrollBarAsNeeded if high == MOST_HIGH else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(always)
        self.setFixedHeight(max(36, high))


class TwinField(QWidget):
    """A text in the language that is shown: its name, its length against its limit, and what the other half says."""

    typed = Signal(object)
    """The twin as it is now."""
    left = Signal()

    def __init__(self, tr: Words, name: str, *, lines: int = 1, most: int = 0, hint: str = "",
                 quiet: bool = False) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._tr, self.name, self._most = tr, name, most
        self.twin, self._language = NOTHING, "en"
        self.field = Growing(name, lines)
        self.field.setPlaceholderText(hint)
        self.count, self.missing = label("", "note"), note()
        self._build(quiet)
        self.field.textChanged.connect(self._on_typed)
        self.field.left.connect(self.left)

    def show_twin(self, twin: Twin, language: str) -> None:
        """Show a twin's half in a language."""
        self.twin, self._language = twin, language
        whole = twin.fr if language == "fr" else twin.en
        if whole.strip() != self.field.toPlainText().strip() or not self.field.hasFocus():
            self.field.fill(whole)
        self._tell()

    def _build(self, quiet: bool) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        self.head = row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        self.heading: QLabel = label(self.name, "soft" if quiet else "strong", wrap=True)
        row.addWidget(self.heading, 1)
        row.addWidget(self.count)
        column.addLayout(row)
        column.addWidget(self.field)
        column.addWidget(self.missing)

    def _on_typed(self) -> None:
        self.twin = self.twin.saying(self._language, self.field.toPlainText())
        self._tell()
        self.typed.emit(self.twin)

    def _tell(self) -> None:
        words, tr = len(self.field.toPlainText().split()), self._tr
        if self._most:
            self.count.setText(tr("{n} of {most} words", n=words, most=self._most))
            restyle(self.count, tone="stop" if words > self._most else "")
        else:
            self.count.setText(tr.many("{n} word", "{n} words", words) if words > 9 else "")
        lacking = self.twin.is_missing_in(self._language)
        other = "en" if self._language == "fr" else "fr"
        if lacking:
            self.missing.setText(tr("Not written in {language} yet. {other}: “{text}”", text=self.twin.said(other),
                                    language=within_sentence(self._language, tr), other=LANGUAGES[other]))
        self.missing.setVisible(lacking)
        self.field.setAccessibleDescription(f"{self.count.text()} {self.missing.text() if lacking else ''}".strip())


def said_language(language: str, tr: Words) -> str:
    """Return a language's name in the language of the window."""
    return tr("French") if language == "fr" else tr("English")


def within_sentence(language: str, tr: Words) -> str:
    """Return a language's name as it stands in a sentence: French writes it small."""
    name = said_language(language, tr)
    return name.lower() if tr.language == "fr" else name
