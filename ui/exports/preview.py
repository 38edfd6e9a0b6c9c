"""Preview: a draft as its readers will hold it: pages of a brief, cards of a kit, the list of a site's pages."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from storybank.domain.draft import Draft, DraftKind
from storybank.errors import StorybankError
from storybank.jobs.runner import JobTicket, Lane
from storybank.services.making import Pages
from storybank.words import Words, say
from ui.exports.pages import PagesView
from ui.exports.said import folders_said
from ui.exports.within import within
from ui.jobs.book import Errands
from ui.parts.bridge import Bridge
from ui.parts.buttons import link_button
from ui.parts.empty import Empty
from ui.parts.text import cut, note
from ui.theme import SPACE_2, SPACE_3, Tokens

if TYPE_CHECKING:
    from ui.wiring import App

AFTER_MS = 1500


@dataclass(frozen=True, slots=True)
class Seen:
    """What a rendering brought: its pages with their pictures, and what it was made of."""

    pages: Pages
    images: tuple[QImage, ...]
    lines: tuple[str, ...]


class Preview(QWidget):
    """Rendered beside the window some moments after the last change; what is out of date says so."""

    rendered = Signal(object)
    """The `Pages`, after they were made."""
    quotes_asked = Signal()

    def __init__(self, app: App, tr: Words, tokens: Tokens, bridge: Bridge) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._app, self._tr = app, tr
        self._errands = Errands(app.runner, bridge, self)
        self._job = 0
        self._wanted: tuple[Draft, str] | None = None
        self._shown: tuple[Draft, str] | None = None
        self._folders: list[Path] = []
        self._soon = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._soon.timeout.connect(self.render_now)
        self.view = PagesView(tr, tokens)
        self.state, self.told = cut("", "note"), note()
        self.browse = link_button(tr("Look at it in the browser"), self._browse)
        self.anew = link_button(tr("Make it anew"), self.render_now)
        self.bare = Empty(tr("Nothing to show yet"), tr("It is shown here once it has a quote."), tr("Add quotes…"),
                          self.quotes_asked.emit)
        self.first = Empty(tr("The site as its visitors will see it"), tr("Clips are cut for it, which takes minutes."),
                           tr("Make the preview"), self.render_now)
        self._build()
        self.destroyed.connect(_away(self._folders))

    @property
    def is_awaited(self) -> bool:
        """Tell whether something newer is wanted than what is shown."""
        return self._wanted is not None and self._wanted != self._shown

    def show_draft(self, draft: Draft, language: str) -> None:
        """Show a draft in a language, rendered once its author rests."""
        wanted = (_content(draft), language)
        if wanted == self._wanted:
            return
        other = self._wanted is None or self._wanted[0].id != draft.id
        self._wanted = wanted
        if other:
            self.view.show_pages((), ())
            self.told.hide()
            self.browse.hide()
        self._begin(at_once=other or (self._shown is not None and self._shown[1] != language))
        self._tell()

    def ask_again(self) -> None:
        """Render once more: a consent, a quote or the codebook changed."""
        if self._wanted:
            self._shown = None
            if self._wanted[0].kind is DraftKind.SITE:
                self._app.runner.cancel(self._job)  # what is being made may show who has said stop since
                self._job = 0
                self._forget()
            self._begin(at_once=False)
            self._tell()

    def _begin(self, *, at_once: bool) -> None:
        """Render soon; a site only when it is asked for: its clips are cut for it, which takes minutes."""
        assert self._wanted
        self.told.hide()
        is_bare, is_site = _is_bare(self._wanted[0]), self._wanted[0].kind is DraftKind.SITE
        self.anew.setVisible(is_site and not is_bare and bool(self.view.count))
        self._faces.setCurrentWidget(self.bare if is_bare else self.first if is_site and not self.view.count
                                     else self.view)
        if is_bare:
            self._shown = self._wanted
            self._soon.stop()
            self._app.runner.cancel(self._job)
            self._forget()
        elif not is_site:
            self._soon.start(0 if at_once else AFTER_MS)

    def rest(self) -> None:
        """Want nothing any more, and keep nothing of it on the disk."""
        self._soon.stop()
        self._app.runner.cancel(self._job)
        self._wanted = self._shown = None
        self.view.show_pages((), ())
        _away(self._folders)()

    @Slot()
    def render_now(self) -> None:
        """Render what is wanted, in place of a rendering that nobody wants any more."""
        if self._wanted is None:
            return
        if self._app.runner.is_on(self._job):
            self._app.runner.cancel(self._job)
        draft, language = wanted = self._wanted
        self.anew.hide()
        self._faces.setCurrentWidget(self.view)
        folder = Path(mkdtemp(prefix="storybank-look-"))
        self._folders.append(folder)
        app = self._app

        def work(ticket: JobTicket) -> Seen:
            pages = app.issuing.preview(draft, language, folder, ticket)
            images = tuple(QImage(str(file)) for file in pages.pictures)
            return Seen(pages, *within(draft, language, pages, images))

        self._job = self._errands.start(Lane.FILES, say("Preview of {title}", title=draft.code), work,
                                        lambda seen: self._show(wanted, seen), lambda error: self._fail(wanted, error))
        self._tell()

    def _show(self, wanted: tuple[Draft, str], seen: Seen) -> None:
        if wanted != self._wanted:
            return
        self._shown = wanted
        self._faces.setCurrentWidget(self.view)
        draft = wanted[0]
        lines = folders_said(draft, self._tr) if draft.kind is DraftKind.KIT else seen.lines
        self.view.show_pages(seen.images, lines, columns=2 if draft.kind is DraftKind.KIT else 1)
        self._document = seen.pages.document
        self.browse.setVisible(draft.kind is DraftKind.SITE)
        why = seen.pages.why_not
        self._say(self._tr.sentence(why) if why else "")
        self._tell()
        for old in self._folders[:-1]:
            shutil.rmtree(old, ignore_errors=True)
        self._folders[:] = self._folders[-1:]
        self.rendered.emit(seen.pages)

    def _fail(self, wanted: tuple[Draft, str], error: Exception) -> None:
        if wanted != self._wanted:
            return
        self._shown = wanted
        tr = self._tr
        if isinstance(error, StorybankError):
            self._say(" ".join(filter(None, map(tr.sentence, (error.message, error.hint)))))
        else:
            self._say(tr("The preview could not be made: {what}", what=f"{type(error).__name__}: {error}"[:200]))
        self._forget()
        self._tell()

    def _forget(self) -> None:
        """Show nothing and keep nothing of what was shown: somebody in it may have said stop."""
        self.view.show_pages((), ())
        self.browse.hide()
        _away(self._folders)()

    def _say(self, text: str) -> None:
        self.told.setText(text)
        self.told.setVisible(bool(text))

    def _tell(self) -> None:
        tr = self._tr
        if self._wanted is None:
            self.state.setText("")
        elif self._wanted == self._shown:
            site = self._wanted[0].kind is DraftKind.SITE and bool(self.view.lines)
            told = tr.many("{n} page", "{n} pages", len(self.view.lines)) if site else self.view.told
            self.state.setText(told)
        elif self._wanted[0].kind is DraftKind.SITE and not self._app.runner.is_on(self._job):
            self.state.setText(tr("Out of date") if self.view.count else "")
        else:
            self.state.setText(tr("Out of date: it is made anew…") if self.view.count else tr("The preview is made…"))

    def _browse(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._document)))

    def _build(self) -> None:
        self._document = Path()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, SPACE_3)
        column.setSpacing(SPACE_2)
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        row.addWidget(self.state, 1)
        for button in self.view.buttons:
            row.addWidget(button)
        column.addLayout(row)
        column.addWidget(self.told)
        ways = QHBoxLayout()
        for button in (self.browse, self.anew):
            ways.addWidget(button)
            button.hide()
        ways.addStretch(1)
        column.addLayout(ways)
        self._faces: QStackedWidget = QStackedWidget()
        for face in (self.view, self.bare, self.first):
            self._faces.addWidget(face)
        column.addWidget(self._faces, 1)
        self.told.hide()
        self.view.turned.connect(self._tell)


def _is_bare(draft: Draft) -> bool:
    """Tell whether nothing can be shown of a draft yet: all but a kit's folders are made of quotes."""
    return not draft.quotes and draft.kind is not DraftKind.KIT


def _content(draft: Draft) -> Draft:
    """Return a draft without what saving writes into it, which changes no page."""
    return replace(draft, version=draft.version, saved_at="", saved_by="")


def _away(folders: Sequence[Path]) -> Callable[[], None]:
    def clear_away() -> None:
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)

    return clear_away
