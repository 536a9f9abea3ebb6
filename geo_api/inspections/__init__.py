"""What field teams find where they are sent: checklists, visits, and their way back to us."""
