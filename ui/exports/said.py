"""Said: drafts in words: what each form is for, what a kit's and a site's own texts are called."""

from __future__ import annotations

from collections.abc import Sequence

from storybank.domain.brief_forms import FORMS, SECTIONS, WITH_CHAPTERS, block_sections
from storybank.domain.codebook import Code, CodeKind
from storybank.domain.commission import KIT_SECTIONS
from storybank.domain.draft import Draft, DraftKind, Part, Stance
from storybank.domain.use import Use
from storybank.services.answering import uses_of
from storybank.words import Words
from ui.consent.said import labels
from ui.parts.said import N_

KINDS = {DraftKind.BRIEF: N_("Policy brief"), DraftKind.KIT: N_("Campaign kit"), DraftKind.SITE: N_("Voices site")}
ABOUT = {
    DraftKind.KIT: N_("A folder a partner can post from: cards, clips, posts, and how each may be used."),
    DraftKind.SITE: N_("The cleared stories as a site of their own, with the experience map. Any web host will do, "
                       "or none."),
}
PARTS = {
    Part.ONLINE: N_("Online: posts, cards, clips"), Part.PODCAST: N_("Podcast and radio"),
    Part.PRINT: N_("Print: cards and a handout"), Part.EVENTS: N_("Events: slides and a reel"),
}  # fmt: skip
STANCES = {Stance.ADVOCACY: N_("It argues for something"), Stance.OBJECTIVE: N_("It weighs, without taking sides")}
KIT_TEXTS = {
    "purpose": N_("What this kit is for"), "how_to_help": N_("How partners can help"),
    "questions": N_("Questions and answers"), "release": N_("Media release"),
    "release_headline": N_("Headline of the release"), "release_place": N_("Place of the release"),
    "backgrounder": N_("Backgrounder"), "boilerplate": N_("About us, in a paragraph"),
    "newsletter": N_("For partners' newsletters"), "email": N_("For an e-mail"),
    "introduction": N_("Introduction on air"), "sign_off": N_("Sign-off on air"), "handout": N_("On the handout"),
}  # fmt: skip
FOLDERS: dict[Part, tuple[str, ...]] = {
    Part.ONLINE: ("01_messages", "02_posts", "03_quote-cards", "04_clips", "05_media", "06_partners", "07_gallery"),
    Part.PRINT: ("08_print",), Part.PODCAST: ("09_radio",), Part.EVENTS: ("10_events",),
}  # fmt: skip
"""The folders of a kit, by the part they belong to."""
SITE_TEXTS = {"about": N_("About this site")}
STAGE = "stage_"


def kind_said(draft: Draft, tr: Words) -> str:
    """Return what a draft will become, in a few words."""
    if draft.kind is DraftKind.BRIEF:
        return tr.sentence(FORMS[draft.form].name)
    return tr(KINDS[draft.kind])


def title_said(draft: Draft, language: str, tr: Words) -> str:
    """Return a draft's title in a language, or in the other; words for one that has none."""
    return draft.title.said(language) or draft.title.en or draft.title.fr or tr("Without a title")


def usual_said(draft: Draft, uses: Sequence[Use], tr: Words) -> str:
    """Return what the gate is asked about while no use of a draft is ticked."""
    return tr("No use is ticked: the gate is asked about {uses}.", uses=labels(uses_of(draft), uses, tr.language))


def texts(draft: Draft, tr: Words, codebook: Sequence[Code]) -> list[tuple[str, str, int]]:
    """Return what the author writes: each text's key, its heading and its limit in words (0 for none)."""
    if draft.kind is DraftKind.BRIEF:
        blocks = block_sections(codebook) if draft.form in WITH_CHAPTERS else ()
        return [(one.key, tr.sentence(one.heading), one.most_words) for one in (*FORMS[draft.form].sections, *blocks)]
    if draft.kind is DraftKind.KIT:
        return [(key, tr(KIT_TEXTS[key]), 0) for key in KIT_SECTIONS]
    role = [(STAGE + stage.key, tr("The link worker's role: {stage}", stage=stage.label(tr.language)), 0)
            for stage in codebook if stage.kind is CodeKind.STAGE]
    return [*((key, tr(said), 0) for key, said in SITE_TEXTS.items()), *role]


def leftover(draft: Draft, tr: Words, codebook: Sequence[Code]) -> list[tuple[str, str, int]]:
    """Return texts that another form asked for and that would not appear in this one, so that none is lost sight of."""
    asked = {key for key, _heading, _most in texts(draft, tr, codebook)}
    found = [key for key, twin in draft.sections.items() if twin and key not in asked]
    return [(key, tr.sentence(SECTIONS[key]) if key in SECTIONS else tr(KIT_TEXTS.get(key, key)), 0) for key in found]


def folders_said(draft: Draft, tr: Words) -> tuple[str, ...]:
    """Return what the folder of a kit will hold, a line for each folder, in the words of the kit itself."""
    from exports.kits.contents import inside  # loads what kits are made with

    folders = sorted(name for part in draft.parts for name in FOLDERS[part])
    return (tr("Its folder will hold:"), *(tr("{title}: {message}", title=name, message=holds)
                                            for name, holds in inside([*folders, "_rights"], tr)))
