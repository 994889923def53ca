"""Results of two worlds, compared: what is worse, what became of what, and which input did it."""
