"""A library is founded whole, or the folder is left as it was found."""

import errno
import fcntl
import os
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from firm import Clock
from office import Key
from stores import At, raise_error, watched

from docctl import DocctlError, Founder, Library
from docctl.errors import DiskError, InputError, PathError, SignerError, TakenError

ADA = Founder("ada", "Ada Ask", "Quality Manager")


def found(root: Path | str, **given: Any) -> Library:
    who = {"organization": "Acme Ltd", "founder": ADA, "signer": Key("ada"), "clock": Clock()}
    return Library.init(root, **{**who, **given})


def sound(root: Path) -> bool:
    with Library.open(root, signer=Key("ada"), clock=Clock()) as library:
        return not library.verify().problems


class Locked:
    """A key that is asked to sign and cannot."""

    public_key = Key("ada").public_key

    def sign(self, _: bytes) -> str:
        raise SignerError("the passphrase is wrong", hint="try again")


@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
@pytest.mark.parametrize("profile", ["standard", "regulated"])
def test_a_library_begins_with_its_founder_and_its_settings(
    place: Path, object_format: Any, profile: Any
) -> None:
    with found(place / "acme", object_format=object_format, profile=profile) as library:
        assert [one.type for one in library.history("ACCESS")] == ["founded"]
        assert [one.type for one in library.history("CONTROL")] == ["established"]
        assert library.control().profile == profile
        assert library.whoami() == "ada"
        assert {*library.person("ada").roles} >= {"administrator", "author", "document_controller"}
        assert not library.verify().problems
        assert len(library.store.head() or "") == {"sha1": 40, "sha256": 64}[object_format]


@pytest.mark.parametrize(
    ("error", "given"),
    [
        (InputError, {"object_format": "md5"}),
        (InputError, {"time_zone": "Europe/Atlantis"}),
        (InputError, {"time_zone": "../../etc/passwd"}),
        (InputError, {"organization": ""}),
        (InputError, {"organization": "a\nb"}),
        (InputError, {"founder": Founder("Ada Ask", "Ada")}),
        (InputError, {"founder": Founder("ada", "")}),
        (InputError, {"salt": "short"}),
        (SignerError, {"signer": Locked()}),
    ],
)
@pytest.mark.parametrize("new", [True, False], ids=["new-folder", "empty-folder"])
def test_a_founding_that_is_refused_leaves_the_folder_as_it_was(
    place: Path, new: bool, error: type[DocctlError], given: dict[str, Any]
) -> None:
    root = place / "acme"
    if not new:
        root.mkdir()
    with pytest.raises(error) as caught:
        found(root, **given)
    assert caught.value.hint
    assert root.exists() is not new
    assert new or not [*root.iterdir()]
    found(root).close()


def test_nothing_is_founded_where_something_is(place: Path) -> None:
    (place / "file").write_text("precious")
    (place / "folder").mkdir()
    (place / "folder" / "notes.txt").write_text("precious")
    (place / "link").symlink_to(place / "folder")
    for root in (place / "file", place / "folder", place / "link", place):
        with pytest.raises(TakenError) as caught:
            found(root)
        assert (caught.value.exit_code, bool(caught.value.hint)) == (3, True)
    assert (place / "folder" / "notes.txt").read_text() == "precious"
    assert (place / "file").read_text() == "precious"


def test_a_library_is_not_founded_twice(place: Path) -> None:
    with found(place / "acme") as library:
        head = library.store.head()
        with pytest.raises(TakenError):
            found(place / "acme")
        assert library.store.head() == head


def test_two_do_not_found_in_one_folder_at_once(place: Path) -> None:
    root = place / "acme"
    root.mkdir()
    held = os.open(root, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    with pytest.raises(TakenError):
        found(root)
    assert not [*root.iterdir()]
    os.close(held)
    found(root).close()


def test_what_a_killed_founding_has_left_is_cleared_away_and_nothing_else(place: Path) -> None:
    root = place / "acme"
    (root / ".founding-1" / "objects").mkdir(parents=True)
    (root / "docctl.toml").write_text("# half written")
    found(root).close()
    assert not [*root.glob(".founding-*")]

    other = place / "other"
    (other / ".founding-1").mkdir(parents=True)
    (other / "notes.txt").write_text("precious")
    with pytest.raises(TakenError):
        found(other)
    assert (other / "notes.txt").read_text() == "precious"


@pytest.mark.parametrize(
    ("error", "name"),
    [(PathError, "a\0b"), (DiskError, "x" * 300), (DiskError, "file/acme")],
)
def test_a_place_that_cannot_be_is_told(place: Path, error: type[DocctlError], name: str) -> None:
    (place / "file").touch()
    with pytest.raises(error) as caught:
        found(f"{place}/{name}")
    assert caught.value.hint
    assert [one.name for one in place.iterdir()] == ["file"]


@pytest.mark.parametrize("step", [4, pytest.param(1, marks=pytest.mark.slow)])
def test_a_full_disk_leaves_no_half_of_a_library(place: Path, step: int) -> None:
    full = raise_error(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
    for call in count(1, step):
        root, at = place / f"full-{call}", At(call, full)
        with suppress(DiskError), watched(at):
            found(root).close()
        if not (root / "store.git").exists():
            found(root).close()
        assert sound(root)
        if not at.hit:
            break
    assert call > step
