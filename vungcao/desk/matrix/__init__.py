"""The matrix: programme × source × unit × place, two of them at a time, opened in place, every cell with its thread."""
