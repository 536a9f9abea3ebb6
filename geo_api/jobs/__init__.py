"""What the service does by itself: which jobs are due, the queue, and the workers that do them."""
