"""A site holds exactly what was in force on a day; publishing again touches only what changed."""

import io
import json
import re
import sqlite3
from contextlib import closing
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import docx
import pytest
from firm import TEXT, Firm, files_below

from docctl import Procedure, State, Text
from docctl.errors import InputError, PathError, StoreError, TakenError
from docctl.library.copies.folder import SiteFolder
from docctl.library.local import INDEX
from docctl.model.document import ExternalDocument


def test_only_what_is_in_force_has_a_page(firm: Firm, site: Path) -> None:
    numbers = {
        state: firm.reach(state) for state in (State.DRAFT, State.EFFECTIVE, State.WITHDRAWN)
    }
    numbers[State.SUSPENDED] = firm.reach(State.SUSPENDED)
    numbers[State.SCHEDULED] = firm.reach(State.SCHEDULED)

    made = firm.ada.publish(site)

    pages = {path.stem for path in (site / "documents").glob("*.html")}
    assert pages == {numbers[State.EFFECTIVE], numbers[State.SUSPENDED]}
    assert (made.documents, made.pages) == (2, 2)
    home = (site / "index.html").read_text()
    assert f"<b>{numbers[State.SCHEDULED]}</b>" in home.partition("Taking effect later")[2]
    assert numbers[State.WITHDRAWN] in home.partition("No longer in force")[2]
    assert numbers[State.DRAFT] not in home


def test_a_page_of_a_site_is_told_from_a_copy(firm: Firm, site: Path) -> None:
    number = firm.reach(State.EFFECTIVE)
    firm.ada.publish(site)

    found = {one.file: one for one in firm.ada.verify_copy(site).copies}

    assert found[f"documents/{number}.docx"].verdict == "current"
    pages = {one.file: one for one in found.values() if one.file.endswith(".html")}
    assert {"index.html", "map.html", f"documents/{number}.html"} <= pages.keys()
    for page in pages.values():
        assert (page.verdict, page.alterations) == ("unjudged", ())
        assert page.sentence.startswith("a page of a site, which is no copy")


def test_publishing_again_writes_nothing_and_after_a_change_only_what_says_something_else(
    firm: Firm, site: Path
) -> None:
    one, other = firm.reach(State.EFFECTIVE), firm.reach(State.EFFECTIVE, title="Purchasing")
    firm.ada.publish(site)
    assert firm.ada.publish(site).written == ()

    firm.revise(one, TEXT + "\nMind the zebra.\n")
    firm.submit(one)
    firm.sign(one)
    firm.release(one)
    made = firm.ada.publish(site)

    assert f"documents/{one}.html" in made.written
    assert f"documents/{other}.html" not in made.written
    assert "zebra" in (site / f"documents/{one}.html").read_text()


def test_a_site_mended_step_by_step_is_the_site_made_at_once(firm: Firm, place: Path) -> None:
    one = firm.reach(State.EFFECTIVE)
    other = firm.reach(State.EFFECTIVE, title="Purchasing", body=f"{TEXT}\nSee [[{one}]].\n")
    firm.ada.publish(place / "grown")
    firm.withdraw(other)
    firm.sign(other)
    firm.reach(State.EFFECTIVE, title="Audits", body=f"{TEXT}\nSee [[{one}#scope]].\n")
    firm.ada.publish(place / "grown")
    firm.revise(one, TEXT.replace("Scope", "Reach") + "\nMore.\n")
    firm.submit(one)
    firm.sign(one)
    firm.release(one)

    firm.ada.publish(place / "grown")
    firm.ada.publish(place / "fresh")

    assert files_below(place / "grown") == files_below(place / "fresh")


def test_what_is_in_force_no_more_is_taken_away(firm: Firm, site: Path) -> None:
    number = firm.reach(State.EFFECTIVE)
    firm.ada.publish(site)
    firm.withdraw(number)
    firm.sign(number)

    made = firm.ada.publish(site)

    assert {f"documents/{number}.html", f"documents/{number}.docx"} <= {*made.removed}
    assert not (site / "documents").exists()


