"""A library in which everything of everybody could leak: every state of consent, each with secrets of its own.

Every recording is a demo interview with a patch of colour where the face is: green for who may be seen, magenta for
who may not. All people are fictional.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import av
import numpy as np
from PIL import Image

from storybank import places
from storybank.domain import names
from storybank.domain.agreement import Agreement
from storybank.domain.attribution import Attribution, Wishes
from storybank.domain.consent import ConsentState, Decision, Provision, Role, Taken
from storybank.domain.contributor import Assent, ContributorKind, Guardian
from storybank.domain.quote import Anchor
from storybank.domain.restriction import Treatment
from storybank.domain.story import Participant
from storybank.domain.transcript import Chunk, RunState, Segment, TranscriptRun, Word
from storybank.services.proving import Proof
from tests.media.film import made
from tests.ui.story_library import Quiet
from ui.wiring import App, create_app

TODAY = date.today()
SEEN, HIDDEN = "lime", "magenta"
SOURCES = ("amina-link-worker.mp4", "helen-funder.mp4", "margaret-participant.mp4", "marie-intervenante.mp4")
USES = ("website", "government_brief", "social_media", "media", "print", "event")
BLOCKS = ("bridges", "amplify", "measure", "training", "policy")
ROLE = "Keeper of the reading room"


FRAMES = (
    "Bring every {} indoors tonight", "Nobody forgets our {} upstairs", "People whispered about {} mostly",
    "Sometimes another {} matters more", "We keep a {} beside friends", "Children painted one {} yesterday",
    "Doctors rarely mention {} anymore", "Winter makes the {} colder", "Without my {} evenings drag",
    "Grandmother sewed this {} herself", "Finally their {} reached town", "Neighbours borrow his {} weekly",
    "Music from that {} helped", "Perhaps tomorrow an {} arrives", "Trains passed below {} slowly",
    "Everyone danced around {} twice",
)


@dataclass(frozen=True)
class Somebody:
    """A person with everything about them that could leak."""

    key: str
    name: str
    employer: str
    said: str
    """Two words that nobody else says."""
    file: str
    title: str
    face: str = HIDDEN
    language: str = "en"
    place: str = ""

    @property
    def sentence(self) -> str:
        return FRAMES[list(PEOPLE).index(self.key)].format(self.said)

    @property
    def surname(self) -> str:
        return self.name.split()[-1]


def _one(key: str, name: str, said: str, **about) -> Somebody:
    surname = name.split()[-1]
    return Somebody(key, name, f"{surname} & Larkspur Clinic", said, f"IMG_{surname}_homevisit",
                    f"A homevisit to {surname}", **about)


PEOPLE = {one.key: one for one in (
    _one("named", "Amina Abernathy", "saffron lighthouse", face=SEEN),
    _one("conditional", "Dario Dunmore", "copper umbrella", face=SEEN),
    _one("role", "George Glenfiddle", "velvet compass"),
    _one("anonymous", "Priya Pemberton", "walnut trumpet"),
    _one("restricted", "Rosa Ravenhill", "tangerine parasol", face=SEEN, language="fr"),
    _one("faceless", "Felix Fotheringay", "cobalt teapot"),
    _one("ask", "Helen Hollowbrook", "marble kettle"),
    _one("cut", "Carla Cinderford", "purple hammock"),
    _one("minor", "Milo Merriweather", "juniper marmot"),
    _one("community", "Nadia Nightingale", "birchbark atlas"),
    _one("expired", "Erwin Eastleigh", "plaster violin"),
    _one("refused", "Ruben Rothschild", "crystal wheelbarrow"),
    _one("withdrawn", "Victor Vandermeer", "amber telescope"),
    _one("nameless", "Nora Netherfield", "pewter anvil"),
    _one("sealed", "Sol Silverthorne", "granite pillow"),
    _one("erased", "Edith Emberwood", "maple gramophone"),
)}
"""By the state that they are in."""

GONE = ("withdrawn", "nameless", "sealed", "erased")
"""Whoever was exported first, and said stop then."""
BLOCKED = ("ask", "cut", "minor", "community", "expired", "refused", *GONE)
"""Of whom nothing may go out, not even a word."""
REDACTED = "redacted carousel"
"""What Rosa says in a stretch that may not be read or heard."""
CONDITION = "Only beside a picture of the garden"
PROOF, WITNESS, GUARDIAN = "signed_by_Abernathy_privately", "Wanda Witnessworth", "Gail Guardiansen"
NATION = "Cedar Lake Nation of Nowhere"
WHY = "she fears her former husband"
RECIPIENT = "Office of the Minister"


MAY_TELL = {
    "named": ("name", "words"), "conditional": ("name", "words"), "faceless": ("name", "words"), "role": ("words",),
    "anonymous": ("words",),
}
"""What may be told of whom; of Rosa the first name and what is left of her words."""


def secrets(*keys: str) -> list[str]:
    """Return what may be read of these people nowhere: who they are, and what they said."""
    people = [PEOPLE[key] for key in keys]
    return [secret for one in people for secret in (one.surname, *one.said.split())]


def not_to_be_told() -> list[str]:
    """Return everything that nothing that leaves the house may hold, whoever it is about."""
    told = {key: MAY_TELL.get(key, ()) for key in PEOPLE}
    names_kept = [one.surname for key, one in PEOPLE.items() if "name" not in told[key]]
    words_kept = [word for key, one in PEOPLE.items() if "words" not in told[key] for word in one.said.split()]
    return [*names_kept, *words_kept, *INTERNAL]


INTERNAL = [PROOF, WITNESS, GUARDIAN, WHY, "homevisit", REDACTED, "carousel", "Larkspur"]
"""What nobody outside the house may read, whoever it is about."""


def build(folder: Path, media: Path) -> App:
    """Return the library, before anybody said stop."""
    app = create_app(folder, "Test", lambda: datetime.now().astimezone())
    film(media)
    app.collecting.bring_in(sorted(media.iterdir()), Quiet())
    for key, one in PEOPLE.items():
        _fill(app, key, one)
    return app


def film(media: Path) -> None:
    """Make a recording for everybody: a demo interview with their colour in it, and their secrets in its metadata."""
    media.mkdir()
    for number, one in enumerate(PEOPLE.values()):
        source = places.demo() / "media" / SOURCES[number % len(SOURCES)]
        made(media / f"{one.file}.mp4", "-ss", number // len(SOURCES), "-t", 5, "-i", source, "-vf",
             f"scale=480:270,drawbox=x=iw/5:y=0:w=iw*3/5:h=ih:color={one.face}:t=fill", "-c:v", "libx264",
             "-preset", "ultrafast", "-metadata", f"title={one.name}", "-metadata", f"artist={one.employer}",
             "-metadata", f"comment={one.said}")


def _fill(app: App, key: str, one: Somebody) -> None:
    story, recording = _words(app, one)
    person = app.people.add(one.name, role=ROLE, stakeholder="link_worker", organization=one.employer, province="ON",
                            language=one.language)
    app.people.place(story.id, [Participant(person.id)])
    anchor = _anchor(app, recording.id, 0)
    app.quoting.pick(recording.id, anchor, (BLOCKS[list(PEOPLE).index(key) % len(BLOCKS)],)).edit.do()
    _agree(app, key, person, story, recording)


def _words(app: App, one: Somebody):
    """Put the words on file that an engine would have heard, and the story's own details."""
    with app._open_work() as work:
        recording = next(r for r in work.recordings.all() if r.original_name == f"{one.file}.mp4")
        story = replace(work.stories.get(recording.story_id), title=one.title, language=one.language,
                        place="Larkspur Crossing")
        work.stories.save(story)
        segments = (_segment(one.sentence, 600), _segment(f"Then we open the gate {REDACTED}", 2600))
        run = TranscriptRun(names.new_id(), recording.id, "faster-whisper", "1.2.1", "small", one.language,
                            RunState.DONE, 5000, 1, "{}", "2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z")
        work.transcripts.save_run(run)
        work.transcripts.journal(run.id, Chunk(0, 0, 5000, segments, one.language))
        work.commit()
    return story, recording


