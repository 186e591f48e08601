"""The library: publications and what has been written about them."""
