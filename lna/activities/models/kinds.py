"""The eight types of activity, verbatim and in the programme's order (M1), and meeting kinds."""

from flask_babel import lazy_gettext as _

ACTIVITY_TYPES = {
    "information_analysis": _("Information collection, analysis & dissemination"),
    "case_study": _("Collecting, distilling and publishing case studies"),
    "targeted_research": _("Targeted research"),
    "learning_visit": _("Structured learning visit"),
    "cross_border_learning": _("Cross border learning"),
    "training": _("Training & organizational strengthening"),
    "coaching_pairing": _("Coaching & pairing"),
    "practical_collaboration": _("Convening practical collaborations"),
}
MEETING_KINDS = {
    "national_consultation": _("National stakeholder consultation workshop"),
    "regional_meeting": _("Annual regional consultation meeting"),
    "thematic_group_meeting": _("Thematic group meeting"),
    "reflection_workshop": _("Reflection workshop"),
    "public_debate": _("Public debate"),
    "online_dialogue": _("Online dialogue"),
    "forum": _("Regional land forum"),
    "webinar": _("Webinar"),
    "summer_school": _("Summer school"),
}
