"""What a person reads when an input has the wrong form."""

from typing import Any

import pytest
from pydantic import ValidationError

from docctl.errors import InputError
from docctl.model.access import ExceptionData, PersonNew
from docctl.model.document import Document, Procedure
from docctl.model.lifecycle import CreatedData
from docctl.model.wellformed import placed, sentences, well_formed


@pytest.mark.parametrize(
    ("model", "fields", "said"),
    [
        (PersonNew, {"id": "Ola K", "name": "Ola"}, "id: 'Ola K' is not a person's id"),
        (PersonNew, {"id": "ola"}, "is wrong: a person has a name or the payload of one"),
        (PersonNew, {"id": "ola", "name": ""}, "name: is empty"),
        (PersonNew, {"id": "ola", "name": "x" * 501}, "name: has more than 500 characters"),
        (PersonNew, {"id": "ola", "name": "O", "boss": 1}, "boss: is not a field that docctl"),
        (PersonNew, {"id": "ola", "name": "O", "kind": "dog"}, "kind: is wrong: input should be"),
        (PersonNew, {"id": "ola", "name": "a\x00b"}, "name: is wrong: the character U+0000"),
        (Document, {"type": "Policy", "title": "T"}, "type: 'Policy' is not a plain word"),
        (Document, {"type": "policy", "title": "T", "number": "x"}, "number: 'x' is not a docum"),
        (
            Document,
            {"type": "policy", "title": "T", "clauses": ["7.5"]},
            "clauses, entry 1: '7.5' is",
        ),
        (
            Procedure,
            {"title": "T", "records": [{"title": "R", "form": "x"}]},
            "records, entry 1: form: 'x'",
        ),
        (ExceptionData, {"person": "ola", "until": "soon"}, "until: is not a date"),
        (CreatedData, {"document_type": "policy", "title": "T", "owner": 3}, "owner: is wrong"),
    ],
)
def test_each_fault_is_a_sentence_with_the_name_of_its_field(
    model: Any, fields: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        model.model_validate(fields)

    (sentence,) = sentences(refused.value)
    assert sentence.startswith(said)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ((), ""),
        (("title",), "title"),
        (("change", "reason"), "change.reason"),
        (("records", 0, "form"), "records, entry 1: form"),
        ((0, 1, "a", "b"), "entry 1, entry 2: a.b"),
    ],
)
def test_a_place_is_said_in_words(path: tuple[str | int, ...], said: str) -> None:
    assert placed(path) == said


def test_a_fault_of_the_whole_has_no_name() -> None:
    with pytest.raises(ValidationError) as refused:
        Document.model_validate(7)

    assert sentences(refused.value)[0].startswith("is wrong")


def test_people_get_an_input_error_with_every_fault() -> None:
    with pytest.raises(InputError, match=r"id: .*; name: is empty") as refused, well_formed():
        PersonNew(id="Ola", name="")

    assert refused.value.exit_code == 2
    with well_formed():
        assert PersonNew(id="ola", name="Ola").roles == ()
