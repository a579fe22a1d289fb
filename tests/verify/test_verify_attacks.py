"""The book of attacks: each is seen, and one fault gives no crowd of problems."""

from pathlib import Path

import attacks_on_commits
import attacks_on_events
import attacks_on_files
import attacks_on_rules
import pytest
from court import Court
from office import Office
from scene import Attack, Scene

from docctl.verify import CODES

OUTSIDE = [*attacks_on_commits.BOOK, *attacks_on_files.BOOK]
BY_EVENTS = [*attacks_on_events.BOOK, *attacks_on_rules.BOOK]

#: What more than the bare store shows: where its attack is.
ELSEWHERE = {
    "altered-index": "library/test_library_altered_index.py",
    "altered-payload": "records/test_records_forged.py",
    "clock-ran-ahead": "library/test_library_clock.py",
    "closed-vault": "records/test_records_own_vault.py",
    "missing-payload": "records/test_records_verified.py",
    "not-anonymous": "records/test_records_forged.py",
    "refused": "verify/test_verify_whole.py",
    "returned-name": "library/test_library_names.py",
    "returned-payload": "records/test_records_life.py",
    "rewritten-history": "verify/test_verify_range.py",
    "unapproved-schedule": "records/test_records_verified.py",
    "unfinished-disposal": "records/test_records_not_reached.py",
    "unreadable-name": "library/test_library_names.py",
    "unreadable-vault": "records/test_records_verified.py",
}


def name(attack: Attack) -> str:
    return attack.name


def codes(problems: object) -> list[str]:
    return sorted(one.code for one in problems)  # type: ignore[attr-defined]


@pytest.mark.parametrize("attack", OUTSIDE, ids=name)
def test_an_attack_on_the_store_is_seen(attack: Attack, scene: Scene) -> None:
    attack.run(scene)

    found = scene.verified().problems

    assert codes(found) == sorted(attack.codes), found


@pytest.mark.parametrize("attack", BY_EVENTS, ids=name)
def test_an_attack_by_events_is_seen(attack: Attack, original: tuple[Office, Path]) -> None:
    court = Court(original[0])

    attack.run(court)

    assert codes(court.problems) == sorted(attack.codes), court.problems


@pytest.mark.slow
@pytest.mark.parametrize("attack", BY_EVENTS, ids=name)
def test_an_attack_by_events_is_seen_in_the_store(attack: Attack, scene: Scene) -> None:
    attack.run(scene)

    found = scene.verified().problems

    assert codes(found) == sorted(attack.codes), found


def test_a_sound_library_has_no_problem(scene: Scene) -> None:
    scene.office.release("PRO-003")

    assert scene.verified().problems == ()


def test_every_code_has_its_attack() -> None:
    seen = {code for attack in (*OUTSIDE, *BY_EVENTS) for code in attack.codes}
    assert seen | {*ELSEWHERE} == {*CODES}


@pytest.mark.parametrize(("code", "file"), ELSEWHERE.items())
def test_what_has_no_attack_in_the_book_has_one_of_its_own(code: str, file: str) -> None:
    tests = Path(__file__).parents[1]
    assert f'"{code}"' in (tests / file).read_text(encoding="utf-8")
