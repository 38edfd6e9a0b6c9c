"""Commands about who can be heard or seen in a story and when, which communities share it, and what is not free."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace

from storybank.domain.contributor import Contributor
from storybank.domain.recording import Recording
from storybank.domain.restriction import Restriction, Treatment
from storybank.domain.story import Participant, Sharing
from storybank.domain.transcript import Span
from storybank.errors import Invalid, NotFound
from storybank.services.browsing import StoryView
from storybank.words import say
from ui.commands.called import TREATMENTS
from ui.commands.doors import Tr, Voice, clock, moment_of, opened, table
from ui.commands.values import participant_value, restriction_value
from ui.wiring import App


def presence_arguments(doing: argparse._SubParsersAction[argparse.ArgumentParser], tr: Tr) -> None:
    """Say what the part of `people` takes that is about stories."""
    place = doing.add_parser("place", help=tr("say when somebody can be heard or seen in a story"), description=tr(
        "Adds a stretch of time; without --from and --to, all of the recording. Outside its stretches, nobody needs to"
        " agree for that person."))
    place.add_argument("story")
    place.add_argument("person", help=tr("a person's code or name"))
    place.add_argument("--recording", help=tr("a recording's code; else the story's only one"))
    _stretch(place, tr)
    for sense in ("visible", "audible", "speaking"):
        place.add_argument(f"--not-{sense}", dest=sense, action="store_false")
    place.set_defaults(run=place_person)
    share = doing.add_parser("share", help=tr("say which communities decide about a story beside its people"))
    share.add_argument("story")
    share.add_argument("communities", nargs="*", help=tr("a community's code or name; none means no community"))
    share.add_argument("--any", action="store_true", help=tr("one of them is enough; else all must agree"))
    share.set_defaults(run=share_story)
    restrict = doing.add_parser("restrict", help=tr("say that a stretch of a recording may not go out as it is"))
    restrict.add_argument("recording", help=tr("a recording's code, or a story with one recording"))
    _stretch(restrict, tr, required=True)
    restrict.add_argument("--as", dest="treatment", required=True, choices=[str(one) for one in Treatment])
    restrict.add_argument("--reason", default="")
    restrict.set_defaults(run=restrict_stretch)
    listed = doing.add_parser("restrictions", help=tr("list what is not free in a story"))
    listed.add_argument("story")
    listed.set_defaults(run=list_restrictions)
    free = doing.add_parser("free", help=tr("take a restriction back"))
    free.add_argument("story")
    free.add_argument("number", type=int, help=tr("as `people restrictions` numbers them"))
    free.set_defaults(run=free_stretch)


def _stretch(parser: argparse.ArgumentParser, tr: Tr, *, required: bool = False) -> None:
    parser.add_argument("--from", dest="start", metavar="M:SS", required=required, help=tr("where it begins"))
    parser.add_argument("--to", dest="end", metavar="M:SS", required=required, help=tr("where it ends"))


def place_person(asked: argparse.Namespace, voice: Voice) -> None:
    """Say when somebody can be heard or seen."""
    with opened(asked, for_writing=True) as app:
        view = app.browsing.story(asked.story)
        person = app.people.find(asked.person)
        if person.is_community:
            raise Invalid(say("{name} is a community; nobody can see or hear it.", name=person.name),
                          hint=say("`storybank people share` makes it decide about a story."))
        story = app.people.place(view.story.id, _placed(view, person, asked))
        people = {one.id: one for one in (*view.people, person)}
    codes = {recording.id: recording.code for recording in view.recordings}
    parts = [(people[p.contributor_id], p) for p in story.participants]
    value = {"story": story.code, "participants": [participant_value(who, p, codes) for who, p in parts]}
    voice.tell(value, table([(who.code, who.name, codes.get(p.recording_id, ""), _when(p, voice), _how(p, voice))
                             for who, p in parts]))


def share_story(asked: argparse.Namespace, voice: Voice) -> None:
    """Say which communities decide beside the people."""
    with opened(asked, for_writing=True) as app:
        story = app.browsing.story(asked.story).story
        chosen = list({one.id: one for one in map(app.people.find, asked.communities)}.values())
        app.people.share_with(story.id, [one.id for one in chosen], Sharing.ANY if asked.any else Sharing.ALL)
    told = ", ".join(one.name for one in chosen)
    if not chosen:
        text = say("No community decides about {story}.", story=story.code)
    elif asked.any and len(chosen) > 1:
        text = say("One of these must agree to what becomes of {story}: {communities}.", story=story.code,
                   communities=told)
    else:
        text = say("These must agree to what becomes of {story}: {communities}.", story=story.code, communities=told)
    voice.tell({"story": story.code, "communities": [one.code for one in chosen],
                "sharing": Sharing.ANY if asked.any else Sharing.ALL}, text)


def restrict_stretch(asked: argparse.Namespace, voice: Voice) -> None:
    """Say that a stretch may not go out as it is."""
    start, end = moment_of(asked.start), moment_of(asked.end)
    assert start is not None and end is not None
    with opened(asked, for_writing=True) as app:
        recording = _recording(app, asked.recording)
        made = app.people.restrict(recording.id, start, end, Treatment(asked.treatment), asked.reason)
    voice.tell(restriction_value(made, recording.code), table([_row(made, recording.code, voice)]))


def list_restrictions(asked: argparse.Namespace, voice: Voice) -> None:
    """List what is not free."""
    with opened(asked) as app:
        view = app.browsing.story(asked.story)
        found = _restrictions(app, view)
    codes = {recording.id: recording.code for recording in view.recordings}
    value = [{"number": n, **restriction_value(one, codes[one.recording_id])} for n, one in enumerate(found, 1)]
    rows = [(str(n), *_row(one, codes[one.recording_id], voice)) for n, one in enumerate(found, 1)]
    voice.tell(value, table(rows) or say("Everything in {story} is free.", story=view.story.code))


def free_stretch(asked: argparse.Namespace, voice: Voice) -> None:
    """Take a restriction back."""
    with opened(asked, for_writing=True) as app:
        view = app.browsing.story(asked.story)
        found = _restrictions(app, view)
        if not 1 <= asked.number <= len(found):
            raise NotFound(say("{story} has no restriction number {number}.", story=view.story.code,
                               number=asked.number), hint=say("`storybank people restrictions` numbers them."))
        freed = found[asked.number - 1]
        app.people.free(freed)
    codes = {recording.id: recording.code for recording in view.recordings}
    voice.tell({"story": view.story.code, "freed": restriction_value(freed, codes[freed.recording_id])},
               say("{recording} is free again from {start} to {end}.", recording=codes[freed.recording_id],
                   start=clock(freed.start_ms), end=clock(freed.end_ms)))


def _placed(view: StoryView, person: Contributor, asked: argparse.Namespace) -> list[Participant]:
    """Return everyone in a story, with one more stretch of a person.

    Somebody who was there throughout is from now on there in that stretch only; in other recordings as before.
    """
    start, end = moment_of(asked.start), moment_of(asked.end)
    recording = recording_of(view, asked.recording) if asked.recording or start is not None or end is not None else None
    spans: tuple[Span, ...] = ()
    if recording and (start is not None or end is not None):
        spans = (_span(recording, start, end),)
    new = Participant(person.id, asked.speaking, asked.audible, asked.visible, recording.id if recording else "", spans)
    if not (new.speaks or new.audible or new.visible):
        raise Invalid(say("Somebody who is neither seen nor heard is not in the story."),
                      hint=say("`storybank people name` says who is."))
    own = [p for p in view.story.participants if p.contributor_id == person.id]
    mine = _merged(own, new, [one.id for one in view.recordings])
    at = next((n for n, p in enumerate(view.story.participants) if p.contributor_id == person.id), None)
    others = [p for p in view.story.participants if p.contributor_id != person.id]
    return [*others[:at], *mine, *others[at:]] if at is not None else [*others, *mine]


def _merged(own: Sequence[Participant], new: Participant, recordings: Sequence[str]) -> list[Participant]:
    if not new.recording_id:
        return [new]
    others = [p for p in own if p.recording_id not in ("", new.recording_id)]
    named = {p.recording_id for p in others}
    everywhere = next((p for p in own if not p.recording_id), None)
    if everywhere:
        others += [replace(everywhere, recording_id=one) for one in recordings
                   if one != new.recording_id and one not in named]
    before = next((p for p in own if p.recording_id == new.recording_id and p.spans), None)
    if before and new.spans:
        spans = tuple(sorted({*before.spans, *new.spans}, key=lambda span: span.start_ms))
        new = replace(new, spans=spans, speaks=new.speaks or before.speaks, audible=new.audible or before.audible,
                      visible=new.visible or before.visible)
    return [*others, new]


def _span(recording: Recording, start: int | None, end: int | None) -> Span:
    last = recording.facts.duration_ms
    span = Span(start or 0, last if end is None else end)
    if not 0 <= span.start_ms < span.end_ms <= last:
        raise Invalid(say("That stretch does not lie in {name}, which is {seconds} seconds long.",
                          name=recording.original_name, seconds=last // 1000))
    return span


def recording_of(view: StoryView, code: str | None) -> Recording:
    """Return a recording of a story by its code or file name; without one, the story's only one."""
    if code is None and len(view.recordings) == 1:
        return view.recordings[0]
    found = [one for one in view.recordings if code and code.casefold() in (
        one.id, one.code.casefold(), one.original_name.casefold())]
    if found:
        return found[0]
    known = ", ".join(one.code for one in view.recordings)
    if code is None:
        raise Invalid(say("{story} has several recordings; say which: {known}.", story=view.story.code, known=known))
    raise NotFound(say("{story} has no recording {code}; it has: {known}.", story=view.story.code, code=code,
                       known=known))


def _recording(app: App, code: str) -> Recording:
    """Return the recording of a code, or the only one of a story."""
    return app.browsing.recording(code) if code.upper().startswith("R-") else recording_of(
        app.browsing.story(code), None)


def _restrictions(app: App, view: StoryView) -> list[Restriction]:
    return app.people.restrictions([recording.id for recording in view.recordings])


def _row(one: Restriction, recording: str, voice: Voice) -> tuple[str, ...]:
    return (recording, clock(one.start_ms), clock(one.end_ms), voice.words(TREATMENTS[one.treatment]), one.reason)


def _when(part: Participant, voice: Voice) -> str:
    spans = ", ".join(f"{clock(span.start_ms)}–{clock(span.end_ms)}" for span in part.spans)
    return spans or voice.words("all of it")


def _how(part: Participant, voice: Voice) -> str:
    told = [(part.speaks, voice.words("speaks")), (part.audible, voice.words("heard")),
            (part.visible, voice.words("seen"))]
    return ", ".join(word for is_so, word in told if is_so)
