"""The market of a place: what households sell and buyers look for, seen once an officer has looked at it."""
