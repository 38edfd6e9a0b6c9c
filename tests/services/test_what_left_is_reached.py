"""Whoever says stop reaches everything that left with their words: projects, tables, catalogues, concordances."""

from __future__ import annotations

import pytest

from exports.catalogue import CatalogueFormats
from exports.quotes.files import QuoteFormats
from storybank.domain.export import ExportKind, ExportStatus
from storybank.domain.query import understood
from storybank.domain.withdrawal import TaskKind
from storybank.errors import Refused
from storybank.services.cataloguing import Cataloguing
from storybank.services.citing import Citing
from storybank.services.concordancing import Concordances
from storybank.services.dossiers import Dossiers
from storybank.services.projects import Wanted
from storybank.services.withdrawing import Stop
from storybank.words import Words
from tests.services.conftest import Calm
from tests.services.exchange import coded, projects_of
from ui.search.places import save_places

USES, WHO = ("research",), "A university"


def _project(house, to):
    projects_of(house).take_out(to / "project.qdpx", Calm(), Wanted(USES, recipient=WHO))
    return ExportKind.PROJECT


def _table(house, to):
    Dossiers(house.work, house.exporting, QuoteFormats(), lambda: "Robin").make(
        "Quotes", None, USES, to / "quotes.csv", Calm(), recipient=WHO)
    return ExportKind.QUOTES


def _catalogue(house, to):
    Cataloguing(house.work, house.collecting, CatalogueFormats(), house.clock).make(
        "Stories", USES, to / "stories.csv", Calm(), recipient=WHO)
    return ExportKind.STORIES


def _places(house, to, word="trust"):
    today = house.now.date
    rows = Concordances(house.work, today).of(understood(word)).rows
    return save_places(Citing(house.work, today), rows, "research", to / f"{word}.csv", Words("en"), WHO)


def _concordance(house, to):
    assert _places(house, to).count
    return ExportKind.QUOTES


@pytest.mark.parametrize("leave", [_project, _table, _catalogue, _concordance])
def test_whoever_withdraws_reaches_what_left_and_its_recipient(house, tmp_path, leave):
    coded(house, tmp_path)
    kind = leave(house, tmp_path)
    done = house.withdrawing.withdraw(Stop(house.people.find("Amina Diallo").id))
    (export,) = done.exports
    assert export.kind is kind
    tasks = {(task.kind, task.about, task.recipient) for task in done.case.tasks if task.about}
    assert {(TaskKind.REMOVE, export.code, ""), (TaskKind.REPLACE, export.code, ""),
            (TaskKind.NOTIFY, export.code, WHO)} <= tasks
    with house.work() as work:
        assert work.ledger.get(export.id).stored_status is ExportStatus.RECALL_OPEN


@pytest.mark.parametrize("leave", [_catalogue, _concordance])
def test_what_left_without_them_is_not_called_back(house, tmp_path, leave):
    coded(house, tmp_path)
    george = house.people.find("George Campbell")
    house.withdrawing.withdraw(Stop(george.id))
    (tmp_path / "later").mkdir()
    leave(house, tmp_path / "later")
    amina = house.withdrawing.withdraw(Stop(house.people.find("Amina Diallo").id))
    assert len(amina.exports) == 1
    assert house.withdrawing.file("W-0001").affected == ()


def test_the_ledger_knows_a_concordance_without_a_word_of_it(house, tmp_path):
    coded(house, tmp_path)
    assert _places(house, tmp_path, "writes").code == "E-0001"
    (export,) = house.exporting.exports()
    assert [item.quote_code for item in export.items] == ["S-0001", "S-0002"]
    assert "writes" not in repr(export).replace("writes.csv", "")


def test_a_table_of_words_is_not_kept_where_somebody_says_stop_meanwhile(house, tmp_path):
    coded(house, tmp_path)
    citing = Citing(house.work, house.now.date)
    rows = Concordances(house.work, house.now.date).of(understood("trust")).rows
    cleared = citing.places(rows, "research").cleared

    def write(aside):
        aside.write_text("words")
        house.withdrawing.withdraw(Stop(house.people.find("Amina Diallo").id))

    with pytest.raises(Refused, match="Consent changed"):
        citing.take_out(cleared, "research", "Concordance", tmp_path / "it.csv", write)
    assert not list(tmp_path.glob("*it*")) and house.exporting.exports() == []
