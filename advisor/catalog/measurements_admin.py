"""Measurements in the admin: everybody of the catalog may look, publishers accept or reject with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin
from unfold.decorators import action, display

from advisor.catalog.admin_tables import Table, table
from advisor.catalog.forms import ReviewForm
from advisor.catalog.measurements import AlreadyReviewed, review
from advisor.catalog.models import Measurement
from advisor.catalog.probe.report import short_number
from advisor.catalog.versions_admin import ReadOnlyAdmin

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

COLORS = {
    Measurement.State.SUBMITTED: "warning",
    Measurement.State.ACCEPTED: "success",
    Measurement.State.REJECTED: "danger",
}


class MeasurementAdmin(SimpleHistoryAdmin, ReadOnlyAdmin):  # type: ignore[misc]
    list_display = ("slug", "shown_state", "model", "weights", "runtime", "device", "measured_on", "submitted_by")
    list_select_related = ("model", "device", "reviewed_by")
    list_filter = ("state", "runtime")
    search_fields = ("slug", "model__slug", "device__slug", "submitted_by")
    actions_detail = ("review",)
    # The page of a past state builds a form, where no automatic column may stand.
    readonly_fields = ("submitted_at", "measured", "against")
    fields = (
        "slug", "state", "reason", "reviewed_by", "reviewed_at", "model", "weights", "runtime", "device",
        "device_count", "prompt_tokens", "output_tokens", "measured", "against", "weights_gb", "memory_gb",
        "measured_on", "submitted_by", "submitted_at", "notes",
    )  # fmt: skip

    def has_review_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return request.user.has_perm("catalog.review_measurement")

    @display(description=_("state"), ordering="state", label=COLORS)  # type: ignore[untyped-decorator]
    def shown_state(self, measurement: Measurement) -> tuple[str, str]:
        return measurement.state, measurement.get_state_display()

    @display(description=_("what was measured"))  # type: ignore[untyped-decorator]
    def measured(self, measurement: Measurement) -> str:
        return render_to_string("catalog/plain_table.html", {"table": _speeds(measurement)})

    @display(description=_("against the engine on that day"))  # type: ignore[untyped-decorator]
    def against(self, measurement: Measurement) -> str:
        return render_to_string("catalog/plain_table.html", {"table": _against(measurement)})

    @action(description=_("Accept or reject"), url_path="review", permissions=["review"])  # type: ignore[untyped-decorator]
    def review(self, request: HttpRequest, object_id: Any) -> HttpResponse:
        """Show the measurement beside the engine's band; on POST, decide."""
        measurement = self.found(request, object_id)
        if request.method != "POST":
            return self._ask(request, measurement, ReviewForm(initial={"seen_state": measurement.state}))
        form = ReviewForm(request.POST)
        if not form.is_valid():
            return self._ask(request, measurement, form, status=422)
        by = request.user if request.user.is_authenticated else None
        try:
            decided = review(measurement=measurement, by=by, **form.cleaned_data)
        except AlreadyReviewed:
            messages.warning(request, gettext("Somebody decided meanwhile. Look at the measurement again."))
            again = ReviewForm(initial={"seen_state": measurement.state, "reason": form.cleaned_data["reason"]})
            return self._ask(request, measurement, again, status=409)
        messages.success(request, f"{decided.slug}: {decided.get_state_display()}")
        return HttpResponseRedirect(reverse("admin:catalog_measurement_changelist"))

    def _ask(self, request: HttpRequest, measurement: Measurement, form: ReviewForm, status: int = 200) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": gettext("Accept or reject"),
            "measurement": measurement,
            "tables": [_speeds(measurement), _against(measurement)],
            "form": form,
        }
        return render(request, "catalog/review.html", context, status=status)


def _speeds(measurement: Measurement) -> Table:
    columns = (
        gettext("Users at once"),
        gettext("Tokens a second for each"),
        gettext("Together"),
        gettext("Seconds to the first token"),
        gettext("Answers"),
    )
    return table("speeds", gettext("What was measured"), columns, map(_level, measurement.speeds), stacks=True)


def _level(level: dict[str, Any]) -> tuple[object, ...]:
    low, central, high, total, first = (
        short_number(level[name]) for name in ("low", "central", "high", "total", "first_token_s")
    )
    return level["users"], f"{central} ({low}–{high})", total, first, level["answers"]


def _against(measurement: Measurement) -> Table:
    columns = (
        gettext("Users at once"),
        gettext("Figure"),
        gettext("Measured"),
        gettext("Band of the engine"),
        gettext("Where it lies"),
    )
    rows = measurement.comparison.get("compared", ())
    return table(
        "against", gettext("Against the engine on that day"), columns, map(_compared, rows), stacks=True,
        empty=gettext("Nothing could be compared."),
    )  # fmt: skip


FIGURES = {"per_user_tps": _("Tokens a second for each"), "first_token_s": _("Seconds to the first token")}


def _compared(row: dict[str, Any]) -> tuple[object, ...]:
    low, _central, high = map(short_number, row["band"])
    return row["users"], FIGURES[row["figure"]], short_number(row["measured"]), f"{low}–{high}", _where(row)


def _where(row: dict[str, Any]) -> str:
    """Inside the band, or by how much beyond its nearer end."""
    if row["inside"]:
        return gettext("inside")
    sentence = gettext("%(percent)s %% above") if row["off"] > 0 else gettext("%(percent)s %% below")
    return sentence % {"percent": round(abs(row["off"]) * 100)}
