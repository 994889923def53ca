"""The agreements register: what stands in it, what is wrong with it, and what would go with an agreement."""
