"""What the public may see of complaints: counts of homes in tables that are drawn once and stay.

A row is shown where at least five homes stand behind it and their number with noise reaches a
threshold; what is shown is the number with its noise. `noise` draws it, `rule` decides what is
shown, `steps` chooses the areas and periods that the volume at hand can fill. With two-sided
geometric noise of parameter exp(-ε), whether one home complained in a period changes the
probability of anything that is published of it by a factor of at most exp(ε) for each table, apart
from the thresholds' own share (Ghosh, Roughgarden and Sundararajan, Universally utility-maximizing
privacy mechanisms, STOC 2009; Korolova et al., Releasing search queries and clicks privately, WWW
2009).

What is guarded against: who sees every release, and knows where everybody lives. What is not: an
officer who is seen to visit; and a home that complains period after period, against somebody who
knows of all others whether they did.
"""

METHOD = "two-sided geometric noise, thresholds of homes; version 1"
