"""Records at the desk: what they say goes to the vault, and what they are into the history."""
