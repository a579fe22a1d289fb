"""What somebody may try with two records of bob: a log entry, and a case that is open."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from paper_keeping import CASE, LOG, Keeping, a_class, stub

from docctl.model.event import Signed
from docctl.model.records.definition import RequiredSignature

ONE, NC = "FRM-001-0001", "NC-2026-1"
Refused = Callable[[Keeping], Signed]
FACT = a_class(trigger={"latest": ("captured", "contract_ended")})


def scene() -> Keeping:
    """A log entry of `bob`, and his open case, on which nobody has worked."""
    keeping = Keeping(FACT, a_class("case", trigger="closed"))
    keeping.capture(ONE)
    keeping.capture(NC, CASE)
    keeping.wait(1)
    return keeping


def ready(keeping: Keeping) -> Keeping:
    """The case has its step and its signature."""
    keeping.do("added", "eve", NC, step="analysed", payload=stub(), event_on=keeping.today)
    keeping.do("countersigned", "kim", NC, "management", meaning="verified")
    return keeping


def ordered(keeping: Keeping) -> Keeping:
    """The form of the case says that its second step comes after the first one."""
    first, second = keeping.definitions[CASE].steps
    return define(keeping, CASE, steps=(first, second.but(after=("analysed",))))


def performed(keeping: Keeping) -> Keeping:
    """The form of the case asks whoever did the work to say so, beside the one who verifies it."""
    asked = {"meaning": "performed", "role": "management", "own": True}
    signatures = (*keeping.definitions[CASE].signatures, RequiredSignature(**asked))
    return define(keeping, CASE, signatures=signatures)


def shut(keeping: Keeping) -> Keeping:
    ready(keeping).do("closed", "bob", NC, closed_on=keeping.today)
    return keeping


def gone(keeping: Keeping) -> Keeping:
    keeping.schedule(a_class(period="0 days"), a_class("case"))
    keeping.propose("D-1", ONE)
    keeping.authorise("D-1")
    keeping.land(keeping.disposing(ONE, "D-1"))
    return keeping


def define(keeping: Keeping, form: str, **changes: Any) -> Keeping:
    keeping.definitions[form] = keeping.definitions[form].but(**changes)
    return keeping


def capture(keeping: Keeping, number: str = "FRM-001-0002", by: str = "bob", role: str = "holder",
            form: str = LOG, **want: Any) -> Signed:  # fmt: skip
    return keeping.event("captured", by, number, role, **keeping.captured(form, **want))


def add(keeping: Keeping, number: str = NC, by: str = "eve", **want: Any) -> Signed:
    given = {"step": "analysed", "payload": stub(), "event_on": keeping.today}
    return keeping.event("added", by, number, **{**given, **want})


def amend(keeping: Keeping, number: str = ONE, by: str = "ria", **want: Any) -> Signed:
    given = {"role": "records", "payload": stub(), "event_on": keeping.today}
    return keeping.event("amended", by, number, **{**given, **want})


def close(keeping: Keeping, by: str = "bob", **want: Any) -> Signed:
    return keeping.event("closed", by, NC, **{"closed_on": keeping.today, **want})


def sign(keeping: Keeping, by: str = "kim", role: str = "management", **want: Any) -> Signed:
    return keeping.event("countersigned", by, NC, role, **{"meaning": "verified", **want})


def reopen(keeping: Keeping, by: str = "ria", role: str = "records", **want: Any) -> Signed:
    return keeping.event("opened_again", by, NC, role, **want)


def state(keeping: Keeping, by: str = "ria", role: str = "records", **want: Any) -> Signed:
    given = {"fact": "contract_ended", "on": keeping.today}
    return keeping.event("fact_stated", by, ONE, role, **{**given, **want})


PAPER = {"medium": "paper", "location": "Box 17", "custodian": "Archivist"}
TWO = "FRM-001-0002"


def on_paper(keeping: Keeping) -> Keeping:
    """A second log entry of `bob`, which is kept elsewhere."""
    keeping.capture(TWO, payload=None, elsewhere=PAPER)
    return keeping


def move(keeping: Keeping, by: str = "ria", role: str = "records", number: str = TWO,
         **want: Any) -> Signed:  # fmt: skip
    given = {"elsewhere": {**PAPER, "location": "Box 18"}, "since": keeping.today}
    return keeping.event("custody_changed", by, number, role, **{**given, **want})


def ended(keeping: Keeping, by: str = "ria", role: str = "records", number: str = TWO,
          **want: Any) -> Signed:  # fmt: skip
    given = {"on": keeping.today, "method": "shredded", "by": "Shred Ltd"}
    return keeping.event("original_destroyed", by, number, role, **{**given, **want})


def let_go(keeping: Keeping) -> Keeping:
    """The entry on paper may go; the history has let it."""
    on_paper(keeping).schedule(a_class(period="0 days"), a_class("case"))
    keeping.wait(1)
    keeping.propose("D-1", TWO)
    keeping.authorise("D-1")
    keeping.land(keeping.disposing(TWO, "D-1"))
    return keeping


def certify(keeping: Keeping) -> Signed:
    """The certificate of the disposal of the entry on paper."""
    return keeping.event(
        "disposal_certified", "ria", "D-1", "records",
        outcomes=({"record": TWO, "result": "destroyed"},), method="m", copies=(),
    )  # fmt: skip


def without_form(keeping: Keeping) -> Keeping:
    del keeping.definitions[CASE]
    return keeping


def superseded(keeping: Keeping, phase: str = "released", **changes: Any) -> Keeping:
    """The form of the log is something else than in force."""
    dossier = keeping.dossiers[LOG]
    revision = dossier.revisions[0]._replace(phase=phase)
    keeping.dossiers[LOG] = dossier._replace(revisions=(revision,), **changes)
    return keeping


def unknown_revision(keeping: Keeping) -> Keeping:
    """An archive that defines what its documents do not know."""
    definition = keeping.definitions[LOG]
    keeping.definition = lambda *_: definition  # type: ignore[method-assign]
    return keeping


DAY = timedelta(days=1)
LONG_AGO = date(2026, 1, 6)
