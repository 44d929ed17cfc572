"""The frame of a slide: where things stand, in points of a 960 × 540 slide, as `reference/pptx`.

The charter draws a slide of 254 mm: a millimetre of it is 3.78 points here, and its letters are a
third larger, so that they look the same on a wall.
"""

LEFT, WIDTH = 121.0, 778.0
"""The axis, 32 mm from the edge, and the width of all that stands on it: 16 mm are free on the
right. On the left of the axis there is the tab alone."""
TITLE_TOP, TITLE_SIZE, TITLE_LINE, TITLE_LINES = 44.0, 30, 36, 2
"""The title: its first line is beside the tab. Letters of Georgia, as wide as Garamond's of 36."""
TEXT_TOP, LEAD_TOP = 137.6, 133.6
"""Where text begins, alone or above something: boxes of the reference, with their inner margin."""
TEXT_ROOM = 320.0
"""Height that text may fill: about ten lines and the air between them.

The box of the reference is 352 points high: the rest is for programs whose lines are taller.
"""
LEAD_LINES = 2
"""Lines of text that may stand above a table or an image, as « Titre et chapeau » has them."""
TOP, UNDER_LEAD, FLOOR = 140.0, 214.0, 484.0
"""Where a table, an image or figures begin, below the title or below two lines of text, and where
they end: 20 points above the foot."""
GAP = 24.0
"""Air between what a slide shows and the line that closes it, at least."""
