"""The one tree to bytes: Markdown, DOCX and HTML."""
