"""A site that is published again says what a new one would, and nothing from a forged history."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from firm import TEXT, Firm, files_below
from quiet import KARI, OLA, Quiet

from docctl import State
from docctl.errors import DamagedStoreError, InputError
from docctl.model.assignment import Assignments
from docctl.model.document import ExternalDocument


def published(firm: Firm, place: Path, on: date | None = None) -> dict[str, bytes]:
    """Publish once more to the same folder; it holds what a new one does, which is returned."""
    firm.ada.publish(place / "grown", as_of=on)
    shutil.rmtree(place / "fresh", ignore_errors=True)
    firm.ada.publish(place / "fresh", as_of=on)
    made = files_below(place / "grown")
    assert made == files_below(place / "fresh")
    return made


def test_an_earlier_day_has_the_settings_of_that_day(firm: Firm, place: Path) -> None:
    number, then = firm.reach(State.EFFECTIVE), firm.today
    firm.clock.wait(days=2)
    firm.change_control(firm.ada.control().but(notice="New rules apply."))
    page = f"documents/{number}.html"

    assert b"New rules apply." in published(firm, place)[page]
    assert b"New rules apply." not in published(firm, place, then)[page]


def test_every_day_is_published_after_any_other(firm: Firm, place: Path) -> None:
    number = firm.reach(State.EFFECTIVE)
    days = [firm.today]
    for hall in ("Hall 1", "Hall 2"):
        firm.clock.wait(days=2)
        firm.ada.assign(number, Assignments(distribution=(hall,)), reason="It moved")
        days.append(firm.today)
    page, halls = f"documents/{number}.html", (b"Hall 1", b"Hall 2")

    shown = {
        (before, day): [one for one in halls if one in published(firm, place, day)[page]]
        for before in days
        for day in days
        if published(firm, place, before)
    }

    expected = dict(zip(days, ([], [b"Hall 1"], [b"Hall 2"]), strict=True))
    assert shown == {(before, day): expected[day] for before in days for day in days}


def test_where_nothing_is_in_force_the_site_says_so(firm: Firm, place: Path) -> None:
    page = published(firm, place)["index.html"].decode()

    assert "No document is in force." in page
    assert "<form" not in page
    firm.reach(State.SCHEDULED, title="Painting")
    assert "Painting" in published(firm, place)["index.html"].decode()


def test_the_same_bytes_come_of_any_process_in_any_place(firm: Firm, place: Path) -> None:
    number = firm.reach(State.EFFECTIVE, title="\u0130zmir")
    firm.reach(State.EFFECTIVE, body=f"{TEXT}\nSee [[{number}]].\n", title="i\u0131")
    moment = firm.clock.now.isoformat()
    for seed, zone, words in (("1", "Asia/Tokyo", "C"), ("2", "America/Lima", "tr_TR.UTF-8")):
        env = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": words}
        run = [sys.executable, "-c", ELSEWHERE, str(firm.root), str(place / seed), moment]
        subprocess.run(run, check=True, env=env)

    assert files_below(place / "1") == files_below(place / "2")


ELSEWHERE = """
import sys
from datetime import datetime
import docctl

root, site, moment = sys.argv[1:]
with docctl.Library.open(root, clock=lambda: datetime.fromisoformat(moment)) as library:
    library.publish(site, formats=("docx", "markdown", "html"))
