"""What adopting another registry or other policies would do, before anybody adopts them."""
