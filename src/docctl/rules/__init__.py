"""Values go in, verdicts come out: what may happen to a document, and why not."""
