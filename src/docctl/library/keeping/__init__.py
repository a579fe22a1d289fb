"""The face of records: captured, proved, found again, kept as long as the rule says, let go."""
