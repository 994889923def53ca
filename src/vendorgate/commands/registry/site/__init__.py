"""The registry as pages: what each says (one module a kind of page), how they are drawn, how they are written."""
