"""Remarks on drafts: written and settled on the draft's own page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from unfold.admin import ModelAdmin

from advisor.catalog.forms import CommentForm
from advisor.catalog.models import DraftComment, Entry

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser
    from django.http import HttpRequest, HttpResponse
    from django.urls import URLPattern

LONGEST_NUMBER = 18  # digits that surely fit the database's number of a row


def comment(*, entry: Entry, text: str, by: AbstractBaseUser | None) -> DraftComment:
    return DraftComment.objects.create(
        collection=entry.collection, slug=entry.slug, text=text, written_by_id=None if by is None else by.pk
    )


def settle(*, entry: Entry, number: int, by: AbstractBaseUser | None) -> bool:
    """Close a remark on this draft; ``False`` when it was closed already or belongs to another draft."""
    waiting = DraftComment.objects.about(entry).open().filter(pk=number)
    return bool(waiting.update(settled_at=timezone.now(), settled_by_id=None if by is None else by.pk))


class CommentsMixin(ModelAdmin):  # type: ignore[misc]
    """Adds the remarks to the page of a draft, and the address that takes them."""

    change_form_outer_after_template = "catalog/comments.html"

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_comment"
        view = self.admin_site.admin_view(self.comment_view)
        return [path("<path:object_id>/comment/", view, name=name), *super().get_urls()]

    def comment_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Take a new remark, or settle one."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        entry = get_object_or_404(self.model, pk=object_id)
        by = request.user if request.user.is_authenticated else None
        form = CommentForm(request.POST)
        settled = request.POST.get("settle", "")
        if settled.isdecimal() and len(settled) <= LONGEST_NUMBER:
            settle(entry=entry, number=int(settled), by=by)
        elif form.is_valid():
            comment(entry=entry, text=form.cleaned_data["text"], by=by)
        else:
            messages.error(request, gettext("A comment needs words, at most 2,000 characters."))
        return HttpResponseRedirect(reverse(f"admin:catalog_{self.opts.model_name}_change", args=[entry.pk]))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        entry = kwargs.get("obj")
        if entry is not None:
            context["comments"] = DraftComment.objects.about(entry)
            context["comment_form"] = CommentForm()
            context["comment_address"] = reverse(f"admin:catalog_{self.opts.model_name}_comment", args=[entry.pk])
        return super().render_change_form(request, context, *args, **kwargs)
