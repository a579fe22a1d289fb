from hypothesis import given, settings
from markdown_trees import SOUP, TREES

from docctl.content.parse import parse
from docctl.content.tree import Document
from docctl.render.markdown import body


@settings(max_examples=50, deadline=None, derandomize=True)
@given(TREES)
def test_what_is_written_is_read_back_as_the_same_tree(tree: Document) -> None:
    assert parse(body(tree))[0] == tree


@settings(max_examples=150, deadline=None, derandomize=True)
@given(SOUP)
def test_whatever_an_author_types_is_written_as_it_was_read(text: str) -> None:
    tree = parse(text)[0]

    assert parse(body(tree))[0] == tree
