"""What a marked tree says to people, in words."""
