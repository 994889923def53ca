"""What would lift a result: changes on our side, tried by judging with them."""
