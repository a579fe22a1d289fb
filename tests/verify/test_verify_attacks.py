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

    # These have tests of their own.
    own = {"refused", "rewritten-history", "clock-ran-ahead", "altered-index"}
    records = {one for one in CODES if "payload" in one or "vault" in one}
    records |= {"unfinished-disposal", "unapproved-schedule"}
    assert seen | own | records == {*CODES}
