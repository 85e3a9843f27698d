"""Look-ups in a catalog: rates, exchange rates, volumes, effort. Each returns a range with its evidence."""

from __future__ import annotations

from statistics import median

from advisor.engine.answers import Answers, ItSupport, Job, LanguageUse
from advisor.engine.catalog import Catalog, JobProfile, Number, Rate, Sector, SupportOffer
from advisor.engine.types import Assumption, Grade

EU = frozenset(
    "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split()  # noqa: SIM905
)

IT_WAGE = "network_sysadmin_median_wage"
EMPLOYER_ON_TOP = 1.3  # employer cost on a wage: the row's own note says 25-40 % on top
INDEX_FACT = "embedding_tokens_per_page"
# Rates of kind "effort_hours" and "share"/"quantity" that the cost lines use; all are rows of the catalog.
EFFORT_KINDS = frozenset({"effort_hours", "share", "quantity"})


def within(country: str | None, places: tuple[str, ...]) -> bool:
    """Whether a country is named, by itself or as a part of the EU."""
    return country in places or (country in EU and "EU" in places)


def cross_rate(catalog: Catalog, source: str, target: str) -> float:
    """Units of ``target`` for one unit of ``source``.

    Raises:
        ValueError: the catalog has no rate for one of the two.
    """
    return _units_per_usd(catalog, target) / _units_per_usd(catalog, source)


def exchange(catalog: Catalog, source: str, target: str) -> Number:
    """``cross_rate`` with where it comes from; dated by the older of the two rates."""
    rate = cross_rate(catalog, source, target)
    rows = [row for row in catalog.fx if row.currency in (source, target) and row.currency != "USD"]
    oldest = min(rows, key=lambda row: (row.as_of or "", row.slug))
    return Number(
        low=rate, central=rate, high=rate, unit=f"{target} for one {source}", grade=oldest.grade, source=oldest.source,
        as_of=oldest.as_of,
    )  # fmt: skip


def _units_per_usd(catalog: Catalog, currency: str) -> float:
    if currency == "USD":
        return 1.0
    for row in catalog.fx:
        if row.currency == currency and row.units_per_usd:
            return row.units_per_usd
    raise ValueError(f"currency: the catalog has no exchange rate for {currency!r}")


def fx_number(catalog: Catalog, currency: str) -> Number:
    """Spread of the exchange rate around today's, from the lowest and highest rate of the last twelve months.

    Foreign prices are nearly all in US dollars; for a business that counts in dollars the euro stands in.
    """
    pair = "EUR" if currency == "USD" else currency
    for row in catalog.fx:
        if row.currency == pair and row.units_per_usd:
            low = min(1.0, (row.units_per_usd_low_12m or row.units_per_usd) / row.units_per_usd)
            high = max(1.0, (row.units_per_usd_high_12m or row.units_per_usd) / row.units_per_usd)
            if pair != currency:  # a euro priced in dollars, not a dollar priced in euros
                low, high = 1 / high, 1 / low
            return Number(
                low=low, central=1.0, high=high, unit="times today's rate", grade=row.grade, source=row.source,
                as_of=row.as_of,
            )  # fmt: skip
    return Number(low=1.0, central=1.0, high=1.0, unit="times today's rate", grade=Grade.PUBLISHED)


def job_profile(catalog: Catalog, job: Job) -> JobProfile:
    for profile in catalog.job_profiles:
        if profile.slug == job:
            return profile
    raise ValueError(f"jobs: the catalog has no profile for {job!r}")


def weekly_volume(catalog: Catalog, sector: Sector, job: Job, staff: int) -> Number:
    """Units a week from the sector's figure per employee; else the middle of the sectors that do the job."""
    own = [row for row in sector.weekly_volume_per_employee if row.job == job]
    rows = own or [row for other in catalog.sectors for row in other.weekly_volume_per_employee if row.job == job]
    if not rows:
        return Number(low=5, central=20, high=60, unit="units/week", grade=Grade.ASSUMED)
    return Number(
        low=median(row.low for row in rows) * staff,
        central=median(row.central for row in rows) * staff,
        high=median(row.high for row in rows) * staff,
        unit="units/week",
        grade=Grade.ASSUMED,
    )


