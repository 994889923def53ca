"""Evidence packs: what is in one, how it is written, and how one is read that nobody vouches for."""
