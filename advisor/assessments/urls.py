from django.urls import include, path

from advisor.assessments.views import check, draft, question, start

app_name = "assessments"
urlpatterns = [
    path("", start.start, name="start"),
    path("resume/<str:token>/", start.resume, name="resume"),
    path("assessments/<uuid:public_id>/question/<str:key>/", question.question, name="question"),
    path("assessments/<uuid:public_id>/question/<str:key>/draft/", draft.draft, name="draft"),
    path("assessments/<uuid:public_id>/check/", check.check, name="check"),
    path("assessments/<uuid:public_id>/lengthen/", start.lengthen, name="lengthen"),
    path("assessments/<uuid:public_id>/notes/", start.notes, name="notes"),
    path("assessments/<uuid:public_id>/save/", start.save, name="save"),
    path("assessments/<uuid:public_id>/revoke/", start.revoke, name="revoke"),
    path("assessments/<uuid:public_id>/delete/", start.delete, name="delete"),
    path("", include("advisor.assessments.result_urls")),
]
