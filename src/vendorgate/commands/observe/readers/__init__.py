"""One reader a vendor: what is asked there, and which value an answer proves."""
