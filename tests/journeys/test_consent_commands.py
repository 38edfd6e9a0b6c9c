"""Consent at the command line: every answer on file, asked, proven, renewed, and taken back everywhere."""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from docx import Document

from tests.journeys.conftest import Storybank
from tests.journeys.test_commands import a_sound

SOON = (date.today() + timedelta(20)).isoformat()
LATER = (date.today() + timedelta(700)).isoformat()


@pytest.fixture(scope="session")
def furnished(tmp_path_factory):
    """A library with two recordings, and a person in each."""
    folder = tmp_path_factory.mktemp("office")
    made = Storybank(folder / "library", folder / "home")
    made("init", "--title", "Test")
    for number, (name, pitch) in enumerate((("Ruth Tanaka", 300), ("Omar Haddad", 500)), 1):
        made("import", a_sound(folder, f"{name.split()[0].lower()}.wav", seconds=3, pitch=pitch))
        made("people", "add", name, "--role", "Nurse", "--province", "ON")
        made("people", "name", f"S-000{number}", name)
    return made


@pytest.fixture
def office(furnished, tmp_path):
    """A copy of that library, to be changed at will."""
    shutil.copytree(furnished.library, tmp_path / "library")
    return Storybank(tmp_path / "library", tmp_path / "home")


@pytest.fixture
def house(told, tmp_path):
    """A copy of the demo's library, to be changed at will."""
    into, said, _made = told
    assert said.code == 0, said.err
    shutil.copytree(into / "library", tmp_path / "copy")
    return Storybank(tmp_path / "copy", tmp_path / "home")


@pytest.fixture
def form(tmp_path):
    file = tmp_path / "form.txt"
    file.write_text("Signed by a fictional person.")
    return file


def text_of(word):
    document = Document(word)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def verdict(storybank, *words):
    return storybank.json("consent", "may", *words)["verdict"]


def test_everything_somebody_said_is_on_file(office, form):
    said = office.json(
        "consent", "record", "Ruth Tanaka", "--use", "website", "--deny", "social_media", "--ask", "media",
        "--condition", "print=only beside my photo", "--attribution", "role_only", "--face", "no", "--voice", "yes",
        "--name-place", "no", "--edit", "yes", "--ai-train", "no", "--notice", "voices 2026-11 (en)", "--method",
        "in_person", "--witness", "Ann Lee", "--copy-given", "paper", "--until", LATER, "--evidence", form,
        "--evidence", f"{form}:email", "--on-camera", "R-0001", "0:01", "2.5")
    assert said["warnings"] == []
    assert office.json("consent", "show", said["code"]) == {k: v for k, v in said.items() if k != "warnings"}
    assert office.json("consent", "show", "ruth tanaka")[0]["code"] == said["code"]
    told = [(p["decision"], p["act"], p["use"], p["condition"]) for p in said["provisions"]]
    assert told == [
        ("permit", "use", "website", None), ("conditional", "use", "print", "only beside my photo"),
        ("deny", "use", "social_media", None), ("ask_first", "use", "media", None), ("permit", "edit", None, None),
        ("deny", "train", None, None)]
    assert said["uses"] == ["website", "print"]
    assert said["wishes"] == {"face": False, "voice": True, "organization": None, "place": False}
    assert (said["taken"]["notice"], said["taken"]["witness"]) == ("voices 2026-11 (en)", "Ann Lee")
    assert [(e["kind"], e["start_ms"], e["end_ms"]) for e in said["evidence"]] == [
        ("signed_form", None, None), ("email", None, None), ("on_camera", 1000, 2500)]
    assert said["events"][0]["seq"] == 1 and len(said["events"][0]["hash"]) == 64
    page = office("consent", "show", said["code"]).out
    assert "print: only beside my photo" in page and "Ann Lee" in page and "said on camera" in page


def test_the_gate_answers_with_reasons_conditions_and_what_may_be_shown(office, form):
    office("consent", "record", "Ruth Tanaka", "--use", "website", "--condition", "print=only beside my photo",
           "--ask", "media", "--attribution", "full_name", "--face", "no", "--until", LATER, "--evidence", form)
    allowed = office.json("consent", "may", "S-0001", "website")
    assert (allowed["verdict"], allowed["attribution"], allowed["until"]) == ("allow", "full_name", LATER)
    assert (allowed["face"], allowed["voice"], allowed["organization"], allowed["place"]) == (False, True, False, True)
    conditional = office.json("consent", "may", "S-0001", "website", "print")
    assert (conditional["verdict"], conditional["conditions"]) == ("allow_with_conditions", ["only beside my photo"])
    assert office.json("consent", "may", "S-0001", "media")["verdict"] == "ask_first"
    refused = office("consent", "may", "S-0001", "website", "--act", "translate")
    assert refused.out.startswith("deny: Ruth Tanaka did not agree to this: translation.")
    assert verdict(office, "S-0001", "website", "--attribution", "full") == "deny"
    assert verdict(office, "S-0001", "--act", "transcribe") == "allow"
    assert verdict(office, "S-0001", "--act", "train") == "deny"


