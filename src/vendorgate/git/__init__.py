"""git, run as a process that reads and never writes."""
