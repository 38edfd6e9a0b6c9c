"""Agreements: one agreement with everything on file about it, for JSON and to be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from storybank.domain.attribution import Features
from storybank.domain.consent import Consent, Evidence, Provision, Stage
from storybank.domain.receipt import Receipt
from storybank.domain.use import Act
from ui.commands.called import DECISIONS, FEATURES, LEVELS, METHODS, PROOFS, ROLES, STATES
from ui.commands.doors import Voice, clock, table
from ui.commands.values import Value, consent_value
from ui.wiring import App


def consent_told(app: App, consent: Consent) -> Value:
    """Return an agreement for JSON, everything in it by the codes that people use."""
    before = app.consenting.consent(consent.supersedes_id).code if consent.supersedes_id else ""
    return consent_value(consent, app.consenting.receipt(consent.id), app.consenting.today(), supersedes=before,
                         quotes=_quotes(app, consent))


def _quotes(app: App, consent: Consent) -> Mapping[str, str]:
    """Return the codes of the quotes that an agreement is about."""
    if not any(p.quote_id for p in consent.provisions):
        return {}
    return {quote.id: quote.code for quote in app.quoting.all()}


def consent_page(app: App, c: Consent, voice: Voice) -> str:
    """Return everything about an agreement, to be read."""
    words, receipt, today = voice.words, app.consenting.receipt(c.id), app.consenting.today()
    state = c.state(today)
    head = f"{c.code}  {receipt.person.name}  {words(STATES[state])}"
    stories = ", ".join(story.code for story in receipt.stories)
    rows = [(words("agreed to"), words("being recorded") if c.stage is Stage.RECORD else words("use")),
            (words("stories"), stories or words("all")), (words("given on"), str(c.given_on or "")),
            (words("until"), str(c.valid_until or ""))]
    if c.provisions:
        rows += [(words("named as"), words(LEVELS[c.attribution])), ("", shown(c.wishes.at(c.attribution), voice))]
    rows += _how(receipt, voice)
    quotes = _quotes(app, c)
    rows += [(words(DECISIONS[p.decision]), _about(p, quotes, voice)) for p in c.provisions]
    rows += [(f"#{e.seq}", _joined(e.at[:16], words(STATES[e.state]), words(ROLES[e.role]), e.by, e.reason,
                                   e.hash[:12])) for e in c.events]
    rows += [(words("proof {n}", n=n), _proof(e, voice)) for n, e in enumerate(c.evidence, 1)]
    if not c.evidence:
        rows.append((words("proof"), words("none on file")))
    return head + "\n" + table([("", name, told) for name, told in rows if told])


def _how(receipt: Receipt, voice: Voice) -> list[tuple[str, str]]:
    words, taken = voice.words, receipt.consent.taken
    return [(words("form"), receipt.notice.name if receipt.notice else ""),
            (words("how"), words(METHODS[taken.method]) if taken.method else ""), (words("language"), taken.language),
            (words("witness"), taken.witness), (words("interpreter"), taken.interpreter),
            (words("taken by"), taken.captured_by), (words("copy given"), taken.copy_given)]


def _about(p: Provision, quotes: Mapping[str, str], voice: Voice) -> str:
    """Return what a decision is about, in the keys that one types."""
    keys = [p.act if p.act is not Act.USE else None, p.use or (voice.words("any use") if p.act is Act.USE else None),
            p.purpose, p.channel, p.audience, p.material, p.territory, p.attribution,
            p.quote_id and quotes.get(p.quote_id, p.quote_id)]
    told = [str(key) for key in keys if key]
    told += [voice.words("from {day}", day=p.starts_on)] if p.starts_on else []
    told += [voice.words("until {day}", day=p.ends_on)] if p.ends_on else []
    return ", ".join(told) + (f": {p.condition}" if p.condition else "")


def _proof(e: Evidence, voice: Voice) -> str:
    moment = f"{clock(e.start_ms)}–{clock(e.end_ms or 0)}" if e.start_ms is not None else ""
    return _joined(voice.words(PROOFS[e.kind]), e.original_name, moment, str(e.received_on or ""), e.sha256[:12])


def _joined(*parts: str) -> str:
    return "  ".join(filter(None, parts))


def shown(features: Features, voice: Voice) -> str:
    words = voice.words
    told = [words(FEATURES[name]) for name, shown in asdict(features).items() if shown]
    return words("May be shown or told: {features}.", features=", ".join(told) or words("nothing"))
