from docctl.content.parse import parse
from docctl.render.beside import beside
from docctl.render.markdown import body

FILES = {"rig.png": b"1", "data/my plan.pdf": b"2", "unused.txt": b"3"}
TEXT = """![Rig](./rig.png "The rig"), [the plan](<data/my plan.pdf>), [again](files/rig.png?raw=1),
[another document](other.md), [a section](#x), [a page](https://example.org/rig.png).
"""


def test_pictures_and_files_are_led_into_the_folder_of_the_copy() -> None:
    tree, files = beside(parse(TEXT)[0], FILES, "PRO-001-2")

    assert files == {"PRO-001-2/rig.png": b"1", "PRO-001-2/data/my plan.pdf": b"2"}
    assert body(tree) == (
        '![Rig](PRO-001-2/rig.png "The rig"), [the plan](PRO-001-2/data/my%20plan.pdf),'
        " [again](PRO-001-2/rig.png),\n[another document](), [a section](#x),"
        " [a page](https://example.org/rig.png).\n"
    )
    assert parse(body(tree))[0] == tree


def test_a_text_without_files_stays_the_same() -> None:
    tree = parse("Text.\n")[0]

    assert beside(tree, FILES, "PRO-001-2") == (tree, {})
