"""Ground floor: validity, money, Vietnamese text, refusal. Imports no room."""
