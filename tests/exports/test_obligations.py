"""Obligations: conditions, community labels and teachings go wherever the quote goes, exactly as they were given."""

from __future__ import annotations

import csv
import hashlib
import html
import json
import re
import zipfile
from dataclasses import replace

import docx
import pytest

from exports.briefs.brief import WordBrief
from exports.obligations import conditions_of, is_bound, label_names
from exports.sites.site import FolderSite
from storybank.domain.commission import Site
from storybank.domain.draft import PART_USES
from storybank.domain.export import ExportedFile
from storybank.domain.twin import Twin
from tests.exports import library, obliged
from tests.exports.obliged import AMINA_ASKS, HEAD, LABEL, NOTICE
from tests.exports.unpacked import everything_in, where_it_says

GEORGE_SEEN = "Never beside the logo of [name withheld]"
PRIVATE = ("Wanda Witness", "Ivan Interpreter", "Carl Captor", "Paula Privacy", "Chief Rose", "signed by hand",
           "evidence/ab")  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    to = tmp_path_factory.mktemp("kits") / "kit"
    kit = replace(library.KIT, title="With everything")
    returned = library.OneSize().write(kit, obliged.order(), to, library.media_of, library.Quiet())
    return to, returned


@pytest.fixture(scope="module")
def rooms(tmp_path_factory):
    """A kit for radio, print and events, and a site, with a condition, labels and a teaching on what they hold."""
    to, order = tmp_path_factory.mktemp("rooms"), obliged.order()
    parts = {str(part): order.passages for part in PART_USES}
    kit = replace(library.KIT, parts=tuple(PART_USES), contact="hello@example.org")
    library.OneSize().write(kit, replace(order, parts=parts), to / "kit", library.media_of, library.Quiet())
    FolderSite(library.StandInMedia()).write(Site(Twin("Voices", "Voix")), order, to / "site", library.media_of,
                                             library.Quiet())
    return to


def said_in(place):
    text = "\n".join(re.sub("<[^>]+>", "", text) for _, text in everything_in(place))
    return re.sub("[\u00a0\u202f\u2060]", " ", text)


@pytest.mark.parametrize("room", [
    "kit/09_radio/script.en.docx", "kit/10_events/slides.en.pptx", "kit/08_print/handout.en.docx",
])
def test_labels_and_conditions_stand_beside_quotes_on_air_on_slides_and_on_paper(rooms, room):
    said = said_in(rooms / room)
    shown = [p.cleared for p in obliged.order().passages if p.cleared.quote.code in said]
    assert shown
    for cleared in shown:
        assert all(name in said for name in label_names(cleared)), (room, cleared.quote.code)
        assert all(text.replace("'", "’") in said for text in conditions_of(cleared)), (room, cleared.quote.code)


def test_a_reel_has_its_conditions_beside_it(rooms):
    told = (rooms / "kit" / "10_events" / "conditions.en.txt").read_text("utf-8")
    assert AMINA_ASKS in told and GEORGE_SEEN in told


def test_no_quote_with_a_condition_or_a_label_stands_bare_on_a_page_of_many(rooms):
    page = (rooms / "site" / "en" / "voices.html").read_text("utf-8")
    tastes = re.findall(r'class="taste"[^>]*>([^<]*)<', page)
    bound = [p.cleared.quote.text for p in obliged.order().passages if is_bound(p.cleared)]
    assert bound and not [text for text in bound for taste in tastes if html.unescape(taste)[1:-1] in text]


@pytest.fixture
def kit(made):
    return made[0]


@pytest.fixture(scope="module", params=["en", "fr"])
def brief(request, tmp_path_factory):
    to = tmp_path_factory.mktemp("briefs") / "brief.docx"
    ordered = library.BRIEF if request.param == "en" else library.BRIEF_FR
    WordBrief().write(ordered, obliged.order(), to, library.Quiet())
    return to


def rights(kit):
    return json.loads((kit / "_rights" / "consent-manifest.json").read_text(encoding="utf-8"))


def sheet(file):
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return {row["quote_id"]: row for row in csv.DictReader(stream)}


def lines_of(file):
    return [paragraph.text for paragraph in docx.Document(str(file)).paragraphs]


# ---- conditions -----------------------------------------------------------------------------------------------------


