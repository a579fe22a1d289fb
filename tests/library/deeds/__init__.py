"""What can be done in a firm, and what is refused: scenes, and rows of tables."""
