"""When a record may go, and why: what starts its time, how it ages, what holds it."""
