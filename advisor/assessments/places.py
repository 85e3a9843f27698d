"""Countries, currencies and languages a business can name: the ones the catalog has prices or rates for.

A country outside this list has no electricity price and no exchange rate, so a figure for it would be a guess.
Names in the reader's language come from Babel (``formats.py``); only codes live here.
"""

from __future__ import annotations

# Code -> currency proposed for it. Where the catalog has no rate for a country's own currency, the currency its
# businesses most often quote contracts in is proposed instead (EUR or USD).
COUNTRIES: dict[str, str] = {
    **dict.fromkeys(("AT", "BE", "BG", "HR", "CY", "EE", "FI", "FR", "DE", "GR", "IE", "IT", "LV", "LT"), "EUR"),
    **dict.fromkeys(("LU", "MT", "NL", "PT", "SK", "SI", "ES", "AL", "BA", "MD", "MK", "RS"), "EUR"),
    **dict.fromkeys(("US", "GE", "TW", "UA", "UZ", "VN"), "USD"),
    "AE": "AED",
    "AR": "ARS",
    "AU": "AUD",
    "BR": "BRL",
    "CA": "CAD",
    "CH": "CHF",
    "CL": "CLP",
    "CN": "CNY",
    "CO": "COP",
    "CZ": "CZK",
    "DK": "DKK",
    "EG": "EGP",
    "GB": "GBP",
    "HU": "HUF",
    "ID": "IDR",
    "IL": "ILS",
    "IN": "INR",
    "IS": "ISK",
    "JP": "JPY",
    "KE": "KES",
    "KR": "KRW",
    "KZ": "KZT",
    "MA": "MAD",
    "MX": "MXN",
    "MY": "MYR",
    "NG": "NGN",
    "NO": "NOK",
    "NZ": "NZD",
    "PH": "PHP",
    "PK": "PKR",
    "PL": "PLN",
    "RO": "RON",
    "RU": "RUB",
    "SA": "SAR",
    "SE": "SEK",
    "SG": "SGD",
    "TH": "THB",
    "TR": "TRY",
    "ZA": "ZAR",
}

# Groups of countries that licenses and rules speak of as one.
REGIONS = ("EU",)

# Where makers of models and machines sit; the country rules offer these first.
MAKER_COUNTRIES = ("US", "CN", "EU", "FR", "DE", "GB", "CA", "JP", "KR", "TW")
# Places a license most often leaves out or a law most often speaks of; customers there are asked for first.
COMMON_CUSTOMER_PLACES = ("EU", "GB", "US", "CN", "KR")

# The currencies above, and two more the catalog has rates for.
CURRENCIES = frozenset(COUNTRIES.values()) | {"HKD", "BDT", "LKR"}

LANGUAGES = (
    *("en", "zh", "ar", "bg", "ca", "hr", "cs", "da", "nl", "et", "fi", "fr", "de", "el", "he", "hi", "hu", "id"),
    *("it", "ja", "ko", "lv", "lt", "ms", "no", "fa", "pl", "pt", "ro", "ru", "sr", "sk", "sl", "es", "sw", "sv"),
    *("th", "tr", "uk", "ur", "vi"),
)
