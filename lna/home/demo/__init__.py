"""Demonstration content: a real programme at invented dates, with invented people.

What is real and what is made up, and whom to thank, is in ORIGIN.md beside this file.
"""

from lna.home.demo.accounts import SignIn, plant_accounts
from lna.home.demo.activities import plant_activities
from lna.home.demo.meeting import plant_meeting
from lna.home.demo.partners import plant_partners
from lna.home.demo.publications import plant_publications
from lna.home.demo.registrations import plant_registrations

__all__ = [
    "SignIn",
    "plant_accounts",
    "plant_activities",
    "plant_meeting",
    "plant_partners",
    "plant_publications",
    "plant_registrations",
]
