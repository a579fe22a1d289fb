"""The site in a real browser: read from a disk, by everybody, with nothing asked of any host."""

import re
import subprocess
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from reading import Reader, Site

# --- the register -------------------------------------------------------------------------------


def test_the_register_lists_everything_in_force(reader: Reader, site: Site) -> None:
    reader.open()

    names = ("norm", "control", "buying", "hostile", "suspended", "torque")
    assert reader.rows == sorted(site.numbers[name] for name in names)
    assert reader.told == "6 documents."


def test_texts_are_searched_by_words_phrases_and_beginnings(reader: Reader, site: Site) -> None:
    reader.open()

    assert reader.search("zebra") == [site.numbers["buying"]]
    assert "zebra crossing" in reader.page.locator(".excerpt").inner_text()
    assert reader.page.locator(".excerpt mark").inner_text() == "zebra"
    assert re.search(
        r" (Inconspicuously|and|conscientiously) …$", reader.page.locator(".excerpt").inner_text()
    )
    assert reader.search("ZEB inspec") == [site.numbers["buying"]]
    assert reader.search("ebra") == []
    assert reader.page.get_by_text("No document fits.").is_visible()
    assert reader.search('"zebra crossing"') == [site.numbers["buying"]]
    assert reader.search('"crossing zebra"') == []
    assert reader.search("aeroskobing") == [site.numbers["control"]]
    assert reader.search("facade emigres") == [site.numbers["control"]]
    assert reader.told == "1 of 6 documents."


def test_who_asks_for_a_number_has_that_document_first(reader: Reader, site: Site) -> None:
    """Others that mention it, in their titles or texts, follow in their order."""
    reader.open()
    number, other = site.numbers["buying"], site.numbers["torque"]
    reader.page.get_by_role("button", name="Number").click()  # the last comes first

    assert reader.search(number) == [number, other]
    assert reader.search(number.lower().replace("-", "")) == [number, other]
    assert reader.search("scope")[0] == other


def test_a_hit_in_a_text_leads_to_where_it_stands(reader: Reader, site: Site) -> None:
    reader.open().search("washed")
    reader.page.get_by_role("link", name="Control of documents").click()

    reader.page.wait_for_url(f"{site.page('control')}#:~:text=washed")
    reader.page.go_back()
    reader.page.get_by_role("button", name="Show all documents").click()
    link = reader.page.get_by_role("link", name="Control of documents")
    assert link.get_attribute("href") == f"documents/{site.numbers['control']}.html"


def test_what_was_asked_for_is_there_again_on_the_way_back(reader: Reader) -> None:
    reader.open().search("step")
    reader.page.get_by_label("Process").select_option("Core")
    reader.page.get_by_role("button", name="Title").click()
    reader.page.get_by_role("button", name="Title").click()
    before, told = reader.rows, reader.told

    reader.page.get_by_role("link", name="Control of documents").click()
    reader.page.wait_for_url(re.compile("/documents/"))
    reader.page.go_back()

    reader.page.wait_for_function(
        "(told) => document.querySelector('.count').textContent === told", arg=told
    )
    assert reader.rows == before
    assert reader.page.get_by_label("Process").locator("option:checked").inner_text() == "Core"
    head = reader.page.get_by_role("columnheader", name="Title")
    assert head.get_attribute("aria-sort") == "descending"


@pytest.mark.parametrize(("later", "said"), [(0, None), (2, "2 days ago"), (400, "400 days ago")])
@pytest.mark.parametrize("path", ["index.html", "reviews.html", ""])
def test_a_site_that_is_opened_later_tells_how_old_it_is(
    browser: object, site: Site, path: str, later: int, said: str | None
) -> None:
    path = path or f"documents/{site.numbers['control']}.html"
    with Reader.at(browser, site) as reader:
        day = datetime.combine(site.made.as_of, time(12)) + timedelta(days=later)
        reader.page.clock.set_fixed_time(day)
        reader.open(path)
        shown = reader.page.locator(".day").inner_text()
        assert f"{site.made.as_of}" in shown
        assert re.findall(r"\((.*)\)", shown) == ([said] if said else [])
        assert reader.page.locator(".day .late").count() == (later > 31)


