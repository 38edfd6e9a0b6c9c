"""A library with two people who agreed to be quoted, and say stop when a test needs it."""

from __future__ import annotations

from storybank.domain.attribution import Attribution
from storybank.services.withdrawing import Stop
from tests.services.conftest import Calm, House


def agreed(folder, more=""):
    """Return the services around a library with two stories, a quote of each, and everybody's yes.

    Amina says `more` besides.
    """
    house = House(folder / "library")
    for name, who, also in (("amina", "Amina Diallo", more), ("george", "George Campbell", "")):
        story = house.a_story(folder, name, who, f"Only {name} says philharmonic things {also}")
        house.quoting.pick_lines(story.recordings[0].id, 1, 1).edit.do()
        house.consenting.record(person(house, who), ["website"], Attribution.FULL_NAME, Calm())
    return house


def person(house, name="Amina Diallo"):
    return house.people.find(name).id


def stop(house, name="Amina Diallo", **about):
    """Let somebody say stop, and return the case."""
    return house.withdrawing.withdraw(Stop(person(house, name), **about)).case.id