def test_a_brief_prints_conditions_in_the_persons_words_beside_the_quotes_codes(brief):
    (note,) = [line for line in lines_of(brief) if AMINA_ASKS in line]
    assert "Q-0011, Q-0013, Q-0014" in note
    assert GEORGE_SEEN in note, "the employer whom he does not name stays unnamed in his condition"


def test_conditions_go_with_a_kit_in_every_paper_that_speaks_of_rights(kit):
    for language, said in (("en", f"“{AMINA_ASKS}”"), ("fr", f"«\u00a0{AMINA_ASKS}\u00a0»")):
        terms = (kit / "_rights" / f"usage-terms.{language}.txt").read_text(encoding="utf-8")
        assert terms.count(f"Q-0011, Q-0013, Q-0014: {said}") == 1
    credited = sheet(kit / "_rights" / "credits.csv")
    assert {code: credited[code]["conditions"] for code in ("Q-0011", "Q-0021", "Q-0071")} == {
        "Q-0011": AMINA_ASKS, "Q-0021": GEORGE_SEEN, "Q-0071": "",
    }
    told = {quote["quote_id"]: quote["conditions"] for quote in rights(kit)["quotes"]}
    assert told["Q-0013"] == [AMINA_ASKS] and told["Q-0072"] == []


def test_whoever_posts_reads_the_condition_and_the_labels(kit):
    posts = sheet(kit / "02_posts" / "posts.csv")
    assert AMINA_ASKS in posts["Q-0011"]["note"]
    assert LABEL.name in posts["Q-0031"]["note"] and NOTICE.name in posts["Q-0031"]["note"]
    assert posts["Q-0071"]["note"] == ""


# ---- labels and notices ---------------------------------------------------------------------------------------------


def test_labels_stand_in_a_kit_letter_by_letter(kit):
    papers = [kit / "_rights" / f"{name}.txt" for name in ("community-labels", "usage-terms.en", "usage-terms.fr")]
    papers += list((kit / "03_quote-cards" / "q-0031").rglob("*.alt.txt"))
    assert len(papers) == 5
    for paper in papers:
        said = paper.read_text(encoding="utf-8")
        for label in (LABEL, NOTICE):
            assert all(part in said for part in (label.name, label.text, label.uri)), paper
    noted = {one["name"]: one for one in rights(kit)["community_labels"]}
    assert noted[LABEL.name] == {"name": LABEL.name, "text": LABEL.text, "uri": LABEL.uri, "language": "en",
                                 "kind": "label", "quote_ids": ["Q-0031", "Q-0032", "Q-0033"]}
    assert noted[NOTICE.name]["kind"] == "notice"


def test_a_kit_without_labels_has_no_paper_about_them(tmp_path):
    order = library.order(slugs=("george-physician",), most_per_story=1)
    library.OneSize().write(library.KIT, order, tmp_path / "kit", library.media_of, library.Quiet())
    assert not (tmp_path / "kit" / "_rights" / "community-labels.txt").exists()
    assert where_it_says(tmp_path / "kit", "community label", "CONDITIONS\n") == []


def test_labels_stand_in_a_brief_letter_by_letter_under_the_quote_and_with_the_sources(brief):
    lines = lines_of(brief)
    beside = [line for line in lines if line == f"{LABEL.name} \u00a0·\u00a0 {NOTICE.name}"]
    assert len(beside) == 3
    whole = [line for line in lines if line.startswith(LABEL.name) and LABEL.text in line]
    assert len(whole) == 1 and whole[0].endswith(f"\n{LABEL.uri}") and "Q-0031, Q-0032, Q-0033" in whole[0]
    assert [line for line in lines if line.startswith(NOTICE.name) and line.endswith(NOTICE.text)]


def test_a_label_keeps_its_own_language_in_word(brief):
    with zipfile.ZipFile(brief) as package:
        xml = package.read("word/document.xml").decode()
    run = re.search(r"<w:r>(?:(?!</w:r>).)*Nous souhaitons être consultés ; merci !", xml)
    assert run and 'w:lang w:val="fr-CA"' in run.group()


# ---- teachings ------------------------------------------------------------------------------------------------------


