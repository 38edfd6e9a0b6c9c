"""Search answers: what was found, counted, lined up or saved, said as lines or as JSON."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from storybank.domain.codebook import Code
from storybank.domain.found import FACETS, Beside, Concordance, InContext
from storybank.domain.query import Query
from storybank.domain.query_chips import chips
from storybank.domain.vocabulary import province
from storybank.errors import Refused
from storybank.services.facetting import USABLE_FOR
from storybank.services.searching import Found
from storybank.words import Sentence, say
from ui.commands.doors import Voice, clock, table
from ui.search.places import save_places
from ui.tongue import N_, language
from ui.wiring import App

_FACETS = {
    "blocks": N_("Building block"), "stakeholders": N_("Stakeholder"), "codes": N_("Code"),
    "provinces": N_("Province or territory"), "languages": N_("Language"), "years": N_("Year"),
    "speakers": N_("Speaker"), "coders": N_("Coder"), USABLE_FOR: N_("Usable for…"),
}  # fmt: skip


def tell_hits(app: App, query: Query, most: int, offset: int, voice: Voice) -> None:
    """Tell what was found; where that is nothing, what might find something."""
    found = app.searching.find(query, most, offset)
    hits = found.hits
    value = {"total": found.total, "stories": found.stories, "kinds": dict(found.kinds),
             "understood": _understood(app, query, voice), "hits": [_hit(one) for one in hits]}
    rows = [(f.story_code, clock(f.hit.start_ms), f.hit.speaker, f.hit.quote_code, f.hit.text) for f in hits]
    many = voice.words.many
    count = voice.words("{passages} in {stories}.", passages=many("{n} passage", "{n} passages", found.total),
                        stories=many("{n} story", "{n} stories", found.stories))
    said = [table(rows), count]
    if not found.total:
        help_value, help_said = _help(app, query, voice)
        value["help"] = help_value
        said += help_said
    voice.tell(value, "\n".join(filter(None, said)))


def _hit(found: Found) -> dict[str, object]:
    hit = found.hit
    return {"kind": hit.kind, "story": found.story_code, "slug": found.story_slug, "title": found.story_title,
            "recording": hit.recording_id, "start_ms": hit.start_ms, "end_ms": hit.end_ms, "moment_ms": hit.moment_ms,
            "speaker": hit.speaker, "text": hit.text, "marks": [list(mark) for mark in hit.marks],
            "codes": list(hit.codes), "quote": hit.quote_code, "usable": list(found.usable)}


def _understood(app: App, query: Query, voice: Voice) -> list[dict[str, str]]:
    """Return the parts of what was typed, as they were understood, with what is left without each."""
    named = _code_names(app)
    return [{"said": voice.words.sentence(chip.said), "without": chip.without} for chip in chips(query, named)]


def _code_names(app: App) -> dict[str, str]:
    return {code.key: code.label(language()) for code in app.quoting.codes()}


def _help(app: App, query: Query, voice: Voice) -> tuple[dict[str, object], list[str]]:
    meant, easings = app.completing.did_you_mean(query), app.completing.easings(query)
    reasons = [voice.words.sentence(one) for one in app.unfound.reasons(query, _code_names(app))]
    value = {"reasons": reasons, "did_you_mean": meant, "easings": [
        {"said": voice.words.sentence(one.said), "typed": one.typed, "keep_filters": one.keep_filters,
         "total": one.total} for one in easings]}  # fmt: skip
    said = [voice.words("Did you mean: {typed}", typed=one) for one in meant]
    rows = [("", voice.words.sentence(one.said), voice.words.many("{n} passage", "{n} passages", one.total), one.typed)
            for one in easings]
    return value, [*reasons, *said, table(rows)]


def tell_facets(app: App, query: Query, voice: Voice) -> None:
    """Tell how much of what was found has which value."""
    counted, names = app.facets.of(query), _names(app)
    value = {name: [{"key": one.key, "label": _label(names, name, one.key), "hits": one.hits, "stories": one.stories}
                    for one in counted[name]] for name in (*FACETS, USABLE_FOR)}
    rows = [(voice.words(_FACETS[name]), str(one["hits"]), str(one["stories"]), str(one["label"]))
            for name, facets in value.items() for one in facets]
    total = app.searching.find(query, 1)
    told: dict[str, object] = {"total": total.total, "stories": total.stories, "facets": value}
    said = [table([(voice.words("Facet"), voice.words("Hits"), voice.words("Stories"), ""), *rows])] if rows else []
    if not total.total:
        told["help"], said = _help(app, query, voice)
    voice.tell(told, "\n".join(filter(None, said)))


def _names(app: App) -> Mapping[str, Mapping[str, str]]:
    """Return what keys and identifiers are called, by facet; of speakers and coders, who they are."""
    own = language()
    codes: dict[str, Code] = {code.key: code for code in app.quoting.codes()}
    labels = {key: code.label(own) for key, code in codes.items()}
    return {"blocks": labels, "stakeholders": labels, "codes": labels,
            "speakers": {person.id: person.name for person in app.people.all()},
            "coders": {coder.id: coder.name for coder in app.completing.coders()},
            USABLE_FOR: {use.key: use.label(own) for use in app.browsing.uses()}}  # fmt: skip


def _label(names: Mapping[str, Mapping[str, str]], facet: str, key: str) -> str:
    if facet == "provinces":
        return province(key, language())
    return names.get(facet, {}).get(key) or key


def tell_concordance(app: App, query: Query, asked: argparse.Namespace, voice: Voice) -> None:
    """Tell the found words with those beside them, or write them as a table."""
    beside = Beside(asked.beside or Beside.NODE)
    found = app.concordances.of(query, beside, min(max(asked.most, 1), 100_000))
    value: dict[str, object] = {"total": found.total, "complete": found.complete}
    if asked.csv:
        _write(app, found, asked, value, voice)
        return
    value["rows"] = [_place(one) for one in found.rows]
    said = [_lined_up(found), _how_many(found, voice)]
    if not found.total:
        value["help"], told = _help(app, query, voice)
        said += told
    voice.tell(value, "\n".join(filter(None, said)))


def _place(one: InContext) -> dict[str, object]:
    return {"story": one.story_code, "recording": one.recording_id, "moment_ms": one.moment_ms, "line": one.line_id,
            "speaker": one.speaker, "left": one.left, "node": one.node, "right": one.right}


_SIDE = 46
"""Letters of either side that a line has room for."""


def _lined_up(found: Concordance) -> str:
    return "\n".join(
        f"{one.story_code:<7} {clock(one.moment_ms)[:8]} {one.left[-_SIDE:]:>{_SIDE}}  {one.node}  {one.right[:_SIDE]}"
        for one in found.rows
    )


def _how_many(found: Concordance, voice: Voice) -> str:
    places = voice.words.many("{n} place.", "{n} places.", found.total)
    if found.complete:
        return places
    more = voice.words("So much answers that only the first part of it was read: filter or search for more words.")
    return f"{places} {more}"


def _write(app: App, found: Concordance, asked: argparse.Namespace, value: dict[str, object], voice: Voice) -> None:
    """Write the places that may be shown for a use, and say what was left out."""
    saved = save_places(app.citing, found.rows, asked.use, asked.csv, voice.words, asked.recipient)
    if not saved.count:
        raise Refused(say("None of it may be used for this, so there is nothing to export."),
                      hint=saved.left_out[0] if saved.left_out else "")
    places = voice.words.many("{n} place.", "{n} places.", saved.count)
    left = len(found.rows) - saved.count
    told = [voice.words("{code} is in {place}: {quotes}.", code=saved.code, place=str(asked.csv),
                        quotes=places.rstrip("."))]
    if left:
        told.append(voice.words.many("{n} place was left out.", "{n} places were left out.", left))
    voice.tell(value | {"file": str(asked.csv), "code": saved.code, "rows": saved.count, "left_out": left,
                        "reasons": list(saved.left_out)}, "\n".join([*told, *saved.left_out]))


def tell_saved(app: App, voice: Voice) -> None:
    """List the saved searches, with what each finds today and what is new in it."""
    every = app.searches.all()
    value = [{"name": one.search.name, "typed": one.search.typed, "filters": {
        name: list(keys) for name, keys in one.search.filters.items()}, "total": one.total, "new": one.new}
        for one in every]  # fmt: skip
    rows = [(one.search.name, str(one.total), _new(one.new, voice), one.search.typed) for one in every]
    nothing: str | Sentence = say("No search is saved.")
    voice.tell(value, table(rows) or nothing)


def _new(number: int, voice: Voice) -> str:
    return voice.words("{n} new", n=number) if number else ""
