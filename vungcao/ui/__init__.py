"""Templates, tags and the stylesheet; knows no domain."""
