"""Papers of an adjustment dossier: the Board's and the Committee's submissions, the drafts to be signed, the annexes."""
