"""The public catalog: what anyone may read of the published facts. It reads versions and changes nothing."""