def test_the_site_of_an_earlier_day_shows_what_was_in_force_then(firm: Firm, site: Path) -> None:
    number = firm.reach(State.EFFECTIVE)
    then = firm.today
    firm.clock.wait(days=3)
    firm.revise(number, TEXT + "\nMind the zebra.\n")
    firm.submit(number)
    firm.sign(number)
    firm.release(number)

    firm.ada.publish(site, as_of=then)

    page = (site / f"documents/{number}.html").read_text()
    assert "zebra" not in page
    assert '<meta name="docctl.Revision" content="1">' in page
    with pytest.raises(InputError, match="still to come"):
        firm.ada.publish(site, as_of=firm.today + timedelta(days=1))


def test_pages_stay_as_they_are_from_day_to_day(firm: Firm, site: Path) -> None:
    number = firm.reach(State.EFFECTIVE)
    firm.ada.publish(site)
    firm.clock.wait(days=1)

    made = firm.ada.publish(site)

    assert f"documents/{number}.html" not in made.written
    assert "assets/published.js" in made.written


def test_a_text_that_may_not_be_handed_out_has_a_line_and_no_page(firm: Firm, site: Path) -> None:
    norm = ExternalDocument(
        title="Pumps", exportable=False, licence="One reader", issuer="Somebody"
    )
    number = firm.by("ben").new(norm, TEXT + "\nSecret words.\n").number
    for step in ("submit", "sign", "release"):
        getattr(firm, step)(number)

    firm.ada.publish(site)

    assert not (site / f"documents/{number}.html").exists()
    assert "One reader" in (site / "index.html").read_text()
    assert not any(b"Secret words" in data for data in files_below(site).values())


def test_references_lead_to_pages_both_ways(firm: Firm, site: Path) -> None:
    one = firm.reach(State.EFFECTIVE)
    other = firm.reach(State.EFFECTIVE, title="Purchasing", body=f"{TEXT}\nSee [[{one}#scope]].\n")

    firm.ada.publish(site)

    there = (site / f"documents/{other}.html").read_text()
    assert f'href="{one}.html#scope"' in there
    back = (site / f"documents/{one}.html").read_text().partition("Referred to by")[2]
    assert f'href="../documents/{other}.html"' in back
    found = re.findall(r'data-from="(\S+)" data-to="(\S+)"', (site / "map.html").read_text())
    assert found == [(other, one)]


# --- the folder --------------------------------------------------------------------------------


def test_a_folder_with_files_of_others_is_refused(firm: Firm, site: Path) -> None:
    firm.reach(State.EFFECTIVE)
    site.mkdir()
    (site / "holiday.jpg").write_bytes(b"sea")

    with firm.refuses(TakenError, "did not write"):
        firm.ada.publish(site)

    assert files_below(site) == {"holiday.jpg": b"sea"}


def test_files_of_others_in_a_site_stay(firm: Firm, site: Path) -> None:
    number = firm.reach(State.EFFECTIVE)
    firm.ada.publish(site)
    (site / "documents" / "note.txt").write_text("mine")
    firm.withdraw(number)
    firm.sign(number)

    firm.ada.publish(site)

    assert [*files_below(site / "documents")] == ["note.txt"]


def test_a_file_that_somebody_put_where_a_page_belongs_is_not_replaced(
    firm: Firm, site: Path
) -> None:
    firm.reach(State.EFFECTIVE)
    firm.ada.publish(site)
    number = firm.reach(State.EFFECTIVE)
    (site / f"documents/{number}.html").write_text("mine")

    with firm.refuses(TakenError, "not a file that docctl wrote"):
        firm.ada.publish(site)

    assert (site / f"documents/{number}.html").read_text() == "mine"


def test_a_page_that_somebody_changed_is_written_anew(firm: Firm, site: Path) -> None:
    number = firm.reach(State.EFFECTIVE)
    firm.ada.publish(site)
    page = site / f"documents/{number}.html"
    good = page.read_bytes()
    page.write_bytes(good.replace(b"Say how", b"Say not how"))

    made = firm.ada.publish(site)

    assert made.written == (f"documents/{number}.html",)
    assert page.read_bytes() == good


def test_no_list_of_files_can_lead_out_of_the_folder(firm: Firm, site: Path, place: Path) -> None:
    firm.reach(State.EFFECTIVE)
    firm.ada.publish(site)
    (place / "outside.txt").write_text("mine")
    manifest = json.loads((site / "docctl-site.json").read_text())
    digest = sha256(b"mine").hexdigest()
    for path in ("../outside.txt", str(place / "outside.txt"), "documents/../../outside.txt"):
        manifest["files"][path] = digest
    (site / "docctl-site.json").write_text(json.dumps(manifest))

    firm.ada.publish(site)

    assert (place / "outside.txt").read_text() == "mine"


