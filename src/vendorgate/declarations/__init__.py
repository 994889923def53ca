"""What a usage declares, as it counts: what was observed in the place of it, and what contradicts itself."""
