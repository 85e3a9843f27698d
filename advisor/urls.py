"""All addresses, one line per app."""

from django.contrib import admin
from django.urls import include, path

from advisor.accounts.views import admin_login

admin.site.login = admin_login  # type: ignore[method-assign]

urlpatterns = [
    path("", include("advisor.web.urls")),
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("accounts/", include("advisor.accounts.urls")),
    path("", include("advisor.catalog.public.urls")),
    path("", include("advisor.assessments.urls")),
    path("", include("advisor.reports.urls")),
    path("", include("advisor.assistant.urls")),
    path("", include("advisor.styleguide.urls")),
]
