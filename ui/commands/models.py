"""Commands about speech models: list, import, download and remove them."""

from __future__ import annotations

import argparse
from pathlib import Path

from storybank.domain.speech import SpeechModel
from storybank.words import say
from ui.commands.doors import Arguments, ConsoleTicket, Tr, Voice, table
from ui.wiring import speech_models


def models_arguments(parser: argparse.ArgumentParser, tr: Tr) -> None:
    """Say what `models` takes."""
    parser.set_defaults(run=list_models)
    doing = parser.add_subparsers()
    add = doing.add_parser("add", help=tr("copy a model in from a folder, a zip or a .pt file"))
    add.add_argument("path", type=Path)
    add.add_argument("--name")
    add.set_defaults(run=add_model)
    download = doing.add_parser("download", help=tr("download a model; needs the network"))
    download.add_argument("name")
    download.set_defaults(run=download_model)
    remove = doing.add_parser("remove", help=tr("remove a model from this machine"))
    remove.add_argument("name")
    remove.set_defaults(run=remove_model)


def list_models(_asked: argparse.Namespace, voice: Voice) -> None:
    """List the speech models here, and those that can be had."""
    shelf = speech_models()
    here = shelf.all()
    rows = [(m.name, m.engine, f"{m.bytes / 1e6:.0f} MB", voice.words(m.note)) for m in here]
    rows += [(name, "", f"{size / 1e6:.0f} MB", voice.words("can be downloaded"))
             for name, size in shelf.offered().items() if name not in {m.name for m in here}]
    voice.tell({"here": [_model(m) for m in here], "offered": dict(shelf.offered())}, table(rows))


def add_model(asked: argparse.Namespace, voice: Voice) -> None:
    """Copy a model in, after checking it."""
    model = speech_models().add(asked.path, asked.name, ConsoleTicket(asked.path.name))
    voice.tell(_model(model), say("The model {name} is ready.", name=model.name))


def download_model(asked: argparse.Namespace, voice: Voice) -> None:
    """Download a model with progress."""
    model = speech_models().download(asked.name, ConsoleTicket(asked.name))
    voice.tell(_model(model), say("The model {name} is ready.", name=model.name))


def remove_model(asked: argparse.Namespace, voice: Voice) -> None:
    """Remove a model."""
    speech_models().remove(asked.name)
    voice.tell({"removed": asked.name}, say("The model {name} was removed.", name=asked.name))


def _model(model: SpeechModel) -> dict[str, object]:
    return {"name": model.name, "engine": model.engine, "path": str(model.path), "bytes": model.bytes,
            "note": model.note, "demo": model.is_demo}


ARGUMENTS: dict[str, Arguments] = {"models": models_arguments}
