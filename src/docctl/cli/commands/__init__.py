"""The commands, a module for each concept; imported when one of them is used."""
