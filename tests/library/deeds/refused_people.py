"""What is refused where people change, and where copies are made."""

from datetime import date

from office import Key

from deeds.refusal import Row
from deeds.scenes import (
    BLANK,
    DAY,
    EVA,
    PAST,
    WHY,
    excepted,
    in_force,
    licensed,
    newcomer,
    nobody_new,
    only_administrator,
)
from docctl.errors import (
    DateError,
    EventError,
    ExportForbiddenError,
    IllegalMoveError,
    InputError,
    NotAuthorisedError,
    NotFoundError,
    TakenError,
)

PEOPLE = (
    Row("administrators take people up", NotAuthorisedError, nobody_new, "ben",
        lambda lib, _: lib.person_add("lou", "Lou"), {"person": "ben"}),
    Row("an id is given once", TakenError, nobody_new, "ada",
        lambda lib, _: lib.person_add("eva", "Eva"), {"name": "the id eva"}),
    Row("a key has one holder", TakenError, nobody_new, "ada",
        lambda lib, _: lib.person_add("lou", "Lou", key=Key("eva").public_key),
        {"name": f"the key {EVA}"}),
    Row("a role is known", EventError, nobody_new, "ada",
        lambda lib, _: lib.person_role("eva", "wizard"), {"item": "ACCESS"}),
    Row("an id is plain", InputError, nobody_new, "ada",
        lambda lib, _: lib.person_add("../lou", "Lou")),
    Row("a service decides nothing", NotAuthorisedError, nobody_new, "ada",
        lambda lib, _: lib.person_add("robot", "Robot", kind="service", roles=("approver",)),
        {"person": "a service"}),
    Row("a key is accepted once", IllegalMoveError, nobody_new, "eva",
        lambda lib, _: lib.person_accept(), {"item": "this key", "verb": "accept"}),
    Row("a key of nobody is not accepted", NotAuthorisedError, newcomer, "stranger",
        lambda lib, _: lib.person_accept(), {"person": ""}),
    Row("a key is revoked by its holder or an administrator", NotAuthorisedError, nobody_new, "ben",
        lambda lib, _: lib.person_revoke("eva", EVA, **WHY), {"person": "ben"}),
    Row("a role is held before it ends", NotAuthorisedError, nobody_new, "ada",
        lambda lib, _: lib.person_role_end("eva", "records"), {"person": "eva"}),
    Row("a function is held before it ends", NotAuthorisedError, nobody_new, "ada",
        lambda lib, _: lib.person_function_end("eva", "Welder"), {"person": "eva"}),
    Row("nobody leaves ahead", DateError, nobody_new, "ada",
        lambda lib, _: lib.person_leave("eva", on=lib.today() + DAY), {"given": date(2026, 1, 6)}),
    Row("the last administrator stays", IllegalMoveError, only_administrator, "ada",
        lambda lib, _: lib.person_leave("ada"), {"item": "ACCESS"}),
    Row("an exception has a reason", EventError, nobody_new, "ada",
        lambda lib, _: lib.person_exception("ben", until=lib.today(), **BLANK),
        {"item": "ACCESS"}),
    Row("an exception holds some day", DateError, nobody_new, "ada",
        lambda lib, _: lib.person_exception("ben", until=PAST, **WHY), {"given": PAST}),
    Row("an exception is not lengthened", DateError, excepted, "ada",
        lambda lib, _: lib.person_exception_end("ben", until=lib.today() + 60 * DAY, **WHY),
        {"item": "ACCESS"}),
    Row("one alone raises no threshold", NotAuthorisedError, nobody_new, "ada",
        lambda lib, _: lib.threshold(2), {"person": "ada"}),
)  # fmt: skip


COPIES = (
    Row("a licence is kept", ExportForbiddenError, licensed, "ben",
        lambda lib, number: lib.export(number, lib.root / "copy.docx"), {"item": "EXT-001"}),
    Row("an unknown format is not written", InputError, in_force, "ben",
        lambda lib, number: lib.export(number, lib.root / "copy.xls")),
    Row("an unknown revision is not exported", NotFoundError, in_force, "ben",
        lambda lib, number: lib.export(number, lib.root / "copy.docx", revision="9")),
    Row("what was not there is not exported", NotFoundError, in_force, "ben",
        lambda lib, number: lib.export(number, lib.root / "copy.docx", as_of=PAST)),
    Row("a procedure is no manual", InputError, in_force, "ben",
        lambda lib, number: lib.manual(number, lib.root / "manual.docx")),
)  # fmt: skip
