"""Attacks by events that are not what they seem: bytes, signatures, places, chain, time."""

import json
import unicodedata
from datetime import timedelta

from office import Key, Statement, document
from scene import Book, Desk

BOOK = Book()

REMARK = {"text": "Why?"}


def approval(desk: Desk) -> Statement:
    """Return a legal approval of PRO-002 by Eva."""
    return desk.office.statement("approved", "PRO-002", by="eva")


def written_anew(desk: Desk, data: bytes) -> None:
    """Land the approval with other bytes, signed by Eva."""
    desk.office.smuggle(approval(desk).rewritten(data, Key("eva")))


# --- bytes ---------------------------------------------------------------------------------------


@BOOK.attack("not-canonical")
def event_with_spaces(desk: Desk) -> None:
    written_anew(desk, json.dumps(json.loads(approval(desk).data)).encode())


@BOOK.attack("not-canonical")
def event_that_says_something_twice(desk: Desk) -> None:
    written_anew(desk, b'{"signer":"kim",' + approval(desk).data[1:])


@BOOK.attack("not-canonical")
def event_with_a_fraction(desk: Desk) -> None:
    written_anew(desk, approval(desk).data.replace(b'"v":1', b'"v":1.0'))


@BOOK.attack("not-canonical")
def event_that_is_no_json(desk: Desk) -> None:
    written_anew(desk, b"\xff\x00")


@BOOK.attack("not-canonical")
def event_without_an_end(desk: Desk) -> None:
    written_anew(desk, b'{"a":' * 100_000)


@BOOK.attack("not-canonical")
def event_with_two_spellings_of_a_letter(desk: Desk) -> None:
    reason = unicodedata.normalize("NFD", "caf\u00e9").encode()
    written_anew(desk, approval(desk).data.replace(b'"reason":""', b'"reason":"%b"' % reason))


@BOOK.attack("not-an-event")
def event_of_an_unknown_type(desk: Desk) -> None:
    written_anew(desk, approval(desk).data.replace(b'"type":"approved"', b'"type":"blessed"'))


@BOOK.attack("not-an-event")
def event_with_an_unknown_field(desk: Desk) -> None:
    written_anew(desk, approval(desk).data[:-1] + b',"z":1}')


@BOOK.attack("not-an-event")
def event_without_a_rule_set(desk: Desk) -> None:
    written_anew(desk, approval(desk).data.replace(b',"v":1', b""))


@BOOK.attack("bad-event")
def event_under_a_future_rule_set(desk: Desk) -> None:
    desk.office.smuggle(desk.office.statement("approved", "PRO-002", by="eva", v=2))


# --- signatures ----------------------------------------------------------------------------------


@BOOK.attack("unsigned-event")
def event_without_a_signature(desk: Desk) -> None:
    made = approval(desk)
    desk.office.smuggle(made, extra=dict.fromkeys(made.signatures))


@BOOK.attack("bad-signature")
def signature_of_another_event(desk: Desk) -> None:
    made, other = approval(desk), approval(desk)
    desk.office.smuggle(made, extra=other.signatures)


@BOOK.attack("bad-signature")
def signature_for_another_use(desk: Desk) -> None:
    made = approval(desk)
    armored = Key("eva").sign(made.data, "git").encode()
    desk.office.smuggle(made, extra=dict.fromkeys(made.signatures, armored))


@BOOK.attack("bad-signature")
def signature_that_is_none(desk: Desk) -> None:
    made = approval(desk)
    desk.office.smuggle(made, extra=dict.fromkeys(made.signatures, b"I agree.\n"))


@BOOK.attack("not-authorised")
def signature_by_the_key_of_another(desk: Desk) -> None:
    desk.office.smuggle(desk.office.statement("approved", "PRO-002", by="eva", key=Key("kim")))


@BOOK.attack("not-authorised")
def signature_by_a_key_that_nobody_has(desk: Desk) -> None:
    desk.office.smuggle(desk.office.statement("approved", "PRO-002", by="eva", key=Key("x")))


@BOOK.attack("foreign-path")
def second_signature_on_a_document(desk: Desk) -> None:
    made = approval(desk)
    desk.office.smuggle(made.cosigned("kim"))


# --- places and chain ----------------------------------------------------------------------------


@BOOK.attack("misplaced-event")
def approval_moved_to_another_document(desk: Desk) -> None:
    made = approval(desk)
    desk.office.smuggle(made.moved(made.path.replace("PRO-002", "PRO-004")))


@BOOK.attack("misplaced-event")
def approval_moved_along_with_a_sound_event(desk: Desk) -> None:
    made = approval(desk)
    sound = desk.office.statement("commented", "PRO-004", by="eva", data=REMARK)
    desk.office.smuggle(made.moved(made.path.replace("PRO-002", "PRO-009")), sound)


