"""The agreements register in writing: one file a format, each with a pure function a command."""