def test_a_decision_part_by_part_holds_there_and_nowhere_else(office):
    said = office.json("consent", "record", "Ruth Tanaka", "--provision", (
        f"use=website material=quote territory=CA-QC until={LATER} attribution=role_only condition=ask: a=b first"),
        "--provision", "decision=permit channel=social media")
    first, second = said["provisions"]
    assert (first["decision"], first["condition"], first["until"]) == ("conditional", "ask: a=b first", LATER)
    assert second["channel"] == "social media"
    assert verdict(office, "S-0001", "website", "--territory", "CA-QC") == "allow_with_conditions"
    assert verdict(office, "S-0001", "website") == "deny"
    assert verdict(office, "S-0001", "website", "--territory", "CA-QC", "--material", "clip") == "deny"
    assert verdict(office, "S-0001", "social_media", "--material", "clip") == "allow"


def test_what_speaks_against_itself_is_kept_and_shown(office):
    words = ("consent", "record", "Omar Haddad", "--use", "website", "--deny", "website", "--face", "yes")
    said = office(*words)
    assert said.code == 0
    for part in ("the no counts", "neither will be shown", "has no evidence on file"):
        assert part in said.err
    assert len(office.json(*words)["warnings"]) == 3
    assert verdict(office, "S-0002", "website") == "deny"


@pytest.mark.parametrize(("words", "code", "reason"), [
    (["Nobody", "--use", "website"], 3, "no person called Nobody"),
    (["Ruth Tanaka", "--use", "websit"], 2, "no use called websit"),
    (["Ruth Tanaka"], 2, "needs at least one use"),
    (["Ruth Tanaka", "--use", "website", "--given", "2026-05-02", "--until", "2026-05-01"], 2, "before it was given"),
    (["Ruth Tanaka", "--use", "website", "--given", "1 May"], 2, "1 May is not a day"),
    (["Ruth Tanaka", "--use", "website", "--notice", "voices 1999 (en)"], 3, "no consent form voices 1999"),
    (["Ruth Tanaka", "--use", "website", "--evidence", "EMPTY"], 2, "empty: it proves nothing"),
    (["Ruth Tanaka", "--use", "website", "--evidence", "FOLDER"], 2, "is a folder"),
    (["Ruth Tanaka", "--use", "website", "--evidence", "nowhere.pdf"], 3, "no file nowhere.pdf"),
    (["Ruth Tanaka", "--use", "website", "--on-camera", "R-0001", "0:02", "0:01"], 2, "end before it begins"),
    (["Ruth Tanaka", "--use", "website", "--on-camera", "R-0001", "0:02", "9:00"], 2, "shorter than that"),
    (["Ruth Tanaka", "--use", "website", "--on-camera", "R-0001", "soon", "9:00"], 2, "soon is not a time"),
    (["Ruth Tanaka", "--use", "website", "--story", "S-0002"], 2, "Ruth Tanaka is not in story S-0002"),
    (["Ruth Tanaka", "--condition", "website"], 2, "needs the condition"),
    (["Ruth Tanaka", "--condition", "=whatever"], 2, "no use with a condition"),
    (["Ruth Tanaka", "--provision", "usr=website"], 2, "usr=website is no decision"),
    (["Ruth Tanaka", "--provision", "decision=perhaps use=website"], 2, "perhaps is none of these"),
    (["Ruth Tanaka", "--provision", "use=website from=2027-02-01 until=2027-01-01"], 2, "before it begins"),
    (["Ruth Tanaka", "--channel", "fax"], 2, "fax is not in the list"),
    (["Ruth Tanaka", "--use", "website", "--for-quote", "Q-0099"], 3, "Q-0099"),
    (["Ruth Tanaka", "--renews", "C-0099"], 3, "no consent C-0099"),
])
def test_what_nobody_can_mean_is_explained_and_changes_nothing(furnished, tmp_path, words, code, reason):
    (tmp_path / "empty.txt").touch()
    places = {"EMPTY": tmp_path / "empty.txt", "FOLDER": tmp_path}
    said = furnished("consent", "record", *(places.get(word, word) for word in words))
    assert (said.code, said.out) == (code, ""), said.err
    assert reason in said.err and "Traceback" not in said.err
    assert furnished.json("consent", "board")["counts"] == {}