@BOOK.attack("misplaced-event")
def approval_moved_to_another_revision(desk: Desk) -> None:
    made = approval(desk)
    desk.office.smuggle(made.moved(made.path.replace("/1/", "/2/")))


@BOOK.attack("misplaced-event")
def event_about_an_endless_number(desk: Desk) -> None:
    item = b'"item":"PRO-' + b"9" * 5000
    written_anew(desk, approval(desk).data.replace(b'"item":"PRO-002', item))


@BOOK.attack("misplaced-event")
def event_with_too_many_noughts(desk: Desk) -> None:
    made = approval(desk)
    desk.office.smuggle(made.moved(made.path.replace("0002.", "00002.")))


@BOOK.attack("bad-event")
def approval_of_an_earlier_round_used_again(desk: Desk) -> None:
    made = approval(desk)
    desk.office.do("returned", "PRO-002", by="kim", reason="Not yet")
    desk.office.submit("PRO-002")
    desk.office.smuggle(made.moved(made.path.replace("0002.", "0003.")))


@BOOK.attack("bad-event")
def approval_from_another_library(desk: Desk) -> None:
    desk.office.smuggle(desk.office.statement("approved", "PRO-002", by="eva", library="0" * 64))


@BOOK.attack("bad-event")
def event_dropped(desk: Desk) -> None:
    desk.office.take_up(desk.office.statement("assigned", "PRO-002", by="ada", reason="So",
                                              data={"location": "Shelf"}))  # fmt: skip
    desk.office.smuggle(desk.office.statement("commented", "PRO-002", by="eva", data=REMARK))


@BOOK.attack("illegal-move")
def events_exchanged(desk: Desk) -> None:
    first = desk.office.statement("submitted", "PRO-004", by="ben")
    desk.office.take_up(first)
    second = desk.office.statement("approved", "PRO-004", by="eva")
    desk.office.smuggle(second)
    desk.office.smuggle(first)


@BOOK.attack("bad-event")
def history_that_forks(desk: Desk) -> None:
    first = desk.office.statement("commented", "PRO-002", by="eva", data=REMARK)
    moved = {"data": {"location": "Shelf"}, "reason": "So"}
    second = desk.office.statement("assigned", "PRO-002", by="ada", **moved)
    desk.office.smuggle(first)
    desk.office.smuggle(second)


@BOOK.attack("taken")
def number_used_twice(desk: Desk) -> None:
    desk.office.smuggle(desk.office.creation("PRO-004", seq=2, revision="2"))


@BOOK.attack("bad-event")
def document_that_begins_in_the_middle(desk: Desk) -> None:
    desk.office.new("PRO-009")
    made = desk.office.statement("submitted", "PRO-009", by="ben")
    other = json.loads(made.data) | {"item": "PRO-010", "seq": 1}
    del other["prev"]
    desk.office.smuggle(desk.office.signed(type(made.event).model_validate_json(json.dumps(other))))


@BOOK.attack("bad-event")
def another_sentence_than_the_rules_have(desk: Desk) -> None:
    made = desk.office.statement("approved", "PRO-002", by="eva", meaning="I saw it.")
    desk.office.smuggle(made)


# --- time ----------------------------------------------------------------------------------------


@BOOK.attack("clock-went-back")
def backdated_creation(desk: Desk) -> None:
    time = desk.office.now - timedelta(minutes=30)
    desk.office.save("PRO-004")
    desk.office.smuggle(desk.office.creation("PRO-009", time=time, date=time.date()))
    desk.office.new("PRO-010")


@BOOK.attack("clock-went-back")
def clock_that_ran_ahead_once(desk: Desk) -> None:
    time = desk.office.now + timedelta(days=300)
    desk.office.land(desk.office.creation("PRO-009", time=time, date=time.date()))
    desk.office.new("PRO-010")
    desk.office.new("PRO-011")


@BOOK.attack("bad-date")
def event_before_the_one_it_follows(desk: Desk) -> None:
    time = desk.office.dossiers["PRO-004"].events[-1].event.time - timedelta(minutes=1)
    desk.office.smuggle(desk.office.statement("saved", "PRO-004", by="ben", time=time,
                                              content=document("PRO-004", "New")))  # fmt: skip


@BOOK.attack("bad-date")
def date_that_is_not_the_day(desk: Desk) -> None:
    day = desk.office.today + timedelta(days=2)
    desk.office.smuggle(desk.office.statement("approved", "PRO-002", by="eva", date=day))


@BOOK.attack("bad-date")
def release_into_the_past(desk: Desk) -> None:
    day = {"effective_on": desk.office.today - timedelta(days=1)}
    desk.office.smuggle(desk.office.statement("released", "PRO-003", by="ada", data=day))
