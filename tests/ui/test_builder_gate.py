"""The builder and the gate: what changes in a consent elsewhere is seen at once beside a draft's quotes."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from storybank.domain.agreement import Agreement
from storybank.domain.attribution import Attribution
from storybank.domain.consent import Decision, Provision
from storybank.services.withdrawing import Stop
from tests.ui.conftest import said
from tests.ui.drafting import answers, begin, write_one_pager
from tests.ui.story_library import Quiet

pytestmark = pytest.mark.usefixtures("no_pages")


@pytest.fixture
def builder(window):
    window.pages.show_page("exports")
    return begin(window.pages.exports())


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if not label.isHidden()]


def test_withdrawing_elsewhere_changes_the_answers_at_once(builder, an_app, qtbot):
    builder.put(["Q-0001"])
    qtbot.waitUntil(lambda: answers(builder) == {"Q-0001": "Usable"}, timeout=10_000)
    an_app.withdrawing.withdraw(Stop(an_app.people.find("Amina Diallo").id))
    qtbot.waitUntil(lambda: answers(builder) == {"Q-0001": "Not usable"}, timeout=10_000)


def agree(app, *decisions):
    """Let Amina answer anew."""
    agreement = Agreement(app.people.find("Amina Diallo").id, decisions, Attribution.FULL_NAME)
    return app.consenting.put_on_file(agreement, [], Quiet())


def test_a_condition_is_a_word_of_its_own_and_stands_beside_the_quote(builder, an_app, qtbot):
    agree(an_app, Provision(Decision.CONDITIONAL, "government_brief", condition="without my last name"))
    builder.put(["Q-0001"])
    qtbot.waitUntil(lambda: answers(builder) == {"Q-0001": "Usable, if…"}, timeout=10_000)
    card = builder.chosen.cards[0]
    card.badge.asked.emit()
    assert any("On the condition: without my last name." in text for text in texts(card))


def test_the_answer_of_who_wanted_to_be_asked_first_is_put_on_file_where_the_quote_waits(builder, an_app, qtbot):
    agree(an_app, Provision(Decision.ASK_FIRST, "government_brief"))
    builder.put(["Q-0001"])
    qtbot.waitUntil(lambda: answers(builder) == {"Q-0001": "Ask first"}, timeout=10_000)
    card = builder.chosen.cards[0]
    card.badge.asked.emit()
    next(one for one in card.findChildren(QPushButton) if one.text() == "They said yes to this…").click()
    assert builder.over.form is not None
    builder.over.form.save_button.click()
    qtbot.waitUntil(lambda: answers(builder) == {"Q-0001": "Usable"}, timeout=10_000)


def test_the_ledger_says_at_once_what_must_be_called_back(window, an_app, qtbot, tmp_path):
    window.pages.show_page("exports")
    page = window.pages.exports()
    write_one_pager(page, ["Q-0001"])
    page.making.make(tmp_path / "brief.docx")
    qtbot.waitUntil(lambda: "is ready" in said(page.toast), timeout=30_000)
    page.back_button.click()
    page.filters.choose("ledger")
    an_app.withdrawing.withdraw(Stop(an_app.people.find("Amina Diallo").id))
    recalled = "Somebody in it withdrew: it is being called back."
    qtbot.waitUntil(lambda: recalled in texts(page.ledger), timeout=10_000)
    assert page.ledger.rows.index(0, 4).data() == "Call it back"
