"""Markdown to tree: the syntax docctl reads, block by block and inline by inline."""
