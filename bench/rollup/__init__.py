"""Roll-ups of a made ledger: the sealed cube's own SQL beside DuckDB, SQLite and the reading of the bytes."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()
