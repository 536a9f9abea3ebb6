"""The statement that reminds."""

REMIND = "SELECT remind_overdue(%(now)s)"
