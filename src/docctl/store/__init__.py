"""Git, the working copies and the index: where everything lies."""