def test_a_link_in_place_of_a_folder_is_not_followed(firm: Firm, site: Path, place: Path) -> None:
    firm.reach(State.EFFECTIVE)
    (place / "elsewhere").mkdir()
    site.mkdir()
    (site / "documents").symlink_to(place / "elsewhere")
    (site / "docctl-site.json").write_text(
        json.dumps({"library": firm.ada.bench.world.authority.library, "as_of": "2026-01-05"})
    )

    with firm.refuses(PathError, "a link is in the way"):
        firm.ada.publish(site)

    assert files_below(place / "elsewhere") == {}


@pytest.mark.parametrize("inside", ["store.git/site", "drafts", "vault"])
def test_no_site_lies_in_what_a_library_keeps_for_itself(firm: Firm, inside: str) -> None:
    with firm.refuses(InputError, "belongs to the library"):
        firm.ada.publish(firm.root / inside)


def test_a_run_that_was_cut_short_is_taken_up_again(firm: Firm, place: Path) -> None:
    for title in ("One", "Two", "Three"):
        firm.reach(State.EFFECTIVE, title=title)
    firm.ada.publish(place / "whole")
    paths = [*firm.ada.publish(place / "count").written]

    for after in range(len(paths)):
        site = place / f"cut-{after}"
        with pytest.raises(KeyboardInterrupt), cut_short(after):
            firm.ada.publish(site)
        firm.ada.publish(site)
        assert files_below(site) == files_below(place / "whole")


class cut_short:  # noqa: N801 - reads as a sentence
    """Somebody ends the program after so many files."""

    def __init__(self, after: int) -> None:
        self.after, self.patch = after, pytest.MonkeyPatch()

    def __enter__(self) -> None:
        from docctl.library.copies import folder  # noqa: PLC0415

        real, count = folder.write_out, 0

        def write(path: Path, data: bytes) -> Path:
            nonlocal count
            if path.name not in {"docctl-site.writing", "docctl-site.json"}:
                if count == self.after:
                    raise KeyboardInterrupt
                count += 1
            return real(path, data)

        self.patch.setattr(folder, "write_out", write)

    def __exit__(self, *_: object) -> None:
        self.patch.undo()


def test_titles_and_names_are_words_and_never_elements(firm: Firm, site: Path) -> None:
    title = "</title><script>alert(1)</script>\"' onload=x <img src=x onerror=alert(1)> مرحبا"
    document = Procedure(title=title, summary="<b>x</b>", processes=("<i>p</i> | q",))
    number = firm.by("ben").new(document, TEXT + "\n<script>alert(2)</script>\n").number
    for step in ("submit", "sign", "release"):
        getattr(firm, step)(number)

    firm.ada.publish(site)

    for path in (
        "index.html",
        "map.html",
        "processes.html",
        "reviews.html",
        f"documents/{number}.html",
    ):
        page = (site / path).read_text()
        assert "<script>" not in page
        assert "<img" not in page
        assert "<i>p" not in page


def test_files_that_a_browser_might_run_stay_away_and_are_named(firm: Firm, site: Path) -> None:
    script = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    attached = {"drawing.svg": script, "page.html": script, "list.csv": b"a,b"}
    links = "".join(f"[{name}](files/{name}) ![{name}](files/{name})\n\n" for name in attached)
    ben = firm.by("ben")
    number = ben.new(Procedure(title="Drawings"), TEXT).number
    document = ben.text(number, "1").document
    ben.save_text(number, Text(document, f"{TEXT}\n{links}", attached))
    for step in ("submit", "sign", "release"):
        getattr(firm, step)(number)

    made = firm.ada.publish(site, formats=("docx", "markdown", "html"))

    beside = {path.name for path in (site / "documents" / f"{number}-1").iterdir()}
    assert beside == {"list.csv"}
    places = [one.place for one in made.problems]
    assert places == [f"{number} files/drawing.svg", f"{number} files/page.html"]
    page = (site / f"documents/{number}.html").read_text()
    assert f'href="{number}-1/list.csv"' in page
    assert "drawing.svg&quot;" not in page
    assert f'href="{number}-1/drawing.svg"' not in page
    assert "alert(1)" not in page


