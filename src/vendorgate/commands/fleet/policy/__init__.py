"""Fleet policies over a run: what they come to for all usages that were judged together."""