"""


def test_words_of_the_metadata_that_look_like_a_day_stay(firm: Firm, place: Path) -> None:
    norm = ExternalDocument(title="Act", edition="Consolidated (as of 2020-01-01)")
    number = firm.by("ben").new(norm, TEXT).number
    for step in ("submit", "sign", "release"):
        getattr(firm, step)(number)

    page = published(firm, place)[f"documents/{number}.html"].decode()

    assert "Consolidated (as of 2020-01-01)" in page
    assert "<dd>Effective</dd>" in page


# --- names of people ----------------------------------------------------------------------------


@pytest.fixture
def quiet(place: Path) -> Iterator[Quiet]:
    made = Quiet.found(place / "acme")
    made.clock.wait(days=1)
    yield made
    made.kari.close()


def holders(site: Path, name: str) -> set[str]:
    return {path for path, data in files_below(site).items() if name.encode() in data}


def test_an_erased_person_is_on_no_page_of_the_next_publication(quiet: Quiet, place: Path) -> None:
    site = place / "site"
    quiet.kari.publish(site, formats=("markdown",))
    assert holders(site, OLA) == {"documents/PRO-001.html", "documents/PRO-001.md"}

    ola = quiet.erase()
    quiet.kari.publish(site, formats=("markdown",))

    assert holders(site, OLA) == set()
    assert holders(site, f"name erased ({ola})")
    assert holders(site, KARI)


def test_names_that_could_not_be_reached_are_told_once_they_can_be(
    quiet: Quiet, place: Path
) -> None:
    site = place / "site"
    quiet.kari.publish(site)
    whole = files_below(site)
    (quiet.root / "vault").rename(place / "away")
    away = Quiet(quiet.root, quiet.clock)
    away.kari.publish(site)
    assert holders(site, OLA) == set()

    (place / "away").rename(quiet.root / "vault")
    Quiet(quiet.root, quiet.clock).kari.publish(site)

    assert files_below(site) == whole


# --- a history that was tampered with -----------------------------------------------------------


def forged(firm: Firm, honest: Firm) -> None:
    """Land what happened in a copy of the firm, with signatures that hold for nothing."""
    here, there = (["git", f"--git-dir={one.root / 'store.git'}"] for one in (firm, honest))
    env = {**os.environ, "GIT_INDEX_FILE": str(firm.root / "forged")}
    env |= {
        f"GIT_{who}_{what}": "x@x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }

    def git(*words: str, data: bytes = b"") -> str:
        done = subprocess.run([*here, *words], input=data, capture_output=True, check=True, env=env)
        return done.stdout.decode().strip()

    names = subprocess.run(
        [*there, "diff", "--name-only", firm.head, "main"], capture_output=True, check=True
    )
    git("read-tree", "main")
    for name in names.stdout.decode().split():
        shown = subprocess.run([*there, "show", f"main:{name}"], capture_output=True, check=True)
        data = b"-----BEGIN SSH SIGNATURE-----\n" if name.endswith(".sig") else shown.stdout
        oid = git("hash-object", "-w", "--stdin", data=data)
        git("update-index", "--add", "--cacheinfo", f"100644,{oid},{name}")
    commit = git("commit-tree", git("write-tree"), "-p", firm.head, "-m", "forged")
    git("update-ref", "refs/heads/main", commit)


@pytest.mark.parametrize("again", [False, True], ids=["first", "again"])
@pytest.mark.parametrize("deed", ["withdraw", "suspend", "schedule a norm"])
def test_nothing_that_was_forged_is_published(
    firm: Firm, place: Path, deed: str, again: bool
) -> None:
    number, site = firm.reach(State.EFFECTIVE), place / "site"
    if again:
        firm.ada.publish(site)
    before = files_below(site)
    honest = firm.copy(place / "honest")
    if deed == "withdraw":
        honest.withdraw(number)
        honest.sign(number)
    elif deed == "suspend":
        honest.suspend(number)
    else:
        norm = ExternalDocument(title="Forged", exportable=False)
        other = honest.by("ben").new(norm, TEXT).number
        for step in ("submit", "sign", "release"):
            getattr(honest, step)(other)
    forged(firm, honest)
    honest.close()

    with pytest.raises(DamagedStoreError, match="the history has"):
        firm.reopened().ada.publish(site)

    assert files_below(site) == before


def test_a_site_of_changes_that_were_taken_back_is_not_published_over(
    firm: Firm, place: Path
) -> None:
    earlier, site = firm.head, place / "site"
    firm.reach(State.EFFECTIVE)
    firm.ada.publish(site)
    before = files_below(site)
    firm.ada.store.maintain()
    store = firm.root / "store.git"
    (store / "docctl/journal").unlink()
    subprocess.run(
        ["git", f"--git-dir={store}", "update-ref", "refs/heads/main", earlier], check=True
    )

    with pytest.raises(DamagedStoreError, match="history"):
        firm.reopened().ada.publish(site)

    assert files_below(site) == before


def test_what_somebody_has_verified_is_not_verified_again(firm: Firm, place: Path) -> None:
    firm.reach(State.EFFECTIVE)
    honest = firm.copy(place / "honest")
    honest.reach(State.DRAFT)
    forged(firm, honest)
    honest.close()
    again = firm.reopened()
    with pytest.raises(DamagedStoreError):
        again.ada.publish(place / "site")

    made = again.ada.publish(place / "site", verified=again.head)

    assert made.pages == 1
    for odd in ("main", "", "--help"):
        with pytest.raises(InputError, match="not the id of a commit"):
            again.ada.publish(place / "other", verified=odd)
