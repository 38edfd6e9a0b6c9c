"""Reasons: why the gate answers as it does, in sentences that can be read aloud to the person they are about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from storybank.domain.consent import CLOSED, PERMITTING, Consent, ConsentState, Stage
from storybank.domain.contributor import Contributor
from storybank.domain.story import Story
from storybank.domain.use import Act, Material, Question
from storybank.words import Sentence, say

ACTS = {
    Act.USE: say("use"), Act.EDIT: say("editing"), Act.TRANSLATE: say("translation"),
    Act.ADVERTISE: say("paid advertising"), Act.TRANSCRIBE: say("transcription by a machine"),
    Act.ANALYSE: say("suggestions by a machine"), Act.TRAIN: say("training of a machine"),
}
"""What is done, as people say it."""

MATERIALS = {
    Material.VIDEO: say("the whole video"), Material.CLIP: say("clips"), Material.AUDIO: say("sound alone"),
    Material.STILL: say("pictures"), Material.QUOTE: say("written quotes"), Material.PARAPHRASE: say("paraphrase"),
    Material.TRANSLATION: say("translated quotes"),
}
"""What goes out, as people say it."""


def not_on_file(person: Contributor) -> Sentence:
    """Return that nobody has an answer of this person."""
    return say("There is no consent on file for {person}.", person=person.name)


def dissents(person: Contributor) -> Sentence:
    """Return that somebody said no for themselves, where another decides for them."""
    return say("{person} does not want this, whatever was agreed to for them.", person=person.name)


def agreed(person: Contributor, question: Question) -> Sentence:
    """Return that the person said yes to this."""
    if question.act is not Act.USE:
        return say("{person} agreed to this: {act}.", person=person.name, act=ACTS[question.act])
    return say("{person} agreed to this use: {use}.", person=person.name, use=question.use)


def said_no(person: Contributor, question: Question) -> Sentence:
    """Return that the person said no to this."""
    if question.act is not Act.USE:
        return say("{person} said no to this: {act}.", person=person.name, act=ACTS[question.act])
    return say("{person} said no to this use: {use}.", person=person.name, use=question.use)


def asks_first(person: Contributor, question: Question) -> Sentence:
    """Return that the person wants a question before each such use."""
    if question.act is not Act.USE:
        return say("{person} wants to be asked first for this: {act}.", person=person.name, act=ACTS[question.act])
    return say("{person} wants to be asked first for this use: {use}.", person=person.name, use=question.use)


def never_agreed(person: Contributor, question: Question) -> Sentence:
    """Return that the person was silent about this, which is no."""
    if question.act is not Act.USE:
        return say("{person} did not agree to this: {act}.", person=person.name, act=ACTS[question.act])
    if question.material is not Material.QUOTE:
        return say("{person} did not agree to {material} for this use: {use}.", person=person.name,
                   material=MATERIALS[question.material], use=question.use)
    return say("{person} did not agree to this use: {use}.", person=person.name, use=question.use)


def put_away(story: Story) -> Sentence | None:
    """Return that nothing of a story goes anywhere because it was sealed or erased; None where it is open."""
    for day, reason in (
        (story.erased_on, say("Story {code} was erased on {day}, as somebody in it asked.")),
        (story.sealed_on, say("Story {code} was sealed on {day}, as somebody in it asked.")),
    ):
        if day:
            return replace(reason, values=(("code", story.code), ("day", date.fromisoformat(day[:10]))))
    return None


def without_evidence(consent: Consent) -> Sentence:
    """Return that nothing proves this agreement."""
    return say("Consent {code} has no evidence on file.", code=consent.code)


def nobody_with_the_right(person: Contributor, on: date) -> Sentence:
    """Return why nobody who may decide for this person has agreed."""
    if person.is_minor(on):
        return say("{person} is a minor, and no guardian agreed.", person=person.name)
    if person.majority_on:
        return say("{person} came of age on {day} and has not been asked again.", person=person.name,
                   day=person.majority_on)
    return say("A guardian decides for {person}, and has not agreed.", person=person.name)


def not_standing(person: Contributor, consent: Consent, on: date) -> Sentence:
    """Return why an agreement permits nothing on that day."""
    name, state = person.name, consent.state(on)
    when = date.fromisoformat(consent.events[-1].at[:10]) if consent.events else ""
    if state is ConsentState.EXPIRED:
        return say("The consent of {person} ended on {day}.", person=name, day=consent.valid_until)
    if state in PERMITTING and consent.stage is Stage.RECORD:
        return say("{person} agreed to be recorded, and has not been asked about using it yet.", person=name)
    if state in _NOT_STANDING:
        return replace(_NOT_STANDING[state], values=(("person", name), ("day", when)))
    if state in CLOSED:
        return say("Every consent of {person} was closed or entered in error: none stands.", person=name)
    return say("The consent of {person} does not hold on {day}.", person=name, day=on)


_NOT_STANDING = {
    ConsentState.WITHDRAWN: say("{person} withdrew their consent on {day}."),
    ConsentState.REVOKED: say("The organisation revoked the consent of {person} on {day}."),
    ConsentState.INVALIDATED: say("The consent of {person} was found void on {day}."),
    ConsentState.REQUESTED: say("{person} was asked for consent and has not answered yet."),
    ConsentState.DEFERRED: say("{person} asked for time to think, and has not answered yet."),
    ConsentState.REFUSED: say("{person} refused consent on {day}."),
}
