"""Places as identities with dated versions, codes, classes; mergers as cited events; three readings of a total."""