@pytest.mark.parametrize("words", ["(", "[a-z", "\\", "*", '"', "a" * 5000, "💣", "^$", "{9}"])
def test_no_words_break_the_search(reader: Reader, words: str) -> None:
    reader.open().search(words)

    assert reader.told.endswith("documents.")


def test_lists_filter_by_type_process_owner_and_status(reader: Reader, site: Site) -> None:
    reader.open()

    reader.page.get_by_label("Process").select_option("Supply")
    assert reader.rows == [site.numbers["buying"]]
    reader.page.get_by_label("Process").select_option("Core")
    reader.page.get_by_label("Type").select_option("Work instruction")
    assert reader.rows == [site.numbers["torque"]]
    reader.page.get_by_role("button", name="Show all documents").click()
    assert len(reader.rows) == 6
    reader.page.get_by_label("Status").select_option("Suspended")
    assert reader.rows == [site.numbers["suspended"]]


def test_columns_sort_both_ways_and_say_so(reader: Reader) -> None:
    reader.open()
    titles = reader.page.locator("#register tbody td.title > :first-child")

    reader.page.get_by_role("button", name="Title").click()
    up = titles.all_inner_texts()
    reader.page.get_by_role("button", name="Title").click()
    down = titles.all_inner_texts()

    assert up == down[::-1]
    assert up[-3:] == ["Norm", "Purchasing", "Torque wrench"]
    head = reader.page.get_by_role("columnheader", name="Title")
    assert head.get_attribute("aria-sort") == "descending"
    assert reader.page.locator("[aria-sort]").count() == 1


# --- pages --------------------------------------------------------------------------------------


def test_from_the_register_to_a_document_and_on_to_a_section_of_another(
    reader: Reader, site: Site
) -> None:
    reader.open().page.get_by_role("link", name="Purchasing").click()
    reader.page.wait_for_url(site.page("buying"))
    assert reader.page.get_by_role("heading", level=1).inner_text() == "Purchasing"

    reader.page.get_by_role("article").get_by_role("link", name=re.compile("Control")).click()

    reader.page.wait_for_url(f"{site.page('control')}#scope")
    assert reader.page.get_by_role("heading", name="Scope").is_visible()
    related = reader.page.get_by_role("region", name="Related documents")
    assert related.get_by_role("link", name=re.compile("Purchasing")).is_visible()


def test_a_suspended_document_warns_before_its_text(reader: Reader, site: Site) -> None:
    reader.page.goto(site.page("suspended"))

    warning = reader.page.get_by_text("do not work by it").bounding_box()
    text = reader.page.get_by_role("article").bounding_box()
    assert warning["y"] < text["y"]
    assert reader.page.get_by_text("Meanwhile: Stop.").is_visible()


def test_what_changed_can_be_read_and_heard(reader: Reader, site: Site) -> None:
    reader.page.goto(site.page("control"))
    reader.page.get_by_role("link", name="What changed since revision 1").click()

    assert reader.page.locator("article del").first.inner_text().strip() == "painted"
    assert reader.page.locator("article ins").first.inner_text().strip() == "washed"
    reader.page.get_by_role("link", name=site.numbers["control"], exact=True).click()
    reader.page.wait_for_url(site.page("control"))


def test_every_page_is_sound_and_every_link_leads_somewhere(reader: Reader, site: Site) -> None:
    pages = [path for path in site.made.written if path.endswith(".html")]
    assert len(pages) == 10
    for path in pages:
        reader.open(path)
        found = reader.page.evaluate("() => [...document.links].map((one) => one.href)")
        for address in (one for one in found if one.startswith("file:")):
            target, _, anchor = address.partition("#")
            there = Path(target.removeprefix("file://"))
            assert there.is_file(), address
            if anchor and there.suffix == ".html":
                assert f'id="{anchor}"' in there.read_text(), address
        assert reader.page.evaluate("window.hit") is None
        assert reader.page.evaluate(TWICE) == []


#: Ids that stand twice on a page.
TWICE = """() => {
    const seen = [...document.querySelectorAll("[id]")].map((one) => one.id);
    return seen.filter((one, at) => seen.indexOf(one) !== at);
}"""


