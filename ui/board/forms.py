"""Forms: the texts people are given, the uses they are asked about, and who answers for the library."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from storybank.domain.consent import ConsentState
from storybank.domain.notice import Notice
from storybank.domain.receipt import Organization
from storybank.domain.use import Use
from storybank.jobs.runner import Lane
from storybank.words import Words, say
from ui.ask import explain
from ui.board.form_editor import Draft, FormEditor, in_other_language, next_version
from ui.board.form_index import FormIndex
from ui.board.form_owner import OwnerCard
from ui.board.form_reading import FormReading, to_fill_in
from ui.board.form_uses import UsesCard
from ui.board.papers import open_file
from ui.consent.taken_turns import newest_first
from ui.jobs.book import Errands
from ui.parts.page import scrolled
from ui.parts.toast import Toast
from ui.theme import SPACE_4, SPACE_6, Tokens

if TYPE_CHECKING:
    from ui.wiring import App

INDEX_WIDTH, WIDTH = 300, 760
USES, OWNER = "uses", "owner"
"""What the index holds beside the forms."""


class FormsView(QWidget):
    """What there is at the left; what is chosen, to be read or written, at the right."""

    def __init__(self, app: App, tr: Words, tokens: Tokens, errands: Errands, toast: Toast) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._app, self._tr, self._tokens, self._errands, self._toast = app, tr, tokens, errands, toast
        self.notices: list[Notice] = []
        self.drafts: dict[tuple[str, str], FormEditor] = {}
        """What somebody is writing, by the form it began with and its language; put away, it waits."""
        self.shown: QWidget | None = None
        self._build()

    @Slot()
    def refresh(self) -> None:
        """Read the forms anew; what somebody is writing stays as it is."""
        self.notices = newest_first(self._app.forms.notices(), self._tr.language)
        self._people = self._agreed()
        self.index.put(self.notices, self._people)
        if self.shown is None and self.notices:
            self.open(self.notices[0].id)
        elif isinstance(self.shown, FormReading) and self.shown.about != self._about(self.shown.notice):
            self.open(self.shown.notice.id)
        elif isinstance(self.shown, (UsesCard, OwnerCard)):
            self.shown.refresh()

    def open(self, key: str) -> None:
        """Show a form to be read, the uses, or who answers for the library."""
        self.index.choose(key)
        if key == USES:
            self._show(self._uses)
        elif key == OWNER:
            self._show(self._owner)
        else:
            self._show(self._reading(next(notice for notice in self.notices if notice.id == key)))

    def write_version(self, notice: Notice) -> None:
        """Begin, or go on with, a new version of a form."""
        self._write((notice.id, notice.language), next_version(notice, self._free_version(notice)))

    def write_other(self, notice: Notice) -> None:
        """Show the same version in the other language, or begin to write it."""
        other = self._other(notice)
        if other:
            self.open(other.id)
            return
        language = "en" if notice.language == "fr" else "fr"
        earlier = next((one for one in self.notices if (one.key, one.language) == (notice.key, language)), None)
        self._write((notice.id, language), in_other_language(notice, earlier))

    def write_another(self) -> None:
        """Begin, or go on with, a form of its own."""
        uses = tuple(use.key for use in self._app.consenting.uses())
        self.index.choose("")
        self._write(("", ""), Draft(version=f"{self._app.consenting.today():%Y-%m}", language=self._tr.language,
                                    uses=uses))

    def save_word(self, notice: Notice, to: Path) -> None:
        """Write a form as a Word file, to be printed and signed."""
        title = say("Writing the form {name}", name=notice.name)
        uses = self._app.consenting.uses()

        def work(_ticket: object) -> Path:
            self._app.papers.notice(notice, uses, to)
            return to

        self._errands.start(Lane.FILES, title, work, self._word_saved, self._failed)

    def _ask_word(self, notice: Notice) -> None:
        name = f"{notice.name.replace('/', '-')}.docx"
        chosen, _kind = QFileDialog.getSaveFileName(self, self._tr("Save as Word form…"), name,
                                                    f"{self._tr('Word file')} (*.docx)")
        if chosen:
            self.save_word(notice, Path(chosen))

    def _word_saved(self, file: Path) -> None:
        self._toast.say(self._tr("The form is saved: {file}", file=file.name), "good",
                        actions=[(self._tr("Open folder"), lambda: open_file(file.parent))])

    def _agreed(self) -> dict[str, int]:
        """Return how many people agreed on each form, those who took it back among them."""
        people: dict[str, set[str]] = {}
        for consent in self._app.consenting.all():
            if any(event.state in (ConsentState.GIVEN, ConsentState.RENEWED) for event in consent.events):
                people.setdefault(consent.taken.notice_id, set()).add(consent.contributor_id)
        return {notice_id: len(those) for notice_id, those in people.items()}

    def _free_version(self, notice: Notice) -> str:
        today = self._app.consenting.today()
        taken = {one.version for one in self.notices if (one.key, one.language) == (notice.key, notice.language)}
        wanted = [f"{today:%Y-%m}", today.isoformat(), *(f"{today.isoformat()}-{n}" for n in range(2, len(taken) + 3))]
        return next(version for version in wanted if version not in taken)

    def _other(self, notice: Notice) -> Notice | None:
        language = "en" if notice.language == "fr" else "fr"
        wanted = (notice.key, notice.version, language)
        return next((one for one in self.notices if (one.key, one.version, one.language) == wanted), None)

    def _about(self, notice: Notice) -> tuple[Notice, int, dict[str, Use], Notice | None]:
        """Return all that is shown of a form."""
        uses = {use.key: use for use in self._app.consenting.uses()}
        return notice, self._people.get(notice.id, 0), uses, self._other(notice)

    def _reading(self, notice: Notice) -> FormReading:
        made = FormReading(self._tr, *self._about(notice))
        made.word_asked.connect(self._ask_word)
        made.version_asked.connect(self.write_version)
        made.other_asked.connect(self.write_other)
        return made

    def _write(self, place: tuple[str, str], draft: Draft) -> None:
        uses = self._app.consenting.uses()
        if place in self.drafts:
            self.drafts[place].offer(uses)
        else:
            editor = FormEditor(self._app, self._tr, self._tokens, draft, uses)
            editor.saved.connect(partial(self._form_saved, place))
            editor.put_away.connect(partial(self._put_away, place))
            editor.failed.connect(self._failed)
            self.drafts[place] = editor
        self._show(self.drafts[place])
        self.drafts[place].title.setFocus()

    def _form_saved(self, place: tuple[str, str], notice: Notice) -> None:
        self._let_go(self.drafts.pop(place))
        self.refresh()
        self.open(notice.id)
        left = to_fill_in(notice)
        said = self._tr("The form {name} is on file.", name=notice.name)
        more = [self._tr("Still to be filled in: {places}.", places=", ".join(left))] if left else []
        self._toast.say(said, "warn" if left else "good", details=more)

    def _put_away(self, place: tuple[str, str]) -> None:
        editor = self.drafts[place]
        if editor.changed:
            self._toast.say(self._tr("Put away. The same button brings it back, until you close Storybank."))
        else:
            self._let_go(self.drafts.pop(place))
        notice = next((one for one in self.notices if one.id == place[0]), None) or next(iter(self.notices), None)
        self.open(notice.id if notice else USES)

    def _use_saved(self, use: Use) -> None:
        self._toast.say(self._tr("“{use}” is on the list.", use=use.label(self._tr.language)), "good")

    def _owner_saved(self, organization: Organization) -> None:
        self._toast.say(self._tr("Saved: {name} answers for this library.", name=organization.name), "good")

    def _failed(self, error: Exception) -> None:
        explain(self._toast, self._tr, error)

    def _show(self, widget: QWidget) -> None:
        """Put something at the right; what was read goes, what was being written waits."""
        before, self.shown = self.shown, widget
        if before is not None and before is not widget:
            before.hide()
            if isinstance(before, FormReading):
                self._let_go(before)
        if self._place.indexOf(widget) < 0:
            self._place.insertWidget(self._place.count() - 1, widget)
        widget.show()
        if before is not widget:
            self._area.verticalScrollBar().setValue(0)

    def _let_go(self, widget: QWidget) -> None:
        self._place.removeWidget(widget)
        widget.hide()
        widget.deleteLater()
        if self.shown is widget:
            self.shown = None

    def _build(self) -> None:
        self.index = FormIndex(self._tr, self._tokens)
        for asked in (self.index.opened, self.index.another_asked):
            asked.connect(self._toast.hide)
        self.index.opened.connect(self.open)
        self.index.another_asked.connect(self.write_another)
        beside = scrolled(self.index)
        beside.setFixedWidth(INDEX_WIDTH)
        self._area: QScrollArea = self._detail()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_4)
        row.addWidget(beside)
        row.addWidget(self._area, 1)
        self._uses, self._owner = UsesCard(self._app, self._tr, self._tokens), OwnerCard(self._app, self._tr)
        self._uses.saved.connect(self._use_saved)
        self._owner.saved.connect(self._owner_saved)
        for card in (self._uses, self._owner):
            card.failed.connect(self._failed)
            card.hide()
            self._place.insertWidget(0, card)

    def _detail(self) -> QScrollArea:
        holder = QWidget()
        holder.setMaximumWidth(WIDTH)
        self._place = QVBoxLayout(holder)
        self._place.setContentsMargins(0, 0, SPACE_4, SPACE_6)
        self._place.addStretch(1)
        return scrolled(holder)
