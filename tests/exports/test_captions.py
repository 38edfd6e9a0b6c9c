"""Caption files: two lines of 42 at most, the speaker as permitted, and nothing that breaks a player."""

from __future__ import annotations

import re

import pytest

from exports.kits.captions import srt, transcript, vtt
from storybank.domain.clip import Cue
from tests.exports import library

CUES = (Cue(0, 1500, "One < two\n& three --> four"), Cue(3_725_040, 3_726_000, "Done."))


def test_srt_has_numbers_times_with_a_comma_and_a_line_between():
    assert srt(CUES) == (
        "1\n00:00:00,000 --> 00:00:01,500\nOne < two\n& three → four\n\n2\n01:02:05,040 --> 01:02:06,000\nDone.\n"
    )


def test_vtt_says_who_speaks_and_escapes_what_it_must():
    said = vtt(CUES, "A <b> & c", "en")
    assert said.startswith("WEBVTT\nKind: captions\nLanguage: en-CA\n\n1\n00:00:00.000 --> 00:00:01.500\n")
    assert "<v A &lt;b&gt; &amp; c>One &lt; two\n&amp; three → four\n" in said


def test_vtt_of_nobody_has_no_voice_tag():
    assert "<v" not in vtt(CUES, "", "fr")


@pytest.mark.parametrize("passage", library.order("government_brief").passages, ids=lambda p: p.cleared.quote.code)
def test_captions_stay_within_two_lines_of_forty_two(passage):
    blocks = srt(passage.captions).strip().split("\n\n")
    lines = [block.split("\n")[2:] for block in blocks]
    assert all(1 <= len(cue) <= 2 and max(map(len, cue)) <= 42 for cue in lines)


def test_a_blank_line_inside_a_cue_does_not_end_it():
    assert len(re.split(r"\n\n", srt((Cue(0, 1000, "a\n\nb"),)).strip())) == 1


def test_the_transcript_is_running_text():
    assert transcript(CUES) == "One < two & three → four Done."
