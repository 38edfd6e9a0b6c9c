"""Words that had to be erased are known again by their checksum, however they were set in type."""

from __future__ import annotations

import pytest

from storybank.domain.imprint import imprint, imprints_in

SAID = "It's trust, and I can't say it better"


@pytest.mark.parametrize("text", [
    SAID, f"“{SAID}”", f"\"{SAID}\"", f"  {SAID}  ", f"“{SAID}” (Q-0012)", f"“{SAID}” — a link worker, Ontario",
    f"She told us: “{SAID}” and went on.", "It’s trust,\u00a0and I can’t say it better",
    f"A title\n{SAID}\nAnother line",
    "“It's trust, and\nI can't say it bet-\nter”",
])
def test_the_words_are_known_again(text):
    assert imprint(SAID) in set(imprints_in(text))


@pytest.mark.parametrize("said", [
    "C'est la confiance : 20 % de plus, n'est-ce pas ?", "C'est la confiance: 20% de plus, n'est-ce pas?",
    "C'est la confiance : 20 % de plus, n'est-ce pas?",
])
def test_french_setting_hides_nothing(said):
    assert imprint(said) in set(imprints_in("«\u00a0C’est la confiance\u00a0: 20\u00a0% de plus, n’est-ce pas?\u00a0»"))


@pytest.mark.parametrize("text", ["It's trust, and I can say it better", "", "“”", SAID[:-1], "x" * 20_000])
def test_other_words_are_not(text):
    assert imprint(SAID) not in set(imprints_in(text))
