"""The consent form and the receipt as Word files: every question, every answer, in the person's language."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise

import docx
import pytest
from docx.oxml.ns import qn

from exports.papers.writer import WordPapers, write_receipt_json
from storybank.domain.answer import Verdict, answer_of
from storybank.domain.attribution import Attribution
from storybank.domain.consent import ConsentEvent, ConsentState, Decision, Provision, Role, Stage
from storybank.domain.contributor import Assent, Contributor, Guardian
from storybank.domain.starter import STARTER_NOTICES
from storybank.domain.use import Act, Material, Question
from storybank.domain.vocabulary import USES
from storybank.errors import Invalid, Refused, Unavailable
from tests.exports.paper import (
    GIVEN,
    HASH,
    NOBODY,
    NOTICE,
    PROVISIONS,
    TODAY,
    WITHDRAWN,
    a_receipt,
    a_story,
    everything_in,
    rows_of,
    text_of,
)

BOX = "☐"
ENGLISH, FRENCH = STARTER_NOTICES


@pytest.fixture
def form(tmp_path):
    def print_out(notice=ENGLISH, uses=USES, organization="Harbour Voices"):
        to = tmp_path / f"{notice.language}.docx"
        WordPapers(organization, lambda: datetime(2026, 11, 5, tzinfo=UTC)).notice(notice, uses, to)
        return to

    return print_out


@pytest.fixture
def receipt(tmp_path):
    def print_out(receipt=None, on=TODAY):
        to = tmp_path / "receipt.docx"
        WordPapers().receipt(receipt or a_receipt(), on, to)
        return to

    return print_out


def answers(file):
    return dict(rows_of(file, 0)[1:])


def is_sound(file, language):
    """Say what no paper may lack: one title, headings without a gap, table headers, a language, a card of its own."""
    document = docx.Document(str(file))
    levels = [int(p.style.name[-1]) for p in document.paragraphs if p.style.name.lower().startswith("heading")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(p.text.strip() for p in document.paragraphs)
    assert all(table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for table in document.tables)
    assert all(cell.text.strip() for table in document.tables for cell in table.rows[0].cells)
    assert document.element.body[-2].tag == qn("w:p")
    styles = document.styles.element.find(f".//{qn('w:lang')}")
    assert styles.get(qn("w:val")) == f"{language}-CA"
    card = document.core_properties
    assert card.language == f"{language}-CA"
    assert card.title
    assert "python-docx" not in everything_in(file)
    return card


# ---- the form -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("notice", STARTER_NOTICES, ids=["en", "fr"])
def test_the_form_holds_every_word_of_the_notice(form, notice):
    said = " ".join(text_of(form(notice)).replace("’", "'").split())
    for line in notice.body.replace("’", "'").split("\n"):
        assert " ".join(line.lstrip("#- ").split()) in said


@pytest.mark.parametrize("notice", STARTER_NOTICES, ids=["en", "fr"])
def test_the_form_has_a_row_with_three_boxes_for_each_use_by_its_name(form, notice):
    rows = rows_of(form(notice), 0)[1:]
    assert [row[0].lower().replace("’", "'") for row in rows] == [use.label(notice.language).lower() for use in USES]
    assert all(row[1:] == [BOX] * 3 for row in rows)


def test_the_form_asks_about_naming_features_and_acts_each_on_its_own(form):
    file = form()
    tables = [rows_of(file, number)[1:] for number in range(len(docx.Document(str(file)).tables))]
    naming = next(rows for rows in tables if "link worker" in rows[0][1])
    features = next(rows for rows in tables if rows[0][0] == "May your face be seen?")
    acts = next(rows for rows in tables if rows[0][0].startswith("Shorten"))
    assert [row[2] for row in naming] == [BOX] * len(Attribution)
    assert [row[1:] for row in features] == [[BOX, BOX]] * 4
    assert [row[1:] for row in acts] == [[BOX, BOX]] * 6
    assert any("Train a machine" in row[0] for row in acts)


def test_the_form_has_lines_for_all_who_sign(form):
    said = text_of(form())
    for line in ("Your signature", "Witness: name and signature", "Interpreter: name, language and signature",
                 "Community, and who speaks for it", "What the child or adult says", "A copy was given",
                 "☐ for two years", "☐ only these:"):
        assert line in said


def test_a_template_says_on_page_one_that_it_needs_review_and_a_reviewed_text_does_not(form, tmp_path):
    second = docx.Document(str(form())).paragraphs[2]
    assert second.text.startswith("This is a template. Have it reviewed")
    WordPapers().notice(replace(ENGLISH, is_template=False), USES, tmp_path / "reviewed.docx")
    assert "This is a template" not in text_of(tmp_path / "reviewed.docx")


def test_the_foot_names_the_version_and_the_mark_of_its_text(form):
    foot = docx.Document(str(form(FRENCH))).sections[0].footer.paragraphs[0].text
    assert foot.startswith(f"voices 2026-11 (fr) · SHA-256 {FRENCH.sha256[:16]}")


def test_the_form_asks_only_about_the_uses_of_its_text_in_its_order(form):
    file = form(replace(NOTICE, uses=("print", "website")))
    assert [row[0] for row in rows_of(file, 0)[1:]] == ["Print", "Website"]


def test_a_text_about_a_use_that_is_gone_is_refused_by_name(form):
    with pytest.raises(Invalid, match="skywriting"):
        form(replace(NOTICE, uses=("website", "skywriting")))


def test_lines_of_one_paragraph_are_joined_and_a_notice_without_contacts_leaves_room_for_them(form):
    said = text_of(form(replace(NOTICE, contacts=())))
    assert "We are Harbour Voices." in said
    assert "[Write here two people" in said


@pytest.mark.parametrize("notice", STARTER_NOTICES, ids=["en", "fr"])
def test_the_form_is_sound_and_names_its_organisation(form, notice):
    card = is_sound(form(notice), notice.language)
    assert card.author == "Harbour Voices"
    assert card.title.replace("\u00a0", " ") == notice.title


def test_the_french_form_is_set_as_french_is(form):
    said = "\n".join(p.text for p in docx.Document(str(form(FRENCH))).paragraphs)
    assert "sociale\u00a0: comment" in said
    assert "«\u00a0oui\u00a0»" in said
    assert "1er\u00a0novembre 2026" in said


def test_the_same_form_makes_the_same_bytes_and_never_writes_over_another(form, tmp_path):
    first = form().read_bytes()
    with pytest.raises(Refused, match=r"en.docx exists already"):
        form()
    (tmp_path / "en.docx").unlink()
    assert form().read_bytes() == first
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["en.docx"]


def test_a_phone_number_is_not_broken_and_still_reads_as_it_is_written(form):
    file = form(NOTICE)
    assert "902-555-0142" in text_of(file)
    assert "<w:noBreakHyphen/>" in everything_in(file)


# ---- the receipt ----------------------------------------------------------------------------------------------------


def test_the_receipt_tells_each_use_by_name_and_silence_is_a_no(receipt):
    assert answers(receipt()) == {
        "Yes": "website\nprint (until May 1, 2027)",
        "Yes, on a condition": "training (on the condition: Show me the slides)",
        "Ask me first": "news media",
        "No": "social media, government briefs, research, fundraising, internal use, events and screenings",
    }


def test_the_receipt_says_yes_exactly_where_the_gate_does(receipt):
    one = a_receipt()
    told = answers(receipt(one))
    yes = told["Yes"] + told["Yes, on a condition"]
    for use in USES:
        gate = answer_of(one.person, [one.consent], Question(use, TODAY, Material.QUOTE))
        assert (use.label_en in yes) is gate.allowed
        assert (use.label_en in told["Ask me first"]) is (gate.verdict is Verdict.ASK_FIRST)


@pytest.mark.parametrize(("provisions", "told"), [
    ([Provision(Decision.PERMIT, "website", material=Material.QUOTE)], "website (only as written quotes)"),
    ([Provision(Decision.PERMIT, "website"), Provision(Decision.ASK_FIRST, "website", material=Material.CLIP)],
     "website (ask me first for clips)"),
    ([Provision(Decision.PERMIT, "website", attribution=Attribution.ROLE_ONLY)],
     "website (named by: what you do, and nothing else)"),
    ([Provision(Decision.PERMIT, "website", territory="CA-QC")], "website (only in Quebec)"),
    ([Provision(Decision.PERMIT, "website"), Provision(Decision.DENY, "website", territory="CA-QC")],
     "website (not in Quebec)"),
])  # fmt: skip
def test_a_limited_yes_says_how_it_is_limited(receipt, provisions, told):
    assert answers(receipt(a_receipt(*provisions)))["Yes"] == told


def test_a_yes_that_begins_later_is_a_no_that_says_when(receipt):
    told = answers(receipt(a_receipt(Provision(Decision.PERMIT, "website", starts_on=date(2026, 9, 1)))))
    assert "website (yes from September 1, 2026)" in told["No"]
    assert "Yes" not in told


def test_an_answer_about_one_passage_is_no_answer_about_the_use(receipt):
    file = receipt(a_receipt(Provision(Decision.PERMIT, "website", quote_id="q1")))
    assert "website" in answers(file)["No"]
    assert "You also answered about 1 passage on its own." in text_of(file)


def test_the_receipt_tells_naming_features_acts_and_dates(receipt):
    file = receipt(a_receipt(story_ids=frozenset({"s1"}), stories=[a_story()]))
    told = dict(rows_of(file, 1)[1:])
    assert told["You are named by"] == "Your full name, what you do and your province"
    assert told["We never show or tell"] == "your face, your organization"
    assert told["We may also"].startswith("shorten what you said")
    assert "(you did not say no)" in told["We may also"]
    assert told["We may not"] == "translate it, show it in paid ads, train a machine on it"
    said = text_of(file)
    assert "holds through January 14, 2028" in said
    assert "S-0001 Trust" in said
    assert f"Your story, your choice: voices 2026-11 (en), mark {NOTICE.sha256[:16]}" in said
    assert "on camera, Ruth Penner (witness)" in said


def test_the_receipt_says_how_to_change_ones_mind_what_happened_and_what_witnesses_it(receipt):
    said = text_of(receipt())
    assert "Jocelyn, 902-555-0142; Sam, 902-555-0177." in said
    assert "cannot be called back" in said
    assert "January 15, 2026  Consent was given" in said
    assert f"event 12, mark {HASH[:16]}" in said


def test_a_receipt_after_withdrawal_permits_nothing_and_keeps_what_was_agreed(receipt):
    file = receipt(a_receipt(events=(GIVEN, WITHDRAWN)))
    told = answers(file)
    assert all(use.label_en in told["No"] for use in USES)
    assert told["Before: Yes"] == "website\nprint (until May 1, 2027)"
    assert "We may also" not in text_of(file)
    assert "You are named by" not in text_of(file)
    assert "We may show or tell" not in text_of(file)
    assert "You took your consent back on June 2, 2026." in text_of(file)


def test_an_ended_consent_says_when_it_ended(receipt):
    said = text_of(receipt(on=date(2028, 2, 1)))
    assert "Your consent ended on January 14, 2028." in said
    assert "No" in said


@pytest.mark.parametrize(("about", "told"), [
    ({"stage": Stage.RECORD}, "You agreed to be recorded. We will ask you before anything is used."),
    ({"valid_until": None}, "Your consent holds until you take it back."),
    ({"given_on": date(2026, 9, 1)}, "Your consent begins on September 1, 2026."),
    ({"events": ()}, "Nothing may be used under this agreement."),
    ({"events": (ConsentEvent(ConsentState.REFUSED, "2026-01-15"),)}, "Consent was refused (January 15, 2026)."),
])  # fmt: skip
def test_the_first_line_says_where_the_consent_stands(receipt, about, told):
    file = receipt(a_receipt(**about))
    assert told in text_of(file)
    if "valid_until" not in about:
        assert "Yes" not in answers(file)


def test_the_receipt_of_a_minor_who_does_not_want_it_says_no_to_everything(receipt):
    minor = Contributor("amina", "P-0001", "Amina Diallo", majority_on=date(2030, 1, 1),
                        guardian=Guardian("Awa Diallo", "mother", assent=Assent.DISSENT))
    given = replace(GIVEN, role=Role.GUARDIAN)
    file = receipt(a_receipt(person=minor, events=(given,)))
    assert list(answers(file)) == ["No"]
    assert "Consent was given (by the person who decides for you)" in text_of(file)


def test_a_receipt_without_notice_contacts_or_story_still_says_something_true(receipt):
    file = receipt(a_receipt(notice=None, house=NOBODY, story_ids=frozenset({"gone"})))
    said = text_of(file)
    assert "We have no record of which text you were given. Ask us for it." in said
    assert "whoever gave you this receipt" in said
    assert "not named in this receipt" in said
    is_sound(file, "en")


def test_very_long_names_and_marks_that_break_files_are_printed_all_the_same(receipt):
    name = "Marie-Ève <b>&amp; " + "Tremblay-Wòjciechowska " * 12 + "\u202etxt\u0007"
    story = a_story("An “unusual” & <very> long title " * 9)
    file = receipt(a_receipt(name=name, stories=[story] * 20, story_ids=frozenset({"s1"})))
    assert "Tremblay-Wòjciechowska" in text_of(file)
    assert "and 8 more" in text_of(file)
    is_sound(file, "en")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_receipt_is_sound_and_in_the_language_of_the_person(receipt, language):
    file = receipt(a_receipt(language=language))
    card = is_sound(file, language)
    assert card.author == "Harbour Voices"
    assert card.identifier == "C-0001"
    assert "Amina" not in (card.title + card.subject)
    labels = {use.label(language).replace("'", "’") for use in USES}
    told = "\n".join(answers(file).values())
    assert all(label in told for label in labels)


def test_a_person_of_a_language_that_we_do_not_write_gets_english(receipt):
    is_sound(receipt(a_receipt(language="cr")), "en")


def test_a_receipt_is_never_written_over(receipt):
    receipt()
    with pytest.raises(Refused, match="exists already"):
        receipt()


# ---- the receipt as JSON --------------------------------------------------------------------------------------------

MANDATORY = {
    "schema_version", "record_id", "receipt_id", "pii_principal_id", "privacy_notice", "language", "purposes",
    "pii_information", "pii_controllers", "storage_locations", "retention_period", "jurisdiction",
    "recipient_third_parties", "withdrawal_method", "event_time", "validity_duration", "entity_id", "event_type",
    "event_state", "created", "privacy_rights",
}  # fmt: skip


def record(tmp_path, receipt=None, on=TODAY):
    write_receipt_json(receipt or a_receipt(), on, tmp_path / "receipt.json")
    return json.loads((tmp_path / "receipt.json").read_text("utf-8"))


def test_the_record_has_every_field_that_the_standard_asks_for(tmp_path):
    told = record(tmp_path)
    assert set(told) >= MANDATORY
    assert told["privacy_notice"]["sha256"] == NOTICE.sha256
    assert told["privacy_notice"]["version"] == "2026-11"
    assert {"party_id", "name", "address", "email", "phone", "contact", "party_type"} <= set(told["pii_controllers"][0])
    assert told["withdrawal_method"][:2] == list(NOTICE.contacts)
    assert told["uses_asked_about"] == [use.key for use in USES]
    assert told["may_be_told"] == {"face": False, "voice": True, "organization": False, "place": True}
    assert len(told["purposes"]) == len(PROVISIONS)
    assert [one["decision"] for one in told["purposes"] if one["act"] == Act.TRAIN] == ["deny"]


def test_a_record_permits_something_only_where_the_consent_does(tmp_path):
    assert record(tmp_path)["permits_anything"] is True
    for number, about in enumerate([{"events": (GIVEN, WITHDRAWN)}, {"stage": Stage.RECORD}, {"events": ()}]):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert record(folder, a_receipt(**about))["permits_anything"] is False


def test_a_record_without_notice_or_contact_names_none(tmp_path):
    told = record(tmp_path, a_receipt(notice=None, house=NOBODY))
    assert told["privacy_notice"] is None
    assert told["withdrawal_method"] == []


def test_a_record_is_put_in_place_last_and_never_written_over(tmp_path):
    record(tmp_path)
    with pytest.raises(Refused, match="exists already"):
        record(tmp_path)
    with pytest.raises(Unavailable, match="could not be written"):
        write_receipt_json(a_receipt(), TODAY, tmp_path / "nowhere" / "receipt.json")
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["receipt.json"]
