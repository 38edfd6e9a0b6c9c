"""The editor of one code: its names, what it stands for, its aliases, its colour. Whatever is left is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from storybank.domain.codebook import Code
from storybank.domain.codebook_changes import Count
from storybank.domain.colour import as_hex, contrast, contrast_told, is_legible, nearest_legible, on_dark
from storybank.services.edits import Edit
from storybank.words import Words
from ui.parts.buttons import link_button, quiet_button, stop_button
from ui.parts.card import Card
from ui.parts.fields import line_field, tick
from ui.parts.page import labelled
from ui.parts.text import label, note, section
from ui.quotes.codebook_swatches import Sample, Swatches
from ui.theme import DARK, SPACE_2, SPACE_3, Tokens

if TYPE_CHECKING:
    from storybank.services.codebooks import Codebooks

class GistField(QPlainTextEdit):
    """A description; it is kept when one leaves it."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class CodeEditor(Card):
    """One code, to be changed; or a word about where to begin."""

    made = Signal(object)
    """A function that returns an edit."""
    merge_asked = Signal(str)
    split_asked = Signal(str)
    remove_asked = Signal(str)
    heading_asked = Signal(str, bool)

    def __init__(self, codebooks: Codebooks, tr: Words, tokens: Tokens) -> None:
        super().__init__()
        self._codebooks, self._tr = codebooks, tr
        self.code: Code | None = None
        self._title = section("")
        self._title.setWordWrap(True)
        self._about = note("")
        self.body.addWidget(self._title)
        self.body.addWidget(self._about)
        self._build_fields()
        self._build_colour(tokens)
        self._build_actions()
        self.body.addStretch(1)
        self.show_code(None, Count(0, 0), 0)

    def show_code(self, code: Code | None, count: Count, below: int) -> None:
        """Show a code; a field that somebody writes in keeps what they wrote."""
        same = code is not None and self.code is not None and code.key == self.code.key
        self.code = code
        for widget in self._parts:
            widget.setVisible(code is not None)
        if code is None:
            self._title.setText(self._tr("Choose a code"))
            self._about.setText(self._tr("Its names, its description and its colour are changed here."))
            return
        self._title.setText(code.label(self._tr.language))
        self._about.setText(self._tr("Quotes: {own}. With those under it: {below}. Codes under it: {codes}.",
                                     own=count.own, below=count.below, codes=below))
        for name, field in self._texts.items():
            if not (same and field.hasFocus()):
                field.setText(getattr(code, name))
                field.setCursorPosition(0)
        for name, gist in self._gists.items():
            if not (same and gist.hasFocus()):
                gist.setPlainText(getattr(code, name))
        if not (same and self.aliases.hasFocus()):
            self.aliases.setPlainText("; ".join(code.aliases))
        self.colour.setText(code.colour)
        self._tell_colour()
        self.heading.setChecked(not code.codable)
        self._split.setVisible(bool(count.own))

    def begin(self) -> None:
        """Put the cursor into the name."""
        field = self._texts["label_fr" if self._tr.language == "fr" else "label_en"]
        field.setFocus()
        field.selectAll()

    # ---- parts -------------------------------------------------------------------------------------------------

    def _build_fields(self) -> None:
        tr = self._tr
        self._texts: dict[str, QLineEdit] = {
            "label_en": line_field(tr("Label in English")), "label_fr": line_field(tr("Label in French")),
            "short_en": line_field(tr("Short, in English")), "short_fr": line_field(tr("Short, in French")),
        }
        self._gists = {"gist_en": GistField(), "gist_fr": GistField()}
        self.aliases = GistField()
        self._parts: list[QWidget] = []
        for names in (("label_en",), ("label_fr",), ("short_en", "short_fr")):
            self._side_by_side(*(labelled(self._texts[one].accessibleName(), self._texts[one]) for one in names))
        self._side_by_side(labelled(tr("What it stands for, in English"), self._gists["gist_en"]),
                           labelled(tr("What it stands for, in French"), self._gists["gist_fr"]))
        self._add(labelled(tr("Aliases"), self.aliases,
                           tr("Other words for it, in either language, with semicolons between them.")))
        for name, field in self._texts.items():
            field.editingFinished.connect(partial(self._keep_text, name))
        for name, gist in self._gists.items():
            gist.setFixedHeight(92)
            gist.setTabChangesFocus(True)
            gist.left.connect(partial(self._keep_gist, name))
        self.aliases.setFixedHeight(64)
        self.aliases.setTabChangesFocus(True)
        self.aliases.left.connect(self._keep_aliases)

    def _build_colour(self, tokens: Tokens) -> None:
        tr = self._tr
        self.colour = line_field(tr("Colour"), hint=tr("The theme's own"))
        self.colour.setMaximumWidth(170)
        self.colour.textEdited.connect(lambda _text: self._tell_colour())
        self.colour.editingFinished.connect(self._keep_colour)
        self.sample = Sample(tokens)
        holder = QWidget()
        holder.setObjectName("plain")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_3)
        row.addWidget(self.colour)
        row.addWidget(self.sample)
        row.addStretch(1)
        self._add(labelled(tr("Colour"), holder))
        self.colour.setAccessibleName(tr("Colour"))
        self._add(Swatches(tr, tokens, self._choose_colour))
        self.told = label("", "note", wrap=True)
        self._add(self.told)
        self.take = link_button(tr("Take it"), self._take_nearest)
        self._side_by_side(self.take, stretch=True)
        self.heading = tick(tr("Only a heading, without quotes of its own"))
        self.heading.clicked.connect(self._ask_heading)
        self._add(self.heading)

    def _build_actions(self) -> None:
        tr = self._tr
        self._split = quiet_button(tr("Split…"), lambda: self._ask(self.split_asked.emit))
        self._merge = quiet_button(tr("Merge…"), lambda: self._ask(self.merge_asked.emit))
        self._remove = stop_button(tr("Remove…"), lambda: self._ask(self.remove_asked.emit))
        self._side_by_side(self._merge, self._split, self._remove, stretch=True)

    def _side_by_side(self, *widgets: QWidget, stretch: bool = False) -> None:
        holder = QWidget()
        holder.setObjectName("plain")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_2)
        for widget in widgets:
            row.addWidget(widget, 0 if stretch else 1)
        if stretch:
            row.addStretch(1)
        self._add(holder)

    def _add(self, widget: QWidget) -> None:
        self._parts.append(widget)
        self.body.addWidget(widget)

    # ---- what is kept ------------------------------------------------------------------------------------------

    def _ask(self, emit: Callable[[str], None]) -> None:
        if self.code:
            emit(self.code.key)

    def _ask_heading(self, on: bool) -> None:
        if self.code:
            self.heading_asked.emit(self.code.key, on)

    def _make(self, plan: Callable[[], Edit]) -> None:
        self.made.emit(plan)

    def _keep_text(self, name: str) -> None:
        code, text = self.code, self._texts[name].text()
        if code and text.strip() != getattr(code, name):
            self._make(lambda: self._codebooks.rename(code.key, **{name: text}).edit)

    def _keep_gist(self, name: str) -> None:
        code, text = self.code, self._gists[name].toPlainText()
        if code and text.strip() != getattr(code, name):
            self._make(lambda: self._codebooks.describe(code.key, **{name: text}))

    def _keep_aliases(self) -> None:
        code, text = self.code, self.aliases.toPlainText()
        if code and text.strip() != "; ".join(code.aliases):
            self._make(lambda: self._codebooks.call(code.key, [text]))

    def _keep_colour(self) -> None:
        code, text = self.code, self.colour.text().strip()
        wanted = as_hex(text)
        if code and wanted != code.colour and (not text or (wanted and is_legible(wanted))):
            self._make(lambda: self._codebooks.colour(code.key, text))

    def _choose_colour(self, colour: str) -> None:
        self.colour.setText(colour)
        self._tell_colour()
        self._keep_colour()

    def _take_nearest(self) -> None:
        if wanted := as_hex(self.colour.text()):
            self._choose_colour(nearest_legible(wanted))

    def _tell_colour(self) -> None:
        """Say how well the colour that stands in the field can be read, and offer the nearest that can."""
        tr, text = self._tr, self.colour.text().strip()
        wanted = as_hex(text)
        legible = bool(wanted) and is_legible(wanted)
        self.take.setVisible(self.code is not None and bool(wanted) and not legible)
        self.sample.show_colour(wanted if legible else "")
        if not text:
            said = tr("Empty: the theme chooses.")
        elif not wanted:
            said = tr("Write it as #0c6e63.")
        elif legible:
            dark = min(contrast(on_dark(wanted), ground) for ground in (DARK.surface, DARK.paper))
            said = tr("Contrast {light} on light, {dark} in the dark; text needs 4.5.",
                      light=f"{contrast_told(wanted):.1f}", dark=f"{dark:.1f}")
        else:
            said = tr("Too light to be read: contrast {light}, and text needs 4.5. The nearest that can be read is"
                      " {nearest}.", light=f"{contrast_told(wanted):.1f}", nearest=nearest_legible(wanted))
        self.told.setText(said)
