"""The house stays walkable: what grows past these lines is split by concept."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "docctl"
FILES = sorted(SOURCE.rglob("*.py"))
#: Rooms whose tables are all frozen.
FROZEN = frozenset({"render", "intake", "model", "rules", "trust", "verify", "store"})


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            yield node


def length(function: ast.FunctionDef) -> int:
    """Return how many lines the body has, without its docstring."""
    body = function.body
    if ast.get_docstring(function) is not None:
        body = body[1:]
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_no_file_is_longer_than_300_lines() -> None:
    counted = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}

    assert {str(path.relative_to(SOURCE)): n for path, n in counted.items() if n > 300} == {}
    assert len(counted) > 300


def test_no_room_has_more_than_15_files() -> None:
    counted = Counter(path.parent.relative_to(SOURCE).as_posix() for path in FILES)

    assert {room: n for room, n in counted.items() if n > 15} == {}


def test_every_room_says_what_it_is_for() -> None:
    entries = [path for path in FILES if path.name == "__init__.py"]

    assert [
        one for one in entries if not ast.get_docstring(ast.parse(one.read_text(encoding="utf-8")))
    ] == []


def test_no_function_has_a_body_of_more_than_50_lines() -> None:
    long = {
        f"{path.relative_to(SOURCE)}: {one.name}": length(one)
        for path in FILES
        for one in functions(path)
        if length(one) > 50
    }

    assert long == {}


def test_no_table_of_a_room_can_be_written_to() -> None:
    """A table at the top of a file is a fact; who changes it by chance changes it for everybody."""
    plain = [
        f"{path.relative_to(SOURCE)}:{node.lineno}"
        for path in FILES
        if path.relative_to(SOURCE).parts[0] in FROZEN
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and ast.unparse(node).partition(" ")[0] != "__all__"
        and isinstance(node.value, ast.Dict | ast.DictComp | ast.Set | ast.SetComp | ast.List)
    ]

    assert plain == []
