"""The sign-in: who may open the door. What they may see and do stands in bodies."""
