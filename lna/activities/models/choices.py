"""Closed lists of an activity besides its type: what organisations do in it, who is admitted."""

from flask_babel import lazy_gettext as _

PARTS = {"organiser": _("Organiser"), "host": _("Host"), "partner": _("Partner")}
ADMISSIONS = {
    "open": _("Open: everyone who registers has a seat while there are any"),
    "approval": _("By approval: staff confirm each registration"),
    "closed": _("No public registration"),
}
BENEFICIARIES = {
    "smallholder": _("Smallholder / family farmers"),
    "forest_dependent": _("Forest-dependent communities"),
    "fisher": _("Fishers (fishing communities)"),
    "women": _("Women"),
    "youth": _("Youth"),
    "ethnic_minority": _("Ethnic minorities / indigenous peoples"),
    "landless": _("Landless and land-poor"),
}
