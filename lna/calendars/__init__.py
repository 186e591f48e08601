"""Feeds: the programme as calendar applications subscribe to it."""
