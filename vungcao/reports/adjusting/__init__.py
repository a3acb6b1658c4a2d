"""Papers of an adjustment dossier: submissions of Board and Committee, drafts to be signed, annexes."""
