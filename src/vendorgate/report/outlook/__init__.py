"""What the coming days do to results, one file a format."""
