"""A purchase order number that was mistyped, told from one that was counted on; pure."""

from __future__ import annotations

COUNTED = 2
"""So many last places differ between orders that follow one another."""
ALIKE = str.maketrans("OIL", "011")


def is_slip(one: str, two: str) -> bool:
    """Whether one is the other with neighbours swapped, a sign left out or put in, O for 0, or one sign early on changed."""
    if one.translate(ALIKE) == two.translate(ALIKE):
        return one != two
    if len(one) == len(two):
        apart = [i for i in range(len(one)) if one[i] != two[i]]
        if len(apart) == 2 and apart[1] - apart[0] == 1:
            return one[apart[0]] == two[apart[1]] and one[apart[1]] == two[apart[0]]
        return len(apart) == 1 and apart[0] < len(one) - COUNTED
    short, long = sorted((one, two), key=len)
    if len(long) - len(short) != 1 or len(short) <= COUNTED:
        return False
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long) - 1))
