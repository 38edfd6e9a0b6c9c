"""Keeping: the star beside the field, the line that asks for a name, and the list of what is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from storybank.domain.query import Hit, Kind
from storybank.domain.saved import Mark, SavedSearch
from storybank.domain.seen import new_among
from storybank.errors import StorybankError
from storybank.services.edits import Edit
from storybank.services.searching import Found
from ui.search.narrowing import narrowing_of

if TYPE_CHECKING:
    from ui.search.page import SearchPage
    from ui.wiring import App

MANY = 40


class Keeping(QObject):
    """Saves searches, and runs them again."""

    def __init__(self, page: SearchPage, app: App) -> None:
        super().__init__(page)
        self._page, self._app, self._tr = page, app, page.tr_
        self._renaming: SavedSearch | None = None
        parts = page.parts
        parts.star.clicked.connect(self._ask_name)
        parts.name_line.named.connect(self._name)
        parts.name_line.left.connect(page.focus_search)
        parts.saved.chosen.connect(self.run)
        parts.saved.renaming.connect(self._rename)
        parts.saved.removed.connect(lambda one: self._make(lambda: self._app.searches.remove(one.id)))

    def refresh(self) -> None:
        """Fetch the saved searches, with what is new in each."""
        self._page.asking.beside("saved", self._app.searches.all, self._page.parts.saved.show_searches)

    def show_query(self) -> None:
        """Show whether there is anything to save."""
        self._page.parts.star.setEnabled(self._page.is_asked)

    def run(self, search: SavedSearch) -> None:
        """Ask a saved search again; what it finds counts as seen from now on."""
        page = self._page
        page.parts.name_line.hide()
        page.run(self._app.searches.query(search), narrowing_of(search.filters))
        if search.seen:
            page.hits.painter_.is_new = partial(_is_new, search.seen)
        page.asking.beside("looked", lambda: self._app.searches.look(search.id), lambda _nothing: self.refresh())

    def _ask_name(self) -> None:
        page, self._renaming = self._page, None
        if not page.is_asked:
            page.focus_search()
            return
        page.ask()
        parts = [page.query.typed.strip(), *(name for _facet, _key, name in page.facets.named(page.names))]
        name = " · ".join(part for part in parts if part)
        page.parts.name_line.ask(self._tr("Save this search as"), name[:MANY])

    def _rename(self, search: SavedSearch) -> None:
        self._renaming = search
        self._page.parts.name_line.ask(self._tr("Rename the search"), search.name)

    def _name(self, name: str) -> None:
        search, self._renaming = self._renaming, None
        query = self._page.query
        self._make(lambda: self._app.searches.rename(search.id, name) if search
                   else self._app.searches.save(name, query))
        self._page.focus_search()

    def _make(self, plan: Callable[[], Edit]) -> None:
        try:
            self._page.history.make(plan())
        except StorybankError as error:
            self._page.explain(error)
        self.refresh()


def _is_new(seen: frozenset[str], found: Found) -> bool:
    return bool(new_among([_mark(found.hit)], 1, seen))


def _mark(hit: Hit) -> Mark:
    """Return where a hit is, as it is remembered."""
    if hit.kind in (Kind.PASSAGE, Kind.QUOTE):
        return Mark(hit.recording_id, hit.start_ms, hit.end_ms)
    return Mark(f"{hit.kind}:{hit.owner_id}")
