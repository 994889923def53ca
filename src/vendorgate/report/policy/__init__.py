"""What the commands for policies show: one file a subject and format."""
