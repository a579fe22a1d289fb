"""`docctl.toml` is anybody's to edit: what it cannot mean is told, and never a traceback."""

from pathlib import Path

import pytest

from docctl.errors import InputError
from docctl.library.local import Local


@pytest.mark.parametrize(
    "text", ["key = ", "a = " + "[" * 20_000, "a = " + "9" * 20_000, 'key = "\udcff"']
)
def test_settings_that_cannot_be_read_are_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "docctl.toml").write_text(text, errors="surrogateescape")
    with pytest.raises(InputError, match=r"docctl\.toml") as caught:
        Local.read(tmp_path)
    assert caught.value.hint
