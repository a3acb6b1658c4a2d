"""Six roll-ups of a made ledger: the sealed cube beside DuckDB, SQLite and the reading of the bytes; and on Spark."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()
