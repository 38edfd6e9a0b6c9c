"""The first questions: who it is, what should stop, and how it reached us."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCheckBox, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from storybank.domain.consent import Role
from storybank.errors import Invalid
from storybank.services.withdrawing import Stop
from storybank.words import say
from ui.parts.fields import line_field, tick
from ui.parts.page import labelled
from ui.theme import SPACE_1, TARGET
from ui.withdrawal.options import Options
from ui.withdrawal.step import Step, Told

SHOWN = 60


class Who(Step):
    """Whose wish it is: found by typing a part of the name."""

    key = "who"

    def __init__(self, told: Told) -> None:
        super().__init__(told, told.tr("Who said stop?"))
        tr = self.tr_
        self._people = sorted(told.app.people.all(), key=lambda person: person.name.casefold())
        self.name = line_field(tr("A part of the name"))
        self.found = QListWidget()
        self.found.setAccessibleName(tr("People"))
        self.found.setMinimumHeight(220)
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.column.addWidget(labelled(self.name.accessibleName(), self.name))
        self.column.addWidget(self.found, 1)
        self.name.textChanged.connect(self._find)
        self.name.returnPressed.connect(self.found.setFocus)
        self.found.itemSelectionChanged.connect(self.changed)
        self.found.itemActivated.connect(lambda _item: self.done.emit())
        self._find("")

    def begin(self) -> None:
        self.name.setFocus()

    def keep(self) -> None:
        chosen = self.found.selectedItems()
        if not chosen:
            raise Invalid(say("Choose the person who said stop."))
        wanted = chosen[0].data(Qt.ItemDataRole.UserRole)
        self.told.person = next(person for person in self._people if person.id == wanted)

    def _find(self, text: str) -> None:
        self.found.clear()
        wanted = text.casefold().strip()
        found = [person for person in self._people if wanted in person.name.casefold()]
        for person in found[:SHOWN]:
            about = " · ".join(part for part in (person.name, person.role, person.code) if part)
            item = QListWidgetItem(about)
            item.setData(Qt.ItemDataRole.UserRole, person.id)
            item.setToolTip(about)
            item.setSizeHint(QSize(100, TARGET + 4))
            self.found.addItem(item)
        if len(found) == 1:
            self.found.setCurrentRow(0)


class What(Step):
    """What should stop: everything, some stories, or some uses."""

    key = "what"

    def __init__(self, told: Told) -> None:
        super().__init__(told, told.tr("What should stop?"))
        tr, app = self.tr_, told.app
        assert told.person
        own = app.surveying.stories_of(told.person.id)
        uses = app.browsing.uses()
        options = [("everything", tr("Everything"), tr("Nothing of theirs may be used any more, anywhere."))]
        if len(own) > 1:
            options.append(("stories", tr("Only some stories"), tr("Their other stories may still be used.")))
        options.append(("uses", tr("Only some uses"), tr("What they agreed to besides may go on.")))
        self.what = Options(self.question, options, "everything")
        self.stories = {line.id: tick(f"{line.code} · {line.title}") for line in own}
        self.uses = {use.key: tick(_upper(use.label(tr.language))) for use in uses}
        self.column.addWidget(self.what)
        self._lists = {"stories": _ticks(self.stories.values()), "uses": _ticks(self.uses.values())}
        for holder in self._lists.values():
            self.column.addWidget(holder)
        self.column.addStretch(1)
        self.what.chosen.connect(self._show)
        self._show(self.what.key)

    def begin(self) -> None:
        self.what.begin()

    def keep(self) -> None:
        assert self.told.person
        stories = _ticked(self.stories) if self.what.key == "stories" else ()
        uses = _ticked(self.uses) if self.what.key == "uses" else ()
        if self.what.key == "stories" and not stories:
            raise Invalid(say("Tick the stories that should stop."))
        if self.what.key == "uses" and not uses:
            raise Invalid(say("Tick the uses that should stop."))
        before = self.told.stop
        self.told.stop = Stop(self.told.person.id, before.reason if before else "", role=before.role if before
                              else Role.PERSON, via=before.via if before else "",
                              verified=before.verified if before else "", story_ids=stories, uses=uses)

    def _show(self, key: str) -> None:
        for name, holder in self._lists.items():
            holder.setVisible(name == key)
        self.changed.emit()


class How(Step):
    """How it reached us, and how we know it is them."""

    key = "how"

    def __init__(self, told: Told) -> None:
        super().__init__(told, told.tr("How did it reach us?"))
        tr = self.tr_
        ways = [tr("By phone"), tr("By e-mail"), tr("By letter"), tr("In person"), tr("Through somebody else")]
        self.via = Options(self.question, [(way, way, "") for way in ways], beside=True)
        self.verified = line_field(tr("How do we know it is them?"))
        self.guardian = tick(tr("Their guardian says it for them"))
        self.reason = line_field(tr("Why, in a few words (optional)"))
        self.column.addWidget(self.via)
        self.column.addWidget(self.guardian)
        self.guardian.setVisible(not (told.person and told.person.is_community))
        self.column.addWidget(labelled(self.verified.accessibleName(), self.verified, tr(
            "We called the number on file, we know their voice, they signed the letter…")))
        self.column.addWidget(labelled(self.reason.accessibleName(), self.reason, tr(
            "Nobody has to say why. Write it down only if they told you.")))
        self.column.addStretch(1)

    def begin(self) -> None:
        self.via.begin()

    def keep(self) -> None:
        stop = self.told.stop
        assert stop
        self.told.stop = Stop(
            stop.contributor_id, self.reason.text().strip(), "",
            self._role(), self.via.key, self.verified.text().strip(),
            stop.story_ids, stop.uses,
        )  # fmt: skip

    def _role(self) -> Role:
        if self.told.person and self.told.person.is_community:
            return Role.COMMUNITY
        return Role.GUARDIAN if self.guardian.isChecked() else Role.PERSON


def _ticks(boxes: Iterable[QCheckBox]) -> QWidget:
    holder = QWidget()
    holder.setObjectName("plain")
    column = QVBoxLayout(holder)
    column.setContentsMargins(SPACE_1, 0, 0, 0)
    column.setSpacing(0)
    for box in boxes:
        column.addWidget(box)
    return holder


def _ticked(boxes: dict[str, QCheckBox]) -> tuple[str, ...]:
    return tuple(key for key, box in boxes.items() if box.isChecked())


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
