"""Search: word forms, accents, phrases and filters in both languages; nothing typed is an error."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from storybank.domain.change import ChangeKind
from storybank.domain.query import Kind, Query, Sort, Term, understood
from storybank.persistence import index
from tests.persistence.shelf import a_stretch

ENGLISH = ("We planted gardens together.", "My loneliness is gone.", "The link workers answer the call.")
FRENCH = ("La prescription sociale brise l'isolement.", "Mon cœur va mieux.", "Les réseaux communautaires aident.",
          "Elle était isolée.")  # fmt: skip


@pytest.fixture
def both(shelf):
    shelf.story(*ENGLISH, stakeholder="link_worker", province="ON")
    shelf.story(*FRENCH, slug="marie", person="Marie Gagnon", language="fr", stakeholder="funder", province="QC")
    return shelf


def search(shelf, typed, story_ids=None, most=50, **filters):
    query = understood(typed, **filters)
    with shelf.work() as work:
        hits, counted = work.index.search(query, story_ids, most), work.index.count(query, story_ids)
    assert counted == (len(hits), len({hit.story_id for hit in hits})) or len(hits) == max(0, most)
    return hits


def texts(shelf, typed, *rest, **filters):
    return [hit.text for hit in search(shelf, typed, *rest, **filters)]


@pytest.mark.parametrize("typed", ["reseau", "réseau", "RÉSEAUX", unicodedata.normalize("NFD", "réseau"), "réseau*"])
def test_accents_case_and_plural_do_not_matter(both, typed):
    assert texts(both, typed) == ["Les réseaux communautaires aident."]


@pytest.mark.parametrize("typed", ["coeur", "cœur", "CŒUR", "coeurs"])
def test_ligatures_do_not_matter(both, typed):
    assert texts(both, typed) == ["Mon cœur va mieux."]


def test_word_forms_are_found_in_either_language(both):
    assert texts(both, "gardening") == ["We planted gardens together."]
    assert texts(both, "=lonely loneliness") == []
    (hit,) = search(both, "isolement")
    assert [hit.text[start:end] for start, end in hit.marks] == ["isolement", "isolée"]
    assert (hit.text.startswith("La prescription"), hit.text.endswith("Elle était isolée.")) == (True, True)


def test_an_exact_word_is_found_as_it_is_written(both):
    assert texts(both, "=garden") == []
    assert texts(both, "=gardens") == ["We planted gardens together."]


def test_a_phrase_is_found_in_its_order(both):
    assert texts(both, '"prescription sociale"') == ["La prescription sociale brise l'isolement."]
    assert texts(both, '"sociale prescription"') == []
    assert texts(both, "«brise l’isolement»") == ["La prescription sociale brise l'isolement."]
    assert texts(both, "link-workers") == ["The link workers answer the call."]


def test_the_beginning_of_a_word_is_enough_with_a_star(both):
    assert texts(both, "communau*") == ["Les réseaux communautaires aident."]
    assert texts(both, "link-work*") == ["The link workers answer the call."]
    assert texts(both, "communau") == []


def test_all_words_must_be_there(both):
    assert texts(both, "link call") == ["The link workers answer the call."]
    assert texts(both, "link isolement") == []


def test_words_of_several_lines_of_one_voice_are_found_together(both):
    (hit,) = search(both, "gardens loneliness")
    assert (hit.text, hit.after) == ("We planted gardens together. My loneliness is gone.",
                                     "The link workers answer the call.")
    assert [line.id for line in both.lines("r-amina")[:2]] == list(hit.line_ids)
    assert texts(both, '"together my loneliness"') == [hit.text]


def test_found_words_are_marked_in_the_text_as_people_read_it(both):
    def marked(typed):
        (hit,) = search(both, typed)
        return [hit.text[start:end] for start, end in hit.marks]

    assert marked("coeurs") == ["cœur"]
    assert marked("garden") == ["gardens"]
    assert marked('"prescription sociale" brise') == ["prescription sociale", "brise"]
    assert marked("presc* sociale") == ["prescription", "sociale"]
    assert marked('"link workers" workers') == ["link workers"]


def test_marks_stand_right_in_text_that_comes_decomposed(shelf):
    shelf.story(unicodedata.normalize("NFD", "Très été réseau."), language="fr")
    (hit,) = search(shelf, "reseau")
    ((start, end),) = hit.marks
    assert unicodedata.normalize("NFC", hit.text[start:end]) == "réseau"


def test_a_hit_tells_who_when_and_where(both):
    (hit,) = search(both, "loneliness")
    line = both.lines("r-amina")[1]
    assert (hit.kind, hit.story_id, hit.recording_id, hit.speaker) == ("passage", "s-amina", "r-amina", "Amina Diallo")
    assert (hit.start_ms, hit.end_ms, hit.codes, hit.quote_code) == (line.start_ms, line.end_ms, (), "")


def test_a_line_names_its_own_speaker(both):
    line = both.lines("r-amina")[1]
    with both.work() as work:
        work.transcripts.revise("t-amina", [replace(line, speaker_id="p-marie")], "Jo", ChangeKind.VOICED)
        work.commit()
    assert search(both, "loneliness")[0].speaker == "Marie Gagnon"
    assert len(search(both, "loneliness", stakeholders=frozenset({"funder"}))) == 1


def test_a_quote_of_a_found_passage_is_told_with_it_not_beside_it(both):
    quote = both.quote("r-amina", 0, "amplify", "measure", words=slice(0, 3))
    (hit,) = search(both, "planted")
    assert (hit.kind, hit.quote_code, hit.codes) == ("passage", quote.code, ("amplify", "measure"))
    (hit,) = search(both, "loneliness")
    assert (hit.quote_code, hit.codes) == ("", ())
    (hit,) = search(both, "planted", kinds=frozenset({Kind.QUOTE}))
    assert (hit.kind, hit.owner_id, hit.text) == ("quote", quote.id, "We planted gardens")


def test_a_quote_is_found_by_itself_where_the_passage_reads_differently(both):
    quote = both.quote("r-amina", 0, "amplify", text="We grew vegetables.")
    (hit,) = search(both, "vegetables")
    assert (hit.kind, hit.quote_code, hit.codes, hit.text) == ("quote", quote.code, ("amplify",), "We grew vegetables.")
    assert (hit.start_ms, hit.end_ms) == (quote.start_ms, quote.end_ms)


def test_search_follows_a_quotes_text_and_its_removal(both):
    quote = both.quote("r-amina", 0, text="We grew vegetables.")
    with both.work() as work:
        work.quotes.save(replace(quote, text="We grew flowers."))
        work.commit()
    assert (texts(both, "vegetables"), texts(both, "flowers")) == ([], ["We grew flowers."])
    with both.work() as work:
        work.quotes.remove(quote.id)
        work.commit()
    assert texts(both, "flowers") == []
    assert_index_is_true(both)


def test_every_filter_must_hold(both):
    both.quote("r-amina", 0, "amplify", "physician")
    one = ["We planted gardens together."]
    assert texts(both, "garden", blocks=frozenset({"amplify"})) == one
    assert texts(both, "garden", blocks=frozenset({"policy"})) == []
    assert texts(both, "garden", blocks=frozenset({"policy", "amplify"})) == one
    assert texts(both, "garden", stakeholders=frozenset({"physician"})) == one
    assert texts(both, "garden", stakeholders=frozenset({"link_worker"}), provinces=frozenset({"ON"})) == one
    assert texts(both, "garden", stakeholders=frozenset({"link_worker"}), provinces=frozenset({"QC"})) == []
    assert texts(both, "garden", languages=frozenset({"fr"})) == []
    assert texts(both, "garden", ["s-amina"]) == one
    assert texts(both, "garden", ["s-marie"]) == texts(both, "garden", []) == []


def test_filters_alone_list_everything_that_passes_them(both):
    both.quote("r-marie", 1, "amplify")
    (hit,) = search(both, "", blocks=frozenset({"amplify"}))
    assert (hit.kind, hit.text, hit.codes, hit.marks) == ("passage", "Mon cœur va mieux.", ("amplify",), ())
    assert texts(both, "", languages=frozenset({"en"})) == [" ".join(ENGLISH)]
    assert texts(both, "", ["s-marie"], usable_for="website") == ["Mon cœur va mieux."]
    assert texts(both, "", usable_for="website") == []  # nobody asked the gate yet


@pytest.mark.parametrize("typed", ["", "   ", "!?", "...", '""', "* ="])
def test_no_query_finds_nothing(both, typed):
    assert search(both, typed) == []


def test_the_list_is_as_long_as_asked_and_the_count_is_not(shelf):
    shelf.story(*(f"Garden number {n}" + " and more" * 40 for n in range(20)))
    assert len(search(shelf, "garden", most=5)) == 5
    with shelf.work() as work:
        pages = [work.index.search(understood("garden"), None, 6, offset) for offset in range(0, 24, 6)]
    assert len({hit.owner_id for page in pages for hit in page}) == 20
    assert [len(page) for page in pages] == [6, 6, 6, 2]
    assert search(shelf, "garden", most=-1) == []
    with shelf.work() as work:
        assert work.index.count(understood("garden"), None) == (20, 1)


def test_the_closer_a_passage_the_earlier_it_comes(shelf):
    shelf.story("Among many other things that we did there was once a garden.")
    shelf.story("Garden, garden!", slug="george")
    shelf.story("Other words.", slug="bea")
    assert texts(shelf, "garden")[0] == "Garden, garden!"


def test_of_equals_the_one_that_somebody_quoted_comes_first(shelf):
    for slug in ("amina", "bea", "george"):
        shelf.story("We walk in the garden.", slug=slug)
    shelf.quote("r-george", 0, "amplify", important=True)
    assert [hit.story_id for hit in search(shelf, "garden")] == ["s-george", "s-amina", "s-bea"]


def test_hits_are_told_in_the_order_asked_for(shelf):
    for slug, day in (("amina", "2021-05-01"), ("bea", ""), ("george", "2023-02")):
        shelf.story("We walk in the garden.", slug=slug)
        with shelf.work() as work:
            work.stories.save(replace(work.stories.get(f"s-{slug}"), recorded_on=day))
            work.commit()
    ids = {sort: [hit.story_id[2:] for hit in search(shelf, "garden", sort=sort)] for sort in Sort}
    assert ids[Sort.NEWEST] == ["george", "amina", "bea"]
    assert ids[Sort.STORY] == ["amina", "bea", "george"]


WEIRD = st.text(st.sampled_from(list("abAé œß\0\"'*()[]{}:^-+=%_/\\|~<>,.;!?#@&\n\t«»“”\ud800İ½中😀")), max_size=25)
LOUD = st.lists(st.sampled_from(["AND", "OR", "NOT", "NEAR", "NEAR(", "x:", "s : ", '"', "*", "=", "garden", "-", "("]),
                max_size=8).map(" ".join)  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=WEIRD | LOUD | st.text(max_size=30), filtered=st.booleans())
@example(typed="NEAR(a b)", filtered=False)
@example(typed="\0", filtered=False)
@example(typed="a" * 10_000, filtered=False)
@example(typed="garden " * 5_000, filtered=False)
@example(typed='"' + "a b " * 2_000, filtered=True)
def test_nothing_typed_is_an_error(quiet, typed, filtered):
    filters = {"languages": frozenset({typed}), "blocks": frozenset({typed})} if filtered else {}
    query = understood(typed, **filters)
    quiet.index.search(query, [typed] if filtered else None, 10)
    quiet.index.count(query, None)


@pytest.fixture
def quiet(both):
    both.quote("r-amina", 0, "amplify")
    with both.work() as work:
        yield work


def test_a_query_built_by_hand_is_no_error_either(quiet):
    query = Query((Term(('"', "AND"), ('"', "AND")), Term(("",), ("",)), Term((), ())))
    assert quiet.index.search(query, None, 10) == []


def assert_index_is_true(shelf):
    with shelf.library.engine.connect() as connection:
        connection.exec_driver_sql("INSERT INTO passages_fts(passages_fts, rank) VALUES('integrity-check', 1)")


def test_the_index_stays_true_through_every_kind_of_change(both):
    quote = both.quote("r-amina", 0, "amplify", text="Something else entirely.")
    line = both.lines("r-amina")[1]
    with both.work() as work:
        work.transcripts.revise("t-amina", [line.reworded("My days are full.")], "Jo", ChangeKind.REWORDED)
        work.transcripts.revise("t-amina", [replace(line, reviewed=True)], "Jo", ChangeKind.REVIEWED)
        work.quotes.save(replace(quote, text="Again something else."))
        work.quotes.remove(quote.id)
        work.transcripts.journal("t-marie", a_stretch(1, "Encore des mots.", language="fr", begin=90_000))
        work.commit()
    assert_index_is_true(both)
    assert texts(both, "else") == texts(both, "full") == []
    assert texts(both, "mots") == ["Encore des mots."]
    with both.library.engine.connect() as connection:
        vocabulary = "CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, passages_fts, row)"
        connection.exec_driver_sql(vocabulary)
        terms = set(connection.exec_driver_sql("SELECT term FROM temp.vocabulary").scalars())
    assert terms.isdisjoint({"else", "entirely", "again", "full"})


def test_an_index_that_tells_another_story_is_noticed(both):
    assert both.library.check() == []
    with both.library.engine.connect() as connection:
        connection.exec_driver_sql("DROP TRIGGER passages_changed")
        connection.exec_driver_sql("UPDATE passages SET x = 'other words' WHERE kind = 'passage'")
        connection.commit()
    assert both.library.check() != []


def test_quotes_that_come_before_all_their_passages_do_not_hide_them(shelf, monkeypatch):
    monkeypatch.setattr(index, "WINDOW", 2)
    padding = "and so on and on about other things that nobody asked for at all in that year " * 4
    for name in ("one", "two", "three", "four", "five", "six"):
        recording = shelf.story(f"The garden {padding}.", slug=name, person=name.title())
        shelf.quote(recording, 0, words=slice(0, 2))
    for most in (1, 2, 3, 6, 50):
        found = search(shelf, "garden", most=most)
        assert [hit.kind for hit in found] == ["passage"] * min(most, 6)
    assert [hit.kind for hit in search(shelf, "garden", kinds=frozenset({"quote"}))] == ["quote"] * 6
