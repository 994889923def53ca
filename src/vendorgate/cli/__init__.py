"""The command line: the only room that reads arguments, environment and clock, and that writes and exits."""
