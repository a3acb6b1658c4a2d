"""Agencies, officials and their posts, reach, and the batches in which things are handed in."""
