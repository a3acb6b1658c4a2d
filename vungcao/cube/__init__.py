"""The figure language: what is asked, the answer with its denominator and gaps, and the trace behind it."""
