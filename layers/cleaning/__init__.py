"""Text, dates, numbers, places and names as officers and providers write them, made regular."""
