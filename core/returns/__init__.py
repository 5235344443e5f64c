"""Goods that come back: authorise, receive, inspect, dispose, close."""
