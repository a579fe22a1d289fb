"""What is refused: by which error, with which exit code, with what to do next; and nothing is."""

from collections.abc import Callable
from typing import Any

import pytest
from deeds.refusal import Row
from deeds.refused_approval import APPROVAL, STALE
from deeds.refused_drafting import DRAFTING
from deeds.refused_people import COPIES, PEOPLE
from deeds.refused_release import RELEASE
from firm import Firm

from docctl import DocctlError, Procedure, errors
from docctl.errors import InputError, NotFoundError, RefusedError, StoreError

ROWS = (*DRAFTING, *APPROVAL, *RELEASE, *PEOPLE, *COPIES)

#: DESIGN 9: usage, refused by a rule, not found.
EXIT_CODES = {InputError: 2, RefusedError: 3, NotFoundError: 4}


def holds(error: DocctlError, row: Row) -> None:
    """Compare an error with its row."""
    (code,) = (code for family, code in EXIT_CODES.items() if isinstance(error, family))
    assert error.exit_code == code
    for name, expected in row.data.items():
        found: Any = getattr(error, name)
        assert expected(found) if isinstance(expected, Callable) else found == expected


def test_every_kind_of_refusal_has_a_row() -> None:
    """Those of the store, of records, of PDF signatures and of pages have tests of their own."""
    every = {getattr(errors, name) for name in errors.__all__}
    every -= {errors.HoldError, errors.RetentionError}
    every -= {errors.PassphraseError, errors.CertificateError, errors.PagingError}
    kinds = {one for one in every if not issubclass(one, StoreError)}
    families = {DocctlError, *EXIT_CODES}
    assert {row.error for row in (*ROWS, STALE)} | families == kinds | families


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_what_must_not_be_is_refused_and_changes_nothing(firm: Firm, row: Row) -> None:
    number = row.scene(firm)
    with firm.refuses(row.error) as caught:
        row.do(firm.by(row.by), number)
    holds(caught.value, row)


def test_an_approval_of_a_text_that_was_changed_is_refused(firm: Firm) -> None:
    number = STALE.scene(firm)
    late = STALE.do(firm.by(STALE.by), number)
    with firm.refuses(STALE.error) as caught:
        late()
    holds(caught.value, STALE)
    assert firm.ada.status(number).waiting_for


def test_a_guest_who_leaves_closes_nothing(firm: Firm) -> None:
    with firm.by("ben") as guest:
        number = guest.new(Procedure(title="Lifting"), "## Purpose\n\nText.\n").number
        guest.search("Lifting")
    assert [entry.number for entry in firm.ada.register()] == [number]
    firm.by("ben").submit(number)


@pytest.mark.parametrize(
    ("arguments", "options", "said"),
    [((), {}, "number"), (("PRO-001", 1, 2, 3), {}, "many"), (("PRO-001",), {"why": ""}, "'why'")],
)
def test_arguments_that_a_verb_does_not_take_are_told(
    firm: Firm, arguments: tuple[Any, ...], options: dict[str, Any], said: str
) -> None:
    with pytest.raises(InputError, match=said) as caught:
        firm.by("eva").prepare("approve", *arguments, **options)
    assert caught.value.hint.startswith("it takes: number")
