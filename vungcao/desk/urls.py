"""Addresses of the desk."""

from django.urls import URLPattern, path

from vungcao.desk import (
    briefing,
    briefing_paper,
    chain,
    dossiers,
    file_checks,
    home,
    naming,
    owners,
    papers,
    reminding,
    treasury,
    views,
)
from vungcao.desk.registers import urls as registers

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", views.overview, name="overview"),
    path("viec/", home.home, name="home"),
    path("lanh-dao/", briefing.briefing, name="briefing"),
    path("lanh-dao/word/", briefing_paper.download, name="briefing-paper"),
    path("tu-dau/", views.trace, name="trace"),
    path("tu-dau/xlsx/", views.trace_sheet, name="trace-sheet"),
    path("bao-cao/", papers.reports, name="reports"),
    path("bao-cao/<int:report>/", papers.report, name="report"),
    path("bao-cao/<int:report>/<str:form>/", papers.report_file, name="report-file"),
    path("don-doc/", reminding.reminders, name="reminders"),
    path("ho-so-dieu-chinh/", dossiers.dossiers, name="dossiers"),
    path("ho-so-dieu-chinh/<str:code>/", dossiers.dossier, name="dossier"),
    path("ho-so-dieu-chinh/<str:code>/dong/", dossiers.propose, name="dossier-line"),
    path("ho-so-dieu-chinh/<str:code>/rut-dong/", dossiers.take_back, name="dossier-line-back"),
    path("ho-so-dieu-chinh/<str:code>/xin-y-kien/", dossiers.ask, name="dossier-ask"),
    path("ho-so-dieu-chinh/<str:code>/tra-loi/", dossiers.answer, name="dossier-answer"),
    path("ho-so-dieu-chinh/<str:code>/quyet-dinh/", dossiers.record, name="dossier-record"),
    path("ho-so-dieu-chinh/<str:code>/buoc/<slug:step>/", dossiers.step, name="dossier-step"),
    path("ho-so-dieu-chinh/<str:code>/van-ban/<slug:paper>/", dossiers.paper, name="dossier-paper"),
    path("chuoi-giao-von/", chain.chain, name="chain"),
    path("doi-chieu-kho-bac/", treasury.treasury, name="treasury"),
    path("nop-bang-tinh/", file_checks.file_checks, name="file-checks"),
    path("nop-bang-tinh/<uuid:check>/", file_checks.file_check, name="file-check"),
    path("nop-bang-tinh/<uuid:check>/hieu-la/", file_checks.map_name, name="file-check-name"),
    path("nop-bang-tinh/<uuid:check>/danh-dau/<int:file>/", file_checks.marked_copy, name="marked-copy"),
    path("nop-bang-tinh/<uuid:check>/tep/<int:file>/<path:sheet>/", file_checks.checked_sheet, name="checked-sheet"),
    path("nop-bang-tinh/<uuid:check>/<slug:verb>/", file_checks.act, name="file-check-act"),
    path("lan-gui/<int:batch>/", views.batch, name="batch"),
    path("lan-gui/<int:batch>/hieu-la/", naming.map_name, name="map-name"),
    path("lan-gui/<int:batch>/ghi-don-vi/", owners.record_owner, name="record-owner"),
    path("tep/<str:sha256>/", views.download, name="download"),
    path("tep/<str:sha256>/<path:sheet>/", views.sheet, name="sheet"),
    *registers.urlpatterns,
]
