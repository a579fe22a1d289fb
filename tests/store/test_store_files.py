"""Files that docctl writes for people are whole, whoever writes beside it."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from docctl.store.placing import write_file


def test_files_written_at_once_hold_what_was_meant_for_each(place: Path) -> None:
    texts = {place / f"{name}.docx": name.encode() * 100_000 for name in "abcdefgh"}

    def write(path: Path) -> None:
        for _ in range(30):
            write_file(path, texts[path])
            assert path.read_bytes() == texts[path]

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, texts))
    assert {path: path.read_bytes() for path in place.iterdir()} == texts
