"""Channels: raw update to InboundMessage, OutboundMessage to the provider, refusals to the error vocabulary."""
