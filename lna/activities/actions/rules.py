"""What an outline has to obey, whoever writes it: each rule one sentence, at its field."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from lna.accounts.models import User
from lna.accounts.policies import coordinators
from lna.activities import policies
from lna.activities.actions.outline import Outline
from lna.activities.models import ACTIVITY_TYPES, MEETING_KINDS, Activity
from lna.activities.models.choices import ADMISSIONS, BENEFICIARIES
from lna.activities.queries import staff as queries
from lna.activities.queries.standing import local_days
from lna.core.refusal import Refused
from lna.core.typed_times import midnight, zones
from lna.core.vocabulary import ACTOR_GROUPS, COUNTRIES, LANGUAGES, MODES, provinces
from lna.partners.queries.organisations import organisation_names
from lna.themes.queries import themes_by_id

Broken: TypeAlias = str | LazyString | None


def _known(values: Iterable[object], vocabulary: Collection[object]) -> Broken:
    unknown = [value for value in values if value and value not in vocabulary]
    return _("“%(value)s” is not in the list.", value=unknown[0]) if unknown else None


def _dates(outline: Outline) -> Broken:
    if (outline.starts_at is None) != (outline.ends_at is None):
        return _("Please say both when it starts and when it ends, or leave both open.")
    if outline.starts_at and outline.ends_at and outline.ends_at <= outline.starts_at:
        return _("It ends before it starts.")
    if outline.all_day and not all(map(_is_midnight(outline.timezone), _ends(outline))):
        return _("What lasts all day begins and ends at midnight.")
    return None


def _ends(outline: Outline) -> list[datetime]:
    return [at for at in (outline.starts_at, outline.ends_at) if at]


def _is_midnight(zone: str) -> Callable[[datetime], bool]:
    return lambda at: midnight(at.astimezone(ZoneInfo(zone)).date(), zone) == at


def _sessions(outline: Outline) -> Broken:
    if any(session.ends_at <= session.starts_at for session in outline.sessions):
        return _("A session ends before it starts.")
    if not outline.sessions:
        return None
    days = local_days(outline.starts_at, outline.ends_at, outline.timezone)
    if days is None:
        return _("Set the dates of the activity before those of its sessions.")
    zone = ZoneInfo(outline.timezone)
    for session in outline.sessions:
        if not days[0] <= session.starts_at.astimezone(zone).date() <= days[1]:
            return _("The session “%(title)s” is on another day.", title=str(session.title))
    return None


def _places(outline: Outline) -> Broken:
    for place in outline.places:
        if place.country not in outline.countries:
            return _("A place lies in a country that is not one of the activity's.")
        province = provinces().get(place.province)
        if place.province and (province is None or province.country != place.country):
            return _("A province does not lie in the country of its place.")
    return None


def _organisers(outline: Outline) -> Broken:
    named = Counter(each.organisation_id for each in outline.organisers)
    twice = [one for one, times in named.items() if times > 1]
    if twice:
        name = str(organisation_names()[twice[0]][1]) if twice[0] in organisation_names() else ""
        return _("“%(name)s” is named twice: choose one part for it.", name=name)
    return _known(named, organisation_names())


def _registration(outline: Outline) -> Broken:
    opens, closes = outline.registration_opens_at, outline.registration_closes_at
    if opens and closes and closes <= opens:
        return _("Registration closes before it opens.")
    return None


def _interpreted(outline: Outline) -> Broken:
    both = set(outline.languages) & set(outline.interpreted)
    return _("A language is either spoken or interpreted, not both.") if both else None


RULES: tuple[tuple[str, Callable[[Outline], Broken]], ...] = (
    ("title", lambda o: None if o.title else _("Please write a title.")),
    ("type", lambda o: _known([o.type], ACTIVITY_TYPES)),
    ("secondary_types", lambda o: _known(o.secondary_types, ACTIVITY_TYPES)),
    ("meeting_kind", lambda o: _known([o.meeting_kind], MEETING_KINDS)),
    ("countries", lambda o: _known(o.countries, COUNTRIES)),
    ("origin_countries", lambda o: _known(o.origin_countries, COUNTRIES)),
    ("mode", lambda o: _known([o.mode], MODES)),
    ("timezone", lambda o: _known([o.timezone or "-"], zones())),
    ("languages", lambda o: _known(o.languages, LANGUAGES)),
    ("interpreted", lambda o: _known(o.interpreted, LANGUAGES) or _interpreted(o)),
    ("actor_groups", lambda o: _known(o.actor_groups, ACTOR_GROUPS)),
    ("beneficiaries", lambda o: _known(o.beneficiaries, BENEFICIARIES)),
    ("admission", lambda o: _known([o.admission], ADMISSIONS)),
    ("themes", lambda o: _known(o.theme_ids, themes_by_id())),
    ("network", lambda o: _known([o.network_id], organisation_names())),
    ("group", lambda o: _known([o.group_id], organisation_names())),
    ("organisers", _organisers),
    ("ends_on", _dates),
    ("places", _places),
    ("sessions", _sessions),
    ("registration_closes_on", _registration),
)


def obey(outline: Outline) -> None:
    """Refuse an outline that breaks a rule."""
    for field, rule in RULES:
        if broken := rule(outline):
            raise Refused(broken, field)


def stay_in_scope(outline: Outline, by: User | None) -> None:
    """Refuse what would lie outside the writer's countries (M18)."""
    if by and not policies.can_plan_in(by, outline.countries):
        raise Refused(
            _("You plan for your own country: please keep it among the countries."), "countries"
        )


def fit_what_is_taken(outline: Outline, activity: Activity) -> None:
    """Refuse fewer seats than are taken: nobody is dropped."""
    if outline.capacity is not None and outline.capacity < activity.seats_taken:
        raise Refused(
            _(
                "%(taken)s seats are taken already: please leave at least as many.",
                taken=activity.seats_taken,
            ),
            "capacity",
        )


def keep_approval(outline: Outline, activity: Activity, by: User | None) -> None:
    """Refuse an amount for which the approval given does not count (M17)."""
    is_more = (outline.amount_usd or 0) > (activity.amount_usd or 0)
    if not (by and activity.stage.is_approved and is_more):
        return
    if not policies.can_approve_amount(by, outline.amount_usd):
        raise Refused(
            _("It is approved for less: ask who may approve this amount to write it here."),
            "amount_usd",
        )


def keep_hidden(outline: Outline, activity: Activity, by: User | None) -> None:
    """Refuse to show who takes part again, but to those whose scope is every country."""
    shows_again = activity.hides_participants and not outline.hides_participants
    if by and shows_again and not coordinators(by):
        raise Refused(_("Only a coordinator can unlock the list."), "hides_participants")


def quarter_of(outline: Outline) -> tuple[datetime, datetime] | None:
    """The calendar quarter in which it begins, in its own zone; None while the dates are open."""
    if outline.starts_at is None:
        return None
    zone = ZoneInfo(outline.timezone)
    begins = outline.starts_at.astimezone(zone)
    first = datetime(begins.year, (begins.month - 1) // 3 * 3 + 1, 1, tzinfo=zone)
    after = first.month + 3
    last = first.replace(year=first.year + after // 13, month=(after - 1) % 12 + 1)
    return first, last


def look_alikes(outline: Outline, but: int | None = None) -> list[queries.Alike]:
    """Activities like this one: same country, theme and quarter (M13)."""
    return queries.look_alikes(outline.countries, outline.theme_ids, quarter_of(outline), but)
