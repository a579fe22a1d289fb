from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from indexed import Office, document, head_of, index_of

from docctl.errors import DamagedStoreError
from docctl.store.index import Index
from docctl.store.index.texts import excerpt
from docctl.store.layout import BODY, META, content_folder
from docctl.trust.canonical import canonical

PUMPS = """\
# Pump service

Before the pump is opened, close both valves and wait. Hoses are kept *dry*.

| Part | Interval |
|---|---|
| Gasket Größe 3 | yearly |

> See [[WI-002]] and [the form](doc:FRM-003#head) for more; `[[WI-009]]` is no reference.
"""


def content(number: str, body: str, **meta: object) -> dict[str, bytes]:
    known = {"number": number, "title": f"Title of {number}", "type": "procedure"}
    return {META: canonical(known | meta), BODY: body.encode()}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = Office.found(tmp_path_factory.mktemp("office") / "store.git")
    with closing(made.store):
        for number, files in {
            "PRO-001": content("PRO-001", PUMPS, parent="POL-001", keywords=["réparation"]),
            "PRO-002": content(
                "PRO-002",
                "Pumping water is not described here.",
                records=[{"form": "FRM-003", "title": "Log"}, {"title": "Other"}],
            ),
            "MAN-001": content(
                "MAN-001",
                "",
                type="manual",
                title="Pump manual",
                chapters=[{"include": ["PRO-001", "PRO-002"], "title": "All"}],
                processes_map=[{"documents": ["PRO-002"], "name": "Service", "owner": "x"}],
            ),
            "OTH-001": content(
                "OTH-001", "Another type.", type="other", records=["FRM-003"], chapters="none"
            ),
        }.items():
            made.new(number, content=files)
        yield made


@pytest.fixture(scope="module")
def index(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with closing(index_of(office, tmp_path_factory.mktemp("index") / "index.sqlite")) as made:
        yield made


def found(office: Office, index: Index, text: str, limit: int = 50) -> list[str]:
    hits = index.search(text, on=office.today, head=head_of(office), limit=limit)
    return [hit.number for hit in hits]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("pump", ["MAN-001", "PRO-001", "PRO-002"]),
        ("PUMP valves", ["PRO-001"]),
        ('"pump is opened"', ["PRO-001"]),
        ('"opened pump"', []),
        ('"pump" valv', ["PRO-001"]),
        ("größe", ["PRO-001"]),
        ("grosse OR GROßE", []),
        ("reparation", ["PRO-001"]),
        ("PRO-002", ["PRO-002"]),
        ("pro 00", ["PRO-001", "PRO-002"]),
        ("pump -valves", ["PRO-001"]),
        ("body:pump", []),
        ("NEAR(pump valves)", []),
        ("", []),
        ('"" - * ( "', []),
        ("x" * 100_000, []),
    ],
)
def test_words_are_found_whatever_they_look_like(
    office: Office, index: Index, text: str, numbers: list[str]
) -> None:
    assert sorted(found(office, index, text)) == numbers


def test_a_title_counts_more_than_a_text_and_the_list_can_be_cut(
    office: Office, index: Index
) -> None:
    assert found(office, index, "pump", 1) == ["MAN-001"]
    assert found(office, index, "pump", 0) == found(office, index, "pump", -1) == []


@given(text=st.text())
def test_nothing_that_can_be_typed_is_too_much(office: Office, index: Index, text: str) -> None:
    assert set(found(office, index, text)) <= set(office.dossiers)


def test_an_excerpt_is_the_line_that_holds_most_of_the_words_without_its_marks() -> None:
    assert excerpt(PUMPS, ["pump"]) == "Pump service"
    assert excerpt(PUMPS, ["valves", "hoses"]).endswith("and wait. Hoses are kept dry.")
    assert excerpt(PUMPS, ["große"]) == "Gasket Größe 3  yearly"
    assert excerpt(PUMPS, ["elsewhere"]) == "Pump service"
    assert excerpt("", ["pump"]) == ""


def test_a_long_line_is_cut_around_the_first_word() -> None:
    line = "word " * 60 + "pump " + "word " * 60
    cut = excerpt(line, ["pump"])
    assert (cut[:5], cut[-5:], "pump" in cut, len(cut) <= 162) == ("…word", "word…", True, True)
    assert excerpt("pump " + line, ["pump"]).startswith("pump word")
    assert excerpt("w" * 200 + "pump", ["pump"]) == "w" * 160 + "…"


def test_a_hit_says_what_the_register_says_on_that_day(office: Office, index: Index) -> None:
    hit = index.search("valves", on=office.today, head=head_of(office))[0]
    assert (hit.number, hit.revision, hit.title, hit.state) == (
        "PRO-001", "1", "Title of PRO-001", "draft"
    )  # fmt: skip


