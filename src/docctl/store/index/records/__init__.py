"""The part of the index that knows records: lists by any question, and days of retention."""
