"""Addresses of the desk."""

from django.urls import URLPattern, path

from vungcao.desk import chain, naming, owners, papers, treasury, views

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", views.overview, name="overview"),
    path("tu-dau/", views.trace, name="trace"),
    path("bao-cao/", papers.reports, name="reports"),
    path("bao-cao/<int:report>/", papers.report, name="report"),
    path("bao-cao/<int:report>/<str:form>/", papers.report_file, name="report-file"),
    path("chuoi-giao-von/", chain.chain, name="chain"),
    path("doi-chieu-kho-bac/", treasury.treasury, name="treasury"),
    path("lan-gui/<int:batch>/", views.batch, name="batch"),
    path("lan-gui/<int:batch>/hieu-la/", naming.map_name, name="map-name"),
    path("lan-gui/<int:batch>/ghi-don-vi/", owners.record_owner, name="record-owner"),
    path("tep/<str:sha256>/", views.download, name="download"),
    path("tep/<str:sha256>/<path:sheet>/", views.sheet, name="sheet"),
]
