"""The whole history: what is counted, and what the founding must be."""

from datetime import timedelta
from pathlib import Path

import pytest
from court import Court, Snapshot
from office import CAST, Key, Office, settings_content
from scene import Scene, codes

from docctl.errors import NotFoundError
from docctl.model.access import ACCESS
from docctl.model.assignment import Owner
from docctl.model.control import CONTROL, default_settings
from docctl.model.lifecycle import State
from docctl.rules.dossier import Dossier, makes
from docctl.store.writing.change import Store
from docctl.verify import CODES, ChangeJudge, verify, verify_since


def test_everything_is_counted(scene: Scene) -> None:
    told: list[tuple[int, int]] = []

    found = verify(scene.forge.reader, progress=lambda done, total: told.append((done, total)))

    assert found.head == scene.forge.head
    assert found.changes == 1 + 2 * len(CAST) + 4 + 2 + 3 + 1
    assert found.events == found.signatures == found.changes + 1
    assert found.documents == 4
    assert found.files == 2 + 4 * 3
    assert told[-1] == (found.changes, found.changes)


@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
def test_a_library_with_every_state_is_sound(tmp_path: Path, object_format: str) -> None:
    office = Office.found(tmp_path / "store.git", object_format=object_format)
    for index, state in enumerate(State, start=1):
        office.reach(f"PRO-{index:03d}", state)
    office.new("SOP-QA-X", kind="policy")
    office.change_control(office.control.but(paper="Letter"))
    office.store.close()  # type: ignore[attr-defined]

    assert codes(tmp_path / "store.git") == []


def test_a_regulated_library_is_sound_and_keeps_the_order_of_its_route(tmp_path: Path) -> None:
    office = Office.found(tmp_path / "store.git", profile="regulated")
    office.reach("PRO-001", State.EFFECTIVE)
    office.reach("PRO-002", State.IN_REVIEW)
    court = Court(office)
    court.office.smuggle(court.office.statement("approved", "PRO-002", by="eva"))
    office.store.close()  # type: ignore[attr-defined]

    assert codes(tmp_path / "store.git") == []
    assert [one.code for one in court.problems] == ["missing-approval"]


