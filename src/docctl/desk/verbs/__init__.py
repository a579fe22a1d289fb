"""The verbs: what each asks for, and the statement that it makes."""
