"""Whether certification lowered complaints, told only where the data can tell it.

`effect.green_effect` estimates it from a panel of factories and months, and judges: it prints an
effect, gives a permutation's p-value where there are too few, or refuses with its reasons. What is
done about what misleads:

- factories differ, and certified ones are larger: each is compared with itself before, months with
  those of its province and of its stratum of size (`regression`);
- effects that grow make the two-way estimate wrong: each cohort has a ratio for each year, weighted
  by what would have been;
- complaints fell, or rose, already before: `pre_trend` tests it, and demands more of an effect than
  a trend makes that this test would miss half the time.

What it can't see is something else that comes with the certificate, month for month, in the same
factories: who gets one may also close a line, or no longer be asked.

`two_by_two` is the plain difference in differences, for four means that anybody can check.
"""
