"""Wording: what a consent is made of, as the person who gave it reads it: names, acts, states, and whom to turn to."""

from __future__ import annotations

from storybank.domain.attribution import Attribution
from storybank.domain.consent import ConsentState, Method, Role
from storybank.domain.receipt import Organization
from storybank.domain.use import Act, Material
from storybank.words import Words, say

NAMING = {
    Attribution.FULL: say("Your full name, what you do, your organization and your province"),
    Attribution.FULL_NAME: say("Your full name, what you do and your province"),
    Attribution.FIRST_NAME: say("Your first name and your province"),
    Attribution.ROLE_AND_ORGANIZATION: say("What you do and your organization, without your name"),
    Attribution.ROLE_AND_PLACE: say("What you do and your province, without your name"),
    Attribution.ROLE_ONLY: say("What you do, and nothing else"),
    Attribution.ANONYMOUS: say("No name and nothing else: your words only, without your face or voice"),
}
"""How a person may be named, from most to least."""

EXAMPLES = {
    Attribution.FULL: say("Robin Lavoie, link worker, Riverside Health Centre, Manitoba"),
    Attribution.FULL_NAME: say("Robin Lavoie, link worker, Manitoba"),
    Attribution.FIRST_NAME: say("Robin, Manitoba"),
    Attribution.ROLE_AND_ORGANIZATION: say("A link worker, Riverside Health Centre"),
    Attribution.ROLE_AND_PLACE: say("A link worker, Manitoba"),
    Attribution.ROLE_ONLY: say("A link worker"),
    Attribution.ANONYMOUS: say("Shared without a name"),
}
"""How each looks on paper; nobody real."""

ACTS = {
    Act.EDIT: say("Shorten what you said; the meaning stays"),
    Act.TRANSLATE: say("Put it into another language"),
    Act.ADVERTISE: say("Show it in paid ads"),
    Act.TRANSCRIBE: say("Let a program on our computer write down what you say"),
    Act.ANALYSE: say("Let a program on our computer suggest topics"),
    Act.TRAIN: say("Train a machine on your face, voice or words"),
}
"""What may be done besides, as questions on a form."""

ACTS_IN_SHORT = {
    Act.EDIT: say("shorten what you said"), Act.TRANSLATE: say("translate it"),
    Act.ADVERTISE: say("show it in paid ads"), Act.TRANSCRIBE: say("let a program of ours write it down"),
    Act.ANALYSE: say("let a program of ours suggest topics"), Act.TRAIN: say("train a machine on it"),
}  # fmt: skip
"""The same, as a receipt lists them."""

MATERIALS = {
    Material.VIDEO: say("the whole video"), Material.CLIP: say("clips"), Material.AUDIO: say("sound alone"),
    Material.STILL: say("pictures"), Material.QUOTE: say("written quotes"), Material.PARAPHRASE: say("paraphrase"),
    Material.TRANSLATION: say("translated quotes"),
}  # fmt: skip

HAPPENED = {
    ConsentState.REQUESTED: say("Consent was asked for"),
    ConsentState.DEFERRED: say("Time to think was asked for"),
    ConsentState.REFUSED: say("Consent was refused"),
    ConsentState.GIVEN: say("Consent was given"),
    ConsentState.RENEWED: say("Consent was renewed"),
    ConsentState.NARROWED: say("Replaced by an agreement to less"),
    ConsentState.WITHDRAWN: say("Consent was taken back"),
    ConsentState.REVOKED: say("Ended by the organization"),
    ConsentState.INVALIDATED: say("Found not to be valid"),
    ConsentState.SUPERSEDED: say("Replaced by a newer agreement"),
    ConsentState.ENTERED_IN_ERROR: say("Found to have been entered by mistake"),
}
"""Each event of a consent, told to the person."""

BY_WHOM = {
    Role.GUARDIAN: say("by the person who decides for you"), Role.COMMUNITY: say("by your community"),
    Role.ORGANIZATION: say("by the organization"), Role.AUTHORITY: say("by an authority"),
}  # fmt: skip
"""Who made it happen, where it was not the person."""

METHODS = {
    Method.PAPER: say("on paper"), Method.SIGNATURE: say("with an electronic signature"),
    Method.ON_CAMERA: say("on camera"), Method.PHONE: say("by phone"), Method.EMAIL: say("by e-mail"),
    Method.IN_PERSON: say("in person"),
}  # fmt: skip

_COMMISSIONERS = {
    "QC": say("the Commission d’accès à l’information du Québec (1-888-528-7741, cai.gouv.qc.ca)"),
    "BC": say("the Information and Privacy Commissioner for British Columbia (oipc.bc.ca)"),
    "AB": say("the Information and Privacy Commissioner of Alberta (oipc.ab.ca)"),
}
"""Where a province has a law of its own for organisations like ours."""
_FEDERAL = say("the Privacy Commissioner of Canada (1-800-282-1376, priv.gc.ca)")


def commissioner(province: str, words: Words) -> str:
    """Return to whom a person of that province may complain."""
    return words.sentence(_COMMISSIONERS.get(province, _FEDERAL))


def ways_to_reach(house: Organization) -> list[str]:
    """Return the organisation's own addresses, those that are known."""
    return [way.strip() for way in (house.phone, house.email, house.address) if way.strip()]


def capital(text: str) -> str:
    """Return a text as it begins a line."""
    return text[:1].upper() + text[1:]
