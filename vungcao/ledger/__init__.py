"""Movements of spending authority between accounts, and statements of what was spent."""
