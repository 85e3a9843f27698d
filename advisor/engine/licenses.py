"""What a license asks of one business: where it may be used, limits on users and revenue, duties, limits on use.

Only what the license rows of the catalog state. Nobody is asked for revenue, and of the people outside the business
who use what it builds nobody knows the number: both are unknown, so a limit on them is never passed in silence but
told as something to check.
"""

from __future__ import annotations

from dataclasses import replace

from advisor.engine.answers import Audience
from advisor.engine.business import Business
from advisor.engine.catalog import License, LicenseLimit, Model
from advisor.engine.facts import EU
from advisor.engine.types import LicenseCard, Note

INSIDE = frozenset({Audience.STAFF, Audience.PROGRAM})
# Terms that speak only where people outside the business see what the model makes.
SEEN_OUTSIDE = frozenset({"mark_generated"})
# Terms that forbid; the others are duties.
CLOSED = "closed"  # openness of a model that only its maker runs
BARS = frozenset({"no_military", "no_training", "outputs_in_territory", "trade_control"})


def excluded_places(license_: License, model: Model, business: Business) -> tuple[str, ...]:
    """Countries of the business and its customers that the license leaves out, for this kind of model."""
    if license_.territory_modalities and not set(license_.territory_modalities) & set(model.modalities):
        return ()
    places = {business.answers.country, *business.answers.customer_countries}
    if places & EU:
        places.add("EU")
    return tuple(sorted(places & set(license_.territory_exclusions)))


def users_allowed(license_: License) -> float | None:
    """Most people a month that any business may have without terms of its own; None where the license sets no limit."""
    caps = [
        limit.above
        for limit in license_.limits
        if limit.measure == "users_month" and limit.effect == "ask" and limit.business is None
    ]
    return min(caps, default=None)


def duties(license_: License, business: Business) -> tuple[Note, ...]:
    """What the business must do, in the order of the license row."""
    return tuple(
        Note(f"duty_{term.kind}", {"text": term.text})
        for term in license_.terms
        if term.kind not in BARS and (term.kind not in SEEN_OUTSIDE or not set(business.audience) <= INSIDE)
    )


def bars(license_: License) -> tuple[Note, ...]:
    """What it must not do."""
    return tuple(Note(f"bar_{term.kind}", {"text": term.text}) for term in license_.terms if term.kind in BARS)


def checks(license_: License, business: Business) -> tuple[Note, ...]:
    """Limits that may bind and that no answer speaks to."""
    return tuple(
        Note(f"check_{limit.business or 'any'}_{limit.measure}_{limit.effect}", {"above": limit.above})
        for limit in license_.limits
        if not _settled(limit, business)
    )


def _settled(limit: LicenseLimit, business: Business) -> bool:
    """Inside the business the users are known and have passed the rule, and nobody is offered the model itself."""
    inside = set(business.audience) <= INSIDE
    if limit.business is not None:
        return inside
    return inside and limit.measure == "users_month" and business.users <= limit.above


def card(license_: License, business: Business) -> LicenseCard:
    """What the license lets this business do. ``may``, duties, bars and checks are codes; where the row has no terms
    of its own, ``must`` and ``must_not`` hold the catalog's own sentences instead.
    """
    coded = bool(license_.terms or license_.limits)
    made = general_card(license_)
    return replace(
        made,
        must=() if coded else made.must,
        must_not=_places(license_) if coded else made.must_not,
        duties=duties(license_, business),
        bars=bars(license_),
        checks=checks(license_, business),
    )


def openness(of_family: str | None, license_: License) -> str | None:
    """How open a model is: as its family, unless its own license is stricter than most of the family's."""
    strict = of_family == "open_weights_permissive" and general_card(license_).light != "green"
    return "open_weights_conditional" if strict else of_family


def general_card(license_: License) -> LicenseCard:
    """The same for nobody in particular: every condition in the catalog's own sentences."""
    green = license_.osi_approved and license_.commercial_use == "yes"
    light = "green" if green else ("red" if license_.commercial_use == "no" else "amber")
    may = {"green": ("use_commercially", "adapt", "redistribute"), "amber": ("use_under_conditions",), "red": ()}
    must = (license_.attribution, license_.cap, license_.other_conditions)
    must_not = (license_.acceptable_use, license_.output_restrictions)
    return LicenseCard(
        slug=license_.slug,
        name=license_.name,
        url=license_.url,
        light=light,
        summary=license_.summary,
        may=may[light],
        must=tuple(text for text in must if text),
        must_not=(*(text for text in must_not if text), *_places(license_)),
        source=license_.source or license_.url,
        as_of=license_.as_of or license_.seen_on,
    )


def _places(license_: License) -> tuple[str, ...]:
    """Where it does not hold, as a sentence or a list of codes."""
    places = license_.territory_note or ", ".join(license_.territory_exclusions)
    return (places,) if places else ()
