"""Reminder letters: to bodies that owe a figure or are slow, each with its own figures and a short text for a phone."""
