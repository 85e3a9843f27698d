"""What an advisor adds to a report: a draft mark, comments, a brand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from advisor.reports.branding import ACCENT, COLOR, LOGO_BYTES, Logo, readable_color, safe_logo
from advisor.reports.brands import StoredBrand
from advisor.reports.fonts import printable
from advisor.reports.forms import ReportForm, proposed_form
from advisor.reports.logo_drawings import LogoRefused
from advisor.reports.options import MOST_COMMENTS, Options

NAME_CHARACTERS, CONTACT_CHARACTERS = 120, 300
TOO_LONG = {"max_length": _("Use at most %(limit_value)d characters; these are %(show_value)d.")}


class RequestForm(ReportForm):
    """A report with what an advisor may add; owners leave all of that empty."""

    draft = forms.BooleanField(label=_("Mark every page as a draft"), required=False)
    author = forms.CharField(
        label=_("Advisor's name"), required=False, max_length=NAME_CHARACTERS, error_messages=TOO_LONG
    )
    comments = forms.CharField(
        label=_("Advisor's comments"),
        help_text=_("They get a section of their own, marked as yours. No figure changes."),
        required=False,
        max_length=MOST_COMMENTS,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages=TOO_LONG,
    )
    branded = forms.BooleanField(label=_("With my brand"), required=False)

    def __init__(self, *args: Any, brand: StoredBrand | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.brand = brand
        self.fields["comments"].widget.attrs.pop("maxlength", None)  # too long is told, not cut off
        if brand is None:
            del self.fields["branded"]

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """What everybody chooses."""
        return [self["language"], self["paper"]]

    @property
    def has_additions(self) -> bool:
        """Whether something of the advisor's is filled in or wrong, so that it must be seen."""
        return any(self[name].errors or self[name].value() for name in ("draft", "author", "comments"))

    def request(self) -> dict[str, Any]:
        """What was chosen, ready for the service."""
        given = self.cleaned_data
        brand = self.brand if given.get("branded") else None
        options = Options(
            draft=given["draft"],
            comments="\n".join(given["comments"].splitlines()),
            author=given["author"],
            brand=brand.brand if brand else None,
        )
        return {"language": given["language"], "paper": given["paper"], "options": options, "brand": brand}


def proposed_request(country: str, brand: StoredBrand | None) -> RequestForm:
    """The form as it is first shown: usual language and paper, with the brand of whoever has one."""
    return RequestForm(initial={**(proposed_form(country).initial or {}), "branded": True}, brand=brand)


class BrandForm(forms.Form):
    """How an advisor signs reports."""

    name = forms.CharField(
        label=_("Name on the cover"),
        help_text=_("Yours or your firm's."),
        max_length=NAME_CHARACTERS,
        error_messages={"required": _("Write the name that stands on the cover."), **TOO_LONG},
    )
    contact = forms.CharField(
        label=_("Contact"),
        help_text=_("One line: telephone, e-mail, address."),
        required=False,
        max_length=CONTACT_CHARACTERS,
        error_messages=TOO_LONG,
    )
    color = forms.CharField(
        label=_("Color of rules and heads"),
        help_text=_("A color too light to read on white is darkened."),
        required=False,
        widget=forms.TextInput(attrs={"type": "color"}),
    )
    logo = forms.FileField(
        label=_("Logo"),
        help_text=_("PNG, or SVG with plain shapes only; up to 1 MB."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/svg+xml"}),
    )
    without_logo = forms.BooleanField(label=_("Use no logo"), required=False)

    def clean_name(self) -> str:
        """Something that can be seen and read aloud in the place of a logo."""
        name = str(self.cleaned_data["name"])
        if not printable(name).strip():
            raise ValidationError(_("Write the name that stands on the cover."))
        return name

    def clean_color(self) -> str:
        """In small letters, and readable."""
        color = str(self.cleaned_data["color"] or ACCENT).lower()
        if not COLOR.fullmatch(color):
            raise ValidationError(_("Give the color like this: #0b5351."))
        return readable_color(color)

    def clean_logo(self) -> Logo | None:
        """Painted anew; a sentence where that is not possible."""
        sent = self.cleaned_data["logo"]
        if sent is None:
            return None
        try:
            return safe_logo(sent.read(LOGO_BYTES + 1))
        except LogoRefused as refused:
            raise ValidationError(str(refused)) from None

    @property
    def darkened(self) -> bool:
        """Whether the color is another than the one that was sent."""
        return bool(self.cleaned_data["color"] != (self["color"].value() or ACCENT).lower())
