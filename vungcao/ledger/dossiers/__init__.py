"""Adjustment dossiers asked about: what stands in one, who decides, what is wrong, before and after. Never writes."""
