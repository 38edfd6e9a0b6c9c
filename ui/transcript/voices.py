"""Voices: who is heard in the recording, above the words; a press or a key says whose a line is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QWidget

from storybank.services.browsing import StoryView
from storybank.services.voicing import HeardVoice
from storybank.words import Words
from ui.parts.buttons import link_button
from ui.parts.flow import Flow
from ui.parts.text import restyle
from ui.story.hands import Hands
from ui.theme import SPACE_1
from ui.transcript.script import UNSAVED
from ui.transcript.view import TranscriptView

if TYPE_CHECKING:
    from ui.wiring import App

NAME_WIDTH = 150


class VoicesStrip(QWidget):
    """A button for every voice, numbered as its key is, and one to add another."""

    def __init__(self, app: App, tr: Words, hands: Hands, view: TranscriptView) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._app, self._tr, self._hands, self._view = app, tr, hands, view
        self._recording_id = ""
        self.heard: tuple[HeardVoice, ...] = ()
        self.names: dict[str, str] = {}
        """What each voice is called, by its identifier."""
        self.buttons: dict[str, VoiceButton] = {}
        self.add = link_button(tr("+ Add voice"), self.add_voice)
        self.add.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.field: NameField | None = None
        self._row = Flow(self, gap=SPACE_1, between_rows=0)
        self._row.setContentsMargins(0, 0, 0, SPACE_1)
        view.moved.connect(self._light)

    def show_story(self, story: StoryView) -> None:
        """Show the voices of a story's recording."""
        self._recording_id = story.recordings[0].id
        heard = tuple(self._app.voicing.of_recording(self._recording_id))
        if heard != self.heard or not self._row.count():
            self.heard = heard
            self.names = {one.voice.id: self._name(one) for one in heard}
            self._fill()
        self._light()

    def give(self, number: int) -> None:
        """Give the voice of that number the line one is at, or the selected ones; another press takes it back."""
        voice, lines = self._voice(number), self._chosen()
        if voice is None or not lines:
            return
        mine = all(self._view.script.lines[line].voice_id == voice.voice.id for line in lines)
        self._hands.give([self._view.script.lines[line].id for line in lines], None if mine else voice.voice.id)
        self._light()

    def give_to_the_end(self, number: int) -> None:
        """Give the voice of that number the line one is at and all after it."""
        voice, lines = self._voice(number), self._chosen()
        if voice is not None and lines:
            self._hands.give_to_the_end(self._view.script.lines[lines[0]].id, voice.voice.id)
            self._light()

    def add_voice(self) -> None:
        """Put another voice on file, and let it be named at once; a person of the story who has none comes first."""
        linked = {one.voice.contributor_id for one in self.heard}
        person = next((one for one in self._app.voicing.people(self._recording_id) if one.id not in linked), None)
        voice = self._hands.add_voice(self._recording_id, "", person.id if person else None)
        if voice is None:
            return
        self.heard = tuple(self._app.voicing.of_recording(self._recording_id))
        self.names = {one.voice.id: self._name(one) for one in self.heard}
        self._fill()
        if person is None:
            self.rename(voice.id)

    def rename(self, voice_id: str) -> None:
        """Let a voice be called something else, where its name stands."""
        button = self.buttons[voice_id]
        self.field = field = NameField(self, self._tr("What this voice is called"), self.names[voice_id])
        field.setGeometry(button.x(), button.y(), max(NAME_WIDTH, button.width()), button.height())
        field.said.connect(partial(self._named, voice_id))
        field.show()
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def menu(self, voice_id: str) -> QMenu:
        """Return what else can be done with a voice."""
        one = next(heard for heard in self.heard if heard.voice.id == voice_id)
        menu, tr = QMenu(self), self._tr
        menu.addAction(tr("From here to the end")).triggered.connect(partial(self.give_to_the_end, one.voice.number))
        menu.addAction(tr("Rename…")).triggered.connect(partial(self.rename, voice_id))
        for person in self._app.voicing.people(self._recording_id):
            act = menu.addAction(tr("This is {person}", person=person.name))
            act.setCheckable(True)
            act.setChecked(one.voice.contributor_id == person.id)
            act.triggered.connect(partial(self._link, voice_id, person.id))
        if one.voice.contributor_id:
            menu.addAction(tr("Nobody of this story")).triggered.connect(partial(self._link, voice_id, None))
        if not one.lines:
            menu.addAction(tr("Remove")).triggered.connect(partial(self._hands.remove_voice, voice_id))
        return menu

    # ---- inside --------------------------------------------------------------------------------------------

    def _link(self, voice_id: str, person_id: str | None, _checked: bool = False) -> None:
        self._hands.link_voice(voice_id, person_id)

    def _named(self, voice_id: str, name: str) -> None:
        if self.field:
            self.field.deleteLater()
            self.field = None
        self._view.setFocus()
        if not name or name == self.names.get(voice_id):
            return
        one = next(heard for heard in self.heard if heard.voice.id == voice_id)
        if one.voice.contributor_id:
            self._hands.link_voice(voice_id, None)  # a person's name is changed with the person
        self._hands.rename_voice(voice_id, name)

    def _voice(self, number: int) -> HeardVoice | None:
        return next((one for one in self.heard if one.voice.number == number), None)

    def _name(self, one: HeardVoice) -> str:
        return one.name or self._tr("Voice {number}", number=one.voice.number)

    def _chosen(self) -> list[int]:
        """Return the lines that are meant: the one that is written in, the selected ones, or the one one is at."""
        view = self._view
        if not view.script.count:
            return []
        if (writing := view.writing.number) is not None:
            return [writing]
        first, last = view.cursor_.selection or (view.cursor_.place, view.cursor_.place)
        numbers = range(first.line, last.line + 1)
        return [number for number in numbers if not view.script.lines[number].id.startswith(UNSAVED)]

    def _fill(self) -> None:
        self._row.removeWidget(self.add)
        self._row.clear()
        self.buttons = {}
        for one in self.heard:
            button = VoiceButton(one.voice.number, self.names[one.voice.id], self._tr)
            button.clicked.connect(partial(self._on_pressed, one.voice.number))
            button.menu_wanted.connect(partial(self._show_menu, one.voice.id))
            button.name_wanted.connect(partial(self.rename, one.voice.id))
            self.buttons[one.voice.id] = button
            self._row.addWidget(button)
        self._row.addWidget(self.add)
        self._row.activate()

    def _on_pressed(self, number: int, _checked: bool = False) -> None:
        self.give(number)

    def _show_menu(self, voice_id: str, at: QPoint) -> None:
        self.menu(voice_id).popup(at)

    def _light(self) -> None:
        """Show whose line one is at."""
        lines = self._chosen()
        speaks = self._view.script.lines[lines[0]].voice_id if lines else None
        for voice_id, button in self.buttons.items():
            button.show_speaking(voice_id == speaks)


