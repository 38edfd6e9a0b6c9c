"""Lints: what is wrong is found, and what is right is left in peace."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storybank.domain.claims import asserts, calls_for_research, causal_verb
from storybank.domain.draft import Certainty, Chosen, Draft, DraftKind, Evidence, EvidenceKind, Form, Source
from storybank.domain.figures import figures_in, sentences_with_marks, unsourced
from storybank.domain.lints import Heard, remarks_on
from storybank.domain.partisan import partisan_in
from storybank.domain.reckoning import counted
from storybank.domain.remark import Weight
from storybank.domain.twin import Twin, both
from storybank.words import say

TODAY = date(2026, 3, 1)


@dataclass(frozen=True)
class Answer:
    quote: str
    allowed: bool = True
    reasons: tuple = ()
    until: date | None = None


def heard(quote="Q-0001", speaker="a", group="physician", words=20):
    return Heard(quote, speaker, frozenset({group}), frozenset({"policy"}), words, "en")


VOICES = (heard(), heard("Q-0002", "b", "participant"))
GOOD = Draft(
    "d", "D-0001", DraftKind.BRIEF, both("Fund link workers for five years"), form=Form.ONE_THREE,
    asks=(both("The Ministry of Health should fund link workers for five years."),),
    messages=(both("Contracts that outlast a year keep people in touch with those they trust."),),
    sections={"issue": both("Most link workers are paid from grants of a single year. Half a page says why.")},
    quotes=(Chosen("Q-0001"), Chosen("Q-0002")), sources=(Source("s1", both("A. Author (2024). Report.")),),
)  # fmt: skip


def remarks(draft=GOOD, answers=(Answer("Q-0001"), Answer("Q-0002")), voices=VOICES, language="en", counts=None):
    return remarks_on(draft, [language], answers, voices, counts or {}, TODAY)


def stops(draft, **more):
    return [(one.place, str(one.message)) for one in remarks(draft, **more) if one.weight is Weight.STOP]


def with_section(text, key="known", **more):
    return replace(GOOD, sections={**GOOD.sections, key: Twin(en=text, fr=text)}, **more)


def test_a_good_draft_has_nothing_to_be_said_about():
    assert remarks() == ()


@pytest.mark.parametrize("count", [0, 4, 5])
def test_no_ask_and_more_than_three_stop(count):
    draft = replace(GOOD, asks=tuple(both(f"The Province should fund choir {n} by 2027.") for n in range(count)))
    assert [place for place, _said in stops(draft)] == ["asks"]


def test_three_asks_are_fine():
    assert stops(replace(GOOD, asks=GOOD.asks * 3)) == []


@pytest.mark.parametrize(("ask", "hint"), [
    ("Fund link workers by 2027.", "Say who should do it."),
    ("The Ministry by 2027.", "Say what they should do."),
    ("The Ministry should fund link workers.", "Say by when."),
    ("Le ministère devrait financer la formation.", "Say by when."),
])  # fmt: skip
def test_an_ask_that_leaves_something_open_is_told(ask, hint):
    language = "fr" if ask.startswith("Le") else "en"
    draft = replace(GOOD, asks=(Twin(en=ask, fr=ask),))
    assert [str(one.hint) for one in remarks(draft, language=language) if one.place == "asks.1"] == [hint]


def test_whom_a_brief_is_for_is_who_should_do_it():
    draft = replace(GOOD, asks=(both("Fund link workers by 2027."),), audience=both("Minister of Health"))
    assert remarks(draft) == ()


NO_FIGURES = (
    "May 5, 2026", "Section 35", "COVID-19", "1:3:25", "2025-2026", "24/7", "Bill C-7 passed.", "Law 25",
    "21st century",
    "On 5 mai 2026 we met", "le 1er juin 2025", "at 10:30", "à 14 h 30", "Call 211 for help", "416-555-0100", "9-8-8",
    "people aged 65 and over", "65 ans et plus", "our 3 asks", "a 5-year plan", "for 5 years", "d'ici 3 ans", "Q-0123",
    "see [1]", "1. First", "K1A 0B1", "Phase 2", "in 2025", "2025–26", "2SLGBTQI+ people", "Type 2 diabetes",
    "https://example.ca/2025/12", "She is 72 years old.", "people over 65.", "Appels à l'action 22 et 23",
    "dans les 5 prochaines années", "one by one", "half an hour", "article 12 de la Loi", "the 2020s", "pages 2 to 4",
    "ten in the morning", "the half of it", "No. 4", "Treaty 6", "H1N1", "Highway 401", "step 1 and step 2", "50-50",
)  # fmt: skip
FIGURES = (
    "53% fewer visits", "53 % de visites", "$4.43 per dollar", "4,43 $ par dollar", "One in four Canadians",
    "une personne sur quatre", "un sur quatre", "2,544 people", "2 544 personnes", "half of the patients",
    "la moitié des patients", "two-thirds of clients", "forty per cent", "quarante pour cent", "$12M a year",
    "12 millions de dollars", "visits fell by 5 days", "1 in 4", "17 members", "a 3-fold rise",
    "deux fois plus de gens",
    "In 2025, 340 people came.", "COVID-19 closed 30 clinics", "Section 35 protects 600 nations", "$5 billion",
)  # fmt: skip


@pytest.mark.parametrize("text", NO_FIGURES)
def test_a_number_that_is_no_finding_needs_no_source(text):
    assert figures_in(text) == []


@pytest.mark.parametrize("text", FIGURES)
def test_a_figure_without_a_source_stops_and_one_with_it_does_not(text):
    assert figures_in(text)
    assert [place for place, _said in stops(with_section(text))] == ["sections.known"]
    assert stops(with_section(f"{text} [1].")) == []
    assert stops(with_section(f"{text}. [1]")) == []


def test_a_source_counts_for_its_own_sentence_only():
    said = ("Visits fell by 53%. [1] Then 40 people came. Dr. Lee saw 12 people [2]. It was 2025.\n"
            "- 5% more\n- 6% less [3]")
    assert [figure for figure, _sentence in unsourced(said)] == ["40", "5%"]


def test_what_is_asked_for_is_no_finding():
    assert stops(with_section("Fund 200 link workers by 2028. The Province should train 40 of them.",
    "recommendation")) \
        == []
    assert stops(with_section("Fund link workers, for visits fell by 53%.", "recommendation")) != []
    assert stops(replace(GOOD, messages=(both("Give 12 communities a garden."),))) == []
    assert stops(replace(GOOD, asks=(both("The Province should spend $5 million by 2027."),))) == []


def test_how_voices_were_gathered_is_the_houses_own_figure():
    assert stops(with_section("We spoke with 17 members.", "method")) == []


def test_a_row_of_the_evidence_that_names_its_source_needs_no_other():
    row = Evidence("e1", both("Visits may have fallen by 53%."), sources=("s1",))
    assert stops(replace(GOOD, evidence=(row,))) == []
    assert [place for place, _ in stops(replace(GOOD, evidence=(replace(row, sources=()),)))] == ["evidence.e1"] * 2


def test_a_source_that_does_not_exist_stops():
    assert stops(with_section("Visits fell [2].")) == [("sections.known", "There is no source 2.")]
    assert stops(with_section("Visits fell [0].")) == [("sections.known", "There is no source 0.")]


@pytest.mark.parametrize("sentence", [
    "Social prescribing reduces visits.", "It saves money.", "The programme has reduced loneliness.",
    "Visits led to better health.", "It helped people reduce waits.", "The garden keeps people out of hospital.",
])  # fmt: skip
def test_what_people_lived_through_carries_no_causal_verb(sentence):
    row = Evidence("e1", both(sentence), kind=EvidenceKind.LIVED_EXPERIENCE, quotes=("Q-0001",))
    assert [place for place, _said in stops(replace(GOOD, evidence=(row,)))] == ["evidence.e1"]
    assert stops(replace(GOOD, evidence=(replace(row, kind=EvidenceKind.STUDY, sources=("s1",)),))) == []


@pytest.mark.parametrize(("language", "sentence"), [
    ("en", "People with reduced mobility come too."), ("en", "It may reduce visits."), ("en",
    "Improved access is wanted."),
    ("en", "She said it reduced her visits."), ("en", "We work to reduce isolation."), ("en",
    "Causes of isolation differ."),
    ("en", "The results in the clinic were read."), ("en", "An increase in visits was seen."),
    ("fr", "Les personnes à mobilité réduite viennent."), ("fr", "Cela pourrait réduire les visites."),
    ("fr", "C'est un moyen pour réduire l'attente."), ("fr", "À cause de la pluie, on chante."),
    ("fr", "Selon elle, cela a réduit l'attente."), ("fr", "Le tarif réduit est offert."),
])  # fmt: skip
def test_caution_reports_and_adjectives_claim_no_cause(language, sentence):
    assert causal_verb(sentence, language) == ""


@pytest.mark.parametrize("sentence", [
    "La prescription sociale réduit les visites.", "Le programme a réduit l'isolement.", "Cela fait baisser les coûts.",
    "La chorale améliore la santé.", "Elle permet de réduire les visites.",
])  # fmt: skip
def test_causes_are_heard_in_french(sentence):
    assert causal_verb(sentence, "fr")


def test_a_sentence_that_introduces_a_quote_claims_no_cause():
    draft = with_section("The choir reduces loneliness, as [Q-0001] shows.", "known")
    assert [(one.weight, one.place) for one in remarks(draft)] == [(Weight.WARN, "sections.known")]


def test_a_cautious_verb_that_was_dropped_is_told():
    row = Evidence("e1", both("A dollar may return more."), kind=EvidenceKind.MODEL, certainty=Certainty.LOW,
                   sources=("s1",))
    bold, shy = (with_section(f"Each dollar {verb} $4.43 [1].", evidence=(row,)) for verb in ("returns", "may return"))
    assert [str(one.message) for one in remarks(bold)] == ["“returns” is surer than its source."]
    assert remarks(shy) == ()
    assert asserts("Chaque dollar rapporte 4,43 $.", "fr") and not asserts("Un dollar pourrait rapporter 4,43 $.", "fr")


NOT_PARTISAN = (
    "liberal arts", "Liberal arts colleges", "a green party in the garden", "vert", "Il est parti vert de rage",
    "a conservative estimate", "Conservative estimates show", "vote for Bill C-227", "vote for the motion",
    "premier ministre",
    "members vote for the activity", "the democratic process", "les conservateurs du musée",
    "les professions libérales",
    "the bloc of flats", "Bloc 3 : politiques", "We support the Minister's plan", "votez pour le projet de loi C-7",
    "endorsed by physicians", "an elected council", "the Government of Canada", "greens and beans", "a labour of love",
)  # fmt: skip
PARTISAN = (
    "the Liberal Party", "Liberals", "the Conservative government", "the NDP", "votez pour le Parti vert",
    "le Parti québécois", "la CAQ", "le gouvernement libéral", "Vote Conservative", "re-elect Jane Doe",
    "les libéraux ont promis",
    "Bloc Québécois", "des députés conservateurs", "endorse Premier Smith", "Vote for Jane",
    "the Green Party of Canada",
    "Vote for change", "réélire Jean", "the United Conservative Party", "Coalition avenir Québec", "New Democrats",
)  # fmt: skip


@pytest.mark.parametrize("text", NOT_PARTISAN)
def test_words_that_parties_share_with_everybody_are_free(text):
    assert partisan_in(text) == ""


@pytest.mark.parametrize("text", PARTISAN)
def test_partisan_wording_stops_wherever_it_stands(text):
    assert partisan_in(text)
    assert stops(replace(GOOD, messages=(both(f"We know that {text}"),)))
    kit = Draft("k", "D-0002", DraftKind.KIT, both("Voices"), sections={"release": both(f"We know that {text}")},
                quotes=GOOD.quotes)
    assert [place for place, _said in stops(kit)] == ["sections.release"]


def test_more_research_is_needed_is_told_in_both_languages():
    assert calls_for_research("More research is needed.") and calls_for_research("D’autres études sont nécessaires.")
    assert not calls_for_research("Which communities wait longest is not known.")


def test_what_a_form_needs_stops_until_it_is_written():
    draft = replace(GOOD, form=Form.ONE_PAGER)
    assert {place for place, _said in stops(draft)} == {"sections.why_now", "sections.next_step"}


def test_a_quote_that_may_not_leave_and_words_over_the_limit_are_told():
    gone = Answer("Q-0001", False, (say("There is no consent."),))
    assert stops(GOOD, answers=(gone, Answer("Q-0002"))) == [
        ("quotes.Q-0001", "Q-0001 stays behind. There is no consent.")]
    count = counted(["A few words."], "en", 2100, 2000)
    told = stops(replace(GOOD, form=Form.SUBMISSION, sections={"issue": both("Now."),
    "recommendation": both("Do it.")}),
                 counts={"en": count})
    assert told == [("words", "It has 2100 words, everything counted: 100 more than the 2000 allowed.")]


def test_one_voice_or_one_group_alone_is_told():
    assert [str(one.message) for one in remarks(voices=(heard(), heard("Q-0002")))] == ["All quotes are of one person."]
    one_group = (heard(), heard("Q-0002", "b"))
    assert [str(one.message) for one in remarks(voices=one_group)] == ["All quotes are of one group of people."]


def test_a_day_of_use_that_is_over_stops():
    assert stops(replace(GOOD, until=date(2026, 2, 28))) == [
        ("until", "The last day of use, 28 February 2026, is over already.")]
    assert stops(replace(GOOD, until=TODAY)) == []


WORDS = st.lists(st.sampled_from(["trust", "garden", "people", "12", "53%", "[1]", "2026", ".", "\n", "- ", "Dr.",
"$4.43"]),
                 max_size=30).map(" ".join)


@given(WORDS)
def test_no_text_is_lost_between_its_sentences(text):
    said = "".join("".join(sentences_with_marks(text)).split())
    assert said == "".join(text.split())


@given(WORDS)
def test_a_text_whose_every_sentence_names_a_source_has_no_figure_without_one(text):
    sourced = "\n".join(f"{sentence} [1]" for sentence in sentences_with_marks(text))
    assert unsourced(sourced) == []


@given(st.text(max_size=200))
def test_any_text_can_be_looked_through(text):
    figures_in(text), partisan_in(text), causal_verb(text, "en"), causal_verb(text, "fr"), counted([text], "fr", 1)
