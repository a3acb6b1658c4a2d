"""The monthly disbursement report."""
