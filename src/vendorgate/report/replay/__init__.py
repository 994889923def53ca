"""Whether a report holds, for people and for tools."""
