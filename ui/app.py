"""The window's own door: shows an empty window at once, then opens the library and fills it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, QTimer
from PySide6.QtWidgets import QApplication

from storybank import places, settings
from storybank.errors import StorybankError
from storybank.settings import Settings
from storybank.words import Words
from ui import theme
from ui.window import Window

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.wiring import App

OpenLibrary = Callable[[], "App"]
OpenAnother = Callable[[Path], "App"]
KeepSettings = Callable[[Settings], None]


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window on the library that was named, the one opened last, or the one of this machine."""
    chosen = settings.load(places.home() / "settings.json")
    folder = _library_named(list(arguments or ())) or Path(chosen.library or places.default_library())
    return run(lambda: _open(folder), chosen, keep=lambda new: settings.save(new, places.home() / "settings.json"),
               open_another=_open)


def run(open_library: OpenLibrary, chosen: Settings, *, keep: KeepSettings = lambda _new: None,
        open_another: OpenAnother | None = None) -> int:
    """Show the window, open the library on the next turn, and return the exit code when the window closes."""
    app = application()
    sitting = Sitting(app, chosen, keep, open_another)
    sitting.begin(open_library)
    code = app.exec()
    sitting.end()
    return code


def application() -> QApplication:
    """Return Qt's application, made when there is none."""
    app = QApplication.instance()
    made = app if isinstance(app, QApplication) else QApplication(["storybank"])
    made.setApplicationName("Storybank")
    made.setDesktopFileName("storybank")
    return made


def words_for(chosen: Settings) -> Words:
    """Return the words of the chosen language; none chosen follows the system."""
    return Words(chosen.language or ("fr" if QLocale.system().language() is QLocale.Language.French else "en"))


class Sitting(QObject):
    """From opening the window to closing it: makes the window anew when language or theme change."""

    def __init__(self, app: QApplication, chosen: Settings, keep: KeepSettings,
                 open_another: OpenAnother | None) -> None:
        super().__init__()
        self._app, self._settings, self._keep, self._open_another = app, chosen, keep, open_another
        self.desk: Desk | None = None
        self.window = self._make_window()
        sys.excepthook = self._on_surprise

    def begin(self, open_library: OpenLibrary) -> None:
        """Show the empty window, and open the library once it is painted."""
        self.window.show()
        QTimer.singleShot(0, lambda: self._open(open_library))

    def end(self) -> None:
        """Close the library and put the world back as it was."""
        sys.excepthook = sys.__excepthook__
        if self.desk:
            self.desk.close()

    def change(self, new: Settings) -> None:
        """Keep a choice, and show the window as it was chosen."""
        self._settings = new
        self._keep(new)
        old, shown = self.window, self.window.pages.shown if self.window.pages else "stories"
        self.window = self._make_window()
        self.window.setGeometry(old.geometry())
        if self.desk:
            self.window.furnish(self.desk, "stories" if shown == "story" else shown)
        self.window.show()
        old.hide()
        old.deleteLater()

    def _make_window(self) -> Window:
        tokens = theme.tokens_for(self._settings.theme, theme.system_is_dark(self._app))
        theme.apply(self._app, tokens)
        window = Window(words_for(self._settings), tokens, self._settings)
        window.settings_changed.connect(self.change)
        window.library_asked.connect(self._open_other)
        return window

    def _open(self, open_library: OpenLibrary) -> None:
        try:
            self._furnish(open_library())
        except StorybankError as error:
            self.window.tell(error)

    def _furnish(self, app: App) -> None:
        from ui.desk import Desk

        self.desk = Desk(app)
        self.window.furnish(self.desk)

    def _open_other(self, folder: Path) -> None:
        if self._open_another is None or (self.desk and self.desk.book.active):
            self.window.toast.say(self.window.tr_("Wait until the jobs have ended, then open another library."), "warn")
            return
        try:
            opened = self._open_another(folder)
        except StorybankError as error:
            self.window.tell(error)
            return
        if self.desk:
            self.desk.close()
            self.desk = None
        self.change(replace(self._settings, library=str(folder)))
        self._furnish(opened)

    def _on_surprise(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not isinstance(error, StorybankError):
            sys.__excepthook__(kind, error, trace)
        self.window.tell(error)


def _open(folder: Path) -> App:
    from storybank.logs import keep_log
    from ui.wiring import create_app, open_app  # SQLAlchemy takes as long to load as the whole empty window

    keep_log(places.home() / "logs")
    if not (folder / "library.db").exists() and folder == places.default_library():
        return create_app(folder, "Voices of Social Prescribing")
    return open_app(folder)


def _library_named(arguments: list[str]) -> Path | None:
    for place, word in enumerate(arguments):
        if word.startswith("--library="):
            return Path(word.partition("=")[2])
        if word == "--library" and place + 1 < len(arguments):
            return Path(arguments[place + 1])
    return None