def test_a_fault_of_folding_is_no_verdict(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the rules let pass must be folded: a bug in that would hide what follows from it."""

    def broken(*_: object) -> None:
        raise AttributeError("a bug")

    made = {**makes._MAKES, "submitted": broken}
    monkeypatch.setattr(makes, "_MAKES", made)

    with pytest.raises(AttributeError, match="a bug"):
        scene.verified()


def test_a_draft_given_up_may_be_begun_again(scene: Scene) -> None:
    office = scene.office
    office.revise("PRO-001")
    office.cancel("PRO-001")
    office.revise("PRO-001", "Another second text.")

    assert scene.verified().problems == ()


def test_an_attachment_may_come_stay_and_go(scene: Scene) -> None:
    text = scene.office.contents["PRO-004", "1"]
    plain = {name: data for name, data in text.items() if name != "SHA256SUMS"}
    for content in ({**plain, "files/plan.png": b"PNG"}, plain):
        scene.office.do("saved", "PRO-004", by="ben", content=content)

    assert scene.verified().problems == ()


def test_a_vote_may_be_signed_elsewhere_and_land_late(scene: Scene) -> None:
    vote = scene.office.statement("approved", "PRO-002", by="eva")
    scene.office.wait(hours=3)
    scene.office.save("PRO-004")
    scene.office.land(vote)
    scene.office.save("PRO-004", "Better still.")

    (late,) = scene.verified().problems

    assert (late.code, late.severity) == ("clock-went-back", "advice")


def test_what_lies_ahead_of_the_clock_is_told_as_long_as_it_does(scene: Scene) -> None:
    before = scene.office.now
    scene.office.wait(days=400)
    scene.office.save("PRO-004")
    scene.office.approve("PRO-002")
    known, head = scene.forge.head, scene.office.now
    reader = scene.forge.reader

    ahead = verify(reader, now=before).problems

    assert [(one.code, one.severity) for one in ahead] == [("clock-ran-ahead", "error")] * 2
    assert verify(reader, now=head).problems == ()
    assert verify(reader).problems == ()
    scene.office.save("PRO-004", "Better still.")
    since = verify_since(reader, known, until=scene.forge.head, now=before).problems
    assert [one.code for one in since] == ["clock-ran-ahead"]


def test_what_follows_a_late_vote_is_compared_with_what_was_before_it(scene: Scene) -> None:
    vote = scene.office.statement("approved", "PRO-002", by="eva")
    time = scene.office.now + timedelta(minutes=30)
    backdated = scene.office.creation("PRO-009", time=time, date=time.date())
    scene.office.wait(hours=3)
    scene.office.save("PRO-004")
    scene.office.land(vote)
    known = scene.forge.head
    scene.office.land(backdated)

    found = verify_since(scene.forge.reader, known, until=scene.forge.head).problems

    assert [(one.code, one.severity) for one in found] == [("clock-went-back", "error")]


def test_administrators_sign_together(scene: Scene) -> None:
    office = scene.office
    data = {"administrators": 2}
    office.land(office.statement("threshold_set", ACCESS, by="ada", data=data).cosigned("max"))
    granted = {"person": "ben", "role": "reviewer"}
    office.land(office.statement("role_granted", ACCESS, by="max", data=granted).cosigned("ada"))

    assert scene.verified().problems == ()


def test_several_documents_are_released_together(scene: Scene) -> None:
    office = scene.office
    office.approve("PRO-002")
    both = [
        office.statement("released", one, by="ada", data={"together_with": (other,)})
        for one, other in (("PRO-002", "PRO-003"), ("PRO-003", "PRO-002"))
    ]
    office.land(*both)

    assert scene.verified().problems == ()


def test_an_empty_store_has_no_head(tmp_path: Path) -> None:
    Store.create(tmp_path / "store.git", durability="none").close()

    assert codes(tmp_path / "store.git") == ["damaged-head"]


def test_no_store_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        codes(tmp_path / "store.git")


# --- the founding --------------------------------------------------------------------------------


def foundling(path: Path) -> Office:
    return Office(Store.create(path, durability="none"))


SETTINGS = default_settings("Acme Ltd", profile="standard", time_zone="UTC")
STORE = {"store.json": b'{"format":1,"object_format":"sha1"}'}


def test_a_founding_without_settings_leaves_nothing_to_judge_by(tmp_path: Path) -> None:
    office = foundling(tmp_path / "store.git")
    first, _ = office.founding(SETTINGS)
    office.smuggle(first, extra=STORE)
    office.add("ben", "author")

    assert codes(tmp_path / "store.git") == ["no-settings"]


def test_a_founding_by_another_key_than_the_founders_is_seen(tmp_path: Path) -> None:
    office = foundling(tmp_path / "store.git")
    first, second = office.founding(SETTINGS)
    other = first.rewritten(first.data, Key("other"))
    office.smuggle(other, second, extra=STORE)

    assert codes(tmp_path / "store.git") == ["not-authorised"]


def test_other_settings_than_were_founded_are_seen(tmp_path: Path) -> None:
    office = foundling(tmp_path / "store.git")
    first, _ = office.founding(SETTINGS)
    content = settings_content(SETTINGS.but(organization="Evil Ltd"))
    del office.dossiers[CONTROL]
    second = office.statement("established", CONTROL, by="ada", content=content)
    office.smuggle(first, second, extra=STORE)

    assert codes(tmp_path / "store.git") == ["bad-event"]


def test_settings_that_cannot_be_read_are_seen_at_the_founding(tmp_path: Path) -> None:
    office = foundling(tmp_path / "store.git")
    first, second = office.founding(SETTINGS)
    path = "control/CONTROL/1/content/settings.json"
    office.smuggle(first, second, extra={**STORE, path: b"{}"})

    assert sorted(codes(tmp_path / "store.git")) == ["altered-content", "bad-settings"]


def test_a_lost_founding_event_is_told_once(scene: Scene) -> None:
    forge = scene.forge
    files = forge.founding()
    del files["access/0001.founded.json"]
    forge.refound(files)
    scene.office.smuggle(scene.office.creation("PRO-009"))

    assert sorted(one.code for one in scene.verified().problems) == [
        "no-founding",
        "uncontrolled-change",
    ]


def test_every_code_is_explained() -> None:
    for code, meaning in CODES.items():
        assert code == code.lower()
        assert meaning.endswith(".")


def test_what_the_rules_stumble_over_is_a_problem(original: tuple[Office, Path]) -> None:
    court = Court(original[0])
    vote = court.office.statement("approved", "PRO-002", by="eva")
    owner = Owner(kind="person", name="ben")
    court.judge = ChangeJudge(
        Snapshot(court.office, {"PRO-002": Dossier("PRO-002", "procedure", owner)})
    )

    court.office.smuggle(vote)

    assert [one.code for one in court.problems] == ["refused"]
