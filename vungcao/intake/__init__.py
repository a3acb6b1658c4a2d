"""The door: workbooks read, checked, rehearsed and committed into the rooms of fact."""
