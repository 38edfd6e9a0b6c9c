"""Forms about who is in a story: a person's part, the communities that decide, and stretches that are not free."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from storybank.domain.contributor import Contributor, ContributorKind, Label
from storybank.domain.restriction import Treatment
from storybank.domain.story import Participant, Sharing
from storybank.domain.transcript import Span
from storybank.services.browsing import StoryView
from storybank.words import Words
from ui.consent.form import Form
from ui.consent.options import OneOf
from ui.consent.times import moment_in, moment_of, time_field
from ui.parts.buttons import stop_button
from ui.parts.fields import Choice, line_field, tick
from ui.parts.page import labelled
from ui.parts.said import N_, timecode
from ui.parts.text import note
from ui.theme import Tokens

if TYPE_CHECKING:
    from ui.wiring import App

TREATMENTS = {
    Treatment.CUT: N_("Leave it out: no quote or clip may touch it"),
    Treatment.MUTE: N_("Silence it"),
    Treatment.BLUR: N_("Make the picture unrecognizable"),
    Treatment.REDACT: N_("Take the words out, and silence them"),
}


class PresenceForm(Form):
    """How and when somebody can be heard or seen; consent is asked of them only then."""

    def __init__(self, app: App, tr: Words, tokens: Tokens, view: StoryView, one: Participant) -> None:
        self._name = next(person.name for person in view.people if person.id == one.contributor_id)
        super().__init__(tr, tr("How is {name} in this story?", name=self._name), tr("Save"))
        self._app, self._view, self._one = app, view, one
        self.speaks = tick(tr("Speaks"), on=one.speaks)
        self.audible = tick(tr("Can be heard"), on=one.audible)
        self.visible = tick(tr("Can be seen"), on=one.visible)
        for box in (self.speaks, self.audible, self.visible):
            self.add(box)
        self.first = self.speaks
        self.recording = Choice(tokens, tr("In which recording?"), [
            ("", tr("in all of them")), *((r.id, r.original_name) for r in view.recordings)], one.recording_id)
        if len(view.recordings) > 1:
            self.add(labelled(self.recording.accessibleName(), self.recording))
        self.times = line_field(tr("When?"), ", ".join(
            f"{timecode(span.start_ms)}-{timecode(span.end_ms)}" for span in one.spans), "0:10-0:24, 1:05-1:30")
        self.add(labelled(self.times.accessibleName(), self.times, tr(
            "Empty: from beginning to end. A quote needs the consent of those who are there while it is said.")))
        self.add_left(stop_button(tr("Not in this story"), self._take_out))
        self.end()

    def save(self) -> None:
        """Put the part on file."""
        changed = Participant(self._one.contributor_id, self.speaks.isChecked(), self.audible.isChecked(),
                              self.visible.isChecked(), self.recording.key, spans_in(self.times))
        self._place([changed if p is self._one else p for p in self._view.story.participants])
        self.finished.emit(self.tr_("Saved: how {name} is in this story.", name=self._name), [])

    def _take_out(self) -> None:
        self._place([p for p in self._view.story.participants if p is not self._one])
        self.finished.emit(self.tr_("{name} is no longer named in this story.", name=self._name), [])

    def _place(self, participants: Sequence[Participant]) -> None:
        self._app.people.place(self._view.story.id, participants)


class CommunityForm(Form):
    """Which community decides beside the people, whether all of them must, and what it wants to stand beside it."""

    def __init__(self, app: App, tr: Words, view: StoryView, community: Contributor | None) -> None:
        name = community.name if community else ""
        super().__init__(tr, tr("A community that decides too") if community is None else name, tr("Save"))
        self._app, self._view, self._community = app, view, community
        self.name = line_field(tr("Name of the community, nation or governing body"), name)
        self.name.setEnabled(community is None)
        self.first = self.name if community is None else None
        self.sharing = OneOf(tr("Where several communities are asked"), [
            (Sharing.ALL.value, tr("every one of them must agree")), (Sharing.ANY.value, tr("one of them is enough")),
        ], view.story.sharing.value)
        self.label_name = line_field(tr("A label or notice of theirs, by its name"), hint="TK Attribution")
        self.label_text = line_field(tr("Its words, exactly as they wrote them"))
        self.label_uri = line_field(tr("Its address at Local Contexts (optional)"))
        for field in (self.name, self.sharing, self.label_name, self.label_text, self.label_uri):
            self.add(labelled(field.accessibleName(), field))
        kept = community.labels if community else ()
        self.kept = {one: tick(one.name, on=True) for one in kept}
        for box in self.kept.values():
            self.add(box)
        self.add(note(tr("Only a community gives labels. They are carried unaltered into every export.")))
        if community is not None:
            self.add_left(stop_button(tr("Does not decide about this story"), self._take_out))
        self.end()

    def save(self) -> None:
        """Let the community decide about the story from now on."""
        community = self._community or self._known()
        labels = [one for one in community.labels if one not in self.kept or self.kept[one].isChecked()]
        if _text(self.label_name):
            labels.append(Label(_text(self.label_name), _text(self.label_text), community.language,
                                _text(self.label_uri)))
        if tuple(labels) != community.labels:
            self._app.people.label(community, labels)
        shared = dict.fromkeys([*self._view.story.communities, community.id])
        self._app.people.share_with(self._view.story.id, list(shared), Sharing(self.sharing.key))
        self.finished.emit(self.tr_("{name} decides about this story too.", name=community.name), [])

    def _known(self) -> Contributor:
        name = _text(self.name)
        for one in self._app.people.all():
            if one.is_community and one.name == name:
                return one
        return self._app.people.add(name, kind=ContributorKind.COMMUNITY, language=self._view.story.language or "en")

    def _take_out(self) -> None:
        left = [one for one in self._view.story.communities if self._community and one != self._community.id]
        self._app.people.share_with(self._view.story.id, left, Sharing(self.sharing.key))
        self.finished.emit(self.tr_("It does not decide about this story any longer."), [])


class RestrictionForm(Form):
    """A stretch of the recording that may not go out as it is."""

    def __init__(self, app: App, tr: Words, tokens: Tokens, view: StoryView) -> None:
        super().__init__(tr, tr("Restrict a stretch of the recording"), tr("Restrict"))
        self._app, self._view = app, view
        self.recording = Choice(tokens, tr("In which recording?"), [(r.id, r.original_name) for r in view.recordings])
        if len(view.recordings) > 1:
            self.add(labelled(self.recording.accessibleName(), self.recording))
        self.begins, self.ends = time_field(tr("From")), time_field(tr("To"))
        self.treatment = OneOf(tr("What must be done with it?"),
                               [(one.value, tr(words)) for one, words in TREATMENTS.items()], Treatment.MUTE.value)
        self.reason = line_field(tr("Why? (optional)"), hint=tr("a patient's name is heard"))
        for field in (self.begins, self.ends, self.treatment, self.reason):
            self.add(labelled(field.accessibleName(), field))
        self.first = self.begins
        self.end()

    def save(self) -> None:
        """Put the restriction on file; it holds for every quote, clip and export from now on."""
        self._app.people.restrict(self.recording.key, moment_in(self.begins), moment_in(self.ends),
                                  Treatment(self.treatment.key), _text(self.reason))
        self.finished.emit(self.tr_("Restricted. It holds for every quote, clip and export from now on."), [])


def spans_in(field: QLineEdit) -> tuple[Span, ...]:
    """Return the stretches that are written as `0:10-0:24, 1:05-1:30`; raise `Invalid` saying how to write one."""
    found = []
    for part in filter(None, (part.strip() for part in field.text().replace("–", "-").split(","))):
        begins, _dash, ends = part.partition("-")
        found.append(Span(moment_of(begins), moment_of(ends)))
    return tuple(found)


def _text(field: QLineEdit) -> str:
    return field.text().strip()
