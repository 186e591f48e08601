"""Pages in a real Chromium, from a real server, at the widths and in the themes people use."""
