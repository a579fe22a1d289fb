"""What stands around the text: the control sheet, heads and feet, footnotes."""
