"""The programme: what is planned, by whom, when, where, at which stage."""
