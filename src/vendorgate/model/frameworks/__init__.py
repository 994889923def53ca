"""The frameworks that ship: data, and no behaviour."""
