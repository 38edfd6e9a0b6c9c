"""Page of settings: how the window speaks and looks, which speech models there are, and which library is open."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from storybank.settings import Settings
from storybank.words import Words
from ui.parts.bridge import Bridge
from ui.parts.buttons import quiet_button
from ui.parts.card import Card
from ui.parts.fields import Choice
from ui.parts.page import Page, labelled, scrolled
from ui.parts.text import label, note, section
from ui.settings.glossary import GlossaryCard
from ui.settings.models import ModelsCard
from ui.settings.readiness import ReadinessCard
from ui.settings.you import SuggestionsWanted, YourName
from ui.theme import SPACE_2, SPACE_4, SPACE_6, Tokens

if TYPE_CHECKING:
    from ui.wiring import App

WIDTH = 720
"""As wide as a line of text is comfortable to read."""


class SettingsPage(Page):
    """Few choices, each with what it does."""

    settings_changed = Signal(object)
    library_asked = Signal(object)

    def __init__(self, app: App, tr: Words, tokens: Tokens, bridge: Bridge, settings: Settings) -> None:
        super().__init__(tr, tr("Settings"))
        self._app, self._tokens, self._settings = app, tokens, settings
        self.set_subtitle(tr("For you, on this machine"))
        holder = QWidget()
        self._list = QVBoxLayout(holder)
        self._list.setContentsMargins(0, 0, SPACE_4, SPACE_6)
        self._list.setSpacing(SPACE_4)
        self._list.addWidget(self._window_card())
        self.models = ModelsCard(app, tr, bridge, self.toast)
        self.models.chosen.connect(self._choose_model)
        self._list.addWidget(self.models)
        self.readiness = ReadinessCard(app, tr, tokens, bridge, self.toast)
        self._list.addWidget(self.readiness)
        self.glossary = GlossaryCard(app, tr, tokens, bridge, self.toast)
        self._list.addWidget(self.glossary)
        self._list.addWidget(self._library_card())
        self._list.addStretch(1)
        holder.setMaximumWidth(WIDTH)
        self._area = scrolled(holder)
        self.body.addWidget(self._area, 1)

    def check_computer(self) -> None:
        """Look whether this computer is ready, where one sees it."""
        self.readiness.check()
        QTimer.singleShot(0, self.readiness, self._show_readiness)

    def _show_readiness(self) -> None:
        self._area.verticalScrollBar().setValue(self.readiness.y())

    def _window_card(self) -> Card:
        tr, card = self.tr_, Card()
        card.body.addWidget(section(tr("The window")))
        self.language = Choice(self._tokens, tr("Language"), [
            ("", tr("As the system")), ("en", "English"), ("fr", "Français")], self._settings.language)
        self.theme = Choice(self._tokens, tr("Theme"), [
            ("", tr("As the system")), ("light", tr("Light")), ("dark", tr("Dark"))], self._settings.theme)
        self.language.activated.connect(self._choose)
        self.theme.activated.connect(self._choose)
        row = QHBoxLayout()
        row.setSpacing(SPACE_4)
        for field in (self.language, self.theme):
            row.addWidget(labelled(field.accessibleName(), field), 1)
        card.body.addLayout(row)
        card.body.addWidget(YourName(self._app, tr, lambda: self._settings, self._keep))
        card.body.addWidget(SuggestionsWanted(tr, lambda: self._settings, self._keep))
        return card

    def _library_card(self) -> Card:
        tr, card = self.tr_, Card()
        card.body.addWidget(section(tr("The library")))
        card.body.addWidget(label(self._app.title))
        place = note(str(self._app.folder))
        card.body.addWidget(place)
        card.body.addWidget(note(tr("The library is one folder. Copy it whole to move it; keep library.keys with it.")))
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        row.addWidget(quiet_button(tr("Open its folder"), self._show_folder))
        row.addWidget(quiet_button(tr("Open another library…"), self._ask_library))
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _choose(self) -> None:
        chosen = replace(self._settings, language=self.language.key, theme=self.theme.key)
        if chosen != self._settings:
            self._settings = chosen
            self.settings_changed.emit(chosen)

    def _keep(self, settings: Settings) -> None:
        self._settings = settings
        self.settings_changed.emit(settings)

    def _choose_model(self, name: str) -> None:
        self._settings = replace(self._settings, model=name)
        self.settings_changed.emit(self._settings)
        self.models.refresh()
        self.toast.say(self.tr_("New transcripts are made with {name}.", name=name), "good")

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._app.folder)))

    def _ask_library(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr_("Open another library…"))
        if name:
            self.library_asked.emit(Path(name))
