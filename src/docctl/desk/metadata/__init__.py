"""What a document says of itself: front matter, fields, settings, held against its type."""