def test_a_teaching_is_cited_with_nation_territory_and_day(kit, brief):
    cited = "Elder Priya Sharma, Cedar Lake Nation, Treaty 8, Willow River"
    (source,) = [line for line in lines_of(brief) if "walking with the land" in line]
    assert source.startswith(f"Q-0031, Q-0032, Q-0033. {cited}.")
    assert "June\u00a04, 2025" in source or "4\u00a0juin 2025" in source
    credited = sheet(kit / "_rights" / "credits.csv")["Q-0031"]
    assert cited in credited["credit_line_en"] and "walking with the land" in credited["teaching_en"]
    assert "4\u00a0juin 2025" in credited["teaching_fr"]


# ---- the consent manifest -------------------------------------------------------------------------------------------


def test_the_manifest_says_how_a_consent_was_given_and_never_by_whom(kit):
    told = {one["consent_id"]: one for one in rights(kit)["consents"]}
    assert set(told) == {"C-0001", "C-0002", "C-0003", "C-0007", "C-0090"}
    amina = told["C-0001"]
    assert amina | {
        "notice_id": "voices-2026-11-en", "method": "paper", "language": "en-CA", "given_on": "2025-06-04",
        "valid_until": None, "conditions": [AMINA_ASKS], "evidence_sha256": ["d" * 64], "ai_training": "deny",
        "paid_advertising": "not said", "quote_ids": ["Q-0011", "Q-0013", "Q-0014"],
    } == amina
    assert told["C-0002"]["conditions"] == [GEORGE_SEEN]
    assert told["C-0090"]["quote_ids"] == ["Q-0031", "Q-0032", "Q-0033"]
    assert len({one["person_ref"] for one in told.values()}) == 5


def test_nobody_who_signed_or_witnessed_and_no_file_of_theirs_is_named(kit, brief):
    assert where_it_says(kit, *PRIVATE, "Campbell", "Lakeview") == []
    assert where_it_says(brief, *PRIVATE, "Campbell", "Lakeview") == []


def test_the_newest_entry_of_the_record_is_witnessed_outside(kit, brief):
    assert rights(kit)["chain_head"] == {"seq": HEAD[0], "sha256": HEAD[1]}
    (note,) = [line for line in lines_of(brief) if HEAD[1][:12] in line]
    assert str(HEAD[0]) in note
    quotes = {quote["quote_id"]: quote["consent_events"] for quote in rights(kit)["quotes"]}
    assert quotes["Q-0011"] == {"C-0001": 7}


def test_without_a_record_nothing_is_witnessed(tmp_path):
    order = replace(obliged.order(), head=(0, ""))
    WordBrief().write(library.BRIEF, order, tmp_path / "brief.docx", library.Quiet())
    assert "seal" not in "\n".join(lines_of(tmp_path / "brief.docx"))


# ---- what the ledger is told ----------------------------------------------------------------------------------------


def test_every_file_comes_back_with_its_hash_and_the_quotes_in_it(made):
    kit, (seal, files) = made
    here = {path.relative_to(kit).as_posix(): path for path in kit.rglob("*") if path.is_file()}
    assert [file.path for file in files] == sorted(here)
    assert all(file.sha256 == hashlib.sha256(here[file.path].read_bytes()).hexdigest() for file in files)
    every = [passage.cleared.quote.code for passage in obliged.order().passages]
    assert seal == next(file.sha256 for file in files if file.path == "_manifest/manifest-sha256.txt")
    for file in files:
        own = re.match(r"0[34]_[a-z-]+/(q-\d+)/", file.path)
        whole = re.match(r"02_posts|07_gallery|06_partners", file.path)
        expected = (own.group(1).upper(),) if own else every if whole else ()
        assert set(file.quotes) == set(expected), file.path


def test_no_words_of_a_quote_are_in_a_file_that_is_not_listed_for_it(made):
    kit, (_, files) = made
    listed: dict[str, ExportedFile] = {file.path: file for file in files}
    for passage in obliged.order().passages:
        for where, text in everything_in(kit):
            path = where.split(", ")[0]
            if passage.cleared.quote.text in text:
                assert not listed[path].quotes or passage.cleared.quote.code in listed[path].quotes, path


def test_a_kit_says_for_whom_it_was_made(kit):
    assert "Office of the Minister" in (kit / "README.txt").read_text(encoding="utf-8")
    assert json.loads((kit / "_manifest" / "kit.json").read_text())["recipient"] == "Office of the Minister"