def test_an_answer_about_one_quote_is_about_that_quote(house, form):
    house("consent", "record", "Amina Diallo", "--ask", "media", "--use", "website", "--attribution", "first_name",
          "--story", "S-0001", "--evidence", form)
    assert [verdict(house, quote, "media") for quote in ("Q-0001", "Q-0002", "Q-0003")] == ["ask_first"] * 3
    answered = house.json("consent", "record", "Amina Diallo", "--for-quote", "Q-0001", "--use", "media",
                          "--until", SOON, "--evidence", form)
    assert [(p["quote"], p["until"]) for p in answered["provisions"]] == [("Q-0001", SOON)]
    house("consent", "record", "Amina Diallo", "--for-quote", "Q-0002", "--deny", "media")
    answers = [verdict(house, quote, "media") for quote in ("Q-0001", "Q-0002", "Q-0003")]
    assert answers == ["allow", "deny", "ask_first"]
    assert house.json("consent", "may", "Q-0001", "media")["attribution"] == "first_name"
    assert verdict(house, "Q-0003", "website") == "allow"


def test_a_guardian_decides_for_a_minor_and_the_minor_may_say_no(office, form):
    office("people", "guardian", "Ruth Tanaka", "--name", "Keiko Tanaka", "--relation", "mother", "--majority", LATER)
    office("consent", "record", "Ruth Tanaka", "--use", "website", "--evidence", form)
    assert "no guardian agreed" in office("consent", "may", "S-0001", "website").out
    office("consent", "record", "Ruth Tanaka", "--use", "website", "--role", "guardian", "--evidence", form)
    assert verdict(office, "S-0001", "website") == "ask_first"
    office("people", "guardian", "Ruth Tanaka", "--assent", "yes")
    assert verdict(office, "S-0001", "website") == "allow"
    assert verdict(office, "S-0001", "website", "--until", LATER) == "deny"
    shown = office.json("people", "guardian", "Ruth Tanaka", "--assent", "dissent")
    assert (shown["guardian"]["name"], shown["guardian"]["assent"]) == ("Keiko Tanaka", "dissent")
    assert verdict(office, "S-0001", "website") == "deny"


def test_a_community_decides_beside_its_people(office, form):
    office("consent", "record", "Ruth Tanaka", "--use", "website", "--evidence", form)
    office("people", "community", "Cedar River Gathering")
    words = "  Credit us.\nAlways. "
    labelled = office.json("people", "label", "Cedar River Gathering", "--name", "TK Attribution", "--text", words)
    assert labelled["labels"][0]["text"] == words
    assert office("people", "label", "Ruth Tanaka", "--name", "x", "--text", "y").code == 2
    assert office("people", "share", "S-0001", "Omar Haddad").code == 2
    assert office.json("people", "share", "S-0001", "Cedar River Gathering")["sharing"] == "all"
    assert verdict(office, "S-0001", "website") == "deny"
    office("consent", "record", "Cedar River Gathering", "--use", "website", "--evidence", form)
    assert verdict(office, "S-0001", "website") == "allow"
    office("people", "share", "S-0001")
    assert verdict(office, "S-0001", "print") == "deny"


def test_somebody_is_asked_only_where_they_are(house):
    assert verdict(house, "Q-0001", "website") == "allow"
    placed = house.json("people", "place", "S-0001", "Samuel Roy", "--from", "15", "--to", "0:22.5", "--not-speaking")
    assert placed["participants"][1]["spans"] == [{"start_ms": 15000, "end_ms": 22500}]
    assert [verdict(house, quote, "website") for quote in ("Q-0001", "Q-0002")] == ["allow", "deny"]
    assert [p["person"] for p in house.json("show", "S-0001")["participants"]] == ["P-0001", "P-0008"]
    house("people", "name", "S-0001", "P-0001", "P-0008")
    assert len(house.json("show", "S-0001")["participants"][1]["spans"]) == 1
    assert house("people", "place", "S-0001", "P-0008", "--from", "0:22", "--to", "0:20").code == 2
    assert house("people", "place", "S-0001", "P-0008", "--from", "0:22", "--to", "59:00").code == 2
    assert house("people", "place", "S-0001", "P-0008", "--recording", "R-0002").code == 3