def test_two_do_not_publish_to_one_folder_at_a_time(firm: Firm, site: Path) -> None:
    number = firm.reach(State.EFFECTIVE)
    with (
        SiteFolder(site, firm.ada.bench.world.authority.library),
        firm.refuses(StoreError, "at the moment"),
    ):
        firm.ada.publish(site)
    assert not site.exists()

    firm.ada.publish(site)

    assert (site / f"documents/{number}.html").is_file()


def test_an_index_that_lies_about_what_is_in_force_is_found_out(firm: Firm, site: Path) -> None:
    number = firm.reach(State.DRAFT)
    firm.ada.register()
    firm.ada.index.close()
    with closing(sqlite3.connect(firm.root / INDEX)) as connection, connection:
        connection.execute("UPDATE span SET state = 'effective'")

    with firm.refuses(StoreError, f"revision 1 of {number}"):
        firm.ada.publish(site)

    assert not (site / f"documents/{number}.html").exists()


def test_what_a_revision_changed_is_shown_in_its_text(firm: Firm, site: Path) -> None:
    number = firm.reach(State.EFFECTIVE)
    firm.ada.publish(site)
    assert not (site / f"documents/{number}.changes.html").exists()
    firm.revise(number, TEXT.replace("All of it", "Most of it"))
    firm.submit(number)
    firm.sign(number)
    firm.release(number)

    firm.ada.publish(site)

    page = (site / f"documents/{number}.changes.html").read_text()
    assert "<del>All</del><ins>Most</ins> of it" in page
    assert "REDLINE, not the controlled copy" in page
    assert f'href="{number}.changes.html"' in (site / f"documents/{number}.html").read_text()


def test_a_page_names_what_is_to_come_as_it_is_called_and_a_draft_by_its_number_alone(
    firm: Firm, place: Path
) -> None:
    draft = firm.reach(State.DRAFT, title="Lifting")
    number = firm.reach(State.EFFECTIVE, title="Rigging", body=f"{TEXT}\nSee [[{draft}]].\n")
    firm.ada.publish(place / "grown")
    assert not any(b"Lifting" in data for data in files_below(place / "grown").values())

    for step in ("submit", "sign", "schedule"):
        getattr(firm, step)(draft)
    firm.ada.publish(place / "grown")
    firm.ada.publish(place / "fresh")

    page = (place / f"grown/documents/{number}.html").read_text()
    assert f"{draft} Lifting" in re.sub("<[^>]*>", "", page)
    assert files_below(place / "grown") == files_below(place / "fresh")


def test_new_settings_and_new_code_make_every_page_anew(firm: Firm, place: Path) -> None:
    number = firm.reach(State.EFFECTIVE)
    firm.ada.publish(place / "grown")
    firm.change_control(firm.ada.control().but(organization="Beta Ltd"))

    firm.ada.publish(place / "grown")
    firm.ada.publish(place / "fresh")

    assert "Beta Ltd" in (place / f"grown/documents/{number}.html").read_text()
    assert files_below(place / "grown") == files_below(place / "fresh")
    manifest = place / "grown" / "docctl-site.json"
    older = json.loads(manifest.read_text()) | {"made_by": "another docctl"}
    older["documents"][number]["refers"] = ["PRO-099"]
    manifest.write_text(json.dumps(older))
    firm.ada.publish(place / "grown")
    assert files_below(place / "grown") == files_below(place / "fresh")


def template(words: str) -> bytes:
    """Return a Word template with these words in its head."""
    made, data = docx.Document(), io.BytesIO()
    made.sections[0].header.paragraphs[0].text = words
    made.save(data)
    return data.getvalue()


def test_word_copies_are_made_anew_when_their_template_is_another_one(
    firm: Firm, place: Path
) -> None:
    number = firm.reach(State.EFFECTIVE)
    look = firm.reach(State.EFFECTIVE, attachments={"look.docx": template("Old look")})
    firm.change_control(firm.ada.control().but(template=look))
    firm.ada.publish(place / "grown")
    firm.revise(look)
    ben = firm.by("ben")
    text = ben.text(look, "2")
    ben.save_text(look, Text(text.document, text.body, {"look.docx": template("New look")}))
    firm.submit(look)
    firm.sign(look)
    firm.release(look)

    made = firm.ada.publish(place / "grown")
    firm.ada.publish(place / "fresh")

    assert f"documents/{number}.docx" in made.written
    assert files_below(place / "grown") == files_below(place / "fresh")
