"""Addresses of the public catalog. "current" stands for the version in force; a number for good for that version."""

from django.urls import path, register_converter

from advisor.catalog.public.views import browse, compare, data, laws, model, practice


class VersionName:
    """ "current" or the number of a version."""

    regex = "current|[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: object) -> str:
        return str(value)


register_converter(VersionName, "catalog_version")

app_name = "catalog"
urlpatterns = [
    path("models/", browse.browse, name="models"),
    path("models/<slug:slug>/", model.model, name="model"),
    path("laws/", laws.laws, name="laws"),
    path("cases/", practice.cases, name="cases"),
    path("software/", practice.software, name="software"),
    path("claims/", practice.claims, name="claims"),
    path("catalog/", data.data, name="data"),
    path("catalog/compare/", compare.compare, name="compare"),
    path("catalog/changes.atom", data.changes, name="changes"),
    path("catalog/versions/<int:number>/", data.version, name="version"),
    path("catalog/<catalog_version:version>/catalog.json", data.document, name="document"),
    path("catalog/<catalog_version:version>/datapackage.json", data.description, name="description"),
    path("catalog/<catalog_version:version>/<slug:table>.csv", data.sheet, name="sheet"),
]
