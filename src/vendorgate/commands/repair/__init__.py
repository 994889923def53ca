"""The way out for a usage that does not pass: changes on our side, and other offerings."""
