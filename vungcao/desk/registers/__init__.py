"""Registers: lists of things with a page each, forms, history, import, print and rights, declared in a few lines.

A register is a ``declaring.Register`` in a module of its own, named in ``known.REGISTERS``; all its pages follow.
"""