def test_boxes_of_tasks_stand_beside_their_words(reader: Reader, site: Site) -> None:
    reader.page.goto(site.page("torque"))
    box = reader.page.get_by_role("checkbox").first.bounding_box()

    assert box["width"] < 30
    assert box["height"] < 30


def test_what_reads_from_right_to_left_has_its_numbers_within_the_page(
    browser: object, site: Site
) -> None:
    with Reader.at(browser, site, viewport={"width": 360, "height": 740}) as reader:
        reader.page.goto(site.page("torque"))
        room = "(one) => parseFloat(getComputedStyle(one).paddingRight)"
        assert reader.page.locator("article ol").evaluate(room) > 15
        columns = reader.page.locator("article table").last.locator("th")
        right, left = (one.bounding_box()["x"] for one in columns.all())
        assert right > left


def test_no_link_runs_anything(reader: Reader, site: Site) -> None:
    reader.page.goto(site.page("buying"))

    leads = reader.page.evaluate("() => [...document.links].map((one) => one.protocol)")
    assert {*leads} == {"file:", "https:"}


# --- without a mouse, without a screen, without a script -----------------------------------------


def test_the_keyboard_alone_leads_from_the_register_to_a_document(
    reader: Reader, site: Site
) -> None:
    reader.open()
    keys = reader.page.keyboard
    keys.press("Tab")
    assert reader.page.evaluate("document.activeElement.textContent") == "Skip to the text"
    keys.press("Enter")
    reader.page.wait_for_function("() => document.activeElement.matches('main')")
    keys.press("Tab")
    assert reader.page.evaluate("document.activeElement.id") == "words"
    keys.type("zebra")
    reader.page.wait_for_function(
        "() => document.querySelectorAll('#register .excerpt').length === 1"
    )
    for _ in range(40):
        keys.press("Tab")
        if reader.page.evaluate("document.activeElement.textContent") == "Purchasing":
            break
    assert reader.page.evaluate(OUTLINED)
    keys.press("Enter")
    reader.page.wait_for_url(f"{site.page('buying')}#:~:text=zebra")


#: Whether what has the focus shows that.
OUTLINED = """() => {
    const style = getComputedStyle(document.activeElement);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
}"""


def test_the_map_can_be_walked_with_the_keyboard(reader: Reader, site: Site) -> None:
    reader.open("map.html")
    node = reader.page.locator(f'.node[data-number="{site.numbers["buying"]}"]')

    node.focus()

    assert reader.page.locator(".edges path.on").count() == 2
    assert "refers to 1, referred to by 1" in node.get_attribute("aria-label")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url(site.page("buying"))


def test_a_screen_reader_finds_landmarks_names_and_a_table(reader: Reader) -> None:
    reader.open()
    tree = reader.page.locator("body").aria_snapshot()

    for part in (
        "- banner:", '- navigation "Site":', "- main:", "- search:", "- contentinfo:",
        '- searchbox "Search titles and texts"', '- combobox "Type":', "- status:",
        '- table "Documents in force on', '- columnheader "Number"', "- rowheader",
        '- heading "Documents in force" [level=1]',
    ):  # fmt: skip
        assert part in tree, tree


def test_every_part_of_a_document_has_its_landmark(reader: Reader, site: Site) -> None:
    reader.page.goto(site.page("control"))
    tree = reader.page.locator("body").aria_snapshot()

    for part in (
        "- banner:", '- navigation "Site":', '- navigation "Contents":', "- main:", "- article:",
        '- navigation "You are here":', "- contentinfo:", '- heading "Approval" [level=2]',
    ):  # fmt: skip
        assert part in tree, tree
    assert reader.page.locator("main").count() == reader.page.locator("h1").count() == 1


def test_without_scripts_the_lists_are_whole(browser: object, site: Site) -> None:
    with Reader.at(browser, site, java_script_enabled=False) as reader:
        reader.open()
        assert len(reader.rows) == 6
        assert not reader.page.locator("form").is_visible()
        reader.page.get_by_role("link", name="Purchasing").click()
        reader.page.wait_for_url(site.page("buying"))
        assert reader.page.get_by_role("heading", level=1).inner_text() == "Purchasing"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["index.html", "processes.html", "map.html", "reviews.html"])
