"""What is handed out never lands on what a library keeps for itself."""

from pathlib import Path

import pytest
from firm import Firm

from docctl import Founder, InputError, KeyFile, Library, State
from docctl.errors import PathError, TakenError

OWN = (
    "store.git/PRO-001.docx",
    "store.git/refs/heads/PRO-001.docx",
    "STORE.GIT/PRO-001.docx",
    "drafts/PRO-001/document.md",
    "exports/../drafts/PRO-001/document.md",
    "index.sqlite",
    "docctl.toml",
)


def everything(root: Path) -> dict[str, bytes]:
    """Return all files of a library, but those of the index, which reading may renew."""
    files = {path.relative_to(root): path for path in root.rglob("*") if path.is_file()}
    return {
        str(name): path.read_bytes() for name, path in files.items() if "index" not in name.name
    }


@pytest.mark.parametrize("to", OWN)
def test_no_copy_is_written_onto_what_is_the_librarys_own(firm: Firm, to: str) -> None:
    number = firm.reach(State.EFFECTIVE)
    firm.ada.revise(number, reason="More")
    before = everything(firm.root)
    for _ in range(2):
        with pytest.raises(InputError, match="belongs to the library") as refused:
            firm.ada.export(number, firm.root / to, format="docx")
        assert "exports" in refused.value.hint
    assert everything(firm.root) == before


@pytest.mark.parametrize("to", OWN)
def test_no_prepared_change_is_written_there_either(firm: Firm, to: str) -> None:
    number = firm.reach(State.IN_REVIEW)
    prepared = firm.by("eva").prepare("approve", number)
    target = firm.root / Path(to).with_name("new.json")
    with pytest.raises((InputError, TakenError)):
        firm.ada.hand_out(prepared, target if "/" in to else firm.root / to)


def test_a_link_into_the_store_is_no_way_around(firm: Firm, tmp_path: Path) -> None:
    number = firm.reach(State.EFFECTIVE)
    (tmp_path / "way").symlink_to(firm.root / "store.git")
    (tmp_path / "copy.docx").symlink_to(firm.root / "docctl.toml")
    for to in ("way", "way/refs/heads/x.md", "copy.docx"):
        with pytest.raises(InputError, match="belongs to the library"):
            firm.ada.export(number, tmp_path / to)


def test_a_folder_beside_them_will_do(firm: Firm) -> None:
    number = firm.reach(State.EFFECTIVE)
    assert firm.ada.export(number, firm.root / "exports" / "a.docx").is_file()
    assert firm.ada.export(number, firm.root / "a.docx").is_file()


@pytest.mark.parametrize("inside", ["store.git/new", "drafts/new", "new", "exports/a/b"])
def test_no_library_is_founded_within_another(firm: Firm, inside: str) -> None:
    with pytest.raises(InputError, match="lies within the library"):
        Library.init(
            firm.root / inside,
            organization="Within",
            founder=Founder("ada", "Ada"),
            signer=firm.ada.require_signer(),
        )
    assert not (firm.root / inside).exists()


def test_a_new_key_does_not_lie_within_a_library(firm: Firm, tmp_path: Path) -> None:
    for root, key in (
        (tmp_path / "new", firm.root / "key"),
        (tmp_path / "new", tmp_path / "new/k"),
    ):
        with pytest.raises(InputError, match="would lie inside a library"):
            Library.init(root, organization="O", founder=Founder("ada", "Ada"), signer=KeyFile(key))
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("to", ["/dev/full", "/dev/null"])
def test_a_device_is_no_folder(firm: Firm, to: str) -> None:
    number = firm.reach(State.EFFECTIVE)
    with pytest.raises(PathError, match=f"'{to}' cannot be used: it is not a folder"):
        firm.ada.export(number, to)
