"""The addresses that sources name, and whether they still answer."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

# A server may be down for a day and a page be rebuilt over a weekend: dead means failed on three days, the first and
# the last of them at least a week apart, without one answer in between. Assumed.
DEAD_AFTER_DAYS = 3
DEAD_AFTER_SPAN = timedelta(days=7)
LOOK_AGAIN = timedelta(days=30)  # as often as the fastest facts, prices, are looked at; assumed
LOOK_AGAIN_WHEN_FAILED = timedelta(days=2)  # so that the three days fit into about a week; assumed


class LinkCheckQuerySet(models.QuerySet["LinkCheck"]):
    def dead(self) -> LinkCheckQuerySet:
        return self.filter(failed_days__gte=DEAD_AFTER_DAYS, last_failed_on__gte=F("failed_since") + DEAD_AFTER_SPAN)

    def due(self, now: datetime) -> LinkCheckQuerySet:
        """Never looked at, or long enough ago; those that failed sooner."""
        failed_long_ago = Q(failed_days__gt=0, checked_at__lte=now - LOOK_AGAIN_WHEN_FAILED)
        return self.filter(Q(checked_at__isnull=True) | failed_long_ago | Q(checked_at__lte=now - LOOK_AGAIN))


class LinkCheck(models.Model):
    """One address and its last answer. The row goes when no draft names the address any more."""

    class Answer(models.TextChoices):
        UNKNOWN = "unknown", _("not looked at yet")
        FINE = "fine", _("answers")
        CLOSED = "closed", _("answers, but not to programs")
        FAILED = "failed", _("failed")
        REFUSED = "refused", _("not a public address")

    address = models.CharField(_("address"), max_length=1000, unique=True)
    host = models.CharField(_("host"), max_length=253)
    facts = models.PositiveIntegerField(_("facts that name it"), default=0)
    answer = models.CharField(_("answer"), max_length=8, choices=Answer.choices, default=Answer.UNKNOWN)
    detail = models.CharField(_("what came back"), max_length=300, blank=True, default="")
    checked_at = models.DateTimeField(_("looked at"), null=True, blank=True)
    answered_on = models.DateField(_("last answered"), null=True, blank=True)
    failed_since = models.DateField(_("failing since"), null=True, blank=True)
    last_failed_on = models.DateField(_("last failed"), null=True, blank=True)
    failed_days = models.PositiveSmallIntegerField(_("days it failed on"), default=0)

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("source address")
        verbose_name_plural = _("source addresses")
        ordering = ["-failed_days", "-facts", "address"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(condition=Q(answer__in=["unknown", "fine", "closed", "failed", "refused"]),
                                   name="catalog_linkcheck_answer_known"),
            models.CheckConstraint(
                condition=Q(failed_days=0, failed_since__isnull=True, last_failed_on__isnull=True)
                | Q(failed_days__gt=0, failed_since__isnull=False, last_failed_on__gte=F("failed_since")),
                name="catalog_linkcheck_failing_since",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.address

    @property
    def is_dead(self) -> bool:
        if self.failed_since is None or self.last_failed_on is None:
            return False
        return self.failed_days >= DEAD_AFTER_DAYS and self.last_failed_on - self.failed_since >= DEAD_AFTER_SPAN

    def failed(self, today: date) -> None:
        """Several failures on one day count once."""
        if self.last_failed_on != today:
            self.failed_days += 1
        self.failed_since, self.last_failed_on = self.failed_since or today, today

    def answered(self, today: date) -> None:
        self.failed_days, self.failed_since, self.last_failed_on = 0, None, None
        self.answered_on = today
