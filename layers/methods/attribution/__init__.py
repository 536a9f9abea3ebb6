"""Which factories may have caused a complaint, and how likely it is none of them: from the wind.

`attribute` is all that others call; what it learns of is `fitting`, `pooling`, and how good it is
`scores`.
"""

from layers.methods.attribution.answers import AIRBORNE, METHOD, REASONS, Answers, attribute
from layers.methods.attribution.pairs import Complaints, Factories

__all__ = ["AIRBORNE", "METHOD", "REASONS", "Answers", "Complaints", "Factories", "attribute"]
