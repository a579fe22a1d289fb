"""The one tree to bytes: Markdown and DOCX."""
