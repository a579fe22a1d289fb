"""HTML that stands in a text: tags that mean marks, and the tables of other programs."""
