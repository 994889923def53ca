"""Waivers as controlled records: what a new one would waive, how it gets into its file, where each of them stands."""
