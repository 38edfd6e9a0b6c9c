"""The window's own door: shows an empty window at once, then opens the library and fills it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QLibraryInfo, QLocale, QLoggingCategory, QObject, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from storybank import places, settings
from storybank.errors import NotFound, StorybankError
from storybank.settings import Settings
from storybank.words import Words
from ui import theme
from ui.sweeping import Sweeper
from ui.window import Window

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.wiring import App

OpenLibrary = Callable[[], "App"]
OpenAnother = Callable[[Path], "App"]
MakeLibrary = Callable[[Path, str], "App"]
KeepSettings = Callable[[Settings], None]


HAND_OVER_SECONDS = 0.0005
"""How long a job may keep Python to itself before the window's thread gets a turn; ten times as often as usual."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window on the library that was named, the one opened last, or the one of this machine."""
    chosen = settings.load(places.home() / "settings.json")
    folder = _library_named(list(arguments or ())) or Path(chosen.library or places.default_library())
    sitting = Sitting(application(), chosen, lambda new: settings.save(new, places.home() / "settings.json"),
                      _open, _make)
    sitting.begin(lambda: _open(folder), folder)
    code = application().exec()
    sitting.end()
    return code


def application() -> QApplication:
    """Return Qt's application, made when there is none."""
    app = QApplication.instance()
    made = app if isinstance(app, QApplication) else QApplication(["storybank"])
    if not made.findChild(Sweeper):
        Sweeper(made)
        sys.setswitchinterval(HAND_OVER_SECONDS)
    made.setApplicationName("Storybank")
    made.setDesktopFileName("storybank")
    QLoggingCategory.setFilterRules("qt.multimedia.*=false")  # its notes; QT_LOGGING_RULES brings them back
    return made


def words_for(chosen: Settings) -> Words:
    """Return the words of the chosen language; none chosen follows the system."""
    return Words(chosen.language or ("fr" if QLocale.system().language() is QLocale.Language.French else "en"))


def let_qt_speak(app: QApplication, language: str) -> None:
    """Let Qt's own words (file dialogs, the menus of fields, names of keys) be in the language of the window."""
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    translator = QTranslator(app)
    if translator.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)


class Sitting(QObject):
    """From opening the window to closing it: makes the window anew when language or theme change."""

    def __init__(self, app: QApplication, chosen: Settings, keep: KeepSettings,
                 open_another: OpenAnother | None, make_library: MakeLibrary | None = None) -> None:
        super().__init__()
        self._app, self._settings, self._keep = app, chosen, keep
        self._open_another, self._make_library = open_another, make_library
        self._folder = places.default_library()
        self.desk: Desk | None = None
        self.window = self._make_window()
        sys.excepthook = self._on_surprise

    def begin(self, open_library: OpenLibrary, folder: Path | None = None) -> None:
        """Show the empty window, and open the library once it is painted."""
        self._folder = folder or self._folder
        self.window.show()
        self._app.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)  # painted, then the library
        QTimer.singleShot(0, lambda: self._open(open_library))

    def end(self) -> None:
        """Close the library and put the world back as it was."""
        sys.excepthook = sys.__excepthook__
        if self.desk:
            self.desk.close()

    def change(self, new: Settings) -> None:
        """Keep a choice, and show the window as it was chosen; which model listens and who sits here is not seen."""
        before, self._settings = self._settings, new
        self._keep(new)
        if replace(before, model=new.model, name=new.name) == new:
            self.window.settings = new
            return
        shown = self.window.pages.shown if self.window.pages else "stories"
        self._renew("stories" if shown == "story" else shown)

    def _renew(self, page: str = "stories") -> None:
        """Make the window anew in the place of the old one."""
        old, self.window = self.window, self._make_window()
        self.window.setGeometry(old.geometry())
        if self.desk:
            self.window.furnish(self.desk, page)
        else:
            self.window.welcome(self._folder)
        self.window.show()
        old.hide()
        old.deleteLater()

    def _make_window(self) -> Window:
        tokens = theme.tokens_for(self._settings.theme, theme.system_is_dark(self._app))
        theme.apply(self._app, tokens)
        words = words_for(self._settings)
        let_qt_speak(self._app, words.language)
        window = Window(words, tokens, self._settings)
        window.settings_changed.connect(self.change)
        window.library_asked.connect(self._open_other)
        window.library_wanted.connect(self._make)
        return window

    def _open(self, open_library: OpenLibrary) -> None:
        try:
            self._furnish(open_library())
        except StorybankError as error:
            self.window.welcome(self._folder)
            if not isinstance(error, NotFound) or self._folder != places.default_library():
                self.window.tell(error)

    def _make(self, folder: Path, title: str) -> None:
        """Make the library that was asked for on the welcome page, and open it."""
        if self._make_library is None:
            return
        try:
            made = self._make_library(folder, title)
        except StorybankError as error:
            self.window.tell(error)
            return
        self._turn_to(folder, made)

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
        self._turn_to(folder, opened)

    def _turn_to(self, folder: Path, opened: App) -> None:
        """Show another library from now on, in this sitting and the next."""
        from ui.desk import Desk

        if self.desk:
            self.desk.close()
        self._folder, self.desk = folder, Desk(opened)
        self._settings = replace(self._settings, library=str(folder))
        self._keep(self._settings)
        self._renew()

    def _on_surprise(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not isinstance(error, StorybankError):
            sys.__excepthook__(kind, error, trace)
        self.window.tell(error)


def _open(folder: Path) -> App:
    from storybank.logs import keep_log
    from ui.wiring import open_app  # SQLAlchemy takes as long to load as the whole empty window

    keep_log(places.home() / "logs")
    return open_app(folder)


def _make(folder: Path, title: str) -> App:
    from ui.wiring import create_app

    return create_app(folder, title)


def _library_named(arguments: list[str]) -> Path | None:
    for place, word in enumerate(arguments):
        if word.startswith("--library="):
            return Path(word.partition("=")[2])
        if word == "--library" and place + 1 < len(arguments):
            return Path(arguments[place + 1])
    return None
