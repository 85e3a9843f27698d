from django.urls import path

from advisor.web import views

app_name = "web"
urlpatterns = [path("healthz", views.healthz, name="healthz")]
