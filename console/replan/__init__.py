"""The whole board planned anew beside the console, in a process of its own."""
