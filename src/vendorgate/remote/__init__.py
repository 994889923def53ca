"""What is kept elsewhere: addresses, fetching, and a cache of which nothing is believed."""
