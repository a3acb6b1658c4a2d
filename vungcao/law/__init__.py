"""Legal instruments with their days and how sure we are of them."""
