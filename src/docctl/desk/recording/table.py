"""Every verb of records, holds and retention: it makes the events that the verb asks for."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from docctl.desk.recording import blanks, holding, keeping, originals, requesting
from docctl.desk.recording.disposal import certifying, disposing
from docctl.desk.signing.intent import Intent

RECORD_VERBS: Mapping[str, Callable[..., Sequence[Intent]]] = MappingProxyType(
    {
        "record_capture": keeping.record_capture,
        "record_add": keeping.record_add,
        "record_amend": keeping.record_amend,
        "record_sign": keeping.record_sign,
        "record_close": keeping.record_close,
        "record_reopen": keeping.record_reopen,
        "record_fact": keeping.record_fact,
        "record_move": originals.record_move,
        "record_destroyed": originals.record_destroyed,
        "blank_issue": blanks.blank_issue,
        "blank_end": blanks.blank_end,
        "hold_place": holding.hold_place,
        "hold_extend": holding.hold_extend,
        "hold_lift": holding.hold_lift,
        "subject_open": requesting.subject_open,
        "subject_decide": requesting.subject_decide,
        "subject_answer": requesting.subject_answer,
        "retention_review": disposing.retention_review,
        "retention_propose": disposing.retention_propose,
        "retention_authorise": disposing.retention_authorise,
        "retention_refuse": disposing.retention_refuse,
        "retention_dispose": certifying.retention_dispose,
        "retention_receive": disposing.retention_receive,
        "retention_certify": certifying.retention_certify,
    }
)
