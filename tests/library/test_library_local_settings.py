"""`docctl.toml` is anybody's to edit: what it cannot mean is told, and never a traceback."""

from pathlib import Path

import pytest

from docctl.errors import InputError
from docctl.library.local import Local, opened_vaults


@pytest.mark.parametrize(
    "text", ["key = ", "a = " + "[" * 20_000, "a = " + "9" * 20_000, 'key = "\udcff"']
)
def test_settings_that_cannot_be_read_are_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "docctl.toml").write_text(text, errors="surrogateescape")
    with pytest.raises(InputError, match=r"docctl\.toml") as caught:
        Local.read(tmp_path)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('vault = "a\\u0000b"', "vault names no place"),
        ('vault = ""', "vault names no place"),
        ("vault = 5", "vault names no place"),
        ("vault = [[]]", "vault names no place"),
        ("vault_keys = 5", "vault_keys names no place"),
        ('vault = ["copy", "copy"]', "vault names a place twice"),
        ('vault = "store.git"', "names the library or its store"),
        ('vault = "file://{root}/store.git/objects"', "names the library or its store"),
        ('vault_keys = "beside/../."', "names the library or its store"),
        ('vault = "linked"', "names the library or its store"),
        ('[vaults.hr]\npayloads = ["hr", "store.git/hr"]\nkeys = "k"', "the library or its store"),
        ('[vaults.hr]\npayloads = "hr"\nkeys = "store.git"', "the library or its store"),
    ],
)
def test_a_place_where_no_vault_can_be_is_told(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "linked").symlink_to("store.git")
    (tmp_path / "docctl.toml").write_text(text.replace("{root}", str(tmp_path)))
    with pytest.raises(InputError, match=says) as caught:
        Local.read(tmp_path)
    assert caught.value.hint


def test_addresses_of_folders_are_theirs_and_all_others_stay_as_they_are(tmp_path: Path) -> None:
    place = str(tmp_path)
    given = (place, f"file://{place}", f"LOCAL://{place}", "memory://a")
    own = opened_vaults(Local(vault=given, vault_keys=place), lambda: "0" * 64).own

    assert [one.address for one in own.marked] == [place, place, place, "memory://a", place]
