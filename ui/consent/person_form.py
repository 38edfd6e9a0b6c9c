"""Form that names the person in a story: somebody new, or somebody the library knows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storybank.domain.codebook import CodeKind
from storybank.domain.contributor import Contributor
from storybank.domain.vocabulary import PROVINCES, province
from storybank.services.browsing import StoryView
from storybank.words import Words
from ui.consent.form import Form
from ui.parts.fields import Choice, line_field
from ui.parts.page import labelled
from ui.theme import Tokens

if TYPE_CHECKING:
    from ui.wiring import App


class PersonForm(Form):
    """Name, role, stakeholder, organization, province and language of a person."""

    def __init__(self, app: App, tr: Words, tokens: Tokens, view: StoryView, person: Contributor | None) -> None:
        heading = tr("Who is this?") if person is None else tr("What is known about {name}", name=person.name)
        super().__init__(tr, heading, tr("Save"))
        self._app, self._tokens, self._view, self._person = app, tokens, view, person
        self._build_fields(person or Contributor("", "", "", language=view.story.language or "en"))
        self.end()

    def save(self) -> None:
        """Put the person on file and into the story."""
        if self._person is None:
            known = next((p for p in self._app.people.all() if p.name == self.name.text().strip()), None)
            person = known or self._app.people.add(
                self.name.text(), role=self.role.text().strip(), stakeholder=self.stakeholder.key,
                organization=self.organization.text().strip(), province=self.province.key, language=self.language.key)
            ids = [*(one.id for one in self._view.people), person.id]
            self._app.collecting.name_people(self._view.story.id, ids)
        else:
            person = replace(
                self._person, name=self.name.text().strip() or self._person.name, role=self.role.text().strip(),
                stakeholder=self.stakeholder.key, organization=self.organization.text().strip(),
                province=self.province.key, language=self.language.key)
            self._app.people.save(person)
        self.finished.emit(self.tr_("Saved. {name} is in this story.", name=person.name), [])

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
