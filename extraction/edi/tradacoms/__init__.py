"""TRADACOMS, the older British standard: order files (ORDHDR, ORDERS, ORDTLR)."""