def language_number(answers: Answers, catalog: Catalog) -> dict[str, Number]:
    """Tokens for the same message against English, for the language used most."""
    mostly = [entry.language for entry in answers.languages or () if entry.use is LanguageUse.MOSTLY]
    for language in mostly:
        for fact in catalog.token_facts:
            if fact.key == "language_multiplier" and fact.language == language:
                return {
                    "language": Number(
                        low=fact.low or fact.central, central=fact.central, high=fact.high or fact.central,
                        unit=fact.unit, grade=fact.grade, source=fact.source, as_of=fact.as_of,
                    )
                }  # fmt: skip
    # No language named: English with the middle of the others as its high end, assumed.
    spread = Number(low=1.0, central=1.0, high=1.3, unit="tokens / English tokens", grade=Grade.ASSUMED)
    return {"language": spread}


def rates(catalog: Catalog, kind: str, key: str | None = None) -> tuple[Rate, ...]:
    return tuple(row for row in catalog.rates if row.kind == kind and key in (None, row.key))


def rate_number(row: Rate, times: float = 1.0) -> Number:
    """A catalog rate as a range; a single value stays single, a bare range takes its middle."""
    known = [value for value in (row.low, row.value, row.high) if value is not None]
    if not known:
        raise ValueError(f"rates[{row.slug}]: no figure")
    low, high = min(known), max(known)
    central = row.value if row.value is not None else (low + high) / 2
    return Number(
        low=low * times, central=central * times, high=high * times, unit=row.unit, grade=row.grade,
        source=row.source, as_of=row.as_of or row.seen_on,
    )  # fmt: skip


def effort_numbers(catalog: Catalog) -> dict[str, Number]:
    """Planning hours and shares by key, the power overhead of a small server room, and tokens of an indexed page."""
    numbers = {row.key: rate_number(row) for row in catalog.rates if row.kind in EFFORT_KINDS}
    numbers["pue"] = rate_number(rates(catalog, "pue", "server_room_small")[0])
    page = next(fact for fact in catalog.token_facts if fact.key == INDEX_FACT)
    numbers["tokens_per_page"] = Number(
        low=page.low or page.central, central=page.central, high=page.high or page.central, unit=page.unit,
        grade=page.grade, source=page.source, as_of=page.as_of,
    )  # fmt: skip
    return numbers


# What a support price covers, in months, by its unit; other units are projects, hours or salaries.
SUPPORT_MONTHS = {"machine_year": 12, "node_year": 12, "seat_month": 1, "month": 1}


def support_price(offer: SupportOffer) -> Number | None:
    """The offer's price as a range in its own currency; None where none is public or its unit is no running support."""
    known = [value for value in (offer.price_low, offer.price, offer.price_high) if value]
    if not known or offer.currency is None or offer.unit not in SUPPORT_MONTHS:
        return None
    low, high = min(known), max(known)
    return Number(
        low=low, central=offer.price or (low + high) / 2, high=high, unit=f"{offer.currency}/{offer.unit}",
        grade=offer.grade, source=offer.source, as_of=offer.as_of,
    )  # fmt: skip


def planning_names(catalog: Catalog) -> frozenset[str]:
    """Names of the planning values that can be replaced: hours, shares and quantities of the cost lines.

    Growth is none of them: it has a control of its own.
    """
    keys = {row.key for row in catalog.rates if row.kind in EFFORT_KINDS}
    return frozenset(keys - {"growth"} | {"pue", "tokens_per_page", "residual"})


def money_numbers(answers: Answers, catalog: Catalog, filled: list[Assumption]) -> dict[str, Number]:
    """Hourly costs, electricity and exchange-rate spread in the business's currency."""
    staff = _staff_hour(answers, catalog)
    work = _it_hour(answers, catalog, staff)
    electricity = _electricity(answers, catalog)
    if answers.hourly_cost is None:
        filled.append(_as_assumption("hourly_cost", "Q17", work))
    filled.append(_as_assumption("staff_hourly_cost", "Q17", staff))
    filled.append(_as_assumption("electricity_price", "Q1", electricity))
    return {
        "staff_hourly": staff,
        "it_hourly": work,
        "electricity": electricity,
        "fx": fx_number(catalog, answers.currency),
    }


def _as_assumption(key: str, question: str, number: Number) -> Assumption:
    source = None if (number.source or "").startswith("Q") else number.source  # taken over from another answer
    return Assumption(
        key, question, None, number.low, number.central, number.high, number.unit, number.grade, source, number.as_of
    )


