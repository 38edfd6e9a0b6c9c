"""Contents: what is in a kit and what is not, until when, on which terms: said once, read in several of its papers."""

from __future__ import annotations

from collections.abc import Sequence

from exports.kits.assets import Parcel
from exports.kits.rights import has_clip
from exports.obligations import listed_codes
from exports.typography import clean, day
from storybank.domain.draft import Part
from storybank.words import Words

_APART = {Part.PODCAST: "09_radio", Part.PRINT: "08_print", Part.EVENTS: "10_events"}
"""The folders whose quotes need more than the kit's own uses."""


def inside(folders: Sequence[str], words: Words) -> list[tuple[str, str]]:
    """Return the kit's folders, those that there are, each with what lies in it."""
    told = {
        "01_messages": words("Key messages, talking points, and questions with answers, to be said in your own voice"),
        "02_posts": words("Ready posts for each platform, with alt text and credit"),
        "03_quote-cards": words("Quote cards in every size, with their alt text"),
        "04_clips": words("Clips with captions burned in, one without (clean), captions as files, and transcripts"),
        "05_media": words("A media release and a backgrounder, who we are, and whom to call"),
        "06_partners": words("Words for a newsletter and an e-mail, and quotes for your website"),
        "07_gallery": words("Everything at a glance, in a page that needs no network"),
        "08_print": words("Cards and a handout for a printer"),
        "09_radio": words("Sound for radio and podcasts, with a cue sheet and a script"),
        "10_events": words("Slides and a film to be shown in a room"),
        "_rights": words("Credits, terms of use, how to stop, and what each file rests on"),
        "_manifest": words("What was checked, days for your calendar, and checksums: check them with"
                           " sha256sum -c _manifest/manifest-sha256.txt in this folder"),
    }  # fmt: skip
    return [(folder, told.get(folder, "")) for folder in folders]


def missing(parcel: Parcel, language: str) -> list[str]:
    """Return what somebody may look for in vain, each with the reason."""
    words, found = Words(language), []
    silent = [passage.cleared.quote.code for passage in parcel.passages if not has_clip(passage)]
    if silent and Part.ONLINE in parcel.kit.parts:
        found.append(words("No clip of {quotes}: the voice or the film may not be used.", quotes=listed_codes(silent)))
    if not parcel.may_go_to("website") and Part.ONLINE in parcel.kit.parts:
        found.append(words("No quotes for your own website: this kit was not made for websites."))
    if parcel.section("release", language) and not parcel.may_go_to("news media"):
        found.append(words("No voice in the media release: this kit was not made for news media."))
    for part, folder in _APART.items():
        without = _not_in(part, parcel)
        if without and part in parcel.kit.parts:
            found.append(words("Not in {folder}: {quotes}. The people did not agree to that use.", folder=folder,
                               quotes=listed_codes(without)))
    if parcel.order.left_out:
        found.append(words.many("{n} quote was left out: consent does not cover this use, see _rights/left-out.csv.",
                                "{n} quotes were left out: consent does not cover this use, see _rights/left-out.csv.",
                                len(parcel.order.left_out)))
    return found


def _not_in(part: Part, parcel: Parcel) -> list[str]:
    allowed = {passage.cleared.quote.code for passage in parcel.order.parts.get(part.value, ())}
    return [passage.cleared.quote.code for passage in parcel.passages if passage.cleared.quote.code not in allowed]


def made_by(parcel: Parcel, words: Words) -> str:
    """Return whose kit it is, its number, and its day."""
    return words("A campaign kit of {organization}, number {code}, made on {day}",
                 organization=clean(parcel.kit.signed(words.language)), code=parcel.order.code,
                 day=day(parcel.order.made_at, words.language))


def made_for(parcel: Parcel, words: Words) -> str:
    """Return for whom it was made."""
    return words("Made for {recipient}", recipient=clean(parcel.order.recipient))


def voices(parcel: Parcel, words: Words) -> str:
    """Return how many voices are in it."""
    return words.many("{n} quote from a person who agreed to this use.",
                      "{n} quotes from people who agreed to this use.", len(parcel.passages))


def until(parcel: Parcel, words: Words) -> str:
    """Return until when everything may be used."""
    if parcel.use_until is None:
        return words("Everything here may be used until we write that it may not. No day is set: ask us again after a"
                     " year; the calendar in _manifest reminds you.")
    return words("Everything here may be used up to and including {day}; some files longer, see _rights.",
                 day=day(parcel.use_until, words.language))


def stopping(words: Words) -> str:
    """Return what happens when somebody takes their consent back."""
    return words("A person may take their consent back at any time. We then write to you; please take the files down"
                 " within five working days, and delete your copies.")


def terms(parcel: Parcel, words: Words) -> list[str]:
    """Return the terms of use, a sentence each."""
    return [
        until(parcel, words),
        words("You may use what is in this kit as it is, with its credit line, for: {uses}.",
              uses=", ".join(use.label(words.language) for use in parcel.order.uses)),
        words("Do not change a quote, and do not crop the credit off a picture."),
        words("Do not use it in paid advertising, for or against a party or a candidate, or to train software."),
        words("Do not try to find out who an unnamed person is."),
        words("Stop within five working days when we write that consent was taken back."),
        words("Contact: {contact}", contact=clean(parcel.kit.contact) or "—"),
    ]
