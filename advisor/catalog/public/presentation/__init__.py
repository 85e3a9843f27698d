"""What the public pages say, apart from how they look: plain values and ready sentences, no HTML."""
