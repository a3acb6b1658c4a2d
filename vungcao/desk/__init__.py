"""The terminal's commands and the pages an officer opens first."""
