"""What to start from: a manifest, or a bundle of policies."""
