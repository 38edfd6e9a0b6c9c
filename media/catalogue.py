"""Catalogue: the speech models that can be downloaded, with what each takes, costs and may be expected to hear.

Sizes on disk are those of the files on the hub. Memory, and cost beside `small`, were measured with faster-whisper's
engine (CTranslate2 4.8, int8 on two cores) on weights of these sizes drawn at random, which cost what real ones cost;
memory has 0.6 GB more for Storybank and the sound. The costs agree with those published for int8 on an Apple M2
(faster-whisper issue 168: 0.19, 0.35, 1, 3.1 and 5.6 times `small` for tiny, base, small, medium and large-v2).

What is said of English rests on the errors published for LibriSpeech's test-clean, which is read aloud (whisper.cpp
issue 2454: 6.9, 4.8, 3.4, 2.7 and 1.9 % for tiny, base, small, medium and turbo). For the French of Quebec the CRIM
found that published tests foretell little (arXiv 2508.21193), so no figure is given for French.
"""

from __future__ import annotations

from storybank.domain.speech import Grade, KnownModel
from storybank.words import say

_NOT_FOR_FRENCH = say("Not for French.")

CATALOGUE = (
    KnownModel(
        Grade.TINY, 78_000_000, 1_000_000_000,
        say("Only to try things out: one word in fifteen is wrong even where a text is read aloud clearly."),
        _NOT_FOR_FRENCH, encoding=0.15, cost=0.2),
    KnownModel(
        Grade.BASE, 148_000_000, 1_000_000_000,
        say("A quick draft: one word in twenty is wrong where a text is read aloud clearly, more in interviews."),
        _NOT_FOR_FRENCH, encoding=0.36, cost=0.4),
    KnownModel(
        Grade.SMALL, 488_000_000, 1_500_000_000,
        say("Good for most: one word in thirty is wrong where a text is read aloud clearly, more in interviews."),
        say("The least that is fit for French. Plan time to correct it, above all the French of Quebec."),
        encoding=1.0, cost=1.0),
    KnownModel(
        Grade.MEDIUM, 1_530_000_000, 2_500_000_000,
        say("Careful: fewer than one word in thirty is wrong where a text is read aloud clearly. Three times as slow as"
            " small."),
        say("Better than small. The French of Quebec still has to be read through with care."),
        encoding=3.4, cost=3.2),
    KnownModel(
        Grade.TURBO, 1_620_000_000, 2_500_000_000,
        say("The best published for English read aloud: one word in fifty is wrong. Twice as slow as small."),
        say("The one to take for French if memory allows. The French of Quebec still has to be read through with"
            " care."),
        encoding=4.9, cost=2.2, languages=100),
    KnownModel(
        Grade.LARGE, 3_090_000_000, 4_000_000_000,
        say("Very slow without a graphics card, and repeats itself more often than the others."),
        say("Try large-v3-turbo first: this one takes more than twice as long, and repeats itself more often."),
        encoding=6.3, cost=5.6, languages=100),
)  # fmt: skip


def known(grade: Grade | None) -> KnownModel | None:
    """Return what is known of models of a size."""
    return next((model for model in CATALOGUE if model.grade is grade), None)
