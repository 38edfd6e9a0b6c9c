"""A document from outside: what of ours is in it, and whether it may still stand there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from exports.reading.outside import OutsideReader
from storybank.domain.attribution import Attribution
from storybank.domain.commission import Brief
from storybank.domain.consent import ConsentState
from storybank.domain.document import Standing
from storybank.domain.withdrawal import Choice
from storybank.errors import Invalid
from storybank.services.checking import Checking
from storybank.services.withdrawing import Stop
from tests.exports.outside import a_film, a_pdf, word_file
from tests.services.conftest import Calm

SAID = "Trust is the first prescription we write for everybody here"
BRIEF = Brief("Fund link workers?", "Minister", ("Fund link workers for five years.",))
FINE, ALTERED, LAPSED, WITHDRAWN, BEYOND, UNKNOWN = (
    Standing.FINE, Standing.ALTERED, Standing.LAPSED, Standing.WITHDRAWN, Standing.BEYOND_SCOPE, Standing.UNKNOWN)


@pytest.fixture
def said(house, tmp_path):
    """A library with one quote, Q-0001; Amina agreed to the website, under her role, until the end of May."""
    story = house.a_story(tmp_path, text=SAID)
    house.quoting.pick_lines(story.recordings[0].id, 1, 1, ["bridges"]).edit.do()
    agree(house)
    house.checking = Checking(house.work, OutsideReader(), house.clock)
    return house


def agree(house, *uses, level=Attribution.ROLE_ONLY, until=date(2026, 5, 31), **about):
    person = house.people.find("Amina Diallo")
    return house.consenting.record(person.id, uses or ["website"], level, Calm(), until=until, **about)


def left(house, tmp_path, **about):
    """Let a brief leave for the website: E-0001."""
    return house.exporting.make_brief(BRIEF, None, ["website"], tmp_path / "brief.docx", Calm(), **about)


def checked(house, tmp_path, *paragraphs, uses=(), code=""):
    def mark(document):
        document.core_properties.identifier = code

    return house.checking.check(word_file(tmp_path / "found.docx", *paragraphs, change=mark), Calm(), uses)


def only(report):
    (finding,) = report.findings
    return finding


def reasons(report):
    return " ".join(map(str, only(report).reasons))


def test_a_document_without_a_word_of_ours_is_untouched(said, tmp_path):
    report = checked(said, tmp_path, "Somebody else said something else altogether, and at length.")
    assert report.untouched and report.document == "found.docx" and not report.counts


def test_a_quote_that_may_stand_there_is_fine_and_says_why(said, tmp_path):
    report = checked(said, tmp_path, "Dear Minister", f"“{SAID}.”")
    assert only(report).standing is FINE and only(report).where == ("found.docx, paragraph 2",)
    assert "Amina Diallo agreed to this use: website." in reasons(report)
    assert report.counts == {FINE: 1} and not report.untouched


def test_a_withdrawn_quote_is_found_by_its_words_alone(said, tmp_path):
    said.withdrawing.withdraw(Stop(said.people.find("Amina Diallo").id))
    report = checked(said, tmp_path, f"“{SAID.upper()}”")
    assert only(report).standing is WITHDRAWN and "withdrew their consent" in reasons(report)


def test_a_withdrawn_quote_is_found_by_its_code_alone(said, tmp_path):
    said.withdrawing.withdraw(Stop(said.people.find("Amina Diallo").id))
    report = checked(said, tmp_path, "As we heard (Q\u20110001), trust matters.")
    assert only(report).standing is WITHDRAWN and only(report).where == ("found.docx, paragraph 1",)


def test_somebody_who_agreed_anew_is_not_withdrawn(said, tmp_path):
    said.withdrawing.withdraw(Stop(said.people.find("Amina Diallo").id))
    agree(said)
    assert only(checked(said, tmp_path, SAID)).standing is FINE


def test_a_refusal_stands_like_a_withdrawal(said, tmp_path):
    person = said.people.find("Amina Diallo")
    said.consenting.record(person.id, [], Attribution.ANONYMOUS, Calm(), state=ConsentState.REFUSED)
    report = checked(said, tmp_path, SAID)
    assert only(report).standing is WITHDRAWN and "refused consent" in reasons(report)


def test_a_stop_for_one_use_is_a_withdrawal_for_that_use(said, tmp_path):
    agree(said, "website", "print")
    said.withdrawing.withdraw(Stop(said.people.find("Amina Diallo").id, uses=("website",)))
    assert only(checked(said, tmp_path, SAID, uses=["website"])).standing is WITHDRAWN
    assert only(checked(said, tmp_path, SAID, uses=["print"])).standing is FINE


def test_a_consent_that_ran_out_is_lapsed(said, tmp_path):
    said.now += timedelta(days=100)
    for uses in ((), ("website",)):
        report = checked(said, tmp_path, SAID, uses=uses)
        assert only(report).standing is LAPSED and "ended on 31 May 2026" in reasons(report)


def test_an_export_past_its_last_day_is_lapsed_even_where_consent_was_renewed(said, tmp_path):
    export = left(said, tmp_path)
    agree(said, until=None)
    said.now += timedelta(days=100)
    report = checked(said, tmp_path, SAID, code=export.code)
    assert only(report).standing is LAPSED and "E-0001 was to be used until 31 May 2026" in reasons(report)
    assert report.exports == ("E-0001",)


def test_a_use_that_nobody_agreed_to_is_beyond_scope(said, tmp_path):
    assert only(checked(said, tmp_path, SAID, uses=["print"])).standing is BEYOND
    assert only(checked(said, tmp_path, SAID, uses=["website", "print"])).standing is BEYOND
    with pytest.raises(Invalid):
        checked(said, tmp_path, SAID, uses=["teleportation"])


def test_the_uses_asked_about_are_those_the_document_was_made_for(said, tmp_path):
    export = left(said, tmp_path)
    agree(said, "print")
    assert only(checked(said, tmp_path, SAID)).standing is FINE
    assert only(checked(said, tmp_path, SAID, code=export.code)).standing is BEYOND


def test_changed_words_are_shown_beside_those_that_were_said(said, tmp_path):
    finding = only(checked(said, tmp_path, f"“{SAID.replace('first', 'only')}”"))
    assert (finding.standing, finding.found, finding.expected) == (ALTERED, SAID.replace("first", "only"), SAID)


def test_a_marked_cut_is_no_change(said, tmp_path):
    assert only(checked(said, tmp_path, "“Trust is the first prescription […]”")).standing is FINE


def test_the_gravest_comes_first_with_every_reason(said, tmp_path):
    finding = only(checked(said, tmp_path, SAID.replace("first", "only"), uses=["print"]))
    assert finding.standing is BEYOND and len(finding.reasons) == 2 and "not those that were said" in str(
        finding.reasons[1])


def test_words_corrected_since_they_left_are_altered(said, tmp_path):
    export = left(said, tmp_path)
    with said.work() as work:
        quote = work.quotes.find("Q-0001")
        work.quotes.save(replace(quote, text="Rust was the last subscription that anyone wrote down over there"))
        work.commit()
    report = checked(said, tmp_path, f"“{SAID}” — a link worker", code=export.code)
    assert only(report).standing is ALTERED and "corrected in the library since" in reasons(report)


def test_a_code_that_nobody_knows_is_unknown(said, tmp_path):
    report = checked(said, tmp_path, "See Q-0777 in E-0778.")
    assert {(f.quote_code, f.standing) for f in report.findings} == {("Q-0777", UNKNOWN), ("E-0778", UNKNOWN)}


def test_an_erased_quote_is_known_by_its_code_and_by_the_checksum_of_its_words(said, tmp_path):
    left(said, tmp_path)
    case = said.withdrawing.withdraw(Stop(said.people.find("Amina Diallo").id)).case
    said.erasing.carry_out(case.id, Choice.ERASE, Calm())
    for text in (f"“{SAID}” (Q-0001)", f"They said: “{SAID}” and more.", "See Q-0001."):
        report = checked(said, tmp_path, text)
        assert only(report).standing is WITHDRAWN and only(report).quote_code == "Q-0001", text
        assert "was erased on 1 March 2026" in reasons(report)
    file = a_pdf(tmp_path / "old.pdf", ["Trust is the first pre-", "scription we write for everybody here"])
    assert only(said.checking.check(file, Calm())).standing is WITHDRAWN
    assert [str(note) for note in checked(said, tmp_path, "E-0001").notes] == ["E-0001 is being called back."]


def test_a_sealed_story_is_withdrawn(said, tmp_path):
    case = said.withdrawing.withdraw(Stop(said.people.find("Amina Diallo").id)).case
    said.erasing.carry_out(case.id, Choice.SEAL, Calm())
    report = checked(said, tmp_path, SAID)
    assert only(report).standing is WITHDRAWN and "was sealed" in reasons(report)


def test_a_quote_taken_out_of_the_library_after_it_left_is_withdrawn(said, tmp_path):
    left(said, tmp_path)
    with said.work() as work:
        work.quotes.remove(work.quotes.find("Q-0001").id)
        work.commit()
    report = checked(said, tmp_path, SAID)
    assert only(report).standing is WITHDRAWN and "no longer in the library" in reasons(report)


def test_a_file_that_is_just_as_it_left_is_known_whatever_it_is_called(said, tmp_path):
    left(said, tmp_path)
    kit = tmp_path / "somewhere"
    kit.mkdir()
    (kit / "renamed.docx").write_bytes((tmp_path / "brief.docx").read_bytes())
    (kit / "other.mp4").write_bytes(a_film("Another film"))
    (kit / "strange.xyz").write_bytes(b"?")
    report = said.checking.check(kit, Calm())
    assert report.exports == ("E-0001",) and only(report).where == ("renamed.docx",)
    assert [one.file for one in report.unread] == ["strange.xyz"]


def test_a_quote_that_was_left_out_of_a_kit_is_not_in_it(said, tmp_path):
    kit = tmp_path / "kit"
    (kit / "_rights").mkdir(parents=True)
    (kit / "_rights" / "left-out.csv").write_text("quote_id,reason\nQ-0001,no consent\n")
    (kit / "README.txt").write_text("Nothing else.")
    assert said.checking.check(kit, Calm()).untouched


def test_a_name_beside_a_quote_that_may_not_be_named_is_beyond_scope(said, tmp_path):
    for texts in ((SAID, "— Amina Diallo, Ontario"), (SAID, "says Amina."), (f"Amina: {SAID}",),
                  (SAID, *["Filler."] * 9, "Thanks to amina diallo")):
        report = checked(said, tmp_path, *texts)
        assert only(report).standing is BEYOND and "did not agree to be named" in reasons(report), texts
    for texts in ((SAID, *["Filler."] * 9, "Amina is a village."), (SAID, "The amina tree blossoms.")):
        assert only(checked(said, tmp_path, *texts)).standing is FINE, texts


def test_a_name_in_the_properties_is_found_too(said, tmp_path):
    assert only(checked(said, tmp_path, SAID, code="amina_diallo_final")).standing is BEYOND


def test_a_first_name_is_enough_where_that_was_agreed(said, tmp_path):
    agree(said, level=Attribution.FIRST_NAME)
    assert only(checked(said, tmp_path, SAID, "— Amina, Ontario")).standing is FINE
    report = checked(said, tmp_path, SAID, "— Amina Diallo, Ontario")
    assert only(report).standing is BEYOND and "first name only" in reasons(report)


def test_a_full_name_may_stand_where_it_was_agreed(said, tmp_path):
    agree(said, level=Attribution.FULL_NAME)
    assert only(checked(said, tmp_path, SAID, "— Amina Diallo")).standing is FINE


def test_a_quote_that_shares_its_words_with_a_wider_one_is_not_reported_as_changed(said, tmp_path):
    story = said.browsing.story("amina")
    said.quoting.pick_lines(story.recordings[0].id, 1, 2).edit.do()
    report = checked(said, tmp_path, SAID)
    assert {f.quote_code: f.standing for f in report.findings} == {"Q-0001": FINE}
