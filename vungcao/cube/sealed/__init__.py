"""The sealed cube: facts in Parquet and the live tail, asked through Ibis. See the room's README."""
