"""Attacks by people of the library who sign what they may not: votes, releases, ACCESS, CONTROL."""

from office import Key, document, settings_content
from scene import Book, Desk

from docctl.model.access import ACCESS
from docctl.model.control import CONTROL

BOOK = Book()

EVA = Key("eva").public_key
REVIEWER = {"person": "ben", "role": "reviewer"}
STRANGER = Key("stranger").public_key


# --- documents -----------------------------------------------------------------------------------


@BOOK.attack("own-work")
def approval_of_own_work(desk: Desk) -> None:
    desk.office.do("role_granted", ACCESS, by="ada", data={"person": "ben", "role": "approver"})
    made = desk.office.statement("approved", "PRO-002", by="ben", role="approver")
    desk.office.smuggle(made)


@BOOK.attack("not-authorised")
def approval_without_the_role(desk: Desk) -> None:
    made = desk.office.statement("approved", "PRO-002", by="cat", role="approver")
    desk.office.smuggle(made)


@BOOK.attack("not-authorised")
def approval_in_a_role_of_another(desk: Desk) -> None:
    desk.office.smuggle(desk.office.statement("approved", "PRO-002", by="eva", role="management"))


@BOOK.attack("not-authorised")
def approval_by_a_function_that_is_not_held(desk: Desk) -> None:
    made = desk.office.statement("approved", "PRO-002", by="eva", function="Managing Director")
    desk.office.smuggle(made)


@BOOK.attack("not-authorised")
def approval_by_a_machine(desk: Desk) -> None:
    bot = {"id": "bot", "name": "Bot", "kind": "service", "roles": ("author",)}
    key = Key("bot").public_key
    bot |= {"key": key.line, "fingerprint": key.fingerprint}
    desk.office.do("person_added", ACCESS, by="ada", data=bot)
    desk.office.accept("bot", Key("bot"))
    desk.office.smuggle(desk.office.statement("released", "PRO-003", by="bot", role="author"))


@BOOK.attack("stale-approval")
def approval_of_another_text(desk: Desk) -> None:
    made = desk.office.statement("approved", "PRO-002", by="eva")
    desk.office.smuggle(desk.office.signed(made.event.but(content="0" * 64), answers=2))


@BOOK.attack("missing-approval")
def release_without_approval(desk: Desk) -> None:
    desk.office.smuggle(desk.office.statement("released", "PRO-002", by="ada"))


@BOOK.attack("illegal-move")
def release_of_a_draft(desk: Desk) -> None:
    desk.office.smuggle(desk.office.statement("released", "PRO-004", by="ada"))


@BOOK.attack("bad-event")
def release_that_counts_no_votes(desk: Desk) -> None:
    desk.office.smuggle(desk.office.statement("released", "PRO-003", by="ada", data={"votes": ()}))


@BOOK.attack("illegal-move")
def text_saved_while_it_is_in_force(desk: Desk) -> None:
    content = document("PRO-001", "Do as you please.")
    desk.office.smuggle(desk.office.statement("saved", "PRO-001", by="ben", content=content))


@BOOK.attack("bad-event")
def submission_with_a_friendlier_route(desk: Desk) -> None:
    step = {"meaning": "approved", "role": "approver", "count": 1, "order": 1, "persons": ("cat",)}
    data = {"route": {"steps": (step,)}}
    desk.office.smuggle(desk.office.statement("submitted", "PRO-004", by="ben", data=data))


@BOOK.attack("route-unfilled")
def submission_that_nobody_can_approve(desk: Desk) -> None:
    made = desk.office.statement("submitted", "PRO-004", by="ben")
    for person in ("eva", "kim"):
        data = {"person": person, "role": "approver"}
        desk.office.do("role_withdrawn", ACCESS, by="ada", data=data)
    desk.office.smuggle(made)


@BOOK.attack("bad-event")
def submission_that_hides_an_author(desk: Desk) -> None:
    desk.office.save("PRO-004", by="ada")
    data = {"authors": ("ben",)}
    desk.office.smuggle(desk.office.statement("submitted", "PRO-004", by="ben", data=data))


