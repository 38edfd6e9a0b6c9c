"""Pictures of coding: coverage, the codebook, agreement, concordance, a search without hits, and the tag palette."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from storybank.domain.codebook import CodeKind
from ui.transcript.spans import Place

if TYPE_CHECKING:
    from ui.window import Window
    from ui.wiring import App

SECOND = "Robin"
"""Who codes beside whoever made the library."""


def _coverage(window: Window) -> None:
    if window.pages:
        window.pages.show_page("quotes")
        window.pages.quotes().show_view("coverage")


def _codebook(window: Window) -> None:
    """Show the codebook with its first code open."""
    if window.pages:
        window.pages.show_page("quotes")
        view = window.pages.quotes().view("codebook")
        first = next(code.key for code in window.pages.quotes().app.quoting.codes(CodeKind.BLOCK))
        view.tree.choose(first)


def _agreement(window: Window) -> None:
    """Let a second person code three stories, not quite as the first did."""
    if window.pages and window.desk:
        _code_again(window.desk.app)
        window.pages.show_page("quotes")
        window.pages.quotes().show_view("agreement")


def _code_again(app: App) -> None:
    if any(standing.coder.name == SECOND for standing in app.agreeing.coders()):
        return
    first, recordings = app.author, {quote.recording_id: quote.story_id for quote in app.quoting.all()}
    some = list(recordings)[:3]
    blocks = {code.key for code in app.quoting.codes(CodeKind.BLOCK)}
    for recording_id in some:
        app.agreeing.finish(recording_id).do()
    app.author = SECOND
    try:
        for number, quote in enumerate(one for one in app.quoting.all() if one.recording_id in some):
            own = sorted(quote.codes & blocks)
            app.quoting.retag(quote.id, own[:1] if number % 3 == 0 else own, own=True).do()
        for recording_id in some:
            app.agreeing.finish(recording_id).do()
    finally:
        app.author = first


def _concordance(window: Window) -> None:
    if window.pages:
        window.pages.search_for("trust OR garden" if window.tr_.language == "en" else "formation OR jardin")
        window.pages.search().parts.views.concordance.click()


def _no_hits(window: Window) -> None:
    if window.pages:
        window.pages.search().parts.views.list.click()
        window.pages.search_for("gardn =trusts" if window.tr_.language == "en" else "jardn =confiances")


def _tagging(window: Window) -> None:
    """Open the palette for a sentence; nothing is tagged."""
    if window.pages:
        story = next((card.line.id for card in window.pages.stories().all if card.line.quotes), "")
        window.pages.show_story(story)
        page = window.pages.story()
        page.view.setFocus()
        page.view.cursor_.go(Place(1, 0))
        page.tagging.tag_here()


PAGES: dict[str, Callable[[Window], None]] = {
    "coverage": _coverage, "codebook": _codebook, "agreement": _agreement, "concordance": _concordance,
    "search-no-hits": _no_hits, "tagging": _tagging,
}
