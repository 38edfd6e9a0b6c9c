"""Called: what states, decisions, levels and tasks are called where the command line speaks in sentences."""

from __future__ import annotations

from storybank.domain.attribution import Attribution
from storybank.domain.consent import ConsentState, Decision, EvidenceKind, Method, Role
from storybank.domain.document import Standing
from storybank.domain.export import ExportStatus
from storybank.domain.permission import Verdict
from storybank.domain.restriction import Treatment
from storybank.domain.withdrawal import Choice, TaskKind, TaskState
from ui.tongue import N_

VERDICTS = {
    Verdict.ALLOW: N_("allow"), Verdict.ALLOW_WITH_CONDITIONS: N_("allow with conditions"),
    Verdict.ASK_FIRST: N_("ask first"), Verdict.DENY: N_("deny"),
}  # fmt: skip
STATES = {
    ConsentState.REQUESTED: N_("asked, not answered"), ConsentState.DEFERRED: N_("thinking about it"),
    ConsentState.REFUSED: N_("refused"), ConsentState.GIVEN: N_("given"), ConsentState.RENEWED: N_("renewed"),
    ConsentState.NARROWED: N_("narrowed"), ConsentState.WITHDRAWN: N_("withdrawn"),
    ConsentState.REVOKED: N_("revoked"), ConsentState.INVALIDATED: N_("found void"),
    ConsentState.SUPERSEDED: N_("replaced by a newer one"), ConsentState.ENTERED_IN_ERROR: N_("entered in error"),
    ConsentState.EXPIRED: N_("ended"),
}  # fmt: skip
DECISIONS = {
    Decision.PERMIT: N_("yes"), Decision.DENY: N_("no"), Decision.CONDITIONAL: N_("yes, if"),
    Decision.ASK_FIRST: N_("ask first"),
}  # fmt: skip
LEVELS = {
    Attribution.FULL: N_("Name, role and organization"), Attribution.FULL_NAME: N_("Full name"),
    Attribution.FIRST_NAME: N_("First name"), Attribution.ROLE_AND_ORGANIZATION: N_("Role and organization"),
    Attribution.ROLE_AND_PLACE: N_("Role and province"), Attribution.ROLE_ONLY: N_("Role only"),
    Attribution.ANONYMOUS: N_("Anonymous"),
}  # fmt: skip
FEATURES = {
    "face": N_("face"), "voice": N_("voice"), "organization": N_("organization"), "place": N_("place"),
}  # fmt: skip
ROLES = {
    Role.PERSON: N_("the person"), Role.GUARDIAN: N_("the guardian"), Role.COMMUNITY: N_("the community"),
    Role.ORGANIZATION: N_("the organization"), Role.AUTHORITY: N_("an authority"),
}  # fmt: skip
METHODS = {
    Method.PAPER: N_("on paper"), Method.SIGNATURE: N_("with an electronic signature"),
    Method.ON_CAMERA: N_("on camera"), Method.PHONE: N_("by phone"), Method.EMAIL: N_("by e-mail"),
    Method.IN_PERSON: N_("in person"),
}  # fmt: skip
PROOFS = {
    EvidenceKind.SIGNED_FORM: N_("signed form"), EvidenceKind.ON_CAMERA: N_("said on camera"),
    EvidenceKind.AUDIO: N_("said in a recording"), EvidenceKind.EMAIL: N_("e-mail"), EvidenceKind.LETTER: N_("letter"),
    EvidenceKind.COMMUNITY_RESOLUTION: N_("resolution of a community"),
    EvidenceKind.ETHICS_APPROVAL: N_("approval of an ethics board"),
}  # fmt: skip
TASKS = {
    TaskKind.REMOVE: N_("take it down, or throw it away"),
    TaskKind.REPLACE: N_("put a version without them in its place"),
    TaskKind.NOTIFY: N_("tell whoever has it to stop using it"),
    TaskKind.DEINDEX: N_("ask search engines to forget it"),
    TaskKind.CANNOT_RECALL: N_("it stays out there: say why, and stop reprints"),
    TaskKind.RECORDINGS: N_("decide about the recordings: seal, anonymise or erase"),
    TaskKind.TELL_PERSON: N_("tell the person what was done, and what could not be"),
}  # fmt: skip
TASK_STATES = {TaskState.OPEN: N_("open"), TaskState.DONE: N_("done"), TaskState.CANNOT: N_("cannot be done")}
CHOICES = {
    Choice.UNDECIDED: N_("Nobody has decided yet what becomes of the recordings."),
    Choice.SEAL: N_("The recordings are sealed: kept, and neither found nor shown."),
    Choice.ANONYMISE: N_("The recordings were made anonymous."),
    Choice.ERASE: N_("The recordings were erased, and every word of them."),
}  # fmt: skip
TREATMENTS = {
    Treatment.CUT: N_("cut: nothing that touches it may go out"), Treatment.MUTE: N_("mute: silence, and no words"),
    Treatment.BLUR: N_("blur: nobody can be recognised"), Treatment.REDACT: N_("redact: no words, and silence"),
}  # fmt: skip
STATUSES = {
    ExportStatus.ACTIVE: N_("in use"), ExportStatus.LAPSED: N_("lapsed"),
    ExportStatus.RECALL_OPEN: N_("being called back"), ExportStatus.RECALLED: N_("called back"),
    ExportStatus.CANNOT_RECALL: N_("cannot be called back"),
}  # fmt: skip
STANDINGS = {
    Standing.FINE: N_("fine"), Standing.ALTERED: N_("altered"), Standing.LAPSED: N_("lapsed"),
    Standing.WITHDRAWN: N_("withdrawn"), Standing.BEYOND_SCOPE: N_("beyond scope"), Standing.UNKNOWN: N_("unknown"),
}  # fmt: skip