@BOOK.attack("incomplete")
def approval_over_an_open_comment(desk: Desk) -> None:
    desk.office.do("commented", "PRO-002", by="eva", data={"text": "Why?"})
    desk.office.smuggle(desk.office.statement("approved", "PRO-002", by="eva"))


@BOOK.attack("bad-event")
def return_without_a_reason(desk: Desk) -> None:
    desk.office.smuggle(desk.office.statement("returned", "PRO-002", by="eva"))


@BOOK.attack("bad-event")
def document_of_a_type_that_control_does_not_know(desk: Desk) -> None:
    desk.office.smuggle(desk.office.creation("XYZ-001", kind="poem"))


@BOOK.attack("own-work")
def suspension_lifted_by_the_same_person(desk: Desk) -> None:
    desk.office.suspend("PRO-001")
    desk.office.smuggle(desk.office.statement("resumed", "PRO-001", by="ada", reason="Fixed"))


# --- keys and people -----------------------------------------------------------------------------


@BOOK.attack("not-authorised")
def approval_with_a_revoked_key(desk: Desk) -> None:
    data = {"person": "eva", "fingerprint": EVA.fingerprint}
    desk.office.do("key_revoked", ACCESS, by="ada", data=data)
    desk.office.smuggle(desk.office.statement("approved", "PRO-002", by="eva"))


@BOOK.attack("not-authorised")
def approval_with_a_key_that_was_never_accepted(desk: Desk) -> None:
    key = Key("eva 2").public_key
    data = {"person": "eva", "fingerprint": key.fingerprint, "key": key.line}
    desk.office.do("key_added", ACCESS, by="ada", data=data)
    desk.office.smuggle(desk.office.statement("approved", "PRO-002", by="eva", key=Key("eva 2")))


@BOOK.attack("not-authorised")
def approval_by_somebody_who_left(desk: Desk) -> None:
    desk.office.do("person_left", ACCESS, by="ada", data={"person": "eva", "on": desk.office.today})
    made = desk.office.statement("approved", "PRO-002", by="eva", role="approver")
    desk.office.smuggle(made)


@BOOK.attack("not-authorised")
def stranger_who_takes_himself_up(desk: Desk) -> None:
    data = {"id": "eve", "name": "Eve", "roles": ("administrator",)}
    data |= {"key": STRANGER.line, "fingerprint": STRANGER.fingerprint}
    desk.office.smuggle(
        desk.office.statement(
            "person_added", ACCESS, by="eve", data=data, key=Key("stranger"), role="administrator"
        )
    )


@BOOK.attack("not-authorised")
def role_taken_by_its_holder(desk: Desk) -> None:
    data = {"person": "ben", "role": "approver"}
    made = desk.office.statement("role_granted", ACCESS, by="ben", data=data, role="administrator")
    desk.office.smuggle(made)
    desk.office.take_up(made)
    # What follows from it is folded: one fault, one problem.
    desk.office.new("PRO-009", by="ada")
    desk.office.submit("PRO-009", by="ada")
    desk.office.do("approved", "PRO-009", by="ben")


@BOOK.attack("key-mismatch")
def key_under_the_fingerprint_of_another(desk: Desk) -> None:
    data = {"id": "eve", "name": "Eve", "roles": (), "key": STRANGER.line}
    data |= {"fingerprint": Key("other").public_key.fingerprint}
    desk.office.smuggle(desk.office.statement("person_added", ACCESS, by="ada", data=data))


@BOOK.attack("key-mismatch")
def key_that_cannot_be_read(desk: Desk) -> None:
    data = {"person": "eva", "fingerprint": STRANGER.fingerprint, "key": "ssh-ed25519 AAAA"}
    desk.office.smuggle(desk.office.statement("key_added", ACCESS, by="ada", data=data))


@BOOK.attack("bad-event")
def change_of_access_used_again(desk: Desk) -> None:
    made = desk.office.do("role_granted", ACCESS, by="ada", data=REVIEWER)
    desk.office.do("role_withdrawn", ACCESS, by="ada", data=REVIEWER)
    again = made.event.but(seq=desk.office.authority.seq + 1)
    desk.office.smuggle(desk.office.signed(again))


