"""Reports of the past, reproduced from their inputs."""
