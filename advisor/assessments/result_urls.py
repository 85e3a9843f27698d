"""Addresses of the result page, included by the app's own list."""

from django.urls import path

from advisor.assessments import result_views
from advisor.assessments.views.compare import compare

urlpatterns = [
    path("assessments/<uuid:public_id>/result/", result_views.result, name="result"),
    path("assessments/<uuid:public_id>/result/costs/", result_views.costs, name="costs"),
    path("assessments/<uuid:public_id>/result/data/", result_views.data_file, name="data_file"),
    path("assessments/<uuid:public_id>/compare/", compare, name="compare"),
]
