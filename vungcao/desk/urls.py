"""Addresses of the desk."""

from django.urls import URLPattern, path

from vungcao.desk import briefing, briefing_paper, chain, naming, papers, treasury, views

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", views.overview, name="overview"),
    path("lanh-dao/", briefing.briefing, name="briefing"),
    path("lanh-dao/word/", briefing_paper.download, name="briefing-paper"),
    path("tu-dau/", views.trace, name="trace"),
    path("tu-dau/xlsx/", views.trace_sheet, name="trace-sheet"),
    path("bao-cao/", papers.reports, name="reports"),
    path("bao-cao/<int:report>/", papers.report, name="report"),
    path("bao-cao/<int:report>/<str:form>/", papers.report_file, name="report-file"),
    path("chuoi-giao-von/", chain.chain, name="chain"),
    path("doi-chieu-kho-bac/", treasury.treasury, name="treasury"),
    path("lan-gui/<int:batch>/", views.batch, name="batch"),
    path("lan-gui/<int:batch>/hieu-la/", naming.map_name, name="map-name"),
    path("tep/<str:sha256>/", views.download, name="download"),
    path("tep/<str:sha256>/<path:sheet>/", views.sheet, name="sheet"),
]
