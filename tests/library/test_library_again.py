"""Whoever is overtaken by somebody quicker tries again, where nothing that was said is lost."""

from collections.abc import Callable, ItemsView

import pytest
from firm import TEXT, Firm
from office import Key

from docctl import Assignments, Owner, Procedure, State, Text
from docctl.errors import DocctlError, IllegalMoveError, OvertakenError, TakenError
from docctl.library.handle import ATTEMPTS
from docctl.trust.keys import PublicKey


class Slow:
    """A signer who takes long: each of the first signatures is made while a rival acts."""

    def __init__(self, key: Key, rival: Callable[[], object], *, times: int) -> None:
        self.key, self.rival, self.times = key, rival, times
        self.signed: list[bytes] = []

    @property
    def public_key(self) -> PublicKey:
        return self.key.public_key

    def sign(self, data: bytes) -> str:
        self.signed.append(data)
        if len(self.signed) <= self.times:
            self.rival()
        return self.key.sign(data)


def slow(name: str, rival: Callable[[], object], *, times: int = 1) -> Slow:
    return Slow(Key(name), rival, times=times)


def another(firm: Firm) -> Callable[[], object]:
    rival = firm.reopened()
    return lambda: rival.by("ben").new(Procedure(title="Quicker"), TEXT)


def test_a_new_document_gets_the_next_number_that_is_free_when_it_lands(firm: Firm) -> None:
    first = firm.new()
    signer = slow("ada", another(firm), times=3)
    made = firm.ada.acting(signer).new(Procedure(title="Slower"), TEXT)
    assert (first, made.number) == ("PRO-001", "PRO-005")
    assert len(signer.signed) == 4
    assert firm.ada.text(made.number).document.title == "Slower"
    assert not firm.ada.verify().problems


def test_a_number_that_somebody_named_is_never_another_one(firm: Firm) -> None:
    signer = slow("ada", another(firm))
    with pytest.raises(TakenError, match="PRO-001 exists already"):
        firm.ada.acting(signer).new(Procedure(title="Slower"), TEXT, number="PRO-001")
    assert len(signer.signed) == 1


def test_two_comments_at_once_are_both_made(firm: Firm) -> None:
    number, rival = firm.reach(State.IN_REVIEW), firm.reopened()
    signer = slow("eva", lambda: rival.by("kim").comment(number, "Which gauge?"), times=2)
    status = firm.ada.acting(signer).comment(number, "Who reads it?", line=3)
    assert [one.text for one in status.comments] == [
        "Which gauge?",
        "Which gauge?",
        "Who reads it?",
    ]


def test_a_comment_is_not_moved_to_another_text(firm: Firm) -> None:
    number, rival = firm.reach(State.IN_REVIEW), firm.reopened()

    def another_text() -> None:
        rival.by("eva").return_(number, reason="Unclear")
        text = rival.ada.text(number)
        rival.ada.save_text(number, type(text)(text.document, f"More.\n\n{text.body}", {}))

    signer = slow("kim", another_text)
    with pytest.raises(OvertakenError):
        firm.ada.acting(signer).comment(number, "Who reads it?", line=3)
    assert len(signer.signed) == 1


def test_whoever_is_always_too_late_is_told_that_many_write(firm: Firm) -> None:
    number, rival = firm.reach(State.IN_REVIEW), firm.reopened()
    signer = slow("eva", lambda: rival.by("kim").comment(number, "Me!"), times=ATTEMPTS)
    with pytest.raises(OvertakenError) as told:
        firm.ada.acting(signer).comment(number, "Me too")
    assert "many" in told.value.hint
    assert len(signer.signed) == ATTEMPTS


@pytest.mark.parametrize("state", [State.IN_REVIEW, State.DRAFT])
def test_what_depends_on_what_was_seen_is_signed_once(firm: Firm, state: State) -> None:
    number, rival = firm.reach(state), firm.reopened()
    there, here = Assignments(location="there"), Assignments(location="here")
    signer = slow("ada", lambda: rival.ada.assign(number, there, reason="r"))
    with pytest.raises(OvertakenError):
        firm.ada.acting(signer).assign(number, here, reason="r")
    assert len(signer.signed) == 1


def test_no_approval_is_signed_for_another_round(firm: Firm) -> None:
    number, rival = firm.reach(State.IN_REVIEW), firm.reopened()

    def next_round() -> None:
        rival.by("kim").return_(number, reason="Unclear")
        rival.by("ben").submit(number)

    signer = slow("eva", next_round)
    with pytest.raises(DocctlError) as refused:
        firm.ada.acting(signer).approve(number)
    assert not isinstance(refused.value, IllegalMoveError)
    assert len(signer.signed) == 1
    assert firm.ada.status(number).state is State.IN_REVIEW


class Attached(dict[str, bytes]):
    """Attachments from a slow disk: while they are read, a rival acts."""

    rivals: tuple[Callable[[], object], ...] = ()

    def items(self) -> ItemsView[str, bytes]:
        first, self.rivals = self.rivals[:1], self.rivals[1:]
        for rival in first:
            rival()
        return super().items()


def test_a_number_taken_while_it_was_chosen_is_none_that_was_named(firm: Firm) -> None:
    attached = Attached({"a.txt": b"a"})
    attached.rivals = (another(firm),) * 2
    text = Text(Procedure(title="Slower"), TEXT, attached)
    landed = firm.ada.act("new", text, owner=Owner(kind="person", name="ada"))
    assert landed.statements[0].event.item == "PRO-003"
