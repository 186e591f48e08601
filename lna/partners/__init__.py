"""The actor register: organisations, networks, groups, and the people in them."""
