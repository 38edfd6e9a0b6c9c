"""The letters of a withdrawal: the person is told plainly, everybody else learns what to stop and never whose it is."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import docx
import pytest

from exports import template
from exports.papers.writer import WordPapers
from storybank.domain.export import ExportKind, ExportStatus
from storybank.domain.use import Use
from storybank.domain.withdrawal import Choice, Task, TaskKind, TaskState
from storybank.errors import Refused, Unavailable
from tests import build
from tests.exports.paper import (
    HASH,
    NOBODY,
    a_case,
    a_story,
    an_affected,
    an_export,
    done,
    everything_in,
    rows_of,
    text_of,
)
from tests.exports.test_papers import is_sound

ON = date(2026, 6, 2)
KIT = an_export("E-0009", "Spring campaign", "Riverside Health Centre", kind=ExportKind.KIT)


@pytest.fixture
def letters(tmp_path):
    def write(file, on=ON):
        return {path.name: path for path in WordPapers().letters(file, on, tmp_path / "letters")}

    return write


@pytest.fixture
def to_person(letters):
    return lambda file: text_of(letters(file)["W-0001_letter-to-person.en.docx"])


@pytest.fixture
def outcome(letters):
    def write(file):
        closed = replace(file, case=replace(file.case, closed_at="2026-06-20T10:00:00+00:00"))
        return text_of(letters(closed)["W-0001_outcome-letter-to-person.en.docx"])

    return write


def leaks(path, *secrets):
    inside = re.sub(r"<[^>]+>", "", everything_in(path)) + everything_in(path)
    return [secret for secret in secrets if secret.lower() in inside.lower()]


# ---- which letters there are ----------------------------------------------------------------------------------------


def test_a_case_makes_a_letter_a_recall_for_each_recipient_and_a_notice_in_both_languages(letters):
    case = a_case(an_affected(), an_affected(KIT), an_affected(an_export("E-0011", recipient="")))
    assert sorted(letters(case)) == sorted(
        f"W-0001_{name}.{language}.docx" for language in ("en", "fr") for name in (
            "letter-to-person", "recall_office-of-the-minister", "recall_riverside-health-centre", "stop-use-notice")
    )  # fmt: skip


def test_a_recipient_of_two_exports_gets_one_letter_about_both(letters):
    again = an_export("E-0010", "Autumn brief", "office of the minister")
    made = letters(a_case(an_affected(), an_affected(again)))
    recalls = [name for name in made if "recall" in name and ".en." in name]
    assert recalls == ["W-0001_recall_office-of-the-minister.en.docx"]
    said = text_of(made[recalls[0]])
    assert "E-0007 · Fund link workers" in said
    assert "E-0010 · Autumn brief" in said


def test_a_recipient_learns_nothing_of_what_others_were_given(letters):
    made = letters(a_case(an_affected(), an_affected(KIT)))
    assert leaks(made["W-0001_recall_office-of-the-minister.en.docx"], "E-0009", "Riverside", "Spring") == []


def test_recipients_whose_names_make_the_same_file_name_both_get_their_letter(letters):
    one, other = an_export(recipient="Santé & Cie"), an_export("E-0008", recipient="Sante cie!")
    assert {"W-0001_recall_sante-cie.en.docx", "W-0001_recall_sante-cie-2.en.docx"} <= set(
        letters(a_case(an_affected(one), an_affected(other))))  # fmt: skip


def test_somebody_whom_only_a_task_names_is_written_to_as_well(letters):
    task = Task(TaskKind.NOTIFY, "E-0007", "Harbour Gazette")
    assert "W-0001_recall_harbour-gazette.en.docx" in letters(a_case(an_affected(), tasks=(task,)))


def test_what_was_recalled_already_is_not_recalled_again(letters):
    gone = an_export(stored_status=ExportStatus.RECALLED)
    assert not [name for name in letters(a_case(an_affected(gone))) if "recall" in name]


def test_the_person_who_was_given_their_own_clip_gets_no_recall_letter(letters):
    own = an_export(recipient="amina diallo")
    assert not [name for name in letters(a_case(an_affected(own))) if "recall" in name]


def test_a_closed_case_has_one_letter_only_and_under_its_own_name(letters):
    case = a_case(an_affected())
    letters(case)
    closed = replace(case, case=replace(case.case, closed_at="2026-06-20T10:00:00+00:00"))
    assert sorted(letters(closed)) == [f"W-0001_outcome-letter-to-person.{one}.docx" for one in ("en", "fr")]


# ---- nobody's name --------------------------------------------------------------------------------------------------

NAMED = (
    an_affected(an_export(title="Amina's story, by Diallo"), files=[("amina-diallo/Amina_Diallo_trust.mp4", HASH)]),
    an_affected(an_export("E-0008", title="AMINA DIALLO: trust", recipient="Friends of Amina Diallo"), files=()),
)
SECRETS = ("Amina", "Diallo", "Pelicans", "remember the harbour", "supervisor", "threatened", "by voice",
           "/secret/place")  # fmt: skip


def test_neither_name_nor_words_nor_reason_are_anywhere_in_a_recall_or_a_notice(letters):
    made = letters(a_case(*NAMED))
    others = [path for name, path in made.items() if "person" not in name]
    assert len(others) == 6
    for path in others:
        assert leaks(path, *SECRETS) == []
        assert "E-0008" in text_of(path) or "E-0007" in text_of(path)
    assert leaks(made["W-0001_letter-to-person.en.docx"], "Amina") == ["Amina"]


def test_an_accented_name_is_found_without_its_accents_too(letters):
    named = an_affected(an_export(title="Zoé and ZOE Béland"), files=[("zoe-beland_trust.mp4", HASH)])
    made = letters(a_case(named, name="Zoé Béland"))
    for path in [path for name, path in made.items() if "person" not in name]:
        assert leaks(path, "zoe", "zoé", "beland", "béland") == []


def test_a_short_name_takes_no_letters_out_of_other_words(letters):
    made = letters(a_case(an_affected(an_export(title="Annual plan of Ann")), name="Ann Lee"))
    assert "E-0007 · Annual plan of […]" in text_of(made["W-0001_stop-use-notice.en.docx"])


def test_a_recipient_who_shares_a_part_of_the_name_keeps_theirs(letters):
    made = letters(a_case(an_affected(an_export(recipient="Diallo Foundation"))))
    assert "Diallo Foundation" in text_of(made["W-0001_recall_diallo-foundation.en.docx"])


def test_even_the_letter_to_the_person_repeats_neither_reason_nor_words(letters):
    path = letters(a_case(*NAMED))["W-0001_letter-to-person.en.docx"]
    assert leaks(path, "supervisor", "threatened", "Pelicans", "/secret/place") == []


# ---- what the notice and the recall say -----------------------------------------------------------------------------


def test_the_notice_lists_each_file_exactly_with_its_mark_and_quotes(letters):
    files = [("03_cards/q-0012/l'été : 1080x1350.png", HASH), ("04_clips/q-0013.mp4", HASH[::-1])]
    made = letters(a_case(an_affected(KIT, ("Q-0012", "Q-0013"), files)))
    for language in ("en", "fr"):
        rows = rows_of(made[f"W-0001_stop-use-notice.{language}.docx"], 0)[1:]
        assert rows == [["03_cards/q-0012/l'été : 1080x1350.png", HASH[:12], "Q-0012, Q-0013"],
                        ["04_clips/q-0013.mp4", HASH[::-1][:12], "Q-0012, Q-0013"]]


def test_an_export_without_a_list_of_files_is_named_as_a_whole_by_its_manifest(letters):
    made = letters(a_case(an_affected(files=())))
    assert rows_of(made["W-0001_stop-use-notice.en.docx"], 0)[1] == ["all of it", HASH[:12], "Q-0012"]


def test_the_notice_says_by_when_and_names_case_export_and_day(letters):
    said = text_of(letters(a_case(an_affected(), deadline=date(2026, 6, 16)))["W-0001_stop-use-notice.en.docx"])
    assert "Tell us by June 16, 2026 what you did." in said
    assert "E-0007 · Fund link workers" in said
    assert "Brief made on February 3, 2026 · quotes: Q-0012" in said
    assert "Quotes that may no longer be used: Q-0012." in said
    assert "June 2, 2026 · W-0001" in said
    assert "1 file in this list." in said


def test_without_a_deadline_five_working_days_are_asked_for(letters):
    assert "within five working days" in text_of(letters(a_case(an_affected()))["W-0001_stop-use-notice.en.docx"])


def test_the_past_is_called_lawful_only_where_it_was(letters):
    recall = "W-0001_recall_office-of-the-minister.en.docx"
    second = an_export("E-0008")
    both = a_case(an_affected(), an_affected(second, was_lawful=False))
    cases = {"all": a_case(an_affected()), "some": both, "none": a_case(an_affected(was_lawful=False))}
    said = {}
    for name, case in cases.items():
        coded = replace(case, case=replace(case.case, code=name))
        said[name] = text_of(letters(coded)[recall.replace("W-0001", name)])
    assert "You did nothing wrong" in said["all"]
    assert "The consent stood when we gave you E-0007." in said["some"]
    assert "stood" not in said["none"]
    assert "nothing wrong" not in said["some"] + said["none"]


def test_a_case_about_some_uses_says_which_by_their_names(letters):
    own = Use("podcast", "awareness", "audio", "public", "our podcast", "notre balado")
    case = replace(a_case(an_affected(), uses=("website", "podcast")), uses=(own,))
    made = letters(case)
    assert "about these uses: website and our podcast. Other uses" in text_of(made["W-0001_stop-use-notice.en.docx"])
    assert "Consent was taken back for some uses." in text_of(made["W-0001_stop-use-notice.en.docx"])
    assert "for some uses. Please stop these uses" in text_of(made["W-0001_recall_office-of-the-minister.en.docx"])
    assert "site Web" in text_of(made["W-0001_stop-use-notice.fr.docx"])
    assert "notre balado" in text_of(made["W-0001_letter-to-person.fr.docx"])


def test_a_replacement_is_promised_only_where_one_is_planned(letters):
    recall = "W-0001_recall_office-of-the-minister.en.docx"
    promised = a_case(an_affected(), tasks=(Task(TaskKind.REPLACE, "E-0007"),))
    other = replace(promised, case=replace(promised.case, code="W-0002", tasks=()))
    assert "We will send you a version" in text_of(letters(promised)[recall])
    assert "We will send you a version" not in text_of(letters(other)[recall.replace("W-0001", "W-0002")])


def test_a_recall_brings_a_slip_to_send_back(letters):
    rows = rows_of(letters(a_case(an_affected()))["W-0001_recall_office-of-the-minister.en.docx"], 1)
    assert [row[0] for row in rows[1:4]] == ["☐ We stopped using it.", "☐ We deleted every copy and took down what was"
                                             " online.", "☐ We passed this on to:"]  # fmt: skip


# ---- what the person is told ----------------------------------------------------------------------------------------


def test_the_person_hears_what_was_done_what_is_being_done_and_what_cannot(to_person):
    lost = an_export("E-0012", "Committee brief", "Standing Committee")
    tasks = (Task(TaskKind.NOTIFY, "E-0007"), done(TaskKind.REMOVE, "E-0007"),
             Task(TaskKind.CANNOT_RECALL, "E-0012", state=TaskState.CANNOT, note="tabled on April 8"))
    said = to_person(a_case(an_affected(), an_affected(lost), tasks=tasks, deadline=date(2026, 6, 16)))
    assert "Dear Amina Diallo," in said
    assert "On June 2, 2026 you told us that you take back your consent. It is about everything" in said
    assert "Nothing new can be made with it" in said
    assert "We mean to be done by June 16, 2026." in said
    assert "E-0007, Fund link workers, made on February 3, 2026" in said
    assert "we ask them to stop and to delete it\ntaken down (June 5, 2026)" in said
    assert "E-0012, Committee brief, made on February 3, 2026: tabled on April 8" in said
    assert "You had agreed when these were made: E-0007 and E-0012." in said


def test_what_should_not_have_gone_out_is_owned_up_to(to_person):
    said = to_person(a_case(an_affected(was_lawful=False)))
    assert "we found no consent of yours that covered them on the day they were made: E-0007." in said
    assert "You had agreed" not in said


def test_a_person_of_whom_nothing_went_out_is_told_so(letters):
    made = letters(a_case(quotes=()))
    said = text_of(made["W-0001_letter-to-person.en.docx"])
    assert "holds nothing of you. There is nothing to call back." in said
    assert "What we cannot call back" not in said
    notice = text_of(made["W-0001_stop-use-notice.en.docx"])
    assert "There is nothing to call back." in notice
    assert "nobody may use" not in notice
    assert "Tell us" not in notice
    assert len(made) == 4


def test_the_scope_is_told_in_the_words_of_the_wish(to_person, letters):
    story = a_story("Trust", "S-0004")
    assert "It is about these stories: S-0004 Trust." in to_person(
        a_case(an_affected(), stories=[story], story_ids=("s1",)))  # fmt: skip


def test_stories_that_were_erased_are_not_called_everything(to_person):
    assert "It is about some of your stories." in to_person(a_case(an_affected(), story_ids=("gone",)))


@pytest.mark.parametrize(("choice", "told"), [
    (Choice.UNDECIDED, "Please tell us what should become of them."), (Choice.SEAL, "lock them away"),
    (Choice.ANONYMISE, "make them nameless"), (Choice.ERASE, "erase them: picture, sound and words"),
])  # fmt: skip
def test_the_letter_says_what_becomes_of_the_recordings(to_person, choice, told):
    assert told in to_person(a_case(an_affected(), choice=choice))


def test_nothing_is_called_done_before_it_is(outcome):
    tasks = (done(TaskKind.NOTIFY, "E-0007"), Task(TaskKind.REPLACE, "E-0007"), Task(TaskKind.RECORDINGS, ""))
    said = outcome(a_case(an_affected(), tasks=tasks, choice=Choice.ERASE, outcome="The minister answered."))
    assert "The minister answered." in said
    assert "they were asked to stop and to delete it (June 5, 2026)" in said
    assert "not done yet: we put a version without you in its place" in said
    assert "This is not done yet; we will tell you when it is." in said


def test_the_outcome_says_on_which_day_the_recordings_were_erased(outcome):
    tasks = (done(TaskKind.RECORDINGS, ""),)
    assert "This was done on June 5, 2026." in outcome(a_case(an_affected(), tasks=tasks, choice=Choice.ERASE))


@pytest.mark.parametrize(("province", "told"), [
    ("QC", "Commission d’accès à l’information"), ("BC", "Commissioner for British Columbia"),
    ("AB", "Commissioner of Alberta"), ("NS", "Privacy Commissioner of Canada"), ("", "Privacy Commissioner of Canada"),
])  # fmt: skip
def test_the_person_is_told_where_to_complain_in_their_province(to_person, province, told):
    assert told in to_person(a_case(an_affected(), province=province))


def test_without_any_contact_the_letters_still_name_somebody(letters):
    made = letters(a_case(an_affected(), house=NOBODY))
    for name in ("letter-to-person", "stop-use-notice", "recall_office-of-the-minister"):
        assert "whoever sent you this" in text_of(made[f"W-0001_{name}.en.docx"])


# ---- every paper ----------------------------------------------------------------------------------------------------


def test_every_letter_is_sound_and_its_card_names_the_organisation_and_the_case(letters):
    long = an_export(title="A title that goes on " * 20, recipient="Ministry of " + "Very Long Names " * 12)
    made = letters(a_case(*NAMED, an_affected(long), name="Maximilienne " + "de la Tour " * 9))
    for name, path in made.items():
        card = is_sound(path, name.split(".")[-2])
        assert (card.author, card.identifier) == ("Harbour Voices", "W-0001")
        assert "Maximilienne" not in card.title + card.subject + name


def test_the_french_letters_are_set_and_dated_as_french_is(letters):
    made = letters(a_case(an_affected(), deadline=date(2026, 7, 1)))
    said = "\n".join(p.text for p in docx.Document(str(made["W-0001_stop-use-notice.fr.docx"])).paragraphs)
    assert "1er\u00a0juillet 2026" in said
    assert "2\u00a0juin 2026" in said


def test_if_one_file_is_there_already_none_is_written(letters, tmp_path):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "W-0001_stop-use-notice.fr.docx").write_text("mine")
    with pytest.raises(Refused, match=r"W-0001_stop-use-notice.fr.docx exists already"):
        letters(a_case(an_affected()))
    assert [file.name for file in (tmp_path / "letters").iterdir()] == ["W-0001_stop-use-notice.fr.docx"]


def test_a_run_that_fails_half_way_leaves_nothing(letters, tmp_path, monkeypatch):
    save = template.save

    def save_until_the_disk_is_full(document, to):
        if to.name == "W-0001_stop-use-notice.fr.docx":
            raise Unavailable("The disk is full.")
        save(document, to)

    monkeypatch.setattr(template, "save", save_until_the_disk_is_full)
    with pytest.raises(Unavailable, match="The disk is full"):
        letters(a_case(an_affected()))
    assert list((tmp_path / "letters").iterdir()) == []


def test_the_same_case_makes_the_same_bytes(letters, tmp_path):
    first = {name: path.read_bytes() for name, path in letters(a_case(an_affected())).items()}
    (tmp_path / "letters").rename(tmp_path / "earlier")
    assert {name: path.read_bytes() for name, path in letters(a_case(an_affected())).items()} == first


def test_quotes_of_the_person_that_never_went_out_are_named_too(letters):
    quotes = (build.a_quote("Gulls forget.", code="Q-0044"),)
    said = text_of(letters(a_case(an_affected(), quotes=quotes))["W-0001_stop-use-notice.en.docx"])
    assert "Quotes that may no longer be used: Q-0012, Q-0044." in said
    assert "Gulls" not in said
