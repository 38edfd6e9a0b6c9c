"""The proof of a kit: what is wrong is found, whoever may not be named is nowhere, calendars and packages are sound."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import bagit
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.kits import proof
from exports.kits.assets import Parcel
from exports.kits.bundler import KitBundler
from exports.kits.calendar import calendar, folded, unfolded
from exports.kits.counting import Counting, length
from storybank.domain.attribution import Attribution
from storybank.domain.twin import Twin
from storybank.errors import Cancelled, Refused, Unavailable
from tests.exports import library

HERE = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def order():
    found = library.order("government_brief", slugs=("amina-link-worker", "daniel-program-director"), most_per_story=1)
    ends = replace(found.passages[0].cleared.permission, until=date(2027, 3, 31))
    first = replace(found.passages[0], cleared=replace(found.passages[0].cleared, permission=ends))
    return replace(found, passages=(first, *found.passages[1:]))


@pytest.fixture(scope="module")
def made(order, tmp_path_factory):
    to = tmp_path_factory.mktemp("kits") / "kit"
    library.OneSize().write(library.KIT, order, to, library.media_of, library.Quiet())
    return to


@pytest.fixture
def kit(made, tmp_path):
    return Path(shutil.copytree(made, tmp_path / "kit"))


# ---- the proof finds what is wrong ----------------------------------------------------------------------------------


def test_a_finished_kit_has_no_fault(made):
    assert list(proof.faults_in(made)) == []


def test_the_list_of_consents_can_be_read_as_a_table(made):
    with (made / "_rights" / "consent-manifest.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = {row["path"]: row for row in csv.DictReader(stream)}
    for asset in json.loads((made / "_rights" / "consent-manifest.json").read_text("utf-8"))["assets"]:
        row = rows[asset["path"]]
        assert (row["sha256"], row["consent_ids"]) == (asset["sha256"], " ".join(asset["consent_ids"]))


def test_without_the_web_there_are_no_cards_but_all_the_papers(tmp_path, order):
    library.OneSize().write(replace(library.KIT, parts=()), order, tmp_path / "kit", library.media_of, library.Quiet())
    assert {path.name for path in (tmp_path / "kit").iterdir()} == {"07_gallery", "_rights", "_manifest", "README.html",
                                                                   "README.txt"}


def _said(kit):
    return " ".join(map(str, proof.faults_in(kit)))


def test_a_file_that_came_later_or_changed_or_went_is_found(kit):
    (kit / "02_posts" / "more.txt").write_text("more")
    (kit / "README.txt").write_text("other")
    (kit / "_rights" / "credits.csv").unlink()
    said = _said(kit)
    assert "02_posts/more.txt is listed 0 times" in said and "02_posts/more.txt stands 0 times" in said
    assert "README.txt is not what the list of checksums says" in said
    assert "_rights/credits.csv is not what the list of consents says" in said


def test_a_name_that_would_not_work_everywhere_is_found(kit):
    (kit / "02_posts" / "Prêt à publier.txt").write_text("x")
    (kit / "02_posts" / f"{'a' * 81}.txt").write_text("x")
    assert _said(kit).count("would not work everywhere") == 2


@pytest.mark.parametrize(("key", "spoil", "told"), [
    ("quotes", lambda one: one.update(consent_ids=[]), "rests on no consent"),
    ("quotes", lambda one: one.update(use_until=None), "may not be used as long as it says"),
    ("assets", lambda one: one.update(consent_ids=["C-9999"]), "does not name the consents"),
    ("assets", lambda one: one.update(quote_ids=["Q-9999"]), "a quote that is not in the kit"),
    ("assets", lambda one: one.update(path="README.txt"), "stands 2 times"),
])
def test_a_list_of_consents_that_does_not_add_up_is_found(kit, key, spoil, told):
    file = kit / "_rights" / "consent-manifest.json"
    manifest = json.loads(file.read_text("utf-8"))
    spoil(manifest[key][0])
    file.write_text(json.dumps(manifest), encoding="utf-8")
    assert told in _said(kit)


def test_whoever_may_not_be_named_is_not_named_by_the_author_either(tmp_path, order):
    unnamed = library.with_level(order, Attribution.ROLE_ONLY)
    name = order.passages[0].cleared.speaker.name
    for words in ({"messages": (Twin(f"As {name.upper()} told us, trust takes time."),)},
                  {"sections": {"email": Twin("Bonjour", f"Comme le dit {name}.")}}):
        with pytest.raises(Refused, match=r"A name that may not be told stands in 0\d_.*No kit was made"):
            library.OneSize().write(replace(library.KIT, **words), unnamed, tmp_path / "kit", library.media_of,
                                    library.Quiet())
        assert list(tmp_path.iterdir()) == []


def test_whoever_may_be_named_may_be_named_by_the_author(tmp_path, order):
    told = replace(library.KIT, messages=(Twin(f"{order.passages[0].cleared.speaker.name} says it."),))
    library.OneSize().write(told, order, tmp_path / "kit", library.media_of, library.Quiet())


# ---- the calendar ---------------------------------------------------------------------------------------------------


def test_the_calendar_has_the_last_day_of_the_kit_and_of_each_quote_that_ends(made, order):
    raw = (made / "_manifest" / "calendar.ics").read_bytes()
    assert all(len(line) <= 75 for line in raw.split(b"\r\n")) and b"\n" not in raw.replace(b"\r\n", b"")
    lines = unfolded(raw.decode("utf-8"))
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2:] == ["END:VCALENDAR", ""]
    ending = [p.cleared.permission.until for p in order.passages if p.cleared.permission.until]
    assert lines.count("BEGIN:VEVENT") == 1 + len(ending)
    assert "DTSTART;VALUE=DATE:20270331" in lines and "DTEND;VALUE=DATE:20270401" in lines
    assert lines.count("DTSTAMP:20261123T100000Z") == 1 + len(ending)
    uids = [line for line in lines if line.startswith("UID:")]
    assert uids[0] == "UID:e-0007.kit@storybank.invalid" and len(set(uids)) == len(uids)


def test_the_calendar_of_a_kit_without_an_end_has_the_day_on_which_to_ask_again(order):
    endless = tuple(replace(p, cleared=replace(p.cleared, permission=replace(p.cleared.permission, until=None)))
                    for p in order.passages)
    lines = unfolded(calendar(Parcel(library.KIT, replace(order, passages=endless, use_until=None))))
    assert lines.count("BEGIN:VEVENT") == 1 and "DTSTART;VALUE=DATE:20271123" in lines
    assert any(line.startswith("SUMMARY:Ask whether kit E-0007 may still be used") for line in lines)


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=300))
@settings(max_examples=60, deadline=None)
def test_a_folded_line_is_short_and_unfolds_to_itself(text):
    pieces = folded(text).split("\r\n")
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert unfolded(folded(text))[0] == text


# ---- packages -------------------------------------------------------------------------------------------------------


def test_a_zip_of_the_same_kit_is_the_same_and_holds_everything_in_one_folder(made, kit, tmp_path):
    KitBundler().zip(made, tmp_path / "Rural access.zip", library.Quiet())
    for file in kit.rglob("*"):
        os.utime(file, (1_700_000_000, 1_700_000_000))
    (tmp_path / "other").mkdir()
    KitBundler().zip(kit, tmp_path / "other" / "Rural access.zip", library.Quiet())
    one = (tmp_path / "Rural access.zip").read_bytes()
    assert one == (tmp_path / "other" / "Rural access.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "Rural access.zip") as packed:
        names = packed.namelist()
        assert names == sorted(names) and all(name.startswith("rural-access/") for name in names)
        assert {(i.date_time, i.create_system) for i in packed.infolist()} == {((1980, 1, 1, 0, 0, 0), 3)}
        packed.extractall(tmp_path / "out")
    assert list(proof.faults_in(tmp_path / "out" / "rural-access")) == []


def test_a_bag_is_valid_and_says_whose_it_is_and_of_when(made, tmp_path):
    KitBundler().bag(made, tmp_path / "bag", "2026-11-23T10:00:00+00:00", "Voices", "E-0007", library.Quiet())
    bag = bagit.Bag(str(tmp_path / "bag"))
    assert bag.is_valid()
    assert bag.info | {"Source-Organization": "Voices", "External-Identifier": "E-0007",
                       "Bagging-Date": "2026-11-23"} == bag.info
    assert (tmp_path / "bag" / "bagit.txt").read_text().startswith("BagIt-Version: 1.0")
    assert (tmp_path / "bag" / "tagmanifest-sha256.txt").is_file()
    assert list(proof.faults_in(tmp_path / "bag" / "data")) == [] and made.is_dir()
    (tmp_path / "bag" / "data" / "README.txt").write_text("other")
    assert not bagit.Bag(str(tmp_path / "bag")).is_valid()


def test_a_package_that_was_stopped_or_cannot_be_written_leaves_nothing(made, tmp_path):
    class Stopped(library.Quiet):
        def check(self):
            raise Cancelled("stopped")

    for pack in (lambda to: KitBundler().zip(made, to, Stopped()),
                 lambda to: KitBundler().bag(made, to, "2026-11-23", "V", "E-1", Stopped())):
        with pytest.raises(Cancelled):
            pack(tmp_path / "out")
    with pytest.raises(Unavailable, match="could not be written"):
        KitBundler().zip(made, tmp_path / "nowhere" / "kit.zip", library.Quiet())
    assert list(tmp_path.iterdir()) == []


# ---- killed ---------------------------------------------------------------------------------------------------------

KILLED = """
import os, signal, sys
from pathlib import Path
from tests.exports import library

