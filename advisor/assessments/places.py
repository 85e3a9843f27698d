"""Countries, currencies and languages a business can name: the ones the catalog has prices or rates for.

A country outside this list has no electricity price and no exchange rate, so a figure for it would be a guess.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise

# Code -> (name, the currency proposed for it). Where the catalog has no rate for a country's own currency,
# the currency its businesses most often quote contracts in is proposed instead (EUR or USD).
COUNTRIES: dict[str, tuple[Text, str]] = {
    "AL": (_("Albania"), "EUR"),
    "AR": (_("Argentina"), "ARS"),
    "AU": (_("Australia"), "AUD"),
    "AT": (_("Austria"), "EUR"),
    "BE": (_("Belgium"), "EUR"),
    "BA": (_("Bosnia and Herzegovina"), "EUR"),
    "BR": (_("Brazil"), "BRL"),
    "BG": (_("Bulgaria"), "EUR"),
    "CA": (_("Canada"), "CAD"),
    "CL": (_("Chile"), "CLP"),
    "CN": (_("China"), "CNY"),
    "CO": (_("Colombia"), "COP"),
    "HR": (_("Croatia"), "EUR"),
    "CY": (_("Cyprus"), "EUR"),
    "CZ": (_("Czechia"), "CZK"),
    "DK": (_("Denmark"), "DKK"),
    "EG": (_("Egypt"), "EGP"),
    "EE": (_("Estonia"), "EUR"),
    "FI": (_("Finland"), "EUR"),
    "FR": (_("France"), "EUR"),
    "GE": (_("Georgia"), "USD"),
    "DE": (_("Germany"), "EUR"),
    "GR": (_("Greece"), "EUR"),
    "HU": (_("Hungary"), "HUF"),
    "IS": (_("Iceland"), "ISK"),
    "IN": (_("India"), "INR"),
    "ID": (_("Indonesia"), "IDR"),
    "IE": (_("Ireland"), "EUR"),
    "IL": (_("Israel"), "ILS"),
    "IT": (_("Italy"), "EUR"),
    "JP": (_("Japan"), "JPY"),
    "KZ": (_("Kazakhstan"), "KZT"),
    "KE": (_("Kenya"), "KES"),
    "LV": (_("Latvia"), "EUR"),
    "LT": (_("Lithuania"), "EUR"),
    "LU": (_("Luxembourg"), "EUR"),
    "MY": (_("Malaysia"), "MYR"),
    "MT": (_("Malta"), "EUR"),
    "MX": (_("Mexico"), "MXN"),
    "MD": (_("Moldova"), "EUR"),
    "MA": (_("Morocco"), "MAD"),
    "NL": (_("Netherlands"), "EUR"),
    "NZ": (_("New Zealand"), "NZD"),
    "NG": (_("Nigeria"), "NGN"),
    "MK": (_("North Macedonia"), "EUR"),
    "NO": (_("Norway"), "NOK"),
    "PK": (_("Pakistan"), "PKR"),
    "PH": (_("Philippines"), "PHP"),
    "PL": (_("Poland"), "PLN"),
    "PT": (_("Portugal"), "EUR"),
    "RO": (_("Romania"), "RON"),
    "RU": (_("Russia"), "RUB"),
    "SA": (_("Saudi Arabia"), "SAR"),
    "RS": (_("Serbia"), "EUR"),
    "SG": (_("Singapore"), "SGD"),
    "SK": (_("Slovakia"), "EUR"),
    "SI": (_("Slovenia"), "EUR"),
    "ZA": (_("South Africa"), "ZAR"),
    "KR": (_("South Korea"), "KRW"),
    "ES": (_("Spain"), "EUR"),
    "SE": (_("Sweden"), "SEK"),
    "CH": (_("Switzerland"), "CHF"),
    "TW": (_("Taiwan"), "TWD"),
    "TH": (_("Thailand"), "THB"),
    "TR": (_("Türkiye"), "TRY"),
    "UA": (_("Ukraine"), "UAH"),
    "AE": (_("United Arab Emirates"), "AED"),
    "GB": (_("United Kingdom"), "GBP"),
    "US": (_("United States"), "USD"),
    "UZ": (_("Uzbekistan"), "USD"),
    "VN": (_("Vietnam"), "VND"),
}

# Groups of countries that licenses and rules speak of as one.
REGIONS: dict[str, Text] = {"EU": _("European Union")}

# Where makers of models and of computers sit; the country rules offer these.
MAKER_COUNTRIES = ("CA", "CN", "DE", "EU", "FR", "GB", "JP", "KR", "TW", "US")
COMMON_CUSTOMER_COUNTRIES = ("EU", "GB", "US", "CN", "CH", "KR")

CURRENCIES: tuple[str, ...] = (
    *("AED", "ARS", "AUD", "BDT", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EGP", "EUR", "GBP", "HKD"),
    *("HUF", "IDR", "ILS", "INR", "ISK", "JPY", "KES", "KRW", "KZT", "LKR", "MAD", "MXN", "MYR", "NGN", "NOK", "NZD"),
    *("PHP", "PKR", "PLN", "RON", "RUB", "SAR", "SEK", "SGD", "THB", "TRY", "TWD", "UAH", "USD", "VND", "ZAR"),
)

LANGUAGES: dict[str, Text] = {
    "en": _("English"),
    "zh": _("Chinese"),
    "ar": _("Arabic"),
    "bg": _("Bulgarian"),
    "ca": _("Catalan"),
    "hr": _("Croatian"),
    "cs": _("Czech"),
    "da": _("Danish"),
    "nl": _("Dutch"),
    "et": _("Estonian"),
    "fi": _("Finnish"),
    "fr": _("French"),
    "de": _("German"),
    "el": _("Greek"),
    "he": _("Hebrew"),
    "hi": _("Hindi"),
    "hu": _("Hungarian"),
    "id": _("Indonesian"),
    "it": _("Italian"),
    "ja": _("Japanese"),
    "ko": _("Korean"),
    "lv": _("Latvian"),
    "lt": _("Lithuanian"),
    "ms": _("Malay"),
    "no": _("Norwegian"),
    "fa": _("Persian"),
    "pl": _("Polish"),
    "pt": _("Portuguese"),
    "ro": _("Romanian"),
    "ru": _("Russian"),
    "sr": _("Serbian"),
    "sk": _("Slovak"),
    "sl": _("Slovenian"),
    "es": _("Spanish"),
    "sw": _("Swahili"),
    "sv": _("Swedish"),
    "th": _("Thai"),
    "tr": _("Turkish"),
    "uk": _("Ukrainian"),
    "ur": _("Urdu"),
    "vi": _("Vietnamese"),
}


def place_name(code: str) -> Text:
    """The name of a country or region code; the code itself when it is unknown."""
    if code in REGIONS:
        return REGIONS[code]
    return COUNTRIES[code][0] if code in COUNTRIES else code
