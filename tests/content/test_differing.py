"""A marked tree holds both trees, and says what differs."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from render.trees import DOCUMENTS

from docctl.content.differing import (
    ChangedPlace,
    accepted,
    differences,
    marked,
    rejected,
    staged,
    unwrapped,
)
from docctl.content.differing.aligning import matched
from docctl.content.differing.beside import joined
from docctl.content.marks import MARKS, Changed, Deleted, Inserted
from docctl.content.parse import parse
from docctl.content.tree import Definition, Document, FootnoteRef, ListItem, Table, Text
from docctl.content.walk import FIELDS, blocks, lines, plain

#: A tree that fails is not made smaller: that takes minutes.
quickly = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


def tidy(tree: Any) -> Any:
    """Return a tree as parsers make it: no text stands next to another one."""
    if isinstance(tree, tuple):
        row: list[Any] = []
        for part in map(tidy, tree):
            if isinstance(part, Text) and row and isinstance(row[-1], Text):
                row[-1] = Text(row[-1].text + part.text)
            else:
                row.append(part)
        return tuple(row)
    return replace(tree, **{name: tidy(getattr(tree, name)) for name in FIELDS.get(type(tree), ())})


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Document, Document]:
    """Return two trees of which the newer one often holds much of the older one."""
    old, new = tidy(draw(DOCUMENTS)), tidy(draw(DOCUMENTS))
    shuffled = draw(st.permutations([*old.blocks, *new.blocks]))
    some = tuple(shuffled[: draw(st.integers(0, len(shuffled)))])
    mixed = replace(new, blocks=draw(st.sampled_from([new.blocks, some, old.blocks])))
    return old, _nudged(mixed, draw(st.randoms(use_true_random=False)))


def _nudged(tree: Any, random: Random) -> Any:
    """Return the tree with a word changed here and there, and a node left out."""
    if isinstance(tree, Text) and random.random() < 0.2:
        return Text(f"{tree.text} more")
    if isinstance(tree, tuple):
        plain_row = any(isinstance(part, tuple) for part in tree)  # rows keep their cells
        keep = [plain_row or random.random() > 0.05 for _ in tree]
        return tidy(
            tuple(_nudged(one, random) for one, kept in zip(tree, keep, strict=True) if kept)
        )
    if isinstance(tree, Table) and random.random() < 0.5:
        tree = _recolumned(tree, [random.choice((0, 1, 1, 1, 2)) for _ in tree.head])
    names = [name for name in FIELDS.get(type(tree), ()) if name not in {"head", "rows"}]
    return replace(tree, **{name: _nudged(getattr(tree, name), random) for name in names})


def _recolumned(table: Table, times: list[int]) -> Table:
    """Return a table in which each column stands so many times."""
    if not any(times):
        return table

    def taken(row: tuple[Any, ...]) -> Any:
        return tuple(one for one, often in zip(row, times, strict=True) for _ in range(often))

    rows = tuple(map(taken, table.rows))
    return replace(table, head=taken(table.head), rows=rows, alignments=taken(table.alignments))


@quickly
@given(pairs())
def test_both_trees_come_out_again_unchanged(both: tuple[Document, Document]) -> None:
    old, new = both

    found = marked(old, new)

    assert accepted(found) == new
    assert rejected(found) == replace(old, numbering=new.numbering)


@quickly
@given(pairs())
def test_nothing_is_marked_only_where_nothing_differs(both: tuple[Document, Document]) -> None:
    old, new = both

    assert marked(new, new) == new
    assert bool(_marks(marked(old, new))) == (
        (old.blocks, old.footnotes) != (new.blocks, new.footnotes)
    )


def _marks(tree: Any) -> list[Any]:
    if type(tree) in MARKS:
        return [tree]
    if isinstance(tree, tuple):
        return [mark for part in tree for mark in _marks(part)]
    return [mark for name in FIELDS.get(type(tree), ()) for mark in _marks(getattr(tree, name))]


@quickly
@given(pairs())
def test_writers_get_marks_among_inlines_and_blocks_alone(
    both: tuple[Document, Document],
) -> None:
    old, new = both
    found = staged(marked(old, new), new)

    held = [node for mark in _marks(found) if not isinstance(mark, Changed) for node in mark.nodes]
    assert not [node for node in held if isinstance(node, ListItem | tuple)]
    for side, text in ((accepted(found), new), (rejected(found), old)):
        assert _words(Document(side.blocks)) == _words(Document(text.blocks))
        assert not _notes(text) - _notes(side)


def _notes(document: Document) -> Counter[str]:
    """Return what footnotes say; one whose mark has moved stands there twice."""
    said = (_words(Document(note.blocks)) for note in document.footnotes)
    return Counter(filter(None, said))


def _words(document: Document) -> str:
    return "".join(plain(nodes) for block in blocks(document) for _, nodes in lines(block))


# --- by hand -------------------------------------------------------------------------------


def between(old: str, new: str) -> tuple[ChangedPlace, ...]:
    return differences(marked(*(unwrapped(parse(text)[0]) for text in (old, new))))


def told(old: str, new: str) -> list[str]:
    return [
        " ".join(f"{' > '.join(one.place)}: {one.was} -> {one.now}".split())
        for one in between(old, new)
    ]


def test_words_are_compared_one_by_one() -> None:
    (one,) = between(
        "## Scope\n\nIt is checked weekly, at noon.", "## Scope\n\nIt is checked daily, at noon."
    )

    assert one.place == ("Scope",)
    assert one.parts == (
        ("kept", "It is checked "),
        ("deleted", "weekly"),
        ("inserted", "daily"),
        ("kept", ", at noon."),
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("one two", "one\ntwo", []),
        ("a bold word", "a **bold** word", [": a bold word -> a **bold** word"]),
        ("see [it](a.pdf)", "see [it](b.pdf)", [": see [it](a.pdf) -> see [it](b.pdf)"]),
        ("run `a b`", "run a b", [": run `a b` -> run a b"]),
        ("x^2^ H<sub>2</sub>O _a_ ~~b~~", "x", None),
        (
            "see [[PRO-001]] and [[function:Buyer]]",
            "see [[PRO-001#x]] and [[function:Seller]]",
            [": see [](PRO-001) and Buyer -> see [](PRO-001#x) and Seller"],
        ),
        (
            "the *old plan* of the year",
            "the *new plan* of the year",
            [": the _old plan_ of the year -> the _new plan_ of the year"],
        ),
        ("- [ ] do it", "- [x] do it", [": [ ] do it -> [x] do it"]),
        ("- do it", "- [x] do it", [": do it -> [x] do it"]),
        (
            "- [ ] do it now\n- [ ] rest",
            "- [x] do it soon\n- [ ] rest",
            [": [ ] do it soon -> [x] do it soon", ": do it now -> do it soon"],
        ),
        ("3. a\n4. b", "5. a\n6. b", [": numbered from 3 -> numbered from 5"]),
        ("- a\n- b", "1. a\n2. b", [": list with bullets -> numbered list, numbered from 1"]),
        ("- a\n- b", "- a\n\n- b", [": close together -> items apart"]),
        ("# Aim\n\nx", "## Aim\n\nx", ["Aim: heading of level 1 -> heading of level 2"]),
        ("the long aim", "# the long aim", ["the long aim: paragraph -> heading of level 1"]),
        ("## A {.unnumbered}", "## A", ["A: unnumbered -> plain"]),
        (
            "> [!NOTE]\n> mind the step",
            "> [!WARNING]\n> mind the step",
            [": NOTE: -> WARNING:"],
        ),
        ("> a b c", "> a b d", [": a b c -> a b d"]),
        (
            "| A |\n|---|\n| 1 |",
            "| A |\n|--:|\n| 1 |",
            [": columns aligned plain -> columns aligned right"],
        ),
        (
            "| A |\n|---|\n| 1 |",
            "| A | B |\n|---|---|\n| 1 | 2 |",
            [": -> column B: 2"],
        ),
        (
            "| A | B |\n|---|--:|\n| 1 | 2 |\n| 3 | 4 |",
            "| A |\n|---|\n| 1 |\n| 5 |\n| 3 |",
            [": column B: 2; 4 ->", ": -> 5"],
        ),
        (
            "| A | B | C |\n|---|---|---|\n| 1 | 2 | 3 |",
            "| B | A | C |\n|---|---|---|\n| 2 | 1 | 3 |",
            [": -> column B: 2", ": column B: 2 ->"],
        ),
        (
            "| Who | Telephone |\n|---|---|\n| the office | 31 42 |",
            "| No. | Owner | Telephone |\n|---|---|---|\n| 1 | the office | 31 42 |",
            [": -> column No.: 1", ": Who | Telephone -> Owner | Telephone"],
        ),
        (
            "| A | B | C |\n|---|---|---|\n| much the same | x | y |",
            "| A | D | E | F |\n|---|---|---|---|\n| much the same | p | q | r |",
            [
                ": A | B | C; much the same | x | y ->",
                ": -> A | D | E | F; much the same | p | q | r",
            ],
        ),
        (
            '![rig](a.png "Rig"){width=50%}',
            "![rig](b.png)",
            [': ![rig](a.png "Rig") 50% ->', ": -> ![rig](b.png)"],
        ),
        (
            "a\n\n---\n\nb",
            "a\n\n\\newpage\n\nb",
            [": (a line across the page) ->", ": -> (a new page)"],
        ),
        ("```\nx = 1\n```", "```\nx = 2\n```", [": x = 1 -> x = 2"]),
        ("```\na b\nc d\n```", "```\na b\ne\nc d f\n```", [": -> e", ": c d -> c d f"]),
        ("```\na b\n\nc\n```", "```\na b\nc\n```", [": `a b c` -> `a b c`"]),
        ("```py\na\n```", "```sh\na\n```", [": code in py -> code in sh"]),
        ("```\na\tb\nc\n```", "```\na\tx\nc\n```", [": a b -> a x"]),
        (
            '![rig](a.png "The rig of old")',
            '![rig](a.png "The rig of today")',
            [": The rig of old -> The rig of today"],
        ),
        (
            '![rig](a.png "The rig of old")',
            '![rig](b.png "The rig of today")',
            [
                ': ![rig](a.png "The rig of old") -> ![rig](b.png "The rig of today")',
                ": The rig of old -> The rig of today",
            ],
        ),
        ('![](a.png "One thing")', '![](b.png "Other stuff")', None),
        ("Pump\n: a machine", "Pump\n: a good machine", [": a machine -> a good machine"]),
        (
            "Pump\n: a machine",
            "Pump\n: a machine\n\n: a shoe",
            [": Pump: a machine ->", ": -> Pump: a machine a shoe"],
        ),
        ("…", "!!!", [": … -> !!!"]),
        (
            "The pump is red.",
            "Entirely other things.\n\nThe pump is blue.",
            [": -> Entirely other things.", ": The pump is red. -> The pump is blue."],
        ),
        ("a\\\nb", "a\\\nc", [": a / b -> a / c"]),
        ("a[^1]\n\n[^1]: one note", "a[^1]\n\n[^1]: two note", ["Notes: one note -> two note"]),
        ("a[^1]\n\n[^1]: x", "a", [": a[^1] -> a", "Notes: [^1]: x ->"]),
        ("> quoted words\n>\n> - item", "", [": > quoted words item ->"]),
        ("::: tip Good to know\nWords\n:::", "", [": TIP: Good to know: Words ->"]),
        ("- first\n\n  more", "- > first\n\n  more", [": first more ->", ": -> > first more"]),
        ("Table of things\n\n- a\n", "- a\n\nTable of things", None),
    ],
)
def test_what_readers_see_is_told(old: str, new: str, expected: list[str] | None) -> None:
    if expected is None:
        assert told(old, new)
    else:
        assert told(old, new) == expected


def test_what_was_only_counted_anew_is_no_difference() -> None:
    old, new = (parse(text)[0] for text in ("# A\n\nx", "# A\n\nx"))
    counted = replace(new, blocks=(replace(new.blocks[0], number="7", anchor="b"), new.blocks[1]))
    found = marked(old, counted)

    assert differences(found) == ()
    assert isinstance(found.blocks[0], Changed)
    assert (accepted(found), rejected(found)) == (counted, old)


def test_words_kept_between_two_changes_by_chance_go_with_them() -> None:
    (one,) = between("pumps of a kind we have, all of them", "motors of b sort we own, all of them")

    assert [kind for kind, _ in one.parts] == ["deleted", "inserted", "kept"]


def test_a_mark_of_a_footnote_leads_to_the_note_of_its_own_side() -> None:
    old = "Alpha beta gamma.[^1]\n\nAnother one stands here.\n\n[^1]: the old words of it\n"
    new = "Another one stands here.[^1]\n\n[^1]: the new words of it\n"
    trees = [parse(text)[0] for text in (old, new)]
    found = staged(marked(*trees), trees[1])

    names = {type(mark): _refs(mark) for mark in _marks(found.blocks) if _refs(mark)}
    assert names == {Deleted: ["1-was"], Inserted: ["1-now"]}
    assert [note.id for note in found.footnotes] == ["1-was", "1-now"]


def test_a_note_that_changes_places_with_another_is_still_there() -> None:
    """Its mark stays in the text, while the order of the notes is another one."""
    old = "[^x] Alpha beta gamma delta epsilon.[^y]\n\n[^x]: of the left\n\n[^y]: of the right\n"
    new = (
        "Alpha beta gamma delta epsilon.[^y][^x]\n\n[^x]: of the left\n\n[^y]: of the right side\n"
    )
    trees = [parse(text)[0] for text in (old, new)]
    found = staged(marked(*trees), trees[1])

    for side, text in zip((rejected(found), accepted(found)), trees, strict=True):
        notes = {note.id.partition("-")[0]: note.blocks for note in side.footnotes if note.blocks}
        assert notes.keys() == {"x", "y"}
        assert not _notes(text) - _notes(side)
    assert {*_refs(found.blocks)} <= {note.id for note in found.footnotes}


def test_a_note_keeps_its_name_where_the_new_one_is_taken() -> None:
    old = "Alpha beta gamma.[^1] Here.[^1-was]\n\n[^1]: the first\n\n[^1-was]: the second\n"
    new = "Here.[^1-was] Another one.[^1]\n\n[^1]: the first\n\n[^1-was]: the second\n"
    trees = [parse(text)[0] for text in (old, new)]
    found = staged(marked(*trees), trees[1])

    names = [note.id for note in found.footnotes]
    assert len(names) == len({*names})
    assert {*_refs(found.blocks)} == {*names}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("- a b c", "- a b c\n- d e"),
        ("- a b c", "- a b c\n- > d e\n\n  f g"),
        ("Pump\n: a machine", "Pump\n: a machine\n\nShoe\n: a thing to wear\n\n  on feet"),
        ("| A |\n|---|\n| one |", "| A |\n|---|\n| one |\n| two |"),
        (
            "| A | B | C |\n|---|---|---|\n| 1 | 2 | 3 |",
            "| B | A | C |\n|---|---|---|\n| 2 | 1 | 3 |",
        ),
        ("a\n\n[^1]: x", "a[^1]\n\n[^1]: x"),
        ("# A\n\nSome words here.", "Some words here.\n\n# A"),
        ("> x\n\na[^1]\n\n[^1]: y", "> x\n\na"),
        ("See _this_ and `code`.", "See _that_ and so on.\n\n- x\n\n  y"),
    ],
)
def test_what_comes_with_an_item_a_row_or_a_term_is_marked_inside_it(old: str, new: str) -> None:
    for was, now in ((old, new), (new, old)):
        trees = [parse(text)[0] for text in (was, now)]
        found = staged(marked(*trees), trees[1])

        held = [node for mark in _marks(found) for node in getattr(mark, "nodes", ())]
        assert not [node for node in held if isinstance(node, ListItem | Definition | tuple)]
        assert _words(Document(accepted(found).blocks)) == _words(Document(trees[1].blocks))
        assert _words(Document(rejected(found).blocks)) == _words(Document(trees[0].blocks))


def test_what_was_deleted_has_no_anchor_that_is_still_in_use() -> None:
    old, new = (parse(text)[0] for text in ("# Aim\n\nA b.\n\nC d.", "A b.\n\nC d.\n\n# Aim"))
    found = staged(marked(old, new), new)

    marks = [one for one in found.blocks if type(one) in MARKS]
    anchors = {type(mark): mark.nodes[0].anchor for mark in marks}
    assert anchors == {Deleted: "", Inserted: "aim"}


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("(a.png){#fig-a}", "(a.png){#fig-b}"),
        ('(a.png "The rig")', '(a.png "The rig"){.landscape}'),
    ],
)
def test_a_figure_with_another_anchor_or_place_only_is_no_difference(was: str, now: str) -> None:
    old, new = (parse(f"![rig]{text}")[0] for text in (was, now))
    found = marked(old, new)

    assert [type(one) for one in found.blocks] == [Changed]
    assert differences(found) == ()
    assert (accepted(found), rejected(found)) == (new, old)


def test_what_both_texts_share_needs_no_second_look() -> None:
    old, new = (parse(f"# A\n\nsame\n\n## B\n\n{word} are here now")[0] for word in ("two", "six"))
    found = marked(old, new)

    assert differences(found, new) == differences(found)
    assert [one.place for one in differences(found, new)] == [("A", "B")]


def _refs(tree: Any) -> list[str]:
    if isinstance(tree, FootnoteRef):
        return [tree.id]
    if isinstance(tree, tuple):
        return [one for part in tree for one in _refs(part)]
    return [one for name in FIELDS.get(type(tree), ()) for one in _refs(getattr(tree, name))]


# --- moved ---------------------------------------------------------------------------------

MOVED = "## Use\n\nNobody stands under the load while it is lifted.\n\n- Look up.\n- Go away."
STAYS = "## Aim\n\nWe lift.\n\n"
ENDS = "## End\n\nAll is down.\n\nOne more.\n\nAnd another."


def test_a_section_that_was_moved_is_told_as_one_passage_with_both_places() -> None:
    old = f"{STAYS}{MOVED}\n\n{ENDS}"
    gone, come = between(old, f"{STAYS}{ENDS}\n\n{MOVED}")

    assert (gone.kind, gone.place, gone.moved) == ("deleted", ("Use",), "Use")
    assert (come.kind, come.place, come.moved) == ("inserted", ("Use",), "Use")
    assert gone.was == come.now
    assert gone.was.endswith("Look up. Go away.")


def test_the_places_of_a_moved_passage_are_those_of_its_own_side() -> None:
    words = "Nobody stands under the load while it is lifted."
    gone, come = between(f"{words}\n\n{STAYS}{ENDS}", f"{STAYS}{ENDS}\n\n{words}")

    assert (gone.moved, come.moved) == ("End", "the beginning")


def test_passages_that_were_moved_apart_are_told_one_by_one() -> None:
    first = "Nobody stands under the load while it is lifted."
    second = "The driver looks at the crane before every shift."
    found = between(
        f"{first}\n\n{STAYS}{second}\n\n{ENDS}", f"{STAYS}{ENDS}\n\n{second}\n\n{first}"
    )

    assert [(one.kind, one.moved) for one in found] == [
        ("deleted", "End"),
        ("deleted", "End"),
        ("inserted", "Aim"),
        ("inserted", "the beginning"),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Short.\n\nAlpha.\n\nBeta.", "Alpha.\n\nBeta.\n\nShort."),
        (f"{MOVED}\n\n{MOVED}\n\nA.\n\nB.\n\nC.", f"A.\n\nB.\n\nC.\n\n{MOVED}"),
    ],
    ids=["too short to tell", "stands there twice"],
)
def test_what_may_stand_there_by_chance_was_not_moved(old: str, new: str) -> None:
    assert not [one for one in between(old, new) if one.moved]


# --- readable ------------------------------------------------------------------------------


def shown(old: str, new: str) -> str:
    """Return a changed line with what went in [-…-] and what came in {+…+}."""
    (one,) = between(old, new)
    around = {"kept": "{}", "deleted": "[-{}-]", "inserted": "{{+{}+}}"}
    return "".join(around[kind].format(words) for kind, words in one.parts)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "请每周检查水泵并记录结果。",
            "请每月检查水泵并将结果记录在表格中。",
            "请每[-周-]{+月+}检查水泵并[-记录结果-]{+将结果记录在表格中+}。",
        ),
        ("毎週ポンプを点検する。", "毎月ポンプを点検する。", "毎[-週-]{+月+}ポンプを点検する。"),
        ("ตรวจสอบปั๊มทุกสัปดาห์", "ตรวจสอบปั๊มทุกเดือน", "ตรวจสอบปั๊มทุก[-สัปดาห์-]{+เดือน+}"),
        (
            "पंप की जाँच हर सप्ताह करें",
            "पंप की जाँच हर महीने करें",
            "पंप की जाँच हर [-सप्ताह-]{+महीने+} करें",
        ),
        (
            "يتم فحص المضخة أسبوعيا وتسجيل",
            "يتم فحص المضخة شهريا وتسجيل",
            "يتم فحص المضخة [-أسبوعيا-]{+شهريا+} وتسجيل",
        ),
        ("매주 펌프를 점검하고", "매월 펌프를 점검하고", "[-매주-]{+매월+} 펌프를 점검하고"),
    ],
    ids=["chinese", "japanese", "thai", "hindi", "arabic", "korean"],
)
def test_words_are_words_in_every_script(old: str, new: str, expected: str) -> None:
    assert shown(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "Kept as it is. Faults are reported at once by phone. Kept, too.",
            "Kept as it is. Any fault must at once go to the quality office. Kept, too.",
            (
                "Kept as it is. [-Faults are reported at once by phone-]"
                "{+Any fault must at once go to the quality office+}. Kept, too."
            ),
        ),
        (
            "The Workshop Manager checks the pump each week.",
            "The Workshop Lead checks the pump each month.",
            "The Workshop [-Manager-]{+Lead+} checks the pump each [-week-]{+month+}.",
        ),
        ("Use the **blue** form.", "Use the **red** form.", "Use the **[-blue-]{+red+}** form."),
        ("It is 20 °C ± 2 °C.", "It is 21 °C ± 1 °C.", "It is [-20 °C ± 2-]{+21 °C ± 1+} °C."),
        ("Kept for 5 years.", "Kept for 10 years.", "Kept for [-5-]{+10+} years."),
    ],
)
def test_a_change_reads_as_one_where_hardly_a_word_was_kept(
    old: str, new: str, expected: str
) -> None:
    assert shown(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new", "was", "now"),
    [
        ("Use **this** `form` one.", "Use **this** `form` two.", "this form one", "this form two"),
        ("a bold word", "a **bold** word", "a bold word", "a bold (bold) word"),
        ("a _b_ c", "a `b` c", "a b (italic) c", "a b (code) c"),
        ("see [it](a.pdf)", "see [it](b.pdf)", "it (link to a.pdf)", "it (link to b.pdf)"),
        ("- [ ] do the **work**", "", "☐ do the work", ""),
        ("![rig](a.png)", "![rig](b.png)", "(picture: rig)", ""),
    ],
)
def test_plain_words_are_told_without_markdown(old: str, new: str, was: str, now: str) -> None:
    first, *_ = between(old, new)

    before, after = (
        "".join(words for kind, words in first.plainly if kind != gone)
        for gone in ("inserted", "deleted")
    )
    assert was in before
    assert now in after
    assert not {*"*`[]_"} & {*before, *after}


# --- large ---------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [10_000])
def test_a_long_row_is_divided_by_what_stands_in_it_once(size: int) -> None:
    old = list(range(size))
    new = [one if one % 7 else -one for one in old]
    new[5000:5000] = ["new"] * 50

    pairs = matched(old, new)

    assert all(i < k and j < m for (i, j), (k, m) in pairwise(pairs))
    assert len(pairs) == len({*old} & {*new})


def test_what_is_nearly_all_new_is_replaced_as_a_whole() -> None:
    """A thousand words that all stand many times: nothing to divide them by."""
    assert matched(["a", "b"] * 1000, ["b", "b", "a", "a"] * 450) == []


def test_what_has_only_moved_along_is_found_without_anything_that_stands_there_once() -> None:
    assert len(matched(["a", "b"] * 1000, ["c"] + ["a", "b"] * 900)) == 1800


def test_of_a_long_row_that_only_grew_at_its_end_all_the_rest_is_paired() -> None:
    kept = [str(number) for number in range(150)]

    assert matched(["was", *kept], ["is", *kept, "more"]) == [(at, at) for at in range(1, 151)]


def test_code_that_had_nothing_in_it_leaves_no_empty_mark() -> None:
    assert joined([""]) == ()
    assert joined([Inserted(("a",)), Deleted(("",))]) == (Inserted((Text("a"),)),)


def test_a_large_table_with_a_change_in_every_row_keeps_its_rows() -> None:
    def table(word: str) -> str:
        rows = (f"| {n} | part {n} | {word} | box {n % 7} |" for n in range(2000))
        return "\n".join(("| No | Name | Kind | Place |", "|---|---|---|---|", *rows))

    found = between(table("old"), table("new"))

    rows = [(f"{n} | part {n} | ", f" | box {n % 7}") for n in range(2000)]
    assert [(one.was, one.now) for one in found] == [
        (f"{before}old{behind}", f"{before}new{behind}") for before, behind in rows
    ]


def test_of_a_row_that_changed_the_others_say_which_one_it_is() -> None:
    (one,) = between(
        "| Gauge | Every |\n|---|---|\n| Calliper | 12 months |\n| Micrometer | 6 months |",
        "| Gauge | Every |\n|---|---|\n| Calliper | 12 months |\n| Micrometer | 3 months |",
    )

    assert one.parts == (
        ("kept", "Micrometer | "),
        ("deleted", "6"),
        ("inserted", "3"),
        ("kept", " months"),
    )


def test_rows_without_a_cell_in_common_are_another_row_each() -> None:
    assert told(
        "| Gauge | Every | Who |\n|---|---|---|\n| Dial gauge | 12 months | Workshop |",
        "| Gauge | Every | Who |\n|---|---|---|\n| Height gauge | 6 months | Laboratory |",
    ) == [
        ": Dial gauge | 12 months | Workshop ->",
        ": -> Height gauge | 6 months | Laboratory",
    ]


def test_a_long_list_of_which_every_item_changed_is_paired_by_place() -> None:
    old = "\n".join(f"- item number {n} of the very long list" for n in range(3000))
    new = "\n".join(f"- thing number {n} of the very long list" for n in range(3000))

    found = between(old, new)

    assert {one.kind for one in found} == {"changed"}
    assert len(found) == 3000


def test_of_many_changed_paragraphs_those_belong_together_that_begin_alike() -> None:
    old = [f"Step {n} of the work is to look at part {n} of it" for n in range(60)]
    new = [f"{text} again" for text in old[:20] + old[25:]]

    found = between("\n\n".join(old), "\n\n".join(new))

    assert Counter(one.kind for one in found) == {"changed": 55, "deleted": 5}
