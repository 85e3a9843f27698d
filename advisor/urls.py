"""All addresses, one line per app."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("advisor.web.urls")),
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("accounts/", include("allauth.urls")),
    path("", include("advisor.assessments.urls")),
    path("", include("advisor.reports.urls")),
]
