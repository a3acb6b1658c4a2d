"""The annual report: its Word template, its sample."""
