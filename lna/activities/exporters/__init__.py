"""Lists and single activities in the forms other programs read."""