def test_a_stretch_that_is_not_free_stays_in_and_is_free_again(house):
    house("people", "restrict", "R-0001", "--from", "0:06", "--to", "0:08", "--as", "cut", "--reason", "a neighbour")
    assert "restricted" in house("consent", "may", "Q-0001", "website").out
    assert house.json("people", "restrictions", "S-0001")[0]["reason"] == "a neighbour"
    assert house("people", "free", "S-0001", "2").code == 3
    assert house.json("people", "free", "S-0001", "1")["freed"]["start_ms"] == 6000
    assert verdict(house, "Q-0001", "website") == "allow"
    assert house("people", "restrict", "R-0001", "--from", "0:08", "--to", "0:06", "--as", "cut").code == 2


def test_what_happened_is_noted_and_what_was_stays(office, form):
    office("consent", "record", "Ruth Tanaka", "--use", "website", "--evidence", form)
    office("consent", "record", "Ruth Tanaka", "--use", "print", "--evidence", form)
    withdrawn = office("consent", "enter", "C-0002", "withdrawn")
    assert (withdrawn.code, "storybank withdraw" in withdrawn.err) == (4, True)
    wrong = office("consent", "enter", "C-0002", "entered_in_error", "--reason", "another Ruth")
    assert wrong.code == 0 and "C-0001, which stays closed" in wrong.err
    events = office.json("consent", "show", "C-0002")["events"]
    assert [(e["state"], e["role"], e["reason"]) for e in events] == [
        ("given", "person", ""), ("entered_in_error", "organization", "another Ruth")]
    assert office("consent", "enter", "C-0001", "revoked").code == 2
    assert office.json("verify")["ok"]


def test_proofs_are_added_opened_and_found_out_when_they_changed(office, form, tmp_path):
    office("consent", "record", "Ruth Tanaka", "--use", "website")
    assert "no evidence" in " ".join(office.json("consent", "may", "S-0001", "website")["reasons"])
    added = office.json("consent", "evidence", "C-0001", "add", f"{form}:letter", "--on-camera", "R-0001", "0", "1")
    assert [one["kind"] for one in added] == ["letter", "on_camera"]
    assert office("consent", "evidence", "C-0001", "open", "1", "--to", tmp_path / "copy.txt").code == 0
    assert (tmp_path / "copy.txt").read_text() == form.read_text()
    assert office("consent", "evidence", "C-0001", "open", "1", "--to", tmp_path / "copy.txt").code == 4
    assert office("consent", "evidence", "C-0001", "open", "3", "--to", tmp_path / "x").code == 3
    kept = next(p for p in office.library.rglob("*.txt") if p.read_text() == form.read_text())
    kept.write_text("Somebody else's words.")
    changed = office("consent", "evidence", "C-0001", "open", "1", "--to", tmp_path / "again.txt")
    assert (changed.code, "has changed" in changed.err) == (6, True)
    assert not (tmp_path / "again.txt").exists() and verdict(office, "S-0001", "website") == "allow"


def test_the_receipt_is_word_and_json_in_the_language_of_the_person(house, tmp_path):
    house("organization", "--privacy-officer", "Ann Lee", "--phone", "1-800-555-0199")
    [written] = house.json("consent", "receipt", "Marie Gagnon", "--to", tmp_path / "receipts")
    assert written["language"] == "fr"
    word, record = written["files"]
    assert "Marie Gagnon" in text_of(word)
    told = json.loads(Path(record).read_text(encoding="utf-8"))
    assert (told["schema_version"], told["consent_code"]) == ("ISO/IEC TS 27560:2023", written["consent"])
    assert told["withdrawal_method"] == ["1-800-555-0199"]
    assert house("consent", "receipt", "Marie Gagnon", "--to", tmp_path / "receipts").code == 4


