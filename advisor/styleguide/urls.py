from django.urls import path

from advisor.styleguide.views import styleguide

app_name = "styleguide"
urlpatterns = [path("styleguide/", styleguide, name="styleguide")]
