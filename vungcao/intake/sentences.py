"""x"""
def in_language(s: str) -> str:
    return s
