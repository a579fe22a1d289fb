"""Commands that keep records, hold them, and let them go."""
