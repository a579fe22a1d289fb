"""The guards of numbered blanks: a form in force, one use, and a reason where one is lost."""

from docctl.errors import EventError, IllegalMoveError
from docctl.model.event import Event, Signed
from docctl.model.lifecycle import State
from docctl.model.records.definition import RecordDefinition
from docctl.model.records.record import CapturedData
from docctl.rules.asof import state_of
from docctl.rules.records.archive import Archive
from docctl.rules.records.blank import Blank
from docctl.rules.records.chain import data_of
from docctl.rules.records.guards.persons import KEEPER, require_person, require_role
from docctl.rules.records.guards.records import require_reason

#: Who hands blanks out, and takes them back.
ISSUERS = (KEEPER, "document_controller")


def issued(archive: Archive, signed: Signed) -> None:
    """Refuse to hand out what is no text of a form in force that defines records."""
    event, data = signed.event, data_of(signed)
    require_person(archive, event)
    require_role(archive, event, ISSUERS)
    if archive.definition(data.form, data.form_revision, data.form_content) is None:
        raise EventError(
            event.item,
            f"there is no definition of records in {data.form} revision {data.form_revision}",
            hint=f"see what the form says: docctl show {data.form}",
        )
    dossier = archive.dossier(data.form)
    revision = dossier.revision(data.form_revision) if dossier else None
    in_force = dossier and revision and state_of(dossier, revision, event.date) is State.EFFECTIVE
    if not in_force:
        raise EventError(
            event.item,
            f"{data.form} revision {data.form_revision} is not in force",
            hint="blanks are handed out of the revision in force",
        )


def used(archive: Archive, signed: Signed) -> None:
    """Refuse a blank that was used already, or that is back or void.

    That the record in the same change names the blank is for `guards.check_joint`.
    """
    _require_out(archive.blank(signed.event.item), "use")


def ended(archive: Archive, signed: Signed) -> None:
    """Refuse the end of a blank that is not out, or a void one without a reason."""
    event, data = signed.event, data_of(signed)
    _require_out(archive.blank(event.item), "return or void")
    require_person(archive, event)
    require_role(archive, event, ISSUERS)
    if data.outcome == "void":
        require_reason(event)


def require_blank(
    archive: Archive, event: Event, data: CapturedData, definition: RecordDefinition
) -> None:
    """Refuse a capture from a blank that is another form's, or not out; or from none.

    In its own change the blank may be marked as used for it already.
    """
    if data.blank is None:
        if definition.numbered_blanks and data.elsewhere is None:
            raise EventError(
                event.item,
                f"records of {data.form} are made on numbered blanks",
                hint=f"docctl export {data.form} --blank --issue-to WHO --to FILE.docx",
            )
        return
    blank = archive.blank(data.blank)
    if blank is None:
        raise EventError(
            event.item, f"there is no blank {data.blank}", hint="see: docctl blank list"
        )
    said = blank.said
    if (said.form, said.form_revision, said.form_content) != (
        data.form,
        data.form_revision,
        data.form_content,
    ):
        raise EventError(
            event.item,
            f"the blank {data.blank} is of {said.form} revision {said.form_revision}",
            hint=f"name that revision: --revision {said.form_revision}",
        )
    if blank.used != event.item:
        _require_out(blank, "use")


def _require_out(blank: Blank | None, verb: str) -> None:
    if blank and blank.used is not None:
        raise EventError(
            blank.number,
            f"was used already, for {blank.used}: a blank is used once",
            hint="ask for a new one: docctl export FORM --blank --issue-to WHO --to FILE.docx",
        )
    if blank and blank.ended is not None:
        outcome = data_of(blank.ended).outcome
        hint = "it is used no more; issue another one"
        raise IllegalMoveError(blank.number, verb, outcome, (), hint=hint)