def _segment(text: str, at: int) -> Segment:
    words = []
    for word in text.split():
        words.append(Word(word, at, at + 240, 0.95))
        at += 250
    return Segment(words[0].start_ms, words[-1].end_ms, text, tuple(words))


def _anchor(app: App, recording_id: str, number: int) -> Anchor:
    with app._open_work() as work:
        line = work.transcripts.lines(recording_id)[number]
    return Anchor(line.id, 0, line.id, len(line.words) - 1)


_LEVELS = {
    "role": Attribution.ROLE_ONLY, "anonymous": Attribution.ANONYMOUS, "restricted": Attribution.FIRST_NAME,
    "nameless": Attribution.FULL,
}


def _agree(app: App, key: str, person, story, recording) -> None:
    """Put the person into the state they are named after, with a proof, a witness, and what is not free."""
    app.playing.waveform(recording.id, Quiet())
    proof = places.home() / f"{PROOF}.pdf"
    proof.parent.mkdir(parents=True, exist_ok=True)
    proof.write_bytes(key.encode())
    yes = Agreement(person.id, tuple(Provision(Decision.PERMIT, use) for use in USES),
                    _LEVELS.get(key, Attribution.FULL_NAME), until=TODAY + timedelta(days=400),
                    taken=Taken(witness=WITNESS))
    app.consenting.put_on_file(_STATES.get(key, lambda same: same)(yes), [Proof(proof)], Quiet())
    if key in ("restricted", "cut"):
        treatment = Treatment.CUT if key == "cut" else Treatment.MUTE
        app.people.restrict(recording.id, 1350, 2000, treatment, WHY)
        app.people.restrict(recording.id, 3800, 4800, Treatment.REDACT, WHY)
    if key == "minor":
        app.people.put_under(replace(person, majority_on=TODAY + timedelta(days=900)),
                             Guardian(GUARDIAN, "aunt", "court", Assent.DISSENT))
    if key == "community":
        nation = app.people.add(NATION, kind=ContributorKind.COMMUNITY)
        app.people.share_with(story.id, [nation.id])
        app.consenting.record(nation.id, [], Attribution.FULL, Quiet(), state=ConsentState.REFUSED)


