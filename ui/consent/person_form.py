"""Form that names the person in a story, and who decides for them where they do not decide alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from storybank.domain.codebook import CodeKind
from storybank.domain.contributor import Assent, Contributor, Guardian
from storybank.domain.story import Participant
from storybank.domain.vocabulary import PROVINCES, province
from storybank.errors import Invalid
from storybank.services.browsing import StoryView
from storybank.words import Words, say
from ui.consent.form import Form
from ui.consent.options import OneOf
from ui.parts.fields import Choice, DayField, line_field, tick
from ui.parts.page import labelled
from ui.theme import SPACE_3, Tokens

if TYPE_CHECKING:
    from ui.wiring import App


class PersonForm(Form):
    """Name, role, stakeholder, organization, province and language of a person; and their guardian."""

    def __init__(self, app: App, tr: Words, tokens: Tokens, view: StoryView, person: Contributor | None) -> None:
        heading = tr("Who is this?") if person is None else tr("What is known about {name}", name=person.name)
        super().__init__(tr, heading, tr("Save"))
        self._app, self._tokens, self._view, self._person = app, tokens, view, person
        shown = person or Contributor("", "", "", language=view.story.language or "en")
        self._build_fields(shown)
        self._build_guardian(shown)
        self.end()

    def save(self) -> None:
        """Put the person on file and into the story."""
        guardian, majority = self._guardian_told(), self.majority_on.day() if self.guarded.isChecked() else None
        if self._person is None:
            known = next((p for p in self._app.people.all() if p.name == self.name.text().strip()), None)
            person = known or self._app.people.add(
                self.name.text(), role=self.role.text().strip(), stakeholder=self.stakeholder.key,
                organization=self.organization.text().strip(), province=self.province.key, language=self.language.key)
            self._put_in(person)
            if guardian:
                self._app.people.save(replace(person, guardian=guardian, majority_on=majority))
        else:
            person = replace(
                self._person, name=self.name.text().strip() or self._person.name, role=self.role.text().strip(),
                stakeholder=self.stakeholder.key, organization=self.organization.text().strip(),
                province=self.province.key, language=self.language.key, guardian=guardian, majority_on=majority)
            self._app.people.save(person)
        self.finished.emit(self.tr_("Saved. {name} is in this story.", name=person.name), [])

    def _put_in(self, person: Contributor) -> None:
        there: Sequence[Participant] = self._view.story.participants
        if person.id not in {one.contributor_id for one in there}:
            self._app.people.place(self._view.story.id, [*there, Participant(person.id, speaks=not there)])

    def _guardian_told(self) -> Guardian | None:
        if not self.guarded.isChecked():
            return None
        if not self.guardian.text().strip():
            if self.majority_on.day():
                return None
            raise Invalid(say("A guardian needs a name."))
        return Guardian(self.guardian.text().strip(), self.relation.text().strip(), self.basis.text().strip(),
                        Assent(self.assent.key), self.assent_on.day())

    def _build_fields(self, person: Contributor) -> None:
        tr, words = self.tr_, self.tr_.language
        people = [(code.key, code.label(words)) for code in self._app.browsing.codes()
                  if code.kind is CodeKind.STAKEHOLDER]
        places = [(key, province(key, words)) for key in PROVINCES]
        self.name = line_field(tr("Name"), person.name)
        self.role = line_field(tr("Role, in their own words"), person.role)
        self.stakeholder = Choice(self._tokens, tr("Stakeholder"), [("", tr("Not said")), *people],
                                  person.stakeholder)
        self.organization = line_field(tr("Organization"), person.organization)
        self.province = Choice(self._tokens, tr("Province or territory"), [("", tr("Not said")), *places],
                               person.province)
        self.language = Choice(self._tokens, tr("Language"), [("en", "English"), ("fr", "Français")],
                               person.language)
        self.first = self.name
        for field in (self.name, self.role, self.stakeholder, self.organization, self.province, self.language):
            self.add(labelled(field.accessibleName(), field))

    def _build_guardian(self, person: Contributor) -> None:
        tr, guardian = self.tr_, person.guardian or Guardian("")
        self.guarded = tick(tr("Somebody else decides for them"), on=bool(person.guardian or person.majority_on))
        self.guardian = line_field(tr("Who decides?"), guardian.name)
        self.relation = line_field(tr("What are they to the person?"), guardian.relation, tr("mother, tutor…"))
        self.basis = line_field(tr("By which right?"), guardian.basis, tr("parent, court order…"))
        self.majority_on = DayField(tr, tr("Comes of age on (empty: an adult who cannot decide alone)"),
                                    person.majority_on)
        self.assent = OneOf(tr("And what do they say themselves?"), [
            (Assent.UNKNOWN.value, tr("They have not been asked")), (Assent.YES.value, tr("They want it too")),
            (Assent.DISSENT.value, tr("They do not want it: nothing may be used")),
        ], guardian.assent.value)
        self.assent_on = DayField(tr, tr("Said on"), guardian.assent_on)
        holder = QWidget()
        holder.setObjectName("plain")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_3)
        for field in (self.guardian, self.relation, self.basis, self.majority_on, self.assent, self.assent_on):
            column.addWidget(labelled(field.accessibleName(), field))
        self.add(self.guarded)
        self.add(holder)
        holder.setVisible(self.guarded.isChecked())
        self.guarded.toggled.connect(holder.setVisible)
