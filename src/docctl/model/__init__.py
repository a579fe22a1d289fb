"""Nouns: frozen pydantic models of everything docctl speaks of, exported to `schemas/`."""
