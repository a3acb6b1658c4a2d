"""Example provinces, and what builds their workbooks: `python -m examples.build_cao_bang`."""
