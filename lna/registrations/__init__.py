"""Seats: the form, the waiting list, one's own registration, the staff's list."""
