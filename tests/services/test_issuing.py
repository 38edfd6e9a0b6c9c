"""Issuing: what a draft orders leaves whole or not at all, and the ledger knows it."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from storybank.domain.attribution import Attribution
from storybank.domain.draft import Chosen, DraftKind, Form
from storybank.domain.export import ExportKind, ExportStatus
from storybank.domain.twin import Twin
from storybank.errors import Invalid, Refused, Unavailable
from storybank.services.answering import Answering
from storybank.services.issuing import Issuing
from storybank.services.making import BAG, ZIP, BriefMaking, KitMaking
from storybank.services.withdrawing import Stop
from storybank.words import say
from tests.services.conftest import Calm, House


class Paper:
    """Writes every word of a brief as text, and counts pages as it is told."""

    def __init__(self):
        self.most, self.length, self.office = 1, 100, None
        self.meanwhile = lambda: None

    def write(self, brief, order, to, ticket=None):
        said = "\n".join(passage.cleared.quote.text for passage in order.passages)
        to.write_text(f"{order.code} {brief.reference} {brief.title}\n{said}")
        if to.name != "brief.docx":  # that one is counted, and thrown away
            self.meanwhile()

    def log(self, brief, order, to):
        to.write_text("log")

    def why_not(self):
        return self.office

    def pdf(self, document, to, ticket):
        to.write_text("pdf of " + document.read_text())
        return self.most

    def pictures(self, pdf, folder, width=1000):
        (folder / "1.png").write_text("page")
        return [folder / "1.png"]

    def words(self, document):
        return self.length

    def faults(self, document):
        return ()

    def quote(self, cleared):
        return cleared.quote.text

    def credit(self, cleared, language, codebook):
        return cleared.speaker.name


class Folders:
    """Writes a kit or a site as a folder that says what is in it."""

    def write(self, what, order, to, media_of, ticket):
        (to / "_manifest").mkdir(parents=True)
        (to / "_manifest" / "site.json").write_text(json.dumps({"site_id": f"site:{order.code}"}))
        (to / "words.txt").write_text("\n".join(passage.cleared.quote.text for passage in order.passages))
        return "00", ()

    def zip(self, folder, to, ticket):
        to.write_text((folder / "words.txt").read_text())

    def bag(self, folder, to, made_at, organisation, kit_id, ticket):
        (to / "data").mkdir(parents=True)


@pytest.fixture(scope="module")
def with_two(empty_library, tmp_path_factory):
    """Return a library in which Amina and George said yes to everything; each has a quote."""
    here = tmp_path_factory.mktemp("two")
    house = House(shutil.copytree(empty_library, here / "library"))
    for name, person in (("amina", "Amina Diallo"), ("george", "George Campbell")):
        story = house.a_story(here, name, person, f"Trust said {name} in the garden")
        house.quoting.pick_lines(story.recordings[0].id, 1, 1, ["bridges"]).edit.do()
        uses = ["government_brief", "website", "social_media"]
        house.consenting.record(house.people.find(person).id, uses, Attribution.FULL_NAME, Calm())
    house.library.close()
    return here / "library"


@pytest.fixture
def two(with_two, tmp_path):
    house = House(shutil.copytree(with_two, tmp_path / "library"))
    house.paper = Paper()
    house.answering = Answering(house.work, house.exporting, house.paper, house.paper)
    briefs = BriefMaking(house.paper, house.paper, house.paper, house.paper.log)
    kits = KitMaking(Folders(), Folders(), None)
    house.issuing = Issuing(house.work, house.exporting, house.building, house.answering, briefs, kits, Folders(),
                            lambda name, kind: Path(name), house.store)
    yield house
    house.library.close()


def a_draft(house, kind=DraftKind.BRIEF, languages=("en", "fr"), **more):
    draft = house.building.begin(kind, "Fund it", "en", Form.ONE_PAGER)
    told = {"why_now": Twin("Grants end.", "Les fonds finissent."), "next_step": Twin("Meet us.", "Voyons-nous.")}
    asks = (Twin("The Ministry should fund choirs by 2027.", "Le ministère devrait financer des chorales d'ici 2027."),)
    return house.building.save(replace(
        draft, title=Twin("Fund it", "Financez"), languages=languages, asks=asks, sections=told,
        quotes=(Chosen("Q-0001"), Chosen("Q-0002")), **more))


def test_a_brief_leaves_in_both_languages_with_its_pages_and_log_and_its_version_is_kept(two, tmp_path):
    draft = a_draft(two, recipient="The Minister")
    made = two.issuing.issue(draft, tmp_path / "out", Calm())
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [
        "fund-it_one-pager.en.docx", "fund-it_one-pager.en.pdf", "fund-it_one-pager.fr.docx",
        "fund-it_one-pager.fr.pdf", "meeting-log.en.docx", "meeting-log.fr.docx"]
    (entry,) = two.exporting.exports()
    assert (entry.draft, entry.kind, entry.recipient) == ("D-0001.1", ExportKind.BRIEF, "The Minister")
    assert entry.code == made.code and len(entry.files) == 6
    assert two.building.save(draft).version == 2, "what left is never written over"


def test_a_missing_half_blocks_its_own_language_only(two, tmp_path):
    draft = replace(a_draft(two), messages=(Twin("Trust comes first."),))
    assert list(two.answering.standing(draft).blocked) == ["fr"]
    two.issuing.issue(draft, tmp_path / "out", Calm())
    assert not any(".fr." in file.name for file in (tmp_path / "out").iterdir())
    with pytest.raises(Refused, match=r"Message 1 is missing in French"):
        two.issuing.issue(replace(draft, languages=("fr",)), tmp_path / "more", Calm())


def test_everything_that_stops_a_draft_is_told_at_once(two, tmp_path):
    draft = replace(a_draft(two), asks=(), sections={"why_now": Twin("Visits fell by 53%.", "53 % de moins.")})
    with pytest.raises(Refused, match=r"asks for nothing.*Next step.*53%.*53 %"):
        two.issuing.issue(draft, tmp_path / "out", Calm())
    assert not (tmp_path / "out").exists() and two.exporting.ledger() == []


def test_a_quote_that_may_not_leave_stays_behind_and_the_rest_goes(two, tmp_path):
    draft = a_draft(two)
    two.withdrawing.withdraw(Stop(two.people.find("George Campbell").id))
    first, second = two.answering.answers(replace(draft, quotes=(*draft.quotes, Chosen("Q-0099"))))[:2]
    assert (first.allowed, first.credit) == (True, "Amina Diallo")
    assert not second.allowed and "withdrew" in str(second.reasons[0]) and second.credit == ""
    made = two.issuing.issue(draft, tmp_path / "out", Calm())
    assert [code for code, _why in made.left_out] == ["Q-0002"]
    assert "george" not in (tmp_path / "out" / "fund-it_one-pager.en.docx").read_text()


def test_a_quote_that_is_gone_is_told(two):
    (answer,) = two.answering.answers(replace(a_draft(two), quotes=(Chosen("Q-0099"),)))
    assert not answer.allowed and str(answer.reasons[0]) == "Q-0099 is not in the library any more."


def test_a_one_pager_of_two_pages_does_not_leave(two, tmp_path):
    two.paper.most = 2
    with pytest.raises(Refused, match=r"It fills 2 pages, and a one-pager has one\..*take a quote out"):
        two.issuing.issue(a_draft(two), tmp_path / "out", Calm())
    assert list(tmp_path.glob("*out*")) == [] and two.exporting.ledger() == []


def test_where_no_pages_can_be_made_the_word_file_leaves_and_the_preview_says_why(two, tmp_path):
    two.paper.office = say("LibreOffice is not installed.")
    draft = a_draft(two, languages=("en",))
    made = two.issuing.issue(draft, tmp_path / "fund-it.docx", Calm())
    assert [one.path for one in made.files] == ["fund-it.docx"]
    pages = two.issuing.preview(draft, "en", tmp_path / "looked at", Calm())
    assert (pages.pdf, pages.pictures, str(pages.why_not)) == (None, (), "LibreOffice is not installed.")


def test_a_preview_has_pictures_of_its_pages_and_is_not_in_the_ledger(two, tmp_path):
    pages = two.issuing.preview(a_draft(two), "fr", tmp_path / "looked at", Calm())
    assert pages.pages == 1 and pages.pictures[0].exists() and "E-0000" in pages.document.read_text()
    assert two.exporting.ledger() == []


def test_a_consent_that_is_taken_back_meanwhile_leaves_nothing_behind(two, tmp_path):
    two.paper.meanwhile = lambda: two.withdrawing.withdraw(Stop(two.people.find("George Campbell").id))
    draft = a_draft(two, languages=("en",))
    with pytest.raises(Refused, match="Consent changed"):
        two.issuing.issue(draft, tmp_path / "out", Calm())
    assert list(tmp_path.glob("*out*")) == [] and two.exporting.ledger() == []


def test_a_disk_that_is_full_is_said_and_leaves_nothing(two, tmp_path):
    def full():
        raise OSError(28, "No space left on device")

    two.paper.meanwhile = full
    with pytest.raises(Unavailable, match="No space left"):
        two.issuing.issue(a_draft(two), tmp_path / "out", Calm())
    assert list(tmp_path.glob("*out*")) == [] and two.exporting.ledger() == []


@pytest.mark.parametrize(("form", "name"), [(ZIP, "kit.zip"), (BAG, "kit")])
def test_a_kit_leaves_packed(two, tmp_path, form, name):
    made = two.issuing.issue(a_draft(two, DraftKind.KIT), tmp_path / name, Calm(), form=form)
    assert (tmp_path / name).exists() and made.kind is ExportKind.KIT
    assert [file.name for file in tmp_path.glob(".*kit*")] == []


@pytest.mark.parametrize(("kind", "to", "form"), [
    (DraftKind.KIT, "kit", ZIP), (DraftKind.BRIEF, "out", ZIP), (DraftKind.BRIEF, "out.docx", "folder"),
    (DraftKind.SITE, "site.docx", "folder"), (DraftKind.KIT, "kit", "rar"),
])  # fmt: skip
def test_a_place_that_does_not_fit_is_refused(two, tmp_path, kind, to, form):
    with pytest.raises(Invalid):
        two.issuing.issue(a_draft(two, kind), tmp_path / to, Calm(), form=form)


@pytest.fixture
def site(two, tmp_path):
    """A site of both has left."""
    return two.issuing.issue(a_draft(two, DraftKind.SITE), tmp_path / "site", Calm())


def test_a_site_is_made_again_without_the_person_in_its_place(two, site, tmp_path):
    assert two.issuing.refresh_sites(Calm()) == []
    two.withdrawing.withdraw(Stop(two.people.find("George Campbell").id))
    (done,) = two.issuing.refresh_sites(Calm())
    assert "george" not in (tmp_path / "site" / "words.txt").read_text()
    assert (done.old.code, done.new.draft) == (site.code, site.draft) and "put it on the web" in str(done.told)
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".")] == []
    statuses = {one.code: one.stored_status for one in two.exporting.exports()}
    assert statuses == {site.code: ExportStatus.RECALL_OPEN, done.new.code: ExportStatus.ACTIVE}
    assert two.issuing.refresh_sites(Calm()) == []


def test_a_site_that_was_moved_or_replaced_is_left_alone_and_told(two, site, tmp_path):
    two.withdrawing.withdraw(Stop(two.people.find("George Campbell").id))
    (tmp_path / "site" / "_manifest" / "site.json").write_text('{"site_id": "site:E-0777"}')
    assert "something else" in str(two.issuing.refresh_sites(Calm())[0].told)
    (tmp_path / "site").rename(tmp_path / "moved")
    assert "not at" in str(two.issuing.refresh_sites(Calm())[0].told)
    assert "george" in (tmp_path / "moved" / "words.txt").read_text()


def test_a_site_of_nobody_else_is_told_to_be_deleted(two, site):
    for name in ("George Campbell", "Amina Diallo"):
        two.withdrawing.withdraw(Stop(two.people.find(name).id))
    (done,) = two.issuing.refresh_sites(Calm())
    assert done.new is None and "Delete" in str(done.told)


def test_a_swap_that_the_power_cut_off_is_put_right(two, site, tmp_path):
    two.withdrawing.withdraw(Stop(two.people.find("George Campbell").id))
    (tmp_path / "site").rename(tmp_path / ".site.before")
    (done,) = two.issuing.refresh_sites(Calm())
    assert done.new is not None and "george" not in (tmp_path / "site" / "words.txt").read_text()
    assert not (tmp_path / ".site.before").exists()


def test_what_is_made_is_used_no_longer_than_its_author_said(two, tmp_path):
    last = two.now.date() + timedelta(days=90)
    assert two.issuing.issue(a_draft(two, until=last), tmp_path / "out", Calm()).use_until == last


def test_counts_gaps_and_a_day_that_is_over_are_told(two):
    draft = replace(a_draft(two), until=two.now.date() - timedelta(days=1))
    standing = two.answering.standing(draft)
    assert standing.counts["en"].words == 100 and standing.counts["en"].most_words == 420
    assert ("amplify", "link_worker") in standing.gaps and ("bridges", "link_worker") not in standing.gaps
    assert "until" in {one.place for one in standing.held_by(("en",))}
