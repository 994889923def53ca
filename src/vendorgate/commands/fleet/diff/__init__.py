"""Two runs side by side: what turned, and why."""
