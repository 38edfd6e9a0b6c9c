"""Commission: a brief, a kit or a site as its author ordered it; what people said comes cleared from the gate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from storybank.domain.brief_forms import ACTION, FINDING, SECTIONS
from storybank.domain.draft import Chosen, Draft, DraftKind, Evidence, Form, Option, Part, Source, Spokesperson, Stance
from storybank.domain.names import slug
from storybank.domain.twin import NOTHING, Twin

SERIES = "Voices of Social Prescribing"


@dataclass(frozen=True, slots=True)
class Brief:
    """A policy brief in one language: audience, ask and own words."""

    title: str
    audience: str
    ask: tuple[str, ...]
    """One to three asks: actor, verb, instrument, by when."""
    messages: tuple[str, ...] = ()
    """The main messages: implications, one sentence each."""
    issue: str = ""
    """Why now, in the author's words; the same as the section `issue`."""
    author: str = ""
    contact: str = ""
    language: str = "en"
    organization: str = ""
    link: str = ""
    form: Form = Form.ONE_THREE
    stance: Stance = Stance.ADVOCACY
    sections: Mapping[str, str] = field(default_factory=dict)
    """What the author wrote, by section (`brief_forms`), marked as `Draft.sections` says; only what is not empty."""
    placing: tuple[Chosen, ...] = ()
    """Where quotes stand, in their order; those of the order that are not named stand in their own first block."""
    sources: tuple[Source, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    options: tuple[Option, ...] = ()
    reference: str = ""
    """Code and version of its draft, as `D-0003.2`; empty when it has none."""
    letterhead: Path | None = None
    """A checked Word file of the organisation's own; None for Storybank's."""


@dataclass(frozen=True, slots=True)
class Kit:
    """A campaign kit, in one language or both."""

    title: str
    slug: str
    organization: str = SERIES
    contact: str = ""
    link: str = ""
    languages: tuple[str, ...] = ("en",)
    titles: Twin = NOTHING
    """The title in both languages; where a half is missing, `title`."""
    audience: Twin = NOTHING
    asks: tuple[Twin, ...] = ()
    messages: tuple[Twin, ...] = ()
    sections: Mapping[str, Twin] = field(default_factory=dict)
    """The author's own words, by `KIT_SECTIONS`."""
    placing: tuple[Chosen, ...] = ()
    sources: tuple[Source, ...] = ()
    spokespeople: tuple[Spokesperson, ...] = ()
    parts: tuple[Part, ...] = (Part.ONLINE,)
    theme: Path | None = None
    """A checked theme of the organisation's own, a JSON file; None for Storybank's."""
    highlight: bool = False
    reference: str = ""
    organizations: Twin = NOTHING
    """The organisation's name in both languages; where a half is missing, `organization`."""

    def titled(self, language: str) -> str:
        """Return the title in `language`, or the one there is."""
        return self.titles.said(language) or self.title

    def signed(self, language: str) -> str:
        """Return the organisation's name in `language`, or the one there is."""
        return self.organizations.said(language) or self.organization


@dataclass(frozen=True, slots=True)
class Site:
    """The Voices microsite, in one language or both."""

    titles: Twin
    organization: Twin = NOTHING
    contact: str = ""
    link: str = ""
    languages: tuple[str, ...] = ("en", "fr")
    messages: tuple[Twin, ...] = ()
    sections: Mapping[str, Twin] = field(default_factory=dict)
    """`about`, and for the map the link worker's role in each stage: `stage_` and the stage's key."""
    placing: tuple[Chosen, ...] = ()
    theme: Path | None = None
    reference: str = ""


KIT_SECTIONS = ("purpose", "how_to_help", "questions", "release", "release_headline", "release_place", "backgrounder",
                "boilerplate", "newsletter", "email", "introduction", "sign_off", "handout")
"""What the author of a kit may write: README, messages, media, partners, radio and print draw on them."""


def may_be_written(draft: Draft, key: str) -> bool:
    """Tell whether a draft of this kind prints, in one form or another, what its author writes under a key."""
    if draft.kind is DraftKind.BRIEF:
        return key in SECTIONS or key.startswith((FINDING, ACTION))
    return key in KIT_SECTIONS if draft.kind is DraftKind.KIT else key == "about" or key.startswith("stage_")


def brief_of(draft: Draft, language: str, letterhead: Path | None = None) -> Brief:
    """Return what a draft orders as a brief in one language."""
    sections = {key: twin.said(language) for key, twin in draft.sections.items() if twin.said(language)}
    return Brief(
        draft.title.said(language), draft.audience.said(language), _said(draft.asks, language),
        _said(draft.messages, language), sections.get("issue", ""), draft.author.said(language), draft.contact,
        language, draft.organization.said(language), draft.link, draft.form, draft.stance, sections, draft.quotes,
        _cited(draft), draft.evidence, draft.options, draft.reference, letterhead,
    )  # fmt: skip


def kit_of(draft: Draft, theme: Path | None = None) -> Kit:
    """Return what a draft orders as a kit."""
    first = next(iter(draft.languages), "en")
    title = draft.title.said(first) or draft.title.en or draft.title.fr
    return Kit(
        title, slug(title, 40), draft.organization.said(first) or SERIES, draft.contact, draft.link,
        draft.languages, draft.title, draft.audience, draft.asks, draft.messages, draft.sections, draft.quotes,
        _cited(draft), draft.spokespeople, draft.parts, theme, draft.highlight, draft.reference,
        draft.organization,
    )  # fmt: skip


def site_of(draft: Draft, theme: Path | None = None) -> Site:
    """Return what a draft orders as a site."""
    return Site(draft.title, draft.organization, draft.contact, draft.link, draft.languages,
                draft.messages, draft.sections, draft.quotes, theme, draft.reference)


def _cited(draft: Draft) -> tuple[Source, ...]:
    """Return the sources, each cited as it was published where nobody wrote it in the other language."""
    return tuple(replace(one, citation=Twin(one.citation.en.strip() or one.citation.fr,
                                            one.citation.fr.strip() or one.citation.en)) for one in draft.sources)


def _said(twins: tuple[Twin, ...], language: str) -> tuple[str, ...]:
    return tuple(text for twin in twins if (text := twin.said(language)))