def test_a_renewal_leaves_the_old_answer_standing_until_there_is_a_new_one(office, form):
    office("consent", "record", "Ruth Tanaka", "--use", "website", "--attribution", "first_name", "--until", SOON,
           "--witness", "Ann Lee", "--evidence", form)
    [lapsing] = office.json("consent", "renewals")
    assert (lapsing["consent"], lapsing["days"], lapsing["within"], lapsing["renewal"]) == ("C-0001", 20, 30, None)
    assert office.json("consent", "renewals", "--within", "10") == []
    asked = office.json("consent", "renew", "C-0001")
    assert (asked["state"], asked["supersedes"], asked["taken"]["witness"]) == ("requested", "C-0001", "")
    assert office("consent", "renew", "C-0001").code == 2
    assert verdict(office, "S-0001", "website") == "allow"
    renewed = office.json("consent", "record", "Ruth Tanaka", "--renews", "C-0001", "--until", LATER,
                          "--evidence", form)
    assert (renewed["state"], renewed["uses"], renewed["attribution"]) == ("renewed", ["website"], "first_name")
    assert office.json("consent", "may", "S-0001", "website")["until"] == LATER
    board = office.json("consent", "board")
    assert (board["counts"], board["without_consent"]) == ({"renewed": 1}, ["P-0002"])
    assert office("consent", "record", "Omar Haddad", "--renews", renewed["code"]).code == 2


def test_a_form_never_changes_and_a_new_text_is_a_new_version(office, tmp_path):
    text = tmp_path / "form.txt"
    text.write_text("# Wer wir sind\n\nWir hören zu.\n", encoding="utf-8")
    add = ("consent", "notice", "add", text, "--key", "voices", "--language", "de", "--title", "Ihre Stimme")
    assert office.json(*add, "--version", "1", "--use", "website")["uses"] == ["website"]
    assert (office(*add, "--version", "1").code, office(*add, "--version", "2", "--use", "nope").code) == (2, 2)
    assert "Wir hören zu." in office("consent", "notice", "show", "voices 1 (de)").out
    assert {n["name"] for n in office.json("consent", "notices")} == {
        "voices 2026-11 (en)", "voices 2026-11 (fr)", "voices 1 (de)"}
    made = tmp_path / "form.docx"
    assert office("consent", "notice", "form", "voices 2026-11 (fr)", "--to", made).code == 0
    assert "Votre récit" in text_of(made)
    assert office("consent", "notice", "form", "voices 2026-11 (fr)", "--to", made).code == 4
    text.write_bytes(b"\xff\xfe\x00")
    assert office(*add, "--version", "3").code == 2


def test_the_lists_are_the_organisations_to_edit(office, form):
    assert office("consent", "use", "add", "podcast", "--purpose", "awareness", "--channel", "podcast", "--audience",
                  "public", "--en", "podcasts", "--fr", "balados").code == 2
    office("consent", "list", "add", "channel", "podcast", "podcast", "balado")
    office("consent", "use", "add", "podcast", "--purpose", "awareness", "--channel", "podcast", "--audience",
           "public", "--en", "podcasts", "--fr", "balados")
    assert "podcast" in {one["key"] for one in office.json("consent", "lists", "channel")}
    office("consent", "record", "Ruth Tanaka", "--use", "podcast", "--evidence", form)
    assert verdict(office, "S-0001", "podcast") == "allow"
    assert office("organization", "--name", " ").code == 2


def test_a_machine_that_somebody_refused_does_not_listen(office):
    office("consent", "record", "Ruth Tanaka", "--use", "website", "--ai-transcribe", "no")
    said = office("transcribe", "S-0001", "--model", "storybank-demo")
    assert (said.code, "said no to this: transcription by a machine" in said.err) == (4, True), said.err
    assert [one["recording"] for one in office.json("jobs")] == ["R-0002"]


def test_a_withdrawal_reaches_everything_that_left_and_makes_its_case(house, tmp_path):
    brief, letters = tmp_path / "brief.docx", tmp_path / "letters"
    made = house.json("brief", brief, "--title", "T", "--ask", "Fund it.", "--quote", "Q-0001", "--quote", "Q-0014",
                      "--recipient", "The minister's office")
    assert house.json("check-document", brief)["ok"]
    assert house("withdraw", "Amina Diallo").code == 4
    done = house.json("withdraw", "Amina Diallo", "--via", "phone", "--letters", letters, "--yes")
    assert set(done) >= {"person", "consents", "stories", "exports", "quotes", "case", "tasks", "deadline", "letters"}
    ours = next(one for one in done["exports"] if one["code"] == made["code"])
    assert ([f["path"] for f in ours["files"]], ours["quotes"]) == (["brief.docx"], ["Q-0001"])
    assert len(done["letters"]) == len(list(letters.iterdir())) > 4
    checked = house("check-document", brief, "--json")
    assert (checked.code, checked.value["ok"]) == (4, False)
    assert {one["quote"]: one["standing"] for one in checked.value["findings"]} == {
        "Q-0001": "withdrawn", "Q-0014": "fine"}
    ledger = {one["code"]: one for one in house.json("ledger")}[made["code"]]
    assert (ledger["status"], ledger["recipient"]) == ("recall_open", "The minister's office")
    assert ledger["files"][0]["quotes"] == ["Q-0001", "Q-0014"] and ledger["items"][0]["events"][0]["seq"] > 0


