"""Parts of kits: what is told of a person on the web, in print and on the radio is each its own question."""

from __future__ import annotations

from datetime import date

import pytest

from storybank.domain.attribution import Attribution
from storybank.domain.consent import Decision, Provision
from storybank.domain.export import ExportedFile, ExportKind
from storybank.domain.use import Material
from storybank.errors import Refused
from storybank.services.withdrawing import Stop
from tests.services.test_last_gate import YES, agree, amina, ready  # noqa: F401

PARTS = {"print": ("print",), "podcast": ("media",)}


def make(house, to, meanwhile=lambda: None):
    """Make a kit with parts; return the order that its writer was handed, and the line of the ledger."""
    orders = []

    def write(order, aside, _media_of):
        orders.append(order)
        aside.mkdir()
        (aside / "card.png").write_text(order.passages[0].cleared.quote.text)
        meanwhile()
        return "00", (ExportedFile("card.png", "00", ("Q-0001",)),)

    export = house.exporting.make_folder(ExportKind.KIT, "Voices", None, ["website"], to, write, parts=PARTS)
    return orders[0], export


def test_a_part_names_somebody_no_further_than_its_own_use_allows(ready, tmp_path):  # noqa: F811
    agree(ready, YES, Provision(Decision.PERMIT, "print", attribution=Attribution.ROLE_ONLY),
          level=Attribution.FULL_NAME)
    order, _ = make(ready, tmp_path / "kit")
    assert order.passages[0].cleared.attribution is Attribution.FULL_NAME
    (printed,) = order.parts["print"]
    assert printed.cleared.attribution is Attribution.ROLE_ONLY
    assert order.parts["podcast"] == ()


def test_a_part_plays_no_voice_that_its_own_use_does_not_allow(ready, tmp_path):  # noqa: F811
    agree(ready, YES, Provision(Decision.PERMIT, "media", material=Material.QUOTE))
    order, _ = make(ready, tmp_path / "kit")
    assert order.passages[0].cleared.carries_voice
    (heard,) = order.parts["podcast"]
    assert not heard.cleared.carries_voice and not heard.cleared.may_be_still


def test_conditions_and_last_days_of_a_part_stand_in_the_ledger_and_end_the_whole(ready, tmp_path):  # noqa: F811
    agree(ready, YES, Provision(Decision.CONDITIONAL, "print", condition="Beside a garden", ends_on=date(2026, 9, 1)))
    order, export = make(ready, tmp_path / "kit")
    assert order.passages[0].cleared.permission.conditions == ()
    assert order.parts["print"][0].cleared.permission.conditions == ("Beside a garden",)
    assert order.use_until == export.use_until == export.items[0].use_until == date(2026, 9, 1)
    assert export.items[0].conditions == ("Beside a garden",) and export.uses == ("website", "print")


PRINT = Provision(Decision.PERMIT, "print")


@pytest.mark.parametrize("meanwhile", [
    lambda house: house.withdrawing.withdraw(Stop(amina(house).id, uses=("print",))),
    lambda house: agree(house, YES, Provision(Decision.PERMIT, "print", attribution=Attribution.ROLE_ONLY)),
    lambda house: agree(house, YES, Provision(Decision.PERMIT, "print", material=Material.QUOTE)),
    lambda house: agree(house, YES, Provision(Decision.CONDITIONAL, "print", condition="Ask")),
    lambda house: agree(house, YES, Provision(Decision.PERMIT, "print", ends_on=date(2026, 9, 1))),
])
def test_a_part_that_is_narrowed_while_it_is_made_stops_the_whole(ready, tmp_path, meanwhile):  # noqa: F811
    agree(ready, YES, PRINT)
    with pytest.raises(Refused, match="Consent changed while this was being made"):
        make(ready, tmp_path / "kit", lambda: meanwhile(ready))
    assert list(tmp_path.glob("*kit*")) == [] and ready.exporting.exports() == []


def test_a_withdrawal_of_a_part_reaches_the_kit(ready, tmp_path):  # noqa: F811
    agree(ready, YES, PRINT)
    _, export = make(ready, tmp_path / "kit")
    ready.withdrawing.withdraw(Stop(amina(ready).id, uses=("print",)))
    assert ready.exporting.exports()[0].stored_status == "recall_open" and export.uses == ("website", "print")