# --- several administrators ----------------------------------------------------------------------


def two_must_sign(desk: Desk) -> None:
    """Let two administrators sign every change of ACCESS."""
    data = {"administrators": 2}
    made = desk.office.statement("threshold_set", ACCESS, by="ada", data=data)
    desk.office.land(made.cosigned("max"))


@BOOK.attack("not-authorised")
def threshold_raised_by_one(desk: Desk) -> None:
    data = {"administrators": 2}
    desk.office.smuggle(desk.office.statement("threshold_set", ACCESS, by="ada", data=data))


@BOOK.attack("not-authorised")
def threshold_lowered_by_one(desk: Desk) -> None:
    two_must_sign(desk)
    data = {"administrators": 1}
    desk.office.smuggle(desk.office.statement("threshold_set", ACCESS, by="ada", data=data))


@BOOK.attack("not-authorised")
def role_granted_by_one_of_two(desk: Desk) -> None:
    two_must_sign(desk)
    desk.office.smuggle(desk.office.statement("role_granted", ACCESS, by="ada", data=REVIEWER))


@BOOK.attack("not-authorised", "foreign-signature")
def two_keys_of_one_administrator(desk: Desk) -> None:
    second = Key("ada 2")
    data = {"person": "ada", "key": second.public_key.line}
    data |= {"fingerprint": second.public_key.fingerprint}
    desk.office.do("key_added", ACCESS, by="ada", data=data)
    desk.office.accept("ada", second)
    two_must_sign(desk)
    made = desk.office.statement("role_granted", ACCESS, by="ada", data=REVIEWER)
    desk.office.smuggle(made.cosigned("max", second))


@BOOK.attack("not-authorised")
def the_same_key_twice(desk: Desk) -> None:
    two_must_sign(desk)
    made = desk.office.statement("role_granted", ACCESS, by="ada", data=REVIEWER)
    desk.office.smuggle(made.cosigned("ada"))


@BOOK.attack("not-authorised", "bad-signature")
def cosignature_of_something_else(desk: Desk) -> None:
    two_must_sign(desk)
    made = desk.office.statement("role_granted", ACCESS, by="ada", data=REVIEWER).cosigned("max")
    path = next(one for one in made.signatures if "max" in one)
    desk.office.smuggle(made, extra={path: Key("max").sign(b"else").encode()})


# --- CONTROL -------------------------------------------------------------------------------------


def other_settings(desk: Desk, **changes: object) -> dict[str, bytes]:
    """Return the content of other control settings."""
    return settings_content(desk.office.control.but(**changes))


@BOOK.attack("missing-approval")
def settings_released_without_their_route(desk: Desk) -> None:
    content = other_settings(desk, paper="Letter")
    desk.office.do("revised", CONTROL, by="ada", content=content, reason="It changed")
    desk.office.submit(CONTROL, by="ada")
    desk.office.smuggle(desk.office.statement("released", CONTROL, by="ada"))


@BOOK.attack("illegal-move")
def settings_established_again(desk: Desk) -> None:
    content = other_settings(desk, paper="Letter")
    made = desk.office.statement("established", CONTROL, by="ada", content=content, revision="2")
    desk.office.smuggle(made)


@BOOK.attack("uncontrolled-change")
def earlier_settings_put_back(desk: Desk) -> None:
    first = desk.office.contents[CONTROL, "1"]
    desk.office.change_control(desk.office.control.but(paper="Letter"))
    base = "control/CONTROL/2/content"
    desk.office.smuggle(
        desk.office.statement("saved", "PRO-004", by="ben", content=document("PRO-004", "New")),
        extra={f"{base}/{name}": data for name, data in first.items()},
    )


@BOOK.attack("bad-settings")
def settings_that_say_nothing(desk: Desk) -> None:
    content = {"settings.json": b'{"organization":"Acme"}'}
    desk.office.do("revised", CONTROL, by="ada", content=content, reason="It changed")
    desk.office.submit(CONTROL, by="ada")
    desk.office.approve(CONTROL)
    made = desk.office.statement("released", CONTROL, by="ada")
    desk.office.smuggle(made)
    desk.office.new("PRO-009")
