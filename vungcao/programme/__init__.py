"""Component trees of programmes with days of validity; plans as versions."""
