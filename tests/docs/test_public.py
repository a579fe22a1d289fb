"""What is public: the names of the package, and the family of errors as it is drawn."""

import re
from inspect import getsource

from library_page import methods
from models_page import SECTIONS
from problems_page import family

import docctl
from docctl import errors, library
from docctl.model.builtin import DOCUMENT_CLASSES

_LINE = re.compile(r"(?P<lead>[│├└─ ]*)(?P<name>\w+Error)\b(?:.*\(exit (?P<code>\d+)\))?")


def test_public_names_are_sorted_and_are_all_there() -> None:
    assert docctl.__all__ == sorted(docctl.__all__)
    assert errors.__all__ == sorted(errors.__all__)
    assert dir(docctl) == docctl.__all__
    for name in docctl.__all__:
        assert getattr(getattr(docctl, name), "__name__", name) == name
    assert {*re.findall(r"import (\w+) as \1\n", getsource(docctl))} == {*docctl.__all__}


def test_every_built_in_document_type_is_public_and_on_the_page_of_models() -> None:
    for kind in DOCUMENT_CLASSES.values():
        assert getattr(docctl, kind.__name__) is kind
        assert kind in SECTIONS["Documents"][1]


def test_the_table_of_contents_of_the_library_lists_every_method() -> None:
    lines = (one.split("`: ") for one in (library.__doc__ or "").split("\n- `")[1:])
    listed = {kind: sorted(re.findall(r"\w+", names.split(":")[0])) for kind, names in lines}
    own = {kind: sorted(methods(kind)) for kind in docctl.Library.__mro__}
    assert listed == {kind.__name__: names for kind, names in own.items() if names}


def test_the_family_of_errors_is_as_it_is_drawn() -> None:
    lines = filter(None, map(_LINE.match, (errors.__doc__ or "").splitlines()))
    drawn = [(len(line["lead"]) // 4, line["name"], line["code"]) for line in lines]
    assert sorted((depth, name) for depth, name, _ in drawn) == sorted(
        (depth, kind.__name__) for depth, kind in family(errors.DocctlError)
    )
    codes = {name: int(code) for _, name, code in drawn if code}
    for one in errors.DocctlError.__subclasses__():
        assert {kind.exit_code for _, kind in family(one)} == {codes[one.__name__]}


def test_every_error_can_be_imported_from_one_place() -> None:
    assert {kind.__name__ for _, kind in family(errors.DocctlError)} == set(errors.__all__)
