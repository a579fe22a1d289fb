"""`vault …` and `trace`: whether what records say is still there, and what stood behind it."""

from collections.abc import Iterator

import click

from docctl.cli.door import answer, library
from docctl.cli.options import Command, examples, group, reading
from docctl.cli.printing import folded, lined, progress
from docctl.model.answers.record import Trace
from docctl.model.answers.vault import VaultCopied, VaultCopy, VaultReport, VaultStranger

_COLUMNS = ("Vault", "Copy", "As captured", "Faulty", "Unexpected")


@group
def vault() -> None:
    """Look through the vault, where what records say is kept outside the history.

    docctl.toml names it: vault = ["FOLDER or address", …] with a copy in each, and vault_keys.

    The vault that a retention class has for itself stands under [vaults.NAME], with payloads =
    ["FOLDER or address", …] and keys.
    """


@vault.command(cls=Command, epilog=examples("docctl vault scrub"))
def scrub() -> int:
    """Read every copy of every payload, and name what nobody expects. Nothing is changed."""
    with progress("vault") as report:
        found = library().vault_scrub(progress=report)
    answer(found, folded(_lines(found)))
    return 0 if found.sound else 1


@vault.command(
    cls=Command, epilog=examples("docctl vault copy", "docctl vault copy --begin /mnt/copy/vault")
)
@click.option("--begin", multiple=True, metavar="PLACE", help="Mark this place first; repeat it.")
@click.option("--only-missing", is_flag=True, help="Do not read what is there already.")
def copy(*, begin: tuple[str, ...], only_missing: bool) -> int:
    """Bring every copy up to date: what one lacks or holds altered comes from one that is right.

    --begin is for a place that docctl.toml names and that was never used: a new copy. Look first
    that the right disk or bucket is there.
    """
    with progress("vault") as report:
        found = library().vault_copy(begin=begin, only_missing=only_missing, progress=report)
    answer(found, folded(_copied(found)))
    return 0 if found.sound else 1


@vault.command(cls=Command, epilog=examples("docctl vault sweep"))
@click.option("--unknown", is_flag=True, help="Also what the history has never named.")
def sweep(*, unknown: bool) -> None:
    """Remove what came back after its destruction, and unfinished files.

    What a killed capture left the history has never named; --unknown removes that too. Use it only
    with a store that is up to date, and while nobody captures: a newer history may need it.
    """
    found = library().vault_sweep(unknown=unknown)
    lines = [f"removed: {one.name} in {one.copy_at}" for one in found.strangers]
    answer(found, lines or ["nothing was there to remove"])


def _lines(found: VaultReport) -> Iterator[str]:
    if len(found.copies) > 1:
        yield from lined(_COLUMNS, map(_row, found.copies))
    for fault in found.faults:
        yield f"{fault.record}: {fault.outcome} in {fault.copy_at} ({fault.commitment[:12]})"
    yield from map(_unexpected, found.strangers)
    yield from found.unreached
    state = "all as captured" if found.sound else "not as it should be"
    yield f"{found.payloads} payloads looked for: {state}"


def _copied(found: VaultCopied) -> Iterator[str]:
    for one in found.mended:
        now = f"not put right: {one.why}" if one.why else "written anew"
        yield f"{one.record}: {one.was} in {one.copy_at}, {now} ({one.commitment[:12]})"
    yield from found.unreached
    state = "every copy has all of them" if found.sound else "not every copy has all of them"
    yield f"{found.payloads} payloads looked for: {state}"


def _row(copy: VaultCopy) -> tuple[str, ...]:
    counts = (copy.right, copy.faults, copy.strangers) if copy.reached else ("not reached", "", "")
    return (copy.vault or "", copy.copy_at, *map(str, counts))


def _unexpected(one: VaultStranger) -> str:
    if one.disposal:
        was = f"{one.name} of {one.record} is back in {one.copy_at}"
        return f"{was}, and {one.disposal} let it go: docctl vault sweep"
    return f"nobody expects {one.name} in {one.copy_at}: docctl vault sweep --unknown"


@reading(epilog=examples("docctl trace NC-2026-4"))
@click.argument("record_id", metavar="ID", type=str.upper)
def trace(record_id: str) -> None:
    """Show the form, the procedure and the person behind the record ID, as of its capture."""
    found = library().trace(record_id)
    answer(found, folded(_traced(found)))


def _traced(one: Trace) -> Iterator[str]:
    yield f"{one.record}  captured on {one.captured_on}"
    yield f"  form: {one.form} revision {one.form_revision}  {one.form_title}"
    if one.procedure:
        label = f"revision {one.procedure_revision}" if one.procedure_revision else "not in force"
        yield f"  under: {one.procedure} {label}  {one.procedure_title}"
    functions = f", {', '.join(one.functions)}" if one.functions else ""
    yield f"  by: {one.name or one.person}{functions}"
    yield f"  kept as {one.due.retention}: {one.due.explanation or one.due.state}"
