"""The Treasury against the units: what is compared with what, and why it may differ. Nothing here changes a figure."""
