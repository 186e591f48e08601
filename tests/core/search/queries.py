"""Queries nobody meant to type: every sign of the grammar in every order, and any text at all."""

from hypothesis import strategies as some

PIECES = (
    *("land", "policies", "2015", "ដីធ្លី", "ที่ดิน", "đất", "မြေယာ", "土地", "x"),
    *(" ", "  ", "AND", " AND ", " OR ", "OR", " NOT ", "NOT", "-", "+", "*", '"', "(", ")"),
    *("title:", "author:", "year:", "year:2010..2015", "country:", "nosuch:", ":", "..", "'"),
    *("\\", "“", "”", "（", "\u200b", "\u0301", "\x00", "\ud800", "&", "|", "!", "<->", ";", "%"),
)
odd_queries = some.one_of(
    some.lists(some.sampled_from(PIECES), max_size=24).map("".join),
    some.text(max_size=60),
)
