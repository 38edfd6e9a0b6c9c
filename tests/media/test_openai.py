"""openai-whisper keeps the same contract, with the same network in its own form."""

from __future__ import annotations

import pytest

from media.openai import OpenAiWhisper
from storybank.domain.speech import Listening, SpeechModel
from storybank.errors import Unavailable
from tests.contracts.transcriber_contract import TranscriberContract, the_demo_model
from tests.media.film import SOUND_ONLY

# openai-whisper itself leaves its vocabulary file open.
pytestmark = pytest.mark.filterwarnings("ignore:Exception ignored in.*tiktoken:pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(scope="module")
def transcriber():
    return OpenAiWhisper()


@pytest.fixture(scope="module")
def model():
    return the_demo_model("openai-whisper", "speech.pt")


@pytest.mark.openai
class TestOpenAiWhisper(TranscriberContract):
    """The contract, on the shortest recording: this engine takes its time."""

    recordings = (SOUND_ONLY,)


@pytest.mark.openai
def test_a_file_that_is_no_checkpoint_is_refused(transcriber, tmp_path):
    (tmp_path / "fake.pt").write_bytes(b"not torch")
    with pytest.raises(Unavailable, match="fake"):
        model = SpeechModel("fake", "openai-whisper", tmp_path / "fake.pt", 0)
        list(transcriber.listen(SOUND_ONLY, model, Listening(), 0, 0))


def test_an_engine_that_is_not_installed_says_so(transcriber, model, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "whisper", None)
    with pytest.raises(Unavailable, match="not installed"):
        list(transcriber.listen(SOUND_ONLY, model, Listening(), 0, 0))
