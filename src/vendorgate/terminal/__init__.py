"""How things look on a terminal: styles, escaping, source excerpts."""
