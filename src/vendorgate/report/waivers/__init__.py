"""Waivers: where each stands, and what was added."""
