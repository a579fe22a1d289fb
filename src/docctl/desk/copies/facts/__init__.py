"""What copies say about themselves, out of the history: every signature is verified first."""
