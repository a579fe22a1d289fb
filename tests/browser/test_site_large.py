"""A register of 10,000 documents, and names that nobody expects: it still sorts and searches."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from reading import HOSTILE, Reader, Site

from docctl.model.answers.published import Published
from docctl.model.answers.register import RegisterEntry
from docctl.model.lifecycle import State
from docctl.render import site as pages
from docctl.render.site import Listed
from docctl.render.site import Site as Facts

MANY = 10_000
DAY = date(2026, 1, 5)


def listed(at: int, title: str) -> Listed:
    entry = RegisterEntry(
        number=f"PRO-{at:05d}",
        type="procedure",
        title=title,
        revision="1",
        state=State.EFFECTIVE,
        effective_on=DAY - timedelta(days=at % 700),
        review_due_on=DAY + timedelta(days=at % 500),
        owner=f"Function {at % 40}",
        review_overdue=False,
        pending_revision=None,
        pending_state=None,
        parent=None,
        classification="internal",
        withdrawn_on=None,
        replaced_by=None,
        proposal=None,
    )
    return Listed(entry, "Procedure", processes=(f"Process {at % 30}",))


def title(at: int) -> str:
    odd = {1: HOSTILE, 2: "W" * 500, 3: "\u202eabc", 4: "&amp;&lt;", 5: "مرحبا بالعالم"}
    return odd.get(at, f"Title {(at * 7919) % MANY}")


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("many")
    everything = tuple(listed(at, title(at)) for at in range(1, MANY + 1))
    facts = Facts("Acme Ltd", DAY, everything, types=("Procedure",), shards=("PRO-00",))
    files = {**pages.shared(DAY), "index.html": pages.register(facts)}
    files["search/PRO-00.js"] = pages.shard({"PRO-00042": "One zebra. " * 1000, "PRO-00043": ""})
    for path, data in files.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(data)
    made = Published(folder=str(folder), as_of=DAY, documents=MANY, pages=MANY)
    return Site(Path(folder), {}, made)


@pytest.fixture
def reader(browser: object, many: Site) -> Iterator[Reader]:
    with Reader.at(browser, many) as reader:
        yield reader
    assert reader.complaints == reader.strangers == []


#: The numbers of the first rows that are shown.
FIRST = """() => {
    const rows = document.querySelectorAll("#register tbody tr:not([hidden])");
    return [...rows].slice(0, 3).map((one) => one.id);
}"""


def test_ten_thousand_documents_sort_filter_and_are_searched(reader: Reader) -> None:
    reader.open()
    assert reader.told == "10000 documents. The first 1000 are shown."

    reader.page.get_by_role("button", name="Owner").click()
    assert reader.page.evaluate(FIRST) == ["PRO-00040", "PRO-00080", "PRO-00120"]
    reader.page.get_by_role("button", name="Owner").click()
    assert reader.page.evaluate(FIRST) == ["PRO-00039", "PRO-00079", "PRO-00119"]
    reader.page.get_by_role("button", name="Number").click()
    reader.page.get_by_label("Process").select_option("Process 12")
    reader.page.get_by_label("Search titles and texts").fill("zebra")
    reader.page.wait_for_function("() => document.querySelector('.count').textContent[0] === '1'")
    assert reader.page.evaluate(FIRST) == ["PRO-00042"]
    reader.page.get_by_role("button", name="Show all documents").click()
    reader.page.get_by_label("Search titles and texts").fill("Title 1")
    # 1,110 titles, the hostile one, and PRO-10000: its number begins with 1, too
    found = "() => document.querySelector('.count').textContent.startsWith('1112 of')"
    reader.page.wait_for_function(found)
    assert reader.told == "1112 of 10000 documents. The first 1000 are shown."
    reader.page.get_by_role("button", name="Show every row").click()
    assert reader.told == "1112 of 10000 documents."


def test_names_that_nobody_expects_stay_words(reader: Reader) -> None:
    reader.open()

    cell = reader.page.locator("#PRO-00001 td.title a")
    assert cell.inner_text() == HOSTILE
    assert reader.page.evaluate("window.hit") is None
    assert reader.page.locator("#PRO-00004 td.title a").inner_text() == "&amp;&lt;"
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert reader.page.evaluate(wide) <= 0
