"""What everything is about: the strategy's themes, the key themes, how they map."""
