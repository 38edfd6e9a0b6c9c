"""Exchange: libraries with coded stories to send as projects, and what of one is compared with another's."""

from __future__ import annotations

import shutil
from dataclasses import replace

from exports.refi.files import RefiProjects
from storybank.domain import names
from storybank.domain.attribution import Attribution
from storybank.domain.codebook import Code, CodeKind
from storybank.domain.coding import Coder, Coding, Memo, Subject
from storybank.services.projects import Projects
from tests.services.conftest import Calm, House, StandInMedia

ROBIN = "6b0c6f0e-0000-4000-8000-00000000aa01"
KIM = "6b0c6f0e-0000-4000-8000-00000000aa02"


def projects_of(house, copies=None):
    """Return the service over a house; light copies are the bytes of the recording."""
    def copy(recording_id, ticket):
        with house.work() as work:
            return house.store.path(work.recordings.get(recording_id).place)

    return Projects(house.work, RefiProjects(), house.store, house.clock, StandInMedia(), copies or copy)


def another(empty_library, folder):
    """Return a house around a library of its own, with nothing in it."""
    return House(shutil.copytree(empty_library, folder))


def coded(house, tmp_path, *people, level=Attribution.FULL_NAME, uses=("research",)):
    """Fill a house: a story each, two quotes, codes of two coders, memos about everything, and a tree of own tags."""
    with house.work() as work:
        work.codings.save_coder(Coder(ROBIN, "Robin Roy"))
        work.codings.save_coder(Coder(KIM, "Kim Côté"))
        work.codebook.save(Code("wellbeing", CodeKind.FREE, "Wellbeing", "Bien-être", gist_en="How people are.",
                                gist_fr="Comment vont les gens.", aliases=("health", "santé"), colour="#12ab34",
                                position=1))
        work.codebook.save(Code("wellbeing-sleep", CodeKind.FREE, "Sleep", "Sommeil", parent="wellbeing", position=1))
        work.commit()
    for number, (name, person) in enumerate(people or (("amina", "Amina Diallo"), ("george", "George Campbell"))):
        story = house.a_story(tmp_path, name, person, f"Trust 🌱 is what {name} writes, l'été surtout")
        house.collecting.describe(story.story.id, title=f"Story of {name}", recorded_on="2025-06-04")
        first = pick(house, story, 0, 0, 3, "bridges")
        pick(house, story, 0, 2, 6, "wellbeing-sleep", "amplify")
        with house.work() as work:
            own = work.codings.of_quote(first.id)
            at = f"2026-02-0{number + 1}T10:00:00.000+00:00"
            work.codings.put(first.id, [*own, Coding(names.new_id(), first.id, "bridges", KIM, at),
                                        Coding(names.new_id(), first.id, "measure", ROBIN, at)])
            person_id = story.people[0].id
            for subject, about in ((Subject.QUOTE, first.id), (Subject.STORY, story.story.id),
                                   (Subject.PERSON, person_id)):
                work.memos.save(Memo(names.new_id(), subject, about, f"A note\non {subject} of {name} <&> “é”", KIM,
                                     "2026-02-01T10:00:00.000+00:00", "2026-02-02T10:00:00.000+00:00"))
            work.commit()
        if uses:
            house.consenting.record(person_id, list(uses), level, Calm())
    with house.work() as work:
        for subject, about in ((Subject.CODE, "wellbeing"), (Subject.LIBRARY, "")):
            work.memos.save(Memo(names.new_id(), subject, about, f"About {subject}", ROBIN,
                                 "2026-02-01T10:00:00.000+00:00", "2026-02-01T10:00:00.000+00:00"))
        work.commit()
    return house


def pick(house, story, line, first, last, *codes):
    """Make a quote of some words of a line."""
    with house.work() as work:
        own = work.transcripts.lines(story.recordings[0].id)[line]
    from storybank.domain.quote import Anchor

    new = house.quoting.pick(story.recordings[0].id, Anchor(own.id, first, own.id, last), codes)
    new.edit.do()
    return new.quote


def everything(house, *, whole=True):
    """Return all of a library that a project carries, in a form that two libraries can be compared in.

    Short codes and identifiers of lines are each library's own; `whole` adds what only the same library has.
    """
    with house.work() as work:
        stories = {one.id: one for one in work.stories.all()}
        recordings = work.recordings.all()
        lines = {one.id: [(line.text, [w.text for w in line.words]) for line in work.transcripts.lines(one.id)]
                 for one in recordings}
        quotes = {q.id: _quote(work, q) for q in work.quotes.all()}
        value = {
            "stories": {one.id: (one.title, one.language, one.recorded_on,
                                 [p.contributor_id for p in one.participants]) for one in stories.values()},
            "people": {p.id: (p.name, p.role, p.stakeholder, p.province, p.language) for p in work.contributors.all()},
            "recordings": {one.id: one.story_id for one in recordings},
            "lines": lines,
            "runs": {one.id: work.transcripts.shown(one.id).id for one in recordings},
            "codes": {c.guid: replace(c, position=0) for c in work.codebook.codes()},
            "quotes": quotes,
            "codings": {c.id: c for c in work.codings.all()},
            "coders": {c.id: c.name for c in work.codings.coders()},
            "memos": {m.id: m for m in work.memos.all()},
        }
        if whole:
            value["consents"] = work.consents.all()
            value["history"] = len(work.history(most=100_000))
            value["all quotes"] = work.quotes.all()
    return value


def _quote(work, quote):
    lines = {line.id: number for number, line in enumerate(work.transcripts.lines(quote.recording_id))}
    where = (lines[quote.anchor.first_line_id], quote.anchor.first_word, lines[quote.anchor.last_line_id],
             quote.anchor.last_word)
    return (quote.text, quote.start_ms, quote.end_ms, quote.codes, quote.speaker_id, quote.made_by, quote.made_at,
            quote.before, quote.after, where)
