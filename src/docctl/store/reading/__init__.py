"""What stands in the store at a commit, as people, documents, records and events."""
