"""Tracked changes: brackets around what came and went, and the markup that programs know."""
