"""The labour force of households: confirmed in the chat, entered and imported by officers."""
