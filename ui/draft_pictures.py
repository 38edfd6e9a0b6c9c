"""Pictures of drafts: the list, a brief in the builder, a kit and a site; they are begun in the copy of the library."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QEventLoop
from PySide6.QtWidgets import QApplication, QLabel

from storybank.domain.codebook import CodeKind
from storybank.domain.draft import Chosen, Draft, DraftKind, Form, Source
from storybank.domain.twin import Twin
from ui.parts.chips import Badge

if TYPE_CHECKING:
    from ui.window import Window
    from ui.wiring import App

SOMEWHERE = "~/Documents/kit"
RENDER_MS = 90_000
"""How long a preview may take."""
_BEGUN: dict[str, tuple[DraftKind, Form, Twin]] = {
    "brief": (DraftKind.BRIEF, Form.ONE_PAGER, Twin("Fund link workers for five years",
                                                    "Financer les intervenants pivots pendant cinq ans")),
    "kit": (DraftKind.KIT, Form.ONE_THREE, Twin("Trust before medicine", "La confiance avant le médicament")),
    "site": (DraftKind.SITE, Form.ONE_THREE, Twin("Voices of Social Prescribing", "Voix de la prescription sociale")),
}


def _drafts(window: Window) -> None:
    if window.pages and window.desk:
        _begin(window.desk.app)
        window.pages.show_page("exports")
        window.pages.exports().show_drafts()
        _until(lambda: not _says(window, window.tr_("Asking…")))


def _open(window: Window, sort: str, tab: str, *, render: bool = False) -> None:
    """Open a draft and wait until its preview is there."""
    _drafts(window)
    if window.pages and window.desk:
        kind, form, _title = _BEGUN[sort]
        draft = next(one for one in window.desk.app.building.all() if (one.kind, one.form) == (kind, form))
        page = window.pages.exports()
        page.open_draft(draft.code)
        page.builder.tabs.choose(tab)
        if render:
            page.builder.preview.render_now()
        _until(lambda: not page.builder.preview.is_awaited)


def _builder(window: Window) -> None:
    _open(window, "brief", "quotes")


def _kit(window: Window) -> None:
    _open(window, "kit", "outline")


def _site(window: Window) -> None:
    _open(window, "site", "outline", render=True)


def _ledger(window: Window) -> None:
    if window.pages:
        window.pages.show_page("exports")
        page = window.pages.exports()
        page.show_drafts()
        page.filters.choose("ledger")
        for place in page.findChildren(QLabel):
            if place.text().replace("\u200b", "").startswith("/"):  # nobody's own folders belong into a picture
                place.setText(SOMEWHERE)


def _says(window: Window, text: str) -> bool:
    return any(text == badge.word for badge in window.findChildren(Badge) if badge.isVisible())


def _until(done: Callable[[], bool]) -> None:
    """Wait until a picture is worth taking."""
    clock = QElapsedTimer()
    clock.start()
    while not done() and clock.elapsed() < RENDER_MS:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
        time.sleep(0.01)


def _begin(app: App) -> None:
    """Begin a brief, a kit and a site, unless they were for the picture before."""
    known = {(draft.kind, draft.form) for draft in app.building.all()}
    quotes = app.quoting.all()
    codes = [quote.code for quote in quotes]
    for stage, quote in zip(app.quoting.codes(CodeKind.STAGE), quotes[:6], strict=False):
        app.quoting.retag(quote.id, [*quote.codes, stage.key]).do()
    for _ in range(25):  # the news of it is over before a page is opened
        QApplication.processEvents()
        time.sleep(0.02)
    for kind, form, title in (one for one in _BEGUN.values() if one[:2] not in known):
        draft = app.building.begin(kind, title.en, "en", form)
        app.building.save(_written(replace(draft, title=title, languages=("en", "fr")), codes))


def _written(draft: Draft, codes: list[str]) -> Draft:
    if draft.kind is not DraftKind.BRIEF:
        return replace(draft, quotes=tuple(Chosen(code) for code in codes[:6]))
    return replace(
        draft, quotes=tuple(Chosen(code, lead=not place) for place, code in enumerate([*codes[:12:6], codes[-1]])),
        audience=Twin("Ministry of Health, policy unit", "Ministère de la Santé, unité des politiques"),
        asks=(Twin("Fund forty link workers in northern Ontario for five years, from April 2027.",
                   "Financer quarante intervenants pivots dans le Nord de l’Ontario pendant cinq ans."),),
        sections={"why_now": Twin("The pilot funding ends in March 2027 [1].",
                                  "Le financement pilote prend fin en mars 2027 [1]."),
                  "next_step": Twin("A meeting of one hour in October.", "Une rencontre d’une heure en octobre.")},
        sources=(Source("s1", Twin("CISP (2024). A healthier Canada through social prescribing.",
                                   "ICPS (2024). Un Canada en meilleure santé grâce à la prescription sociale.")),),
        contact="info@example.org",
    )  # fmt: skip


PAGES: dict[str, Callable[[Window], None]] = {
    "exports-drafts": _drafts, "exports-builder": _builder, "exports-kit": _kit, "exports-site": _site,
    "exports-ledger": _ledger,
}
