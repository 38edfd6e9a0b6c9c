"""openai-whisper keeps the same contract, with the same network in its own form."""

from __future__ import annotations

import sys

import pytest

from media import openai
from media.openai import OpenAiWhisper
from storybank.domain.speech import Listening
from storybank.domain.transcript import Span
from storybank.errors import Unavailable
from tests.contracts.transcriber_contract import TranscriberContract, the_demo_model
from tests.media.film import DEMO, SOUND_ONLY

# openai-whisper itself leaves its vocabulary file open.
pytestmark = pytest.mark.filterwarnings("ignore:Exception ignored in.*tiktoken:pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(scope="module")
def transcriber():
    return OpenAiWhisper()


@pytest.fixture(scope="module")
def model():
    return the_demo_model("openai-whisper", "speech.pt")


@pytest.fixture(scope="module")
def broken_models(tmp_path_factory):
    """Checkpoints that are none: cut off, of another network, or of another size than they say."""
    import torch

    folder = tmp_path_factory.mktemp("models")
    whole = (DEMO / "speech" / "speech.pt").read_bytes()
    (folder / "half.pt").write_bytes(whole[: len(whole) // 2])
    (folder / "text.pt").write_bytes(b"not torch")
    torch.save({"weights": torch.zeros(3)}, folder / "kind.pt")
    checkpoint = torch.load(DEMO / "speech" / "speech.pt", weights_only=True)
    torch.save(checkpoint | {"dims": checkpoint["dims"] | {"n_mels": 128}}, folder / "mels.pt")
    return {name: folder / f"{name}.pt" for name in ("half", "text", "kind", "mels")}


@pytest.mark.openai
class TestOpenAiWhisper(TranscriberContract):
    """The contract, on the shortest recording: this engine takes its time."""

    recordings = (SOUND_ONLY,)


def test_an_engine_that_is_not_installed_says_so(transcriber, model, monkeypatch):
    openai._load.cache_clear()
    monkeypatch.setitem(sys.modules, "whisper", None)
    with pytest.raises(Unavailable, match="not installed"):
        list(transcriber.listen(SOUND_ONLY, model, Listening(), Span(0, 3_000), 0))
