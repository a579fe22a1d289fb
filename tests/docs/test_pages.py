from contextlib import chdir
from pathlib import Path

import pytest
from pages import PAGES, ROOT, TUTORIAL, anchors, asked, blocks, links
from reader import at_work, in_shell, read, run
from readers import Readers

from docctl.content.parse import parse

_HOW_TO = sorted((ROOT / "docs" / "how-to").glob("*.md"))
_OTHER = [page for page in PAGES if page not in {TUTORIAL, *_HOW_TO}]


def _name(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.usefixtures("tutorial")
def test_the_tutorial_does_what_it_says() -> None:
    assert any(block.language == "console" for block in blocks(TUTORIAL))


@pytest.mark.parametrize("page", _HOW_TO, ids=_name)
def test_a_how_to_page_works_on_the_library_that_the_page_before_it_leaves(
    page: Path, readers: Readers
) -> None:
    readers.after(page)


_AUDIT = ROOT / "docs" / "how-to" / "audit.md"


def test_every_question_of_an_auditor_is_answered_by_the_command_beside_it(
    readers: Readers,
) -> None:
    folder, days = readers.after(_AUDIT)
    questions = tuple(asked(_AUDIT))
    assert len(questions) == 20
    with at_work(folder, days):
        for command, said in questions:
            code, output = run(command)
            assert (code, bool(said.search(output))) == (0, True), f"$ {command}\n{output}"


_MANUAL = "documents/MAN/00/MAN-001/1"


@pytest.mark.parametrize(
    ("tampering", "said"),
    [
        (f"sed -i s/pumps/sheep/ {_MANUAL}/content/body.md", "did NOT match"),
        (f"sed -i s/kari/olga/ {_MANUAL}/events/0003.released.json", "signature does not hold"),
        (f"rm {_MANUAL}/events/0001.created.sig", "signature does not hold"),
        (f"rm {_MANUAL}/events/0002.submitted.*", "what came before it is not there"),
        (f"rm {_MANUAL}/events/0003.released.*", "diff-filter=a"),
    ],
)
def test_stock_tools_notice_what_was_changed_behind_docctl(
    tampering: str, said: str, after_tutorial: Path
) -> None:
    forge = f"git clone -q acme/store.git forge && cd forge && {tampering} && git add -A"
    commit = "git -c user.name=kari -c user.email=kari@example.org commit -qm Nothing"
    with chdir(after_tutorial):
        code, output = in_shell(f"set -e; {forge}; {commit}; git push -q; cd ..")
        assert code == 0, output

    with pytest.raises(AssertionError, match=said):
        read(ROOT / "docs" / "how-to" / "verify-offline.md", after_tutorial)


@pytest.mark.parametrize("page", _OTHER, ids=_name)
def test_every_other_page_works_in_an_empty_folder(page: Path, tmp_path: Path) -> None:
    read(page, tmp_path)


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for link in links(page):
        if "://" in link:
            continue
        path, _, place = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{link} is not there"
        assert not place or place in anchors(target), f"there is no {link}"


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_markdown_that_is_shown_is_read_without_a_fault(page: Path) -> None:
    for block in blocks(page):
        if block.language == "markdown" and not block.name:
            _, faults = parse(block.text)
            assert not faults, f"{block.place}: {faults}"


def test_every_decision_has_a_number_of_its_own_and_says_what_lost() -> None:
    texts = [
        (path, path.read_text(encoding="utf-8"))
        for path in sorted((ROOT / "docs" / "decisions").glob("*.md"))
    ]
    numbers = [int(path.name.partition("-")[0]) for path, _ in texts]

    assert numbers == list(range(1, len(numbers) + 1))
    assert [
        path.name
        for number, (path, text) in enumerate(texts, 1)
        if not text.startswith(f"# {number}. ") or "**Lost" not in text
    ] == []


def test_every_page_can_be_found_from_the_index() -> None:
    index = ROOT / "docs" / "index.md"
    linked = {(index.parent / link.partition("#")[0]).resolve() for link in links(index)}
    decisions = {*(ROOT / "docs" / "decisions").glob("*.md")}
    assert {*PAGES} - linked - decisions == {index}
