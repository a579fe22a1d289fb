"""Lists worked out for a day: what is due, and who may do what."""
