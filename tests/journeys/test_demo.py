"""From eight recordings to a policy brief and a campaign kit, and nobody in them who did not agree."""

from __future__ import annotations

import csv
import hashlib
import json
import zipfile
from statistics import mean

import pytest

INTERVIEWS = ("amina-link-worker", "george-physician", "priya-community-partner", "daniel-program-director",
              "margaret-participant", "helen-funder", "marie-intervenante", "samuel-conseiller")


@pytest.fixture
def report(told):
    into, said, _storybank = told
    assert said.code == 0, said.err
    return json.loads((into / "report.json").read_text())


def everything_in(folder):
    """Return every byte that left, Word files unpacked."""
    for file in (p for p in [folder, *folder.rglob("*")] if p.is_file()):
        if file.suffix == ".docx":
            with zipfile.ZipFile(file) as packed:
                yield from ((f"{file.name}/{name}", packed.read(name)) for name in packed.namelist())
        else:
            yield str(file), file.read_bytes()


def test_the_demo_does_the_whole_job_on_eight_recordings(report):
    assert [one["slug"] for one in report["interviews"]] == list(INTERVIEWS)
    assert all(one["media_seconds"] > 20 for one in report["interviews"])


def test_the_demo_model_hears_well_enough_to_work_with(report):
    assert mean(one["wer"] for one in report["interviews"]) <= 0.30
    assert mean(one["start_error_ms"] for one in report["interviews"]) < 1000


def test_margaret_who_withdrew_and_samuel_who_has_not_answered_are_left_out(report):
    reasons = {one["slug"]: one["reason"] for one in report["excluded"]}
    assert set(reasons) == {"margaret-participant", "samuel-conseiller"}
    assert "withdrew" in reasons["margaret-participant"]
    assert "has not answered" in reasons["samuel-conseiller"]


@pytest.mark.parametrize("words", ["Margaret", "Samuel", "community garden, and I laughed", "key to the gate",
                                   "Sans bonnes données", "garde ouverte"])
def test_nothing_of_them_occurs_in_anything_that_left(told, report, words):
    into, _said, _storybank = told
    for name, content in [*everything_in(into / "brief.docx"), *everything_in(into / "kit")]:
        assert words.encode() not in content and words.lower() not in name.lower(), f"{words} is in {name}"


def test_helen_who_agreed_to_briefs_and_print_only_is_in_no_campaign_kit(told, report):
    into, _said, _storybank = told
    assert "helen-funder" in report["exported"]
    assert all(b"Helen" not in content and b"Northern Light" not in content
               for _name, content in everything_in(into / "kit"))


def test_somebody_who_may_be_named_by_role_only_is_nowhere_named(told, report):
    into, _said, _storybank = told
    for name, content in [*everything_in(into / "brief.docx"), *everything_in(into / "kit")]:
        assert b"Campbell" not in content, name
        assert b"Okafor" not in content, name


def test_every_quote_in_the_kit_has_its_clip_captions_and_card(told, report):
    into, _said, _storybank = told
    clips = sorted(p.name for p in (into / "kit" / "04_clips").iterdir())
    cards = sorted(p.name for p in (into / "kit" / "03_quote-cards").iterdir())
    assert clips == cards and len(clips) >= 4
    for clip in clips:
        names = {p.suffix for p in (into / "kit" / "04_clips" / clip).iterdir()}
        assert {".mp4", ".srt", ".vtt"} <= names


def test_every_file_of_the_kit_is_as_its_manifest_says(told, report):
    kit = told[0] / "kit"
    lines = (kit / "_manifest" / "manifest-sha256.txt").read_text().splitlines()
    assert lines
    for line in lines:
        sha256, name = line.split(maxsplit=1)
        assert hashlib.sha256((kit / name.lstrip("*")).read_bytes()).hexdigest() == sha256


def test_every_post_in_the_kit_credits_the_speaker_as_permitted(told, report):
    with (told[0] / "kit" / "02_posts" / "posts.csv").open(encoding="utf-8-sig", newline="") as stream:
        posts = list(csv.DictReader(stream))
    permitted = {"en": "Used with permission.", "fr": "Utilisé avec autorisation."}
    assert posts and all(p["credit_line"].endswith(permitted[p["lang"][:2]]) for p in posts)


def test_the_ledger_tells_both_exports_with_their_consents(told, report):
    _into, _said, storybank = told
    ledger = storybank.json("ledger")
    assert sorted(e["kind"] for e in ledger) == ["brief", "kit"]
    assert all(item["consents"] for e in ledger for item in e["items"])


def test_the_brief_lets_a_few_speak_and_each_who_may(told, report):
    _into, _said, storybank = told
    brief = next(e for e in storybank.json("ledger") if e["kind"] == "brief")
    quotes = {one["code"]: one for one in storybank.json("quote", "list")}
    spoken = [quotes[item["quote"]] for item in brief["items"]]
    assert 6 <= len(spoken) <= 8 and {one["language"] for one in spoken} == {"en", "fr"}
    assert len({one["story"] for one in spoken}) == len(report["exported"])


def test_the_stories_list_tells_what_may_be_used(told, report):
    _into, _said, storybank = told
    stories = {s["slug"]: s for s in storybank.json("stories")}
    assert stories["helen-funder"]["usable_for"] == ["print", "government_brief"]
    assert stories["margaret-participant"]["consent"] == "withdrawn"
    assert stories["samuel-conseiller"]["usable_for"] == []
    assert stories["marie-intervenante"]["language"] == "fr"


@pytest.mark.parametrize(("typed", "slug"), [
    ("mentorship", "amina-link-worker"), ('"walking group"', "amina-link-worker"), ("pharmac*", "george-physician"),
    ("medicament", "marie-intervenante"), ("MÉDICAMENT", "marie-intervenante"), ("ambulance", "margaret-participant"),
])
def test_search_finds_the_moment_it_was_said(told, report, typed, slug):
    _into, _said, storybank = told
    found = storybank.json("search", typed)
    assert slug in {hit["slug"] for hit in found["hits"]}
    assert all(0 <= hit["start_ms"] < hit["end_ms"] for hit in found["hits"])


def test_search_for_what_may_be_used_leaves_the_withdrawn_out(told, report):
    _into, _said, storybank = told
    assert storybank.json("search", "ambulance", "--usable-for", "website")["total"] == 0


def test_the_demo_begun_again_goes_on_with_what_is_there(told, report):
    into, _said, storybank = told
    again = storybank("demo", "--into", into)
    assert again.code == 0, again.err
    assert len(storybank.json("stories")) == 8
    assert len(storybank.json("ledger")) == 4


def test_the_library_is_in_order_afterwards(told, report):
    assert told[2].json("verify") == {"ok": True, "findings": []}
