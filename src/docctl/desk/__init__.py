"""Doing: every verb that changes a library, as prepare, sign and land."""
