"""What is kept elsewhere."""
