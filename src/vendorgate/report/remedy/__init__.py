"""How ways out look."""