class VoiceButton(QPushButton):
    """A voice: a press gives it the line; a double click renames it; its menu does the rest."""

    menu_wanted = Signal(QPoint)
    name_wanted = Signal()

    def __init__(self, number: int, name: str, tr: Words) -> None:
        super().__init__(f"{number}  {name}")
        self.setProperty("kind", "segment")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a press leaves the keyboard in the line one writes in
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("{name}, voice {number}", name=name, number=number))
        self.setToolTip(tr("Give {name} this line or the selected ones: key {number}. Double click to rename, "
                           "right click for more.", name=name, number=number))

    def show_speaking(self, speaks: bool) -> None:
        """Show whether the line one is at is this voice's."""
        if self.isChecked() != speaks:
            self.setChecked(speaks)
            restyle(self)

    def nextCheckState(self) -> None:
        """Stay as it is: what the line says decides."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.name_wanted.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.name_wanted.emit()
        else:
            super().keyPressEvent(event)


class NameField(QLineEdit):
    """A name that is being written; Enter or leaving keeps it, Esc does not."""

    said = Signal(str)

    def __init__(self, parent: QWidget, about: str, name: str) -> None:
        super().__init__(name, parent)
        self._over = False
        self.setAccessibleName(about)
        self.selectAll()
        self.editingFinished.connect(lambda: self._end(self.text().strip()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._end("")
        else:
            super().keyPressEvent(event)

    def _end(self, name: str) -> None:
        if not self._over:
            self._over = True
            self.hide()
            self.said.emit(name)