def test_a_case_is_closed_when_everything_is_done_or_impossible(house):
    case = house.json("withdraw", "Helen Tremblay", "--yes")["case"]
    assert house("consent", "case", case, "close", "--outcome", "done").code == 2
    assert house("consent", "case", case, "task", "1", "cannot").code == 2
    assert house("consent", "case", case, "task", "99", "done").code == 2
    tasks = house.json("consent", "case", case)["tasks"]
    for task in tasks:
        state = "cannot" if task["number"] == 1 else "done"
        assert house("consent", "case", case, "task", task["number"], state, "--note", "printed").code == 0
    closed = house.json("consent", "case", case, "close", "--outcome", "Told by telephone.")
    assert (closed["open"], closed["outcome"]) == (False, "Told by telephone.")
    assert case not in {one["code"] for one in house.json("consent", "cases", "--open")}
    about = tasks[0]["about"]
    assert next(e for e in house.json("ledger") if e["code"] == about)["status"] == "cannot_recall"


def test_a_stop_to_one_use_leaves_the_others(house):
    done = house.json("withdraw", "Amina Diallo", "--use", "social_media", "--yes")
    assert [verdict(house, "S-0001", use) for use in ("social_media", "website")] == ["deny", "allow"]
    assert house("withdraw", "Amina Diallo", "--use", "website", "--erase", "--yes").code == 2
    assert house("consent", "case", done["case"], "recordings", "erase", "--yes").code == 2
    assert house("show", "S-0001").code == 0


def test_somebody_who_wants_everything_erased_is_found_nowhere(house):
    assert house.json("search", "mentorship")["total"] > 0
    done = house.json("withdraw", "Amina Diallo", "--erase", "--yes")
    assert done["choice"] == "erase" and "Q-0001" in done["quotes"]
    assert house.json("search", "mentorship")["total"] == 0
    assert house("show", "S-0001").code == 4
    assert "S-0001" not in {story["code"] for story in house.json("stories")}
    assert house.json("verify")["ok"]


def test_sealed_recordings_are_found_again_when_somebody_agrees_anew(house):
    case = house.json("withdraw", "Marie Gagnon", "--seal", "--yes")["case"]
    sealed = house("show", "marie-intervenante")
    assert (sealed.code, "was sealed" in sealed.err) == (4, True)
    assert house.json("consent", "case", case, "unseal")["unsealed"] == ["S-0007"]
    assert house("show", "marie-intervenante").code == 0
    assert verdict(house, "S-0007", "website") == "deny"


@pytest.mark.parametrize("words", [
    ["Nobody", "--yes"], ["Amina Diallo", "--use", "nope", "--yes"], ["Amina Diallo", "--story", "S-0002", "--yes"],
    ["Amina Diallo", "--erase", "--seal", "--yes"], ["Amina Diallo", "--letters", "FILE", "--yes"],
])
def test_a_withdrawal_that_cannot_be_meant_withdraws_nothing(house, form, words):
    said = house("withdraw", *(form if word == "FILE" else word for word in words))
    assert said.code in (2, 3) and said.out == "" and "Traceback" not in said.err
    assert verdict(house, "S-0001", "website") == "allow"


def test_a_document_that_is_none_of_ours_is_fine_and_one_that_cannot_be_read_is_told(house, tmp_path, form):
    assert house("check-document", form).code == 0
    assert house("check-document", tmp_path / "nowhere.docx").code == 3
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 no")
    broken = house("check-document", tmp_path / "broken.docx")
    assert broken.code in (2, 6) and "Traceback" not in broken.err


def test_every_command_speaks_french_without_stumbling(house, tmp_path):
    house.language = "fr"
    for words in (["consent", "show", "P-0001"], ["consent", "may", "Q-0001", "website"], ["consent", "board"],
                  ["consent", "notices"], ["people", "show", "P-0001"], ["consent", "record", "-h"], ["withdraw", "-h"],
                  ["check-document", "-h"], ["withdraw", "P-0006", "--yes"], ["consent", "cases"], ["ledger"]):
        said = house(*words)
        assert (said.code, "Traceback" in said.err) == (0, False), said.err
