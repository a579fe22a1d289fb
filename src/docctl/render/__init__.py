"""The one tree to bytes: Markdown, DOCX, HTML and PDF."""
