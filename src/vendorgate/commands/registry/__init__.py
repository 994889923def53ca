"""What can be done with snapshots: look closer, compare, take in what others published, replace one by another."""
