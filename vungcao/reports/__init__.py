"""Papers for signature: frozen figures as Word and Excel."""
