"""Our drawings, on a 24 × 24 field, one stroke, no fill."""

from typing import Final

PATHS: Final = {
    "ridge": '<path d="M1.5 19 8 7.5l4 6.5 3-4.5L22.5 19z"/><path d="m6 11 2 1.5 1.8-1.6"/>',
    "check": '<path d="m4.5 12.5 5 5 10-11"/>',
    "cross": '<path d="m6 6 12 12M18 6 6 18"/>',
    "alert": '<path d="M12 4 2.8 20h18.4z"/><path d="M12 10v4.5M12 17.2v.1"/>',
    "dash": '<path d="M6 12h12"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.6v.1"/>',
    "up": '<path d="m6 14 6-6 6 6"/>',
    "down": '<path d="m6 10 6 6 6-6"/>',
    "more": '<path d="m9 6 6 6-6 6"/>',
    "both": '<path d="m8 10 4-4 4 4M8 14l4 4 4-4"/>',
    "file": '<path d="M6 3h8l4 4v14H6z"/><path d="M14 3v4h4M9 12h6M9 16h6"/>',
    "key": '<circle cx="8" cy="14" r="4"/><path d="m11 11 8.5-8.5M16 6l3 3"/>',
    "save": '<path d="M12 4v11m-5-5 5 5 5-5M5 20h14"/>',
}
