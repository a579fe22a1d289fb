"""Text to the one tree: parsing, numbering, references, and what is wrong with a text."""
