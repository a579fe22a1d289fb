"""Records, what forms say of them, how long they are kept, and what must not be destroyed."""
