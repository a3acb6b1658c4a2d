"""Papers of an office: the registers of documents out and in, as the clerk numbered them."""
