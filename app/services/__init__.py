"""The tasks of clerks: one public function runs one transaction and writes one act."""
