"""Names in the vault: what history may hold of people, and when a name may be let go (PRV-03)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from paper_forms import EVENTS, made_up_digest

from docctl.errors import EventError, IllegalMoveError, NotAuthorisedError, RefusedError, TakenError
from docctl.model.control import ROLES
from docctl.model.event import Signed
from docctl.model.persons import LARGEST_NAME
from docctl.rules import guards
from docctl.rules.authority import Authority
from docctl.rules.meaning import meaning

ANA, BOB, ZED = "p-00000000000000a0", "p-00000000000000b0", "p-00000000000000c0"
TODAY = date(2026, 3, 2)


def stub(digit: str, size: int = 256) -> dict[str, Any]:
    return {"commitment": digit * 64, "size": size}


def founding(names: str, person: str, **name: Any) -> dict[str, Any]:
    founder = {"id": person, "key": "k", "fingerprint": f"SHA256:{person}", **name}
    return {"organization": "Acme", "founder": founder, "profile": "standard", "names": names,
            "control": "1" * 64, "salt": "0" * 32}  # fmt: skip


class Access:
    """ACCESS of a library whose names are kept in the vault; `ANA` administers it."""

    def __init__(self) -> None:
        self.authority = Authority()
        self.do("founded", founding("vault", ANA, named=stub("a")))
        self.do("person_added", {"id": BOB, "named": stub("b"), "roles": ["author"]})

    def tried(self, type_: str, data: dict[str, Any], by: str = ANA, reason: str = "") -> Signed:
        now = self.authority
        event = EVENTS[type_].model_validate(
            {
                "library": now.library or None, "item": "ACCESS", "type": type_,
                "meaning": meaning(type_, item="ACCESS", revision=None), "seq": now.seq + 1,
                "prev": now.last or None, "signer": by, "role": "administrator",
                "time": datetime(2026, 3, 2, 8, tzinfo=UTC), "date": TODAY, "reason": reason,
                "tool": "paper", "data": data,
            },
            strict=False,
        )  # fmt: skip
        return Signed(event, made_up_digest(), (f"SHA256:{by}",), now.seq + 1)

    def do(self, type_: str, data: dict[str, Any], **more: Any) -> None:
        signed = self.tried(type_, data, **more)
        guards.check_access(self.authority, signed, roles=ROLES)
        self.authority = self.authority.after(signed)

    def erase(self, person: str = BOB, reason: str = "Asked for", by: str = ANA) -> None:
        self.do("person_erased", {"person": person}, reason=reason, by=by)

    def leave(self, person: str = BOB) -> None:
        self.do("person_left", {"person": person, "on": TODAY})


@pytest.mark.parametrize(
    ("error", "data"),
    [
        (EventError, {"id": ZED, "name": "Zoe Zand"}),
        (EventError, {"id": "zoe", "named": stub("c")}),
        (EventError, {"id": "p-zoe", "named": stub("c")}),
        (EventError, {"id": ZED, "named": stub("c", LARGEST_NAME + 1)}),
        (TakenError, {"id": ZED, "named": stub("b")}),
        (TakenError, {"id": ZED, "named": stub("a", 512)}),
    ],
)
def test_history_takes_no_name_and_no_id_that_tells_one(
    error: type[RefusedError], data: dict[str, Any]
) -> None:
    access = Access()
    with pytest.raises(error):
        access.do("person_added", data)
    access.do("person_added", {"id": ZED, "named": stub("c")})
    assert access.authority.persons[ZED].name == ZED


@pytest.mark.parametrize(
    ("names", "person", "name"),
    [
        ("vault", ANA, {"name": "Ana Ask"}),
        ("vault", "ana", {"named": stub("a")}),
        ("store", "ana", {"named": stub("a")}),
    ],
)
def test_a_founder_is_named_as_the_library_names_people(
    names: str, person: str, name: dict[str, Any]
) -> None:
    access = Access()
    access.authority = Authority()
    with pytest.raises(EventError):
        access.do("founded", founding(names, person, **name), by=person)


def test_a_person_has_a_name_or_its_payload_and_never_both() -> None:
    access = Access()
    for name in ({}, {"name": "Zoe", "named": stub("c")}):
        with pytest.raises(ValueError, match="a person has a name or the payload of one"):
            access.tried("person_added", {"id": ZED, **name})


def test_a_new_name_lets_the_old_one_go() -> None:
    access = Access()
    access.do("person_renamed", {"person": BOB, "named": stub("c")})
    bob = access.authority.persons[BOB]
    assert bob.named is not None
    assert [bob.named.commitment, *(one.commitment for one in bob.let_go)] == ["c" * 64, "b" * 64]
    with pytest.raises(EventError, match="kept in the vault"):
        access.do("person_renamed", {"person": BOB, "name": "Bob"})
    with pytest.raises(TakenError):  # not even the one that was let go
        access.do("person_renamed", {"person": BOB, "named": stub("b")})


def test_an_erased_person_keeps_keys_and_signatures_and_no_name() -> None:
    access = Access()
    access.do("key_added", {"person": BOB, "key": "kb", "fingerprint": "SHA256:bob"})
    access.leave()
    access.erase()
    bob = access.authority.persons[BOB]
    assert (bob.name, bob.named, bob.erased) == (f"name erased ({BOB})", None, True)
    assert [key.fingerprint for key in bob.keys] == ["SHA256:bob"]
    for again in (
        access.erase,
        lambda: access.do("person_renamed", {"person": BOB, "named": stub("d")}),
        lambda: access.do("person_added", {"id": BOB, "named": stub("d")}),
        lambda: access.do(  # the key of somebody erased is nobody else's
            "person_added",
            {"id": ZED, "named": stub("d"), "key": "kb", "fingerprint": "SHA256:bob"},
        ),
        lambda: access.do("key_added", {"person": BOB, "key": "k", "fingerprint": "SHA256:new"}),
    ):
        with pytest.raises(RefusedError):
            again()
    assert access.authority.persons[BOB] == bob


def test_a_name_goes_only_of_somebody_who_left_with_a_reason_and_by_an_administrator() -> None:
    access = Access()
    with pytest.raises(NotAuthorisedError, match="has not left"):
        access.erase()
    with pytest.raises(NotAuthorisedError, match="is not in ACCESS"):
        access.erase(ZED)
    with pytest.raises(NotAuthorisedError):
        access.erase(ANA)
    access.leave()
    with pytest.raises(EventError, match="needs a reason"):
        access.erase(reason="")
    with pytest.raises(NotAuthorisedError):
        access.erase(by=BOB)
    access.erase()
    with pytest.raises(IllegalMoveError, match="erased already"):
        access.erase()
