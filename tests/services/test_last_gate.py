"""The last gate: what changes between choosing and writing stops what is being made, and leaves nothing of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from storybank.domain.agreement import Agreement
from storybank.domain.attribution import Attribution, Wishes
from storybank.domain.clip import UPRIGHT, origin
from storybank.domain.commission import Brief, Kit
from storybank.domain.consent import ConsentState, Decision, Provision
from storybank.domain.contributor import Assent, ContributorKind, Guardian
from storybank.domain.export import ExportedFile
from storybank.domain.restriction import Treatment
from storybank.domain.story import Participant
from storybank.domain.use import Material
from storybank.errors import Refused, Unavailable
from storybank.services.exporting import Exporting
from storybank.services.withdrawing import Stop
from tests.services.conftest import Calm, StandInMedia

BRIEF = Brief("Fund link workers?", "Minister", ("Fund link workers for five years.",))
YES = Provision(Decision.PERMIT, "website")
SAID = "Trust is the first prescription we write"


@dataclass
class Writer:
    """Writes a file or a folder, and lets something happen before it is done."""

    meanwhile: object = staticmethod(lambda: None)
    orders: list = field(default_factory=list)

    def told_in(self, brief, order):
        return order

    def write(self, _what, order, to, *rest):
        self.orders.append(order)
        if not rest[1:]:
            to.write_text(order.passages[0].cleared.quote.text)
        else:
            to.mkdir()
            (to / "card.png").write_text(order.passages[0].cleared.quote.text)
        self.meanwhile()
        return "00", (ExportedFile("card.png", "00", ("Q-0001",)),)


class Scissors(StandInMedia):
    """Cuts, and lets something happen before it is done."""

    meanwhile = staticmethod(lambda: None)

    def clip(self, file, cut, to, ticket):
        super().clip(file, cut, to, ticket)
        self.meanwhile()


@pytest.fixture
def ready(house, tmp_path):
    """Amina agreed to the website under her full name, and a writer is at work."""
    view = house.a_story(tmp_path, text=SAID)
    house.quoting.pick_lines(view.recordings[0].id, 1, 1).edit.do()
    house.agreed = agree(house, YES, level=Attribution.FULL_NAME)
    house.writer, house.scissors = Writer(), Scissors()
    house.exporting = Exporting(house.work, house.writer, house.writer, house.scissors, house.store, house.clock)
    return house


def agree(house, *provisions, level=Attribution.FULL_NAME, **about):
    person = next(p for p in house.people.all() if p.name == "Amina Diallo")
    return house.consenting.put_on_file(Agreement(person.id, provisions, level, **about), [], Calm())


def amina(house):
    return next(p for p in house.people.all() if p.name == "Amina Diallo")


def story_of(house):
    with house.work() as work:
        return work.stories.all()[0]


def recording_of(house):
    with house.work() as work:
        return work.recordings.all()[0]


MADE = {
    "brief": lambda house, to: house.exporting.make_brief(BRIEF, None, ["website"], to, Calm()),
    "kit": lambda house, to: house.exporting.make_kit(Kit("Voices", "voices"), None, ["website"], to, Calm()),
    "clip": lambda house, to: house.exporting.make_clip("Q-0001", ["website"], to, Calm(), shape=UPRIGHT),
}


def _somebody_else_is_seen(house):
    other = house.people.add("Wanda Witness")
    story = story_of(house)
    house.people.place(story.id, [*story.participants, Participant(other.id, speaks=False)])


def _a_community_is_asked(house):
    nation = house.people.add("Cedar Lake Nation", kind=ContributorKind.COMMUNITY)
    house.people.share_with(story_of(house).id, [nation.id])


def _a_word_is_restricted(house):
    quote = house.quoting.get("Q-0001")
    house.people.restrict(quote.recording_id, quote.start_ms, quote.start_ms + 200, Treatment.MUTE)


def _the_picture_is_restricted(house):
    quote = house.quoting.get("Q-0001")
    house.people.restrict(quote.recording_id, quote.start_ms, quote.start_ms + 200, Treatment.BLUR)


CHANGES = {
    "withdraws": lambda house: house.withdrawing.withdraw(Stop(amina(house).id)),
    "withdraws this story": lambda h: h.withdrawing.withdraw(Stop(amina(h).id, story_ids=(story_of(h).id,))),
    "stops this use": lambda house: house.withdrawing.withdraw(Stop(amina(house).id, uses=("website",))),
    "is revoked by the house": lambda house: house.consenting.enter(house.agreed.id, ConsentState.REVOKED),
    "was entered in error": lambda house: house.consenting.enter(house.agreed.id, ConsentState.ENTERED_IN_ERROR),
    "agrees to something else": lambda house: agree(house, Provision(Decision.PERMIT, "print")),
    "wants to be asked first": lambda house: agree(house, YES, Provision(Decision.ASK_FIRST, "website")),
    "agrees on a condition": lambda house: agree(house, Provision(Decision.CONDITIONAL, "website", condition="ask")),
    "wants a lower name": lambda house: agree(house, YES, level=Attribution.FIRST_NAME),
    "wants no name": lambda house: agree(house, YES, level=Attribution.ANONYMOUS),
    "wants no face": lambda house: agree(house, YES, wishes=Wishes(face=False)),
    "wants no place": lambda house: agree(house, YES, wishes=Wishes(place=False)),
    "dissents": lambda house: house.people.put_under(amina(house), Guardian("Pat", assent=Assent.DISSENT)),
    "is no longer alone": _somebody_else_is_seen,
    "shares the story with a community": _a_community_is_asked,
    "has a word taken out": _a_word_is_restricted,
    "has the picture hidden": _the_picture_is_restricted,
}


_OF_EACH_KIND = ("withdraws", "stops this use", "wants a lower name", "has a word taken out")


@pytest.mark.parametrize(("kind", "change"), [
    *(("brief", change) for change in CHANGES),
    *((kind, change) for kind in ("kit", "clip") for change in _OF_EACH_KIND),
])
def test_what_is_made_is_removed_again_when_meanwhile_the_person(ready, tmp_path, kind, change):
    to = tmp_path / "made"
    ready.writer.meanwhile = ready.scissors.meanwhile = lambda: CHANGES[change](ready)
    with pytest.raises(Refused, match="Consent changed while this was being made"):
        MADE[kind](ready, to)
    assert not to.exists() and ready.exporting.exports() == []


def test_what_was_made_under_a_stricter_answer_stays_when_a_freer_one_comes(ready, tmp_path):
    ready.writer.meanwhile = lambda: agree(ready, YES, level=Attribution.FULL)
    assert MADE["brief"](ready, tmp_path / "made").items[0].attribution == "full_name"
    assert (tmp_path / "made").exists() and len(ready.exporting.exports()) == 1


def test_a_clip_is_removed_where_meanwhile_only_the_words_are_agreed_to(ready, tmp_path):
    ready.scissors.meanwhile = lambda: agree(ready, Provision(Decision.PERMIT, "website", material=Material.QUOTE))
    with pytest.raises(Refused, match="Consent changed"):
        MADE["clip"](ready, tmp_path / "made")
    assert not (tmp_path / "made").exists()


def test_a_quote_that_is_taken_out_meanwhile_leaves_nothing(ready, tmp_path):
    ready.writer.meanwhile = lambda: ready.quoting.remove("Q-0001").do()
    with pytest.raises(Refused, match="Consent changed"):
        MADE["brief"](ready, tmp_path / "made")
    assert not (tmp_path / "made").exists() and ready.exporting.exports() == []


def test_a_last_day_that_passes_meanwhile_counts(ready, tmp_path):
    agree(ready, YES, until=date(2026, 3, 1))
    assert MADE["brief"](ready, tmp_path / "in time").use_until == date(2026, 3, 1)

    def midnight():
        ready.now += timedelta(days=1)

    ready.writer.meanwhile = midnight
    with pytest.raises(Refused, match="Consent changed"):
        MADE["brief"](ready, tmp_path / "made")
    assert not (tmp_path / "made").exists() and len(ready.exporting.exports()) == 1


def test_a_writer_that_fails_halfway_leaves_no_line_in_the_ledger(ready, tmp_path):
    def breaks():
        raise OSError("the disk is full")

    ready.writer.meanwhile = breaks
    with pytest.raises(Unavailable, match="could not be put in its place: the disk is full"):
        MADE["brief"](ready, tmp_path / "made")
    assert ready.exporting.exports() == []
    assert not any("made" in path.name for path in tmp_path.iterdir())


@pytest.mark.parametrize("kind", sorted(MADE))
def test_nothing_has_its_name_before_the_ledger_knows_it(ready, tmp_path, kind):
    seen = []
    ready.hub.subscribe(lambda _event: seen.append((tmp_path / "made").exists()))
    MADE[kind](ready, tmp_path / "made")
    assert len(ready.exporting.exports()) == 1
    assert (tmp_path / "made").exists() and not any(seen)


def test_a_clip_that_was_kept_after_somebody_withdrew_goes_with_what_it_was_made_for(ready, tmp_path):
    kept = ready.store.derived(f"clips/{origin(ready.store.path(recording_of(ready).place))}.0.mp4")

    def meanwhile():
        CHANGES["withdraws"](ready)
        kept.write_bytes(b"her face")

    ready.writer.meanwhile = meanwhile
    with pytest.raises(Refused, match="Consent changed"):
        MADE["kit"](ready, tmp_path / "made")
    assert not kept.exists()


def test_a_writer_is_told_who_withdrew_until_they_agree_again(ready):
    assert ready.exporting.preview(None, ["website"]).withdrawn == ()
    ready.withdrawing.withdraw(Stop(amina(ready).id))
    assert ready.exporting.preview(None, ["website"]).withdrawn == ("Amina Diallo",)
    agree(ready, YES)
    assert ready.exporting.preview(None, ["website"]).withdrawn == ()
