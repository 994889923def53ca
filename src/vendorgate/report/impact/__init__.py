"""What an adoption does, for people, for pull requests and for tools."""
