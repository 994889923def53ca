"""What the registry says, for people (through rich) and for programs (JSON)."""
