"""Copies that are handed out: what they say about themselves, and the text they carry."""
