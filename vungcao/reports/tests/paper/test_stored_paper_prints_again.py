from __future__ import annotations

import json

from vungcao.reports.paper import from_json, to_json

from .cast import paper, printed, sample


def test_a_stored_paper_prints_the_same_bytes() -> None:
    for one in (paper(), sample()[0]):
        assert printed(from_json(json.loads(json.dumps(to_json(one))))) == printed(one)


def test_the_sample_is_an_example_without_a_name() -> None:
    one, sources = sample()
    assert one.example and one.signature.name == ""
    assert all("ví dụ" in line["source"] for line in sources)
