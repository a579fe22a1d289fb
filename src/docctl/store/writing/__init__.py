"""How a change becomes durable: one commit on one branch, or nothing."""
