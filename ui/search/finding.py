"""Finding: asks the library what the page asks, and shows what comes: hits, counts, places, or why there are none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QPushButton

from storybank.domain.found import Beside, Concordance
from storybank.domain.query import Kind, Query, Sort
from storybank.services.searching import Found, Results
from ui.search.asking import AT_ONCE
from ui.search.help import NoHits, no_hits
from ui.search.hit_paint import nothing_is_new
from ui.search.layout import CONCORDANCE
from ui.search.telling import ALL, counted, tabs

if TYPE_CHECKING:
    from ui.search.page import SearchPage
    from ui.wiring import App


class Finding(QObject):
    """Goes between the page and the library."""

    def __init__(self, page: SearchPage, app: App) -> None:
        super().__init__(page)
        self._page, self._app, self._tr = page, app, page.tr_
        self._query = Query()
        self._total = 0
        self._again = self._more_asked = False
        self._beside = Beside.NODE
        self._in_all = (Query(), 0)
        page.asking.answered.connect(self._on_answered)
        page.hits.more_wanted.connect(self._ask_more)
        page.concordance.sorted_by.connect(self._sort_places)

    def ask(self, query: Query, *, again: bool) -> None:
        """Ask for hits; `again` where only the library changed, so that one stays where one was."""
        self._query, self._again, self._more_asked = query, again, False
        if not again:
            self._page.hits.painter_.is_new = nothing_is_new
        self._page.asking.ask(query)

    def show_nothing(self, query: Query) -> None:
        """Show no hits, and what there is in all."""
        page, self._query, self._total = self._page, query, 0
        page.asking.forget("hits", "more", "concordance", "help")
        page.count.setText("")
        page.hits.show_hits((), {}, {})
        page.asking.forget("facets")
        page.facets.offer(page.names.offered(), page.names)

    def _on_answered(self, results: Results) -> None:
        page = self._page
        self._total, self._query = results.total, results.query
        page.show_query(results.query)
        show = page.hits.show_again if self._again else page.hits.show_hits
        show(results.hits, page.names.codes, page.names.uses, by_story=self._query.sort is Sort.BEST)
        self._show_tabs(results)
        page.count.setText(counted(results, page.tabs.current, self._tr) if results.total else "")
        page.hits.setAccessibleDescription(page.count.text())
        if not results.total:
            self._ask_why()
        elif page.views.current == CONCORDANCE:
            self._ask_places()
        else:
            page.show_part(page.hits)
        page.doing.show_hits()
        QTimer.singleShot(0, self, self._ask_facets)

    def _show_tabs(self, results: Results) -> None:
        """Tell how much each tab holds; how much there is in all is known from the tab of all."""
        asked = replace(results.query, kinds=frozenset(), sort=Sort.BEST)
        if not results.query.kinds:
            self._in_all = (asked, results.total)
        known = {ALL: self._in_all[1]} if self._in_all[0] == asked else {}
        self._page.tabs.offer(tabs({kind.value: results.kinds.get(kind, 0) for kind in Kind} | known, self._tr))

    def _ask_facets(self) -> None:
        page, query = self._page, self._query
        page.asking.beside("facets", lambda: self._app.facets.of(query),
                           lambda counts: page.facets.offer(counts, page.names))

    def _ask_why(self) -> None:
        page, query = self._page, self._query
        self._show_why(None)
        page.show_part(page.help)
        page.asking.beside("help", lambda: no_hits(self._app, query), self._show_why)

    def _show_why(self, why: NoHits | None) -> None:
        self._page.help.show_no_hits(why, self._filters())

    def _filters(self) -> list[str]:
        """Return what narrows the search besides what is typed, the tab among it: no filter is kept silently."""
        page = self._page
        tab = [button.text() for button in page.tabs.findChildren(QPushButton) if button.isChecked()]
        narrowed = [name for _facet, _key, name in page.facets.named(page.names)]
        return narrowed + (tab[:1] if self._query.kinds else [])

    def _ask_more(self) -> None:
        """Fetch the next hits once one comes near the end of those that are there."""
        loaded, query = self._page.hits.hits.loaded, self._query
        if self._more_asked or loaded >= self._total or not loaded:
            return
        self._more_asked = True
        self._page.asking.beside("more", lambda: self._app.searching.find(query, AT_ONCE, loaded).hits,
                                 self._show_more)

    def _show_more(self, hits: tuple[Found, ...]) -> None:
        self._more_asked = False
        if hits:
            self._page.hits.hits.show_more(hits)
        else:
            self._total = self._page.hits.hits.loaded

    def _ask_places(self) -> None:
        query, beside = self._query, self._beside
        self._page.asking.beside("concordance", lambda: self._app.concordances.of(query, beside), self._show_places)

    def _sort_places(self, beside: Beside) -> None:
        self._beside = beside
        self._ask_places()

    def _show_places(self, found: Concordance) -> None:
        page, tr = self._page, self._tr
        page.concordance.show_concordance(found, self._beside)
        said = tr.many("{n} place", "{n} places", found.total)
        if len(found.rows) < found.total:
            said += " · " + tr("the first {n} are shown", n=len(found.rows))
        page.count.setText(said)
        page.show_part(page.concordance)