class Dies(library.StandInMedia):
    def clips(self, jobs, ticket):
        super().clips(jobs[:1], ticket)
        os.kill(os.getpid(), signal.SIGKILL)

order = library.order("government_brief", slugs=("amina-link-worker",), most_per_story=1)
library.OneSize(Dies()).write(library.KIT, order, Path(sys.argv[1]), library.media_of, library.Quiet())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_a_program_killed_in_the_middle_leaves_only_a_part_which_the_next_run_removes(tmp_path):
    died = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "kit")], cwd=HERE, check=False, timeout=120,
                          capture_output=True)
    assert died.returncode == -signal.SIGKILL, died.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["kit.part"]
    assert list((tmp_path / "kit.part").rglob("*.mp4")), "it was in the middle of it"
    order = library.order("government_brief", slugs=("amina-link-worker",), most_per_story=1)
    library.OneSize().write(library.KIT, order, tmp_path / "kit", library.media_of, library.Quiet())
    assert [path.name for path in tmp_path.iterdir()] == ["kit"]


# ---- as platforms count ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "weighted", "graphemes", "utf_16"), [
    ("café", 4, 4, 4), ("cafe\u0301", 4, 4, 5), ("🌱", 2, 1, 2), ("👩‍👩‍👧", 2, 1, 8), ("👍🏽", 2, 1, 4),
    ("🇨🇦🇨🇦", 4, 2, 8),
    ("1️⃣", 2, 1, 3), ("日本", 4, 2, 2), ("« oui »", 7, 7, 7), ("한국", 4, 2, 2),
])
def test_each_platform_counts_its_own_way(text, weighted, graphemes, utf_16):
    assert length(text, Counting.WEIGHTED) == weighted
    assert length(text, Counting.GRAPHEMES) == graphemes
    assert length(text, Counting.UTF_16) == utf_16