def staff_rate(catalog: Catalog, country: str) -> Rate:
    """What an hour of staff costs in the country, else in the EU."""
    rows = rates(catalog, "labor_cost_hour", "employer_cost_whole_economy")
    own = next((row for row in rows if row.country == country), None)
    return own or next(row for row in rows if row.country == "EU")


def _staff_hour(answers: Answers, catalog: Catalog) -> Number:
    """What an hour of staff costs the business: the country's figure, else the EU average."""
    row = staff_rate(catalog, answers.country)
    number = rate_number(row, cross_rate(catalog, row.currency or "EUR", answers.currency))
    if row.country != answers.country and answers.hourly_cost is not None:
        # No figure for this country: staff are taken to cost what the person who looks after the computers costs.
        return Number(
            low=answers.hourly_cost * 0.6, central=answers.hourly_cost, high=answers.hourly_cost * 1.2,
            unit=number.unit, grade=Grade.ASSUMED, source="Q17",
        )  # fmt: skip
    if row.country != answers.country:
        # No figure for this country: the EU average with half to one and a half times as its range, assumed.
        return Number(
            low=number.central * 0.5, central=number.central, high=number.central * 1.5, unit=number.unit,
            grade=Grade.ASSUMED, source=number.source, as_of=number.as_of,
        )  # fmt: skip
    return number


def _it_hour(answers: Answers, catalog: Catalog, staff: Number) -> Number:
    """What an hour of the person who would run it costs: the answer, a published call-out rate, or a markup."""
    if answers.hourly_cost is not None:
        return Number(
            low=answers.hourly_cost, central=answers.hourly_cost, high=answers.hourly_cost, unit="per hour",
            grade=Grade.INDEPENDENT, source="Q17",
        )  # fmt: skip
    outside = answers.it_support in (None, ItSupport.NOBODY, ItSupport.OUTSIDE_FIRM)
    if outside:
        row = _call_out_rate(catalog, answers.country)
        if row is not None:
            return rate_number(row, cross_rate(catalog, row.currency or "EUR", answers.currency))
    wages = [row for row in rates(catalog, "labor_cost_hour", IT_WAGE) if row.country == answers.country]
    if wages and not outside:
        return rate_number(
            wages[0], EMPLOYER_ON_TOP * cross_rate(catalog, wages[0].currency or "USD", answers.currency)
        )
    markup = rate_number(rates(catalog, "quantity", "outside_firm_markup" if outside else "it_labor_markup")[0])
    return Number(
        low=staff.low * markup.low, central=staff.central * markup.central, high=staff.high * markup.high,
        unit="per hour", grade=Grade.ASSUMED, source=staff.source, as_of=staff.as_of,
    )  # fmt: skip


def _call_out_rate(catalog: Catalog, country: str) -> Rate | None:
    """A published hourly rate of outside help in the country: the row that states most of low, value and high."""
    found = [row for row in rates(catalog, "it_support_rate") if row.country == country and row.unit == "per hour"]
    known = [(sum(value is not None for value in (row.low, row.value, row.high)), row.slug, row) for row in found]
    stated = [item for item in known if item[0]]
    return min(stated, key=lambda item: (-item[0], item[1]))[2] if stated else None


def _electricity(answers: Answers, catalog: Catalog) -> Number:
    """Price of a kWh for a small business; figures for larger users are raised by the catalog's uplift."""
    row = next((row for row in catalog.electricity if row.country == answers.country), None)
    if row is None:
        prices = sorted(entry.price_kwh / _units_per_usd(catalog, entry.currency) for entry in catalog.electricity)
        rate = cross_rate(catalog, "USD", answers.currency)
        return Number(
            low=prices[0] * rate, central=median(prices) * rate, high=prices[-1] * rate, unit="per kWh",
            grade=Grade.ASSUMED,
        )  # fmt: skip
    price = row.price_kwh * cross_rate(catalog, row.currency, answers.currency)
    if row.suits_sme == "good":
        return Number(
            low=price * 0.9, central=price, high=price * 1.1, unit="per kWh", grade=row.grade, source=row.source,
            as_of=row.as_of,
        )  # fmt: skip
    uplift = rates(catalog, "share", f"electricity_uplift_{row.suits_sme}")[0].value or 1.0
    return Number(
        low=price, central=price * uplift, high=price * uplift * 1.3, unit="per kWh", grade=Grade.ASSUMED,
        source=row.source, as_of=row.as_of,
    )  # fmt: skip
