"""What a copy in DOCX is finished with: the template that was named, or that the library has."""

from collections.abc import Iterator

from docctl.desk.day import Day
from docctl.errors import InputError
from docctl.render import docx
from docctl.rules import asof

_TEMPLATE = "template.docx"


def finish(
    day: Day,
    wanted: str,
    given: tuple[str, bytes] | None = None,
    *,
    read_only: bool = False,
    qr: bool = False,
    layout: docx.Layout | None = None,
) -> docx.Finish:
    """Return what a copy of a day is finished with; the library's own template is for DOCX alone.

    See `template`, also for what it raises.
    """
    chosen = template(day, given) if given or wanted == "docx" else None
    coded_for = day.authority.library if qr else ""
    return docx.Finish(chosen, read_only=read_only, coded_for=coded_for, layout=layout)


def template(day: Day, given: tuple[str, bytes] | None) -> docx.Template | None:
    """Return the template for copies of a day: the *given* name and file, or the library's own.

    The library's is attached to the document that CONTROL names, in its revision in force on the
    day: so the same day gives the same copies. While none is in force there is none.

    Raises:
        UnreadableError: it cannot be used.
        InputError: it is not clear which attachment is meant.
        DamagedStoreError: the store does not hold what was signed.
    """
    if given:
        name, data = given
        return docx.template(data, name)
    number = day.control.template
    dossier = day.find(number) if number else None
    shown = asof.in_force(dossier, day.on) if dossier else None
    if dossier is None or shown is None:
        return None
    files = {
        name: data
        for name, data in day.text(dossier, shown).attachments.items()
        if name.lower().endswith(".docx")
    }
    name = _TEMPLATE if _TEMPLATE in files else next(iter(files), "")
    if not name or (len(files) > 1 and name != _TEMPLATE):
        raise InputError(
            f"{number} is to hold the template of Word copies, and it has {len(files)} .docx files",
            hint=f"attach one, or call the one that is meant {_TEMPLATE}",
        )
    return docx.template(files[name], f"{number} revision {shown.label}, {name}")


def beyond(finish: docx.Finish, wanted: str, *, coded: bool) -> Iterator[str]:
    """Yield what was chosen and a format does not have, each in a sentence.

    *coded* tells whether the format can show a QR code.
    """
    if finish.template:
        yield f"a copy in {wanted} has no template"
    if finish.read_only:
        yield f"a copy in {wanted} cannot be made read-only"
    if finish.coded_for and not coded:
        yield f"a copy in {wanted} has no QR code"
    if finish.layout or finish.pages:
        yield f"a copy in {wanted} is not laid out by LibreOffice"
