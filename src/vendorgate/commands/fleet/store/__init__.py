"""A store: what was gathered of many repositories, in one file that is whole or refused."""
