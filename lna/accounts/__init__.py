"""People's accounts: signing in, roles, sessions, one's own data."""