def test_references_stand_in_texts_and_in_metadata(office: Office, index: Index) -> None:
    def where(number: str) -> list[str]:
        found = index.where(number, on=office.today, head=head_of(office))
        return [one.number for one in found]

    assert where("WI-002") == where("POL-001") == ["PRO-001"]
    assert where("FRM-003") == ["PRO-001", "PRO-002"]
    assert where("PRO-001") == ["MAN-001"]
    assert where("PRO-002") == ["MAN-001"]
    assert where("WI-009") == where("none") == []


def test_only_what_is_shown_on_the_day_is_found(tmp_path: Path) -> None:
    office = Office.found(tmp_path / "store.git")
    with closing(office.store), closing(index_of(office, tmp_path / "index.sqlite")) as index:
        office.new("PRO-001", content=content("PRO-001", "By the old way: [[WI-001]]."))
        assert found(office, index, "old") == ["PRO-001"]
        for step in ("submit", "approve", "release"):
            getattr(office, step)("PRO-001")
        office.do(
            "revised", "PRO-001", by="ben", reason="New pumps",
            content=content("PRO-001", "By the new way: [[WI-002]]."),
        )  # fmt: skip
        assert (found(office, index, "new"), found(office, index, "old")) == ([], ["PRO-001"])
        office.submit("PRO-001")
        office.approve("PRO-001")
        office.schedule("PRO-001", days=10)
        for days, numbers in ((0, ["WI-001"]), (10, ["WI-002"])):
            office.wait(days=days)
            named = [
                number
                for number in ("WI-001", "WI-002")
                if index.where(number, on=office.today, head=head_of(office))
            ]
            assert named == numbers
        assert (found(office, index, "new"), found(office, index, "old")) == (["PRO-001"], [])


def test_words_of_texts_that_are_gone_do_not_pile_up(tmp_path: Path) -> None:
    office, path = Office.found(tmp_path / "store.git"), tmp_path / "index.sqlite"
    with closing(office.store), closing(index_of(office, path)) as index:
        for number in ("PRO-001", "PRO-002"):
            office.new(number, content=content(number, "A pump."))
        assert found(office, index, "pump") == ["PRO-001", "PRO-002"]
        many_have_gone = "UPDATE text SET id = 5000 WHERE number = 'PRO-002'"
        index._parts.cache.ask(lambda connection: connection.execute(many_have_gone).fetchall())
        assert found(office, index, "pump") == ["PRO-001"]
        office.save("PRO-001", "A hose.")
        assert found(office, index, "pump") == ["PRO-002"]
        assert found(office, index, "hose") == ["PRO-001"]


@pytest.mark.parametrize(
    ("name", "data"), [(META, b"not metadata"), (META, b'{"title":7}'), (META, None)]
)
def test_a_store_whose_metadata_cannot_be_read_is_called_damaged(
    tmp_path: Path, name: str, data: bytes | None
) -> None:
    office = Office.found(tmp_path / "store.git")
    with closing(office.store), closing(index_of(office, tmp_path / "index.sqlite")) as index:
        office.new("PRO-001")
        before = head_of(office)
        office.smuggle(extra={f"{content_folder('PRO-001', '1')}/{name}": data}, author="ben")
        for _ in range(2):
            with pytest.raises(DamagedStoreError):
                index.register(office.today, head=head_of(office))
        assert len(index.register(office.today, head=before)) == 1


def test_what_lies_in_no_place_of_the_layout_is_not_seen(tmp_path: Path) -> None:
    office = Office.found(tmp_path / "store.git")
    with closing(office.store), closing(index_of(office, tmp_path / "index.sqlite")) as index:
        office.new("PRO-001", content=document("PRO-001", "A text.", **{META: b"an attachment"}))
        before = index.register(office.today, head=head_of(office))
        event = "documents/PRO/00/PRO-001/1/events/0001.created.json"
        data = office.store.reader.read(office.store.reader.entry(head_of(office), event).oid)
        strange = ("0001.created.json", "a/b/c/d/e/f/g/h.json", "documents/x", "documents/PRO/y")
        for path in (*strange, event.replace("/00/", "/07/"), event.replace("0001.", "first.")):
            office.smuggle(extra={path: data}, author="ben")
            assert index.register(office.today, head=head_of(office)) == before
        lonely = content_folder("PRO-002", "1")
        files = {f"{lonely}/{name}": data for name, data in content("PRO-002", "A text.").items()}
        office.smuggle(extra=files, author="ben")
        assert index.register(office.today, head=head_of(office)) == before
        office.smuggle(extra={event: None}, author="ben")
        assert index.register(office.today, head=head_of(office)) == []
