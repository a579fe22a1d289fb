"""The pages of a copy's contents, as a word processor lays the copy out."""
