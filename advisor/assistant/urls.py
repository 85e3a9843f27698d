from django.urls import path

from advisor.assistant import views

app_name = "assistant"
urlpatterns = [
    path("describe/", views.begin, name="begin"),
    path("assessments/<uuid:public_id>/describe/", views.describe, name="describe"),
    path("assessments/<uuid:public_id>/describe/accept/", views.accept, name="accept"),
    path("assessments/<uuid:public_id>/explain/<str:figure>/", views.explain, name="explain"),
]
