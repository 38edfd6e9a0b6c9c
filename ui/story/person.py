"""The person: who speaks, and what may be done with it. People come before records."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from storybank.domain.contributor import Contributor
from storybank.domain.vocabulary import province
from storybank.services.browsing import StoryView
from storybank.words import Words
from ui.consent.said import attribution_said, badge_said
from ui.parts.card import Card
from ui.parts.reason import ReasonBadge, with_reason
from ui.parts.said import day
from ui.parts.text import label, note, soft
from ui.story.standing import Standing
from ui.theme import SPACE_2, Tokens


class PersonCard(Card):
    """A name, a role and a place; the badge; how the person may be named, and until when."""

    def __init__(self, tr: Words, tokens: Tokens, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._tr = tr
        self.name = label("", "name", wrap=True)
        self.role = soft("", wrap=True)
        self.badge = ReasonBadge(tokens, "", "plain", "")
        self.reason = with_reason(self.badge, "")
        self.uses = label("", wrap=True)
        self.terms = note("")
        self.body.setSpacing(SPACE_2)
        for part in (self.name, self.role, self.badge, self.reason, self.uses, self.terms):
            self.body.addWidget(part)

    def show_story(self, view: StoryView, standing: Standing) -> None:
        """Show who is in a story and what they agreed to."""
        self.name.setText(", ".join(person.name for person in view.people) or self._tr("Nobody is named yet"))
        self.role.setText("\n".join(filter(None, (self._about(person) for person in view.people))))
        self.role.setVisible(bool(self.role.text()))
        self._say(view, standing)
        self.reason.setText(standing.reason)
        self.reason.setVisible(not standing.allowed)
        terms = self._terms(view, standing)
        self.terms.setText(terms)
        self.terms.setVisible(bool(terms))

    def _about(self, person: Contributor) -> str:
        parts = (person.role, person.organization, province(person.province, self._tr.language))
        return " · ".join(part for part in parts if part)

    def _say(self, view: StoryView, standing: Standing) -> None:
        if standing.allowed:
            names = ", ".join(use.label(self._tr.language) for use in standing.allowed)
            self.badge.say(self._tr("Usable"), standing.tone, standing.reason)
            self.uses.setText(self._tr("for {uses}", uses=names))
            self.uses.show()
            return
        self.uses.hide()
        word, tone, _reason = badge_said(view.badge, view.uses, self._today(), self._tr)
        self.badge.say(word, tone, standing.reason)

    def _terms(self, view: StoryView, standing: Standing) -> str:
        if not standing.allowed:
            return ""
        parts = []
        if standing.attribution is not None:
            parts.append(self._tr("Attribution: {level}", level=attribution_said(standing.attribution, self._tr)))
        if view.badge.until:
            parts.append(self._tr("until {day}", day=day(view.badge.until, self._tr.language)))
        return " · ".join(parts)
