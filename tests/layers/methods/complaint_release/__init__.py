"""What the public may see of complaints."""
