"""Many repositories to a store: which are meant, what each has, and which could not be read."""
