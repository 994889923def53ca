"""The check, and the whole tree of reasons of one usage."""
