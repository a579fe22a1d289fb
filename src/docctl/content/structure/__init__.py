"""What a tree is made up of: headings and their numbers, anchors, footnotes, references."""
