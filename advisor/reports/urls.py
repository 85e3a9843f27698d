from django.urls import path

from advisor.reports import brand_views, views

app_name = "reports"
urlpatterns = [
    path("assessments/<uuid:public_id>/report/", views.request, name="request"),
    path("assessments/<uuid:public_id>/spreadsheet/", views.spreadsheet, name="spreadsheet"),
    path("assessments/<uuid:public_id>/set-up/", views.set_up, name="set_up"),
    path("reports/brand/", brand_views.brand, name="brand"),
    path("reports/<uuid:public_id>/", views.status, name="status"),
    path("reports/<uuid:public_id>/download/<str:name>", views.download, name="download"),
]
