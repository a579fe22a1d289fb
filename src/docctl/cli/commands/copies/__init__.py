"""Commands that write files for readers, or judge files that readers have."""
