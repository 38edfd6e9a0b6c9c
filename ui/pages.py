"""Pages: makes each page when it is first shown, and joins what one says to what another does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QWidget

from storybank.domain.events import Event, StoryDescribed, StoryErased
from storybank.errors import StorybankError
from ui.checking.dropped import sort_out
from ui.desk import Desk
from ui.stories.page import StoriesPage

if TYPE_CHECKING:
    from ui.board.page import ConsentPage
    from ui.checking.page import CheckPage
    from ui.exports.page import ExportsPage
    from ui.quotes.page import QuotesPage
    from ui.search.page import SearchPage
    from ui.settings.page import SettingsPage
    from ui.story.page import StoryPage
    from ui.window import Window


class Pages(QObject):
    """The pages by name. Heavy parts (the player, the writers) load with the page that needs them, not before."""

    def __init__(self, window: Window, desk: Desk) -> None:
        super().__init__(window)
        self._window, self._desk = window, desk
        self._made: dict[str, QWidget] = {}
        self.shown = ""
        self._came_from = "consent"
        desk.bridge.happened.connect(self._on_happened)

    def show_page(self, name: str) -> None:
        """Show a page and light its name."""
        make: dict[str, Callable[[], QWidget]] = {
            "stories": self.stories, "search": self.search, "quotes": self.quotes, "consent": self.consent,
            "exports": self.exports, "settings": self.settings, "check": self.check,
        }  # fmt: skip
        if name == "check" and self.shown in make and self.shown != "check":
            self._came_from = self.shown
        self.shown = name
        self._window.put(make[name]())
        self._window.rail.choose("consent" if name == "check" else name)

    def stories(self) -> StoriesPage:
        """Return the page of all stories."""
        if "stories" not in self._made:
            page = StoriesPage(self._desk.app, self._window.tr_, self._window.tokens, self._desk.bridge)
            page.opened.connect(self.show_story)
            page.search_asked.connect(self.search_for)
            page.models_asked.connect(self._show_settings)
            page.count_changed.connect(self._count)
            page.refresh()
            self._made["stories"] = page
        return self._made["stories"]  # type: ignore[return-value]

    def story(self) -> StoryPage:
        """Return the page of one story, with its player."""
        from ui.story.page import StoryPage  # loads QtMultimedia

        if "story" not in self._made:
            desk, window = self._desk, self._window
            page = StoryPage(desk.app, window.tr_, window.tokens, desk.bridge, desk.history)
            page.back.connect(self._show_stories)
            page.search_asked.connect(self.search_for)
            self._made["story"] = page
        return self._made["story"]  # type: ignore[return-value]

    def search(self) -> SearchPage:
        """Return the page that finds passages."""
        from ui.search.page import SearchPage

        if "search" not in self._made:
            desk, window = self._desk, self._window
            page = SearchPage(desk.app, window.tr_, window.tokens, desk.bridge, desk.history)
            page.play_requested.connect(self.show_story)
            self._made["search"] = page
        return self._made["search"]  # type: ignore[return-value]

    def quotes(self) -> QuotesPage:
        """Return the page of coverage, codebook and agreement."""
        from ui.quotes.page import QuotesPage

        if "quotes" not in self._made:
            desk, window = self._desk, self._window
            page = QuotesPage(desk.app, window.tr_, window.tokens, desk.bridge, desk.history)
            page.search_asked.connect(self.search_for)
            page.play_requested.connect(self.show_story)
            page.draft_asked.connect(self.show_draft)
            self._made["quotes"] = page
        return self._made["quotes"]  # type: ignore[return-value]

    def consent(self) -> ConsentPage:
        """Return the page of where everybody stands with consent."""
        from ui.board.page import ConsentPage

        if "consent" not in self._made:
            page = ConsentPage(self._desk.app, self._window.tr_, self._window.tokens, self._desk.bridge)
            page.search_asked.connect(self.search_for)
            page.story_asked.connect(self.show_story)
            page.check_asked.connect(lambda: self.show_page("check"))
            self._made["consent"] = page
        return self._made["consent"]  # type: ignore[return-value]

    def check(self) -> CheckPage:
        """Return the page that checks old documents."""
        from ui.checking.page import CheckPage

        if "check" not in self._made:
            page = CheckPage(self._desk.app, self._window.tr_, self._window.tokens, self._desk.bridge)
            page.search_asked.connect(self.search_for)
            page.back.connect(lambda: self.show_page(self._came_from))
            self._made["check"] = page
        return self._made["check"]  # type: ignore[return-value]

    def exports(self) -> ExportsPage:
        """Return the page of what leaves the house."""
        from ui.exports.page import ExportsPage  # loads Word's library

        if "exports" not in self._made:
            desk, window = self._desk, self._window
            page = ExportsPage(desk.app, window.tr_, window.tokens, desk.bridge, desk.history)
            page.search_asked.connect(self.search_for)
            page.check_asked.connect(lambda: self.show_page("check"))
            self._made["exports"] = page
        return self._made["exports"]  # type: ignore[return-value]

    def settings(self) -> SettingsPage:
        """Return the page of settings."""
        from ui.settings.page import SettingsPage  # loads the speech models' shelf

        if "settings" not in self._made:
            window = self._window
            page = SettingsPage(self._desk.app, window.tr_, window.tokens, self._desk.bridge, window.settings)
            page.search_asked.connect(self.search_for)
            page.settings_changed.connect(window.settings_changed)
            page.library_asked.connect(window.library_asked)
            self._made["settings"] = page
        return self._made["settings"]  # type: ignore[return-value]

    def check_computer(self) -> None:
        """Look whether this computer is ready to transcribe, under the settings."""
        self.show_page("settings")
        self.settings().check_computer()

    def show_story(self, code: str, at_ms: int | None = None) -> None:
        """Open a story, at a moment if one is named."""
        page = self.story()
        page.show_story(code, at_ms)
        self.shown = "story"
        self._window.put(page)
        self._window.rail.choose("stories")

    def show_draft(self, code: str) -> None:
        """Open a draft."""
        self.show_page("exports")
        self.exports().open_draft(code)

    def search_for(self, text: str) -> None:
        """Search everything."""
        self.show_page("search")
        self.search().search_for(text)

    def focus_search(self) -> None:
        """Put the cursor where one searches from here."""
        page = self._made.get(self.shown)
        if page is None or not hasattr(page, "focus_search"):
            self.show_page("search")
            page = self._made["search"]
        getattr(page, "focus_search", page.setFocus)()

    def ask_import(self) -> None:
        """Go to the stories and ask which files to import."""
        self.show_page("stories")
        self.stories().importing.ask_files()

    def bring_in(self, paths: Sequence[Path]) -> None:
        """Take what was dropped on the window: old documents are checked, everything else is imported.

        Where both were dropped, both is done, and the check is what is shown; the import tells at the rail's foot.
        """
        dropped = sort_out(paths)
        if dropped.others:
            self.show_page("stories")
            self.stories().importing.bring_in(dropped.others)
        if dropped.documents:
            self.show_page("check")
            self.check().check(dropped.documents)

    @Slot(object)
    def _on_happened(self, event: Event) -> None:
        """Leave the page of a story that was sealed or erased: nothing of it may stay on the screen."""
        if not isinstance(event, (StoryErased, StoryDescribed)):
            return
        if isinstance(event, StoryErased):
            self._forget_words()
        if "story" not in self._made or ((open_ := self.story().story) and open_.story.id != event.story_id):
            return
        try:
            self._desk.app.browsing.story(event.story_id)
        except StorybankError as gone:
            self._leave_story(gone)

    def _forget_words(self) -> None:
        """Keep no picture and no hit of what was erased, not even on a page that nobody sees."""
        QPixmapCache.clear()
        if self.shown != "search" and "search" in self._made:
            page = self.search()
            del self._made["search"]
            page.asking.close()
            page.doing.put_away()
            page.deleteLater()

    def _leave_story(self, why: StorybankError) -> None:
        """Let the page go with all its words, and say why if somebody was looking at it."""
        page, tr = self.story(), self._window.tr_
        del self._made["story"]
        page.player.close_recording()
        page.hide()
        if self.shown == "story" or page.story is None:
            self.show_page("stories")
            self._window.toast.say(tr.sentence(why.message), details=[tr.sentence(why.hint)] if why.hint else [])
        page.setParent(None)
        page.deleteLater()

    def _show_stories(self) -> None:
        self.show_page("stories")

    def _show_settings(self) -> None:
        self.show_page("settings")

    def _count(self, number: int) -> None:
        self._window.rail.count("stories", number)
