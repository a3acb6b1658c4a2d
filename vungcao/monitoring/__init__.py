"""Facts that are not money: indicators and observations."""
