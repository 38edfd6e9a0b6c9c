"""Commands about speech models: list, import, download, choose and remove them."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from storybank import places, settings
from storybank.domain.amount import Size
from storybank.domain.readiness import Sign, estimate
from storybank.domain.speech import KnownModel, SpeechModel
from storybank.ports import SpeechModels
from storybank.words import Sentence, say
from ui.commands.doors import Arguments, ConsoleTicket, Tr, Voice, table
from ui.machine import speech_models


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
    use = doing.add_parser("use", help=tr("make new transcripts with this model; none means the best there is"))
    use.add_argument("name", nargs="?", default="")
    use.set_defaults(run=use_model)
    remove = doing.add_parser("remove", help=tr("remove a model from this machine"))
    remove.add_argument("name")
    remove.set_defaults(run=remove_model)
    tidy = doing.add_parser("tidy", help=tr("remove unfinished downloads"))
    tidy.set_defaults(run=tidy_models)


def list_models(_asked: argparse.Namespace, voice: Voice) -> None:
    """List the speech models here and those that can be had, with what to expect of each, and what fits here."""
    shelf, said, language = speech_models(), voice.words.sentence, voice.words.language
    here, used, left = shelf.all(), shelf.find().name if shelf.all() else "", shelf.leftovers()
    rows = [(model.name, voice.words("used") if model.name == used else voice.words("here"),
             Size(model.bytes).said_in(language), "", said(model.note or _expected(shelf, model)))
            for model in here]
    offered = [(known, _fit(known)) for known in shelf.catalogue() if known.name not in {m.name for m in here}]
    rows += [(known.name, voice.words("can be downloaded"), Size(known.bytes).said_in(language),
              said(say("memory {size}", size=Size(known.memory))),
              " ".join(said(part) for part in (unfit, known.english, known.french) if part))
             for known, unfit in offered]
    lines = [table(rows), said(say("They lie in {folder}.", folder=str(shelf.folder)))]
    if left:
        lines.append(said(say("{size} of unfinished downloads can be removed: storybank models tidy.",
                              size=Size(left))))
    voice.tell({"here": [_model(m, used) for m in here], "offered": dict(shelf.offered()), "folder": str(shelf.folder),
                "leftovers": left, "catalogue": [_listed(known, voice) for known in shelf.catalogue()]},
               "\n".join(lines))


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


def use_model(asked: argparse.Namespace, voice: Voice) -> None:
    """Choose the model that listens from now on."""
    if asked.name:
        speech_models().find(asked.name)
    file = places.home() / "settings.json"
    settings.save(replace(settings.load(file), model=asked.name), file)
    name = speech_models().find().name
    voice.tell({"used": name}, say("New transcripts are made with {name}.", name=name))


def tidy_models(_asked: argparse.Namespace, voice: Voice) -> None:
    """Remove what unfinished downloads left."""
    freed = speech_models().remove_leftovers()
    voice.tell({"freed": freed}, say("{size} is free again.", size=Size(freed)))


def _expected(shelf: SpeechModels, model: SpeechModel) -> str | Sentence:
    known = next((known for known in shelf.catalogue() if known.grade is model.grade), None)
    return say("{english} {french}", english=known.english, french=known.french) if known else ""


def _fit(known: KnownModel) -> Sentence | None:
    """Return why a model does not fit this machine."""
    from media.machine import ThisMachine

    machine = ThisMachine()
    told = estimate(known, None, 0, machine.memory(), machine.room(places.models()))
    return told.remark if told.sign is Sign.STOPS else None


def _listed(known: KnownModel, voice: Voice) -> dict[str, object]:
    unfit = _fit(known)
    return {"name": known.name, "bytes": known.bytes, "memory": known.memory, "languages": known.languages,
            "english": voice.words.sentence(known.english), "french": voice.words.sentence(known.french),
            "for_french": known.for_french, "fits": unfit is None, "remark": voice.words.sentence(unfit or "")}


def _model(model: SpeechModel, used: str = "") -> dict[str, object]:
    return {"name": model.name, "engine": model.engine, "path": str(model.path), "bytes": model.bytes,
            "note": model.note, "demo": model.is_demo, "grade": model.grade, "english_only": model.english_only,
            "used": model.name == used}


ARGUMENTS: dict[str, Arguments] = {"models": models_arguments}