def test_words_stand_out_from_what_is_behind_them(
    browser: object, site: Site, scheme: str, path: str
) -> None:
    with Reader.at(browser, site, color_scheme=scheme) as reader:
        assert reader.open(path).page.evaluate(FAINT) == []


#: Words whose contrast with what is behind them is below 4.5 to 1 (WCAG 2, 1.4.3).
FAINT = """() => {
    const parts = (colour) => colour.match(/[0-9.]+/g).map(Number);
    const light = (colour) => {
        const [r, g, b] = parts(colour).slice(0, 3).map((one) => {
            const part = one / 255;
            return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (one) => {
        for (let at = one; at; at = at.parentElement) {
            const colour = getComputedStyle(at).backgroundColor;
            if ((parts(colour)[3] ?? 1) > 0) return colour;
        }
        return "rgb(255, 255, 255)";
    };
    const faint = [];
    for (const one of document.querySelectorAll("body *:not(script, style, svg, svg *)")) {
        const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
        if (!own || !one.checkVisibility()) continue;
        const both = [light(getComputedStyle(one).color), light(behind(one))];
        const [a, b] = both.sort((x, y) => y - x);
        if ((a + 0.05) / (b + 0.05) < 4.5) faint.push(one.outerHTML.slice(0, 80));
    }
    return faint;
}"""


@pytest.mark.parametrize("path", ["index.html", "processes.html", "reviews.html"])
def test_nothing_runs_out_of_a_phone(browser: object, site: Site, path: str) -> None:
    with Reader.at(browser, site, viewport={"width": 360, "height": 740}) as reader:
        reader.open(path)
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert reader.page.evaluate(wide) <= 0
        torn = "Array.from(document.querySelectorAll('time'), (one) => one.getClientRects().length)"
        assert {*reader.page.evaluate(torn)} <= {0, 1}


# --- on paper -----------------------------------------------------------------------------------


def words_of(pdf: Path) -> str:
    return subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True, text=True
    ).stdout


@pytest.fixture
def printer() -> None:
    try:
        subprocess.run(["pdftotext", "-v"], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("pdftotext is not installed: apt-get install poppler-utils")


@pytest.mark.usefixtures("printer")
def test_a_page_prints_as_a_controlled_copy(reader: Reader, site: Site, tmp_path: Path) -> None:
    reader.page.goto(site.page("control"))
    reader.page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)

    sheets = words_of(tmp_path / "page.pdf").split("\f")[:-1]

    assert len(sheets) > 1
    for at, sheet in enumerate(sheets, start=1):
        assert f"Page {at} of {len(sheets)}" in sheet
        assert "Uncontrolled when printed" in sheet
        assert "Revision 2, Effective" in sheet
        assert site.numbers["control"] in sheet
    whole = "\n".join(sheets)
    assert "Processes  Map" not in whole
    assert f"Printed from the site as published on {site.made.as_of}" in whole


@pytest.mark.usefixtures("printer")
def test_the_register_prints_with_its_day_on_every_sheet(
    reader: Reader, site: Site, tmp_path: Path
) -> None:
    reader.open().page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)

    for sheet in words_of(tmp_path / "page.pdf").split("\f")[:-1]:
        assert f"In force on {site.made.as_of}" in sheet
        assert "Uncontrolled when printed" in sheet


@pytest.mark.usefixtures("printer")
def test_each_sheet_of_a_long_register_has_the_heads_of_its_columns(
    reader: Reader, tmp_path: Path
) -> None:
    reader.open()
    reader.page.evaluate(
        "() => { const [body] = document.querySelector('#register').tBodies;"
        " const rows = [...body.rows];"
        " for (let at = 0; at < 9; at += 1)"
        " body.append(...rows.map((one) => one.cloneNode(true))); }"
    )
    reader.page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)

    sheets = [one for one in words_of(tmp_path / "page.pdf").split("\f") if "PRO-" in one]

    assert len(sheets) > 1
    for sheet in sheets[:-1]:  # the last may hold what is no longer in force alone
        assert "In force since" in sheet
