"""Acts numbered at commit, audit rows, the chain over them, and the papers and workbooks that facts come from."""
