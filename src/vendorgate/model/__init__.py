"""The nouns: frozen, typed, without behaviour."""
