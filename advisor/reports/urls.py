from django.urls import path

from advisor.reports import batch_views, brand_views, share_views, views

app_name = "reports"
urlpatterns = [
    path("assessments/<uuid:public_id>/report/", views.request, name="request"),
    path("assessments/<uuid:public_id>/spreadsheet/", views.spreadsheet, name="spreadsheet"),
    path("assessments/<uuid:public_id>/set-up/", views.set_up, name="set_up"),
    path("reports/brand/", brand_views.brand, name="brand"),
    path("reports/<uuid:public_id>/", views.status, name="status"),
    path("reports/<uuid:public_id>/download/<str:name>", views.download, name="download"),
    path("reports/<uuid:public_id>/cancel/", views.cancel, name="cancel"),
    path("reports/<uuid:public_id>/share/", share_views.share, name="share"),
    path("batches/", batch_views.batches, name="batches"),
    path("batches/<uuid:public_id>/", batch_views.batch, name="batch"),
    path("batches/<uuid:public_id>/cancel/", batch_views.cancel, name="batch_cancel"),
    path("batches/<uuid:public_id>/archive/", batch_views.archive_file, name="batch_archive"),
    path("share-links/<uuid:public_id>/revoke/", share_views.revoke, name="share_revoke"),
    path("shared/<uuid:public_id>/", share_views.shared, name="shared"),
    path("shared/<uuid:public_id>/download/<str:name>", share_views.shared_file, name="shared_file"),
    path("shared/by/<str:token>/", share_views.enter, name="share_enter"),
]
