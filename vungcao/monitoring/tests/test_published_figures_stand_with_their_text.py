"""Censuses and zone counts: as published, each with its text, adding up where they should."""

from __future__ import annotations

import csv
from datetime import date

from vungcao.bodies.models import Batch
from vungcao.evidence.actions import SYSTEM
from vungcao.evidence.models import Act
from vungcao.evidence.reference_rows import read_yaml
from vungcao.monitoring import checks, loading
from vungcao.monitoring.actions import record_observations
from vungcao.monitoring.models import Observation
from vungcao.monitoring.queries import indicators, observed


def figures(indicator: str, on: date, **about: object) -> dict[str, int]:
    return {row.group: int(row.numerator) for row in observed(indicator, on, **about).rows}


def test_the_two_censuses_add_up(cao_bang):
    for year, total in (("2009", 507_183), ("2019", 530_341)):
        people = figures("population", date(2026, 1, 1), period=year)
        assert people.pop("*") == total == sum(people.values())
    assert figures("population", date(2012, 1, 1))["*"] == 507_183


def test_zone_counts_are_those_of_the_decision_of_the_day(cao_bang):
    assert figures("zone_communes", date(2018, 1, 1)) == {"*": 199, "I": 11, "II": 49, "III": 139}
    assert figures("zone_communes", date(2021, 12, 31)) == {"*": 161, "III": 126}
    assert figures("zone_communes", date(2024, 12, 31))["III"] == 124
    assert figures("extremely_difficult_villages", date(2025, 12, 31))["*"] == 1069
    assert figures("extremely_difficult_villages", date(2026, 2, 1)) == {"*": 1102, "I": 0, "II": 2, "III": 1100}


def test_every_figure_names_the_text_it_was_taken_from(cao_bang):
    for row in Observation.objects.select_related("batch__source"):
        assert row.batch.source.kind == "press"
        assert row.batch.source.title.startswith("http")
    with (loading.REFERENCE / "observations.csv").open(encoding="utf-8") as file:
        sources = {row["source"] for row in csv.DictReader(file)}
    assert sources == {one["id"] for one in read_yaml(loading.REFERENCE / "sources.yaml")}
    assert {"population", "zone_communes", "villages"} <= indicators().keys()


def test_a_second_load_writes_nothing(cao_bang):
    counts = Act.objects.count(), Batch.objects.count(), Observation.objects.count()
    assert not loading.load(by=SYSTEM).changed
    assert (Act.objects.count(), Batch.objects.count(), Observation.objects.count()) == counts


def test_groups_that_do_not_add_up_are_found(cao_bang, handed_in, said):
    assert list(checks.findings()) == []
    rows = [
        said("zone_communes", "04", value, group=group) for group, value in [("*", 9), ("I", 1), ("II", 2), ("III", 3)]
    ]
    record_observations(batch=handed_in(), rows=rows, by=SYSTEM)
    (found,) = checks.findings()
    assert found.code == "groups.sum"
    assert "cộng lại 6, tổng số ghi 9" in found.sentence
