"""Sentences that people sign. They belong to rule set 1 and never change."""

from hashlib import sha256

import pytest
from naive_lives import PROPOSALS
from paper_forms import EVENTS

from docctl.rules.meaning import meaning
from docctl.rules.records import KEPT

REVIEW = "the outcome of the periodic review of PRO-001 revision 2"


def test_every_event_has_a_sentence_of_its_own() -> None:
    sentences = {name: meaning(name, item="PRO-001", revision="2") for name in EVENTS}

    assert len({*sentences.values()}) == len(EVENTS)
    assert all(one.startswith("I ") and one.endswith(".") for one in sentences.values())
    assert not [one for one in sentences.values() if "{" in one]


@pytest.mark.parametrize(
    ("names", "digest"),
    [({*EVENTS} - KEPT, "d596f030b4a56363"), (KEPT, "38fc962de0d67acb")],
    ids=["documents", "records"],
)
def test_the_sentences_of_rule_set_1_are_as_they_were_signed(names: set[str], digest: str) -> None:
    """A changed sentence would make every old signature look wrong: make a new rule set instead."""
    said = [
        meaning(name, item="PRO-001", revision="2", answers=answers)
        for name in sorted(names)
        for answers in ("", *PROPOSALS)
    ]

    assert sha256("\n".join(said).encode()).hexdigest()[:16] == digest


@pytest.mark.parametrize(
    ("type_", "answers", "sentence"),
    [
        ("approved", "submitted", "I approve PRO-001 revision 2 with this content."),
        ("approved", "withdrawal_proposed", "I approve the withdrawal of PRO-001."),
        ("reviewed", "review_proposed", f"I have reviewed {REVIEW} and find it suitable."),
        ("cancelled", "", "I give up PRO-001 revision 2 with this content."),
        ("cancelled", "withdrawal_proposed", "I give up the withdrawal of PRO-001."),
        ("released", "", "I release PRO-001 revision 2 with this content."),
    ],
)  # fmt: skip
def test_a_vote_says_what_it_is_about(type_: str, answers: str, sentence: str) -> None:
    assert meaning(type_, item="PRO-001", revision="2", answers=answers) == sentence