def _decided(agreement: Agreement, **about) -> Agreement:
    return replace(agreement, provisions=tuple(replace(one, **about) for one in agreement.provisions))


_STATES = {
    "conditional": lambda yes: _decided(yes, decision=Decision.CONDITIONAL, condition=CONDITION),
    "faceless": lambda yes: replace(yes, wishes=Wishes(face=False)),
    "ask": lambda yes: _decided(yes, decision=Decision.ASK_FIRST),
    "expired": lambda yes: replace(yes, given_on=TODAY - timedelta(days=400), until=TODAY - timedelta(days=1)),
    "minor": lambda yes: replace(yes, role=Role.GUARDIAN, by=GUARDIAN),
    "refused": lambda yes: replace(yes, state=ConsentState.REFUSED, provisions=(), reason=WHY),
}
"""What each says instead of a plain yes."""


def face_in(picture: Path, colour: str = HIDDEN) -> float:
    """Return how much of a picture has a face's colour, 0 to 1."""
    with Image.open(picture) as opened:
        return _share(opened.convert("RGB").resize((160, 160)).tobytes(), colour)


def face_in_film(film_: Path, colour: str = HIDDEN) -> float:
    """Return how much of a film's frames has a face's colour: the most of any tenth frame."""
    most = 0.0
    with av.open(str(film_)) as opened:
        opened.streams.video[0].thread_type = "AUTO"
        for number, frame in enumerate(opened.decode(video=0)):
            if number % 10 == 0:
                small = frame.reformat(width=frame.width // 6, height=frame.height // 6, format="rgb24")
                most = max(most, _share(small.to_ndarray().tobytes(), colour))
    return most


def _share(pixels: bytes, colour: str) -> float:
    wanted = {"lime": (0, 255, 0), "magenta": (255, 0, 255)}[colour]
    apart = np.abs(np.frombuffer(pixels, np.uint8).reshape(-1, 3).astype(int) - wanted).sum(axis=1)
    return float((apart < 150).mean())


