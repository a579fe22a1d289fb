"""The sentence that a signer puts the signature to. It belongs to the rule set: version 1."""

from collections.abc import Mapping
from types import MappingProxyType

from docctl.model.base import Word

_SENTENCES: Mapping[Word, str] = MappingProxyType(
    {
        "founded": "I found this library and answer for its first settings and people.",
        "person_added": "I add this person to the library.",
        "accepted": "I hold this key, and signatures made with it bind me like my own hand.",
        "key_added": "I add this key for this person.",
        "key_revoked": "I declare that this key no longer counts.",
        "role_granted": "I grant this role.",
        "role_withdrawn": "I withdraw this role.",
        "function_given": "I state that this person holds this function.",
        "function_ended": "I state that this person no longer holds this function.",
        "person_left": "I state that this person has left.",
        "person_renamed": "I state what this person is called from now on.",
        "person_erased": "I let the name of this person go; what was signed stays valid.",
        "threshold_set": "I set how many administrators must sign.",
        "exception_granted": "I grant this exception and answer for its reason.",
        "exception_ended": "I end this exception.",
        "established": "I establish the first control settings.",
        "created": "I begin {item} with this draft of revision {revision}.",
        "revised": "I open revision {revision} of {item} for drafting.",
        "saved": "I save this draft of {item} revision {revision}.",
        "submitted": "I submit {item} revision {revision} with this content for approval.",
        "reviewed": "I have reviewed {subject} and find it suitable.",
        "approved": "I approve {subject}.",
        "returned": "I return {subject} for the reason given.",
        "rerouted": "I change who signs {item} revision {revision}.",
        "reopened": "I take {item} revision {revision} back to drafting.",
        "cancelled": "I give up {subject}.",
        "released": "I release {item} revision {revision} with this content.",
        "postponed": "I postpone the day on which {item} revision {revision} takes effect.",
        "review_proposed": "I have reviewed {item} revision {revision} and propose the outcome.",
        "withdrawal_proposed": "I propose to withdraw {item}.",
        "suspended": "I suspend {item} revision {revision} at once.",
        "resumed": "I let {item} revision {revision} be followed again.",
        "commented": "I comment on {item} revision {revision}.",
        "resolved": "I answer this comment on {item} revision {revision}.",
        "assigned": "I change administrative facts of {item}.",
        "captured": "I captured {item}; it says what I saw, did or was told.",
        "added": "I enter this step into {item}; it says what I saw, did or was told.",
        "amended": "I correct {item} for the reason given; what it said before stays.",
        "countersigned": "I have read {item} and put this signature to it.",
        "closed": "I close {item}; it is complete.",
        "opened_again": "I open {item} again.",
        "fact_stated": "I state this fact, from which the time of keeping {item} counts.",
        "retention_reviewed": "I decide what becomes of {item}, whose time of keeping is over.",
        "disposed": "I let {item} go, as it was authorised.",
        "custody_changed": "I state where {item} is kept from now on, and by whom.",
        "original_destroyed": "I state that the original of {item} was destroyed.",
        "blank_issued": "I hand out the blank {item} of a form; it is used once.",
        "blank_used": "I captured a record from the blank {item}.",
        "blank_ended": "I state that the blank {item} is used no more.",
        "hold_placed": "I place the hold {item}: nothing in its scope may be destroyed.",
        "hold_extended": "I extend the hold {item}.",
        "hold_lifted": "I lift the hold {item}.",
        "disposal_proposed": "I propose the disposal {item} of records past their time.",
        "disposal_authorised": "I authorise the disposal {item}.",
        "disposal_refused": "I give up the disposal {item}.",
        "transfer_received": "I have this receipt for records of the disposal {item}.",
        "request_opened": "I open the request {item} and name what it is about.",
        "request_decided": "I decide these items of the request {item}, for the reasons given.",
        "request_answered": "I state that what was decided of {item} is done and answered.",
        "disposal_certified": "I certify the disposal {item}: what was to go is gone.",
    }
)

_SUBJECTS: Mapping[Word, str] = MappingProxyType(
    {
        "review_proposed": "the outcome of the periodic review of {item} revision {revision}",
        "withdrawal_proposed": "the withdrawal of {item}",
    }
)


def meaning(event_type: Word, *, item: str, revision: str | None, answers: Word = "") -> str:
    """Return the sentence for an event; *answers* is the type of the statement it answers."""
    subject = _SUBJECTS.get(answers, "{item} revision {revision} with this content")
    return (
        _SENTENCES[event_type]
        .replace("{subject}", subject)
        .format(item=item, revision=revision or "")
    )
