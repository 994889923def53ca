"""The commands: one folder each, named by the word that users type, and a stranger to all others."""
